"""Records that were moved away, or whose right ended: kept for what waits here, never changed."""

from collections.abc import Mapping

from inspector_app.errors import UserError
from inspector_app.ledger.changes import Op
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import Guard
from inspector_app.sync import away

MOVED = "已移送别的县区"
ENDED = "本账号已没有这个县区的权限"
STAYS = "本机还有没交出去的改动，处理完以前只能看，不能改。"


def left_here(view: Rows) -> dict[str, str]:
    """The id of each such record -> why it left."""
    kept = away.kept(view.connection)
    return {root: MOVED if moved else ENDED for (_, root), moved in kept.items()}


def refuse_left(view: Rows, record_id: str) -> None:
    """UserError when it is such a record."""
    if why := left_here(view).get(record_id):
        raise UserError(f"{why}，{STAYS}", kind="away")


def guarded(view: Rows, guard: Guard | None) -> Guard | None:
    """That guard, which also refuses every change of such a record."""
    kept = left_here(view)
    return _refusing(kept, guard) if kept else guard


def _refusing(kept: Mapping[str, str], guard: Guard | None) -> Guard:
    def look(ops: tuple[Op, ...]) -> None:
        for op in ops:
            if op.root in kept:
                raise UserError(f"{kept[op.root]}，{STAYS}", kind="away")
        if guard is not None:
            guard(ops)

    return look
