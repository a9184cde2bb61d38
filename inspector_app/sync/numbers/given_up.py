"""Numbers of a refused step that somebody gives up: they may be on paper, so they end as void.

The shared database still has such a number on lease to this PC. Were its entry let go with the
rest of the step, the next exchange would bring the number back as free, and it would be printed a
second time. So the entry stays, void with the reason, and is told to the shared database as that:
by a set of its own, queued in the transaction of the choice, so that nothing can come between.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from inspector_app.domain.papers import NumberState
from inspector_app.ledger.schema.exchange import sync_out
from inspector_app.ledger.schema.machinery import change_op
from inspector_app.ledger.schema.papers import number_entry as entry
from inspector_app.sync import away, outbox
from inspector_app.sync.wire import WireOp

UNTOLD = "没有交到共享库，已放弃"
NOT_OURS = "number_not_leased"
_VOID = NumberState.VOID.value


def keep_numbers(connection: Connection, row: Row[Any], ops: Sequence[WireOp], why: str) -> None:
    """Make void what the given-up set `row` entered, or what bears nothing without it.

    `row` was refused, or is held because a right ended: then what is told is held as well. A number
    the shared database says is another's goes with its set: it cannot become free here.
    """
    reason = f"{UNTOLD}：{why.strip()}" if why.strip() else UNTOLD
    said = [op for op in ops if op.get("t") == entry.name]
    own = [op for op in said if op["k"] == "ins"]
    refusal = json.loads(row.receipt).get("why") if row.receipt else ""
    if not (len(own) == 1 and refusal == NOT_OURS):
        for op in own:  # each by itself: one that is refused again does not hold up the others
            _tell(connection, row, _as_void(op, reason))
            _make_void(connection, op, reason)
    for op in (op for op in said if _uses(op) and _is_told(connection, op["id"])):
        _tell(connection, row, _as_void(op, reason))
        _make_void(connection, op, reason)
    for op in _entered_elsewhere(connection, row, ops):
        _make_void(connection, op, reason)


def _uses(op: WireOp) -> bool:
    """Whether a number that was reserved for a draft is used now: the page has been printed."""
    return op["k"] == "upd" and bool(op["c"].get("state", ("", ""))[1] == NumberState.ISSUED.value)


def _is_told(connection: Connection, entry_id: str) -> bool:
    """Whether the shared database has the entry, and it is not void yet."""
    query = select(entry.c.id).where(entry.c.id == entry_id, entry.c.row_rev > 0)
    return connection.execute(query.where(entry.c.state != _VOID)).first() is not None


def _tell(connection: Connection, row: Row[Any], op: WireOp) -> None:
    n = outbox.queue_ops(connection, row.scope, [op], row.at, seq=row.seq)
    if row.state == outbox.HELD:
        lowest = connection.scalar(select(func.min(sync_out.c.n))) or 0
        values = {"n": min(lowest, 0) - 1, "state": outbox.HELD}
        connection.execute(update(sync_out).where(sync_out.c.n == n).values(values))


def _as_void(op: WireOp, reason: str) -> WireOp:
    """The entry as it is told: void, unless it was void with a reason of its own.

    A reserved number stays with its draft, so that whoever has that now does not print it again.
    """
    if op["k"] == "upd":
        before = op["c"].get("reason", [op["gb"].get("reason")])[0]
        said = {"state": [op["c"]["state"][0], _VOID], "reason": [before, reason]}
        base = {name: value for name, value in op["gb"].items() if name not in said}
        return {**op, "c": said, "gb": base}
    if op["c"]["state"][1] == _VOID:
        return op
    said = {"state": [None, _VOID], "paper_id": [None, None], "reason": [None, reason]}
    return {**op, "c": {**op["c"], **said}}


def _make_void(connection: Connection, op: WireOp, reason: str) -> None:
    """Here as well, as a change like any other: while it waits no whole pull takes the entry.

    Not where the right to the register ended: what is told waits here until there is one again.
    """
    if (entry.name, op["id"]) in away.kept(connection):
        return
    values = {"state": _VOID, "reason": reason} | ({"paper_id": None} if op["k"] == "ins" else {})
    where = (entry.c.id == op["id"], entry.c.state != _VOID)
    connection.execute(update(entry).where(*where).values(values))


def _entered_elsewhere(
    connection: Connection, row: Row[Any], ops: Sequence[WireOp]
) -> Iterator[WireOp]:
    """Entries of the same step that went in another set, for what is given up now.

    The register of the city is one scope, the case another: the shared database may have taken the
    number and refused the paper. An entry whose own set was refused is decided with that set.
    """
    bearers = {op["id"] for op in ops if op["k"] == "ins" or op.get("t") == "paper"}
    query = select(change_op.c.n, change_op.c.op).where(change_op.c.seq == row.seq)
    for n, text in connection.execute(query.where(change_op.c.t == entry.name)).all():
        op = json.loads(text)
        bearer = op["c"].get("paper_id", [None, op["gb"].get("paper_id")])[1]
        if not (op["k"] == "ins" or _uses(op)) or bearer not in bearers:
            continue
        taken = (sync_out.c.seq == row.seq, sync_out.c.scope == op["scope"], sync_out.c.ops == "")
        at = (sync_out.c.first <= n, sync_out.c.last >= n)
        waits = sync_out.c.state.not_in((outbox.REJECTED, outbox.DROPPED))
        if connection.execute(select(sync_out.c.n).where(*taken, *at, waits)).first():
            yield op
