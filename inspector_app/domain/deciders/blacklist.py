"""Whether a unit may be put on the list of untrustworthy wage debtors, and by which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.counting import count_months
from inspector_app.domain.deciders import OrderState, Reason, articles_of, not_filled, term_basis
from inspector_app.domain.deciders.crime import CrimeProposal
from inspector_app.domain.law import Basis
from inspector_app.domain.rules import Bound, Figure, FigureUnit
from inspector_app.domain.term_words import date_text
from inspector_app.domain.terms import Due, Term, compute
from inspector_app.domain.words import Word
from inspector_app.domain.workdays import WorkCalendar

DECIDE, OBJECT = "最迟作出决定", "异议期至"
_MONTHS = {FigureUnit.MONTHS: 1, FigureUnit.YEARS: 12}


class ListFact(Word):
    """What an inspector ticks about the list."""

    INCIDENT = "incident", "引发群体性或者极端事件，造成严重不良社会影响"
    CORRECTED = "corrected", "已改正拖欠"
    PROMISED = "promised", "已书面承诺"
    AGAIN = "arrears_again", "列入期间再次发生拖欠"
    PROSECUTED = "prosecuted", "因拒不支付劳动报酬涉诉或者被追究刑事责任"


@dataclass(frozen=True, slots=True)
class ListRules:
    """Terms and figures of the list; None where the bureau switched a term off."""

    decide: Term | None  # 20 + 20 working days from the end of the order
    object: Term | None  # 5 working days from the notice
    check: Term | None  # 5 working days to check an objection
    years: Figure
    early: Figure
    repair: Mapping[str, Figure]  # 信用修复: 轻微、一般、严重 by name
    conditions: Basis
    leave_out: Basis
    notice: Basis
    early_removal: Basis
    early_barred: Basis


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """The facts: what the crime decider found, and what was done when."""

    crime: CrimeProposal
    facts: frozenset[ListFact] = frozenset()
    notice_served_on: date | None = None
    objected_on: date | None = None
    decided_on: date | None = None
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListDate:
    """One day, or from `day` to `later`, of which either may be open.

    `planned`: it builds on a day that has not come about yet.
    """

    name: str
    day: date | None
    later: date | None
    planned: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class TimeTable:
    """From when a unit may leave the list by one set of rules; two stand side by side."""

    name: str
    rows: tuple[ListDate, ...]
    level: str


@dataclass(frozen=True, slots=True)
class ListProposal:
    """Whether the conditions hold and the days they lead to; proposed for a person to decide on."""

    amount: bool
    incident: bool
    ordered_unheeded: bool
    may_be_left_out: bool
    dates: tuple[ListDate, ...]
    tables: tuple[TimeTable, ...]
    words: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Amount or incident, and ordered without effect (令45 5)."""
        return (self.amount or self.incident) and self.ordered_unheeded

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        days = (one.reason for one in self.dates)
        rows = (row.reason for table in self.tables for row in table.rows)
        return articles_of((*self.reasons, *days, *rows))


def propose_listing(
    asked: ListQuestion, rules: ListRules, calendar: WorkCalendar, today: date
) -> ListProposal:
    """Conditions, days and ways out of the list; nothing here puts anybody on it."""
    amount, incident = asked.crime.amount_met, ListFact.INCIDENT in asked.facts
    ordered = asked.crime.order is OrderState.UNHEEDED
    left_out = asked.decided_on is None and {ListFact.CORRECTED, ListFact.PROMISED} <= asked.facts
    lacking = [] if amount or incident else ["达到犯罪数额标准或者引发群体性、极端事件"]
    lacking += [] if ordered else ["经责令限期支付逾期未付"]
    latest = _latest(asked, rules, calendar)
    dates = (*latest, *_steps(asked, rules, calendar, today))
    listed = asked.decided_on or next((one.later or one.day for one in latest), None)
    planned = asked.decided_on is None
    return ListProposal(
        amount=amount,
        incident=incident,
        ordered_unheeded=ordered,
        may_be_left_out=left_out,
        dates=dates,
        tables=_tables(asked, rules, listed, planned=planned) if listed else (),
        words="尚缺：" + "、".join(lacking) if lacking else "符合列入条件",
        reasons=_reasons(asked, rules, left_out),
        missing=(
            *(
                ["责令支付文书没有期限，决定期限不能起算"]
                if asked.crime.order_deadline is None
                else []
            ),
            *_too_late(asked, dates),
            *not_filled((rules.years, rules.early)),
        ),
    )


def _reasons(asked: ListQuestion, rules: ListRules, left_out: bool) -> tuple[Reason, ...]:
    amount = "达到" if asked.crime.amount_met else "未达到"
    incident = "有" if ListFact.INCIDENT in asked.facts else "没有勾选"
    found = [
        Reason(f"拖欠数额{amount}犯罪数额标准", rules.conditions),
        Reason(f"群体性、极端事件：{incident}", rules.conditions),
        Reason(f"责令限期支付：{asked.crime.order.label}", rules.conditions),
        Reason("对象包括单位，以及法定代表人或者主要负责人、直接责任人员", rules.conditions),
    ]
    if left_out:
        found.append(Reason("列入决定前已改正并书面承诺，可以不列入", rules.leave_out))
    barred = [one.label for one in (ListFact.AGAIN, ListFact.PROSECUTED) if one in asked.facts]
    if barred:
        found.append(Reason(f"不得提前移出：{'、'.join(barred)}", rules.early_barred))
    return tuple(found)


def _latest(asked: ListQuestion, rules: ListRules, calendar: WorkCalendar) -> tuple[ListDate, ...]:
    """The last day for the decision: all else must happen before it."""
    if rules.decide is None or asked.crime.order_deadline is None:
        return ()
    due = compute(rules.decide, asked.crime.order_deadline, calendar)
    longest = compute(rules.decide, asked.crime.order_deadline, calendar, extended=True)
    return (_of_term(DECIDE, due, longest.ends, planned=False),)


def _steps(
    asked: ListQuestion, rules: ListRules, calendar: WorkCalendar, today: date
) -> tuple[ListDate, ...]:
    """Notice, objection and its check; as if the notice were served today while it is not."""
    told = asked.notice_served_on or today
    planned = asked.notice_served_on is None
    text = f"{'假定' if planned else ''}{date_text(told)}送达拟列入告知"
    found = [ListDate("告知", told, None, planned, Reason(text, rules.notice))]
    if rules.object:
        due = compute(rules.object, told, calendar)
        found.append(_of_term(OBJECT, due, None, planned=planned))
    if rules.check and asked.objected_on:
        due = compute(rules.check, asked.objected_on, calendar)
        found.append(_of_term("核实异议至", due, None, planned=False))
    return tuple(found)


def _too_late(asked: ListQuestion, dates: tuple[ListDate, ...]) -> tuple[str, ...]:
    """A notice so late that no decision can follow it in time."""
    ends = {one.name: one.later or one.day for one in dates}
    last, objected = ends.get(DECIDE), ends.get(OBJECT)
    if asked.decided_on or last is None or objected is None or objected < last:
        return ()
    return (f"异议期至{date_text(objected)}，不早于最迟决定日{date_text(last)}",)


def _of_term(name: str, due: Due, later: date | None, *, planned: bool) -> ListDate:
    later = None if later == due.due else later
    return ListDate(name, due.due, later, planned, Reason(due.why, term_basis(due.term)))


def _tables(
    asked: ListQuestion, rules: ListRules, listed: date, *, planned: bool
) -> tuple[TimeTable, ...]:
    """令45's years and months beside the bands of the credit repair rules, never joined."""
    barred = bool({ListFact.AGAIN, ListFact.PROSECUTED} & asked.facts)
    rows = [_after("期满移出", listed, rules.years, planned=planned)]
    if asked.corrected_on and not barred:
        start = max(asked.corrected_on, listed)
        rows.append(_after("最早提前移出", start, rules.early, planned=planned))
    elif not barred:
        text = f"改正并列入满 {rules.early.said}后可以申请提前移出，改正日期未填"
        reason = Reason(text, rules.early_removal)
        rows.append(ListDate("最早提前移出", None, None, True, reason))
    else:
        reason = Reason("有不得提前移出的情形", rules.early_barred)
        rows.append(ListDate("最早提前移出", None, None, planned, reason))
    repair = tuple(
        _after(f"{name}失信信息公示期", listed, figure, planned=planned)
        for name, figure in rules.repair.items()
    )
    return (
        TimeTable("名单办法", tuple(rows), rules.years.basis.level_words),
        TimeTable(
            "信用修复办法",
            repair,
            next((one.basis.level_words for one in rules.repair.values()), ""),
        ),
    )


def _after(name: str, start: date, figure: Figure, *, planned: bool) -> ListDate:
    """So many months or years after a day; a span gives the earliest and the latest day."""
    reason = Reason(f"自{date_text(start)}起{figure.said}", figure.basis)
    ends = [
        date.fromordinal(count_months(start, number * _MONTHS[figure.unit], ()))
        for number in (figure.low, figure.high)
        if number is not None
    ]
    first = ends[0] if ends and figure.bound is not Bound.UP_TO else None
    last = ends[-1] if ends and ends[-1] != first else None
    return ListDate(name, first, last, planned, reason)
