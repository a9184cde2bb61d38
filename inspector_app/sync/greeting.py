"""The greeting, and what follows from it: a restored server, a forked scope, a PC's old copy."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inspector_app import __version__
from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.ledger.migrate import REVISIONS
from inspector_app.ledger.receive import receiving
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.sync import belonging, conflicts, memory, outbox, wire
from inspector_app.sync.numbers import leases
from inspector_app.sync.talk import Again, Talk
from inspector_app.sync.transport import Hello

SCHEMA = int(REVISIONS[-1])
APP = f"inspector-app {__version__}"
SINCE: Mapping[tuple[str, str], int] = {
    (table.name, column.name): column.info.get("since", 1)
    for table in BUSINESS
    for column in business_columns(table)
}
_TOO_EARLY = ("row_not_here", "parent_gone")


def refork(talk: Talk, connection: Any) -> None:
    """The shared database knows another PC under our name: go on under a new one."""
    outbox.refork(connection)
    leases.distrust(connection)
    crashpoints.reach("mid_refork")
    talk.report.reforked = True


class Greeting:
    """Greets for a program of that schema; `since`: the schema that brought each column."""

    def __init__(self, talk: Talk, schema: int, since: Mapping[tuple[str, str], int]) -> None:
        self.talk, self.ledger = talk, talk.ledger
        self.schema, self.since = schema, since

    def greet(self) -> Hello:
        """Say who asks and from where on, and draw the consequences of the answer."""
        hello = self._heard()
        self._absorb(hello)
        self._send_again(hello)
        return hello

    def _heard(self) -> Hello:
        with self.ledger.read() as view:
            known = memory.cursors(view.connection)
            doc = {
                "device": memory.device(view.connection),
                "app": APP,
                "protocol": wire.PROTOCOL,
                "schema": self.schema,
                "now": self.talk.now().astimezone().isoformat(),
                "cursors": {scope: list(at) for scope, at in known.items()},
                "acked": outbox.last_acked(view.connection),
                "waiting": outbox.waiting(view.connection),
                **memory.station(view.connection),
                **belonging.said(view.connection, demo=self.talk.demo),
            }
        self.talk.tell("连接", 0, 1)
        crashpoints.reach("before_hello")
        hello = self.talk.transport.hello(doc)
        crashpoints.reach("after_hello")
        low, high = hello.protocol
        if low > wire.PROTOCOL or self.schema < hello.schema_min:
            message = "共享库的版本比本程序新，请先升级本程序；本机的改动都还在。"
            raise OutsideError(message, kind="need_update")
        if high < wire.PROTOCOL:
            message = "共享库的版本太旧，请管理员先升级共享库；本机的改动都还在。"
            raise OutsideError(message, kind="server_too_old")
        self._belongs(hello)
        report = self.talk.report
        report.me, report.epoch, report.keeper = hello.me, hello.epoch, hello.keeper
        report.recovery, report.paused = hello.recovery, hello.paused
        report.skew_seconds = self._skew(hello.now)
        self._keep_proofs(hello)
        self.talk.heads = {scope: head.seq for scope, head in hello.scopes.items()}
        return hello

    def _belongs(self, hello: Hello) -> None:
        """Another database than this ledger's: nothing at all, unless a person meant it."""
        with self.ledger.read() as view:
            trouble = belonging.elsewhere(view.connection, hello)
        if trouble is None:
            return
        if not belonging.meant(self.talk.other, hello.database):
            raise trouble
        with receiving(self.ledger, self.talk.now()) as uow:
            belonging.go_over(uow.connection, hello)
            uow.commit()
        raise Again

    def _keep_proofs(self, hello: Hello) -> None:
        """Which database it is, and what it says it stood at: shown to it should it forget."""
        with self.ledger.read() as view:
            proven = memory.get(view.connection, memory.PROVEN, {}) == hello.proofs
            if proven and hello.database in ("", belonging.known(view.connection)[0]):
                return
        with self.talk.work() as uow:
            memory.put(uow.connection, memory.PROVEN, hello.proofs)
            belonging.learn(uow.connection, hello)
            uow.commit()

    def _skew(self, theirs: str) -> int:
        try:
            there = datetime.fromisoformat(theirs)
        except ValueError:
            return 0
        return round((self.talk.now().astimezone() - there.astimezone()).total_seconds())

    def _absorb(self, hello: Hello) -> None:
        """Draw the consequences: a restored server, a forked scope, a new program, an old copy."""
        if self._as_expected(hello):
            return
        with self.talk.work() as uow:
            connection = uow.connection
            if hello.last_n > outbox.highest(connection):
                refork(self.talk, connection)
                uow.commit()
                raise Again
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
            self.talk.stop_if_asked()
            with self.talk.work() as uow:
                more = outbox.number(uow.connection, self._sendable(hello))
                uow.commit()

    def _send_again(self, hello: Hello) -> None:
        """After a restore what came before its base is refused: it goes again once that is back."""
        if not hello.recovery:
            return
        with self.talk.work() as uow:
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
