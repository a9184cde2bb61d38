"""What is shown of an open conflict: the row as it stands, and a mark that names just that."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select

from inspector_app.ledger.changes import rows_now
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.exchange import sync_out
from inspector_app.sync import apply, memory, outbox
from inspector_app.sync.wire import text_of

OPEN, ANSWERED = "open", "answered"
WHOLE_ROW = "row"
Cells = dict[str, Any]


def cells_of(text: str) -> Cells | None:
    """Stored cells; None where a side deleted the row."""
    value: Cells | None = json.loads(text) if text else None
    return value


def answered(connection: Connection) -> set[str]:
    """Ids of conflicts somebody here chose in, and whose answer is on its way."""
    query = select(sync_out.c.ops).where(sync_out.c.state == outbox.QUEUED, sync_out.c.ops != "")
    return {op["id"] for text in connection.scalars(query) for op in json.loads(text)}


def _returned(connection: Connection) -> set[str]:
    """Ids of conflicts whose last choice arrived too late: the row had moved on by then."""
    query = select(sync_out.c.ops, sync_out.c.receipt).where(sync_out.c.ops != "")
    query = query.where(sync_out.c.state == outbox.ACKED).order_by(sync_out.c.n)
    found: dict[str, bool] = {}
    for text, receipt in connection.execute(query):
        told = json.loads(receipt or "{}").get("ops", [])
        for op, answer in zip(json.loads(text), told, strict=False):
            if op["k"] == "resolve":
                found[op["id"]] = answer["s"] == "conflict"
    return {one for one, late in found.items() if late}


def standing(connection: Connection, row: Row[Any]) -> Cells | None:
    """The group of an open conflict as it stands here now; None when the row is gone."""
    stored = cells_of(row.theirs)
    table = metadata.tables.get(row._mapping["t"])
    if table is None:  # of a newer program
        return stored
    now = rows_now(connection, table, [row.row_id]).get(row.row_id)
    if now is None:
        left_out = memory.of_scopes(connection, memory.LEFT_OUT).get(row.scope, {})
        return stored if row.root_id in left_out else None
    names = stored or (now if row.grp == WHOLE_ROW else cells_of(row.base) or {})
    return {name: _as_shared(now.get(name, value), value) for name, value in names.items()}


def _as_shared(now: object, stored: object) -> object:
    """What an account may not see stands here as a word of ours, there as nothing."""
    return stored if now == apply.HIDDEN else now


@dataclass(frozen=True, slots=True)
class Answers:
    """Conflicts somebody here chose in: on the way, or come back; and the salt of the marks."""

    waiting: set[str]
    returned: set[str]
    salt: str

    def mark(self, row: Row[Any], theirs: Cells | None) -> str:
        """Names what is shown without telling it: the values cannot be guessed from it."""
        return sha256(f"{self.salt}|{row.id}|{text_of(theirs)}".encode()).hexdigest()[:8]


def answers(connection: Connection) -> Answers:
    """What was chosen here, of all conflicts."""
    return Answers(answered(connection), _returned(connection), memory.device(connection))
