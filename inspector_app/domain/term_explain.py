"""Why a term ends when it does: rule, start, days passed over, extension, rolling, article."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from inspector_app.domain.counting import Halt, within
from inspector_app.domain.term_rules import Direction, Rolling, Term, TermUnit
from inspector_app.domain.term_words import (
    clock_text,
    date_text,
    day_of,
    known_weekday_text,
    off_days_text,
    run_text,
    runs_text,
)
from inspector_app.domain.workday_table import day_at
from inspector_app.domain.workdays import WorkCalendar

TEXT_WORDS = {
    "excerpt": "条文为逐条节选，待法制机构复核",
    "secondary": "条文为转述，待法制机构复核",
    "unseen": "条文未见原文，待法制机构复核",
}
BY = {Rolling.LAW: "依法", Rolling.SETTING: "按本局设置", Rolling.NO: ""}


class Run(NamedTuple):
    """One way of counting to the end. `landed` is the last day before it moved off a day off.

    The `skipped` days are those off after ordinal `low` up to and with `high`; where the count is
    made of several pieces, low is 0.
    """

    end: date
    landed: date
    skipped: tuple[date, ...]
    low: int
    high: int
    provisional: bool


def explain(
    term: Term,
    start: date,
    run: Run,
    calendar: WorkCalendar,
    halts: Sequence[Halt],
    extended: bool,
) -> str:
    """The whole reasoning in one line."""
    head, length, longer, tail = _words_of(term)
    length = longer if extended else length
    if term.unit is TermUnit.HOURS:
        parts = [head, clock_text(start), _from(start), length]
        finish = f"；到期 {clock_text(run.end)}"
    else:
        parts = [head, known_weekday_text(start), length]
        finish = _finish(term, run, calendar)
    if halts:
        parts.append(_halted(term, start, run, halts))
    if run.skipped:
        parts.append(_skipped(run, calendar, halts))
    if term.unit is TermUnit.WORKING_DAYS:
        parts.append(_made_up(term, start, run, calendar, halts))
    parts += (finish, tail)
    if not term.in_force(start):
        parts.append(not_in_force(term, start))
    if run.provisional:
        years = f"{calendar.first_year}年至{calendar.last_year}"
        parts.append(f"；工作日历只有 {years}年的放假安排，此日期为暂定")
    parts.append("。")
    return "".join(parts)


def _words_of(term: Term) -> tuple[str, str, str, str]:
    """Which rule, how long, how long when extended, by which article: composed once for a term."""
    try:
        return term._words
    except AttributeError:
        words = _compose(term)
        object.__setattr__(term, "_words", words)
        return words


def _compose(term: Term) -> tuple[str, str, str, str]:
    length = f"{term.length} {term.unit.label}"
    if term.setting:
        length += "（本局设置）"
    if term.direction is Direction.BACKWARD:
        length = f"；倒推 {length}"
    elif term.unit is not TermUnit.HOURS:
        length = f"；当日不计，{length}"
    head = f"{term.name}（{term.id}）：{term.start_event} "
    return head, length, length + _extension(term), basis(term)


def _extension(term: Term) -> str:
    if term.extension is None:
        return "（本条没有延长的规定）"
    unit = term.extension_unit or term.unit
    approver = f"（须经{term.extension_approver}批准）" if term.extension_approver else ""
    return f"，延长 {term.extension} {unit.label}{approver}"


def basis(term: Term) -> str:
    """The article, what makes its days working days, and how far the wording was checked."""
    parts = [f"依据{term.article}" if term.article else "没有可引用的条文"]
    if term.conversion:
        statute, mark, place = term.conversion.rpartition("》")
        named = mark and statute + mark in term.article
        parts.append(f"条文的“日”为工作日（{place if named else term.conversion}）")
    if term.text_level in TEXT_WORDS:
        parts.append(TEXT_WORDS[term.text_level])
    if term.force_level == "unchecked":
        parts.append("现行性待核")
    return "；" + "；".join(parts)


def not_in_force(term: Term, start: date) -> str:
    """That the article did not apply yet, or no more, on the day the term began."""
    if day_of(start) < term.effective_from:
        return f"；本条自{date_text(term.effective_from)}起施行，起算日在此之前"
    return f"；本条{date_text(term.effective_to)}后失效，起算日在此之后"


def halted_text(halts: Sequence[Halt]) -> str:
    """中止计时 3月4日至3月6日共 3 天."""
    days = sum(last - first + 1 for first, last in halts)
    runs = "、".join(run_text(day_at(first), day_at(last)) for first, last in halts)
    return f"中止计时 {runs}共 {days} 天"


def _from(start: date) -> str:
    return "；从该时刻起算，" if isinstance(start, datetime) else "；当日不计，"


def _finish(term: Term, run: Run, calendar: WorkCalendar) -> str:
    when = known_weekday_text(run.end)
    back = term.direction is Direction.BACKWARD
    if run.end != run.landed:
        return f"；{BY[term.rolling]}{'提前' if back else '顺延'}至 {when}"
    if term.unit is TermUnit.WORKING_DAYS or term.rolls or calendar.is_working(run.end):
        return f"；{'最迟' if back else '到期'} {when}"
    return f"；{'最迟' if back else '到期'} {when}，{BY[term.rolling] or '逢休息日'}不顺延"


def _halted(term: Term, start: date, run: Run, halts: Sequence[Halt]) -> str:
    if term.direction is Direction.BACKWARD:
        return "；倒推的期限不因中止变动"
    passed = within(halts, start.toordinal(), run.end.toordinal())
    return f"；{halted_text(passed)}" if passed else ""


def _skipped(run: Run, calendar: WorkCalendar, halts: Sequence[Halt]) -> str:
    if halts or not run.low:
        days = off_days_text(run.skipped, calendar.holiday_name)
    else:
        days = calendar.table.off_text(run.low, run.high)
    return f"；{'最后一日逢' if run.end != run.landed else '跳过'} {days}"


def _made_up(
    term: Term, start: date, run: Run, calendar: WorkCalendar, halts: Sequence[Halt]
) -> str:
    """The weekend days that were worked and count."""
    low, high = start.toordinal(), run.end.toordinal()
    back = term.direction is Direction.BACKWARD
    if back:
        low, high = high, low
    if back or not halts:  # stops do not move a term that runs backwards
        days = calendar.table.makeup_text(low, high)
    else:
        stopped = {n for first, last in halts for n in range(first, last + 1)}
        ran = (day_at(n) for n in range(low + 1, high + 1) if n not in stopped)
        days = runs_text(day for day in ran if calendar.is_makeup(day))
    return f"；{days}调休上班，计入" if days else ""
