"""Ids of rows: by the moment they are made, or by what they are where every PC would make them."""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar
from unicodedata import normalize
from uuid import UUID, uuid5

from uuid6 import uuid7

from inspector_app.ledger.mapping import Entity, mapper
from inspector_app.ledger.rows import Rows

_OURS = UUID(
    "6f1d7a52-3c0e-5b8e-9a41-0d6c2e84b7f3"
)  # never changes: ids in every ledger rest on it
Row = TypeVar("Row")
Key = TypeVar("Key")


def new_id() -> str:
    """A new id; sorts by the moment it was made."""
    return str(uuid7())


def natural_id(rows: Rows, cls: type[Entity], *key: str) -> str:
    """The id every PC gives the thing of that key, so that two made apart meet as one row.

    `key` begins with the scope, or with the id of what the thing is a part of: nobody meets a row
    of a scope that is not theirs. Where a row bears the id already it has become another thing
    since (a code was corrected), and the new one is an id of its own.
    """
    words = [mapper(cls).table.name, *key]
    made = str(uuid5(_OURS, json.dumps(words, ensure_ascii=False)))
    return made if rows.peek(cls, made) is None else new_id()


def name_key(name: str) -> str:
    """A name without what people type differently: spaces, full-width signs, small letters."""
    return "".join(normalize("NFKC", name).split()).casefold()


def firsts(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, Row]:
    """Key -> the first of the rows of it: the one that is shown, changed and taken back.

    Two PCs of an earlier version may each have made one; `Rows.first` finds the same of them.
    """
    found: dict[Key, Row] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return found
