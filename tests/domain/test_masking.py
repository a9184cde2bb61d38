"""What a list, a log or a masked export shows of a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.masking import (
    mask_card,
    mask_id_number,
    mask_name,
    mask_people,
    mask_phone,
    mask_text,
    numbers_in,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("张三丰", "张**"), ("买买提·吐尔逊", "买**"), ("𬱖演", "𬱖*"), ("", "")],
)
def test_a_name_keeps_its_first_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_a_name_of_one_character_has_nothing_to_hide_behind() -> None:
    assert mask_name(" 张 ") == "张"


def test_numbers_keep_their_ends() -> None:
    assert mask_id_number("410402199001010019") == "410402********0019"
    assert mask_id_number("410402900101001") == "410402*****1001"
    assert mask_id_number("12345") == "*****"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("0375-2961234") == "0375-****234"
    assert mask_phone("12-34") == "*****"
    assert mask_card("6217000012345678901") == "6217***********8901"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张举报（电话13812341234）反映", "张**（电话138****1234）反映"),
        ("张举 报和张举在场", "张**和张*在场"),
        ("住湖滨路3号院，湖滨路堵车", "住（已隐去），湖滨路堵车"),
        ("王某说，新华区的工地停工", "王某说，新华区的工地停工"),
    ],
)
def test_a_text_hides_the_people_it_is_told_of(text: str, shown: str) -> None:
    names, places = ["张举", " 张举报 ", "王", ""], ["湖滨路3号院", "新华区", ""]
    assert mask_people(text, names, places) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证410402199001010019。", "身份证410402********0019。"),
        ("身份证41040219900101001x", "身份证410402********001x"),
        ("旧号410402900101001", "旧号4104*******1001"),
        ("电话13812341234、138 1234 1234", "电话138****1234、138****1234"),
        ("电话+8613812341234", "电话138****1234"),
        ("座机0375-2961234转8", "座机0375-****234转8"),
        ("卡6217 0000 1234 5678 901收", "卡6217***********8901收"),
        ("密钥x'" + "0f" * 32 + "'", "密钥x'…'"),
        ("恢复码" + "-".join(["110011"] * 8) + "。", "恢复码…。"),
        ("信用代码915117246823814875", "信用代码915117246823814875"),
        ("信用代码91520382MAAJM1B991", "信用代码91520382MAAJM1B991"),
        ("欠薪1346600.00元，37人", "欠薪1346600.00元，37人"),
        ("平人社监〔2026〕137号", "平人社监〔2026〕137号"),
    ],
)
def test_free_text_hides_people_and_leaves_units(text: str, shown: str) -> None:
    assert mask_text(text) == shown


@given(
    st.text("欠薪，。 元", max_size=8), st.integers(10**8, 10**9 - 1), st.text("工人：", max_size=5)
)
def test_no_mobile_number_survives_in_a_text(before: str, rest: int, after: str) -> None:
    number = f"13{rest}"
    assert number not in mask_text(before + number + after)


def test_numbers_told_in_the_open_are_counted() -> None:
    told = "张三（410499198803154727），卡 6217000000000000001；李四 410499199001011234"
    assert numbers_in(told) == (2, 1)
    assert numbers_in(mask_text(told)) == (0, 0)
    assert numbers_in("电话 13900000001，信用代码 91410499MADEM0005E") == (0, 0)
