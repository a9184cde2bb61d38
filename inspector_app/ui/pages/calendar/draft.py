"""The days of one year while somebody changes them: what each is, and what differs from before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from inspector_app.services.calendar_notice import DayKind, DayRow

ONE_DAY = timedelta(days=1)
UNNAMED = ""  # it cannot be saved until somebody says what holiday it is


class Look(Enum):
    """What a day is on the drawing: the word says it to screen readers too."""

    WORK = "上班"
    WEEKEND = "周末"
    HOLIDAY = "放假"
    MAKEUP = "调休上班"


@dataclass(frozen=True, slots=True)
class Run:
    """Days off of one holiday that follow one another."""

    name: str
    first: date
    last: date

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass
class YearDraft:
    """`base` is what is stored, `rows` what is shown: the days unlike Monday to Friday."""

    year: int
    base: dict[date, DayRow] = field(default_factory=dict)
    rows: dict[date, DayRow] = field(default_factory=dict)

    @classmethod
    def of(cls, year: int, stored: Sequence[DayRow]) -> "YearDraft":
        """A year as it is stored, nothing changed."""
        known = {row.day: row for row in stored}
        return cls(year, known, dict(known))

    # ── looking ──────────────────────────────────────────────────────────────────────────────
    def look(self, day: date) -> Look:
        """What the day is now."""
        row = self.rows.get(day)
        if row is not None:
            return Look.HOLIDAY if row.kind is DayKind.HOLIDAY else Look.MAKEUP
        return Look.WEEKEND if day.weekday() >= 5 else Look.WORK

    def name(self, day: date) -> str:
        """国庆节 …; "" for a day that is no holiday."""
        row = self.rows.get(day)
        return row.name if row is not None and row.kind is DayKind.HOLIDAY else ""

    def is_working(self, day: date) -> bool:
        """Whether the office works on it."""
        return self.look(day) in (Look.WORK, Look.MAKEUP)

    def differs(self, day: date) -> bool:
        """Whether it is another thing than what is stored."""
        return _said(self.base.get(day)) != _said(self.rows.get(day))

    def changed(self) -> list[date]:
        """Every day that differs, in order."""
        days = {*self.base, *self.rows}
        return sorted(day for day in days if self.differs(day))

    def days(self) -> Iterator[date]:
        """Every day of the year."""
        day = date(self.year, 1, 1)
        while day.year == self.year:
            yield day
            day += ONE_DAY

    def count(self, *looks: Look) -> int:
        """How many days look like one of these."""
        return sum(self.look(day) in looks for day in self.days())

    def ordered(self) -> list[DayRow]:
        """The rows to store."""
        return [self.rows[day] for day in sorted(self.rows)]

    def runs(self) -> list[Run]:
        """Holidays by name, each stretch of days a run."""
        found: list[Run] = []
        for row in self.ordered():
            if row.kind is not DayKind.HOLIDAY:
                continue
            last = found[-1] if found else None
            if last and last.name == row.name and row.day - last.last == ONE_DAY:
                found[-1] = Run(last.name, last.first, row.day)
            else:
                found.append(Run(row.name, row.day, row.day))
        return found

    # ── changing ─────────────────────────────────────────────────────────────────────────────
    def toggle(self, day: date) -> None:
        """Turn a working day into a day off and the other way round."""
        weekend, before = day.weekday() >= 5, self.base.get(day)
        if not self.is_working(day):
            self._put(day, DayRow(day, DayKind.WORKDAY, "") if weekend else None)
        elif before is not None and before.kind is DayKind.HOLIDAY:
            self._put(day, before)
        else:
            self._put(day, None if weekend else DayRow(day, DayKind.HOLIDAY, self.likely(day)))

    def set_name(self, day: date, name: str) -> None:
        """Call a day off by the name of a holiday; without one a weekend is a plain weekend."""
        if self.is_working(day):
            return
        if not name.strip() and day.weekday() >= 5:
            self._put(day, None)
        else:
            self._put(day, DayRow(day, DayKind.HOLIDAY, name.strip()))

    def replace(self, rows: Iterable[DayRow]) -> None:
        """Show these days instead, for instance those of a notice."""
        self.rows = {row.day: row for row in rows}

    def drop(self) -> None:
        """Back to what is stored."""
        self.rows = dict(self.base)

    def likely(self, day: date) -> str:
        """The holiday a day off beside it belongs to: the nearest within a week."""
        near = sorted(
            (abs((other - day).days), name)
            for other in self.rows
            if abs((other - day).days) <= 7 and (name := self.name(other))
        )
        return near[0][1] if near else UNNAMED

    def _put(self, day: date, row: DayRow | None) -> None:
        if row is None:
            self.rows.pop(day, None)
        else:
            self.rows[day] = row


def _said(row: DayRow | None) -> tuple[DayKind, str] | None:
    """What counts of a row: a working day bears no name."""
    if row is None:
        return None
    return row.kind, row.name if row.kind is DayKind.HOLIDAY else ""
