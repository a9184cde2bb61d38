"""Aggregates that left this PC but stay while something typed here waits: to be read, not changed.

A case is moved, or a right ends, while a PC is apart: what was typed there meanwhile would be lost.
"""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from inspector_app.ledger.schema import business_columns, metadata
from inspector_app.sync import apply, memory, pending, purge
from inspector_app.sync.apply import Root
from inspector_app.sync.outbox import QUEUED

_BESIDE = ("employer", "project", "inspector")  # without them a page cannot say whose case it is


def staying(connection: Connection, leaving: Collection[Root]) -> set[Root]:
    """Those of the leaving aggregates of which something waits, and the units they name.

    What was purged by law stays only while the shared database was not asked: never for what it
    refused.
    """
    waiting = pending.waiting_roots(connection, {root for _, root in leaving})
    purged = {(kind, root) for kind, root in memory.get(connection, purge.WAITING, [])}
    found = waiting.intersection(leaving)
    if found & purged:
        ids = {root for _, root in purged}
        found -= purged - pending.waiting_roots(connection, ids, (QUEUED,))
    beside = {one for one in leaving if one[0] in _BESIDE} - found
    fresh = found if beside else set[Root]()
    while fresh:  # a project names its units
        named = _named(connection, fresh)
        fresh = {one for one in beside if one[1] in named} - found
        found |= fresh
    return found


def _named(connection: Connection, roots: Collection[Root]) -> set[str]:
    """The ids of units, projects and people that these aggregates name."""
    found: set[str] = set()
    for name, ids in apply.rows_of(connection, roots).items():
        table = metadata.tables[name]
        for column in business_columns(table):
            if column.info.get("ref") not in _BESIDE or column.name == "id":
                continue
            query = select(column).where(table.c.id.in_(pending.chosen(ids)))
            values = [str(one) for one in connection.scalars(query) if one]
            many = bool(column.info.get("many"))
            found.update(*(json.loads(one) for one in values) if many else [values])
    return found


def kept(connection: Connection) -> dict[Root, bool]:
    """The aggregates that left and are here; whether it was moved, else the right to it ended."""
    exits = memory.of_scopes(connection, memory.EXITS)
    followed = memory.cursors(connection).keys() if exits else set()
    return {
        root: scope in followed
        for scope, roots in exits.items()
        for root in here(connection, scope, ((kind, one) for kind, one in roots))
    }


def here(connection: Connection, scope: str, roots: Iterable[Root]) -> set[Root]:
    """Those of these aggregates that stand here in that scope."""
    by_kind: dict[str, set[str]] = {}
    for kind, root in roots:
        by_kind.setdefault(kind, set()).add(root)
    found: set[Root] = set()
    for kind, ids in by_kind.items():
        table = metadata.tables[kind].c
        query = select(table.id).where(table.scope == scope, table.id.in_(pending.chosen(ids)))
        found.update((kind, one) for one in connection.scalars(query))
    return found
