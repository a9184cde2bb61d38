"""Looks whether the ledger's own account of the exchange is whole: deliveries and what came in."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from inspector_app.ledger.problems import Problem
from inspector_app.ledger.purge import PURGED
from inspector_app.ledger.receive import RECEIVED
from inspector_app.ledger.schema.exchange import RECEIVING, sync_conflict, sync_in, sync_out
from inspector_app.ledger.schema.exchange import sync_state as state
from inspector_app.ledger.schema.machinery import change_op, changeset

_PLACE = "与共享库的往来"
NUMBERED = "numbered"  # the last step looked at for deliveries: sync/memory.py
WAIVED = "waived"  # steps that were given up before they had a delivery: sync/held.py


def deliveries(connection: Connection) -> Iterator[Problem]:
    """Every delivery has the next number, a step of the trail, and a receipt once it was given."""
    out = sync_out.c
    query = select(out.n, out.seq, out.ops, out.state, out.receipt).where(out.n > 0)
    for place, row in enumerate(connection.execute(query.order_by(out.n)), 1):
        if row.n != place:
            yield Problem("exchange", _PLACE, f"缺第 {place} 次上传的登记")
            break
    steps = select(changeset.c.seq)
    for n in connection.scalars(select(out.n).where(out.ops == "", out.seq.not_in(steps))):
        yield Problem("exchange", _PLACE, f"第 {n} 次上传找不到对应的操作记录")
    yield from _undelivered(connection)
    answered = out.state.in_(("acked", "rejected"))
    for n in connection.scalars(select(out.n).where(answered, out.receipt == "")):
        yield Problem("exchange", _PLACE, f"第 {n} 次上传没有回执")


def _undelivered(connection: Connection) -> Iterator[Problem]:
    """Own steps up to the one that was looked at last all have a delivery, or they never go out."""
    step, known = changeset.c, select(state.c.value).where(state.c.key == NUMBERED)
    done = int(json.loads(connection.scalar(known) or "0"))
    mine = step.seq.not_in(select(sync_in.c.seq))
    waived = connection.scalar(select(state.c.value).where(state.c.key == WAIVED))
    meant = step.seq.not_in(json.loads(waived or "[]"))
    lost = step.seq.not_in(select(sync_out.c.seq))
    says = step.seq.in_(select(change_op.c.seq))
    for seq in connection.scalars(
        select(step.seq).where(step.seq <= done, mine, lost, says, meant)
    ):
        yield Problem("exchange", f"第 {seq} 步", "没有登记上传，共享库收不到它")


def received(connection: Connection) -> Iterator[Problem]:
    """Nothing both came in and went out; no gate is left open; resolved conflicts say by whom."""
    both = select(sync_in.c.seq).where(sync_in.c.seq.in_(select(sync_out.c.seq)))
    for seq in connection.scalars(both):
        yield Problem("exchange", f"第 {seq} 步", "从共享库收到的内容又被上传")
    names = changeset.c.action.not_in([RECEIVED, PURGED])
    own = select(changeset.c.seq).join(sync_in, sync_in.c.seq == changeset.c.seq).where(names)
    for seq in connection.scalars(own):
        yield Problem("exchange", f"第 {seq} 步", "本机办的事被登记成从共享库收到的，不会上传")
    left = select(func.count()).select_from(state).where(state.c.key == RECEIVING)
    if connection.scalar(left):
        yield Problem("exchange", _PLACE, "接收共享库内容的开关没有关上")
    done = sync_conflict.c
    nobody = select(done.id).where(done.state == "resolved", done.resolved_by == "")
    for row_id in connection.scalars(nobody):
        yield Problem("exchange", f"冲突 {row_id}", "已处理的冲突没有写明由谁处理")
