"""What runs for a case: each clock from the fact that started it, with the reason of its date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.office import Todo
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.terms import Level, Term, days_left, level, weekday_text
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.ledger.views import View
from inspector_app.library.loading import Library
from inspector_app.services.desk import Desk
from inspector_app.services.settings import all_settings

ORDER = "rectification_order"
INQUIRY = "inquiry_notice"
NATIONAL, HENAN = "D05", "D06"


@dataclass(frozen=True, slots=True)
class Timing:
    """What dates are computed with: terms with the bureau's choices filled in, and today."""

    terms: Mapping[str, Term]
    lead: str
    library: Library
    today: date

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the office."""
        return self.library.calendar

    def left(self, due: date) -> int:
        """Working days until a date; once it has passed, minus the days since."""
        if due < self.today:
            return days_left(due, self.today)
        return self.calendar.working_days_between(self.today, due)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One clock of a case; `rule` is a term id, or ORDER for the date the order itself set.

    `leading` is False for the national or Henan term the bureau does not go by.
    """

    rule: str
    name: str
    start_event: str
    start: date
    due: date
    extended_due: date | None
    level: Level
    days_left: int
    why: str
    article: str
    provisional: bool
    skipped: tuple[date, ...] = ()
    leading: bool = True


@dataclass(frozen=True, slots=True)
class NextDue:
    """The clock that runs out first."""

    due: date | None
    level: Level | None
    days_left: int | None
    name: str


def timing(desk: Desk) -> Timing:
    """Read the bureau's choices about terms once."""
    settings = all_settings(desk)
    terms = desk.library.chosen_terms(settings)
    return Timing(terms, settings["term_lead"], desk.library, desk.today())


def case_clocks(
    by: Timing,
    case: Case,
    papers: Sequence[Paper],
    services: Sequence[Service],
    todos: Sequence[Todo],
) -> list[CaseClock]:
    """Every clock that runs for an open case, the earliest first; none runs once it is closed.

    A paper whose follow-up is done has no clock any more.
    """
    if case.stage is Stage.CLOSED:
        return []
    clocks: list[CaseClock] = []
    if case.stage is Stage.INTAKE:
        clocks += _by_rule(by, "D01", case.received_on)
    if case.filed_on:
        clocks += _investigation(by, case.filed_on)
    done = {todo.paper_id for todo in todos if todo.done_on}
    issued = {
        paper.id: paper
        for paper in papers
        if paper.state is PaperState.ISSUED and paper.id not in done
    }
    for service in services:
        clocks += _of_service(by, service, issued)
    return sorted(clocks, key=lambda clock: (clock.due, clock.rule))


def _investigation(by: Timing, filed_on: date) -> list[CaseClock]:
    """National and Henan terms run side by side; which one leads is the bureau's choice.

    The two differ in unit and length and the Henan text is of 2010 (law.md 1.2, conflict 1).
    """
    both = _by_rule(by, NATIONAL, filed_on) + _by_rule(by, HENAN, filed_on)
    chosen = {"国家规定": NATIONAL, "河南规定": HENAN}.get(by.lead)
    first = min(both, key=lambda clock: clock.due, default=None)
    leader = chosen or (first.rule if first else "")
    return [replace(clock, leading=clock.rule == leader) for clock in both]


def clue_due(by: Timing, received_on: date) -> CaseClock | None:
    """The clock for deciding on a clue (D01)."""
    found = _by_rule(by, "D01", received_on)
    return found[0] if found else None


def _by_rule(by: Timing, rule: str, start: date) -> list[CaseClock]:
    """The clock of a term; none when the term is unknown or nobody set its length."""
    term = by.terms.get(rule)
    found = by.library.due(term, start) if term else None
    if term is None or found is None or found.due is None:
        return []
    clock = CaseClock(
        rule=term.id,
        name=term.name,
        start_event=term.start_event,
        start=found.start,
        due=found.due,
        extended_due=found.extended_due,
        level=level(found.due, by.today, by.calendar),
        days_left=by.left(found.due),
        why=found.why,
        article=term.article,
        provisional=found.provisional,
        skipped=found.skipped,
    )
    return [clock]


def paper_clock(by: Timing, paper: Paper, service: Service) -> CaseClock | None:
    """The clock a served paper starts: its own deadline, or the term for answering it."""
    if paper.kind == INQUIRY:
        found = _by_rule(by, "D10", service.served_on)
    elif paper.kind == ORDER:
        found = _of_order(by, service, paper)
    else:
        found = []
    return found[0] if found else None


def _of_service(by: Timing, service: Service, issued: Mapping[str, Paper]) -> list[CaseClock]:
    clocks: list[CaseClock] = []
    if service.method is ServiceMethod.PUBLICATION:
        clocks += _by_rule(by, "D16", service.served_on)
    for paper_id in service.paper_ids:
        paper = issued.get(paper_id)
        clock = paper_clock(by, paper, service) if paper else None
        clocks += [clock] if clock else []
    return clocks


def deadline_of(desk: Desk, paper: Paper) -> date | None:
    """The last day an order sets itself; None for other kinds."""
    return _deadline(desk.library, paper)


def _deadline(library: Library, paper: Paper) -> date | None:
    deadline = loads(paper.values, library.kinds[paper.kind]).get("deadline")
    return deadline if isinstance(deadline, date) else None


def _of_order(by: Timing, service: Service, paper: Paper) -> list[CaseClock]:
    """The date an order set itself; it holds from its service on."""
    deadline = _deadline(by.library, paper)
    if deadline is None:
        return []
    served = weekday_text(service.served_on)
    clock = CaseClock(
        rule="ORDER",
        name="整改期限",
        start_event="指令书送达",
        start=service.served_on,
        due=deadline,
        extended_due=None,
        level=level(deadline, by.today, by.calendar),
        days_left=by.left(deadline),
        why=f"{paper.number}于{served}送达，责令于{weekday_text(deadline)}前改正。",
        article=paper.number,
        provisional=not by.calendar.known(deadline),
    )
    return [clock]


def next_dues(desk: Desk, view: View, case_ids: Iterable[str]) -> dict[str, NextDue]:
    """For each open case the clock that runs out first; cases without a clock are left out."""
    ids = list(case_ids)
    papers: dict[str, list[Paper]] = defaultdict(list)
    services: dict[str, list[Service]] = defaultdict(list)
    todos: dict[str, list[Todo]] = defaultdict(list)
    for todo in view.find_in(Todo, "case_id", ids):
        todos[todo.case_id].append(todo)
    for paper in view.find_in(Paper, "case_id", ids):
        papers[paper.case_id or ""].append(paper)
    for service in view.find_in(Service, "case_id", ids):
        services[service.case_id].append(service)
    found: dict[str, NextDue] = {}
    by = timing(desk)
    for case in view.find_in(Case, "id", ids):
        running = case_clocks(by, case, papers[case.id], services[case.id], todos[case.id])
        leading = [clock for clock in running if clock.leading]
        if leading:
            first = leading[0]
            found[case.id] = NextDue(first.due, first.level, first.days_left, first.name)
    return found
