"""Statutory terms: from the day something happened to the day something must be done, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from inspector_app.domain.counting import (
    Stop,
    count_calendar,
    count_hours,
    count_months,
    count_working,
    stopped_days,
)
from inspector_app.domain.term_words import (
    clock_text,
    date_text,
    off_days_text,
    runs_text,
    weekday_text,
)
from inspector_app.domain.words import Word
from inspector_app.domain.workdays import ONE_DAY, WorkCalendar, days_from
from inspector_app.errors import UserError

__all__ = [
    "Due",
    "Level",
    "Stop",
    "Term",
    "TermUnit",
    "compute",
    "date_text",
    "days_left",
    "level",
    "weekday_text",
]

SOON_WORKING_DAYS = 3


class TermUnit(Word):
    """What the length of a term counts (law.md 0: WD, CD, M, Y)."""

    WORKING_DAYS = "WD", "个工作日"
    CALENDAR_DAYS = "CD", "日"
    MONTHS = "M", "个月"
    YEARS = "Y", "年"
    HOURS = "H", "小时"


class Level(Word):
    """How near a due date is; colour never speaks alone, so each has its word."""

    OVERDUE = "overdue", "已超期"
    TODAY = "today", "今天到期"
    SOON = "soon", "即将到期"
    FAR = "far", "未到期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One rule of law about time, a row of resources/law.

    `length` is None where the law has no number of days; `setting` names the choice that fills it.
    `text_level` says how far the wording was checked, `force_level` whether it is still in force.
    """

    id: str
    name: str
    start_event: str
    length: int | None
    unit: TermUnit
    extension: int | None = None
    extension_unit: TermUnit | None = None
    extension_note: str = ""
    rolls: bool = False
    article: str
    text_level: str = ""
    force_level: str = ""
    note: str = ""
    effective_from: date
    effective_to: date | None = None
    setting: str = ""

    def __post_init__(self) -> None:
        for number in (self.length, self.extension):
            if number is not None and number < 1:
                raise UserError(f"{self.id} 的期限长度应为正整数")
        units = {self.unit, self.extension_unit or self.unit}
        if TermUnit.HOURS in units and (self.rolls or len(units) > 1):
            raise UserError(f"{self.id} 按小时计算，不能顺延，也不能换单位延长")

    def in_force(self, day: date) -> bool:
        """Whether the rule applied on that day."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )


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


class _Run(NamedTuple):
    """One way of counting to the end."""

    end: date
    skipped: tuple[date, ...]
    rolled: bool
    provisional: bool


def compute(
    term: Term,
    start: date,
    calendar: WorkCalendar,
    *,
    extended: bool = False,
    stops: Sequence[Stop] = (),
) -> Due:
    """The due date of `term` when its start event happened on `start` (a datetime for hours)."""
    start = start if term.unit is TermUnit.HOURS else _day(start)
    stopped = stopped_days(stops)
    if term.length is None:
        return Due(term, start, None, None, False, False, (), _why_not(term))
    parts = [(term.length, term.unit)]
    base = last = _run(term, start, parts, calendar, stopped)
    if extended and term.extension is not None:
        parts.append((term.extension, term.extension_unit or term.unit))
        last = _run(term, start, parts, calendar, stopped)
    return Due(
        term=term,
        start=start,
        due=base.end,
        extended_due=last.end if last is not base else None,
        rolled=last.rolled,
        provisional=last.provisional,
        skipped=last.skipped,
        why=_why(term, start, last, calendar, stopped, extended),
    )


def days_left(due: date, today: date) -> int:
    """Calendar days until a due date, negative when it has passed."""
    return (_day(due) - _day(today)).days


def level(due: date, today: date, calendar: WorkCalendar) -> Level:
    """How near a due date is: of a term (`Due.ends`), an order or a to-do."""
    end, now = _day(due), _day(today)
    if end <= now:
        return Level.TODAY if end == now else Level.OVERDUE
    first_far_day = calendar.add_working_days(now, SOON_WORKING_DAYS + 1)
    return Level.SOON if end < first_far_day else Level.FAR


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _run(
    term: Term,
    start: date,
    parts: Sequence[tuple[int, TermUnit]],
    calendar: WorkCalendar,
    stopped: frozenset[date],
) -> _Run:
    if term.unit is TermUnit.HOURS:
        end = count_hours(start, sum(length for length, _ in parts), stopped)
        return _Run(end, (), False, False)
    end = start
    skipped: list[date] = []
    needed: list[date] = []
    for length, unit in parts:
        if unit is TermUnit.WORKING_DAYS:
            needed.append(end + ONE_DAY)
            passed, end = count_working(end, length, calendar, stopped)
            needed.append(end)
            skipped += passed
        else:
            end = _count_days(end, length, unit, stopped)
    rolled_over: list[date] = []
    if term.rolls:
        for day in days_from(end):
            needed.append(day)
            if calendar.is_working(day) and day not in stopped:
                end = day
                break
            rolled_over.append(day)
    off = tuple(d for d in (*skipped, *rolled_over) if d not in stopped)
    unknown = not all(calendar.known(day) for day in needed)
    return _Run(end, off, bool(rolled_over), unknown)


def _count_days(start: date, length: int, unit: TermUnit, stopped: frozenset[date]) -> date:
    if unit is TermUnit.CALENDAR_DAYS:
        return count_calendar(start, length, stopped)
    return count_months(start, length * (12 if unit is TermUnit.YEARS else 1), stopped)


def _why_not(term: Term) -> str:
    where = f"，可在设置“{term.setting}”中填写" if term.setting else ""
    return f"{term.name}（{term.id}）：{term.article}没有规定期限长度{where}。"


def _why(
    term: Term,
    start: date,
    run: _Run,
    calendar: WorkCalendar,
    stopped: frozenset[date],
    extended: bool,
) -> str:
    """The whole reasoning in one line: rule, start, days skipped, end, article."""
    timed = isinstance(start, datetime)
    parts = [f"{term.name}（{term.id}）：{term.start_event} {clock_text(start)}"]
    count_from = "从该时刻起算" if timed else "当日不计"
    parts.append(f"{count_from}，{term.length} {term.unit.label}{_extension_text(term, extended)}")
    passed = [d for d in sorted(stopped) if _day(start) < d <= _day(run.end)]
    if passed:
        parts.append(f"中止计时 {runs_text(passed)}共 {len(passed)} 天")
    if run.skipped:
        head = "最后一日逢" if run.rolled else "跳过"
        parts.append(f"{head} {off_days_text(run.skipped, calendar)}")
    if term.unit is TermUnit.WORKING_DAYS:
        span = (run.end - start).days
        days = (start + timedelta(days=n) for n in range(1, span + 1))
        made_up = [d for d in days if calendar.is_makeup(d) and d not in stopped]
        if made_up:
            parts.append(f"{runs_text(made_up)}调休上班，计入")
    parts.append(f"{'顺延至' if run.rolled else '到期'} {clock_text(run.end)}")
    parts.append(f"依据{term.article}")
    if run.provisional:
        years = f"{calendar.first_year}年至{calendar.last_year}"
        parts.append(f"工作日历只有 {years}年的放假安排，此日期为暂定")
    return "；".join(parts) + "。"


def _extension_text(term: Term, extended: bool) -> str:
    if not extended:
        return ""
    if term.extension is None:
        return "（本条没有延长的规定）"
    unit = term.extension_unit or term.unit
    return f"，延长 {term.extension} {unit.label}"
