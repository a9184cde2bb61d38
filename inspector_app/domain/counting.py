"""Counting days, months and hours from a start, with days on which the clock does not run."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from inspector_app.domain.term_words import date_text
from inspector_app.domain.workdays import ONE_DAY, WorkCalendar, days_from
from inspector_app.errors import UserError

Stop = tuple[date, date]
"""First and last day on which the clock does not run, both included."""


def stopped_days(stops: Sequence[Stop]) -> frozenset[date]:
    """Every day of the stops, each once."""
    days: set[date] = set()
    for first, last in stops:
        if first > last:
            raise UserError(f"中止期间的起日 {date_text(first)} 晚于止日 {date_text(last)}")
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(days)


def count_working(
    start: date, count: int, calendar: WorkCalendar, stopped: frozenset[date]
) -> tuple[list[date], date]:
    """The days passed over that do not count, and the `count`-th working day."""
    passed: list[date] = []
    for day in days_from(start + ONE_DAY):
        if day in stopped or not calendar.is_working(day):
            passed.append(day)
            continue
        count -= 1
        if count == 0:
            break
    return passed, day


def count_calendar(start: date, days: int, stopped: frozenset[date]) -> date:
    """Every day counts but the stopped ones."""
    return _pushed(start, start + timedelta(days=days), stopped)


def count_months(start: date, months: int, stopped: frozenset[date]) -> date:
    """The day of the same number; the last of the month where there is none (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    same_number = date(year, month + 1, 1) + timedelta(days=start.day - 1)
    return _pushed(start, min(same_number, first_of_next - ONE_DAY), stopped)


def count_hours(start: date, hours: int, stopped: frozenset[date]) -> date:
    """To the minute when the start has a time; else to the last day, counted from midnight."""
    if not isinstance(start, datetime):
        return count_calendar(start, -(-hours // 24), stopped)
    end = start + timedelta(hours=hours)
    for day in sorted(stopped):
        midnight = datetime.combine(day, time(), tzinfo=start.tzinfo)
        if start < midnight + ONE_DAY and end > midnight:
            end += midnight + ONE_DAY - max(start, midnight)
    return end


def _pushed(start: date, end: date, stopped: frozenset[date]) -> date:
    for day in sorted(stopped):
        if start < day <= end:
            end += ONE_DAY
    return end
