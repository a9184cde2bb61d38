"""What papers and steps of a case say, under names that paper forms draw their defaults from."""

from collections.abc import Iterable, Mapping

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState, Value, Values
from inspector_app.domain.serving import served_on
from inspector_app.library.loading import Library
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import latest_ends

PAPER_NAMES = ("number", "issued_on", "served_on", "deadline", "amount")
EVENT_NAMES = (
    "on", "until", "outcome", "approver", "people", "note", "number", "amount", "person_amount",
)  # fmt: skip


def record_facts(library: Library, sheet: CaseSheet | None) -> Values:
    """`paper.KIND.number …` of the last paper of each kind, `event.STEP.on …` of the last event of
    each step, `due.RULE` of each clock; empty where there is none."""
    facts: Values = {}
    for kind in {*library.procedure.papers, *library.kinds}:
        facts |= {f"paper.{kind}.{name}": _nothing(name) for name in PAPER_NAMES}
    for step in library.procedure.steps:
        facts |= {f"event.{step}.{name}": _nothing(name) for name in EVENT_NAMES}
    facts |= {f"due.{rule}": None for rule in library.terms}
    if sheet is None:
        return facts
    facts |= _of_events(library, sheet.events)
    facts |= _of_papers(library, sheet)
    ends = latest_ends(sheet.clocks + sheet.past_clocks)
    return facts | {f"due.{rule}": day for rule, day in ends.items() if rule in library.terms}


def _nothing(name: str) -> Value:
    """Dates and amounts are None, words are empty."""
    blank = name in {"on", "until", "issued_on", "served_on", "deadline", "amount", "person_amount"}
    return None if blank else ""


def _of_events(library: Library, events: Iterable[CaseEvent]) -> Values:
    """The last event of each step speaks; papers made outside speak as papers."""
    facts: Values = {}
    for event in sorted(events, key=lambda one: (one.on, one.id)):
        step = library.procedure.steps.get(event.step)
        if step is None:
            continue
        if event.paper_kind:
            head = f"paper.{event.paper_kind}"
            said: Mapping[str, Value] = {"number": event.number, "issued_on": event.on}
            facts |= {f"{head}.{name}": value for name, value in said.items()}
            facts[f"{head}.served_on"] = event.until
            continue
        said = {
            "on": event.on,
            "until": event.until,
            "outcome": (step.outcomes or {}).get(event.outcome, event.outcome),
            "approver": event.approver,
            "people": event.people,
            "note": event.note,
            "number": event.number,
            "amount": event.amount_fen,
            "person_amount": event.person_fen,
        }
        facts |= {f"event.{event.step}.{name}": value for name, value in said.items()}
    return facts


def _of_papers(library: Library, sheet: CaseSheet) -> Values:
    """The last issued paper of each kind to the unit the case is about, else to anybody."""
    served = {paper_id: served_on(found) for paper_id, found in sheet.deliveries.items()}
    facts: Values = {}
    issued = [paper for paper in sheet.papers if paper.state is PaperState.ISSUED]
    for paper in sorted(issued, key=lambda one: _own_last(library, one, sheet.employer.name)):
        kind = library.kinds.get(paper.kind)
        values = loads(paper.values, kind) if kind else {}
        head = f"paper.{paper.kind}"
        facts |= {
            f"{head}.number": paper.number,
            f"{head}.issued_on": paper.issued_on,
            f"{head}.served_on": served.get(paper.id),
            f"{head}.deadline": values.get("deadline"),
            f"{head}.amount": values.get("amount"),
        }
    return facts


def _own_last(library: Library, paper: Paper, name: str) -> tuple[bool, str, str]:
    kind = library.kinds.get(paper.kind)
    party = str(loads(paper.values, kind).get("party") or "") if kind else ""
    return party == name, paper.issued_on.isoformat() if paper.issued_on else "", paper.id
