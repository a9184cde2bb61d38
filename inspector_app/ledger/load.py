"""Takes in a first load: many new rows at once, lists and search made anew at its end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, func, insert, select

from inspector_app.ledger import changes, derived, sealed
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.migrate import REVISIONS
from inspector_app.ledger.receive import Receiving, receiving
from inspector_app.ledger.schema.exchange import sync_in
from inspector_app.ledger.schema.machinery import capture
from inspector_app.ledger.unit import Change, Committed

if TYPE_CHECKING:
    from inspector_app.ledger.ledger import Ledger

SCHEMA = int(REVISIONS[-1])
Root = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows of one table that are not here yet, side by side: aggregate, revision, and the values
    of every column of content in the order of `columns_of`."""

    roots: Sequence[Root]
    revisions: Sequence[int]
    values: Sequence[tuple[object, ...]]


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns of content in the order in which a load gives their values."""
    return sealed.names(table, SCHEMA)


class Loading(Receiving):
    """A unit of receiving whose new rows go in without being read back one by one."""

    def __init__(self, connection: Connection, stamp: changes.Stamp) -> None:
        super().__init__(connection, stamp)
        self._lines: list[changes.OpLine] = []
        self._scopes: set[str] = set()

    def insert(self, table: Table, rows: NewRows, scope: str) -> None:
        """Store new rows of one table; IntegrityError when one does not fit."""
        names = columns_of(table)
        columns = ", ".join(f'"{name}"' for name in (*names, "row_rev"))
        marks = ", ".join("?" * (len(names) + 1))
        sql = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608  # names of our own columns
        full = [(*one, rev) for one, rev in zip(rows.values, rows.revisions, strict=True)]
        self.connection.exec_driver_sql(sql, full)
        ids = map(itemgetter(names.index("id")), rows.values)
        known = zip(ids, rows.roots, rows.values, strict=True)
        self._lines += sealed.lines(table.name, scope, SCHEMA, known)
        self._scopes.add(scope)

    def commit(self) -> Committed:
        """Write the changeset of what was inserted; of anything else the usual one besides."""
        lines = self._lines
        noted = self.connection.scalar(select(func.count()).select_from(capture))
        if not lines or noted != len(lines):
            return super().commit()
        changes.forget_captured(self.connection)
        packed = changes.write(self.connection, self.stamp, lines, self._scopes)
        self.connection.execute(insert(sync_in), {"seq": packed.seq})
        derived.put_off(self.connection)
        reach("loaded")
        super().commit()
        touched = dict.fromkeys(Change(line.root_type, line.root) for line in lines)
        return Committed(packed.id, tuple(touched))


@contextmanager
def loading(ledger: "Ledger", at: datetime) -> Iterator[Loading]:
    """One unit of a first load; the derived tables wait for `Ledger.settle`."""
    with receiving(ledger, at) as uow:
        yield Loading(uow.connection, uow.stamp)
