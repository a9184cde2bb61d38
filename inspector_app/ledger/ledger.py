"""The local case ledger: open it, work in it, read it, look back, check it, copy it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from inspector_app.errors import OutsideError
from inspector_app.ledger import changes, derived, migrate
from inspector_app.ledger.backup import copy_into
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.engine import make_engine
from inspector_app.ledger.trouble import outside
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import View

BUSY_MS = 5000


class Ledger:
    """One ledger file. Any thread may use it; one writes at a time, readers never wait."""

    def __init__(self, path: Path, writer: Engine, reader: Engine, device: str) -> None:
        self.path = path
        self.device = device
        self._writer = writer
        self._reader = reader

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
        writer = make_engine(path, key, read_only=False, busy_ms=busy_ms)
        reader = make_engine(path, key, read_only=True, busy_ms=busy_ms)
        try:
            with outside():
                migrate.bring_up_to_date(writer, path, device)
                with reader.connect() as connection:
                    query = "SELECT value FROM meta WHERE key = 'device'"
                    known = str(connection.exec_driver_sql(query).scalar_one())
        except BaseException:
            writer.dispose()
            reader.dispose()
            raise
        return cls(path, writer, reader, device or known)

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def work(
        self, action: str, *, actor: str, at: datetime, why: str = "", undo_of: str | None = None
    ) -> Iterator[UnitOfWork]:
        """One unit of work: rolled back unless `commit()` was called inside."""
        stamp = changes.Stamp(action, actor, at, self.device, why, undo_of)
        with outside(), self._writer.connect() as connection:
            unsigned = changes.Stamp(
                changes.UNSIGNED, changes.UNKNOWN_ACTOR, at, self.device, "绕过程序直接写入台账"
            )
            packed = changes.pack(connection, unsigned)
            if packed is not None:
                derived.refresh(connection, packed.ops)
                connection.commit()
            reach("work_begun")
            yield UnitOfWork(connection, stamp)

    @contextmanager
    def read(self) -> Iterator[View]:
        """A snapshot of the ledger: nothing others write meanwhile is seen inside."""
        with outside(), self._reader.connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM meta").all()  # the snapshot starts here
            yield View(connection)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last changeset."""
        with self.read() as view:
            return changes.head(view.connection)

    def backup(self, target: Path) -> Path:
        """Copy the whole ledger to `target` while it is in use."""
        return copy_into(self._writer, target)
