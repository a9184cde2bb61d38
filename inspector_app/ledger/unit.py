"""The unit of work: one user action = one transaction = the change and its one changeset."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from inspector_app.domain.name_length import too_long
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.errors import UserError
from inspector_app.ledger import changes, derived
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.last_step import IN_LINE
from inspector_app.ledger.mapping import Entity, Mapper, mapper
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.schema import is_root, metadata
from inspector_app.ledger.schema.papers import number_entry, paper
from inspector_app.ledger.search import SOURCES

T = TypeVar("T", bound=Entity)
_LAST_NO = select(func.max(number_entry.c.no)).where(
    number_entry.c.scope == bindparam("of_scope"),
    number_entry.c.series == bindparam("of_series"),
    number_entry.c.year == bindparam("of_year"),
)

_LAST_DAY = select(func.max(paper.c.issued_on)).where(paper.c.kind == bindparam("of_kind"))
_LAST_OF_ALL = select(func.max(paper.c.issued_on)).where(paper.c.number != "")


@dataclass(frozen=True, slots=True)
class Change:
    """An aggregate that changed: what a page needs to know to refresh."""

    root_type: str
    root_id: str


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit wrote; an empty id and no changes when there was nothing to write."""

    changeset_id: str
    changes: tuple[Change, ...]


def _require_short_names(table: Table, cells: Mapping[str, Any]) -> None:
    """Refuse a page pasted as a name. What came before or comes from others stays as it is."""
    _, names = SOURCES.get(table.name, ((), ()))
    for name in names:
        if refused := too_long(cells.get(name) or ""):
            raise UserError(f"{refused}。", field=name, kind="too_long")


Guard = Callable[[tuple[changes.Op, ...]], None]


class UnitOfWork(Rows):
    """Everything inside happens together or not at all; made by Ledger.work only.

    `guard` looks at what is about to be committed; it raises to have nothing of it stored.
    """

    def __init__(self, connection: Connection, stamp: changes.Stamp) -> None:
        super().__init__(connection)
        self.stamp = stamp
        self.guard: Guard | None = None
        self.after: list[Callable[[], object]] = []  # called once all of it is durable
        self.written = ""  # the changeset, once it is durable
        self._cities: dict[tuple[str, str], str] = {}
        self._done = False

    def add(self, entity: Entity) -> None:
        """Store something new; what it belongs to must already be stored."""
        self.add_all([entity])

    def add_all(self, entities: Iterable[Entity]) -> None:
        """Store many new things at once, in the given order."""
        self._require_open()
        for cls, group in groupby(entities, key=type):
            known: Mapper[Any] = mapper(cls)
            rows = [self._with_city(known.table, known.row(entity)) for entity in group]
            for row in rows:
                _require_short_names(known.table, row)
            self.connection.execute(insert(known.table), rows)

    def save(self, entity: Entity) -> None:
        """Store the fields of a known thing that differ from what is stored."""
        self._require_open()
        known: Mapper[Any] = mapper(type(entity))
        query = select(*known.columns).where(known.table.c.id == entity.id)
        stored = self.connection.execute(query).mappings().one_or_none()
        if stored is None:
            raise KeyError(f"{known.table.name} {entity.id} is not stored: add it first")
        changed = {k: v for k, v in known.row(entity).items() if stored[k] != v}
        if changed:
            _require_short_names(known.table, changed)
            where = known.table.c.id == entity.id
            self.connection.execute(update(known.table).where(where).values(changed))

    def remove(self, entity: Entity) -> None:
        """Take away a part of an aggregate or a draft; roots and issued papers stay for ever."""
        self._require_open()
        table = mapper(type(entity)).table
        if is_root(table):
            raise TypeError(f"a {table.name} is never deleted")
        if isinstance(entity, Paper):
            stored = self.get(Paper, entity.id)
            if stored.state is not PaperState.DRAFT:
                raise UserError("文书已制发，不能删除，只能作废。", kind="issued")
        gone = self.connection.execute(delete(table).where(table.c.id == entity.id))
        if gone.rowcount != 1:
            raise KeyError(f"{table.name} {entity.id} is not stored")

    def next_no(self, series: str, year: int, scope: str) -> int:
        """The number that follows the last one of the series; the caller stores its NumberEntry."""
        asked = {"of_scope": scope, "of_series": series, "of_year": year}
        return (self.connection.execute(_LAST_NO, asked).scalar_one() or 0) + 1

    def last_issued(self, kind: str) -> date | None:
        """The latest day on which a paper of that kind, or with "" any numbered one, was issued."""
        query, asked = (_LAST_DAY, {"of_kind": kind}) if kind else (_LAST_OF_ALL, {})
        day = self.connection.execute(query, asked).scalar_one()
        return date.fromisoformat(day) if day else None

    def commit(self) -> Committed:
        """Write the changeset and make all of it durable."""
        self._require_open()
        reach("rows_written")
        packed = changes.pack(self.connection, self.stamp)
        if packed is not None:
            if self.guard is not None:
                self.guard(packed.ops)
            derived.refresh(self.connection, packed.ops)
            self._packed(packed)
        reach("before_commit")
        self._require_open()
        self.connection.commit()
        self._done = True
        self.written = packed.id if packed is not None else ""
        if packed is not None and IN_LINE in self.connection.info:
            self.connection.info[IN_LINE].note(packed.seq, packed.hash)
        reach("after_commit")
        for then in self.after:
            then()
        if packed is None:
            return Committed("", ())
        touched = dict.fromkeys(Change(op.root_type, op.root) for op in packed.ops)
        return Committed(packed.id, tuple(touched))

    def _packed(self, packed: changes.Packed) -> None:
        """What a kind of work still notes of its changeset (see receive.py)."""

    def _require_open(self) -> None:
        # SQLite ends the transaction by itself when the disk is full: what follows must not be
        # written piecemeal.
        if self._done or not self.connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]  # always a live sqlcipher3 connection
            raise RuntimeError("the unit of work is over")

    def _with_city(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        if is_root(table):
            return row
        column, root_type = next(pair for pair in table.info["roots"] if row[pair[0]] is not None)
        key = (root_type, row[column])
        if key not in self._cities:
            root = metadata.tables[root_type].c
            query = select(root.city).where(root.id == row[column])
            city = self.connection.execute(query).scalar_one_or_none()
            if city is None:
                raise KeyError(f"{root_type} {row[column]} is not stored: add it first")
            self._cities[key] = city
        return {**row, "city": self._cities[key]}
