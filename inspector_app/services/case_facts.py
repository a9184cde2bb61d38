"""The facts of a case in one list, read from the case itself, its events, papers and services."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Settlement, WageClaim, totals
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import Fact, Facts, event_facts
from inspector_app.domain.office import Todo
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.serving import Deliveries, by_paper, is_joint, reached, served_on
from inspector_app.domain.terms import compute
from inspector_app.domain.void_papers import standing_events
from inspector_app.ledger.rows import Rows
from inspector_app.library.loading import Library
from inspector_app.services.rules import OfficeRules

PUBLICATION_TERM = "D16"
DECISION = "handling_decision"


@dataclass(frozen=True, slots=True)
class CaseRows:
    """What hangs on a case and starts or ends a clock."""

    case: Case
    papers: Sequence[Paper] = ()
    services: Sequence[Service] = ()
    events: Sequence[CaseEvent] = ()
    todos: Sequence[Todo] = ()
    paid_off_on: date | None = None


def read_rows(view: Rows, case: Case) -> CaseRows:
    """Everything about one case that clocks and guards ask for."""
    return CaseRows(
        case=case,
        papers=view.find(Paper, case_id=case.id),
        services=view.find(Service, case_id=case.id),
        events=view.find(CaseEvent, case_id=case.id),
        todos=view.find(Todo, case_id=case.id),
        paid_off_on=paid_off(
            view.find(WageClaim, case_id=case.id), view.find(Settlement, case_id=case.id)
        ),
    )


def paid_off(claims: Sequence[WageClaim], payments: Sequence[Settlement]) -> date | None:
    """The day the last wage was paid; None while any is owing, or none was ever claimed."""
    if not claims or not payments:
        return None
    owing = totals(claims, payments).owing_fen
    return max(payment.paid_on for payment in payments) if owing <= 0 else None


def deadline_of_paper(library: Library, paper: Paper) -> date | None:
    """The last day a paper sets itself; None for kinds that set none."""
    kind = library.kinds.get(paper.kind)
    value = loads(paper.values, kind).get("deadline") if kind else None
    return value if isinstance(value, date) else None


def effective_day(rules: OfficeRules, service: Service) -> date:
    """The day a paper counts as served: a published notice when its thirty days are over."""
    term = rules.term(PUBLICATION_TERM)
    if service.method is not ServiceMethod.PUBLICATION or term is None:
        return service.served_on
    return compute(term, service.served_on, rules.calendar).due or service.served_on


def case_facts(rules: OfficeRules, library: Library, rows: CaseRows, today: date) -> Facts:
    """All facts known today; what counts as served only later is not served yet."""
    return Facts.of(
        [
            *_of_case(rows),
            *_of_papers(library, rows.papers),
            *_of_services(rules, library, rows, today),
            *event_facts(standing_events(rows.events, rows.papers)),
        ]
    )


def _of_case(rows: CaseRows) -> Iterator[Fact]:
    case = rows.case
    yield Fact("received", case.received_on)
    yield Fact(f"source:{case.source.value}", case.received_on)
    taken = {event.step for event in rows.events}
    if case.filed_on and "file" not in taken:
        yield Fact("file", case.filed_on)
    if case.closed_on and "close" not in taken:
        yield Fact("close", case.closed_on)
    if rows.paid_off_on:
        yield Fact("paid_off", rows.paid_off_on)


def _issued(papers: Iterable[Paper]) -> Iterator[Paper]:
    return (one for one in papers if one.state is PaperState.ISSUED and one.issued_on)


def _of_papers(library: Library, papers: Iterable[Paper]) -> Iterator[Fact]:
    for paper in _issued(papers):
        if paper.issued_on and paper.kind in library.kinds:
            yield Fact(f"issued:{paper.kind}", paper.issued_on, "", paper.id, paper.number)


def _of_services(
    rules: OfficeRules, library: Library, rows: CaseRows, today: date
) -> Iterator[Fact]:
    papers = {paper.id: paper for paper in _issued(rows.papers)}
    for service in rows.services:
        for paper in (papers[one] for one in service.paper_ids if one in papers):
            if service.method is ServiceMethod.PUBLICATION:
                yield Fact("published", service.served_on, "", paper.id, paper.number)
    found = by_paper(papers.values(), rows.services, partial(effective_day, rules))
    for paper_id, parties in found.items():
        yield from _of_deliveries(library, papers[paper_id], parties, today)


def _of_deliveries(
    library: Library, paper: Paper, parties: Deliveries, today: date
) -> Iterator[Fact]:
    """Each party of a joint paper by itself; the paper, and the day it sets, once all are."""
    done = [one for one in reached(parties) if one.on is not None and one.on <= today]
    if is_joint(parties):
        for one in done:
            if one.on is not None:
                code = f"reached:{paper.kind}"
                yield Fact(code, one.on, "", paper.id, paper.number, one.party)
    last = served_on(tuple(done)) if len(done) == len(parties) else None
    if last is None:
        return
    yield Fact(f"served:{paper.kind}", last, "", paper.id, paper.number)
    deadline = deadline_of_paper(library, paper)
    if deadline:
        yield Fact(f"deadline:{paper.kind}", deadline, "", paper.id, paper.number)


def many_rows(view: Rows, case_ids: Iterable[str]) -> Iterator[CaseRows]:
    """The rows of many cases, each table read once.

    Whether wages are paid is looked up only where a decision may order them: nothing else asks.
    """
    ids = list(case_ids)
    papers = _by_case(view.find_in(Paper, "case_id", ids))
    services = _by_case(view.find_in(Service, "case_id", ids))
    events = _by_case(view.find_in(CaseEvent, "case_id", ids))
    todos = _by_case(view.find_in(Todo, "case_id", ids))
    decided = [
        key for key, found in papers.items() if any(one.kind == DECISION for one in _issued(found))
    ]
    claims = _by_case(view.find_in(WageClaim, "case_id", decided))
    payments = _by_case(view.find_in(Settlement, "case_id", decided))
    for case in view.find_in(Case, "id", ids):
        key = case.id
        paid = paid_off(claims[key], payments[key])
        yield CaseRows(case, papers[key], services[key], events[key], todos[key], paid)


T = TypeVar("T", Paper, Service, CaseEvent, Todo, WageClaim, Settlement)


def _by_case(things: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        found[thing.case_id or ""].append(thing)
    return found
