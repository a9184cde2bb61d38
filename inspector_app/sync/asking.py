"""What of a case waits for somebody: conflicts nobody answered, sets that were refused."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from inspector_app.ledger.schema.exchange import sync_conflict, sync_out
from inspector_app.ledger.schema.looks import case_look
from inspector_app.sync import outbox, pending, shown


def anything(connection: Connection) -> bool:
    """Whether anything could wait: where nothing is shared, three short looks are enough."""
    disputes = select(sync_conflict.c.id).where(sync_conflict.c.state == shown.OPEN)
    refused = select(sync_out.c.n).where(sync_out.c.state == outbox.REJECTED)
    looks = select(case_look.c.id)
    return any(
        connection.execute(query.limit(1)).first() is not None
        for query in (disputes, refused, looks)
    )


def open_in(connection: Connection, roots: Collection[str]) -> dict[str, int]:
    """Aggregate -> how many of its conflicts are open and nobody here has answered."""
    answered = shown.answered(connection)
    query = select(sync_conflict.c.root_id, func.count().label("open")).where(
        sync_conflict.c.root_id.in_(pending.chosen(roots)),
        sync_conflict.c.state == shown.OPEN,
        sync_conflict.c.id.not_in(pending.chosen(answered)),
    )
    rows = connection.execute(query.group_by(sync_conflict.c.root_id))
    return {row.root_id: row.open for row in rows}


def refused_in(connection: Connection, roots: Collection[str]) -> set[str]:
    """Those of these aggregates of which a set was refused."""
    return {op["root"] for op in pending.ops(connection, roots, (outbox.REJECTED,), fresh=False)}
