"""Ids of rows and changes: UUIDv7, so that rows made together lie together."""

from uuid6 import uuid7


def new_id() -> str:
    """A new id; sorts by the moment it was made."""
    return str(uuid7())
