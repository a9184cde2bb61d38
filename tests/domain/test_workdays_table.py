"""The counted table answers as the sets of days do, within its years and beyond."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.term_words import off_days_text, runs_text
from inspector_app.domain.workday_table import WorkTable, day_at
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.errors import UserError
from tests.helpers.builders import calendar_2026, calendar_between

CALENDAR = calendar_2026()
TABLE = CALENDAR.table
days = st.dates(date(2016, 1, 1), date(2033, 12, 31))


@given(days, st.integers(0, 400))
def test_days_off_and_their_words_are_those_of_the_calendar(low: date, span: int) -> None:
    between = [low + timedelta(days=n) for n in range(1, span + 1)]
    off = [day for day in between if not CALENDAR.is_working(day)]
    ends = (low.toordinal(), low.toordinal() + span)
    assert list(TABLE.off_days(*ends)) == off
    assert TABLE.off_text(*ends) == off_days_text(off, CALENDAR.holiday_name)
    assert TABLE.makeup_text(*ends) == runs_text(filter(CALENDAR.is_makeup, between))


def test_words_are_right_between_any_two_days_of_a_year() -> None:
    """Every cut through a holiday or a run of make-up days."""
    first = date(2026, 1, 25)
    for low in range(40):
        for high in range(low, 40):
            between = [first + timedelta(days=n) for n in range(low + 1, high + 1)]
            off = [day for day in between if not CALENDAR.is_working(day)]
            ends = (first.toordinal() + low, first.toordinal() + high)
            assert TABLE.off_text(*ends) == off_days_text(off, CALENDAR.holiday_name)
            assert TABLE.makeup_text(*ends) == runs_text(filter(CALENDAR.is_makeup, between))


@given(days, st.sampled_from([CALENDAR, calendar_between(2020, 2026)]))
def test_the_index_of_a_day_leads_back_to_the_last_working_day(
    day: date, calendar: WorkCalendar
) -> None:
    """The tables begin on a Saturday and on a Monday."""
    index = calendar.table.index(day.toordinal())
    found = day_at(calendar.table.at(index))
    assert calendar.is_working(found)
    assert found <= day
    assert calendar.table.at(index + 1) > day.toordinal()


def test_make_up_days_in_a_row_are_one_stretch() -> None:
    worked = frozenset({date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 14)})
    table = WorkTable(worked, frozenset(), {}, (2026, 2026))
    monday = date(2026, 3, 2).toordinal()
    assert table.makeup_text(monday, monday + 14) == "3月7日至3月8日、3月14日"
    assert table.makeup_text(monday, monday + 5) == "3月7日"
    assert table.makeup_text(monday + 5, monday + 14) == "3月8日、3月14日"
    assert table.makeup_text(monday, monday + 1) == ""


def test_holidays_that_follow_one_another_keep_their_names() -> None:
    off = {date(2026, 3, day): name for day, name in ((3, "甲"), (4, "甲"), (5, "乙"), (6, ""))}
    calendar = WorkCalendar(frozenset(), frozenset(off), 2026, 2026, off)
    start = date(2026, 3, 1).toordinal()
    assert calendar.table.off_text(start, start + 7) == (
        "3月3日至3月4日甲、3月5日乙、3月6日节假日、周末 2 天"
    )


def test_a_workday_listed_on_a_weekday_is_no_make_up_day() -> None:
    table = WorkTable({date(2026, 3, 3)}, frozenset(), {}, (2026, 2026))
    start = date(2026, 3, 2).toordinal()
    assert table.makeup_text(start, start + 5) == ""


def test_a_day_listed_outside_the_published_years_still_counts() -> None:
    far = date(2040, 3, 5)
    calendar = CALENDAR.with_changes(holidays=[far])
    assert calendar.add_working_days(date(2040, 3, 4), 1) == date(2040, 3, 6)
    assert calendar.last_year == 2026


def test_the_table_is_counted_once_and_is_no_part_of_the_value() -> None:
    other = WorkCalendar(CALENDAR.workdays, CALENDAR.holidays, 2024, 2026, dict(CALENDAR.names))
    assert other == CALENDAR
    assert other.table is other.table


@pytest.mark.parametrize("ordinal", [0, date.max.toordinal() + 1])
def test_there_is_no_day_beyond_the_calendar(ordinal: int) -> None:
    with pytest.raises(UserError, match="日期超出日历的范围"):
        day_at(ordinal)
