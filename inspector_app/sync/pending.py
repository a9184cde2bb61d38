"""What a person changed here and the shared database has not taken yet: it stays on screen."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from inspector_app.ledger.schema.exchange import sync_in, sync_out
from inspector_app.ledger.schema.machinery import change_op, changeset
from inspector_app.sync import memory
from inspector_app.sync.outbox import HELD, QUEUED, REJECTED
from inspector_app.sync.wire import WireOp

WAITING = (QUEUED, HELD, REJECTED)
RowKey = tuple[str, str]
Found = tuple[int, int, WireOp]  # step, place, op


class Pending:
    """Cells and rows that wait, by table and id."""

    def __init__(self, waiting: Iterable[WireOp] = ()) -> None:
        self.cells: dict[RowKey, set[str]] = {}
        self.removed: set[RowKey] = set()
        self.roots: set[tuple[str, str]] = set()
        for op in waiting:
            key = (op["t"], op["id"])
            self.cells.setdefault(key, set()).update(op["c"])
            self.roots.add((op["root_type"], op["root"]))
            if op["k"] == "del":
                self.removed.add(key)
            else:
                self.removed.discard(key)

    def __contains__(self, key: RowKey) -> bool:
        return key in self.cells

    def __bool__(self) -> bool:
        return bool(self.cells)


def _fresh(connection: Connection) -> Select[Any]:
    """Steps of this PC that have no delivery number yet."""
    known = memory.get(connection, memory.NUMBERED, 0)
    mine = changeset.c.seq.not_in(select(sync_in.c.seq))
    return select(changeset.c.seq).where(changeset.c.seq > known, mine)


def chosen(values: Iterable[Any]) -> Select[Any]:
    """These values as something to look into, however many they are."""
    each = func.json_each(json.dumps(sorted(values))).table_valued("value")
    return select(each.c.value)


def _found(connection: Connection, seqs: set[int], roots: Collection[str] | None) -> list[Found]:
    place = (change_op.c.seq, change_op.c.n)
    query = select(*place, change_op.c.op).where(change_op.c.seq.in_(chosen(seqs)))
    if roots is not None:
        query = query.where(change_op.c.root_id.in_(chosen(roots)))
    rows = connection.execute(query.order_by(*place))
    return [(seq, n, json.loads(text)) for seq, n, text in rows]


def _leaving(found: list[Found]) -> dict[tuple[int, str], str]:
    """(step, aggregate) -> the scope it leaves in that step: its ops travel there."""
    return {
        (seq, op["root"]): op["c"]["scope"][0]
        for seq, _, op in found
        if op["k"] == "upd" and op["id"] == op["root"] and "scope" in op["c"]
    }


def ops(
    connection: Connection,
    roots: Collection[str] | None = None,
    states: Collection[str] = WAITING,
    *,
    fresh: bool = True,
) -> list[WireOp]:
    """The ops that wait, oldest first; of these aggregates, or all."""
    new: set[int] = set(connection.execute(_fresh(connection)).scalars()) if fresh else set()
    parts = select(sync_out.c.seq, sync_out.c.scope, sync_out.c.first, sync_out.c.last)
    by_seq: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    wanted = (sync_out.c.state.in_(states), sync_out.c.ops == "")
    for seq, scope, first, last in connection.execute(parts.where(*wanted)):
        by_seq[seq].append((scope, first, last))
    if not new and not by_seq:
        return []
    found = _found(connection, new | by_seq.keys(), roots)
    leaving = _leaving(found)

    def waits(seq: int, n: int, op: WireOp) -> bool:
        route = leaving.get((seq, op["root"]), op["scope"])
        return any(scope == route and first <= n <= last for scope, first, last in by_seq[seq])

    return [op for seq, n, op in found if seq in new or waits(seq, n, op)]


def waiting_roots(
    connection: Connection, ids: Collection[str], states: Collection[str] = WAITING
) -> set[tuple[str, str]]:
    """Those of these aggregates of which anything waits, also in sets with words of their own."""
    found = {(op["root_type"], op["root"]) for op in ops(connection, ids, states)}
    own = select(sync_out.c.ops).where(sync_out.c.state.in_(states), sync_out.c.ops != "")
    for text in connection.scalars(own):
        found.update((op["root_type"], op["root"]) for op in json.loads(text) if "root" in op)
    return {one for one in found if one[1] in ids}


def of_roots(connection: Connection, roots: Collection[str]) -> Pending:
    """What waits of these aggregates."""
    return Pending(ops(connection, roots))


def everything(connection: Connection) -> Pending:
    """All that waits."""
    return Pending(ops(connection))


def scopes(connection: Connection) -> set[str]:
    """Scopes in which something waits."""
    known = set(connection.scalars(select(sync_out.c.scope).where(sync_out.c.state.in_(WAITING))))
    steps = select(changeset.c.scopes).where(changeset.c.seq.in_(_fresh(connection)))
    for text in connection.scalars(steps):
        known.update(json.loads(text))
    return known
