"""Writes the ledger file anew under another key, or open, and puts it in place in one step."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.engine import APPLICATION_ID, key_pragma, key_text
from inspector_app.ledger.trouble import outside
from inspector_app.vault.keyfile import head_of, sync_folder

NEXT = ".next"  # beside the ledger file, until it takes its place
BUSY_MS = 3_000
_STEPS = 2_000  # of SQLite's machine between two looks whether somebody wants to stop
_BLOCK = bytes(1024 * 1024)


class StoppedError(UserError):
    """The user stopped before the point of no return: nothing has changed."""

    def __init__(self) -> None:
        super().__init__("已停止，台账没有改动。", kind="stopped")


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What the caller wants to know and to do while the file is written.

    `ready` is called with the first 16 bytes of the new file while nobody else can use the
    ledger; when it returns, the new file takes the place of the old one. `progress` is called
    with bytes written and expected.
    """

    ready: Callable[[bytes], object]
    progress: Callable[[int, int], object] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False


def rewrite(path: Path, key: bytes | None, new_key: bytes | None, doing: Rewriting) -> None:
    """Copy `path` (opened with `key`) under `new_key`, compare, and replace it by the copy.

    Until the copy is moved over the file, every trouble leaves the ledger as it was; from then
    on it is the new one. UserError never, OutsideError when somebody else uses the ledger.
    """
    fresh = path.with_name(f"{path.name}{NEXT}")
    fresh.unlink(missing_ok=True)
    try:
        with _wiped_after(path) as replaced, _alone(path, key) as connection:
            reach("rewrite_begun")
            _copy(connection, path, fresh, new_key, doing)
            with fresh.open("rb+") as file:
                os.fsync(file.fileno())
            reach("rewrite_copied")
            doing.ready(head_of(fresh))
            if doing.cancelled():
                raise StoppedError
            reach("rewrite_ready")
            if os.name != "posix":  # Windows moves nothing over an open file
                connection.close()
            fresh.replace(path)
            replaced()
            sync_folder(path.parent)
            reach("rewrite_replaced")
    except OSError as error:
        raise OutsideError("台账没有写成，请检查磁盘空间后再试。", kind="disk") from error
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path, key: bytes | None) -> Iterator[Any]:
    """The only connection to the ledger; others wait, or are told."""
    with outside():
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        with outside():
            if key is not None:
                connection.execute(key_pragma(key))
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS:d}")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Leaving WAL needs every other connection gone, and puts all there is into one file.
            try:
                (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
            except dbapi2.OperationalError as error:
                if "locked" not in str(error):
                    raise
                mode = ""
        if mode != "delete":
            message = "还有别的程序或窗口在用这本台账，请先关闭，稍后再试。"
            raise OutsideError(message, kind="busy")
        yield connection
    finally:
        connection.close()


def _copy(
    connection: Any, path: Path, fresh: Path, new_key: bytes | None, doing: Rewriting
) -> None:
    total = path.stat().st_size

    def look() -> int:
        doing.progress(min(fresh.stat().st_size if fresh.exists() else 0, total), total)
        return int(doing.cancelled())

    connection.set_progress_handler(look, _STEPS)
    try:
        with outside(), _attached(connection, fresh, new_key):
            connection.execute("PRAGMA fresh.journal_mode = OFF")
            connection.execute("PRAGMA fresh.synchronous = OFF")
            connection.execute("BEGIN")
            connection.execute("SELECT sqlcipher_export('fresh')")
            connection.execute("COMMIT")
            connection.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID:d}")
        # Attached anew: what was exported is read back from the disk's side, virtual tables too.
        with outside(), _attached(connection, fresh, new_key):
            _compare(connection)
    except dbapi2.OperationalError as error:
        if doing.cancelled():
            raise StoppedError from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _attached(connection: Any, fresh: Path, new_key: bytes | None) -> Iterator[None]:
    # A key goes where no parameter may stand; it is hex of our own, nobody typed it.
    words = f'"{key_text(new_key)}"' if new_key is not None else "''"
    connection.execute(f"ATTACH DATABASE ? AS fresh KEY {words}", (str(fresh),))
    try:
        yield
    finally:
        with suppress(dbapi2.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("DETACH DATABASE fresh")


def _compare(connection: Any) -> None:
    """Every row of every table is in the copy, and nothing else: else it is no copy."""
    names = "SELECT type, name, sql FROM {}.sqlite_schema"
    unlike = connection.execute(f"{names.format('main')} EXCEPT {names.format('fresh')}").fetchall()
    query = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT LIKE ?"
    for (table,) in connection.execute(query, ("CREATE VIRTUAL%",)).fetchall():
        here, there = (f'{place}."{table}"' for place in ("main", "fresh"))
        counts = f"SELECT (SELECT count(*) FROM {here}) <> (SELECT count(*) FROM {there})"  # noqa: S608  # names of our own tables
        rows = f"SELECT count(*) FROM (SELECT * FROM {here} EXCEPT SELECT * FROM {there})"  # noqa: S608  # names of our own tables
        unlike += [table for sql in (counts, rows) if connection.execute(sql).fetchone()[0]]
    if unlike:
        raise OutsideError("台账的副本与原件不一致，没有替换。请检查磁盘后再试。", kind="disk")


@contextmanager
def _wiped_after(path: Path) -> Iterator[Callable[[], None]]:
    """Overwrite the old file once it was replaced: a program that still waits for it reads zeros
    and is told, instead of writing where nobody looks. What a disk keeps elsewhere, nobody knows.

    The file stays open until the connection is closed: closing it earlier would drop SQLite's
    locks on it (POSIX).
    """
    if os.name != "posix":
        yield lambda: None
        return
    old: IO[bytes] = path.open("rb+")  # before the locks are taken, closed after they are gone
    try:
        yield lambda: _overwrite(old)
    finally:
        old.close()


def _overwrite(file: IO[bytes]) -> None:
    with suppress(OSError):  # the ledger is whole either way
        left = os.fstat(file.fileno()).st_size
        file.seek(0)
        while left > 0:
            left -= file.write(_BLOCK[:left])
        file.flush()
        os.fsync(file.fileno())


def wipe(path: Path) -> None:
    """Overwrite a file with zeros and remove it, as far as the disk does as it is told."""
    with suppress(OSError):
        with path.open("rb+") as file:
            _overwrite(file)
        path.unlink(missing_ok=True)
