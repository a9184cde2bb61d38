"""Dates as words: 2026年11月18日（星期三）, 10月1日至10月7日国庆节."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
ONE_DAY = timedelta(days=1)
REMEMBERED = 32_768
"""Days whose words are kept: some ninety years."""


def day_of(moment: date) -> date:
    """The day of a moment; a day is its own."""
    return moment.date() if isinstance(moment, datetime) else moment


def date_text(day: date | None) -> str:
    """2026年1月5日, without filling zeros (GB/T 9704); none is "—"."""
    return "—" if day is None else f"{day.year}年{day.month}月{day.day}日"


def weekday_text(day: date | None) -> str:
    """2026年11月18日（星期三）; none is "—"."""
    return "—" if day is None else known_weekday_text(day)


@lru_cache(REMEMBERED)
def known_weekday_text(day: date) -> str:
    """The same for a day that is there, written once and remembered."""
    return f"{date_text(day)}（{WEEKDAYS[day.weekday()]}）"


def clock_text(moment: date) -> str:
    """A day with its weekday, and with its hour when it has one."""
    hour = f" {moment:%H:%M}" if isinstance(moment, datetime) else ""
    return weekday_text(moment) + hour


def month_range(start: str, end: str) -> str:
    """2026年7月至9月, 2025年11月至2026年1月, 2026年7月; empty without a start (YYYY-MM each)."""
    if not start:
        return ""
    year, month = int(start[:4]), int(start[5:7])
    text = f"{year}年{month}月"
    if not end or end == start:
        return text
    until = f"{int(end[5:7])}月"
    return f"{text}至{until}" if end[:4] == start[:4] else f"{text}至{int(end[:4])}年{until}"


def runs_text(days: Iterable[date]) -> str:
    """10月1日至10月8日、10月11日."""
    return "、".join(run_text(run[0], run[-1]) for run in _runs(sorted(days)))


def run_text(first: date, last: date) -> str:
    """10月1日至10月8日, or the one day."""
    head = f"{first.month}月{first.day}日"
    return head if first == last else f"{head}至{last.month}月{last.day}日"


def off_days_text(days: Iterable[date], name_of: Callable[[date], str]) -> str:
    """10月1日至10月7日国庆节、周末 12 天: holidays by name, days without one by number."""
    pieces = []
    unnamed = 0
    for name, group in groupby(sorted(days), key=name_of):
        if name:
            pieces += [f"{run_text(run[0], run[-1])}{name}" for run in _runs(list(group))]
        else:
            unnamed += len(list(group))
    return counted_text(pieces, unnamed)


def counted_text(named: Sequence[str], unnamed: int) -> str:
    """Holidays by name, then how many plain weekend days there were."""
    weekend = f"周末 {unnamed} 天"
    if not named:
        return weekend if unnamed else ""
    text = "、".join(named)
    return f"{text}、{weekend}" if unnamed else text


def _runs(days: Sequence[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
