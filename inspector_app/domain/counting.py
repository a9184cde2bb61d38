"""Counting days, months and hours from a day, with days on which the clock does not run."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from inspector_app.domain.term_words import ONE_DAY, date_text
from inspector_app.domain.workday_table import WorkTable, day_at
from inspector_app.errors import UserError

Stop = tuple[date, date]
"""First and last day on which the clock does not run, both included."""

Halt = tuple[int, int]
"""The same by ordinal: in order, apart from one another by at least a day."""


def halts_of(stops: Sequence[Stop]) -> tuple[Halt, ...]:
    """Stops in order; those that overlap or touch are one."""
    halts: list[Halt] = []
    for first, last in sorted(stops):
        if first > last:
            raise UserError(f"中止期间的起日 {date_text(first)} 晚于止日 {date_text(last)}")
        low, high = first.toordinal(), last.toordinal()
        if halts and low <= halts[-1][1] + 1:
            halts[-1] = (halts[-1][0], max(high, halts[-1][1]))
        else:
            halts.append((low, high))
    return tuple(halts)


def within(halts: Sequence[Halt], low: int, high: int) -> list[Halt]:
    """The stopped days after `low` up to and with `high`."""
    return [
        (max(first, low + 1), min(last, high))
        for first, last in halts
        if first <= high and last > low
    ]


def count_working(start: int, count: int, table: WorkTable, halts: Sequence[Halt]) -> int:
    """Ordinal of the `count`-th working day after `start` on which the clock ran."""
    index = table.index
    wanted = index(start) + count
    end = table.at(wanted)
    for first, last in halts:
        if first > end:
            break
        if last > start:
            wanted += index(last) - index(max(first - 1, start))
            end = table.at(wanted)
    return end


def count_working_back(event: int, count: int, table: WorkTable) -> int:
    """Ordinal of the last working day from which `count` working days lie up to the event."""
    return table.at(table.index(event) - count)


def count_calendar(start: int, days: int, halts: Sequence[Halt]) -> int:
    """Every day counts but the stopped ones."""
    return _pushed(start, start + days, halts)


def count_months(start: date, months: int, halts: Sequence[Halt]) -> int:
    """The day of the same number; the last of the month where there is none (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year < date.max.year:
        raise UserError("日期超出日历的范围，请核对年份", field="date")
    first = date(year, month + 1, 1).toordinal()
    next_first = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1).toordinal()
    return _pushed(start.toordinal(), min(first + start.day, next_first) - 1, halts)


def count_hours(start: date, hours: int, halts: Sequence[Halt]) -> date:
    """To the minute when the start has a time; else to the last day, counted from midnight."""
    if not isinstance(start, datetime):
        return day_at(count_calendar(start.toordinal(), -(-hours // 24), halts))
    end = start + timedelta(hours=hours)
    for first, last in halts:
        begin, finish = (
            datetime.combine(day_at(one), time(), tzinfo=start.tzinfo) for one in (first, last)
        )
        finish += ONE_DAY
        if start < finish and end > begin:
            end += finish - max(start, begin)
    return end


def off_halts(ordinal: int, table: WorkTable, halts: Sequence[Halt]) -> int:
    """The first working day from that one on on which the clock runs."""
    end = table.at(table.index(ordinal - 1) + 1)
    for first, last in halts:
        if first <= end <= last:
            end = table.at(table.index(last) + 1)
    return end


def _pushed(start: int, end: int, halts: Sequence[Halt]) -> int:
    for first, last in halts:
        if first > end:
            break
        if last > start:
            end += last - max(first - 1, start)
    return end
