"""Reads stored things back as domain values: one by id, some by equal fields."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, func, select

from inspector_app.errors import UserError
from inspector_app.ledger.mapping import Entity, Mapper, label, mapper

T = TypeVar("T", bound=Entity)


# How a field is asked for: it equals a value, it is one of several, or it is empty.
_EQUAL, _ANY, _EMPTY = "equal", "any", "empty"


def _how(value: object) -> str:
    if value is None:
        return _EMPTY
    return _ANY if isinstance(value, (list, set, frozenset)) else _EQUAL


@lru_cache(maxsize=1024)
def _query(known: Mapper[Any], asked: tuple[tuple[str, str], ...]) -> Select[Any]:
    """The query for fields asked for in these ways; made once, its values are bound each time."""
    query = select(*known.columns)
    for name, how in asked:
        column = known.table.c[name]
        if how == _EMPTY:
            query = query.where(column.is_(None))
        elif how == _EQUAL:
            query = query.where(column == bindparam(f"is_{name}"))
        else:
            each = func.json_each(bindparam(f"is_{name}")).table_valued("value")
            query = query.where(column.in_(select(each.c.value)))
    order = [known.table.c["order"]] if "order" in known.names else []
    return query.order_by(*order, known.table.c.id)


@lru_cache(maxsize=1024)
def _first_query(known: Mapper[Any], asked: tuple[tuple[str, str], ...]) -> Select[Any]:
    return _query(known, asked).limit(1)


def _asked(equals: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _how(value)) for name, value in equals.items())


def _values(known: Mapper[Any], equals: dict[str, object]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in equals.items():
        if isinstance(value, (list, set, frozenset)):
            values[f"is_{name}"] = json.dumps([known.cell(name, one) for one in value])
        elif value is not None:
            values[f"is_{name}"] = known.cell(name, value)
    return values


class Rows:
    """get, find and first over one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def peek(self, cls: type[T], row_id: str) -> T | None:
        """The thing with that id, or None."""
        return self.first(cls, id=row_id)

    def get(self, cls: type[T], row_id: str) -> T:
        """The thing with that id; a sentence for the user when there is none."""
        found = self.peek(cls, row_id)
        if found is None:
            raise UserError(f"没有找到这条{label(cls)}，它可能已被撤销。", kind="not_found")
        return found

    def find(self, cls: type[T], **equals: object) -> list[T]:
        """All whose fields equal the given ones (a list or set: any of them), oldest first."""
        known = mapper(cls)
        query = _query(known, _asked(equals))
        rows = self.connection.execute(query, _values(known, equals)).mappings()
        return [known.entity(row) for row in rows]

    def find_in(self, cls: type[T], field: str, values: Iterable[object]) -> list[T]:
        """All whose field is one of many values, oldest first."""
        known = mapper(cls)
        cells = json.dumps(list(dict.fromkeys(known.cell(field, value) for value in values)))
        chosen = select(func.json_each(cells).table_valued("value").c.value)
        query = select(*known.columns).where(known.table.c[field].in_(chosen))
        rows = self.connection.execute(query.order_by(known.table.c.id)).mappings()
        return [known.entity(row) for row in rows]

    def first(self, cls: type[T], **equals: object) -> T | None:
        """The first of `find`, or None."""
        known = mapper(cls)
        query = _first_query(known, _asked(equals))
        row = self.connection.execute(query, _values(known, equals)).mappings().one_or_none()
        return None if row is None else known.entity(row)

    def newest(self, cls: type[T], limit: int) -> list[T]:
        """The last `limit` that were stored, the last one first."""
        known = mapper(cls)
        query = select(*known.columns).order_by(known.table.c.id.desc()).limit(limit)
        return [known.entity(row) for row in self.connection.execute(query).mappings()]
