"""Where a record stands between this PC and the shared database, in words an inspector reads."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from inspector_app.domain.words import Word
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.exchange import sync_conflict
from inspector_app.sync import memory, outbox, pending


class RecordState(Word):
    """Only here; changed here and not delivered; as the shared database has it; disputed."""

    LOCAL = "local", "本机"
    WAITING = "waiting", "待上传"
    CONFIRMED = "confirmed", "已确认"
    CONFLICT = "conflict", "有冲突"


def states(
    connection: Connection, root_type: str, root_ids: Collection[str]
) -> dict[str, RecordState]:
    """The state of each of these aggregates."""
    ids = list(root_ids)
    disputed = set(
        connection.scalars(
            select(sync_conflict.c.root_id).where(
                sync_conflict.c.root_id.in_(pending.chosen(ids)), sync_conflict.c.state == "open"
            )
        )
    )
    refused = pending.ops(connection, ids, (outbox.REJECTED,), fresh=False)
    disputed |= {op["root"] for op in refused}
    waits = {op["root"] for op in pending.ops(connection, ids, (outbox.QUEUED,))}
    held = {op["root"] for op in pending.ops(connection, ids, (outbox.HELD,), fresh=False)}
    table = metadata.tables[root_type]
    query = select(table.c.id, table.c.scope, table.c.row_rev).where(
        table.c.id.in_(pending.chosen(ids))
    )
    shared = memory.cursors(connection).keys()

    def state(row_id: str, scope: str, revision: int) -> RecordState:
        if row_id in disputed:
            return RecordState.CONFLICT
        if row_id in held or (row_id in waits and scope not in shared):
            return RecordState.LOCAL if revision == 0 else RecordState.WAITING
        if row_id in waits:
            return RecordState.WAITING
        return RecordState.CONFIRMED if revision else RecordState.LOCAL

    return {row.id: state(row.id, row.scope, row.row_rev) for row in connection.execute(query)}


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
