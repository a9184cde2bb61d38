"""Reads stored things back as domain values: one by id, some by equal fields."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select

from inspector_app.errors import UserError
from inspector_app.ledger.mapping import Entity, Mapper, label, mapper

T = TypeVar("T", bound=Entity)


def _condition(known: Mapper[Any], name: str, value: object) -> ColumnElement[bool]:
    column = known.table.c[name]
    if isinstance(value, (list, set, frozenset)):
        return column.in_([known.cell(name, one) for one in value])
    if value is None:
        return column.is_(None)
    return column == known.cell(name, value)


def _query(known: Mapper[Any], equals: dict[str, object]) -> Select[Any]:
    query = select(*known.columns)
    for name, value in equals.items():
        query = query.where(_condition(known, name, value))
    order = [known.table.c["order"]] if "order" in known.names else []
    return query.order_by(*order, known.table.c.id)


class Rows:
    """get, find and first over one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def peek(self, cls: type[T], row_id: str) -> T | None:
        """The thing with that id, or None."""
        known = mapper(cls)
        query = select(*known.columns).where(known.table.c.id == row_id)
        row = self.connection.execute(query).mappings().one_or_none()
        return None if row is None else known.entity(row)

    def get(self, cls: type[T], row_id: str) -> T:
        """The thing with that id; a sentence for the user when there is none."""
        found = self.peek(cls, row_id)
        if found is None:
            raise UserError(f"没有找到这条{label(cls)}，它可能已被撤销。", kind="not_found")
        return found

    def find(self, cls: type[T], **equals: object) -> list[T]:
        """All whose fields equal the given ones (a list or set: any of them), oldest first."""
        known = mapper(cls)
        rows = self.connection.execute(_query(known, equals)).mappings()
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
        row = self.connection.execute(_query(known, equals).limit(1)).mappings().one_or_none()
        return None if row is None else known.entity(row)
