"""Ways to write much at once: without notes of each row, with room to work."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table

_ROOM_KIB = 65_536


@contextmanager
def unnoted(connection: Connection, table: Table) -> Iterator[None]:
    """While inside, an INSERT into that table runs none of its triggers: the caller writes the
    trail itself.

    All of it happens within the caller's transaction; nobody else ever sees the table without. What
    the file had comes back word by word, also what somebody altered: check() still finds it.
    """
    names = {f"capture_{table.name}_ins", *(f"{index.name}_ins" for index in table.indexes)}
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
    rows = connection.exec_driver_sql(query, (table.name,)).all()
    kept = [(str(name), str(sql)) for name, sql in rows if name in names]
    for name, _ in kept:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        for _, sql in kept:
            connection.exec_driver_sql(sql)


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """While inside, pages read once stay in memory: those of an encrypted file cost the most."""
    before = int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
    connection.exec_driver_sql(f"PRAGMA cache_size = {-_ROOM_KIB:d}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before:d}")
