"""Employers and projects as lists, with how many cases each has and what is still owed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, case, func, select

from inspector_app.domain.cases import ENDED
from inspector_app.domain.parties import PartyRole, ProjectKind
from inspector_app.ledger.hits import ids_matching
from inspector_app.ledger.schema.machinery import NO_NUMBER, case_line
from inspector_app.ledger.schema.parties import employer, project, project_party


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer in a list."""

    id: str
    name: str
    credit_code: str
    county: str
    cases: int
    open_cases: int
    owing_fen: int


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in a list, with its general contractor and its owner by name."""

    id: str
    name: str
    county: str
    kind: ProjectKind
    general: str
    owner: str
    cases: int
    open_cases: int
    owing_fen: int


def _figures(link: ColumnElement[str], table: Table) -> list[ScalarSelect[Any]]:
    line = case_line.c
    open_case = line.stage.not_in([stage.value for stage in ENDED])
    owing = func.coalesce(func.sum(case((line.owing_fen != NO_NUMBER, line.owing_fen))), 0)
    return [
        select(figure).where(link == table.c.id).scalar_subquery()
        for figure in (func.count(line.id), func.count(case((open_case, 1))), owing)
    ]


def employer_rows(connection: Connection, text: str, limit: int) -> list[EmployerRow]:
    """Employers by name; `text` finds them by name, credit code or pinyin initials."""
    unit = employer.c
    shown = select(unit.id, unit.name, unit.credit_code, unit.county)
    query = shown.add_columns(*_figures(case_line.c.employer_id, employer))
    if text.strip():
        query = query.where(unit.id.in_(ids_matching("employer", text)))
    rows = connection.execute(query.order_by(unit.name, unit.id).limit(limit))
    return [EmployerRow(*row) for row in rows]


def _party(role: PartyRole) -> ScalarSelect[str]:
    party = project_party.c
    name = (
        select(employer.c.name)
        .join_from(project_party, employer, employer.c.id == party.employer_id)
        .where(party.project_id == project.c.id, party.role == role.value)
        .order_by(party.order)
        .limit(1)
    )
    return name.scalar_subquery()


def project_rows(connection: Connection, text: str, limit: int) -> list[ProjectRow]:
    """Projects by name; `text` finds them by name or pinyin initials."""
    shown = select(project.c.id, project.c.name, project.c.county, project.c.kind)
    query = shown.add_columns(
        func.coalesce(_party(PartyRole.GENERAL), ""), func.coalesce(_party(PartyRole.OWNER), "")
    ).add_columns(*_figures(case_line.c.project_id, project))
    if text.strip():
        query = query.where(project.c.id.in_(ids_matching("project", text)))
    rows = connection.execute(query.order_by(project.c.name, project.c.id).limit(limit))
    return [
        ProjectRow(row_id, name, county, ProjectKind(kind), *rest)
        for row_id, name, county, kind, *rest in rows
    ]
