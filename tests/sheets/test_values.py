"""Cells mean what an office meant by them, and nothing is guessed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.cases import Source
from inspector_app.domain.claims import Payer
from inspector_app.domain.parties import Investment, ProjectKind
from inspector_app.sheets.cells import EMPTY, Cell, CellFlag, make_cell
from inspector_app.sheets.values import (
    NOTHING,
    Understood,
    phone_problem,
    understand_count,
    understand_date,
    understand_digits,
    understand_investment,
    understand_money,
    understand_name,
    understand_payer,
    understand_period,
    understand_project_kind,
    understand_source,
    understand_text,
)

BROKEN = Cell("#N/A", None, CellFlag.ERROR)


@pytest.mark.parametrize(
    "written",
    [
        "2018年2月6日",
        "2018.2.6",
        "2018/2/6",
        "2018-02-06",
        "２０１８．２．６",
        " 2018 年 2 月 6 日 ",
        "2018-02-06 10:30:00",
        "2018年2月6日（星期二）",
        "20180206",
        "43137",
        "2018年2月6日上午9时",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert understand_date(make_cell(written)).value == date(2018, 2, 6)


@pytest.mark.parametrize("value", [43137, 43137.0, date(2018, 2, 6)])
def test_a_day_is_read_from_numbers_and_date_cells(value: object) -> None:
    assert understand_date(make_cell(value)).value == date(2018, 2, 6)


def test_the_hour_of_a_moment_is_dropped_and_said_so() -> None:
    moment = datetime(2018, 2, 6, 9, 5)  # noqa: DTZ001 - a spreadsheet knows no time zone
    assert understand_date(make_cell(moment)) == Understood(date(2018, 2, 6), changed=True)


@given(
    st.dates(date(1955, 1, 1), date(2110, 12, 31)), st.sampled_from(["{}.{}.{}", "{}年{}月{}日"])
)
def test_every_day_survives_being_written(day: date, form: str) -> None:
    assert understand_date(make_cell(form.format(day.year, day.month, day.day))).value == day
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert understand_date(make_cell(serial)).value == day


@pytest.mark.parametrize("written", ["2024年8月", "8.31", "去年", "24.8.31", "9/26/2017"])
def test_a_text_that_names_no_single_day_is_a_problem(written: str) -> None:
    read = understand_date(make_cell(written))
    assert read.value is None
    assert written in read.problem


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    assert understand_date(make_cell("2023年2月29日")).problem == "没有“2023年2月29日”这一天"


@pytest.mark.parametrize("reader", [understand_date, understand_count, understand_period])
def test_dashes_and_blanks_are_nothing(reader: object) -> None:
    assert callable(reader)
    assert reader(EMPTY) == NOTHING
    assert understand_date(make_cell("—")) == NOTHING
    assert understand_count(make_cell("不详")) == NOTHING
    assert understand_money(make_cell("/"), "元") == NOTHING


@pytest.mark.parametrize("written", ["21 ", "21", "21人", "２１名劳动者", "21名农民工", 21, 21.0])
def test_a_number_of_people_is_read_with_its_measure_word(written: object) -> None:
    assert understand_count(make_cell(written)).value == 21


@pytest.mark.parametrize("written", ["约30人", "10余人", "30-40人", "2.5", "若干"])
def test_a_vague_number_of_people_is_no_number(written: str) -> None:
    assert understand_count(make_cell(written)) == Understood(None, f"“{written}”不是确定的人数")


@pytest.mark.parametrize(
    ("written", "unit", "fen", "changed"),
    [
        ("134.66万元", "元", 134_660_000, True),
        ("17.06 万元", "元", 17_060_000, True),
        ("60200元", "元", 6_020_000, False),
        ("60,200.00", "元", 6_020_000, True),
        (60200, "元", 6_020_000, False),
        ("134.66", "万元", 134_660_000, True),
        (134.66, "万元", 134_660_000, True),
        ("60200元", "万元", 6_020_000, False),
        (1227.567, "元", 122_757, True),
        (0.1 + 0.2, "元", 30, False),
        (12.3456789, "万元", 12_345_679, True),
    ],
)
def test_money_is_fen_in_the_unit_of_the_text_or_of_the_table(
    written: object, unit: str, fen: int, *, changed: bool
) -> None:
    assert understand_money(make_cell(written), unit) == Understood(fen, changed=changed)


@pytest.mark.parametrize("written", ["100余万元", "约50万", "近3万元", "数万元", "5-8万元", -300])
def test_what_is_no_exact_amount_is_never_turned_into_one(written: object) -> None:
    read = understand_money(make_cell(written), "元")
    assert read.value is None
    assert read.problem


@given(st.integers(0, 10**13))
def test_every_amount_survives_being_written(fen: int) -> None:
    yuan = f"{fen // 100}.{fen % 100:02d}"
    assert understand_money(make_cell(yuan), "元").value == fen
    assert understand_money(make_cell(f"{fen / 1_000_000:.6f}"), "万元").value == fen


def test_a_name_loses_the_blanks_that_stretch_it() -> None:
    assert understand_name(make_cell("张　三")) == Understood("张三", changed=True)
    assert understand_name(make_cell(" 平顶山\n瑞禾公司 ")) == Understood(
        "平顶山瑞禾公司", changed=True
    )
    assert understand_name(make_cell("Zhang San")) == Understood("Zhang San")
    assert understand_name(EMPTY).value is None


def test_text_keeps_its_lines_without_blanks_around_them() -> None:
    assert understand_text(make_cell(" 木工 \n 瓦工\u3000")) == Understood("木工\n瓦工")


def test_phones_stay_digits_and_full_width_ones_become_plain() -> None:
    assert understand_digits(make_cell("138 0375 0001")) == Understood("13803750001")
    assert understand_digits(make_cell("１３８０３７５０００１")).changed
    assert understand_digits(make_cell(13803750001)).value == "13803750001"


LOST = "写成科学计数法，末几位可能已丢失，请核对原件"


@pytest.mark.parametrize(
    ("written", "understood", "problem"),
    [
        ("13803750001.0", "13803750001", ""),
        ("3958000.00", "3958000", ""),
        ("1.38E10", "13800000000", LOST),
        ("1.38E+10", "13800000000", LOST),
        ("1.3803750001e10", "13803750001", ""),
        ("１.38Ｅ10", "13800000000", LOST),
        ("5E3", "5000", LOST),
        ("1.5", "1.5", None),
        ("0375-3958000.0", "0375-3958000.0", None),
        ("91E10", "91E10", None),
    ],
)
def test_a_number_that_was_taken_for_an_amount_becomes_digits_again(
    written: str, understood: str, problem: str | None
) -> None:
    read = understand_digits(make_cell(written))
    assert read == Understood(understood, problem or "", changed=problem is not None)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_phone_survives_being_a_number(phone: str) -> None:
    written = (phone, int(phone), float(phone), f"{phone}.0", f"{phone[0]}.{phone[1:]}E10")
    assert {understand_digits(make_cell(one)).value for one in written} == {phone}


@pytest.mark.parametrize("text", ["3958000", "0375-3958000", "13803750001", "+8613803750001"])
def test_a_phone_has_seven_to_twelve_digits(text: str) -> None:
    assert phone_problem(text) == ""


@pytest.mark.parametrize(("text", "digits"), [("395800", 6), ("1380375000112", 13), ("无", 0)])
def test_a_phone_of_another_length_is_told(text: str, digits: int) -> None:
    assert phone_problem(text) == f"应为 7 至 12 位数字，现有 {digits} 位"


def test_a_broken_cell_is_a_problem_for_every_reader() -> None:
    readers = (understand_text, understand_digits, understand_date, understand_count)
    for reader in (*readers, understand_period, understand_name):
        assert reader(BROKEN).problem == CellFlag.ERROR.label
    assert understand_money(BROKEN, "元").problem == CellFlag.ERROR.label


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2023年1月-2023年6月", "2023-01", "2023-06"),
        ("2023年1月至6月", "2023-01", "2023-06"),
        ("2023.01-2023.06", "2023-01", "2023-06"),
        ("2023年11月1日至2024年2月28日", "2023-11", "2024-02"),
        ("202301-202306", "2023-01", "2023-06"),
        ("2016年1至6月", "2016-01", "2016-06"),
        ("2023年5月份", "2023-05", "2023-05"),
        ("202305", "2023-05", "2023-05"),
        ("2022-2023年", "2022-01", "2023-12"),
        ("2023年", "2023-01", "2023-12"),
    ],
)
def test_a_period_is_its_first_and_last_month(written: str, first: str, last: str) -> None:
    assert understand_period(make_cell(written)).value == (first, last)


def test_a_month_that_became_a_day_is_a_month_again() -> None:
    read = understand_period(make_cell(date(2023, 5, 1)))
    assert read == Understood(("2023-05", "2023-05"), changed=True)


@pytest.mark.parametrize("written", ["去年以来", "2023年13月", "2023年6月至1月", "3月"])
def test_a_period_nobody_can_place_is_a_problem(written: str) -> None:
    assert understand_period(make_cell(written)).problem == f"“{written}”看不出起止月份"


def test_choices_are_known_by_label_and_by_the_words_people_use() -> None:
    assert understand_source(make_cell("来访投诉")) == Understood(Source.VISIT)
    assert understand_source(make_cell("市12345转办件")).value is Source.HOTLINE_12345
    assert understand_project_kind(make_cell("房屋建筑")).value is ProjectKind.BUILDING
    assert understand_investment(make_cell("财政资金")).value is Investment.GOVERNMENT
    assert understand_payer(make_cell("动用工资保证金")).value is Payer.DEPOSIT
    assert understand_payer(EMPTY) == NOTHING


def test_an_unknown_choice_is_a_problem_that_names_the_choices() -> None:
    problem = understand_investment(make_cell("外星")).problem
    assert problem == "“外星”不在选项中（政府投资、国企投资、社会投资）"
