"""What was done: the trail of changesets, newest first, whole or of one aggregate."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, exists, func, select

from inspector_app.errors import UserError
from inspector_app.ledger.changes import Op
from inspector_app.ledger.schema.access import access_entry
from inspector_app.ledger.schema.machinery import change_op, changeset
from inspector_app.ledger.undo import received, refusal

OPS_SHOWN = 500  # a bigger step (an import) shows its first ops only


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One user action; `ops` are those of the aggregate asked for, `op_count` counts them all.

    `undoable`: the action can be taken back now (an undo itself is not offered for undoing). For
    a step of more than OPS_SHOWN ops it says only that nobody took it back; undo() looks closely.
    """

    changeset_id: str
    seq: int
    at: datetime
    actor: str
    device: str
    action: str
    why: str
    undo_of: str | None
    ops: tuple[Op, ...]
    op_count: int
    undoable: bool


def read_ops(
    connection: Connection, seq: int, root_id: str | None = None, limit: int = -1
) -> tuple[Op, ...]:
    """The ops of a step in their order; of one aggregate when it is named."""
    query = select(change_op.c.op).where(change_op.c.seq == seq).order_by(change_op.c.n)
    if root_id is not None:
        query = query.where(change_op.c.root_id == root_id)
    return tuple(Op.from_json(json.loads(text)) for text in connection.scalars(query.limit(limit)))


def _undoable(connection: Connection, row: RowMapping, ops: Sequence[Op], count: int) -> bool:
    if row["undo_of"] is not None or received(connection, row["seq"]):
        return False
    if count <= OPS_SHOWN:
        whole = ops if len(ops) == count else read_ops(connection, row["seq"])
        return refusal(connection, whole) is None
    undone = select(exists().where(changeset.c.undo_of == row["id"]))
    return not connection.execute(undone).scalar_one()


def _entry(connection: Connection, row: RowMapping, root_id: str | None) -> HistoryEntry:
    ops = read_ops(connection, row["seq"], root_id, OPS_SHOWN)
    counting = select(func.count()).where(change_op.c.seq == row["seq"])
    count = connection.execute(counting).scalar_one()
    return HistoryEntry(
        changeset_id=row["id"],
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        device=row["device"],
        action=row["action"],
        why=row["why"],
        undo_of=row["undo_of"],
        ops=ops,
        op_count=count,
        undoable=_undoable(connection, row, ops, count),
    )


def history(
    connection: Connection, root_type: str | None, root_id: str | None, limit: int
) -> list[HistoryEntry]:
    """The last `limit` actions, newest first; of one type of aggregate or of one aggregate."""
    query: Select[Any] = select(changeset).order_by(changeset.c.seq.desc()).limit(limit)
    if root_id is not None:
        touched = select(change_op.c.seq).where(change_op.c.root_id == root_id)
        if root_type is not None:
            touched = touched.where(change_op.c.root_type == root_type)
        # Who looked into it is part of its history.
        looks = select(access_entry.c.id).where(access_entry.c.about_id == root_id)
        looked = select(change_op.c.seq).where(change_op.c.root_id.in_(looks))
        query = query.where(changeset.c.seq.in_(touched.union(looked)))
    elif root_type is not None:
        mine = change_op.c.root_type == root_type
        query = query.where(exists().where(change_op.c.seq == changeset.c.seq, mine))
    rows = connection.execute(query).mappings().all()
    return [_entry(connection, row, root_id) for row in rows]


def last_undoable(connection: Connection, actor: str, limit: int) -> HistoryEntry | None:
    """The newest of the last `limit` actions that is this person's and can be taken back.

    Whether it can is costly to say: it is asked of one after the other, newest first.
    """
    recent = select(changeset).order_by(changeset.c.seq.desc()).limit(limit)
    for row in connection.execute(recent).mappings().all():
        if row["actor"] == actor and row["undo_of"] is None:
            entry = _entry(connection, row, None)
            if entry.undoable:
                return entry
    return None


def changesets_since(connection: Connection, seq: int) -> list[str]:
    """Ids of the changesets after that step, oldest first."""
    query = select(changeset.c.id).where(changeset.c.seq > seq).order_by(changeset.c.seq)
    return [str(one) for one in connection.scalars(query)]


def touched_since(connection: Connection, seq: int) -> list[tuple[str, str]]:
    """(root type, root id) of everything changed after that step, by whomever."""
    query = select(change_op.c.root_type, change_op.c.root_id).where(change_op.c.seq > seq)
    return [(str(kind), str(root)) for kind, root in connection.execute(query.distinct())]


def changeset_row(connection: Connection, changeset_id: str) -> RowMapping:
    """One changeset as stored; a sentence for the user when there is none."""
    query = select(changeset).where(changeset.c.id == changeset_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise UserError("没有找到这一步操作。", kind="not_found")
    return row
