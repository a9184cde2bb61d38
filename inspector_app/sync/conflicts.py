"""Conflicts as data: both values, by whom, of which case; resolving is a change with a reason."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from inspector_app.errors import UserError
from inspector_app.ledger.changes import rows_now
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.exchange import sync_conflict, sync_out
from inspector_app.ledger.schema.machinery import changeset
from inspector_app.sync import apply, memory, outbox, outgoing
from inspector_app.sync.numbers import given_up
from inspector_app.sync.wire import Part, part_id, text_of

OPEN, RESOLVED, ANSWERED = "open", "resolved", "answered"
MINE, THEIRS = "mine", "theirs"
WHOLE_ROW = "row"
Cells = dict[str, Any]
_TEXTS = ("root_type", "root_id", "t", "row_id", "grp", "mine_by", "theirs_by", "at", "state")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed the same fact while apart; the shared database kept `theirs`.

    `state` is open, answered (somebody here chose, not delivered yet) or resolved.
    """

    id: str
    scope: str
    root_type: str
    root_id: str
    t: str
    row_id: str
    group: str
    base: Cells | None
    theirs: Cells | None
    mine: Cells | None
    mine_by: str
    theirs_by: str
    at: str
    state: str
    resolution: Cells | None
    reason: str
    resolved_by: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A set the shared database refused whole, with its reason; its values still stand here."""

    n: int
    scope: str
    action: str
    at: str
    why: str
    ops: tuple[Cells, ...]


def _cells(text: str) -> Cells | None:
    value: Cells | None = json.loads(text) if text else None
    return value


def store(connection: Connection, scope: str, arrived: Iterable[Mapping[str, Any]]) -> int:
    """Take conflicts in as the server has them; how many of them are new and open."""
    fresh = 0
    for one in arrived:
        known = connection.scalar(select(sync_conflict.c.id).where(sync_conflict.c.id == one["id"]))
        fresh += known is None and one["state"] == OPEN
        row = {name: str(one.get(name) or "") for name in _TEXTS}
        row |= {"root_id": one["root"], "id": one["id"], "scope": scope}
        row |= {name: text_of(one.get(name)) for name in ("base", "theirs", "mine", "resolution")}
        row |= {name: str(one.get(name) or "") for name in ("reason", "resolved_by")}
        connection.execute(delete(sync_conflict).where(sync_conflict.c.id == one["id"]))
        connection.execute(insert(sync_conflict), row)
    return fresh


def prune(connection: Connection, scope: str, seen: set[str]) -> None:
    """After a whole pull: conflicts a restored server does not have; their sets went out again."""
    query = select(sync_conflict.c.id).where(sync_conflict.c.scope == scope)
    for one in set(connection.scalars(query)) - seen:
        connection.execute(delete(sync_conflict).where(sync_conflict.c.id == one))


def answered(connection: Connection) -> set[str]:
    """Ids of conflicts somebody here chose in, and whose answer is on its way."""
    query = select(sync_out.c.ops).where(sync_out.c.state == outbox.QUEUED, sync_out.c.ops != "")
    return {op["id"] for text in connection.scalars(query) for op in json.loads(text)}


def _conflict(row: Row[Any], known: set[str]) -> Conflict:
    state = ANSWERED if row.state == OPEN and row.id in known else row.state
    return Conflict(
        row.id, row.scope, row.root_type, row.root_id, row._mapping["t"], row.row_id, row.grp,
        _cells(row.base), _cells(row.theirs), _cells(row.mine), row.mine_by, row.theirs_by, row.at,
        state, _cells(row.resolution), row.reason, row.resolved_by,
    )  # fmt: skip


def conflicts(
    connection: Connection, *, root_id: str | None = None, every: bool = False
) -> list[Conflict]:
    """Open (or all) conflicts, oldest first; of one aggregate when it is named."""
    query = select(sync_conflict).order_by(sync_conflict.c.at, sync_conflict.c.id)
    if root_id is not None:
        query = query.where(sync_conflict.c.root_id == root_id)
    if not every:
        query = query.where(sync_conflict.c.state == OPEN)
    known = answered(connection)
    return [_conflict(row, known) for row in connection.execute(query)]


def resolved(connection: Connection, most: int) -> list[Conflict]:
    """The latest that were decided, the last one first."""
    query = select(sync_conflict).where(sync_conflict.c.state == RESOLVED)
    query = query.order_by(sync_conflict.c.at.desc(), sync_conflict.c.id).limit(most)
    return [_conflict(row, set()) for row in connection.execute(query)]


def refused(connection: Connection) -> list[Refused]:
    """Sets that were refused and wait for a decision."""
    found = []
    for row in outbox.rows(connection, outbox.REJECTED):
        query = select(changeset.c.action).where(changeset.c.seq == row.seq)
        action = connection.scalar(query) or "处理冲突"
        why = str(json.loads(row.receipt).get("why") or "")
        ops = tuple(outgoing.ops_of(connection, row))
        found.append(Refused(row.n, row.scope, action, row.at, why, ops))
    return found


def _now(connection: Connection, conflict: Row[Any], names: Iterable[str]) -> Cells:
    """The group as it stands here: what the person who chooses is looking at."""
    table = metadata.tables[conflict._mapping["t"]]
    row = rows_now(connection, table, [conflict.row_id]).get(conflict.row_id)
    return {name: row[name] for name in names if name in row} if row else {}


def resolve(
    connection: Connection, conflict_id: str, take: str, reason: str, *, by: str, at: str
) -> None:
    """Queue the choice; the shared database carries it out when what was seen still stands."""
    if len(reason.strip()) < 2:
        raise UserError("请写明这样处理的理由。", field="reason")
    row = connection.execute(
        select(sync_conflict).where(sync_conflict.c.id == conflict_id)
    ).one_or_none()
    if row is None:
        raise UserError("没有找到这个冲突。", field="id", kind="not_found")
    if row.state != OPEN or conflict_id in answered(connection):
        raise UserError("这个冲突已经处理过了。", kind="state")
    mine, theirs = _cells(row.mine), _cells(row.theirs)
    seen = theirs if row.grp == WHOLE_ROW else _now(connection, row, theirs or {})
    chosen = mine if take == MINE else seen
    op = {"k": "resolve", "id": conflict_id, "root_type": row.root_type, "root": row.root_id}
    op |= {"seen": seen, "v": chosen, "reason": reason.strip(), "by": by}
    outbox.queue_ops(connection, row.scope, [op], at)


def decide_refused(connection: Connection, n: int, take: str, why: str = "") -> None:
    """Send a refused set again (mine) or give it up: the shared state comes back (theirs).

    Numbers it entered stay void, with `why`: they may be on paper.
    """
    row = connection.execute(
        select(sync_out).where(sync_out.c.n == n, sync_out.c.state == outbox.REJECTED)
    ).one_or_none()
    if row is None:
        raise UserError("没有找到这条被退回的改动。", field="id", kind="not_found")
    gone = {"state": outbox.DROPPED, "ops": "[]", "id": new_id()}
    ops = outgoing.ops_of(connection, row)
    connection.execute(update(sync_out).where(sync_out.c.n == n).values(gone))
    if take == THEIRS:
        given_up.keep_numbers(connection, row, ops, why)
        memory.put_of_scope(connection, memory.REPULL, row.scope, True)
        return
    again = _where_now(connection, row, ops)
    values = {name: value for name, value in row._mapping.items() if name not in ("receipt", "n")}
    values |= {"n": outbox.next_n(connection), "receipt": "", "state": outbox.QUEUED}
    connection.execute(insert(sync_out), values | again)


def _where_now(connection: Connection, row: Row[Any], ops: list[Cells]) -> dict[str, str]:
    """Where a set goes the second time: to the scope its aggregate has by now."""
    scopes = {
        apply.scope_here(connection, (op["root_type"], op["root"])) for op in ops if "root" in op
    } - {None}
    scope = scopes.pop() if len(scopes) == 1 else row.scope
    if scope == row.scope and not row.ops:
        query = select(changeset.c.id).where(changeset.c.seq == row.seq)
        part = Part(row.scope, row.first, row.last, ())
        return {"id": part_id(str(connection.scalar(query)), part, attempt=row.n)}
    moved = [{**op, "scope": scope} for op in ops]
    return {"id": new_id(), "scope": str(scope), "ops": text_of(moved)}
