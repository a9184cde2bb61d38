"""Takes in what the shared database says: a changeset of its own that is never delivered back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert

from inspector_app.ledger import changes
from inspector_app.ledger.schema.exchange import RECEIVING, sync_in, sync_state
from inspector_app.ledger.unit import Committed, UnitOfWork

if TYPE_CHECKING:
    from inspector_app.ledger.ledger import Ledger

SHARED = "共享库"
RECEIVED = "同步收到"


class Receiving(UnitOfWork):
    """A unit of work whose rows come from the shared database; the guards let them in."""

    def commit(self) -> Committed:
        """Write the changeset, mark it as received and close the gate, in one transaction."""
        self.connection.execute(delete(sync_state).where(sync_state.c.key == RECEIVING))
        return super().commit()

    def _packed(self, packed: changes.Packed) -> None:
        self.connection.execute(insert(sync_in), {"seq": packed.seq})


@contextmanager
def receiving(ledger: "Ledger", at: datetime, *, lasting: bool = True) -> Iterator[Receiving]:
    """One unit of receiving: rolled back, with the open gate, unless `commit()` was called."""
    with ledger.work(RECEIVED, actor=SHARED, at=at, lasting=lasting) as uow:
        uow.connection.execute(insert(sync_state), {"key": RECEIVING, "value": "1"})
        yield Receiving(uow.connection, uow.stamp)
