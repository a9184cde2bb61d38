"""The open cases a rule bears on now."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.findings import findings
from inspector_app.domain.inspections import Inspection, ItemAnswer
from inspector_app.domain.law import Violation
from inspector_app.domain.papers import Paper, PaperState, Service
from inspector_app.domain.procedure import StepRow
from inspector_app.domain.rules import Remedy, ServiceRule
from inspector_app.domain.term_rules import Term
from inspector_app.domain.term_words import date_text
from inspector_app.ledger.views import CaseRow, View
from inspector_app.services.case_facts import PUBLICATION_TERM, many_rows
from inspector_app.services.clocks import case_clocks, timing
from inspector_app.services.desk import Desk
from inspector_app.services.due_changes import open_cases
from inspector_app.services.law_rows import Applied
from inspector_app.services.law_uses import CASE, Use

MOST_CASES = 50
Told = tuple[str, str]  # a case's id and what of it the rule bears on


def cases_under(desk: Desk, rule: Applied) -> tuple[tuple[Use, ...], int]:
    """The first of the open cases, each with what of it the rule bears on, and how many."""
    with desk.ledger.read() as view:
        cases = open_cases(view)
        notes = dict(_touched(desk, view, rule.pack, list(cases)))
    found = [_use(cases[key], note) for key, note in notes.items()]
    return tuple(found[:MOST_CASES]), len(found)


def _use(row: CaseRow, note: str) -> Use:
    return Use(f"{CASE}{row.id}", f"{row.case_no}　{row.employer_name}", note)


def _touched(desk: Desk, view: View, value: object, ids: list[str]) -> Iterator[Told]:
    if isinstance(value, Term):
        yield from _running(desk, view, value, ids)
    elif isinstance(value, Violation):
        yield from _violated(desk, view, value, ids)
    elif isinstance(value, StepRow):
        for event in view.find_in(CaseEvent, "case_id", ids):
            if value.id == event.step:
                yield event.case_id, f"{date_text(event.on)}登记"
    elif isinstance(value, Remedy):
        for paper in view.find_in(Paper, "case_id", ids):
            if paper.kind == value.paper and paper.state is PaperState.ISSUED and paper.case_id:
                yield paper.case_id, paper.number
    elif isinstance(value, ServiceRule):
        for service in view.find_in(Service, "case_id", ids):
            if service.method.value == value.method:
                yield service.case_id, f"{date_text(service.served_on)}送达"


def _running(desk: Desk, view: View, term: Term, ids: Sequence[str]) -> Iterator[Told]:
    by = timing(desk)
    # Only this term is counted: with all of them a ledger of thousands would keep one waiting.
    by = replace(by, rules=replace(by.rules, terms=_chain(by.rules.terms, term)))
    for rows in many_rows(view, ids):
        for clock in case_clocks(by, rows):
            if clock.rule == term.id:
                yield rows.case.id, f"{date_text(clock.ends)}到期"


def _chain(terms: Mapping[str, Term], term: Term) -> dict[str, Term]:
    """A term, the one that says when a published paper is served, and all whose end starts it."""
    wanted, found = [term.id, PUBLICATION_TERM], dict[str, Term]()
    while wanted:
        one = terms.get(wanted.pop())
        if one is not None and one.id not in found:
            found[one.id] = one
            wanted += [code.removeprefix("end:") for code in one.starts if code.startswith("end:")]
    return found


def _violated(desk: Desk, view: View, act: Violation, ids: list[str]) -> Iterator[Told]:
    """Cases in which an inspection found it, or a step names it."""
    visits = view.find_in(Inspection, "case_id", ids)
    answers: defaultdict[str, list[ItemAnswer]] = defaultdict(list)
    for answer in view.find_in(ItemAnswer, "inspection_id", [one.id for one in visits]):
        answers[answer.inspection_id].append(answer)
    for visit in visits:
        checklist = desk.library.checklists.get(visit.checklist_id)
        found = findings(checklist, answers[visit.id]) if checklist else ()
        if visit.case_id and any(act.code in one.violations for one in found):
            yield visit.case_id, f"{date_text(visit.on)}检查发现"
    for event in view.find_in(CaseEvent, "case_id", ids):
        if act.code in event.codes:
            yield event.case_id, desk.library.procedure.steps[event.step].name
