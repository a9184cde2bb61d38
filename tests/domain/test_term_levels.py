"""How many days are left, in the unit the term counts."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.terms import DaysLeft, TermUnit, time_left
from tests.helpers.builders import a_term, calendar_2026

CALENDAR = calendar_2026()
WORKING, PLAIN = TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS


@pytest.mark.parametrize(
    ("due", "working", "left"),
    [
        (date(2026, 12, 24), False, DaysLeft(28)),
        (date(2026, 12, 24), True, DaysLeft(20, working=True)),
        (date(2026, 11, 27), False, DaysLeft(1)),
        (date(2026, 11, 26), True, DaysLeft(0)),
        (date(2026, 11, 22), True, DaysLeft(-4)),  # what is over is over by the calendar
        (date(2026, 11, 22), False, DaysLeft(-4)),
    ],
)
def test_what_is_left_is_counted_in_the_unit_of_the_term(
    due: date, working: bool, left: DaysLeft
) -> None:
    assert time_left(due, date(2026, 11, 26), CALENDAR, working=working) == left


def test_where_only_days_off_are_left_no_working_day_is() -> None:
    friday = date(2026, 11, 27)
    for working in (True, False):
        left = time_left(friday + timedelta(2), friday, CALENDAR, working=working)
        assert left == DaysLeft(0, working=True)


def test_a_moment_counts_as_its_day() -> None:
    moment = datetime(2026, 11, 27, 9, 0)  # noqa: DTZ001 - local wall time
    assert time_left(moment, date(2026, 11, 26), CALENDAR, working=False) == DaysLeft(1)


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(-30, 90), st.booleans())
def test_never_more_working_days_than_days_are_left(today: date, ahead: int, working: bool) -> None:
    left = time_left(today + timedelta(ahead), today, CALENDAR, working=working)
    assert left.days <= ahead
    assert (left.days > 0) <= (ahead > 0)
    assert left.working <= (ahead > 0)


@pytest.mark.parametrize(
    ("unit", "more", "extended", "expected"),
    [
        (WORKING, None, False, True),
        (WORKING, None, True, True),  # the extension is in the unit of the term
        (WORKING, PLAIN, False, True),
        (WORKING, PLAIN, True, False),
        (PLAIN, WORKING, False, False),
        (PLAIN, WORKING, True, False),
        (TermUnit.MONTHS, None, False, False),
    ],
)
def test_a_term_counts_working_days_when_all_of_it_does(
    unit: TermUnit, more: TermUnit | None, extended: bool, expected: bool
) -> None:
    term = a_term(length=30, unit=unit, extension=30, extension_unit=more)
    assert term.in_working_days(extended=extended) is expected
