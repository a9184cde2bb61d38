"""Pages of a list: the rows after a known one, with total and sums of the whole list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, literal, or_, select

Row = TypeVar("Row")
Cursor: TypeAlias = tuple[str | int, str | int]  # of the last row: what is sorted by, its key
Order: TypeAlias = Mapping[str, ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over a whole list, in fen; what nobody knows counts as nothing."""

    workers: int = 0
    amount_fen: int = 0
    paid_fen: int = 0
    owing_fen: int = 0


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; `next` is what to pass as `after` for more, None at the end."""

    rows: tuple[Row, ...]
    total: int
    sums: Sums
    next: Cursor | None


def take(
    connection: Connection,
    columns: Sequence[ColumnElement[Any]],
    where: Sequence[ColumnElement[bool]],
    order: tuple[ColumnElement[Any], bool],
    key: ColumnElement[Any],
    *,
    limit: int,
    after: Cursor | None,
) -> tuple[list[RowMapping], Cursor | None]:
    """Up to `limit` rows by (order, key) after the cursor, and the cursor of the last one."""
    by, falling = order
    query = select(*columns, by.label("_order"), key.label("_key")).where(*where)
    if after is not None:
        value, last = after
        query = query.where(_beyond(by, key, value, last, falling=falling))
    turned = (by.desc(), key.desc()) if falling else (by, key)
    rows = list(connection.execute(query.order_by(*turned).limit(limit + 1)).mappings())
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, (rows[-1]["_order"], rows[-1]["_key"]) if more and rows else None


def _beyond(
    by: ColumnElement[Any],
    key: ColumnElement[Any],
    value: str | int,
    last: str | int,
    *,
    falling: bool,
) -> ColumnElement[bool]:
    # The first half alone lets SQLite start inside the index; the second half is exact.
    if falling:
        return and_(by <= value, or_(by < value, key < literal(last)))
    return and_(by >= value, or_(by > value, key > literal(last)))


def order_of(order: str, known: Order) -> tuple[ColumnElement[Any], bool]:
    """ "filed_on desc" -> (column, True); ValueError when the list has no such column."""
    name, _, direction = order.partition(" ")
    if name not in known or direction not in ("", "asc", "desc"):
        raise ValueError(f"cannot sort by {order!r}")
    return known[name], direction == "desc"
