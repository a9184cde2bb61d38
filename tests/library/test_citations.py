"""Articles as they are typed in data files and as they stand on paper."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.law import (
    Citation,
    ForceLevel,
    Statute,
    TextLevel,
    chinese_number,
    cite,
    grouped,
    read_citation,
)
from inspector_app.errors import UserError

WAGES = Statute(
    short="工资条例",
    name="保障农民工工资支付条例",
    number="国务院令第724号",
    effective_from=date(2020, 5, 1),
    text_level=TextLevel.FULL,
    force_level=ForceLevel.CHECKED,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (28, "二十八"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (115, "一百一十五"), (276, "二百七十六"),
        (999, "九百九十九"),
    ],
)  # fmt: skip
def test_articles_are_counted_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_number_no_statute_has_is_a_bug(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_number(number)


@given(st.integers(1, 999), st.integers(1, 999))
def test_different_numbers_read_differently(one: int, other: int) -> None:
    assert (chinese_number(one) == chinese_number(other)) is (one == other)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("工资条例 17", "第十七条"),
        ("工资条例 28(1)", "第二十八条第一款"),
        ("工资条例 55(三)", "第五十五条第（三）项"),
        ("工资条例 30(1)(二)", "第三十条第一款第（二）项"),
        ("工资条例 276之一", "第二百七十六条之一"),
        ("工资条例", "（条号待核）"),
    ],
)
def test_a_typed_place_becomes_a_printed_one(typed: str, place: str) -> None:
    assert cite(read_citation(typed), WAGES) == f"《保障农民工工资支付条例》{place}"


@pytest.mark.parametrize(
    "typed", ["", "工资条例 0", "工资条例28", "工资条例 28(一)(1)", "工资条例 28-29", " 28"]
)
def test_a_place_nobody_understands_is_refused(typed: str) -> None:
    if typed == "工资条例28":
        assert read_citation(typed) == Citation("工资条例28")  # no such statute: found on loading
        return
    with pytest.raises(UserError, match="条文写法看不懂"):
        read_citation(typed)


def test_title_marks_inside_a_name_are_turned() -> None:
    rules = Statute(
        "若干规定", "关于实施《劳动保障监察条例》若干规定", "", date(2005, 2, 1),
        TextLevel.EXCERPT, ForceLevel.UNCHECKED,
    )  # fmt: skip
    assert (
        cite(Citation("若干规定", 18), rules) == "《关于实施〈劳动保障监察条例〉若干规定》第十八条"
    )


def test_a_phrase_names_each_statute_once() -> None:
    said = grouped(["《甲法》第一条", "《乙法》第二条", "《甲法》第三条", "《甲法》第一条"])
    assert said == "《甲法》第一条、第三条，《乙法》第二条"
    assert grouped([]) == ""
