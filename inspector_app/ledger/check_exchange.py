"""Looks whether the ledger's own account of the exchange is whole: deliveries and what came in."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from inspector_app.ledger.problems import Problem
from inspector_app.ledger.schema.exchange import RECEIVING, sync_conflict, sync_in, sync_out
from inspector_app.ledger.schema.exchange import sync_state as state
from inspector_app.ledger.schema.machinery import changeset

_PLACE = "与共享库的往来"


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
    answered = out.state.in_(("acked", "rejected"))
    for n in connection.scalars(select(out.n).where(answered, out.receipt == "")):
        yield Problem("exchange", _PLACE, f"第 {n} 次上传没有回执")


def received(connection: Connection) -> Iterator[Problem]:
    """Nothing both came in and went out; no gate is left open; resolved conflicts say by whom."""
    both = select(sync_in.c.seq).where(sync_in.c.seq.in_(select(sync_out.c.seq)))
    for seq in connection.scalars(both):
        yield Problem("exchange", f"第 {seq} 步", "从共享库收到的内容又被上传")
    left = select(func.count()).select_from(state).where(state.c.key == RECEIVING)
    if connection.scalar(left):
        yield Problem("exchange", _PLACE, "接收共享库内容的开关没有关上")
    done = sync_conflict.c
    nobody = select(done.id).where(done.state == "resolved", done.resolved_by == "")
    for row_id in connection.scalars(nobody):
        yield Problem("exchange", f"冲突 {row_id}", "已处理的冲突没有写明由谁处理")
