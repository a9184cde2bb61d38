"""What was done: the trail of changesets, newest first, whole or of one aggregate."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from inspector_app.errors import UserError
from inspector_app.ledger.changes import Op
from inspector_app.ledger.schema.machinery import changeset, changeset_root
from inspector_app.ledger.undo import refusal


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One user action; `ops` are those of the aggregate asked for.

    `undoable`: the action can be taken back now (an undo itself is not offered for undoing).
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
    undoable: bool


def _entry(connection: Connection, row: RowMapping, root_id: str | None) -> HistoryEntry:
    ops = read_ops(row)
    return HistoryEntry(
        changeset_id=row["id"],
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        device=row["device"],
        action=row["action"],
        why=row["why"],
        undo_of=row["undo_of"],
        ops=tuple(op for op in ops if root_id is None or op.root == root_id),
        undoable=row["undo_of"] is None and refusal(connection, ops) is None,
    )


def read_ops(row: RowMapping) -> tuple[Op, ...]:
    """The ops of a changeset row."""
    return tuple(Op.from_json(op) for op in json.loads(row["ops"]))


def history(
    connection: Connection, root_type: str | None, root_id: str | None, limit: int
) -> list[HistoryEntry]:
    """The last `limit` actions, newest first; of one type of aggregate or of one aggregate."""
    query: Select[Any] = select(changeset).order_by(changeset.c.seq.desc()).limit(limit)
    touched = select(changeset_root.c.seq)
    if root_id is not None:
        touched = touched.where(changeset_root.c.root_id == root_id)
    if root_type is not None:
        touched = touched.where(changeset_root.c.root_type == root_type)
    if root_id is not None or root_type is not None:
        query = query.where(changeset.c.seq.in_(touched))
    rows = connection.execute(query).mappings().all()
    return [_entry(connection, row, root_id) for row in rows]


def changeset_row(connection: Connection, changeset_id: str) -> RowMapping:
    """One changeset as stored; a sentence for the user when there is none."""
    query = select(changeset).where(changeset.c.id == changeset_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise UserError("没有找到这一步操作。", kind="not_found")
    return row
