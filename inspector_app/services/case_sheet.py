"""Everything about one case on one sheet, read in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import ClaimTotals, Settlement
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards.situation import Situation
from inspector_app.domain.inspections import Evidence, Inspection
from inspector_app.domain.office import Inspector, Todo
from inspector_app.domain.papers import Paper, PaperState, Service
from inspector_app.domain.parties import Employer, Project, ProjectParty
from inspector_app.domain.serving import Deliveries, by_paper, waiting
from inspector_app.ledger.history import HistoryEntry
from inspector_app.services.case_ref import find_case
from inspector_app.services.choices import conflict_history
from inspector_app.services.claims import ClaimRow, case_totals, claim_rows
from inspector_app.services.clock_parts import INQUIRY, ORDER
from inspector_app.services.clocks import CaseClock, ClockState
from inspector_app.services.desk import Desk
from inspector_app.services.parties import PartyLine
from inspector_app.services.situation import standing
from inspector_app.services.steps import Option, options_in
from inspector_app.services.templates import forms_of

USUAL = (ORDER, "interview_notice", INQUIRY)  # what a case page offers to make in so many words


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case with all that hangs on it; claim rows are masked."""

    case: Case
    employer: Employer
    project: Project | None
    parties: tuple[PartyLine, ...]
    lead: Inspector | None
    assist: Inspector | None
    totals: ClaimTotals
    claims: tuple[ClaimRow, ...]
    settlements: tuple[Settlement, ...]
    clocks: tuple[CaseClock, ...]  # that run
    past_clocks: tuple[CaseClock, ...]  # satisfied, or passed for those whose they were
    papers: tuple[Paper, ...]
    services: tuple[Service, ...]
    inspections: tuple[Inspection, ...]
    evidence: tuple[Evidence, ...]
    todos: tuple[Todo, ...]
    events: tuple[CaseEvent, ...]
    beside: tuple[str, ...]  # states that run beside the stage: Z3a …
    options: tuple[Option, ...]  # what can be done now, the usual step first
    situation: Situation  # what the guards look at, for a form that asks again
    leaders: tuple[str, ...]  # who may approve a step, or let one pass
    internal: frozenset[str] = frozenset()  # kinds of paper that nobody is served with
    deliveries: Mapping[str, Deliveries] = field(default_factory=dict)  # by paper, a party each
    titles: Mapping[str, str] = field(default_factory=dict)  # of papers, and of the usual kinds

    @property
    def to_serve(self) -> list[Paper]:
        """Issued papers with a number that somebody outside gets."""
        return [
            paper
            for paper in self.papers
            if paper.state is PaperState.ISSUED and paper.number and paper.kind not in self.internal
        ]

    @property
    def unserved(self) -> list[Paper]:
        """Those of them that a party still waits for."""
        return [one for one in self.to_serve if self.waiting(one.id)]

    def title(self, paper: Paper) -> str:
        """What a paper is called, by the form it was made with."""
        return self.titles.get(paper.id, paper.kind)

    def waiting(self, paper_id: str) -> tuple[str, ...]:
        """The parties a paper was not served on yet; ("",) where it has a single one."""
        return waiting(self.deliveries.get(paper_id, ()))

    @property
    def amount_fen(self) -> int | None:
        """涉及金额 by the claims once they are listed, else what was reported; fen."""
        return self.totals.claimed_fen if self.claims else self.case.stated_fen

    @property
    def owing_fen(self) -> int | None:
        """尚欠 by the claims once they are listed, else what was reported; fen."""
        return self.totals.owing_fen if self.claims else self.case.stated_fen

    @property
    def workers(self) -> int | None:
        """Workers by the claims once they are listed, else as reported."""
        return self.totals.workers if self.claims else self.case.stated_workers


def case_sheet(desk: Desk, ref: str, *, reveal: bool = False) -> CaseSheet:
    """The sheet of one case; `reveal` shows identity data in the open."""
    case = find_case(desk, ref)
    with desk.ledger.read() as view:
        forms = forms_of(desk, view)  # first: from now on kinds go by the bureau's names
        stands = standing(desk, view, case)
        rows = stands.rows
        chain = view.find(ProjectParty, project_id=case.project_id) if case.project_id else []
        return CaseSheet(
            case=case,
            employer=view.get(Employer, case.employer_id),
            project=view.get(Project, case.project_id) if case.project_id else None,
            parties=tuple(
                PartyLine(one, view.get(Employer, one.employer_id))
                for one in sorted(chain, key=lambda one: one.order)
            ),
            # Somebody of another county may handle it, of whom nothing is here.
            lead=view.peek(Inspector, case.lead_id) if case.lead_id else None,
            assist=view.peek(Inspector, case.assist_id) if case.assist_id else None,
            totals=case_totals(view, case.id),
            claims=tuple(claim_rows(view, case.id, desk.today(), reveal=reveal)),
            settlements=tuple(view.find(Settlement, case_id=case.id)),
            clocks=tuple(one for one in stands.clocks if one.state is ClockState.RUNNING),
            past_clocks=tuple(one for one in stands.clocks if one.state is not ClockState.RUNNING),
            papers=tuple(rows.papers),
            services=tuple(rows.services),
            inspections=tuple(view.find(Inspection, case_id=case.id)),
            evidence=tuple(view.find(Evidence, case_id=case.id)),
            todos=tuple(sorted(rows.todos, key=lambda todo: todo.due_on)),
            events=tuple(sorted(rows.events, key=lambda event: (event.on, event.id))),
            beside=stands.beside,
            options=tuple(options_in(stands.situation)),
            situation=stands.situation,
            leaders=tuple(one.name for one in view.find(Inspector, active=True, leader=True)),
            internal=frozenset(filter(desk.library.is_internal, {one.kind for one in rows.papers})),
            deliveries=by_paper(rows.papers, rows.services),
            titles={one: desk.library.title(one) for one in USUAL}
            | {one.id: forms.title_of(one) for one in rows.papers},
        )


def case_history(desk: Desk, case_id: str, limit: int = 200) -> list[HistoryEntry]:
    """What was done to a case, the newest first; its conflicts stand among the steps for ever."""
    steps = desk.ledger.history("case", case_id, limit=limit)
    disputes = conflict_history(desk, case_id)
    if not disputes:
        return steps
    return sorted([*steps, *disputes], key=lambda one: one.at.astimezone(), reverse=True)
