"""Which day is a working day: weekends, the State Council's holidays and make-up working days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from inspector_app.errors import UserError

ONE_DAY = timedelta(days=1)


def days_from(first: date) -> Iterator[date]:
    """`first` and every later day, for as long as the caller asks."""
    day = first
    while True:
        yield day
        day += ONE_DAY


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The table of exceptions to Monday-to-Friday, for the years somebody has published.

    `workdays` are weekend days worked (调休), `holidays` days off, `names` what a day is called.
    """

    workdays: frozenset[date]
    holidays: frozenset[date]
    first_year: int
    last_year: int
    names: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = sorted(self.workdays & self.holidays)
        if both:
            raise UserError(f"{both[0]} 既列为上班日又列为放假日，请改工作日历")
        if self.first_year > self.last_year:
            raise UserError("工作日历的起始年份晚于截止年份")

    def known(self, day: date) -> bool:
        """Whether the holidays of that day's year have been published."""
        return self.first_year <= day.year <= self.last_year

    def is_working(self, day: date) -> bool:
        """In unknown years Monday to Friday: good enough to plan, never to be quoted."""
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def is_makeup(self, day: date) -> bool:
        """A weekend day that is worked."""
        return day in self.workdays and day.weekday() >= 5

    def holiday_name(self, day: date) -> str:
        """国庆节 …; "" for a plain weekend or a working day."""
        if day not in self.holidays:
            return ""
        return self.names.get(day) or "节假日"

    def next_working(self, day: date) -> date:
        """`day` itself when it is a working day, else the first one after it."""
        return next(d for d in days_from(day) if self.is_working(d))

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the start does not count."""
        if count < 1:
            raise ValueError("count starts at 1")
        working = (d for d in days_from(start + ONE_DAY) if self.is_working(d))
        for _ in range(count - 1):
            next(working)
        return next(working)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` is not later."""
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, span + 1))

    def with_changes(
        self,
        *,
        workdays: Iterable[date] = (),
        holidays: Iterable[date] = (),
        names: Mapping[date, str] | None = None,
        last_year: int | None = None,
    ) -> "WorkCalendar":
        """The calendar after a notice: a day named here loses what it was before."""
        on, off = frozenset(workdays), frozenset(holidays)
        return replace(
            self,
            workdays=(self.workdays - off) | on,
            holidays=(self.holidays - on) | off,
            names={**self.names, **(names or {})},
            last_year=self.last_year if last_year is None else last_year,
        )
