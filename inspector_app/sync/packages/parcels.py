"""What colleagues handed over: kept to be read, carried to the shared database as it came.

Which case it is stands beside, so that it goes when that case is purged.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.exchange import sync_parcel
from inspector_app.sync import memory
from inspector_app.sync.attachments.file_line import PIECE, FileLine

WAITING, DONE = "waiting", "done"
CASES = "parcel_cases"  # id of the parcel -> id of the case, since packages say it
PURGED = "已清除的案件"  # stands for the title while there is something to be carried yet


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


def of_case(connection: Connection, parcel: str, case_id: str) -> None:
    """Note which case a parcel is of."""
    known = memory.get(connection, CASES, {})
    memory.put(connection, CASES, {**known, parcel: case_id})


def find_cases(connection: Connection, ids: Collection[str]) -> None:
    """Cases that are about to go: older parcels say only by their title which one they are of."""
    known = memory.get(connection, CASES, {})
    numbers = select(case.c.id, case.c.case_no).where(
        case.c.id.in_(list(ids)), case.c.case_no != ""
    )
    for case_id, number in connection.execute(numbers).all():
        titled = select(sync_parcel.c.id).where(sync_parcel.c.title == number)
        for parcel in connection.scalars(titled).all():
            if parcel not in known:
                of_case(connection, parcel, case_id)


def purge(ledger: Ledger, store: FileStore, ids: Collection[str], now: datetime) -> None:
    """Of these cases nothing stays to be read; a package not carried yet stays sealed till then.

    It holds all that waited at the colleague's PC, of other cases too, and nobody here can open it.
    """
    with ledger.read() as view:
        cases = memory.get(view.connection, CASES, {})
        gone = [one for one in parcels(ledger) if cases.get(one.id) in ids]
    if not gone:
        return
    for one in gone:
        store.remove(one.copy)
    with ledger.work("移除同事交来的案件", actor=gone[0].who, at=now) as uow:
        blank = update(sync_parcel).where(sync_parcel.c.id.in_([one.id for one in gone]))
        uow.connection.execute(blank.values(title=PURGED, copy=""))
        uow.commit()
    sweep(ledger, store, now)


def sweep(ledger: Ledger, store: FileStore, now: datetime) -> None:
    """Take away what is of a purged case and was carried."""
    over = [one.id for one in parcels(ledger) if not one.copy and one.state == DONE]
    for parcel in over:
        forget(ledger, store, parcel, actor="共享库", at=now)


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
    sweep(ledger, store, now)


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
        cases = memory.get(uow.connection, CASES, {})
        rest = {one: of for one, of in cases.items() if one != parcel}
        memory.put(uow.connection, CASES, rest or None)
        uow.commit()
    for sha256 in (row.copy, row.sealed):
        if sha256:
            store.remove(sha256)
