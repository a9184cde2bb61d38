"""The end of personal data on this PC: rows, the trail's words, stored files."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from inspector_app.ledger import purge
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.receive import SHARED
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.exchange import RECEIVING, sync_state
from inspector_app.sync import memory
from inspector_app.sync.apply import Root, remove_roots
from inspector_app.sync.packages import parcels
from inspector_app.sync.talk import Talk

KIND, WAITING = "purged", "purged"  # kind of an exit; what is remembered until it is done
WHY = "共享库清除"


def remember(connection: Connection, exits: Any) -> None:
    """Note what was purged: its rows leave first, then the trail is rewritten (finish)."""
    _remember(connection, [(root_type, root) for root_type, root, kind in exits if kind == KIND])


def _remember(connection: Connection, roots: Collection[Root]) -> None:
    if roots:
        known = memory.get(connection, WAITING, [])
        parcels.find_cases(connection, [root for _, root in roots])
        fresh = [list(one) for one in roots if list(one) not in known]
        memory.put(connection, WAITING, [*known, *fresh])


def follow(talk: Talk) -> None:
    """What the shared database purged goes here too."""
    store = talk.files.store if talk.files is not None else None
    finish(talk.ledger, store, actor=SHARED, at=talk.now(), why=WHY)


def begin(ledger: Ledger, roots: Collection[Root], *, actor: str, at: datetime, why: str) -> None:
    """Take aggregates away that are over, in a ledger of its own; `finish` does the rest."""
    with ledger.work(purge.PURGED, actor=actor, at=at, why=why) as uow:
        gate = sync_state.c.key == RECEIVING  # issued papers go with their case
        uow.connection.execute(insert(sync_state), {"key": RECEIVING, "value": "1"})
        _remember(uow.connection, roots)
        remove_roots(uow.connection, roots)
        uow.connection.execute(delete(sync_state).where(gate))
        uow.commit()


def finish(ledger: Ledger, store: FileStore | None, *, actor: str, at: datetime, why: str) -> None:
    """Rewrite the trail of what is gone by now, and take away files nobody names any more.

    What somebody here is still at (changes on their way) waits until that is decided. Cut short it
    is done again: what was rewritten is not rewritten twice.
    """
    with ledger.read() as view:
        waiting = memory.get(view.connection, WAITING, [])
        ready = [one for one in waiting if not _here(view.connection, *one)]
    if not ready:
        return
    done = purge.scrub(ledger, {root for _, root in ready}, actor=actor, at=at, why=why)
    if store is not None:
        for sha256 in done.files:
            store.remove(sha256)
        parcels.purge(ledger, store, {root for _, root in ready}, at)
    with ledger.work("同步", actor=actor, at=at) as uow:
        rest = [one for one in memory.get(uow.connection, WAITING, []) if one not in ready]
        memory.put(uow.connection, WAITING, rest or None)
        uow.commit()


def _here(connection: Connection, root_type: str, root: str) -> bool:
    table = metadata.tables[root_type]
    return connection.scalar(select(table.c.id).where(table.c.id == root)) is not None


def is_shared(ledger: Ledger) -> bool:
    """Whether this ledger exchanges: then only the shared database purges."""
    with ledger.read() as view:
        return bool(memory.cursors(view.connection))
