"""The desk an inspector sits at: ledger, library, fonts and files, and what day it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.library.loading import Library
from inspector_app.papers.fonts import FontSet
from inspector_app.services.left_here import guarded
from inspector_app.services.rights import guard_of, roles_of


@dataclass(frozen=True)
class Desk:
    """What every use case gets as its first argument; `fonts` loads on first use (slow)."""

    ledger: Ledger
    library: Library
    files: FileStore
    fonts: Callable[[], FontSet]
    today: Callable[[], date]
    now: Callable[[], datetime]
    city: str
    actor: str = "未署名"
    actor_id: str | None = None
    demo: bool = False
    account_id: str = ""  # of who logged in with a password; "" where none is asked
    rules_problem: str = ""  # why an accepted rule pack is not in use, to be told at the start

    @contextmanager
    def work(self, action: str, why: str = "") -> Iterator[UnitOfWork]:
        """One user action: data change and changeset in one transaction, if the roles allow it."""
        with self.ledger.work(action, actor=self.actor, at=self.now(), why=why) as uow:
            uow.guard = guarded(uow, guard_of(roles_of(uow, self.actor_id), self.actor_id))
            yield uow
