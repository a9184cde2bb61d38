"""Which day is a working day: weekends, the State Council's holidays and make-up working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from inspector_app.domain.term_words import ONE_DAY
from inspector_app.domain.workday_table import WorkTable, day_at
from inspector_app.errors import UserError

__all__ = ["ONE_DAY", "WorkCalendar"]


class _Tabled:
    """Room for the table of a calendar, which is no part of its value."""

    __slots__ = ("_table",)
    _table: WorkTable


@dataclass(frozen=True, slots=True)
class WorkCalendar(_Tabled):
    """The table of exceptions to Monday-to-Friday, for the years somebody has published.

    `workdays` are weekend days worked (调休), `holidays` days off, `names` what a day is called.
    In unknown years Monday to Friday work: good enough to plan, never to be quoted.
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

    @property
    def table(self) -> WorkTable:
        """The days by ordinal, counted when first asked for."""
        try:
            return self._table
        except AttributeError:
            years = (self.first_year, self.last_year)
            table = WorkTable(self.workdays, self.holidays, self.names, years)
            object.__setattr__(self, "_table", table)
            return table

    def known(self, day: date) -> bool:
        """Whether the holidays of that day's year have been published."""
        return self.first_year <= day.year <= self.last_year

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
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

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the start does not count."""
        if count < 1:
            raise ValueError("count starts at 1")
        return day_at(self.table.at(self.table.index(start.toordinal()) + count))

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; 0 when `end` is not later."""
        index = self.table.index
        return max(0, index(end.toordinal()) - index(start.toordinal()))

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
