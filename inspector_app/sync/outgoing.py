"""What a delivery says: its ops, read from the trail, and the set as it travels."""

import json
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, select

from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.ledger.schema.machinery import change_op, changeset
from inspector_app.sync import wire
from inspector_app.sync.wire import WireOp

_NEEDED = {
    table.name: {
        column.name: column.info.get("since", 1)
        for column in business_columns(table)
        if not column.nullable
    }
    for table in BUSINESS
}


def texts(connection: Connection, seq: int) -> list[str]:
    """The ops of a step, as the trail has them."""
    query = select(change_op.c.op).where(change_op.c.seq == seq).order_by(change_op.c.n)
    return list(connection.scalars(query))


# Text search, because a step may have a hundred thousand ops: a hit may be one in somebody's words.
_MAY_MOVE = select(
    exists().where(change_op.c.seq == bindparam("of"), change_op.c.op.like('%"scope":["%'))
)
_OF_PART = (
    select(change_op.c.op)
    .where(change_op.c.seq == bindparam("of"))
    .where(change_op.c.n.between(bindparam("low"), bindparam("high")))
    .order_by(change_op.c.n)
)


def said(connection: Connection, row: Row[Any], moving: dict[int, bool]) -> wire.Ops:
    """The ops of a delivery; `moving` keeps which steps may move an aggregate."""
    if row.ops:
        return wire.Ops(json.loads(row.ops), row.ops)
    if row.seq not in moving:
        moving[row.seq] = bool(connection.scalar(_MAY_MOVE, {"of": row.seq}))
    if moving[row.seq]:
        ops = wire.ops_between(texts(connection, row.seq), row.scope, row.first, row.last)
        return wire.Ops(ops, wire.text_of(ops))
    asked = {"of": row.seq, "low": row.first, "high": row.last}
    read = [(json.loads(text), text) for text in connection.scalars(_OF_PART, asked)]
    mine = [(op, text) for op, text in read if op["scope"] == row.scope]
    return wire.Ops((op for op, _ in mine), f"[{','.join(text for _, text in mine)}]")


def ops_of(connection: Connection, row: Row[Any]) -> list[WireOp]:
    """The ops of a delivery."""
    return said(connection, row, {})


def set_of(connection: Connection, row: Row[Any], schema: int) -> dict[str, Any]:
    """A delivery as it travels."""
    return set_with(connection, row, schema, ops_of(connection, row))


def set_with(
    connection: Connection, row: Row[Any], schema: int, ops: list[WireOp]
) -> dict[str, Any]:
    """As `set_of`, of ops that were read already."""
    query = select(changeset.c.actor, changeset.c.action, changeset.c.why)
    step = connection.execute(query.where(changeset.c.seq == row.seq)).one_or_none()
    actor, action, why = (step.actor, step.action, step.why) if step else ("", "处理冲突", "")
    if step is None and ops:
        actor, why = ops[0].get("by", ""), ops[0].get("reason", "")
    head = {"n": row.n, "id": row.id, "part": row.part, "scope": row.scope, "at": row.at}
    schema = wire.schema_of(ops, _NEEDED, schema)
    return {**head, "actor": actor, "action": action, "why": why, "schema": schema, "ops": ops}
