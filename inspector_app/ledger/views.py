"""What pages read: a snapshot of the ledger with its lists, counts and search."""

from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection, Table, func, select

from inspector_app.domain.cases import ENDED, Stage
from inspector_app.domain.clues import ClueState
from inspector_app.domain.papers import PaperState
from inspector_app.ledger import case_list, clue_list, hits, party_lists
from inspector_app.ledger.case_list import CaseQuery, CaseRow
from inspector_app.ledger.clue_list import ClueQuery, ClueRow
from inspector_app.ledger.hits import Hit
from inspector_app.ledger.paging import Cursor, Page, Sums
from inspector_app.ledger.party_lists import EmployerRow, ProjectRow
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.clues import clue
from inspector_app.ledger.schema.inspections import inspection
from inspector_app.ledger.schema.papers import paper
from inspector_app.ledger.schema.parties import employer, project

CasePage: TypeAlias = Page[CaseRow]
CluePage: TypeAlias = Page[ClueRow]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is."""

    cases: int
    open_cases: int
    clues: int
    open_clues: int
    employers: int
    projects: int
    inspections: int
    drafts: int
    stages: dict[Stage, int]


def _by(connection: Connection, table: Table, column: str) -> dict[str, int]:
    group = table.c[column]
    rows = connection.execute(select(group, func.count()).group_by(group))
    return {str(value): int(number) for value, number in rows}


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


class View(Rows):
    """A read-only snapshot; made by Ledger.read only."""

    def case_rows(self, query: CaseQuery) -> CasePage:
        """One page of cases."""
        return case_list.case_rows(self.connection, query)

    def clue_rows(self, query: ClueQuery) -> CluePage:
        """One page of clues."""
        return clue_list.clue_rows(self.connection, query)

    def employer_rows(self, text: str = "", limit: int = 500) -> list[EmployerRow]:
        """Employers by name."""
        return party_lists.employer_rows(self.connection, text, limit)

    def project_rows(self, text: str = "", limit: int = 500) -> list[ProjectRow]:
        """Projects by name."""
        return party_lists.project_rows(self.connection, text, limit)

    def search(self, text: str, limit: int = 12) -> list[Hit]:
        """What the search box finds, in Chinese or by pinyin initials."""
        return hits.search(self.connection, text, limit)

    def counts(self) -> Counts:
        """How much of everything there is."""
        stages = {Stage(code): n for code, n in _by(self.connection, case, "stage").items()}
        states = _by(self.connection, clue, "state")
        cases = sum(stages.values())
        return Counts(
            cases=cases,
            open_cases=cases - sum(stages.get(stage, 0) for stage in ENDED),
            clues=sum(states.values()),
            open_clues=states.get(ClueState.OPEN.value, 0),
            employers=_count(self.connection, employer),
            projects=_count(self.connection, project),
            inspections=_count(self.connection, inspection),
            drafts=_by(self.connection, paper, "state").get(PaperState.DRAFT.value, 0),
            stages=stages,
        )


__all__ = [
    "CasePage",
    "CaseQuery",
    "CaseRow",
    "CluePage",
    "ClueQuery",
    "ClueRow",
    "Counts",
    "Cursor",
    "EmployerRow",
    "Hit",
    "Page",
    "ProjectRow",
    "Sums",
    "View",
]
