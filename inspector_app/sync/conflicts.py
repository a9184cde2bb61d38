"""Conflicts as data: both values, by whom, of which case; resolving is a change with a reason."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_conflict, sync_out
from inspector_app.ledger.schema.machinery import changeset
from inspector_app.sync import apply, memory, outbox, outgoing, shown
from inspector_app.sync.numbers import given_up
from inspector_app.sync.shown import ANSWERED, OPEN, Cells, cells_of
from inspector_app.sync.wire import Part, part_id, text_of

RESOLVED = "resolved"
MINE, THEIRS = "mine", "theirs"
_TEXTS = ("root_type", "root_id", "t", "row_id", "grp", "mine_by", "theirs_by", "at", "state")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed the same fact while apart; the shared database kept `theirs`.

    `state` is open, answered (somebody here chose, not delivered yet) or resolved. Of an open one
    `theirs` is the group as it stands here now, and `mark` names just that; `returned`: a choice
    was made before, and the row had moved on when it arrived.
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
    mark: str = ""
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice: the side, the mark of what was shown when it was made, and why."""

    take: str
    seen: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A set the shared database refused whole, with its reason; its values still stand here."""

    n: int
    scope: str
    action: str
    at: str
    why: str
    ops: tuple[Cells, ...]


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


def _conflict(connection: Connection, row: Row[Any], known: shown.Answers) -> Conflict:
    is_open = row.state == OPEN
    state = ANSWERED if is_open and row.id in known.waiting else row.state
    stored = cells_of(row.theirs)
    theirs = shown.standing(connection, row) if is_open else stored
    return Conflict(
        row.id, row.scope, row.root_type, row.root_id, row._mapping["t"], row.row_id, row.grp,
        cells_of(row.base), theirs, cells_of(row.mine), row.mine_by,
        row.theirs_by if theirs == stored else "", row.at, state, cells_of(row.resolution),
        row.reason, row.resolved_by, known.mark(row, theirs),
        returned=state == OPEN and row.id in known.returned,
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
    known = shown.answers(connection)
    return [_conflict(connection, row, known) for row in connection.execute(query)]


def resolved(connection: Connection, most: int) -> list[Conflict]:
    """The latest that were decided, the last one first."""
    query = select(sync_conflict).where(sync_conflict.c.state == RESOLVED)
    query = query.order_by(sync_conflict.c.at.desc(), sync_conflict.c.id).limit(most)
    known = shown.Answers(set(), set(), "")
    return [_conflict(connection, row, known) for row in connection.execute(query)]


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


def resolve(connection: Connection, conflict_id: str, chosen: Chosen, *, by: str, at: str) -> None:
    """Queue the choice; the shared database carries it out when what was seen still stands.

    UserError without a reason, of a conflict that is over, or when the row is no longer what was
    shown; then `kind` is moved.
    """
    if len(chosen.reason.strip()) < 2:
        raise UserError("请写明这样处理的理由。", field="reason")
    row = connection.execute(
        select(sync_conflict).where(sync_conflict.c.id == conflict_id)
    ).one_or_none()
    if row is None:
        raise UserError("没有找到这个冲突。", field="id", kind="not_found")
    known = shown.answers(connection)
    if row.state != OPEN or conflict_id in known.waiting:
        raise UserError("这个冲突已经处理过了。", kind="state")
    seen = shown.standing(connection, row)
    if not chosen.seen:
        message = "请先用 sync conflicts 看过现在的值，再用 --seen 写上那里的记号。"
        raise UserError(message, field="seen", kind="moved")
    if known.mark(row, seen) != chosen.seen:
        raise UserError("共享库的值刚才又变了，请看过现在的值再选。", field="seen", kind="moved")
    value = cells_of(row.mine) if chosen.take == MINE else seen
    op = {"k": "resolve", "id": conflict_id, "root_type": row.root_type, "root": row.root_id}
    op |= {"seen": seen, "v": value, "reason": chosen.reason.strip(), "by": by}
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
