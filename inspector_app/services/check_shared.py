"""Whether the shared history is the one this PC knows: computed here, link by link."""

from collections.abc import Callable

from inspector_app.errors import UserError
from inspector_app.ledger.check import Problem
from inspector_app.services.desk import Desk
from inspector_app.services.home import county_name
from inspector_app.services.server_words import WHAT
from inspector_app.sync import memory, outbox
from inspector_app.sync.health import Linked, compute

__all__ = ["Linked"]


def check_shared(
    desk: Desk,
    line: Linked,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Problem]:
    """Compute the chain of every scope this PC follows from its beginning.

    It must pass through the place this PC has synced to, and hold every set it has a receipt of.
    What was sent or received while this runs is not looked for. Empty when all is well; stopped,
    it tells what was found until then, or UserError when that is nothing.
    """
    with desk.ledger.read() as view:
        cursors = memory.cursors(view.connection)
        own = {scope: outbox.receipts(view.connection, scope) for scope in cursors}
    found: list[Problem] = []
    for done, (scope, cursor) in enumerate(sorted(cursors.items())):
        progress(done, len(cursors))
        where = county_name(desk, scope)
        try:
            broken = compute(line, scope, cursor, own[scope], cancelled)
        except UserError:
            if not found:
                raise
            break
        found.extend(
            Problem("shared", f"共享库 {where} 第 {bad.seq} 组", WHAT[bad.what]) for bad in broken
        )
    return found
