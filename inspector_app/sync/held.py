"""What may not go out as things stand: a right is missing, or the shared database is older.

It waits for better days without a word from anybody; so it is listed, and can be given up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from inspector_app.domain.papers import NumberState
from inspector_app.errors import UserError
from inspector_app.ledger.check_exchange import WAIVED
from inspector_app.ledger.schema.exchange import sync_out
from inspector_app.ledger.schema.machinery import changeset
from inspector_app.sync import memory, outbox, outgoing
from inspector_app.sync.apply import Root
from inspector_app.sync.numbers import given_up
from inspector_app.sync.wire import WireOp

NUMBERED = "这是作废的文号，要让共享库知道，不能放弃：权限恢复后自动上传。"


@dataclass(frozen=True, slots=True)
class Held:
    """Sets that wait together, because they touch the same aggregates; `id` is of the first.

    `granted`: the scope comes here; else the right to it ended.
    """

    id: str
    scope: str
    granted: bool
    actions: tuple[str, ...]
    at: str
    ops: tuple[WireOp, ...]


@dataclass
class _Group:
    """Sets with an aggregate in common."""

    rows: list[Row[Any]]
    roots: set[Root]
    ops: list[WireOp]


def held(connection: Connection) -> list[Held]:
    """What waits so, oldest first."""
    followed = memory.cursors(connection).keys()
    return [_told(connection, one, followed) for one in _groups(connection)]


def give_up(connection: Connection, set_id: str, why: str) -> None:
    """Let go of what waits together with that set: the shared state comes back.

    Numbers in it may be on paper: they are void, with `why`, and wait to be told as that. UserError
    when the sets are gone, or are nothing but such numbers.
    """
    group = next((one for one in _groups(connection) if one.rows[0].id == set_id), None)
    if group is None:
        raise UserError("没有找到这组暂不能上传的改动。", field="id", kind="not_found")
    if all(_is_void_number(op) for op in group.ops):
        raise UserError(NUMBERED, kind="numbered")
    waived = memory.get(connection, WAIVED, [])
    memory.put(connection, WAIVED, sorted({*waived, *(row.seq for row in group.rows)}))
    for row in group.rows:
        ops = list(outgoing.ops_of(connection, row))
        given_up.keep_numbers(connection, row, ops, why)
        connection.execute(delete(sync_out).where(sync_out.c.n == row.n))  # it never had a number
        memory.put_of_scope(connection, memory.REPULL, row.scope, True)


def _is_void_number(op: WireOp) -> bool:
    state = op.get("c", {}).get("state", [None, ""])
    return bool(op.get("t") == "number_entry" and state[1] == NumberState.VOID.value)


def _told(connection: Connection, group: _Group, followed: Any) -> Held:
    first = group.rows[0]
    steps = {row.seq for row in group.rows}
    query = select(changeset.c.action).where(changeset.c.seq.in_(steps)).order_by(changeset.c.seq)
    actions = tuple(dict.fromkeys(connection.scalars(query)))
    granted = first.scope in followed
    return Held(first.id, first.scope, granted, actions, first.at, tuple(group.ops))


def _groups(connection: Connection) -> list[_Group]:
    found: list[_Group] = []
    for row, ops in _rows(connection):
        roots = {(op["root_type"], op["root"]) for op in ops}
        mine = [one for one in found if not one.roots.isdisjoint(roots)]
        if not mine:
            found.append(_Group([row], roots, ops))
            continue
        first, *rest = mine
        for one in rest:
            first.rows += one.rows
            first.ops += one.ops
            first.roots |= one.roots
            found.remove(one)
        first.rows.append(row)
        first.ops += ops
        first.roots |= roots
    return found


def _rows(connection: Connection) -> Iterator[tuple[Row[Any], list[WireOp]]]:
    query = select(sync_out).where(sync_out.c.state == outbox.HELD)
    for row in connection.execute(query.order_by(sync_out.c.seq, sync_out.c.part)).all():
        yield row, list(outgoing.ops_of(connection, row))
