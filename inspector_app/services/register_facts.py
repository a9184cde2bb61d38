"""What the registers say of each paper beside itself: party, service, who signed, how it ended."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from inspector_app.domain.binder import PROOF
from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.office import Todo
from inspector_app.domain.paper_joint import PARTY, all_parties
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperKind, PaperState, Service, Values
from inspector_app.domain.parties import Employer
from inspector_app.domain.serving import Deliveries, by_paper, progress_words, served_on
from inspector_app.domain.term_words import date_text
from inspector_app.ledger.rows import Rows
from inspector_app.services.approvals import APPROVE
from inspector_app.services.clock_parts import INQUIRY, ORDER
from inspector_app.services.desk import Desk
from inspector_app.services.templates import forms_of

# What shows that a served paper was obeyed: steps recorded on or after its service.
_FOLLOWED = {
    ORDER: ("recheck",),
    INQUIRY: ("inquiry_answered",),
    "handling_decision": ("performed", "court_done"),
    "penalty_decision": ("fine_paid", "performed", "court_done"),
    "summary_penalty_decision": ("cash_fine", "fine_paid"),
    "demand_letter": ("performed", "court_done"),
}
_ANSWERED_BY = {"interview_notice": "interview_record"}  # papers that show it


@dataclass(frozen=True, slots=True)
class Receipt:
    """Something on file that proves a service: the text that names papers and parties."""

    text: str
    party: str


@dataclass(slots=True)
class RegisterFacts:
    """Everything the registers look at, read in one snapshot."""

    papers: dict[str, Paper]
    values: dict[str, Values]
    kinds: dict[str, PaperKind]  # by paper: the form it was made with
    cases: dict[str, Case]
    units: dict[str, str]
    services: tuple[Service, ...]
    deliveries: dict[str, Deliveries]  # by paper, one for each party
    events: dict[str, list[CaseEvent]] = field(default_factory=lambda: defaultdict(list))
    todos: dict[str, list[Todo]] = field(default_factory=lambda: defaultdict(list))  # by paper
    receipts: dict[str, set[Receipt]] = field(default_factory=lambda: defaultdict(set))  # by case
    answers: dict[tuple[str, str], list[date]] = field(default_factory=lambda: defaultdict(list))

    def case_no(self, paper: Paper) -> str:
        """The case it belongs to."""
        case = self.cases.get(paper.case_id or "")
        return case.case_no if case else ""

    def party(self, paper: Paper) -> str:
        """Whom it is addressed to, else the unit the case is about."""
        case = self.cases.get(paper.case_id or "")
        named = "、".join(all_parties(self.values[paper.id]))
        return named or (self.units.get(case.employer_id, "") if case else "")


def read_facts(desk: Desk, view: Rows, case_id: str) -> RegisterFacts:
    """One query a table, of one case or of all."""
    papers = view.find(Paper, **({"case_id": case_id} if case_id else {}))
    ids = {paper.case_id for paper in papers if paper.case_id}
    cases = {one.id: one for one in view.find_in(Case, "id", ids)}
    units = view.find_in(Employer, "id", {one.employer_id for one in cases.values()})
    services = view.find_in(Service, "case_id", ids)
    forms = forms_of(desk, view)
    known = RegisterFacts(
        papers={one.id: one for one in papers},
        values={one.id: loads(one.values, forms.of_paper(one)) for one in papers},
        kinds={one.id: forms.of_paper(one) for one in papers},
        cases=cases,
        units={one.id: one.name for one in units},
        services=tuple(services),
        deliveries=by_paper(papers, services),
    )
    for event in view.find_in(CaseEvent, "case_id", ids):
        known.events[event.case_id].append(event)
    for todo in view.find_in(Todo, "case_id", ids):
        known.todos[todo.paper_id or ""].append(todo)
    for paper in papers:
        if paper.state is not PaperState.ISSUED or paper.issued_on is None:
            continue
        known.answers[paper.case_id or "", paper.kind].append(paper.issued_on)
        if paper.kind == PROOF:
            known.receipts[paper.case_id or ""] |= set(_listed(known, paper))
    for one in view.find_in(Evidence, "case_id", ids):
        known.receipts[one.case_id or ""].add(Receipt(f"{one.name} {one.note}", ""))
    return known


def _listed(known: RegisterFacts, proof: Paper) -> Iterator[Receipt]:
    """Numbers a 送达回证 names, with the party it is of."""
    values = known.values[proof.id]
    rows, party = values.get("papers"), str(values.get(PARTY) or "")
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, dict):
            yield Receipt(row.get("number", ""), party)


def has_receipt(known: RegisterFacts, paper: Paper, party: str = "") -> bool:
    """A 送达回证 that names it, or a file whose name or note does (the signed one, scanned).

    `party`: the one of several it must be of; a file then has to name that one too.
    """
    return any(
        paper.number in one.text and (not party or party in (one.party or one.text))
        for one in known.receipts.get(paper.case_id or "", ())
    )


def signer(known: RegisterFacts, paper: Paper) -> str:
    """Who approved it, else who issued it."""
    given = [
        event
        for event in known.events[paper.case_id or ""]
        if event.step == APPROVE and paper.id in event.codes
    ]
    last = max(given, key=lambda event: (event.on, event.id), default=None)
    return last.approver if last else paper.issued_by


def deadline(known: RegisterFacts, paper: Paper) -> date | None:
    """The day the paper sets itself, else the one its service made the office note."""
    own = known.values[paper.id].get("deadline")
    if isinstance(own, date):
        return own
    return max((todo.due_on for todo in known.todos.get(paper.id, ())), default=None)


def performance(desk: Desk, known: RegisterFacts, paper: Paper) -> str:
    """How a served paper was obeyed, as far as it was entered."""
    found = known.deliveries.get(paper.id, ())
    served = served_on(found)
    if served is None:
        return progress_words(found)
    done = _answer(known, paper, served) or _step(desk, known, paper, served)
    if done:
        return done
    todos, due = known.todos.get(paper.id, ()), deadline(known, paper)
    days = [todo.done_on for todo in todos if todo.done_on]
    if days and len(days) == len(todos):
        return f"已核查　{date_text(max(days))}"
    return "期限已过" if due and due < desk.today() else ""


def _answer(known: RegisterFacts, paper: Paper, served: date) -> str:
    """A later paper of the case that shows it was obeyed (约谈记录)."""
    days = known.answers[paper.case_id or "", _ANSWERED_BY.get(paper.kind, "")]
    later = [day for day in days if day >= served]
    return f"已约谈　{date_text(min(later))}" if later else ""


def _step(desk: Desk, known: RegisterFacts, paper: Paper, served: date) -> str:
    """已改正　2026年11月27日, of the last step that tells how it was obeyed."""
    wanted = _FOLLOWED.get(paper.kind, ())
    found = [
        event
        for event in known.events[paper.case_id or ""]
        if event.step in wanted and event.on >= served
    ]
    last = max(found, key=lambda event: (event.on, event.id), default=None)
    if last is None:
        return ""
    step = desk.library.procedure.steps.get(last.step)
    said = (step.outcomes or {}).get(last.outcome, "") if step else ""
    return f"{said or (step.name if step else last.step)}　{date_text(last.on)}"
