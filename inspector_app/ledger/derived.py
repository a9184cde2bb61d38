"""Keeps the derived tables (list lines, search) in step with every changeset."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection

from inspector_app.ledger import bulk, lines, search
from inspector_app.ledger.changes import Op

FORM = "4"  # raised whenever lines or search are made in another way: the next open rebuilds them


def is_current(connection: Connection) -> bool:
    """Whether the derived tables are of this form, and none was left for later."""
    query = "SELECT value FROM meta WHERE key = 'derived'"
    return bool(connection.exec_driver_sql(query).scalar_one_or_none() == FORM)


def ensure(connection: Connection, beside: Connection | None = None) -> None:
    """Make the derived tables anew when the program knows a newer form of them.

    `beside` is a second connection that sees what this one sees: much is then read there while
    this one writes.
    """
    if is_current(connection):
        return
    with bulk.roomy(connection):
        if beside is not None and lines.are_many(connection):
            _rebuild_beside(connection, beside)
        else:
            lines.rebuild(connection)
            search.rebuild(connection)
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta VALUES ('derived', ?)", (FORM,))


def _rebuild_beside(connection: Connection, beside: Connection) -> None:
    """The words are made here while SQLite, which needs no Python, makes the lines."""
    with ThreadPoolExecutor(1, thread_name_prefix="lines") as pool:
        lines_made = pool.submit(lines.rebuild, connection)  # the connection is that thread's now
        entries = search.entries(search.read(beside))
        lines_made.result()
    search.replace(connection, entries)


def put_off(connection: Connection) -> None:
    """Leave the derived tables as they are for now: `ensure` makes them anew, here or at the next
    open."""
    connection.exec_driver_sql("DELETE FROM meta WHERE key = 'derived'")


def refresh(connection: Connection, ops: Sequence[Op]) -> None:
    """Bring the derived rows up to date after these changes, in the same transaction."""
    lines.refresh(connection, ops)
    search.refresh(connection, ops)
