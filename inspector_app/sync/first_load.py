"""Brings pages of a first load in quickly: whole new aggregates, a table at a time."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from operator import itemgetter

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from inspector_app.ledger import sealed
from inspector_app.ledger.load import Batch, Loading, NewRows, Root, batch, columns_of
from inspector_app.sync import apply
from inspector_app.sync.transport import Cells, Page, RootState, RowState, Transport

ROWS_A_PAGE = 4_000  # a page this big is read and stored in a fifth of a second
MOST_ROOTS = 4_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Ready:
    """A page, and the same as it is stored when nothing of it is here; ids of what is gone."""

    page: Page
    new: Batch
    gone: tuple[tuple[str, str], ...]  # table, ids as JSON
    meanwhile: Callable[[], object] = bool  # see Loading.insert


def ready(scope: str, page: Page) -> Ready:
    """Read a page. Touches no ledger: it is done beside the storing of the one before."""
    loose = [row for root in page.roots for row in root.rows]  # hardly any: they come as lines
    gone = [row for row in loose if row.cells is None]
    tables = sorted({row.t for row in gone} & apply.TABLES.keys())
    ids = ((t, json.dumps([row.id for row in gone if row.t == t])) for t in tables)
    new = []
    for table in apply.TABLES.values():  # parents before children
        rows, lines = _read(table, page.lines.get(table.name, ()), loose)
        if rows:
            new.append(NewRows(table, _roots(table, rows), rows, lines))
    return Ready(page, batch(scope, new), tuple(ids))


@cache
def _keys(table: Table) -> tuple[str, ...]:
    return (sealed.REVISION, *columns_of(table))


def _read(
    table: Table, said: Sequence[str], loose: Sequence[RowState]
) -> tuple[list[Cells], list[str]]:
    """The live rows of a table, and of each the line that says what this program makes of it."""
    keys = _keys(table)
    filled = itemgetter("id", *apply.filled(table))
    lines = list(said)
    rows = _cells(lines)
    for place, row in enumerate(rows):
        if tuple(row) != keys or "" in filled(row):  # of an older program, or hidden from us
            rows[place] = whole = apply.completed(table, row)
            lines[place] = sealed.line(whole, keys[1:], row[sealed.REVISION])
    for one in loose:
        if one.t == table.name and one.cells is not None:  # it did not come as a line
            whole = apply.completed(table, {**one.cells, "id": one.id, sealed.REVISION: one.rev})
            rows.append(whole)
            lines.append(sealed.line(whole, keys[1:], one.rev))
    return rows, lines


def _cells(lines: Sequence[str]) -> list[Cells]:
    """These as rows; some at a time, because no other thread has a turn while a text is read."""
    parts = (lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE))
    return [row for part in parts for row in json.loads(f"[{','.join(part)}]")]


def _roots(table: Table, rows: Sequence[Cells]) -> list[Root]:
    """The aggregate of each row: that of the first of its possible roots that is filled."""
    pairs: Sequence[tuple[str, str]] = table.info["roots"]
    if len(pairs) == 1:
        ((column, kind),) = pairs
        return [(kind, row[column]) for row in rows]
    return [
        next((kind, row[column]) for column, kind in pairs if row[column] is not None)
        for row in rows
    ]


def store(uow: Loading, page: Ready) -> bool:
    """Store a page of which nothing is here; False when it must go the usual way."""
    if any(_some_are_here(uow, name, ids) for name, ids in page.gone):
        return False
    try:
        with uow.connection.begin_nested():
            uow.insert(page.new, page.meanwhile)
    except IntegrityError:  # also of an id that is here
        return False
    return True


def _some_are_here(uow: Loading, name: str, ids: str) -> bool:
    query = f'SELECT 1 FROM "{name}" WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1'  # noqa: S608  # a name of our own tables
    return uow.connection.exec_driver_sql(query, (ids,)).first() is not None


def spread(page: Page) -> tuple[RootState, ...]:
    """The aggregates of a page with their rows, also those that came as lines."""
    found: dict[Root, list[RowState]] = {}
    for name, lines in page.lines.items():
        if name in apply.TABLES:  # else a newer program's: it comes again after the update
            rows = _cells(lines)
            for root, cells in zip(_roots(apply.TABLES[name], rows), rows, strict=True):
                state = RowState(name, cells["id"], cells.pop(sealed.REVISION), cells)
                found.setdefault(root, []).append(state)
    return tuple(
        root._replace(rows=(*root.rows, *found.get((root.root_type, root.root), ())))
        for root in page.roots
    )


def next_size(asked: int, page: Page) -> int:
    """How many aggregates to ask for next, so that a page has about ROWS_A_PAGE rows."""
    wanted = asked * ROWS_A_PAGE // max(page.rows, 1)
    return max(1, min(wanted, asked * 4, MOST_ROOTS))


class Later:
    """The reading of a page, begun when somebody says so, at the latest when it is needed.

    Read while the one before begins or ends its transaction, it takes Python away from it at every
    small statement: together they then take longer than one after the other.
    """

    def __init__(self, desk: ThreadPoolExecutor, scope: str, page: Page) -> None:
        self._desk, self._work = desk, partial(ready, scope, page)
        self._begun: Future[Ready] | None = None

    def begin(self) -> "Future[Ready]":
        """Begin, once."""
        self._begun = self._begun or self._desk.submit(self._work)
        return self._begun

    def result(self) -> Ready:
        """The page that was read."""
        return self.begin().result()


class Ahead:
    """Pages one after the other: while one is stored the next is read, and that behind it is on
    its way."""

    def __init__(self, transport: Transport, scope: str, *, most: int, fixed: bool) -> None:
        self._transport, self._scope = transport, scope
        self._most, self._fixed = most, fixed

    def pages(self, place: tuple[int, str]) -> Iterator[Ready]:
        """All pages from that place on."""
        with (
            ThreadPoolExecutor(1, thread_name_prefix="pages") as line,
            ThreadPoolExecutor(1, thread_name_prefix="read") as desk,
        ):
            coming: Future[Page] | None = line.submit(self._pull, place)
            read: Later | None = None
            while coming is not None:
                try:
                    page = coming.result()
                except BaseException:
                    if read is not None:  # what has arrived is stored all the same
                        yield read.result()
                    raise
                coming = None
                if page.more:
                    if not self._fixed:
                        self._most = next_size(self._most, page)
                    coming = line.submit(self._pull, page.next)
                before, read = read, Later(desk, self._scope, page)
                if before is None:
                    read.begin()  # nothing is being stored yet
                else:
                    yield replace(before.result(), meanwhile=read.begin)
            if read is not None:
                yield read.result()

    def _pull(self, place: tuple[int, str]) -> Page:
        return self._transport.load(self._scope, *place, self._most)
