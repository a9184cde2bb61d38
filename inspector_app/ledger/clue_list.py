"""The register of clues as a list."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import ClueState
from inspector_app.ledger.hits import ids_matching
from inspector_app.ledger.mapping import read_many
from inspector_app.ledger.paging import Cursor, Page, Sums, order_of, take
from inspector_app.ledger.schema.clues import clue
from inspector_app.ledger.schema.machinery import NO_NUMBER

_ORDERS: dict[str, ColumnElement[str | int]] = {
    **{name: clue.c[name] for name in ("clue_no", "received_on", "employer_name", "project_name")},
    **{name: clue.c[name] for name in ("source", "state", "scope", "cause")},
    **{name: func.coalesce(clue.c[name], NO_NUMBER) for name in ("workers", "amount_fen")},
}


@dataclass(frozen=True, slots=True)
class ClueQuery:
    """What a list of clues is asked for; empty means any."""

    text: str = ""
    states: Sequence[ClueState] = ()
    scopes: Sequence[str] = ()
    sources: Sequence[Source] = ()
    received_year: int | None = None
    order: str = "received_on desc"
    limit: int = 200
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class ClueRow:
    """A clue in a list; who reported it is not here."""

    id: str
    clue_no: str
    scope: str
    source: Source
    received_on: date
    employer_name: str
    credit_code: str
    project_name: str
    cause: str
    workers: int | None
    amount_fen: int | None
    amount_written: str
    state: ClueState
    case_id: str | None
    outside_no: str
    flags: tuple[str, ...]


_SHOWN = tuple(field.name for field in fields(ClueRow))


def _row(row: RowMapping) -> ClueRow:
    cells = {name: row[name] for name in _SHOWN}
    cells["source"] = Source(row["source"])
    cells["state"] = ClueState(row["state"])
    cells["received_on"] = date.fromisoformat(row["received_on"])
    cells["flags"] = read_many(row["flags"])
    return ClueRow(**cells)


def _conditions(query: ClueQuery) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if query.states:
        chosen.append(clue.c.state.in_([state.value for state in query.states]))
    if query.scopes:
        chosen.append(clue.c.scope.in_(list(query.scopes)))
    if query.sources:
        chosen.append(clue.c.source.in_([source.value for source in query.sources]))
    if query.received_year is not None:
        year = f"{query.received_year:04d}"
        chosen.append(clue.c.received_on.between(f"{year}-01-01", f"{year}-12-31"))
    if query.text.strip():
        chosen.append(clue.c.id.in_(ids_matching("clue", query.text)))
    return chosen


def clue_rows(connection: Connection, query: ClueQuery) -> Page[ClueRow]:
    """One page of clues with the total and the sums over all that match."""
    where = _conditions(query)
    order = order_of(query.order, _ORDERS)
    columns = [clue.c[name] for name in _SHOWN]
    rows, after = take(
        connection, columns, where, order, clue.c.id, limit=query.limit, after=query.after
    )
    sums = (func.coalesce(func.sum(clue.c[name]), 0) for name in ("workers", "amount_fen"))
    counted = select(func.count(), *sums).select_from(clue).where(*where)
    total, workers, amount = connection.execute(counted).one()
    return Page(tuple(_row(row) for row in rows), total, Sums(workers, amount), after)
