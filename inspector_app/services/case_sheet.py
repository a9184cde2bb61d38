"""Everything about one case on one sheet, read in one snapshot."""

from dataclasses import dataclass

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import ClaimTotals, Settlement
from inspector_app.domain.inspections import Evidence, Inspection
from inspector_app.domain.office import Inspector, Todo
from inspector_app.domain.papers import Paper, Service
from inspector_app.domain.parties import Employer, Project, ProjectParty
from inspector_app.ledger.history import HistoryEntry
from inspector_app.services.cases import find_case
from inspector_app.services.claims import ClaimRow, case_totals, claim_rows
from inspector_app.services.clocks import CaseClock, case_clocks, timing
from inspector_app.services.desk import Desk
from inspector_app.services.parties import PartyLine


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
    clocks: tuple[CaseClock, ...]
    papers: tuple[Paper, ...]
    services: tuple[Service, ...]
    inspections: tuple[Inspection, ...]
    evidence: tuple[Evidence, ...]
    todos: tuple[Todo, ...]

    @property
    def amount_fen(self) -> int | None:
        """Owing by the claims once they are listed, else what was reported; fen."""
        return self.totals.owing_fen if self.claims else self.case.stated_fen

    @property
    def workers(self) -> int | None:
        """Workers by the claims once they are listed, else as reported."""
        return self.totals.workers if self.claims else self.case.stated_workers


def case_sheet(desk: Desk, ref: str, *, reveal: bool = False) -> CaseSheet:
    """The sheet of one case; `reveal` shows identity data in the open."""
    case, by = find_case(desk, ref), timing(desk)
    with desk.ledger.read() as view:
        chain = view.find(ProjectParty, project_id=case.project_id) if case.project_id else []
        papers = tuple(view.find(Paper, case_id=case.id))
        services = tuple(view.find(Service, case_id=case.id))
        todos = sorted(view.find(Todo, case_id=case.id), key=lambda todo: todo.due_on)
        return CaseSheet(
            case=case,
            employer=view.get(Employer, case.employer_id),
            project=view.get(Project, case.project_id) if case.project_id else None,
            parties=tuple(
                PartyLine(one, view.get(Employer, one.employer_id))
                for one in sorted(chain, key=lambda one: one.order)
            ),
            lead=view.get(Inspector, case.lead_id) if case.lead_id else None,
            assist=view.get(Inspector, case.assist_id) if case.assist_id else None,
            totals=case_totals(view, case.id),
            claims=tuple(claim_rows(view, case.id, desk.today(), reveal=reveal)),
            settlements=tuple(view.find(Settlement, case_id=case.id)),
            clocks=tuple(case_clocks(by, case, papers, services, todos)),
            papers=papers,
            services=services,
            inspections=tuple(view.find(Inspection, case_id=case.id)),
            evidence=tuple(view.find(Evidence, case_id=case.id)),
            todos=tuple(todos),
        )


def case_history(desk: Desk, case_id: str, limit: int = 200) -> list[HistoryEntry]:
    """What was done to a case, the newest first."""
    return desk.ledger.history("case", case_id, limit=limit)
