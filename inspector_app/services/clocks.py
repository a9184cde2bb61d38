"""What runs for a case: each clock from the fact that started it, with the reason of its date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.terms import Due, Level, compute, days_left, level, weekday_text
from inspector_app.ledger.views import View
from inspector_app.services.desk import Desk

ORDER = "rectification_order"
INQUIRY = "inquiry_notice"
INTERVIEW = "interview_notice"


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One clock of a case; `rule` is a term id, or ORDER for the date the order itself set."""

    rule: str
    name: str
    start_event: str
    start: date
    due: date | None
    extended_due: date | None
    level: Level
    days_left: int
    why: str
    article: str
    provisional: bool
    skipped: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class NextDue:
    """The clock that runs out first."""

    due: date | None
    level: Level | None
    days_left: int | None
    name: str


def case_clocks(
    desk: Desk, case: Case, papers: Sequence[Paper], services: Sequence[Service]
) -> list[CaseClock]:
    """Every clock that runs for an open case, the earliest first; none runs once it is closed."""
    if case.stage is Stage.CLOSED:
        return []
    clocks: list[CaseClock] = []
    if case.stage is Stage.INTAKE:
        clocks += _by_rule(desk, "D01", case.received_on)
    if case.filed_on:
        for rule in _investigation_rules(desk):
            clocks += _by_rule(desk, rule, case.filed_on)
    kinds = {paper.id: paper for paper in papers if paper.state is PaperState.ISSUED}
    for service in services:
        clocks += _of_service(desk, service, kinds)
    return sorted(clocks, key=lambda clock: (clock.due or date.max, clock.rule))


def _investigation_rules(desk: Desk) -> tuple[str, ...]:
    """National and Henan terms run side by side until the bureau has chosen (law.md 1.2)."""
    return tuple(rule for rule in ("D05", "D06") if rule in desk.library.terms)


def _by_rule(desk: Desk, rule: str, start: date) -> list[CaseClock]:
    term = desk.library.terms.get(rule)
    if term is None:
        return []
    due = compute(term, start, desk.library.calendar)
    return [_clock(desk, due)] if due.due else []


def _clock(desk: Desk, due: Due) -> CaseClock:
    assert due.due is not None  # noqa: S101 - _by_rule leaves out terms without a length
    today, calendar = desk.today(), desk.library.calendar
    return CaseClock(
        rule=due.term.id,
        name=due.term.name,
        start_event=due.term.start_event,
        start=due.start,
        due=due.due,
        extended_due=due.extended_due,
        level=level(due.due, today, calendar),
        days_left=days_left(due.due, today),
        why=due.why,
        article=due.term.article,
        provisional=due.provisional,
        skipped=due.skipped,
    )


def _of_service(desk: Desk, service: Service, issued: dict[str, Paper]) -> list[CaseClock]:
    clocks: list[CaseClock] = []
    if service.method is ServiceMethod.PUBLICATION:
        clocks += _by_rule(desk, "D16", service.served_on)
    for paper_id in service.paper_ids:
        paper = issued.get(paper_id)
        if paper is None:
            continue
        if paper.kind == INQUIRY:
            clocks += _by_rule(desk, "D10", service.served_on)
        elif paper.kind == ORDER:
            clocks += _of_order(desk, service, paper)
    return clocks


def _of_order(desk: Desk, service: Service, paper: Paper) -> list[CaseClock]:
    values = loads(paper.values, desk.library.kinds[paper.kind])
    deadline = values.get("deadline")
    if not isinstance(deadline, date):
        return []
    today = desk.today()
    served = weekday_text(service.served_on)
    return [
        CaseClock(
            rule="ORDER",
            name="整改期限",
            start_event="指令书送达",
            start=service.served_on,
            due=deadline,
            extended_due=None,
            level=level(deadline, today, desk.library.calendar),
            days_left=days_left(deadline, today),
            why=f"{paper.number}于{served}送达，责令于{weekday_text(deadline)}前改正。",
            article=f"{paper.number}",
            provisional=not desk.library.calendar.known(deadline),
        )
    ]


def next_dues(desk: Desk, view: View, case_ids: Iterable[str]) -> dict[str, NextDue]:
    """For each open case the clock that runs out first; cases without a clock are left out."""
    ids = list(case_ids)
    papers: dict[str, list[Paper]] = defaultdict(list)
    services: dict[str, list[Service]] = defaultdict(list)
    for paper in view.find_in(Paper, "case_id", ids):
        papers[paper.case_id or ""].append(paper)
    for service in view.find_in(Service, "case_id", ids):
        services[service.case_id].append(service)
    found: dict[str, NextDue] = {}
    for case in view.find_in(Case, "id", ids):
        clocks = case_clocks(desk, case, papers[case.id], services[case.id])
        if clocks:
            first = clocks[0]
            found[case.id] = NextDue(first.due, first.level, first.days_left, first.name)
    return found
