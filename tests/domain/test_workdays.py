"""Working days across real holidays and make-up weekends, and a calendar somebody edits."""

import json
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # the package ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.workdays import WorkCalendar
from inspector_app.errors import UserError
from tests.helpers.builders import calendar_2026, calendar_between
from tests.helpers.real_data import shared_data

days_2024_to_2026 = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(days_2024_to_2026)
def test_each_day_is_what_the_notices_say(day: date) -> None:
    assert calendar_2026().is_working(day) == chinese_calendar.is_workday(day)


@given(st.dates(date(2027, 1, 1), date(2040, 12, 31)))
def test_in_a_year_without_a_notice_monday_to_friday_work(day: date) -> None:
    calendar = calendar_2026()
    assert not calendar.known(day)
    assert calendar.is_working(day) == (day.weekday() < 5)


def test_the_national_day_of_2026_has_its_name_and_its_make_up_days() -> None:
    calendar = calendar_2026()
    assert calendar.holiday_name(date(2026, 10, 1)) == "国庆节"
    assert calendar.holiday_name(date(2026, 10, 11)) == ""
    assert calendar.holiday_name(date(2026, 10, 8)) == ""
    assert calendar.is_makeup(date(2026, 10, 10))
    assert not calendar.is_makeup(date(2026, 10, 9))
    assert not calendar.is_makeup(date(2026, 10, 11))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2025, 9, 26), 5, date(2025, 10, 10)),  # Sunday 28 September is worked
        (date(2024, 2, 3), 1, date(2024, 2, 4)),  # a Sunday before the Spring Festival
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
    ],
)
def test_working_days_are_counted_after_the_start(start: date, count: int, end: date) -> None:
    calendar = calendar_2026()
    assert calendar.add_working_days(start, count) == end
    assert calendar.working_days_between(start, end) == count


@given(days_2024_to_2026, st.integers(1, 90))
def test_counting_forward_and_counting_between_agree(start: date, count: int) -> None:
    calendar = calendar_2026()
    end = calendar.add_working_days(start, count)
    assert calendar.is_working(end)
    assert calendar.working_days_between(start, end) == count
    assert calendar.working_days_between(start, end - timedelta(days=1)) == count - 1


def test_no_working_days_lie_backwards() -> None:
    assert calendar_2026().working_days_between(date(2026, 3, 3), date(2026, 3, 2)) == 0


def test_counting_starts_at_one() -> None:
    with pytest.raises(ValueError, match="count starts at 1"):
        calendar_2026().add_working_days(date(2026, 3, 2), 0)


def test_a_new_notice_changes_days_and_extends_the_known_years() -> None:
    off, on = date(2027, 1, 1), date(2027, 1, 3)
    calendar = calendar_2026().with_changes(
        holidays=[off], workdays=[on], names={off: "元旦"}, last_year=2027
    )
    assert calendar.known(on)
    assert calendar.is_working(on)
    assert not calendar.is_working(off)
    assert calendar.holiday_name(off) == "元旦"


def test_a_day_off_may_become_a_working_day_and_back() -> None:
    day = date(2026, 10, 2)
    worked = calendar_2026().with_changes(workdays=[day])
    assert worked.is_working(day)
    assert worked.holiday_name(day) == ""
    free = worked.with_changes(holidays=[day])
    assert not free.is_working(day)
    assert free.last_year == 2026


def test_a_holiday_without_a_name_is_called_a_holiday() -> None:
    day = date(2026, 3, 3)
    assert WorkCalendar(frozenset(), frozenset({day}), 2026, 2026).holiday_name(day) == "节假日"


def test_a_table_that_contradicts_itself_is_refused() -> None:
    day = frozenset({date(2026, 3, 3)})
    with pytest.raises(UserError, match="2026-03-03 既列为上班日又列为放假日"):
        WorkCalendar(day, day, 2026, 2026)
    with pytest.raises(UserError, match="起始年份晚于截止年份"):
        WorkCalendar(frozenset(), frozenset(), 2027, 2026)


@pytest.mark.real_data
def test_the_packaged_calendar_agrees_with_the_public_list_day_by_day() -> None:
    path = shared_data("cn_calendar", "chinese_days_holidays.json")
    listed = json.loads(path.read_text(encoding="utf-8"))
    public = WorkCalendar(
        workdays=frozenset(map(date.fromisoformat, listed["workdays"])),
        holidays=frozenset(map(date.fromisoformat, listed["holidays"])),
        first_year=2004,
        last_year=2026,
    )
    packaged = calendar_between(2004, 2026)
    day, different = date(2004, 1, 1), []
    while day.year < 2027:
        if public.is_working(day) != packaged.is_working(day):
            different.append(day)
        day += timedelta(days=1)
    assert different == []
