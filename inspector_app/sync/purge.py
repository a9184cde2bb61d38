"""What the shared database purged goes here too: rows, the trail's words, stored files."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from inspector_app.ledger import purge
from inspector_app.ledger.receive import SHARED
from inspector_app.ledger.schema import metadata
from inspector_app.sync import memory

if TYPE_CHECKING:
    from inspector_app.sync.exchange import Exchange

KIND, WAITING = "purged", "purged"  # kind of an exit; what is remembered until it is done
WHY = "共享库清除"


def remember(connection: Connection, exits: Any) -> None:
    """Note what was purged: its rows leave first, then the trail is rewritten (finish)."""
    told = [[root_type, root] for root_type, root, kind in exits if kind == KIND]
    if told:
        known = memory.get(connection, WAITING, [])
        memory.put(connection, WAITING, [*known, *(one for one in told if one not in known)])


def finish(exchange: "Exchange") -> None:
    """Rewrite the trail of what is gone by now, and take away files nobody names any more.

    What somebody here is still at (changes on their way) waits until that is decided. Cut short it
    is done again: what was rewritten is not rewritten twice.
    """
    ledger = exchange.ledger
    with ledger.read() as view:
        waiting = memory.get(view.connection, WAITING, [])
        ready = [one for one in waiting if not _here(view.connection, *one)]
    if not ready:
        return
    done = purge.scrub(
        ledger, {root for _, root in ready}, actor=SHARED, at=exchange.now(), why=WHY
    )
    with ledger.work("同步", actor=SHARED, at=exchange.now()) as uow:
        rest = [one for one in memory.get(uow.connection, WAITING, []) if one not in ready]
        memory.put(uow.connection, WAITING, rest or None)
        uow.commit()
    if exchange.files is not None:
        for sha256 in done.files:
            exchange.files.store.remove(sha256)


def _here(connection: Connection, root_type: str, root: str) -> bool:
    table = metadata.tables[root_type]
    return connection.scalar(select(table.c.id).where(table.c.id == root)) is not None
