"""One exchange with the shared database: greet, deliver, receive, compare; it may stop anywhere.

Every step is one local transaction, so that a crash between two of them repeats at most a call the
shared database knows already. A round on which nothing happened costs one call.
"""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inspector_app import __version__
from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.ledger.changes import head
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.migrate import REVISIONS
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.ledger.unit import Change
from inspector_app.sync import conflicts, memory, outbox, wire
from inspector_app.sync.attachments.file_policy import FilePost
from inspector_app.sync.attachments.files import FileRound
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.lease_round import NumberPost, NumberRound
from inspector_app.sync.numbers.number_line import Series
from inspector_app.sync.pull import Puller
from inspector_app.sync.quiet import no_full_look
from inspector_app.sync.transport import Hello, Transport

POINTS = (
    "before_hello",
    "after_hello",
    "before_push",
    "after_push_before_ack",
    "mid_ack",
    "mid_page",
    "after_page",
    "before_cursor",
    "mid_refork",
)
SCHEMA = int(REVISIONS[-1])
APP = f"inspector-app {__version__}"
_TOO_EARLY = ("row_not_here", "parent_gone")
_ROUNDS = 4  # a greeting that leads to another greeting more often than this is somebody's fault
SINCE: Mapping[tuple[str, str], int] = {
    (table.name, column.name): column.info.get("since", 1)
    for table in BUSINESS
    for column in business_columns(table)
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the exchange is: a Chinese word for the step, and how much of it is done."""

    step: str
    done: int
    total: int


@dataclass(slots=True)
class Report:
    """What an exchange did."""

    me: str = ""
    epoch: str = ""
    pushed: int = 0
    received: int = 0
    disputed: int = 0
    refused: int = 0
    held: int = 0
    left_out: int = 0
    files_sent: int = 0
    files_received: int = 0
    file_troubles: int = 0
    cancelled: bool = False
    recovery: bool = False
    paused: bool = False
    keeper: bool = False
    reforked: bool = False
    unlike: list[str] = field(default_factory=list)  # scopes that do not add up
    skew_seconds: int = 0
    twins: list[tuple[Series, int]] = field(default_factory=list)  # numbers borne twice
    changes: list[Change] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # scopes whose history went on by our sets


class Cancelled(Exception):  # noqa: N818  # not an error: the person asked for it
    """Raised between two steps when the person no longer wants it."""


class _Again(Exception):  # noqa: N818  # a turn of the conversation
    """The shared database is not where we thought: greet again."""


@dataclass(frozen=True, slots=True)
class _Load:
    """The sets of a call, the device they go from, and how many waited when it was made."""

    device: str
    sets: list[dict[str, Any]]
    waiting: int


class Exchange:
    """One conversation; make a new one for the next."""

    def __init__(
        self,
        ledger: Ledger,
        transport: Transport,
        *,
        now: Callable[[], datetime],
        page: int | None = None,
        progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        schema: int = SCHEMA,
        since: Mapping[tuple[str, str], int] = SINCE,
        files: FilePost | None = None,
        numbers: NumberPost | None = None,
    ) -> None:
        self.ledger, self.transport, self.now, self.page = ledger, transport, now, page
        self._tell, self._cancelled = progress, cancelled
        self.schema, self.since = schema, since
        self.files, self.more_files = files, False
        self.numbers = numbers
        self.report = Report()
        self.heads: dict[str, int] = {}

    def run(self) -> Report:
        """Exchange all there is; what was done before a trouble stays done."""
        with no_full_look():
            return self._run()

    def _run(self) -> Report:
        try:
            for _ in range(_ROUNDS):
                try:
                    self._once()
                    while self.more_files:  # changes made meanwhile go before the next files
                        self._once()
                    return self.report
                except _Again:
                    continue
        except Cancelled:
            self.report.cancelled = True
            return self.report
        raise OutsideError("与共享库对不上次序，请联系管理员。", kind="sync_order")

    def stop_if_asked(self) -> None:
        """A place to stop between two steps."""
        if self._cancelled():
            raise Cancelled

    def tell(self, step: str, done: int, total: int) -> None:
        """Say how far it is."""
        self._tell(Progress(step, done, total))

    def _once(self) -> None:
        self.stop_if_asked()
        hello = self._greet()
        self._absorb(hello)
        self._send_again(hello)
        numbers = NumberRound(self, hello)
        numbers.declare()
        self._deliver()
        puller = Puller(self, hello)
        puller.run()
        if self.numbers is not None:
            numbers.run(self.numbers)
        if self.files is not None:
            queue = FileRound(self, self.files, hello)
            queue.run()
            self.more_files = queue.more
        with self.ledger.read() as view:
            counted = outbox.counted(view.connection)
            waits = any(counted.get(one) for one in (outbox.QUEUED, outbox.REJECTED, outbox.HELD))
            if not waits and not outbox.unnumbered(view.connection, 1):
                self.ledger.last_step.note(*head(view.connection), shared=True)
        self.report.refused = counted.get(outbox.REJECTED, 0)
        self.report.held = counted.get(outbox.HELD, 0)

    def _greet(self) -> Hello:
        with self.ledger.read() as view:
            known = memory.cursors(view.connection)
            doc = {
                "device": memory.device(view.connection),
                "app": APP,
                "protocol": wire.PROTOCOL,
                "schema": self.schema,
                "now": self.now().astimezone().isoformat(),
                "cursors": {scope: list(at) for scope, at in known.items()},
                "acked": outbox.last_acked(view.connection),
                "waiting": outbox.waiting(view.connection),
                **memory.station(view.connection),
            }
        self.tell("连接", 0, 1)
        crashpoints.reach("before_hello")
        hello = self.transport.hello(doc)
        crashpoints.reach("after_hello")
        low, high = hello.protocol
        if low > wire.PROTOCOL or self.schema < hello.schema_min:
            message = "共享库的版本比本程序新，请先升级本程序；本机的改动都还在。"
            raise OutsideError(message, kind="need_update")
        if high < wire.PROTOCOL:
            message = "共享库的版本太旧，请管理员先升级共享库；本机的改动都还在。"
            raise OutsideError(message, kind="server_too_old")
        self.report.me, self.report.epoch = hello.me, hello.epoch
        self.report.recovery, self.report.paused = hello.recovery, hello.paused
        self.report.keeper = hello.keeper
        self.report.skew_seconds = self._skew(hello.now)
        self._keep_proofs(hello)
        self.heads = {scope: head.seq for scope, head in hello.scopes.items()}
        return hello

    def _keep_proofs(self, hello: Hello) -> None:
        """What the shared database says it stood at: shown to it should it ever forget."""
        with self.ledger.read() as view:
            if memory.get(view.connection, memory.PROVEN, {}) == hello.proofs:
                return
        with self.ledger.work("同步", actor=hello.me, at=self.now()) as uow:
            memory.put(uow.connection, memory.PROVEN, hello.proofs)
            uow.commit()

    def _skew(self, theirs: str) -> int:
        try:
            there = datetime.fromisoformat(theirs)
        except ValueError:
            return 0
        return round((self.now().astimezone() - there.astimezone()).total_seconds())

    def _absorb(self, hello: Hello) -> None:
        """Draw the consequences: a restored server, a forked scope, a new program, an old copy."""
        if self._as_expected(hello):
            return
        with self.ledger.work("同步", actor=hello.me, at=self.now()) as uow:
            connection = uow.connection
            if hello.last_n > outbox.highest(connection):
                self._refork(connection)
                uow.commit()
                raise _Again
            if hello.last_n < outbox.last_acked(connection):
                outbox.requeue(connection, hello.last_n)
            for scope in hello.forked:
                memory.put_of_scope(connection, memory.REPULL, scope, True)
            before = memory.get(connection, memory.SCHEMA)
            if before != self.schema:
                memory.put(connection, memory.SCHEMA, self.schema)
                for scope in memory.cursors(connection) if before is not None else ():
                    memory.put_of_scope(connection, memory.REPULL, scope, True)
            uow.commit()
        more = True
        while more:
            self.stop_if_asked()
            with self.ledger.work("同步", actor=hello.me, at=self.now()) as uow:
                more = outbox.number(uow.connection, self._sendable(hello))
                uow.commit()

    def _send_again(self, hello: Hello) -> None:
        """After a restore what came before its base is refused: it goes again once that is back."""
        if not hello.recovery:
            return
        with self.ledger.work("同步", actor=hello.me, at=self.now()) as uow:
            for row in list(outbox.rows(uow.connection, outbox.REJECTED)):
                told = json.loads(row.receipt)
                head = hello.scopes.get(row.scope)
                if head and told.get("why") in _TOO_EARLY and head.seq > told.get("head", 0):
                    conflicts.decide_refused(uow.connection, row.n, conflicts.MINE)
            uow.commit()

    def _as_expected(self, hello: Hello) -> bool:
        """Whether nothing happened on either side: then nothing is written."""
        with self.ledger.read() as view:
            connection = view.connection
            numbers = (outbox.last_acked(connection), outbox.highest(connection))
            return (
                not hello.forked
                and numbers[0] <= hello.last_n <= numbers[1]
                and memory.get(connection, memory.SCHEMA) == self.schema
                and not outbox.unnumbered(connection, 1)
                and not outbox.count(connection, outbox.HELD)
            )

    def _sendable(self, hello: Hello) -> outbox.Sendable:
        scopes = {name for name, head in hello.scopes.items() if head.write}
        return outbox.Sendable(scopes, hello.schema, self.since)

    def _refork(self, connection: Any) -> None:
        outbox.refork(connection)
        leases.distrust(connection)
        crashpoints.reach("mid_refork")
        self.report.reforked = True

    def _deliver(self) -> None:
        """All that waits, in its order; the next call is prepared while one is on its way."""
        done, total, ahead = 0, 0, None
        with ThreadPoolExecutor(1) as line:
            while True:
                self.stop_if_asked()
                load = ahead or self._load(0)
                if not load.sets:
                    return
                total = total or load.waiting
                self.tell("上传", done, total)
                crashpoints.reach("before_push")
                sets = load.sets
                self.report.touched.update(scope for one in sets for scope in wire.scopes_of(one))
                if len(sets) < load.waiting:
                    sent = line.submit(self.transport.push, load.device, sets)
                    ahead = self._load(sets[-1]["n"])
                    receipts = sent.result()
                else:
                    receipts, ahead = self.transport.push(load.device, sets), None
                crashpoints.reach("after_push_before_ack")
                self._acknowledge(load.device, sets, receipts)
                ahead = ahead if _as_it_went(sets, receipts) else None
                done += len(receipts)

    def _load(self, after: int) -> _Load:
        """The next call after that number; nothing of it is sent before all is acknowledged."""
        with self.ledger.read() as view:
            sets = outbox.batch(view.connection, self.schema, after)
            waiting = outbox.count(view.connection, outbox.QUEUED, after=after)
            return _Load(memory.device(view.connection), sets, waiting)

    def _acknowledge(
        self, device: str, sets: list[dict[str, Any]], receipts: list[dict[str, Any]]
    ) -> None:
        if not receipts:
            raise OutsideError("共享库没有回执，请稍后再试。", kind="no_receipt")
        turned = False
        sent = {one["n"]: one for one in sets}
        with self.ledger.work("同步", actor=self.report.me, at=self.now()) as uow:
            if memory.device(uow.connection) != device:
                raise _Again  # another exchange of this PC took a new name meanwhile
            for receipt in receipts:
                turned = turned or self._keep(uow.connection, sent.get(receipt["n"], {}), receipt)
            crashpoints.reach("mid_ack")
            uow.commit()
        if turned:
            raise _Again

    def _keep(self, connection: Any, one: dict[str, Any], receipt: dict[str, Any]) -> bool:
        """Keep one receipt; True when the conversation has to begin anew."""
        word = receipt["s"]
        if word == "device_forked":
            self._refork(connection)
        elif word == "id_reused":
            outbox.rename(connection, receipt["n"])
        elif word != "gap":
            known = {**receipt, "head": self.heads.get(one.get("scope", ""), 0)}
            if not outbox.settle(connection, one.get("id", ""), known):
                raise OutsideError("共享库的回执对不上次序，请联系管理员。", kind="sync_order")
            self.report.pushed += word == "ok"
            return False
        return True


def _as_it_went(sets: list[dict[str, Any]], receipts: list[dict[str, Any]]) -> bool:
    """Whether every set was taken without a word: only then what was prepared meanwhile goes."""
    return len(receipts) == len(sets) and all(
        one["s"] == "ok" and all(op["s"] != "conflict" for op in one["ops"]) for one in receipts
    )
