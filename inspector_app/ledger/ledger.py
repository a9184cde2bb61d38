"""The local case ledger: open it, work in it, read it, look back, check it, copy it."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from threading import local

from sqlalchemy import Engine

from inspector_app.errors import OutsideError
from inspector_app.ledger import changes, check, derived, history, migrate, undo
from inspector_app.ledger.backup import copy_into
from inspector_app.ledger.check import Problem
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.engine import hurried, make_engine
from inspector_app.ledger.history import HistoryEntry
from inspector_app.ledger.last_step import IN_LINE, LastStep, Loss
from inspector_app.ledger.rewrite import Rewriting, rewrite
from inspector_app.ledger.trouble import outside
from inspector_app.ledger.unit import Change, Committed, Guard, UnitOfWork
from inspector_app.ledger.views import View

_OWN = 100  # changesets of a thread nobody asks for
BUSY_MS = 15_000  # eight programs that number papers at once take turns of a tenth of a second


class Ledger:
    """One ledger file. Any thread may use it; one writes at a time, readers never wait."""

    def __init__(
        self, path: Path, writer: Engine, reader: Engine, device: str, key: bytes | None = None
    ) -> None:
        self.path = path
        self.device = device
        self._writer = writer
        self._reader = reader
        self._key = key
        self._salt = ""
        self.last_step = LastStep(path)
        self._own = local()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        key: bytes | None = None,
        device: str | None = None,
        busy_ms: int = BUSY_MS,
    ) -> "Ledger":
        """Open the ledger of that file, made or migrated when needed; `key` is 32 raw bytes."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutsideError(f"台账文件夹建不成：{path.parent}", kind="cannot_open") from error
        last_step = LastStep(path)
        if not path.exists():
            last_step.forget()
        said = last_step.read()  # before anything is read of the ledger: it may be behind only
        writer = make_engine(path, key, read_only=False, busy_ms=busy_ms)
        reader = make_engine(path, key, read_only=True, busy_ms=busy_ms)
        try:
            with outside():
                migrate.bring_up_to_date(writer, path, device)
                with reader.connect() as connection:
                    query = "SELECT value FROM meta WHERE key = 'device'"
                    known = str(connection.exec_driver_sql(query).scalar_one())
                    last_step.compare(connection, said)
        except BaseException:
            writer.dispose()
            reader.dispose()
            raise
        made = cls(path, writer, reader, device or known, key)
        made.last_step = last_step
        return made

    def close(self) -> None:
        """Let go of the file."""
        self.last_step.settle()
        self._reader.dispose()
        self._writer.dispose()

    def is_encrypted(self) -> bool:
        """Whether the file is unreadable without a key."""
        return self._key is not None

    def salt(self) -> str:
        """The first 16 bytes of an encrypted file as hex, "" of an open one.

        Asked of the open connection: to open and close the file beside it would drop its locks.
        """
        if self.is_encrypted() and not self._salt:
            with self.read() as view:
                said = view.connection.exec_driver_sql("PRAGMA cipher_salt")
                self._salt = str(said.scalar_one())
        return self._salt

    @contextmanager
    def turn(self) -> Iterator[None]:
        """While inside, no other program writes here; nothing is written either."""
        with outside(), self._writer.begin():
            yield

    def rekey(self, key: bytes | None, doing: Rewriting) -> None:
        """Write the file anew under another key, or open (None); see ledger.rewrite."""
        self.close()
        try:
            rewrite(self.path, self._key, key, doing)
            self._key, self._salt = key, ""
        finally:
            self._writer = make_engine(self.path, self._key, read_only=False, busy_ms=BUSY_MS)
            self._reader = make_engine(self.path, self._key, read_only=True, busy_ms=BUSY_MS)

    @contextmanager
    def work(
        self,
        action: str,
        *,
        actor: str,
        at: datetime,
        why: str = "",
        undo_of: str | None = None,
        lasting: bool = True,
    ) -> Iterator[UnitOfWork]:
        """One unit of work: rolled back unless `commit()` was called inside.

        What is not `lasting` may be gone again, whole, after a power cut: for what comes again.
        """
        stamp = changes.Stamp(action, actor, at, self.device, why, undo_of)
        durably = nullcontext if lasting else hurried
        with outside(), self._writer.connect() as connection, durably(connection):
            unsigned = changes.Stamp(
                changes.UNSIGNED, changes.UNKNOWN_ACTOR, at, self.device, "绕过程序直接写入台账"
            )
            while (packed := changes.pack(connection, unsigned)) is not None:
                derived.refresh(connection, packed.ops)
                connection.commit()
            if lasting:
                connection.info[IN_LINE] = self.last_step
            else:
                connection.info.pop(IN_LINE, None)
            reach("work_begun")
            uow = UnitOfWork(connection, stamp)
            yield uow
        if uow.written:
            self._written_here().append(uow.written)

    def _written_here(self) -> deque[str]:
        own = self._own.__dict__
        written: deque[str] = own.setdefault("written", deque(maxlen=_OWN))
        return written

    def take_own(self) -> tuple[str, ...]:
        """The changesets this thread has written since it last asked, oldest first.

        What other threads and programs wrote meanwhile is not among them, nor what was received.
        """
        written = self._written_here()
        own = tuple(written)
        written.clear()
        return own

    @contextmanager
    def read(self) -> Iterator[View]:
        """A snapshot of the ledger: nothing others write meanwhile is seen inside."""
        with outside(), self._reader.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM meta").all()  # the snapshot starts here
            yield View(connection)

    def settle(self) -> None:
        """Make lists and search anew when a first load left that for its end."""
        with outside(), self._writer.connect() as connection:
            if not derived.is_current(connection):  # from here on nobody else writes
                with self.read() as view:
                    derived.ensure(connection, view.connection)
            connection.commit()
            self.last_step.note(*changes.head(connection))

    def history(
        self, root_type: str | None = None, root_id: str | None = None, limit: int = 200
    ) -> list[HistoryEntry]:
        """What was done, newest first; to one aggregate when it is named."""
        with self.read() as view:
            return history.history(view.connection, root_type, root_id, limit)

    def last_undoable(self, actor: str, limit: int = 20) -> HistoryEntry | None:
        """The newest of the last `limit` actions that is this person's and can be taken back."""
        with self.read() as view:
            return history.last_undoable(view.connection, actor, limit)

    def changesets_since(self, seq: int) -> tuple[str, ...]:
        """Ids of the changesets after step `seq`, oldest first; steps are numbered without gaps."""
        with self.read() as view:
            return tuple(history.changesets_since(view.connection, seq))

    def touched_since(self, seq: int) -> tuple[Change, ...]:
        """The aggregates changed after step `seq`, also by another program; see head()."""
        with self.read() as view:
            return tuple(Change(*one) for one in history.touched_since(view.connection, seq))

    def undo(
        self, changeset_id: str, *, actor: str, at: datetime, guard: Guard | None = None
    ) -> Committed:
        """Take one action back as a new changeset; UserError with the reason when refused."""
        with self.read() as view:
            done = history.changeset_row(view.connection, changeset_id)
            ops = history.read_ops(view.connection, done["seq"])
        action = f"撤销“{done['action']}”"
        with self.work(action, actor=actor, at=at, undo_of=changeset_id) as uow:
            uow.guard = guard
            undo.take_back(uow.connection, done["seq"], ops)
            return uow.commit()

    def check(self) -> list[Problem]:
        """Every problem of the ledger; empty when it is whole."""
        said = self.last_step.read()
        with self.read() as view:
            found = check.check(view.connection)
            self.last_step.compare(view.connection, said)
        loss = self.lost()
        if loss is not None:
            where = f"第 {loss.here + 1} 步起"
            found.append(Problem("lost", where, loss.words(self.path.parent / "backup")))
        return found

    def lost(self) -> Loss | None:
        """Steps found missing at an opening, until somebody has said to know of it."""
        return self.last_step.loss()

    def head(self) -> tuple[int, str]:
        """Number and hash of the last changeset."""
        with self.read() as view:
            return changes.head(view.connection)

    def backup(self, target: Path) -> Path:
        """Copy the whole ledger to `target` while it is in use."""
        return copy_into(self._writer, target)
