"""Opens connections to the ledger file: one manner for writing, one for reading."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

APPLICATION_ID = 0x4C444A43  # "LDJC" in the file header: this SQLite file is one of our ledgers
KEY_BYTES = 32
PACKER = "ledger_packs"  # SQL function of writing connections: who has it may empty `capture`


def key_pragma(key: bytes) -> str:
    """The statement that unlocks a file with a raw key: no passphrase, so opening costs 1 ms."""
    if len(key) != KEY_BYTES:
        raise ValueError("a ledger key has 32 bytes")
    return f"PRAGMA key = \"x'{key.hex()}'\""


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


def make_engine(path: Path, key: bytes | None, *, read_only: bool, busy_ms: int) -> Engine:
    """An engine whose transactions begin at once: IMMEDIATE to write, a snapshot to read."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, read_only=read_only, busy_ms=busy_ms),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
    )

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine, "begin", begin)
    return engine
