"""Packages this PC takes in: the answer of the shared database, or a case from a colleague.

An answer is an exchange that was written down: the same receipts, the same pages, read by the same
code. An older one, or the same one twice, changes nothing that is newer.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema.exchange import sync_out, sync_parcel
from inspector_app.sync import belonging, memory, outbox
from inspector_app.sync.attachments import file_names as names
from inspector_app.sync.attachments.file_line import Named
from inspector_app.sync.numbers import leases
from inspector_app.sync.packages import own_keys, parcels
from inspector_app.sync.packages.file_out import ANSWER, HAND_OVER
from inspector_app.sync.packages.sealed import Opened, Record
from inspector_app.sync.pull import Puller
from inspector_app.sync.talk import Talk
from inspector_app.sync.transport import Hello, Page

ANSWERED = memory.FILE_ANSWERED


@dataclass(slots=True)
class Taken:
    """What an import did; `old`: it was known, or something newer is here already."""

    kind: str
    receipts: int = 0
    refused: int = 0
    received: int = 0
    disputed: int = 0
    files: int = 0
    old: bool = False
    again: tuple[str, ...] = ()  # scopes whose pages do not fit: export once more
    title: str = ""
    who: str = ""
    known: bool = True  # whether the signer's card was taken in before


class _WrittenDown:
    """Plays the pages of an answer to the code that pulls."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self._turn: dict[str, Iterator[Page]] = {}

    def pull(self, scope: str, *_place: Any) -> Page:
        """The next page of a scope; the first again when somebody starts anew."""
        turn = self._turn.get(scope)
        page = next(turn, None) if turn is not None else None
        if page is None:
            self._turn[scope] = turn = self._pages(scope)
            page = next(turn)
        return page

    load = pull  # an answer has one form of pages

    def _pages(self, scope: str) -> Iterator[Page]:
        for record in self.opened.records():
            if isinstance(record, dict) and record.get("page_of") == scope:
                yield Page.of(record["page"])

    def __getattr__(self, name: str) -> Any:
        raise OutsideError("这一步要联网才能做。", kind="connection")


class _Playing(Puller):
    """Takes the scopes of an answer, and no decision a greeting would lead to."""

    def bring(self, scopes: Sequence[str]) -> None:
        self._look()
        for scope in scopes:
            self._turn(scope)
        if self.moved:
            self._look()
        self._leave()

    def _turn(self, scope: str) -> None:
        whole = bool(self._of(memory.REPULL, scope))
        base = 0 if whole else self.cursors.get(scope, (0, ""))[0]
        self._pages(scope, base, (base + 1, ""), set() if whole else None)


class Answer:
    """One answer of the shared database, taken in."""

    def __init__(
        self,
        ledger: Ledger,
        store: FileStore,
        opened: Opened,
        now: Callable[[], datetime],
        tell: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.ledger, self.store, self.opened, self.now = ledger, store, opened, now
        self.said = _manifest(opened)
        self.taken = Taken(ANSWER)
        line: Any = _WrittenDown(opened)
        self.talk = Talk(
            ledger, line, now=now, cancelled=cancelled, progress=lambda p: tell(p.done, p.total)
        )

    def take(self) -> Taken:
        """Receipts, pages, files, in this order; each step is one transaction."""
        hello = Hello.of(self.said["hello"])
        self._ours(hello)
        self.talk.report.me = hello.me
        newest = self._receipts(hello)
        scopes = self._fitting(hello) if newest else []
        if scopes:
            _Playing(self.talk, hello).bring(scopes)
        self._files()
        self._kept()
        report = self.talk.report
        self.taken.received, self.taken.disputed = report.received, report.disputed
        self.taken.old = not newest
        return self.taken

    def _ours(self, hello: Hello) -> None:
        with self.ledger.read() as view:
            server = own_keys.of_server(view.connection)
            device = memory.device(view.connection)
            elsewhere = belonging.elsewhere(view.connection, hello)
        if self.opened.signer != server.sign:
            message = "这个数据包不是本机认识的共享库做的，什么都没有导入。请与管理员核对指纹。"
            raise UserError(message, field="file", kind="unknown_signer")
        if self.said["device"] != device:
            message = "这个回执是给另一台电脑，或者给本机旧台账的。请重新导出一次。"
            raise UserError(message, field="file", kind="other_device")
        if elsewhere is not None:
            raise elsewhere

    def _receipts(self, hello: Hello) -> bool:
        """Keep the receipts; whether this is the newest answer."""
        with self.ledger.work("导入数据包", actor=hello.me, at=self.now()) as uow:
            connection = uow.connection
            for one in self.said["receipts"]:
                self._receipt(connection, hello, one)
            serial = int(self.said["serial"])
            newest = serial > int(memory.get(connection, ANSWERED, 0))
            if newest:
                self._restored(connection, hello)
                memory.put(connection, memory.PROVEN, hello.proofs)
                belonging.learn(connection, hello)
                self._numbers(connection, hello)
            uow.commit()
        return newest

    def _receipt(self, connection: Connection, hello: Hello, one: Mapping[str, Any]) -> None:
        receipt = dict(one["receipt"])
        word = receipt["s"]
        query = select(sync_out.c.state).where(sync_out.c.n == receipt["n"])
        state = connection.scalar(query.where(sync_out.c.id == one["id"]))
        if state != outbox.QUEUED:
            return  # known, or of a queue that was numbered anew
        if word == "id_reused":
            outbox.rename(connection, receipt["n"])
        elif word in ("ok", "rejected"):
            head = hello.scopes.get(one["scope"])
            outbox.settle(connection, one["id"], {**receipt, "head": head.seq if head else 0})
            self.taken.receipts += word == "ok"
            self.taken.refused += word == "rejected"

    def _restored(self, connection: Connection, hello: Hello) -> None:
        """A server put back to an older state: what it forgot goes with the next package."""
        if self.said["acked"] > hello.last_n:
            outbox.requeue(connection, hello.last_n)
        for scope in hello.forked:
            memory.put_of_scope(connection, memory.REPULL, scope, True)

    def _numbers(self, connection: Connection, hello: Hello) -> None:
        """Numbers on lease, unless an exchange over the line came between: that knew better."""
        memory.put(connection, leases.MODE, hello.numbers or None)
        if self.said["last"] != memory.get(connection, "last"):
            return
        for scope, series, year, nos, _ in self.said["returned"]:
            leases.forget(connection, (scope, series, year), nos)
        at = self.now().isoformat()
        for scope, series, year, nos in self.said["leases"]:
            leases.keep(connection, (scope, series, year), nos, self.said["device"], at)

    def _fitting(self, hello: Hello) -> list[str]:
        """Scopes whose pages bring something and fit to what is known here."""
        found: list[str] = []
        again: list[str] = []
        with self.ledger.read() as view:
            cursors = memory.cursors(view.connection)
            repull = memory.of_scopes(view.connection, memory.REPULL)
            for scope, base in self.said["pages"].items():
                head = hello.scopes[scope].seq
                at = 0 if repull.get(scope) else cursors.get(scope, (0, ""))[0]
                if at >= head or _acked(view.connection, scope) > head:
                    continue
                (found if base <= at else again).append(scope)
        self.taken.again = tuple(again)
        return found

    def _files(self) -> None:
        for named, data in files_in(self.opened.records()):
            if hashlib.sha256(data).hexdigest() != named[1]:
                continue  # signed, so it was wrong there: it is asked for again
            self.store.put(data)
            self._mark(named, len(data))
            self.taken.files += 1

    def _kept(self) -> None:
        now = self.now()
        with self.ledger.work("导入数据包", actor=self.talk.report.me, at=now) as uow:
            for root, sha256, size in self.said["kept"]:
                names.remember(uow.connection, (root, sha256), names.AT_THE_SERVER, size=size)
            for parcel in self.said["parcels"]:
                done = update(sync_parcel).where(sync_parcel.c.id == parcel)
                uow.connection.execute(done.values(state="done"))
            known = int(memory.get(uow.connection, ANSWERED, 0))
            memory.put(uow.connection, ANSWERED, max(known, int(self.said["serial"])))
            uow.commit()
        parcels.sweep(self.ledger, self.store, now)

    def _mark(self, named: Named, size: int) -> None:
        now = self.now()
        with self.ledger.work("导入数据包", actor=self.talk.report.me, at=now) as uow:
            names.remember(uow.connection, named, names.AT_THE_SERVER, size=size)
            uow.commit()


def _acked(connection: Connection, scope: str) -> int:
    """The place in a scope's history up to which our own sets were confirmed."""
    seq = func.json_extract(sync_out.c.receipt, "$.seq")
    query = select(func.max(seq)).where(sync_out.c.scope == scope, sync_out.c.state == outbox.ACKED)
    return connection.scalar(query) or 0


def _manifest(opened: Opened) -> dict[str, Any]:
    first = next(opened.records(), None)
    if not isinstance(first, dict):
        raise UserError(f"“{opened.path.name}”里没有内容。", field="file", kind="damaged")
    return first


def files_in(records: Iterator[Record]) -> Iterator[tuple[Named, bytes]]:
    """The files of a package, each whole."""
    for head, data in blocks(records):
        if "file" in head:
            yield (head["file"][0], head["file"][1]), data


def blocks(records: Iterator[Record]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Each JSON record with the bytes behind it."""
    head: dict[str, Any] | None = None
    data = bytearray()
    for record in records:
        if isinstance(record, bytes):
            data += record
            continue
        if head is not None:
            yield head, bytes(data)
        head, data = record, bytearray()
    if head is not None:
        yield head, bytes(data)


def hand_over(ledger: Ledger, store: FileStore, opened: Opened, now: datetime) -> Taken:
    """Keep a colleague's case to be read, and what it carries for the shared database."""
    try:
        return _hand_over(ledger, store, opened, now)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        message = f"“{opened.path.name}”的内容读不懂，没有导入。"
        raise UserError(message, field="file", kind="damaged") from error


def _hand_over(ledger: Ledger, store: FileStore, opened: Opened, now: datetime) -> Taken:
    said = _manifest(opened)
    taken = Taken(HAND_OVER, title=str(said["title"]), who=str(said["who"]))
    copy = sealed = ""
    size = 0
    for head, data in blocks(opened.records()):
        if "copy" in head:
            copy = store.put(data)
        elif "parcel" in head:
            sealed, size = store.put(data), len(data)
    with ledger.work("导入数据包", actor="同步", at=now) as uow:
        connection = uow.connection
        taken.known = opened.signer in own_keys.people(connection)
        known = select(sync_parcel.c.id).where(sync_parcel.c.id == sealed)
        taken.old = connection.scalar(known) is not None
        if not taken.old:
            row: dict[str, object] = {
                "id": sealed,
                "who": taken.who,
                "title": taken.title,
                "at": str(said["at"]),
            }
            row |= {"copy": copy, "sealed": sealed, "size": size, "state": "waiting"}
            connection.execute(insert(sync_parcel), row)
            if said.get("case"):  # an older program does not say it
                parcels.of_case(connection, sealed, str(said["case"]))
        uow.commit()
    return taken
