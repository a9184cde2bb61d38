"""A PC of the tests: a ledger of its own, a line to the model, and what a person does at it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import Entity
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.sync import conflicts as disputes
from inspector_app.sync import memory, outbox
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.lease_round import NumberPost, Stock
from inspector_app.sync.pending import WAITING
from inspector_app.sync.talk import Report, Talk
from tests.helpers.builders import CITY, a_case
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer

A, B = "410402", "410403"
ORDER = "order"
GRANTS = {"a1": {A: True}, "a2": {A: True}, "b1": {B: True}, "city": {A: True, B: True}}
NOW = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)
Row = tuple[str, str]
COLUMNS = {table.name: [column.name for column in business_columns(table)] for table in BUSINESS}
WHOLE = [
    (name, names, 'SELECT "' + '", "'.join(names) + f'" FROM "{name}"')  # noqa: S608  # our own names
    for name, names in COLUMNS.items()
]


class Pc:
    """One inspector's machine."""

    def __init__(
        self,
        path: Path,
        server: FakeServer,
        me: str,
        make_line: Callable[[FakeServer, str], Any] = FakeTransport,
    ) -> None:
        self.path, self.me, self.server = path, me, server
        self.make_line = make_line
        self.line: Any = make_line(server, me)
        self.ledger = Ledger.open(path)
        self.stock = 2  # numbers of the series ORDER it keeps on lease in each county it may write
        self.more: dict[str, Any] = {"numbers": NumberPost(self.wanted)}
        self.become()

    def become(self) -> None:
        """A copied file is a PC of its own."""
        with self.ledger.work("装机", actor=self.me, at=NOW) as uow:
            uow.connection.exec_driver_sql(
                "UPDATE meta SET value = ? WHERE key = 'device'", (new_id(),)
            )
            uow.commit()

    def begin_anew(self, blank: Path, server: FakeServer) -> None:
        """The same machine with an empty ledger; what SQLAlchemy compiled is kept."""
        self.let_go()
        shutil.copy(blank, self.path)
        leases.mark_of(self.path).unlink(missing_ok=True)
        self.line.close()
        self.server, self.line = server, self.make_line(server, self.me)
        self.become()

    def begin_with(self, image: bytes, server: FakeServer) -> None:
        """The same machine with that ledger."""
        self.go_back(image)
        leases.write_mark(self.path, 0)
        self.line.close()
        self.server, self.line = server, self.make_line(server, self.me)

    def let_go(self) -> None:
        """Close every connection, as the end of the process does."""
        self.ledger.close()
        for ending in ("-wal", "-shm", ".last", ".lost"):  # a disk put back has none of later
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def close(self) -> None:
        self.line.close()
        self.ledger.close()

    def reopen(self) -> None:
        """The process starts again."""
        self.ledger.close()

    def sync(self, **more: Any) -> Report:
        said = {"now": lambda: NOW, "page": 2, **self.more, **more}
        own = {name: said.pop(name) for name in ("schema", "since", "numbers") if name in said}
        return Exchange(Talk(self.ledger, self.line, **said), **own).run()

    def do(self, change: Callable[[Any], object], action: str = "办理") -> None:
        with self.ledger.work(action, actor=self.me, at=NOW) as uow:
            change(uow)
            uow.commit()

    def add(self, *entities: Entity) -> None:
        self.do(lambda uow: uow.add_all(entities))

    def edit(self, cls: type[Any], row_id: str, **changes: Any) -> None:
        self.do(lambda uow: uow.save(replace(uow.get(cls, row_id), **changes)))

    def remove(self, cls: type[Any], row_id: str) -> None:
        self.do(lambda uow: uow.remove(uow.get(cls, row_id)))

    def wanted(self, rows: Any, scopes: frozenset[str], how: str) -> Stock:
        """The stock it keeps."""
        return Stock(NOW.date(), {(one, ORDER, NOW.year): self.stock for one in scopes})

    def issue(self, scope: str) -> int | None:
        """Number a paper as services.numbers does; None when it may not here and now."""
        with self.ledger.work("制发", actor=self.me, at=NOW) as uow:
            connection = uow.connection
            if leases.is_older_copy(connection, leases.read_mark(self.path)):
                return None
            try:
                no = leases.take(connection, (scope, ORDER, NOW.year))
            except leases.NumbersOut:
                return None
            reason = {"state": NumberState.VOID, "reason": "演示"}
            uow.add(NumberEntry(new_id(), ORDER, NOW.year, no, scope=scope, city=CITY, **reason))  # type: ignore[arg-type]  # named fields
            drawn = memory.get(connection, leases.DRAWN)
            uow.commit()
        leases.write_mark(self.path, drawn)
        return no

    def new_case(self, scope: str = A, **changes: Any) -> str:
        case_id = new_id()
        self.add(a_case(id=case_id, case_no="", scope=scope, city=CITY, project_id=None, **changes))
        return case_id

    def case(self, case_id: str) -> Case:
        with self.ledger.read() as view:
            return view.get(Case, case_id)

    def find(self, cls: type[Any], **equals: Any) -> list[Any]:
        with self.ledger.read() as view:
            return view.find(cls, **equals)

    def conflicts(self, **more: Any) -> list[disputes.Conflict]:
        with self.ledger.read() as view:
            return disputes.conflicts(view.connection, **more)

    def refused(self) -> list[disputes.Refused]:
        with self.ledger.read() as view:
            return disputes.refused(view.connection)

    def resolve(
        self, conflict_id: str, take: str, reason: str = "核对了原件", *, seen: str = ""
    ) -> None:
        """Decide on what is shown now, or on what was shown under that mark."""
        shown = seen or next(one.mark for one in self.conflicts() if one.id == conflict_id)
        with self.ledger.work("处理冲突", actor=self.me, at=NOW) as uow:
            choice = disputes.Chosen(take, shown, reason)
            disputes.resolve(uow.connection, conflict_id, choice, by=self.me, at=NOW.isoformat())
            uow.commit()

    def decide(self, n: int, take: str, why: str = "") -> None:
        with self.ledger.work("处理退回", actor=self.me, at=NOW) as uow:
            disputes.decide_refused(uow.connection, n, take, why)
            uow.commit()

    def rows(self) -> dict[Row, dict[str, Any]]:
        """All content, asked of SQLite itself: a history of the model asks a hundred times."""
        found: dict[Row, dict[str, Any]] = {}
        with self.ledger.read() as view:
            line: Any = view.connection.connection.driver_connection
            for table, names, query in WHOLE:
                for row in line.execute(query):
                    cells = dict(zip(names, row, strict=True))
                    found[table, cells["id"]] = cells
        return found

    def is_behind(self) -> bool:
        """Whether the shared database went on, or something waits here, since it exchanged."""
        with self.ledger.read() as view:
            known = memory.cursors(view.connection)
            states = outbox.counted(view.connection).keys()
            waits = outbox.waiting(view.connection) or not states.isdisjoint(WAITING)
        heads = {scope: self.server.heads[scope] for scope in GRANTS[self.me]}
        return bool(waits) or known != heads

    def remembered(self, key: str) -> Any:
        with self.ledger.read() as view:
            return memory.get(view.connection, key)

    def image(self) -> bytes:
        """The file as a backup of the whole disk would have it."""
        copy = self.path.with_suffix(".image")
        copy.unlink(missing_ok=True)
        self.ledger.backup(copy)
        return copy.read_bytes()

    def go_back(self, image: bytes) -> None:
        """The disk is put back as it was."""
        self.let_go()
        self.path.write_bytes(image)


def server_rows(server: FakeServer, scopes: Any) -> dict[Row, dict[str, Any]]:
    """What the shared database has of these scopes, alive."""
    return {
        key: row["data"]
        for key, row in server.rows.items()
        if not row["gone"] and server.roots[row["root"]][0] in scopes
    }


def copied(blank: Path, target: Path) -> Path:
    """A ledger file of one's own."""
    return Path(shutil.copy(blank, target))
