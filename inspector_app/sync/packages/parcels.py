"""What colleagues handed over: kept to be read, carried to the shared database as it came."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema.exchange import sync_parcel
from inspector_app.sync.attachments.file_line import PIECE, FileLine

WAITING, DONE = "waiting", "done"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A colleague's case: `copy` is the hash of the PDF to read."""

    id: str
    who: str
    title: str
    at: str
    copy: str
    state: str


def parcels(ledger: Ledger) -> list[Parcel]:
    """All of them, newest first."""
    with ledger.read() as view:
        rows = view.connection.execute(select(sync_parcel).order_by(sync_parcel.c.at.desc()))
        return [Parcel(r.id, r.who, r.title, r.at, r.copy, r.state) for r in rows]


def carry(ledger: Ledger, line: FileLine, store: FileStore, me: str, now: datetime) -> None:
    """Bring what is not there yet to the shared database; it goes on where it was cut."""
    with ledger.read() as view:
        query = select(sync_parcel.c.id, sync_parcel.c.sealed).where(sync_parcel.c.state != DONE)
        waiting = view.connection.execute(query).all()
    for parcel, sealed in waiting:
        try:
            data = store.get(sealed)
        except OutsideError:
            continue  # lost here: who handed it over still has it
        if _carried(line, parcel, data):
            with ledger.work("同步", actor=me, at=now) as uow:
                done = update(sync_parcel).where(sync_parcel.c.id == parcel)
                uow.connection.execute(done.values(state=DONE))
                uow.commit()


def _carried(line: FileLine, parcel: str, data: bytes) -> bool:
    start = 0
    while start < len(data):
        have = line.parcel_put(parcel, len(data), start, data[start : start + PIECE])
        if have < 0 or (have == start and start > 0):
            return False
        start = have
    return True


def forget(ledger: Ledger, store: FileStore, parcel: str, *, actor: str, at: datetime) -> None:
    """Take a colleague's case away from this PC: copy and package; UserError while it is needed."""
    with ledger.work("移除同事交来的案件", actor=actor, at=at) as uow:
        row = uow.connection.execute(
            select(sync_parcel).where(sync_parcel.c.id == parcel)
        ).one_or_none()
        if row is None:
            raise UserError("没有找到这份同事交来的案件。", field="id", kind="not_found")
        if row.state == WAITING:
            message = "其中的改动还没有带给共享库，请先联网同步，或者随本机的数据包带出。"
            raise UserError(message, field="id", kind="state")
        uow.connection.execute(delete(sync_parcel).where(sync_parcel.c.id == parcel))
        uow.commit()
    for sha256 in (row.copy, row.sealed):
        store.remove(sha256)
