"""Opens connections to the ledger file: one manner for writing, one for reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.turns import breathe

LEDGER = "ledger.db"  # the file, in the folder of its user
APPLICATION_ID = 0x4C444A43  # "LDJC" in the file header: this SQLite file is one of our ledgers
KEY_BYTES = 32
LOOK_AGAIN = 0.002  # seconds between two looks whether somebody still writes
STATEMENTS = 1000  # compiled ones that are kept
PACKER = "ledger_packs"  # SQL function of writing connections: who has it may empty `capture`


class LedgerDialect(SQLiteDialect_pysqlite):
    """That of pysqlite; what was compiled for one engine serves all others, so all are equal.

    Each ledger has an engine to write and one to read, and locking closes both: every statement
    would be compiled for each of them.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is LedgerDialect

    def __hash__(self) -> int:
        return hash(LedgerDialect)


registry.register("sqlite.ledger", __name__, LedgerDialect.__name__)
COMPILED: LRUCache[Any, Any] = LRUCache(STATEMENTS)


def key_text(key: bytes) -> str:
    """A raw key as SQLCipher reads it: no passphrase, so nothing is derived at each opening."""
    if len(key) != KEY_BYTES:
        raise ValueError("a ledger key has 32 bytes")
    return f"x'{key.hex()}'"


def key_pragma(key: bytes) -> str:
    """The statement that unlocks a file with a raw key."""
    return f'PRAGMA key = "{key_text(key)}"'


def connect(path: Path, key: bytes | None, *, read_only: bool, busy_ms: int) -> Any:
    """A DBAPI connection (sqlcipher3 on every platform) with the ledger's settings."""
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        if key is not None:
            connection.execute(key_pragma(key))
        connection.execute(f"PRAGMA busy_timeout = {busy_ms:d}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.execute("PRAGMA foreign_keys = ON")
        # REPLACE deletes rows: with this their delete triggers fire and nothing slips past.
        connection.execute("PRAGMA recursive_triggers = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            # WAL: readers see the last committed state while somebody writes. FULL: a commit that
            # returned survives a power cut (NORMAL may roll it back).
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.create_function(PACKER, 0, lambda: 1)
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def opens(path: Path, key: bytes) -> bool:
    """Whether the key is that of the file. Never for a file this program has open already."""
    try:
        connect(path, key, read_only=True, busy_ms=0).close()
    except dbapi2.DatabaseError as error:
        return not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_NOTADB")
    return True


def make_engine(path: Path, key: bytes | None, *, read_only: bool, busy_ms: int) -> Engine:
    """An engine whose transactions begin at once: IMMEDIATE to write, a snapshot to read."""
    engine = create_engine(
        "sqlite+ledger://",
        module=dbapi2,
        creator=lambda: connect(path, key, read_only=read_only, busy_ms=busy_ms),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
        execution_options={"compiled_cache": COMPILED},
    )

    def begin(connection: Connection) -> None:
        if read_only:
            connection.exec_driver_sql("BEGIN")
        else:
            _take_turn(connection, busy_ms)

    event.listen(engine, "begin", begin)
    event.listen(engine, "after_cursor_execute", lambda *_: breathe())
    return engine


@contextmanager
def hurried(connection: Connection) -> Iterator[None]:
    """While inside, this connection's commits do not wait for the disk.

    The file stays whole, and whatever another connection commits makes these last too.
    """
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101  # a pooled connection always has one
    raw.execute("PRAGMA synchronous = NORMAL")  # before anything begins
    try:
        yield
    finally:
        connection.rollback()  # within a transaction it cannot be changed
        raw.execute("PRAGMA synchronous = FULL")


def _take_turn(connection: Connection, busy_ms: int) -> None:
    """Begin to write as soon as nobody else does.

    SQLite itself looks only every tenth of a second once it has waited a while: a program that
    writes one paper after another then gets the lock again and again, and the others never.
    """
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101  # a pooled connection always has one
    end = monotonic() + busy_ms / 1000
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except dbapi2.OperationalError as error:
                busy = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
                if not busy or monotonic() > end:
                    raise
                sleep(LOOK_AGAIN)
            else:
                return
    finally:
        raw.execute(f"PRAGMA busy_timeout = {busy_ms:d}")
