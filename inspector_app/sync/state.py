"""Where a record stands between this PC and the shared database, in words an inspector reads."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from inspector_app.domain.words import Word
from inspector_app.ledger.schema import is_root, metadata
from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.exchange import sync_conflict
from inspector_app.sync import away, memory, outbox, pending


class RecordState(Word):
    """Only here; changed here and not delivered; as the shared database has it; disputed; left."""

    LOCAL = "local", "本机"
    WAITING = "waiting", "待上传"
    CONFIRMED = "confirmed", "已确认"
    CONFLICT = "conflict", "有冲突"
    AWAY = "away", "已移走"


@dataclass(frozen=True, slots=True)
class _Place:
    root: str
    scope: str
    revision: int


def states(connection: Connection, kind: str, row_ids: Collection[str]) -> dict[str, RecordState]:
    """The state of each of these records: of whole aggregates, or of parts of them alone."""
    table = metadata.tables[kind]
    whole = is_root(table)
    places = _places(connection, table, row_ids)
    roots = {one.root for one in places.values()}
    held_in = sync_conflict.c.root_id if whole else sync_conflict.c.row_id
    chosen = held_in.in_(pending.chosen(places))
    disputed = set(
        connection.scalars(select(held_in).where(chosen, sync_conflict.c.state == "open"))
    )

    def named(*delivery: str, fresh: bool) -> set[str]:
        found = pending.ops(connection, roots, delivery, fresh=fresh)
        return {op["root" if whole else "id"] for op in found}

    disputed |= named(outbox.REJECTED, fresh=False)
    waits, held = named(outbox.QUEUED, fresh=True), named(outbox.HELD, fresh=False)
    shared = memory.cursors(connection).keys()
    left = {root for _, root in away.kept(connection)} if whole else set()

    def state(row_id: str, place: _Place) -> RecordState:
        if place.root in left:
            return RecordState.AWAY
        if row_id in disputed:
            return RecordState.CONFLICT
        if row_id in held or (row_id in waits and place.scope not in shared):
            return RecordState.LOCAL if place.revision == 0 else RecordState.WAITING
        if row_id in waits:
            return RecordState.WAITING
        return RecordState.CONFIRMED if place.revision else RecordState.LOCAL

    return {row_id: state(row_id, place) for row_id, place in places.items()}


def _places(connection: Connection, table: Table, row_ids: Collection[str]) -> dict[str, _Place]:
    """The aggregate each record belongs to, the scope of that, and the record's own revision."""
    found: dict[str, _Place] = {}
    wanted = table.c.id.in_(pending.chosen(row_ids))
    for column, name in table.info["roots"]:
        root = metadata.tables[name].alias()
        query = select(table.c.id, root.c.id.label("root"), root.c.scope, table.c.row_rev)
        joined = query.join_from(table, root, root.c.id == table.c[column]).where(wanted)
        for row_id, root_id, scope, revision in connection.execute(joined):
            found.setdefault(row_id, _Place(root_id, scope, revision))
    return found


def counted(connection: Connection) -> dict[RecordState, int]:
    """How many cases stand where: by their revision, put right for the few that are busy.

    A ledger of a hundred thousand cases is not read for it.
    """
    shared = select(func.count()).select_from(case).where(case.c.row_rev > 0)
    every = connection.scalar(select(func.count()).select_from(case)) or 0
    confirmed = connection.scalar(shared) or 0
    found = dict.fromkeys(RecordState, 0)
    found[RecordState.CONFIRMED], found[RecordState.LOCAL] = confirmed, every - confirmed
    busy = {op["root"] for op in pending.ops(connection) if op["root_type"] == case.name}
    open_ = select(sync_conflict.c.root_id).where(sync_conflict.c.state == "open")
    busy.update(connection.scalars(open_))
    revisions = select(case.c.id, case.c.row_rev).where(case.c.id.in_(pending.chosen(busy)))
    plain = {row.id: row.row_rev for row in connection.execute(revisions)}
    for case_id, state in states(connection, case.name, busy).items():
        found[RecordState.CONFIRMED if plain[case_id] else RecordState.LOCAL] -= 1
        found[state] += 1
    return found


def by_scope(connection: Connection) -> dict[str, int]:
    """How many cases of each scope stand here."""
    query = select(case.c.scope, func.count().label("cases")).group_by(case.c.scope)
    return {row.scope: row.cases for row in connection.execute(query)}
