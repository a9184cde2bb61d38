"""Statutory terms: from the day something happened to the day something must be done, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.counting import (
    Halt,
    Stop,
    count_calendar,
    count_hours,
    count_months,
    count_working,
    count_working_back,
    halts_of,
    off_halts,
    within,
)
from inspector_app.domain.term_explain import Run, explain
from inspector_app.domain.term_levels import DaysLeft, Level, days_left, level, level_for, time_left
from inspector_app.domain.term_rules import Direction, Origin, Rolling, Term, TermUnit, Whose
from inspector_app.domain.term_series import explain_series, surcharge_series
from inspector_app.domain.term_words import date_text, day_of, weekday_text
from inspector_app.domain.workday_table import WorkTable, day_at
from inspector_app.domain.workdays import WorkCalendar

__all__ = [
    "DaysLeft",
    "Direction",
    "Due",
    "Level",
    "Origin",
    "Rolling",
    "Stop",
    "Term",
    "TermUnit",
    "Whose",
    "compute",
    "date_text",
    "days_left",
    "level",
    "level_for",
    "surcharge_series",
    "time_left",
    "weekday_text",
]

Part = tuple[int, TermUnit]


@dataclass(frozen=True, slots=True)
class Due:
    """When a term ends. `extended_due` is there only when the extension was asked for.

    `skipped` are the non-working days passed over, `rolled` says the last day fell on one of them.
    `provisional`: a day that was needed lies in a year whose holidays are not published yet.
    """

    term: Term
    start: date
    due: date | None
    extended_due: date | None
    rolled: bool
    provisional: bool
    skipped: tuple[date, ...]
    why: str

    @property
    def ends(self) -> date | None:
        """The day that counts: the extended one when there is one."""
        return self.extended_due or self.due


def compute(
    term: Term,
    start: date,
    calendar: WorkCalendar,
    *,
    extended: bool = False,
    stops: Sequence[Stop] = (),
) -> Due:
    """The due date of `term` when its start event happened on `start` (a datetime for hours).

    A backward term runs from the event to the last day for doing what comes before it.
    """
    if term.unit is not TermUnit.HOURS:
        start = day_of(start)
    if term.length is None:
        why = explain_series(term, start, stops) if term.daily_percent else _why_not(term)
        return Due(term, start, None, None, False, False, (), why)
    halts = halts_of(stops) if stops else ()
    base = last = _run(term, start, ((term.length, term.unit),), calendar.table, halts)
    if extended and term.extension is not None:
        more = (term.extension, term.extension_unit or term.unit)
        last = _run(term, start, ((term.length, term.unit), more), calendar.table, halts)
    return Due(
        term,
        start,
        base.end,
        None if last is base else last.end,
        last.end != last.landed,
        last.provisional,
        last.skipped,
        explain(term, start, last, calendar, halts, extended),
    )


def _why_not(term: Term) -> str:
    where = f"，可在设置“{term.setting}”中填写" if term.setting else ""
    return f"{term.name}（{term.id}）：{term.article}没有规定期限长度{where}。"


def _run(
    term: Term,
    start: date,
    parts: Sequence[Part],
    table: WorkTable,
    halts: Sequence[Halt],
) -> Run:
    if term.unit is TermUnit.HOURS:
        end = count_hours(start, sum(length for length, _ in parts), halts)
        return Run(end, end, (), 0, 0, False)
    if term.direction is Direction.BACKWARD:
        return _run_back(term, start, parts[0], table)
    return _run_on(term, start.toordinal(), parts, table, halts)


def _run_on(
    term: Term, end: int, parts: Sequence[Part], table: WorkTable, halts: Sequence[Halt]
) -> Run:
    low = high = 0
    skipped: tuple[date, ...] = ()
    known = True
    for length, unit in parts:
        if unit is TermUnit.WORKING_DAYS:
            low, high = end, count_working(end, length, table, halts)
            skipped += table.off_days(low, high)
            known = known and table.is_known(low + 1, high)
            end = high
        elif unit is TermUnit.CALENDAR_DAYS:
            end = count_calendar(end, length, halts)
        else:
            end = count_months(day_at(end), _months(length, unit), halts)
    landed = end
    if term.rolls:
        end = off_halts(landed, table, halts)
        known = known and table.is_known(landed, end)
        if end != landed:
            low, high = landed - 1, end - 1
            skipped += table.off_days(low, high)
    if halts and skipped:
        skipped = _running(skipped, halts)
    low = low if len(parts) == 1 else 0
    return Run(day_at(end), day_at(landed), skipped, low, high, not known)


def _run_back(term: Term, event: date, part: Part, table: WorkTable) -> Run:
    """From an event to the last day before it; one that moves off a day off moves earlier."""
    length, unit = part
    start = event.toordinal()
    if unit is TermUnit.WORKING_DAYS:
        end = landed = count_working_back(start, length, table)
        low, high = end, start
        known = table.is_known(end, start)
    else:
        days = unit is TermUnit.CALENDAR_DAYS
        landed = start - length if days else count_months(event, -_months(length, unit), ())
        end = table.at(table.index(landed)) if term.rolls else landed
        low, high = end, landed
        known = not term.rolls or table.is_known(end, landed)
    return Run(day_at(end), day_at(landed), table.off_days(low, high), low, high, not known)


def _months(length: int, unit: TermUnit) -> int:
    return length * 12 if unit is TermUnit.YEARS else length


def _running(days: tuple[date, ...], halts: Sequence[Halt]) -> tuple[date, ...]:
    """The days on which the clock was not stopped anyway."""
    return tuple(day for day in days if not within(halts, day.toordinal() - 1, day.toordinal()))
