"""The terms as they are shipped, and what keeps a changed file from loading."""

import re
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.terms import Direction, Origin, Term, TermUnit, Whose, compute
from inspector_app.library.loading import Library
from tests.library.shelf import TERMS, edit, problems, refusal

RULES_18 = "《关于实施〈劳动保障监察条例〉若干规定》第十八条第一款"
FORCE_54 = "《中华人民共和国行政强制法》第五十四条、第六十九条"
WD, CD = TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS
# law.md 1.2 and 6.2: length, unit, extension; - where the law has no length, < counts backwards.
LIST = [
    tuple(line.split(" ", 1))
    for line in """\
D01 5 WD|D02 5 WD|D03 7 CD|D04 2 Y|D05 60 WD +30|D06 30 CD +30|D07 15 WD|D08 90 CD|D09 7 WD
D10 7 CD|D11 5 WD|D12 <7 WD|D13 - WD|D14 7 WD|D15 - CD|D16 30 CD|D17 15 CD|D18 3% CD|D19 2 WD
D20 60 CD|D21 6 M|D22 15 CD|D23 10 WD|D24 3 M|D25 5 WD|D26 15 CD|D27 7 WD|D28 3 CD|D29 24 H
D30 3 CD|D31 3 CD|D32 3 CD|D33 20 WD +20|D34 5 WD|D35 15 WD|D36 10 WD|D37 3 WD|D38 20 WD
D39 15 CD|D40 15 CD|D41 60 CD +30|D42 - CD|D43 <1 M|D44 30 CD|D45 5 WD|D46 3 WD|D47 6 M
D48 5 WD""".replace("\n", "|").split("|")
]


def said(term: Term) -> tuple[str]:
    """A term as the list above writes it."""
    length = f"{term.daily_percent}%" if term.daily_percent else term.length or "-"
    back = "<" if term.direction is Direction.BACKWARD else ""
    longer = f" +{term.extension}" if term.extension else ""
    return (f"{back}{length} {term.unit.value}{longer}",)


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
        ("length = 5\n", 'length = 5\nsetting = "days"\n', "“setting”只用于没有“length”的期限"),
        ("length = 5\n", 'length = 5\nbeside = "D99"\n', "“beside”应为一条国家规定的编号"),
        ("length = 5\n", 'length = 5\nbeside = "D03"\n', "“beside”应为一条国家规定的编号"),
        ("length = 5\n", 'length = 5\nbeside = "D05"\n', "有“beside”的应为地方规定"),
        ("length = 5\n", 'length = 5\nwhose = "nobody"\n', "“whose”写的是“nobody”"),
        ("length = 5\n", 'length = 5\nstoppable = "yes"\n', "“stoppable”应为 true 或 false"),
        ("length = 5\n", "length = 5\ndaily_percent = 3\n", "比例和上限应都为正数"),
        ("length = 5\n", 'length = 5\nextension_unit = "D"\n', "“extension_unit”写的是“D”"),
        ('"received"', '"Received"', "“starts”里的“Received”不是事实的代码"),
        ('"received"', '"received:"', "“starts”里的“received:”不是事实的代码"),
        ('"received"', '"supplemented"', "“starts”里有重复的代码"),
        ('"received"', '"end:D99"', "“end:D99”里没有编号为“D99”的期限"),
        (
            'starts = ["supplemented", "received"]',
            "starts = []",
            "没有“starts”的期限不在案件里计时",
        ),
        ('rolls = "no"', 'rolls = "no"\nconversion = ["处罚法 850"]', "处罚法"),
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


def test_only_days_that_become_working_days_are_converted(office: Path) -> None:
    edit(office, TERMS, 'unit = "CD"', 'unit = "CD"\nconversion = ["处罚法 85"]')
    assert "“conversion”只用于按工作日计算的期限" in refusal(office, "terms")


def test_a_henan_term_stands_beside_the_national_one_and_is_stricter(library: Library) -> None:
    """The pairs of law.md 1.2, conflict 1, and the storing of evidence."""
    pairs = {one.id: one.beside for one in library.terms.values() if one.beside}
    assert pairs == {"D03": "D01", "D06": "D05", "D78": "D09"}
    henan = {one.id for one in library.terms.values() if "河南省" in one.article}
    assert henan == {one.id for one in library.terms.values() if one.origin is Origin.HENAN}
    assert henan == {*pairs, "D10"}


def test_every_term_of_the_list_is_there_with_its_unit(library: Library) -> None:
    """law.md 1.2 and 6.2 have D01 to D48; the rest had no number."""
    assert list(library.terms) == [f"D{number:02d}" for number in range(1, len(library.terms) + 1)]
    assert len(library.terms) >= 78
    assert [one for one in LIST if said(library.terms[one[0]]) != one[1:]] == []
    assert {one[0] for one in LIST} == {f"D{number:02d}" for number in range(1, 49)}


def test_whose_a_term_is_decides_whether_the_office_can_be_late(library: Library) -> None:
    mine = {one.id for one in library.terms.values() if one.whose is Whose.OFFICE}
    assert mine >= {"D01", "D05", "D09", "D12", "D14", "D19", "D24", "D28", "D33", "D37", "D63"}
    assert not mine & {"D11", "D13", "D16", "D17", "D20", "D25", "D27", "D30", "D48", "D61"}


def test_days_of_these_laws_are_working_days_because_an_article_says_so(library: Library) -> None:
    converted = {
        one.conversion: {
            two.id for two in library.terms.values() if two.conversion == one.conversion
        }
        for one in library.terms.values()
        if one.conversion
    }
    assert converted == {
        "《中华人民共和国行政处罚法》第八十五条": {
            "D09", "D11", "D12", "D14", "D19", "D37", "D57",
        },
        "《中华人民共和国行政强制法》第六十九条": {"D23", "D25", "D27"},
        "《中华人民共和国行政复议法》第八十八条第二款": {"D63", "D64"},
    }  # fmt: skip


def test_only_the_investigation_and_the_surcharge_stand_still(library: Library) -> None:
    stoppable = {one.id for one in library.terms.values() if one.stoppable}
    assert stoppable == {"D05", "D06", "D07", "D08", "D18", "D77"}


def test_a_longer_term_says_who_approves(library: Library) -> None:
    for one in library.terms.values():
        assert bool(one.extension) == bool(one.extension_approver), one.id


def test_what_starts_in_a_case_can_also_end_there(library: Library) -> None:
    """But for the publication, after which a paper counts as served by itself."""
    endless = {one.id for one in library.terms.values() if one.starts and not one.ends}
    assert endless == {"D16"}


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
