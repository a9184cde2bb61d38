"""Dates as words: 2026年11月18日（星期三）, 10月1日至10月7日国庆节."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from inspector_app.domain.workdays import ONE_DAY, WorkCalendar

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def date_text(day: date | None) -> str:
    """2026年1月5日, without filling zeros (GB/T 9704); none is "—"."""
    return "—" if day is None else f"{day.year}年{day.month}月{day.day}日"


def weekday_text(day: date | None) -> str:
    """2026年11月18日（星期三）; none is "—"."""
    return "—" if day is None else f"{date_text(day)}（{WEEKDAYS[day.weekday()]}）"


def clock_text(moment: date) -> str:
    """A day with its weekday, and with its hour when it has one."""
    hour = f" {moment:%H:%M}" if isinstance(moment, datetime) else ""
    return weekday_text(moment) + hour


def runs_text(days: Iterable[date]) -> str:
    """10月1日至10月8日、10月11日."""
    return "、".join(_run_text(run) for run in _runs(sorted(days)))


def off_days_text(days: Iterable[date], calendar: WorkCalendar) -> str:
    """10月1日至10月7日国庆节、周末 12 天: holidays by name, plain weekends by number."""
    pieces = []
    weekend_days = 0
    for name, group in groupby(sorted(days), key=calendar.holiday_name):
        if name:
            pieces += [f"{_run_text(run)}{name}" for run in _runs(list(group))]
        else:
            weekend_days += len(list(group))
    if weekend_days:
        pieces.append(f"周末 {weekend_days} 天")
    return "、".join(pieces)


def _runs(days: Sequence[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run_text(run: Sequence[date]) -> str:
    first, last = run[0], run[-1]
    head = f"{first.month}月{first.day}日"
    return head if first == last else f"{head}至{last.month}月{last.day}日"
