"""The case ledger as a list: filters, pages, sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, or_, select

from inspector_app.domain.cases import ENDED, Source, Stage
from inspector_app.ledger.hits import ids_matching
from inspector_app.ledger.paging import Cursor, Page, Sums, order_of, take
from inspector_app.ledger.schema.cases import worker
from inspector_app.ledger.schema.machinery import NO_NUMBER, SORTABLE_CASE, case_line

_ORDERS = {name: case_line.c[name] for name in SORTABLE_CASE}
_SUMMED = ("workers", "amount_fen", "paid_fen", "owing_fen")


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What a list of cases is asked for; empty means any."""

    text: str = ""
    stages: Sequence[Stage] = ()
    scopes: Sequence[str] = ()
    sources: Sequence[Source] = ()
    causes: Sequence[str] = ()
    lead_id: str = ""
    employer_id: str = ""
    project_id: str = ""
    filed_year: int | None = None
    open_only: bool = False
    order: str = "filed_on desc"
    limit: int = 200
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. Amounts stand for the claims once listed, else for what was reported.

    In fen: `amount_fen` is 涉及金额 (owing when the claims were listed), `paid_fen` 已支付 (settled
    since), `owing_fen` what is left of it.
    """

    id: str
    case_no: str
    scope: str
    stage: Stage
    source: Source
    cause: str
    employer_id: str
    employer_name: str
    project_id: str | None
    project_name: str
    received_on: date
    filed_on: date | None
    closed_on: date | None
    lead_id: str | None
    lead_name: str
    assist_name: str
    workers: int | None
    amount_fen: int | None
    paid_fen: int
    owing_fen: int | None
    order_due: date | None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(value: int) -> int | None:
    return None if value == NO_NUMBER else value


def _row(row: RowMapping) -> CaseRow:
    return CaseRow(
        id=row["id"],
        case_no=row["case_no"],
        scope=row["scope"],
        stage=Stage(row["stage"]),
        source=Source(row["source"]),
        cause=row["cause"],
        employer_id=row["employer_id"],
        employer_name=row["employer_name"],
        project_id=row["project_id"] or None,
        project_name=row["project_name"],
        received_on=date.fromisoformat(row["received_on"]),
        filed_on=_day(row["filed_on"]),
        closed_on=_day(row["closed_on"]),
        lead_id=row["lead_id"] or None,
        lead_name=row["lead_name"],
        assist_name=row["assist_name"],
        workers=_number(row["workers"]),
        amount_fen=_number(row["amount_fen"]),
        paid_fen=row["paid_fen"],
        owing_fen=_number(row["owing_fen"]),
        order_due=_day(row["order_due"]),
    )


def _found(text: str) -> ColumnElement[bool]:
    """Cases found by their number, employer, project or one of their workers."""
    line = case_line.c
    workers = ids_matching("worker", text)
    return or_(
        line.id.in_(ids_matching("case", text)),
        line.employer_id.in_(ids_matching("employer", text)),
        line.project_id.in_(ids_matching("project", text)),
        line.id.in_(select(worker.c.case_id).where(worker.c.id.in_(workers))),
    )


def _conditions(query: CaseQuery) -> list[ColumnElement[bool]]:
    line = case_line.c
    chosen: list[ColumnElement[bool]] = []
    several: tuple[tuple[ColumnElement[Any], Sequence[Any]], ...] = (
        (line.stage, [stage.value for stage in query.stages]),
        (line.scope, query.scopes),
        (line.source, [source.value for source in query.sources]),
        (line.cause, query.causes),
    )
    chosen += [column.in_(list(values)) for column, values in several if values]
    one = ((line.lead_id, query.lead_id), (line.employer_id, query.employer_id))
    chosen += [column == value for column, value in one if value]
    if query.project_id:
        chosen.append(line.project_id == query.project_id)
    if query.open_only:
        chosen.append(line.stage.not_in([stage.value for stage in ENDED]))
    if query.filed_year is not None:
        year = f"{query.filed_year:04d}"
        chosen.append(line.filed_on.between(f"{year}-01-01", f"{year}-12-31"))
    if query.text.strip():
        chosen.append(_found(query.text))
    return chosen


def _totals(connection: Connection, where: list[ColumnElement[bool]]) -> tuple[int, Sums]:
    known = (
        func.coalesce(func.sum(case((case_line.c[name] != NO_NUMBER, case_line.c[name]))), 0)
        for name in _SUMMED
    )
    total, *sums = connection.execute(
        select(func.count(), *known).select_from(case_line).where(*where)
    ).one()
    return total, Sums(*sums)


def case_rows(connection: Connection, query: CaseQuery) -> Page[CaseRow]:
    """One page of cases with the total and the sums over all that match."""
    where = _conditions(query)
    order = order_of(query.order, _ORDERS)
    rows, after = take(
        connection,
        list(case_line.columns),
        where,
        order,
        case_line.c.n,
        limit=query.limit,
        after=query.after,
    )
    total, sums = _totals(connection, where)
    return Page(tuple(_row(row) for row in rows), total, sums, after)
