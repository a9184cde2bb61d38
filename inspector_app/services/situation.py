"""The situation a case is in, read from the ledger for the guards of its next step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Settlement, WageClaim, totals
from inspector_app.domain.facts import open_states
from inspector_app.domain.guards.situation import Limits, Situation
from inspector_app.domain.guards.written import PENALTY, Written, written
from inspector_app.domain.inspections import Evidence, Inspection
from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.procedure import EITHER
from inspector_app.ledger.rows import Rows
from inspector_app.services.case_facts import CaseRows, case_facts, read_rows
from inspector_app.services.clocks import CaseClock, clocks_of, latest_ends, timing
from inspector_app.services.desk import Desk
from inspector_app.services.rules import OfficeRules

HEARING_UNIT, HEARING_PERSON = "TH-HEARING-UNIT", "TH-HEARING-PERSON"
SUMMARY_UNIT, SUMMARY_PERSON = "TH-SUMMARY-UNIT", "TH-SUMMARY-PERSON"
PROVING = "issued:inspection_record|inquiry_record|statement_record"


@dataclass(frozen=True, slots=True)
class Standing:
    """A case's situation, its clocks, and the states that run beside its stage (Z3a …)."""

    situation: Situation
    rows: CaseRows
    clocks: tuple[CaseClock, ...]
    beside: tuple[str, ...]


def standing(desk: Desk, view: Rows, case: Case) -> Standing:
    """Read everything that guards ask about, as it stands today."""
    by, rows = timing(desk), read_rows(view, case)
    facts = case_facts(by.rules, desk.library, rows, by.today)
    procedure, clocks = desk.library.procedure, tuple(clocks_of(by, rows))
    people = [
        person
        for person_id in (case.lead_id, case.assist_id)
        if person_id and (person := view.peek(Inspector, person_id))
    ]
    situation = Situation(
        case=case,
        facts=facts,
        events=tuple(rows.events),
        procedure=procedure,
        violations=desk.library.violations,
        today=desk.today(),
        limits=_limits(by.rules),
        ends=latest_ends(clocks),
        extendable=frozenset(k for k, term in by.rules.terms.items() if term.extension),
        articles={k: term.article for k, term in by.rules.terms.items()},
        inspectors=tuple(dict.fromkeys(one.name for one in (*people, *_visitors(view, case)))),
        certified=tuple(person.name for person in people if person.certificate.strip()),
        has_evidence=facts.has(PROVING) or _has_evidence(view, case),
        owing_fen=_owing(view, case),
        suspension=by.rules.settings.get("suspension_allowed") == "是",
        written=tuple(_written(desk, rows.papers)),
    )
    return Standing(situation, rows, clocks, open_states(facts, procedure.beside()))


def _written(desk: Desk, papers: Iterable[Paper]) -> Iterator[Written]:
    """What the papers say by which steps are taken; the fields are read by the form in force."""
    steps = desk.library.procedure.steps.values()
    wanted = {kind for step in steps for kinds in step.papers for kind in kinds.split(EITHER)}
    for paper in sorted(papers, key=lambda one: (one.issued_on or date.min, one.id)):
        kind = desk.library.kinds.get(paper.kind)
        if kind and paper.kind in wanted and paper.state is PaperState.ISSUED and paper.issued_on:
            fines = any(field.id == PENALTY for field in kind.fields)
            values = loads(paper.values, kind) if fines else {}
            yield written(paper.id, paper.kind, paper.number, paper.issued_on, values)


def _visitors(view: Rows, case: Case) -> list[Inspector]:
    """Who inspected the premises for the case, whoever has it now."""
    ids = [one for visit in view.find(Inspection, case_id=case.id) for one in visit.inspector_ids]
    return [person for one in dict.fromkeys(ids) if (person := view.peek(Inspector, one))]


def _limits(rules: OfficeRules) -> Limits:
    def low(rule: str) -> int | None:
        figure = rules.figure(rule)
        return figure.low if figure else None

    return Limits(low(HEARING_UNIT), low(HEARING_PERSON), low(SUMMARY_UNIT), low(SUMMARY_PERSON))


def _has_evidence(view: Rows, case: Case) -> bool:
    """Files, a visit or listed wages; records among the papers are facts and looked at before."""
    return any(
        view.first(kind, case_id=case.id) is not None for kind in (Evidence, Inspection, WageClaim)
    )


def _owing(view: Rows, case: Case) -> int | None:
    claims = view.find(WageClaim, case_id=case.id)
    return totals(claims, view.find(Settlement, case_id=case.id)).owing_fen if claims else None
