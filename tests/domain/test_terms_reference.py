"""The fast engine gives the same dates and the same reasons as counting day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.terms import Direction, Rolling, Stop, Term, TermUnit, compute
from inspector_app.domain.workdays import WorkCalendar
from tests.domain.term_reference import reference
from tests.helpers.builders import a_term, calendar_2026, calendar_between

CALENDARS = (calendar_2026(), calendar_between(2018, 2026))
UNITS = [TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS, TermUnit.MONTHS, TermUnit.YEARS]
MOST = {
    TermUnit.WORKING_DAYS: 95,
    TermUnit.CALENDAR_DAYS: 95,
    TermUnit.MONTHS: 14,
    TermUnit.YEARS: 3,
}
# Beyond the published years on both sides too: there Monday to Friday work.
starts = st.dates(date(2015, 1, 1), date(2031, 12, 31))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Any term that makes sense."""
    unit = draw(st.sampled_from(UNITS))
    back = draw(st.booleans())
    longer = None if back else draw(st.none() | st.sampled_from(UNITS))
    rolls = draw(st.booleans())
    return a_term(
        unit=unit,
        length=draw(st.integers(1, MOST[unit])),
        direction=Direction.BACKWARD if back else Direction.FORWARD,
        extension=None if longer is None else draw(st.integers(1, MOST[longer])),
        extension_unit=longer,
        extension_approver=draw(st.sampled_from(["", "机关负责人"])),
        rolls=rolls,
        rolling=draw(st.sampled_from(list(Rolling))),
        setting=draw(st.sampled_from(["", "term_defence_days"])),
        effective_from=draw(st.sampled_from([date(2005, 2, 1), date(2022, 1, 1)])),
    )


@st.composite
def stops_near(draw: st.DrawFn, start: date) -> list[Stop]:
    """Some that overlap, some before the start, some beyond the end."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        first = start + timedelta(days=draw(st.integers(-30, 150)))
        found.append((first, first + timedelta(days=draw(st.integers(0, 25)))))
    return found


@settings(max_examples=400)
@given(terms(), starts, st.sampled_from(CALENDARS), st.booleans())
def test_without_stops_it_is_the_same_as_day_by_day(
    term: Term, start: date, calendar: WorkCalendar, extended: bool
) -> None:
    expected = reference(term, start, calendar, extended=extended)
    assert compute(term, start, calendar, extended=extended) == expected


@settings(max_examples=400)
@given(terms(), starts, st.sampled_from(CALENDARS), st.booleans(), st.data())
def test_with_stops_it_is_the_same_as_day_by_day(
    term: Term, start: date, calendar: WorkCalendar, extended: bool, data: st.DataObject
) -> None:
    stops = data.draw(stops_near(start))
    expected = reference(term, start, calendar, extended=extended, stops=stops)
    assert compute(term, start, calendar, extended=extended, stops=stops) == expected


def test_a_stop_over_a_make_up_day_changes_nothing_of_a_term_that_runs_backwards() -> None:
    term = a_term(length=3, direction=Direction.BACKWARD)
    event, stops = date(2025, 2, 8), [(date(2025, 2, 7), date(2025, 2, 9))]
    due = compute(term, event, CALENDARS[0], stops=stops)
    assert due == reference(term, event, CALENDARS[0], stops=stops)
    assert "2月8日调休上班，计入" in due.why


def test_the_day_of_the_start_itself_needs_no_notice() -> None:
    """31 December 2023 does not count; the day the last one rolls off does."""
    eve = date(2023, 12, 31)
    assert not compute(a_term(), eve, CALENDARS[0]).provisional
    rolling = a_term(length=1, unit=TermUnit.CALENDAR_DAYS, rolls=True)
    for start in (date(2023, 12, 30), eve):
        due = compute(rolling, start, CALENDARS[0])
        assert due == reference(rolling, start, CALENDARS[0])
        assert due.due == date(2024, 1, 2)
        assert due.provisional == (start < eve)


@pytest.mark.parametrize("length", [1, 5, 60])
@pytest.mark.parametrize("unit", UNITS[:2])
@pytest.mark.parametrize("direction", list(Direction))
def test_every_day_of_three_years_is_the_same_as_day_by_day(
    length: int, unit: TermUnit, direction: Direction
) -> None:
    term = a_term(length=length, unit=unit, direction=direction, rolls=unit is UNITS[1])
    for number in range(1096 - 7):
        start = date(2024, 1, 1) + timedelta(days=number)
        assert compute(term, start, CALENDARS[0]) == reference(term, start, CALENDARS[0])
