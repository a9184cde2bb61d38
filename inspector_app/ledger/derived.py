"""Keeps the derived tables (list lines, search) in step with every changeset."""

from collections.abc import Sequence

from sqlalchemy import Connection

from inspector_app.ledger.changes import Op


def ensure(connection: Connection) -> None:
    """Make the derived tables new when the program knows a newer form of them."""


def refresh(connection: Connection, ops: Sequence[Op]) -> None:
    """Bring the derived rows up to date after these changes, in the same transaction."""
