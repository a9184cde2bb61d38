"""Replays the trail and holds every row against it: what was altered behind the program."""

import json
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, select

from inspector_app.ledger.changes import Cells
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.ledger.schema.machinery import capture

_MISSING = "操作记录里有，台账里没有"
_SURPLUS = "台账里有，操作记录里没有"
_CHANGED = "内容与操作记录不一致"

_Row = tuple[str, str]  # table and id
_Side = tuple[str, str, bool, Cells]  # table, id, whether from the trail, content

# Only keys are sorted; each op is then read by its place. LIMIT keeps SQLite from dropping the
# order of the inner query.
_OPS = """
SELECT key.t, key.id, change_op.op FROM (
  SELECT t, json_extract(op, '$.id') AS id, seq, n FROM change_op ORDER BY t, id, seq, n LIMIT -1
) AS key CROSS JOIN change_op ON change_op.seq = key.seq AND change_op.n = key.n
"""


def _recorded(connection: Connection) -> Iterator[_Side]:
    """Every row that must be there, as the trail left it, by table and id."""
    rows = connection.exec_driver_sql(_OPS)
    for (table, row_id), ops in groupby(rows, key=itemgetter(0, 1)):
        cells: Cells | None = None
        for _, _, text in ops:
            op = json.loads(text)
            new = {name: pair[1] for name, pair in op["c"].items()}
            if op["k"] == "ins":
                cells = new
            elif op["k"] == "del":
                cells = None
            elif cells is not None:  # else: a row nobody made, which is surplus for ever
                cells.update(new)
        if cells is not None:
            yield table, row_id, True, cells


def _stored(connection: Connection) -> Iterator[_Side]:
    """Every business row, by table and id."""
    for table in sorted(BUSINESS, key=lambda one: one.name):
        query = select(*business_columns(table)).order_by(table.c.id)
        names = [column.name for column in query.selected_columns]
        for row in connection.execute(query):
            cells = dict(zip(names, row, strict=True))
            yield table.name, cells["id"], False, cells


def _difference(sides: list[_Side]) -> str:
    """What is wrong with a row, never its content, which may be personal data; "" when nothing."""
    by_trail = {from_trail: cells for _, _, from_trail, cells in sides}
    if False not in by_trail:
        return _MISSING
    if True not in by_trail:
        return _SURPLUS
    there, left = by_trail[False], by_trail[True]
    # A column the trail does not know came with a migration later than the row.
    changed = [name for name in there if name in left and there[name] != left[name]]
    return f"{_CHANGED}：{'、'.join(changed)}" if changed else ""


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
