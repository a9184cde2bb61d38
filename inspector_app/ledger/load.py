"""Takes in a first load: many new rows at once, lists and search made anew at its end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, insert
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.ledger import bulk, changes, derived, sealed
from inspector_app.ledger.changes import Cells
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.migrate import REVISIONS
from inspector_app.ledger.receive import Receiving, receiving
from inspector_app.ledger.schema.exchange import sync_in
from inspector_app.ledger.unit import Change, Committed

if TYPE_CHECKING:
    from inspector_app.ledger.ledger import Ledger

SCHEMA = int(REVISIONS[-1])
Root = sealed.Root


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows of one table that are not here yet, side by side: aggregate, content with revision, and
    the line that says the same (sealed.line, of `columns_of`)."""

    table: Table
    roots: Sequence[Root]
    rows: Sequence[Cells]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """New rows ready to be stored: each table's as one array (JSONB), their ops as another."""

    tables: tuple[tuple[Table, bytes], ...]
    ops: bytes
    ops_sha: str
    scope: str
    touched: tuple[Change, ...]


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns of content in the order in which a load gives them."""
    return sealed.names(table, SCHEMA)


def batch(scope: str, new: Sequence[NewRows]) -> Batch:
    """Make rows ready, parents first. Touches no ledger: it may be done beside one's work there."""
    ops = [
        text
        for one in new
        for text in sealed.ops(one.table.name, scope, SCHEMA, one.roots, one.rows, one.lines)
    ]
    with closing(dbapi2.connect(":memory:")) as reader:
        return Batch(
            tuple((one.table, _array(reader, one.lines)) for one in new),
            _array(reader, ops),
            changes.ops_sha(ops),
            scope,
            tuple(Change(*root) for root in dict.fromkeys(r for one in new for r in one.roots)),
        )


def _array(reader: dbapi2.Connection, texts: Sequence[str]) -> bytes:
    """These as one array, read by SQLite as far as it goes without knowing where it is stored."""
    ((read,),) = reader.execute("SELECT jsonb(?)", (f"[{','.join(texts)}]",))
    return bytes(read)


@cache
def _insert(table: Table) -> str:
    """SQLite takes the lines apart itself: one statement a page, other threads go on meanwhile."""
    names = (*columns_of(table), sealed.REVISION)
    columns = ", ".join(f'"{name}"' for name in names)
    cells = ", ".join(f"value->>'{name}'" for name in names)
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {cells} FROM jsonb_each(?)'  # noqa: S608  # names of our own columns


class Loading(Receiving):
    """A unit of receiving whose new rows go in without being read back one by one."""

    def __init__(self, connection: Connection, stamp: changes.Stamp) -> None:
        super().__init__(connection, stamp)
        self._batch: Batch | None = None

    def insert(self, new: Batch, meanwhile: Callable[[], object]) -> None:
        """Store new rows, one batch a unit; IntegrityError when one of them does not fit.

        `meanwhile` is called when Python is about to be free for something else.
        """
        for table, lines in new.tables:
            with bulk.unnoted(self.connection, table):
                meanwhile()
                self.connection.exec_driver_sql(_insert(table), (lines,))
        self._batch = new

    def commit(self) -> Committed:
        """Write the changeset of what was inserted; of anything else the usual one besides."""
        new = self._batch
        if new is None or not new.touched:
            return super().commit()
        packed = changes.write_loaded(
            self.connection, self.stamp, new.ops, new.ops_sha, {new.scope}
        )
        self.connection.execute(insert(sync_in), {"seq": packed.seq})
        derived.put_off(self.connection)
        reach("loaded")
        others = super().commit().changes  # a page that is stored this way changes nothing else
        return Committed(packed.id, (*new.touched, *others))


@contextmanager
def loading(ledger: "Ledger", at: datetime) -> Iterator[Loading]:
    """One unit of a first load; the derived tables wait for `Ledger.settle`.

    A power cut may take the last pages back: they come again, the place of the load with them.
    """
    with receiving(ledger, at, lasting=False) as uow:
        yield Loading(uow.connection, uow.stamp)
