"""Brings pages of a first load in quickly: whole new aggregates, a table at a time."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from inspector_app.ledger.load import Loading, NewRows, Root
from inspector_app.ledger.schema import BUSINESS
from inspector_app.sync import apply
from inspector_app.sync.transport import Page, RootState, RowState, Transport

ROWS_A_PAGE = 2_000  # a page this big is read and stored in a tenth of a second
MOST_ROOTS = 2_000  # the shared database gives no more


def load_page(uow: Loading, scope: str, roots: Sequence[RootState]) -> bool:
    """Store a page of aggregates of which nothing is here; False when it must go the usual way."""
    by_table: dict[str, list[tuple[Root, RowState]]] = {}
    for root in roots:
        key = (root.root_type, root.root)
        for row in root.rows:
            if row.cells is None or row.t not in apply.TABLES:
                return False
            by_table.setdefault(row.t, []).append((key, row))
    if any(_some_are_here(uow, name, rows) for name, rows in by_table.items()):
        return False
    try:
        with uow.connection.begin_nested():
            for table in BUSINESS:  # parents before children
                if table.name in by_table:
                    uow.insert(table, _new(table, by_table[table.name]), scope)
    except IntegrityError:
        return False
    return True


def _new(table: Table, rows: Sequence[tuple[Root, RowState]]) -> NewRows:
    values = apply.values_of(table, (row for _, row in rows))
    return NewRows([root for root, _ in rows], [row.rev for _, row in rows], values)


def _some_are_here(uow: Loading, name: str, rows: Sequence[tuple[Root, RowState]]) -> bool:
    ids = json.dumps([row.id for _, row in rows])
    query = f'SELECT 1 FROM "{name}" WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1'  # noqa: S608  # a name of our own tables
    return uow.connection.exec_driver_sql(query, (ids,)).first() is not None


def next_size(asked: int, page: Page) -> int:
    """How many aggregates to ask for next, so that a page has about ROWS_A_PAGE rows."""
    rows = sum(len(root.rows) for root in page.roots)
    wanted = asked * ROWS_A_PAGE // max(rows, 1)
    return max(1, min(wanted, asked * 4, MOST_ROOTS))


class Ahead:
    """Pages one after the other; the next is already on its way while one is being stored."""

    def __init__(
        self, transport: Transport, scope: str, base: int, *, most: int, fixed: bool
    ) -> None:
        self._transport, self._scope, self._base = transport, scope, base
        self._most, self._fixed = most, fixed

    def pages(self, place: tuple[int, str]) -> Iterator[Page]:
        """All pages from that place on."""
        with ThreadPoolExecutor(1, thread_name_prefix="pages") as pool:
            coming = pool.submit(self._pull, place)
            while True:
                page = coming.result()
                if page.more:
                    if not self._fixed:
                        self._most = next_size(self._most, page)
                    coming = pool.submit(self._pull, page.next)
                yield page
                if not page.more:
                    return

    def _pull(self, place: tuple[int, str]) -> Page:
        return self._transport.pull(self._scope, self._base, *place, self._most)
