"""Replays the trail and holds every row against it: what was altered behind the program."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, select

from inspector_app.ledger.changes import Cells
from inspector_app.ledger.schema import BUSINESS, business_columns, metadata
from inspector_app.ledger.schema.machinery import capture
from inspector_app.ledger.sealed import LOAD, holds

_MISSING = "操作记录里有，台账里没有"
_SURPLUS = "台账里有，操作记录里没有"
_CHANGED = "内容与操作记录不一致"

_Row = tuple[str, str]  # table and id


@dataclass(frozen=True, slots=True)
class _Left:
    """What the trail says of a row: the cells it names, and of a loaded row its seal.

    `before` holds what a later change found in the loaded row: with it the content that was loaded
    can be put together again.
    """

    cells: Cells
    seal: Cells | None = None
    before: Cells = field(default_factory=dict)


_Side = tuple[str, str, _Left | None, Cells]  # table, id, what the trail left, stored content

# Only keys are sorted; each op is then read by its place. LIMIT keeps SQLite from dropping the
# order of the inner query.
_OPS = """
SELECT key.t, key.id, change_op.op FROM (
  SELECT t, json_extract(op, '$.id') AS id, seq, n FROM change_op ORDER BY t, id, seq, n LIMIT -1
) AS key CROSS JOIN change_op ON change_op.seq = key.seq AND change_op.n = key.n
"""


def _after(left: _Left | None, op: Cells) -> _Left | None:
    """What the trail says once this op was made."""
    if op["k"] == "del":
        return None
    if op["k"] == LOAD:
        return _Left({}, op)
    new = {name: pair[1] for name, pair in op["c"].items()}
    if op["k"] == "ins":
        return _Left(new)
    if left is None:  # a row nobody made, which is surplus for ever
        return None
    old = {name: pair[0] for name, pair in op["c"].items()} if left.seal else {}
    return replace(left, cells={**left.cells, **new}, before={**old, **left.before})


def _recorded(connection: Connection) -> Iterator[_Side]:
    """Every row that must be there, as the trail left it, by table and id."""
    rows = connection.exec_driver_sql(_OPS)
    for (table, row_id), ops in groupby(rows, key=itemgetter(0, 1)):
        left: _Left | None = None
        for _, _, text in ops:
            left = _after(left, json.loads(text))
        if left is not None:
            yield table, row_id, left, {}


def _stored(connection: Connection) -> Iterator[_Side]:
    """Every business row, by table and id."""
    for table in sorted(BUSINESS, key=lambda one: one.name):
        query = select(*business_columns(table)).order_by(table.c.id)
        names = [column.name for column in query.selected_columns]
        for row in connection.execute(query):
            cells = dict(zip(names, row, strict=True))
            yield table.name, cells["id"], None, cells


def _difference(sides: list[_Side]) -> str:
    """What is wrong with a row, never its content, which may be personal data; "" when nothing."""
    left = next((one for _, _, one, _ in sides if one is not None), None)
    there = next((cells for _, _, one, cells in sides if one is None), None)
    if there is None or left is None:
        return _MISSING if there is None else _SURPLUS
    # A column the trail does not know came with a migration later than the row.
    cells = left.cells
    changed = [name for name in there if name in cells and there[name] != cells[name]]
    if changed:
        return f"{_CHANGED}：{'、'.join(changed)}"
    whole = left.seal is None or holds(
        metadata.tables[sides[0][0]], left.seal, {**there, **left.before}
    )
    return "" if whole else _CHANGED


def altered(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """(table, id, what is wrong) of every row that is not what the trail says.

    Rows the triggers noted and nobody signed for yet are left out: the next unit of work records
    them. A value altered and later overwritten by the program is whole again; the op that overwrote
    it tells the altered value as the old one. The trail must hold, or it proves nothing.

    Costs one pass over the trail and one over all rows, side by side; in memory is one row of
    each and a sorted key of about 100 bytes for each op, never the ops themselves.
    """
    query = select(capture.c.t, capture.c.id).distinct()
    noted: set[_Row] = {(str(table), str(row_id)) for table, row_id in connection.execute(query)}
    known = {table.name for table in BUSINESS}
    both = merge(_recorded(connection), _stored(connection), key=itemgetter(0, 1))
    for row, sides in groupby(both, key=itemgetter(0, 1)):
        wrong = _difference(list(sides))
        if wrong and row not in noted and row[0] in known:
            yield (*row, wrong)
