"""Brings pages of the shared database into the ledger; what is pending here stays on screen."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from inspector_app.ledger.changes import rows_now
from inspector_app.ledger.schema import BUSINESS, business_columns, is_root, merge_groups, metadata
from inspector_app.ledger.schema.exchange import sync_conflict
from inspector_app.sync.pending import Pending, RowKey
from inspector_app.sync.transport import Cells, RootState, RowState

Root = tuple[str, str]
TABLES = {table.name: table for table in BUSINESS}  # parents before children
_CHUNK = 500
HIDDEN = "〔无权查看〕"  # stands for personal data that the shared database did not send


@cache
def _neutral(table: Table) -> Cells:
    """What a column holds of which a row says nothing: it came with another version."""
    found: Cells = {}
    for column in business_columns(table):
        if column.nullable:
            found[column.name] = None
        elif isinstance(column.type, Integer):
            found[column.name] = 0
        else:
            found[column.name] = "[]" if column.info.get("many") else ""
    return found


@cache
def filled(table: Table) -> tuple[str, ...]:
    """The columns that must say something."""
    return tuple(c.name for c in business_columns(table) if c.info.get("filled"))


def completed(table: Table, cells: Cells) -> Cells:
    """A row with everything this program knows of its table; it says so what was hidden."""
    hidden = {name: HIDDEN for name in filled(table) if cells.get(name) == ""}
    return {**_neutral(table), **cells, **hidden}


def _kept(table: Table, pending: set[str]) -> set[str]:
    """The pending cells with the whole groups they belong to: half of a fact is never shown."""
    groups = (set(group) for group in merge_groups(table).values())
    return set().union(*(group for group in groups if not group.isdisjoint(pending)))


class _Table:
    """What a page does to one table."""

    def __init__(self, connection: Connection, table: Table, rows: Sequence[RowState]) -> None:
        self.connection, self.table, self.rows = connection, table, rows
        self.names = {column.name for column in business_columns(table)}
        self.filled = filled(table)
        self.here = rows_now(connection, table, [row.id for row in rows])

    def write(self, pending: Pending) -> None:
        """Insert and update."""
        fresh, revisions = [], []
        neutral = _neutral(self.table)
        for row in self.rows:
            if row.cells is None:
                continue
            key = (self.table.name, row.id)
            cells = {name: value for name, value in row.cells.items() if name in self.names}
            cells |= {name: HIDDEN for name in self.filled if cells.get(name) == ""}
            if row.id in self.here:
                revisions.append({"of": row.id, "rev": row.rev})
                self._update(row, cells, pending, key)
            elif key not in pending.removed:
                fresh.append({**neutral, **cells, "id": row.id, "row_rev": row.rev})
        if fresh:
            self.connection.execute(insert(self.table), fresh)
        if revisions:
            where = self.table.c.id == bindparam("of")
            statement = update(self.table).where(where).values(row_rev=bindparam("rev"))
            self.connection.execute(statement, revisions)

    def _update(self, row: RowState, cells: Cells, pending: Pending, key: RowKey) -> None:
        kept = _kept(self.table, pending.cells[key]) if key in pending else set()
        now = self.here[row.id]
        changed = {k: v for k, v in cells.items() if k not in kept and now[k] != v}
        if changed:
            where = self.table.c.id == row.id
            self.connection.execute(update(self.table).where(where).values(changed))

    def remove(self, pending: Pending) -> None:
        """Take away what is gone, unless somebody here is at it."""
        name = self.table.name
        ids = [
            row.id
            for row in self.rows
            if row.cells is None and row.id in self.here and (name, row.id) not in pending
        ]
        _delete(self.connection, self.table, ids)


def _delete(connection: Connection, table: Table, ids: Sequence[str]) -> None:
    for start in range(0, len(ids), _CHUNK):
        connection.execute(delete(table).where(table.c.id.in_(ids[start : start + _CHUNK])))


def _write(connection: Connection, rows: Iterable[RowState], pending: Pending) -> None:
    by_table: dict[str, list[RowState]] = {}
    for row in rows:
        if row.t in TABLES:  # else a newer program's: it comes again after the update
            by_table.setdefault(row.t, []).append(row)
    works = [_Table(connection, t, by_table[n]) for n, t in TABLES.items() if n in by_table]
    for work in works:
        work.write(pending)
    for work in reversed(works):
        work.remove(pending)


def apply_roots(
    connection: Connection, roots: Sequence[RootState], pending: Pending
) -> list[RootState]:
    """Write a page; what does not fit into this ledger is left out and told, the rest goes on."""
    try:
        with connection.begin_nested():
            _write(connection, (row for root in roots for row in root.rows), pending)
    except IntegrityError:
        return [root for root in roots if not _fits(connection, root, pending)]
    return []


def _fits(connection: Connection, root: RootState, pending: Pending) -> bool:
    try:
        with connection.begin_nested():
            _write(connection, root.rows, pending)
    except IntegrityError:
        return False
    return True


def rows_of(connection: Connection, roots: Collection[Root]) -> dict[str, list[str]]:
    """Table -> ids of the rows that belong to these aggregates."""
    found: dict[str, list[str]] = {}
    for name, table in TABLES.items():
        for column, root_type in table.info["roots"]:
            ids = [root for kind, root in roots if kind == root_type]
            for start in range(0, len(ids), _CHUNK):
                chosen = table.c[column].in_(ids[start : start + _CHUNK])
                query = select(table.c.id).where(chosen, *_first_filled(table, column))
                found.setdefault(name, []).extend(connection.scalars(query))
    return found


def _first_filled(table: Table, column: str) -> list[Any]:
    """A part belongs to the first of its possible roots that is filled."""
    names = [name for name, _ in table.info["roots"]]
    return [table.c[name].is_(None) for name in names[: names.index(column)]]


def remove_roots(connection: Connection, roots: Collection[Root]) -> None:
    """Take aggregates away that left: parts first."""
    rows = rows_of(connection, roots)
    for name in reversed(list(TABLES)):
        _delete(connection, TABLES[name], rows.get(name, []))
    remove_conflicts(connection, roots)


def remove_conflicts(connection: Connection, roots: Collection[Root]) -> None:
    """Take the conflicts of aggregates away that left: they are decided where those are now."""
    ids = [root for _, root in roots]
    for start in range(0, len(ids), _CHUNK):
        chosen = sync_conflict.c.root_id.in_(ids[start : start + _CHUNK])
        connection.execute(delete(sync_conflict).where(chosen))


def roots_in(connection: Connection, scope: str) -> set[Root]:
    """The aggregates of a scope that stand here."""
    found: set[Root] = set()
    for name, table in TABLES.items():
        if is_root(table):
            ids = connection.scalars(select(table.c.id).where(table.c.scope == scope))
            found.update((name, one) for one in ids)
    return found


def scope_here(connection: Connection, root: Root) -> str | None:
    """The scope an aggregate has here; None when it is not here."""
    table = metadata.tables[root[0]]
    return connection.scalar(select(table.c.scope).where(table.c.id == root[1]))


def prune(
    connection: Connection,
    scope: str,
    seen: set[RowKey],
    pending: Pending,
    staying: Collection[Root] = (),
) -> None:
    """After a whole pull: what the shared database does not have and nobody has pending goes.

    `staying` are aggregates that left and are kept whole (see away.py).
    """
    rows = rows_of(connection, roots_in(connection, scope).difference(staying))
    for name in reversed(list(TABLES)):
        gone = [
            one
            for one in rows.get(name, [])
            if (name, one) not in seen and (name, one) not in pending
        ]
        if gone:
            _delete_what_can_go(connection, TABLES[name], gone)


def _delete_what_can_go(connection: Connection, table: Table, ids: Sequence[str]) -> None:
    """A row that pending parts still stand on stays until they are decided."""
    try:
        with connection.begin_nested():
            _delete(connection, table, ids)
    except IntegrityError:
        for one in ids if len(ids) > 1 else ():
            _delete_what_can_go(connection, table, [one])


def digest(connection: Connection, scope: str) -> tuple[int, str]:
    """(rows, sum) of a scope as it stands here, to be held against the server's."""
    number, total = 0, 0
    for query in _summed():
        rows = connection.scalars(query, {"of": scope}).all()
        number += len(rows)
        total += sum(map(_sum, rows))
    return number, str(total)


@cache
def _summed() -> tuple[Select[Any], ...]:
    """What is summed of a scope, one query for each way into an aggregate."""
    found = []
    for name, table in TABLES.items():
        for column, root_type in table.info["roots"]:
            root = metadata.tables[root_type].c
            said = literal(f"{name}|") + table.c.id + "|" + cast(table.c.row_rev, Text)
            query = select(said).where(*_first_filled(table, column))
            if column != "id":
                # From the part to its aggregate: there may be no part, but many aggregates.
                its_scope = select(root.scope).where(root.id == table.c[column]).scalar_subquery()
                query = query.where(its_scope == bindparam("of"))
            else:
                query = query.where(root.scope == bindparam("of"))
            found.append(query)
    return tuple(found)


def _sum(said: str) -> int:
    return int.from_bytes(sha256(said.encode()).digest()[:4])
