"""The trail of one aggregate with its hashes: to be taken along and verified elsewhere."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from inspector_app.ledger.changes import chain_hash, head
from inspector_app.ledger.schema.machinery import change_op, changeset

SAID = (
    *("seq", "id", "at", "actor", "device", "action", "why", "undo_of", "scopes", "ops_sha"),
    *("prev_hash", "hash"),
)


def steps_of(connection: Connection, root_type: str, root_id: str) -> list[dict[str, Any]]:
    """The steps that touched it, oldest first; `touched` are (table, kind, columns) of its rows."""
    touched: dict[int, list[tuple[str, str, list[str]]]] = {}
    query = select(change_op.c.seq, change_op.c.op).where(
        change_op.c.root_id == root_id, change_op.c.root_type == root_type
    )
    for row in connection.execute(query.order_by(change_op.c.seq, change_op.c.n)):
        op = json.loads(row.op)
        touched.setdefault(row.seq, []).append((op["t"], op["k"], sorted(op["c"])))
    mine = select(change_op.c.seq).where(
        change_op.c.root_id == root_id, change_op.c.root_type == root_type
    )
    steps = select(*(changeset.c[name] for name in SAID)).where(changeset.c.seq.in_(mine))
    return [
        {**row, "touched": touched[row["seq"]]}
        for row in connection.execute(steps.order_by(changeset.c.seq)).mappings()
    ]


def top(connection: Connection) -> tuple[int, str]:
    """The last step of the whole ledger and its hash: everything before it hangs on that."""
    return head(connection)


def wrong_in(steps: Iterable[Mapping[str, Any]]) -> list[int]:
    """Steps of a trail taken along whose hash is not that of what they say."""
    return [step["seq"] for step in steps if chain_hash(step) != step["hash"]]


def unlike_here(connection: Connection, steps: Iterable[Mapping[str, Any]]) -> list[int]:
    """Steps of a trail taken along that this ledger has otherwise, or not at all."""
    found = []
    for step in steps:
        here = connection.scalar(select(changeset.c.hash).where(changeset.c.seq == step["seq"]))
        if here != step["hash"]:
            found.append(step["seq"])
    return found
