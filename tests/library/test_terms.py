"""The terms as they are shipped, and what keeps a changed file from loading."""

import re
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.terms import TermUnit, compute
from inspector_app.library.loading import Library
from tests.library.shelf import TERMS, edit, problems, refusal

RULES_18 = "《关于实施〈劳动保障监察条例〉若干规定》第十八条第一款"
FORCE_54 = "《中华人民共和国行政强制法》第五十四条、第六十九条"
WD, CD = TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS


@pytest.mark.parametrize(
    ("rule", "length", "unit", "extension", "article", "text", "force"),
    [
        ("D01", 5, WD, None, RULES_18, "excerpt", "unchecked"),
        ("D05", 60, WD, 30, "《劳动保障监察条例》第十七条", "full", "checked"),
        ("D06", 30, CD, 30, "《河南省劳动保障监察条例》第十六条", "full", "unchecked"),
        ("D10", 7, CD, None, "《河南省劳动保障监察条例》第十三条第二款", "full", "unchecked"),
        ("D16", 30, CD, None, "《中华人民共和国民事诉讼法》第九十五条", "full", "checked"),
        ("D23", 10, WD, None, FORCE_54, "full", "checked"),
    ],
)  # fmt: skip
def test_the_terms_of_daily_work_stand_as_the_law_says(
    library: Library,
    rule: str,
    length: int,
    unit: TermUnit,
    extension: int | None,
    article: str,
    text: str,
    force: str,
) -> None:
    term = library.terms[rule]
    assert (term.length, term.unit, term.extension) == (length, unit, extension)
    assert (term.article, term.text_level, term.force_level) == (article, text, force)


def test_every_term_has_its_article_or_says_why_not(library: Library) -> None:
    for term in library.terms.values():
        assert term.article or term.note, term.id
        assert term.start_event, term.id
        assert term.text_level != "unseen" or term.length is None, term.id


def test_a_length_nobody_verified_is_a_setting_with_a_note(library: Library) -> None:
    unsaid = {one.id: one.setting for one in library.terms.values() if one.length is None}
    assert unsaid.pop("D18") == ""  # a sum that grows day by day
    assert unsaid == {
        "D13": "term_defence_days",
        "D15": "term_service_days",
        "D42": "term_platform_days",
    }
    for key in unsaid.values():
        assert library.settings[key].note


def test_the_rule_of_the_civil_procedure_law_is_law_only_where_it_applies(library: Library) -> None:
    rolling = {one.id for one in library.terms.values() if one.rolls}
    assert rolling - library.rolls_by_choice == {"D16", "D20", "D65"}
    assert "D10" in library.rolls_by_choice
    assert "D05" not in rolling


def test_publication_took_sixty_days_before_2022(library: Library) -> None:
    assert library.terms["D16"].in_force(date(2022, 1, 1))
    assert not library.terms["D16"].in_force(date(2021, 12, 31))


def test_a_demand_letter_runs_across_the_make_up_days_of_national_day(library: Library) -> None:
    due = compute(library.terms["D23"], date(2026, 9, 25), library.calendar)
    assert due.due == date(2026, 10, 15)
    assert not due.provisional


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('unit = "WD"', 'unit = "days"', "“unit”写的是“days”"),
        ("length = 5", "length = 0", "期限长度应为正整数"),
        ("length = 5", "lenght = 5", "没有“length”的期限要写明由哪个“setting”填"),
        ("length = 5\n", "length = 5\nspeed = 1\n", "有不认识的项“speed”"),
        ('id = "D02"', 'id = "D01"', "“id”重复"),
        ("若干规定 18(1)", "若干条例 18(1)", "引用的“若干条例”不在法规表里"),
        ("若干规定 18(1)", "若干规定 18-1", "条文写法看不懂"),
        ("length = 5\n", "length = 5\neffective_to = 2005-01-01\n", "失效日期早于施行日期"),
    ],
)
def test_a_broken_term_is_told_with_file_and_id(
    office: Path, old: str, new: str, sentence: str
) -> None:
    edit(office, TERMS, old, new)
    message = refusal(office, "terms")
    assert re.match(rf"{TERMS} 第 \d+ 行 D0", message)
    assert sentence in message
    assert [one.where for one in problems(office, "term")] == [message.split("：", 1)[0]]


def test_a_term_filled_by_a_setting_nobody_declared_is_found(office: Path) -> None:
    edit(office, TERMS, "term_defence_days", "term_unknown_days")
    assert [(one.where, one.message) for one in problems(office, "term")] == [
        ("D13", "没有“term_unknown_days”这项设置")
    ]


def test_the_bureau_fills_the_lengths_the_law_leaves_open(library: Library) -> None:
    chosen = library.chosen_terms({"term_defence_days": "5", "term_platform_days": ""})
    assert (chosen["D13"].length, chosen["D42"].length) == (5, None)
    assert chosen["D05"].length == 60
    assert library.terms["D13"].length is None


def test_the_bureau_may_stop_terms_from_rolling_but_not_those_of_the_law(library: Library) -> None:
    start = date(2026, 9, 27)  # seven days later is National Day
    kept = library.chosen_terms({"term_roll": "不顺延"})
    moved = library.chosen_terms({"term_roll": "顺延"})
    assert compute(kept["D10"], start, library.calendar).due == date(2026, 10, 4)
    assert compute(moved["D10"], start, library.calendar).due == date(2026, 10, 8)
    assert kept["D16"].rolls
    assert not kept["D06"].rolls
