"""Records that were moved away, or whose right ended: kept for what waits here, never changed."""

from collections.abc import Mapping

from inspector_app.errors import UserError
from inspector_app.ledger.changes import Op
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import Guard
from inspector_app.sync import away

MOVED = "已移送别的县区，本机还有没交出去的改动，只能看，不能改。"
ENDED = "账号已没有这个县区的权限，本机还有没交出去的改动，只能看，不能改。"


def words_of(moved: bool) -> str:
    """What is said of such a record."""
    return MOVED if moved else ENDED


def left_here(view: Rows) -> dict[str, str]:
    """The id of each such record -> what is said of it."""
    return {root: words_of(moved) for (_, root), moved in away.kept(view.connection).items()}


def guarded(view: Rows, guard: Guard | None) -> Guard | None:
    """That guard, which also refuses every change of such a record."""
    kept = left_here(view)
    return _refusing(kept, guard) if kept else guard


def _refusing(kept: Mapping[str, str], guard: Guard | None) -> Guard:
    def look(ops: tuple[Op, ...]) -> None:
        for op in ops:
            if op.root in kept:
                raise UserError(kept[op.root], kind="away")
        if guard is not None:
            guard(ops)

    return look
