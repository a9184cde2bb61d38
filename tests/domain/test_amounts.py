"""Amounts as people write them: exact ones become fen, all others a sentence."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.amounts import read_amount
from inspector_app.domain.money import MAX_FEN, yuan
from tests.helpers.real_data import shared_data


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("60200元", 6_020_000),
        ("1061765元", 106_176_500),
        ("1061765", 106_176_500),
        ("23180 元", 2_318_000),
        ("1227.56", 122_756),
        ("0.5", 50),
        ("0", 0),
    ],
)
def test_a_plain_number_is_taken_without_a_word(written: str, fen: int) -> None:
    read = read_amount(written)
    assert (read.written, read.fen, read.note) == (written, fen, "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("134.66万元", "1,346,600.00"),
        ("17.06 万元", "170,600.00"),
        ("13.66 万", "136,600.00"),
        ("2亿元", "200,000,000.00"),
        ("1亿2000万元", "120,000,000.00"),
        ("3万5千元", "35,000.00"),
        ("12万3456元", "123,456.00"),
        ("2千万元", "20,000,000.00"),
        ("１３４．６６万元", "1,346,600.00"),
        ("￥1,227.56", "1,227.56"),
        ("¥1,227.56元", "1,227.56"),
        ("人民币1，346，600元整", "1,346,600.00"),
        ("RMB 5万", "50,000.00"),
        ("共计：6万元", "60,000.00"),
        ("60200元5角", "60,200.50"),
        ("1元5角3分", "1.53"),
        ("5角", "0.50"),
        ("100.500", "100.50"),
        ("12 345", "12,345.00"),
    ],
)
def test_what_is_understood_otherwise_than_it_stands_is_told(written: str, shown: str) -> None:
    read = read_amount(f" {written} ")
    assert read.fen is not None
    assert yuan(read.fen) == shown
    assert read.written == written
    assert read.note == f"“{written}”按 {shown} 元理解"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "没有写金额"),
        ("  ", "没有写金额"),
        ("无", "“无”不是金额"),
        ("/", "“/”不是金额"),
        ("万元", "“万元”不是金额"),
        ("100余万元", "“100余万元”是约数，未当作金额"),
        ("约50万", "“约50万”是约数，未当作金额"),
        ("近3万元", "“近3万元”是约数，未当作金额"),
        ("10多万元", "“10多万元”是约数，未当作金额"),
        ("3万元左右", "“3万元左右”是约数，未当作金额"),
        ("5万元以上", "“5万元以上”是约数，未当作金额"),
        ("数万元", "“数万元”是约数，未当作金额"),
        ("3万-5万", "“3万-5万”是一个范围，未当作金额"),
        ("3～5万元", "“3～5万元”是一个范围，未当作金额"),
        ("1万元至2万元", "“1万元至2万元”是一个范围，未当作金额"),
        ("$1,227.56", "“$1,227.56”是外币，请换算成人民币"),
        ("500usd", "“500usd”是外币，请换算成人民币"),
        ("300美元", "“300美元”是外币，请换算成人民币"),
        ("-500", "“-500”是负数，未当作金额"),
        ("￥-500", "“￥-500”是负数，未当作金额"),
        ("（500）", "“（500）”是负数，未当作金额"),
        ("三万元", "“三万元”是汉字数字，请写成阿拉伯数字"),
        ("100.505", "“100.505”比分还小，请核对小数"),
        ("1.00000001万元", "“1.00000001万元”比分还小，请核对小数"),
        ("9999999999999元", "“9999999999999元”过大，请核对单位"),
    ],
)
def test_what_is_no_exact_amount_stays_text_with_a_reason(written: str, reason: str) -> None:
    read = read_amount(written)
    assert (read.fen, read.note) == (None, reason)


@pytest.mark.parametrize(
    "written",
    [
        "3万5",  # 35,000 to one reader and 30,005 to another
        "13,4660",
        "1,2",
        "1.5万3千元",
        "1万2万元",
        "1万12000元",
        "5角元",
        "5元元",
        "工资3万元，补偿2万元",
        "12万元/人",
        "1.3466E+06",
        "٣元",
        "2026年3月",
    ],
)
def test_a_shape_two_people_would_read_differently_is_not_guessed(written: str) -> None:
    read = read_amount(written)
    assert read.fen is None
    assert read.note == f"“{written}”看不出是多少钱，请写成 864200.00 这样"


def test_a_column_in_ten_thousands_applies_to_numbers_without_a_unit() -> None:
    assert read_amount("134.66", unit="万元").fen == 134_660_000
    assert read_amount("134.66", unit="万元").note == "“134.66”按 1,346,600.00 元理解"
    assert read_amount("134.66元", unit="万元").fen == 13_466
    assert read_amount("5万元", unit="万元").fen == 5_000_000


@given(st.integers(0, MAX_FEN))
def test_every_amount_in_our_own_format_is_read_back(fen: int) -> None:
    assert read_amount(yuan(fen)).fen == fen
    assert read_amount(f"￥{yuan(fen)}元").fen == fen
    assert read_amount(f"{fen // 100}.{fen % 100:02d}") == read_amount(
        f"{fen // 100}.{fen % 100:02d}"
    )


@given(st.integers(0, 10**8), st.sampled_from(["万", "万元", " 万元"]))
def test_four_decimals_of_ten_thousands_are_exact(yuan_count: int, unit: str) -> None:
    written = f"{yuan_count // 10_000}.{yuan_count % 10_000:04d}{unit}"
    assert read_amount(written).fen == yuan_count * 100


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader_or_passes_without_digits(text: str) -> None:
    read = read_amount(text)
    assert read.written == text.strip()
    if read.fen is None:
        assert read.note
    else:
        assert 0 <= read.fen <= MAX_FEN


@pytest.mark.real_data
def test_the_ten_public_cases_are_read_as_their_publisher_meant() -> None:
    path = shared_data("cn_cases", "wage_arrears_public_cases.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    for row in rows:
        assert read_amount(row["涉及金额(原文)"]).fen == round(float(row["金额_元"]) * 100)
