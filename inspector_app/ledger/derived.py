"""Keeps the derived tables (list lines, search) in step with every changeset."""

from collections.abc import Sequence

from sqlalchemy import Connection

from inspector_app.ledger import lines, search
from inspector_app.ledger.changes import Op

FORM = "2"  # raised whenever lines or search are made in another way: the next open rebuilds them


def is_current(connection: Connection) -> bool:
    """Whether the derived tables are of this form, and none was left for later."""
    query = "SELECT value FROM meta WHERE key = 'derived'"
    return bool(connection.exec_driver_sql(query).scalar_one_or_none() == FORM)


def ensure(connection: Connection) -> None:
    """Make the derived tables anew when the program knows a newer form of them."""
    if is_current(connection):
        return
    lines.rebuild(connection)
    search.rebuild(connection)
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta VALUES ('derived', ?)", (FORM,))


def put_off(connection: Connection) -> None:
    """Leave the derived tables as they are for now: `ensure` makes them anew, here or at the next
    open."""
    connection.exec_driver_sql("DELETE FROM meta WHERE key = 'derived'")


def refresh(connection: Connection, ops: Sequence[Op]) -> None:
    """Bring the derived rows up to date after these changes, in the same transaction."""
    lines.refresh(connection, ops)
    search.refresh(connection, ops)
