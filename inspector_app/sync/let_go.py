"""What somebody gave up here of what the shared database did not take: who, when and why.

Kept on this PC: the shared database never had it. What it changed is read from the trail.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.exchange import sync_out
from inspector_app.ledger.schema.machinery import change_op, changeset
from inspector_app.sync import memory, outbox, outgoing
from inspector_app.sync.conflicts import Refused

GIVEN_UP = "given_up"
MOST = 500  # the latest; older ones are in the trail without their reason
DECISION = "处理冲突"
_STUCK = (outbox.REJECTED, outbox.HELD)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A set that will never be delivered; `was` says what it changed."""

    was: Refused
    case_no: str
    by: str
    at: str
    reason: str


def stuck(connection: Connection) -> dict[str, Row[Any]]:
    """By id what was refused or may not go out: what is not there afterwards was given up."""
    return {row.id: row for row in outbox.rows(connection, *_STUCK)}


def remember(
    connection: Connection, before: Mapping[str, Row[Any]], *, by: str, at: str, reason: str
) -> None:
    """Keep who gave up what is no longer stuck, and why."""
    still = set(connection.scalars(select(sync_out.c.id).where(sync_out.c.state.in_(_STUCK))))
    said = {"by": by, "at": at, "reason": reason.strip()}
    fresh = [_entry(connection, row) | said for one, row in before.items() if one not in still]
    if fresh:
        known: list[Any] = memory.get(connection, GIVEN_UP, [])
        memory.put(connection, GIVEN_UP, [*known, *fresh][-MOST:])


def _entry(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    ops = json.loads(row.ops) if row.ops else outgoing.ops_of(connection, row)
    why = json.loads(row.receipt).get("why", "") if row.receipt else ""
    place = {"n": row.n, "seq": row.seq, "first": row.first, "last": row.last}
    roots = sorted({op["root"] for op in ops if "root" in op})
    # A set that moved to another scope has other words than the trail: those of its first one.
    known = connection.scalar(select(case.c.case_no).where(case.c.id.in_(roots)).limit(1))
    told = {"scope": "" if row.ops else row.scope, "why": why, "case_no": known or ""}
    return place | told | {"roots": roots}


def given_up(connection: Connection, root_id: str = "") -> list[GivenUp]:
    """What was given up, the latest first; of one aggregate when it is named."""
    known = reversed(memory.get(connection, GIVEN_UP, []))
    return [_told(connection, one) for one in known if not root_id or root_id in one["roots"]]


def _told(connection: Connection, one: Mapping[str, Any]) -> GivenUp:
    query = select(changeset.c.action).where(changeset.c.seq == one["seq"])
    action = connection.scalar(query) or DECISION
    places = change_op.c.n.between(one["first"], one["last"])
    texts = connection.scalars(
        select(change_op.c.op).where(change_op.c.seq == one["seq"], places).order_by("n")
    )
    ops = [json.loads(text) for text in texts]
    ops = [op for op in ops if one["scope"] in ("", op.get("scope"))]
    was = Refused(one["n"], one["scope"], action, one["at"], one["why"], tuple(ops))
    return GivenUp(was, one["case_no"], one["by"], one["at"], one["reason"])
