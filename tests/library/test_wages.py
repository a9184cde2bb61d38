"""Henan's minimum wages: the history of law.md, and the class nobody verified."""

from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.law import TextLevel
from inspector_app.domain.rules import minimum_wage_on
from inspector_app.library.loading import Library
from inspector_app.library.wages import area_class
from tests.library.shelf import SETTINGS, WAGES, append, edit, problems, refusal

HISTORY = [  # first day, month and hour of the three classes, in fen
    (date(2011, 10, 1), (108000, 95000, 82000), (1020, 890, 770)),
    (date(2018, 10, 1), (190000, 170000, 150000), (1900, 1700, 1500)),
    (date(2022, 1, 1), (200000, 180000, 160000), (1960, 1760, 1560)),
    (date(2024, 1, 1), (210000, 200000, 180000), (2060, 1960, 1760)),
    (date(2025, 12, 1), (235000, 215000, 200000), (2300, 2110, 1960)),
]


def test_the_history_is_that_of_the_province(library: Library) -> None:
    found = [
        (one.basis.effective_from, one.area_class, one.month_fen, one.hour_fen)
        for one in library.minimum_wages.values()
    ]
    assert found == [
        (day, number, month, hour)
        for day, months, hours in HISTORY
        for number, (month, hour) in enumerate(zip(months, hours, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2018, 9, 30), None), (date(2018, 10, 1), 190000), (date(2021, 12, 31), 190000),
        (date(2022, 1, 1), 200000), (date(2023, 12, 31), 200000), (date(2024, 1, 1), 210000),
        (date(2025, 11, 30), 210000), (date(2025, 12, 1), 235000), (date(2026, 11, 22), 235000),
        (date(2012, 6, 1), None), (date(2011, 10, 1), None),
    ],
)  # fmt: skip
def test_each_month_is_compared_with_the_wage_of_its_day(
    library: Library, day: date, month: int | None
) -> None:
    found = minimum_wage_on(library.minimum_wages.values(), day, 1)
    assert (found and found.month_fen) == month


def test_only_the_notice_whose_text_was_seen_counts_as_read_in_full(library: Library) -> None:
    full = {key for key, one in library.minimum_wages.items() if one.basis.settled}
    assert full == {"MW-2024-1", "MW-2024-2", "MW-2024-3"}
    others = {one.basis.text_level for one in library.minimum_wages.values()} - {TextLevel.FULL}
    assert others == {TextLevel.SECONDARY}


def test_no_county_has_a_class_until_the_bureau_says_so(library: Library) -> None:
    counties = [code for code, one in library.divisions.items() if one is not library.city]
    defaults = {key: one.default for key, one in library.settings.items()}
    for code in counties:
        assert library.settings[f"wage_class_{code}"].note, code
        assert area_class(defaults, code) is None
    assert area_class({"wage_class_410422": "三类"}, "410422") == 3
    assert area_class({}, "410422") is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("class = 1", "class = 4", "“class”应为 1、2、3 之一"),
        ("hour = 10.2", "hour = 0", "“hour”应大于零"),
        ("hour = 10.2", "hour = 1080.5", "且小于“month”"),
        ("hour = 10.2", "hour = 10.255", "最多写两位小数"),
        ("effective_from = 2011-10-01\n", "", "缺少“effective_from”"),
        ("effective_to = 2021-12-31", "effective_to = 2022-01-01", "与 MW-2018-1 的日期重叠"),
        ("effective_to = 2021-12-31", "effective_to = 2018-01-01", "失效日期早于施行日期"),
        ("effective_from = 2018-10-01", "effective_from = 2011-10-01", "与 MW-2011-1 的日期重叠"),
    ],
)
def test_a_broken_wage_is_told(office: Path, old: str, new: str, sentence: str) -> None:
    edit(office, WAGES, old, new)
    assert sentence in refusal(office, "minimum_wages")
    assert len(problems(office, "minimum_wage")) == 1


def test_an_adjustment_names_all_classes_and_the_best_is_the_highest(office: Path) -> None:
    edit(office, WAGES, "month = 1900", "month = 1600")
    more = 'id = "MW-2030-1"\nclass = 1\nmonth = 3000\nhour = 30\neffective_from = 2030-01-01\n'
    edit(office, WAGES, "effective_from = 2025-12-01", "effective_from = 2025-12-01\n"
         "effective_to = 2029-12-31")  # fmt: skip
    append(office, WAGES, f'\n[[wage]]\n{more}articles = []\nnote = "试"\n')
    assert [(one.where, one.message) for one in problems(office, "minimum_wage")] == [
        ("2018-10-01", "一类区域的标准应不低于二类、三类"),
        ("2030-01-01", "每次调整应写全各类区域"),
    ]


def test_a_county_without_its_setting_is_found(office: Path) -> None:
    edit(office, SETTINGS, 'key = "wage_class_410422"', 'key = "wage_class_41042"')
    assert [one.message for one in problems(office, "minimum_wage")] == [
        "没有“wage_class_410422”这项设置"
    ]
