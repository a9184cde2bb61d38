"""Rows of the rule pack as values: figures, minimum wages, what a rule stands on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.law import Basis, Citation, ForceLevel, Statute, TextLevel, cite
from inspector_app.domain.rules import (
    Bound,
    Figure,
    FigureUnit,
    MinimumWage,
    minimum_wage_on,
)

BASIS = Basis(("《甲法》第一条",), TextLevel.FULL, ForceLevel.CHECKED, date(2020, 5, 1))


def figure(
    low: int | None, high: int | None = None, bound: Bound = Bound.EXACT,
    unit: FigureUnit = FigureUnit.FEN,
) -> Figure:  # fmt: skip
    return Figure("TH-X", "hearing", "数额", unit, low, BASIS, high, bound)


def wage(area_class: int, month: int, begins: date, ends: date | None = None) -> MinimumWage:
    basis = replace(BASIS, effective_from=begins, effective_to=ends)
    return MinimumWage(f"MW-{begins}-{area_class}", area_class, month * 100, 2000, basis)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (figure(500_000, bound=Bound.FROM), "5000元以上"),
        (figure(5_000_000, bound=Bound.FROM), "5万元以上"),
        (figure(20_000, bound=Bound.UP_TO), "不超过200元"),
        (figure(300_000_000, bound=Bound.BELOW), "不满300万元"),
        (figure(1_960), "19.6元"),
        (figure(0), "0元"),
        (figure(100, 300, unit=FigureUnit.BASIS_POINTS), "1%至3%"),
        (figure(5, unit=FigureUnit.BASIS_POINTS), "0.05%"),
        (figure(10_000, unit=FigureUnit.BASIS_POINTS), "100%"),
        (figure(2_175, unit=FigureUnit.CENTIDAYS), "21.75天"),
        (figure(3, unit=FigureUnit.YEARS), "3年"),
        (figure(10, bound=Bound.FROM, unit=FigureUnit.PEOPLE), "10人以上"),
        (figure(1, unit=FigureUnit.YES_NO), "是"),
        (figure(0, unit=FigureUnit.YES_NO), "否"),
        (figure(None), "未定"),
    ],
)
def test_a_figure_is_said_as_the_law_writes_it(one: Figure, said: str) -> None:
    assert one.said == said


@pytest.mark.parametrize(
    ("one", "met", "missed"),
    [
        (figure(500_000, bound=Bound.FROM), 500_000, 499_999),
        (figure(20_000, bound=Bound.UP_TO), 20_000, 20_001),
        (figure(300_000_000, bound=Bound.BELOW), 299_999_999, 300_000_000),
        (figure(3, unit=FigureUnit.YEARS), 3, 4),
        (figure(100, 300, unit=FigureUnit.BASIS_POINTS), 300, 301),
        (figure(100, 300, unit=FigureUnit.BASIS_POINTS), 100, 99),
    ],
)
def test_a_bound_includes_its_own_figure_except_below(one: Figure, met: int, missed: int) -> None:
    assert one.meets(met)
    assert not one.meets(missed)


def test_nothing_meets_a_figure_nobody_knows() -> None:
    assert not figure(None, bound=Bound.FROM).meets(10**12)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_from_and_below_share_every_value_between_them(low: int, value: int) -> None:
    assert figure(low, bound=Bound.FROM).meets(value) is not figure(low, bound=Bound.BELOW).meets(
        value
    )


def test_a_basis_is_in_force_from_its_first_to_its_last_day() -> None:
    one = replace(BASIS, effective_to=date(2025, 12, 31))
    days = [date(2020, 4, 30), date(2020, 5, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [one.in_force(day) for day in days] == [False, True, True, False]
    assert BASIS.in_force(date(2099, 1, 1))


@pytest.mark.parametrize("level", list(TextLevel))
def test_only_what_was_read_in_full_is_settled(level: TextLevel) -> None:
    one = replace(BASIS, text_level=level, force_level=ForceLevel.UNCHECKED)
    assert one.settled is (level is TextLevel.FULL)
    assert one.level_words == f"{level.label} · 现行性待核"


def test_a_notice_is_cited_by_its_number_and_has_no_articles() -> None:
    notice = Statute(
        "某通知", "关于《甲法》的通知", "某发〔2025〕2号", date(2025, 1, 1), TextLevel.FULL,
        ForceLevel.CHECKED, undivided=True,
    )  # fmt: skip
    assert cite(Citation("某通知"), notice) == "《关于〈甲法〉的通知》（某发〔2025〕2号）"
    assert cite(Citation("某通知"), replace(notice, number="")) == "《关于〈甲法〉的通知》"
    assert notice.has(Citation("某通知"))
    assert not notice.has(Citation("某通知", 1))


def test_an_article_behind_the_last_one_does_not_exist() -> None:
    law = Statute(
        "甲法", "甲法", "", date(2020, 1, 1), TextLevel.FULL, ForceLevel.CHECKED, last_article=64
    )
    assert law.has(Citation("甲法", 64, paragraph=9))
    assert not law.has(Citation("甲法", 65))
    assert replace(law, last_article=0).has(Citation("甲法", 999))


FIRST, SECOND = date(2024, 1, 1), date(2025, 12, 1)
WAGES = [
    wage(1, 2350, SECOND),
    wage(1, 2100, FIRST, SECOND - timedelta(days=1)),
    wage(2, 2000, FIRST, SECOND - timedelta(days=1)),
]


@pytest.mark.parametrize(
    ("day", "area_class", "month"),
    [
        (date(2023, 12, 31), 1, None),
        (FIRST, 1, 2100),
        (date(2025, 11, 30), 1, 2100),
        (SECOND, 1, 2350),
        (SECOND, 2, None),
        (FIRST, 3, None),
        (FIRST, None, None),
    ],
)
def test_the_minimum_wage_is_that_of_its_day_and_class(
    day: date, area_class: int | None, month: int | None
) -> None:
    found = minimum_wage_on(WAGES, day, area_class)
    assert (found and found.month_fen) == (month and month * 100)


def test_a_wage_whose_successor_nobody_saw_answers_for_no_day() -> None:
    old = replace(wage(1, 1080, date(2011, 10, 1)), history_only=True)
    assert minimum_wage_on([old, *WAGES], date(2015, 6, 1), 1) is None
    assert minimum_wage_on([old, *WAGES], FIRST, 1) is WAGES[1]


@given(st.dates(FIRST, date(2030, 1, 1)))
def test_no_day_after_the_first_is_without_a_wage_of_class_one(day: date) -> None:
    found = minimum_wage_on(WAGES, day, 1)
    assert found is not None
    assert found.basis.in_force(day)
