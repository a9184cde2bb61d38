"""Packages this PC makes: all that waits for the shared database, or a case for a colleague."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.schema import BUSINESS, is_root
from inspector_app.ledger.schema.exchange import sync_out, sync_parcel
from inspector_app.sync import belonging, memory, outbox, outgoing, wire
from inspector_app.sync.attachments import file_names as names
from inspector_app.sync.attachments.file_line import PIECE, Named
from inspector_app.sync.attachments.file_policy import FilePost
from inspector_app.sync.greeting import APP, SCHEMA, SINCE
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.lease_round import NumberPost
from inspector_app.sync.packages import own_keys
from inspector_app.sync.packages.cards import Card
from inspector_app.sync.packages.sealed import Record, seal

TO_SERVER, ANSWER, HAND_OVER = "to_server", "answer", "hand_over"
SERIAL = "file_serial"
MOST_WANTED = 2000
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A package as it was written: sets of changes, files with their bytes, parcels carried on."""

    path: Path
    id: str
    sets: int
    files: int
    bytes: int
    parcels: int


@dataclass(frozen=True, slots=True)
class _Load:
    """What goes along, read before the first byte is written."""

    manifest: dict[str, Any]
    last: int  # the highest number that goes
    files: tuple[names.NamedFile, ...]
    parcels: tuple[tuple[str, str, int], ...]  # id, hash, size


def to_server(
    ledger: Ledger,
    post: FilePost,
    out: Path,
    *,
    now: datetime,
    account: str = "",
    tell: Tell = lambda _done, _total: None,
    numbers: NumberPost | None = None,
) -> Made:
    """Everything queued: changes, files, parcels of colleagues. The queue stays until a receipt."""
    with ledger.work("导出数据包", actor=account or "同步", at=now) as uow:
        me = own_keys.account(uow.connection, account)
        memory.put(uow.connection, own_keys.ACCOUNT, me)
        keys, server = own_keys.own(uow.connection), own_keys.of_server(uow.connection)
        serial = int(memory.get(uow.connection, SERIAL, 0)) + 1
        memory.put(uow.connection, SERIAL, serial)
        uow.commit()
    _number_all(ledger, now)
    load = _load(ledger, post, me, serial, now, numbers)
    sent = [0, 0, 0]
    records = _records(ledger, post.store, load, sent, tell)
    package = seal(out, TO_SERVER, records, keys, server.box)
    with ledger.work("导出数据包", actor=me, at=now) as uow:
        for parcel, _, _ in load.parcels:
            where = (sync_parcel.c.id == parcel, sync_parcel.c.state == "waiting")
            uow.connection.execute(update(sync_parcel).where(*where).values(state="carried"))
        uow.commit()
    return Made(out, package, sent[0], sent[1], sent[2], len(load.parcels))


def _number_all(ledger: Ledger, now: datetime) -> None:
    """Give what is not numbered yet its delivery numbers."""
    more = True
    while more:
        with ledger.work("导出数据包", actor="同步", at=now) as uow:
            scopes = _scopes(uow.connection)
            more = outbox.number(uow.connection, outbox.Sendable(scopes, SCHEMA, SINCE))
            uow.commit()


def _scopes(connection: Connection) -> set[str]:
    """Scopes known from an exchange; before the first one all that stand here."""
    known = set(memory.cursors(connection))
    if known:
        return known
    for table in BUSINESS:
        if is_root(table):
            known.update(connection.scalars(select(table.c.scope).distinct()))
    return known


def _load(
    ledger: Ledger, post: FilePost, me: str, serial: int, now: datetime, numbers: NumberPost | None
) -> _Load:
    with ledger.read() as view:
        connection = view.connection
        every = names.every_file(connection, post.store)
        found = names.known(connection, every)
        there = {named for named, row in found.items() if row.state == names.AT_THE_SERVER}
        here = {one.named: post.store.has(one.sha256) for one in every}
        own = names.own_roots(connection, post.policy.person)
        wants = [
            list(one.named)
            for one in every
            if not here[one.named]
            and (post.policy.takes(one, one.size, own) or _wanted(found, one.named))
        ]
        doc = {"app": APP, "protocol": wire.PROTOCOL, "schema": SCHEMA}
        doc |= {"now": now.astimezone().isoformat(), "acked": outbox.last_acked(connection)}
        doc |= {"waiting": outbox.waiting(connection), **memory.station(connection)}
        doc |= belonging.said(connection, demo=False)  # whoever takes a package in sees what it is
        whole = memory.of_scopes(connection, memory.REPULL)  # those are to come from the beginning
        known = memory.cursors(connection)
        doc["cursors"] = {scope: list(at) for scope, at in known.items() if not whole.get(scope)}
        manifest = {"me": me, "device": memory.device(connection), "serial": serial, "doc": doc}
        manifest["wants"] = wants[:MOST_WANTED]
        manifest |= _numbers(view, numbers)
        waiting = select(sync_parcel.c.id, sync_parcel.c.sealed, sync_parcel.c.size)
        parcels = connection.execute(waiting.where(sync_parcel.c.state != "done")).all()
        return _Load(
            manifest, outbox.highest(connection),
            tuple(one for one in every if here[one.named] and one.named not in there),
            tuple((row.id, row.sealed, row.size) for row in parcels),
        )  # fmt: skip


def _numbers(view: Rows, numbers: NumberPost | None) -> dict[str, Any]:
    """Numbers used before this PC joined, those that go back, and what is to be held here."""
    connection = view.connection
    scopes = _scopes(connection)
    used = leases.used(connection, scopes, every_one=True)
    mode = leases.mode(connection) or leases.LEASED
    wanted = numbers.stock(view, frozenset(scopes), mode).wanted if numbers is not None else {}
    back = leases.returning(connection)
    return {
        "used": [[*series, pairs] for series, pairs in used.items()],
        "was": str(memory.get(connection, memory.WAS, "")),
        "returning": [[*series, nos, why] for (series, why), nos in back.items()],
        "stock": [[*series, count] for series, count in sorted(wanted.items())],
        "last": memory.get(connection, "last"),
    }


def _wanted(found: Mapping[Named, Any], named: Named) -> bool:
    row = found.get(named)
    return row is not None and bool(row.wanted)


def _records(
    ledger: Ledger, store: FileStore, load: _Load, sent: list[int], tell: Tell
) -> Iterator[Record]:
    total = len(load.files) + len(load.parcels) + 1
    yield load.manifest
    for sets in _sets(ledger, load.last):
        sent[0] += len(sets)
        yield {"sets": sets}
    for done, one in enumerate(load.files, 1):
        tell(done, total)
        try:
            data = store.get(one.sha256)
        except OutsideError:
            continue  # damaged here: the check names it, the others go
        sent[1] += 1
        sent[2] += len(data)
        yield from file_records(one.named, data)
    for parcel, sha256, _ in load.parcels:
        data = store.get(sha256)
        yield {"parcel": parcel, "size": len(data)}
        yield from pieces(data)


def _sets(ledger: Ledger, last: int) -> Iterator[list[dict[str, Any]]]:
    """The queued deliveries up to a number, a call's worth at a time."""
    after = 0
    while True:
        with ledger.read() as view:
            query = select(sync_out).where(sync_out.c.state == outbox.QUEUED)
            query = query.where(sync_out.c.n > after, sync_out.c.n <= last).order_by(sync_out.c.n)
            rows = view.connection.execute(query.limit(wire.SETS_A_CALL)).all()
            sets = [outgoing.set_of(view.connection, row, SCHEMA) for row in rows]
        if not sets:
            return
        yield sets
        after = rows[-1].n


def file_records(named: Named, data: bytes) -> Iterator[Record]:
    """A file as it stands in a package."""
    yield {"file": list(named), "size": len(data)}
    yield from pieces(data)


def pieces(data: bytes) -> Iterator[bytes]:
    """Bytes as records."""
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]


def hand_over(
    ledger: Ledger,
    post: FilePost,
    out: Path,
    colleague: Card,
    *,
    title: str,
    case_id: str,
    copy: bytes,
    now: datetime,
    name: str,
    account: str = "",
    numbers: NumberPost | None = None,
) -> Made:
    """A case for a colleague: a copy to read, and all that waits here, to be carried on.

    The colleague's PC cannot open what is meant for the shared database, nor change its author:
    so nothing is confirmed twice, and numbers stay where they were leased.
    """
    inner = out.with_name(f"{out.name}.inner.part")
    try:
        made = to_server(ledger, post, inner, now=now, account=account, numbers=numbers)
        sealed = inner.read_bytes()
    finally:
        inner.unlink(missing_ok=True)
    with ledger.work("交给同事", actor=name, at=now) as uow:
        keys = own_keys.own(uow.connection)
        uow.commit()
    digest = hashlib.sha256(sealed).hexdigest()

    def records() -> Iterator[Record]:
        yield {"title": title, "case": case_id, "who": name, "at": now.isoformat()}
        yield {"copy": hashlib.sha256(copy).hexdigest(), "size": len(copy)}
        yield from pieces(copy)
        yield {"parcel": digest, "size": len(sealed)}
        yield from pieces(sealed)

    package = seal(out, HAND_OVER, records(), keys, colleague.box)
    return Made(out, package, made.sets, made.files, made.bytes, 1)


def choose_colleague(connection: Connection, name: str) -> Card:
    """A colleague by name or login; UserError when no card of theirs was taken in."""
    found = [
        one
        for one in own_keys.people(connection).values()
        if name in (one.name, one.account, one.sign)
    ]
    if len(found) != 1:
        message = f"没有“{name}”的名片，请先让对方导出名片，在本机导入。"
        if found:
            message = f"有 {len(found)} 张“{name}”的名片，请写登录名。"
        raise UserError(message, field="to", kind="not_found")
    return found[0]
