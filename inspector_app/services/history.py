"""What was done last, and taking it back."""

from inspector_app.errors import UserError
from inspector_app.ledger.history import HistoryEntry
from inspector_app.ledger.unit import Committed
from inspector_app.services.desk import Desk
from inspector_app.services.left_here import guarded
from inspector_app.services.rights import guard_of, roles_of


def undo(desk: Desk, changeset_id: str) -> Committed:
    """Take one action back, as a new action; UserError says why when it cannot be."""
    with desk.ledger.read() as view:
        guard = guarded(view, guard_of(roles_of(view, desk.actor_id), desk.actor_id))
    return desk.ledger.undo(changeset_id, actor=desk.actor, at=desk.now(), guard=guard)


def last_undoable(desk: Desk) -> HistoryEntry | None:
    """The newest action of this user that can still be taken back."""
    return desk.ledger.last_undoable(desk.actor)


def undo_last(desk: Desk) -> tuple[HistoryEntry, Committed]:
    """Take the newest own action back."""
    entry = last_undoable(desk)
    if entry is None:
        raise UserError("没有可以撤销的操作。", kind="state")
    return entry, undo(desk, entry.changeset_id)
