"""Erases personal data from the trail: what the steps said of an aggregate goes, hashes stay."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select, update

from inspector_app.ledger import changes, search
from inspector_app.ledger.changes import Cells
from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema import BUSINESS, business_columns, metadata
from inspector_app.ledger.schema.access import PURGING, purged_step
from inspector_app.ledger.schema.exchange import sync_conflict, sync_in, sync_out, sync_state
from inspector_app.ledger.schema.machinery import change_op, changeset

if TYPE_CHECKING:
    from inspector_app.ledger.ledger import Ledger

PURGED = "清除个人信息"
BLOT = "〔已清除〕"
# Columns of a case, clue or visit that may name people besides those marked as personal data.
_FREE = frozenset({
    "facts", "note", "closing_note", "conclusion", "reply", "people", "override_why", "name",
    "void_reason", "relation", "place", "reason", "title", "crew", "voucher", "entrusted_to",
    "waybill", "video", "consent", "media", "employer_address", "opinion", "host_title",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What was erased: steps rewritten, and the stored files that were named (by hash)."""

    steps: int
    files: tuple[str, ...]


def hidden_columns(table: Table) -> frozenset[str]:
    """Columns whose content goes when an aggregate is purged."""
    return frozenset(
        column.name
        for column in business_columns(table)
        if column.info.get("pii") or (column.name in _FREE and _of_matter(table))
    )


def free_text() -> list[tuple[str, str]]:
    """(table, column) of what is hidden besides personal data, for the shared database."""
    return [
        (table.name, column.name)
        for table in BUSINESS
        for column in business_columns(table)
        if column.name in hidden_columns(table) and not column.info.get("pii")
    ]


def _of_matter(table: Table) -> bool:
    return bool({root for _, root in table.info["roots"]} & {"case", "clue", "inspection"})


def _blot(value: Any) -> Any:
    return value if value in (None, "", "[]", 0) else BLOT


def _blotted(text: str) -> str:
    """An op without what names people: its kind, ids, days and amounts stay."""
    op: Cells = json.loads(text)
    table = metadata.tables.get(op["t"])
    hidden = hidden_columns(table) if table is not None else set(op["c"]) | set(op["gb"])
    cells = {n: [_blot(v) for v in pair] if n in hidden else pair for n, pair in op["c"].items()}
    base = {n: _blot(v) if n in hidden else v for n, v in op["gb"].items()}
    return json.dumps({**op, "c": cells, "gb": base}, ensure_ascii=False, separators=(",", ":"))


def proof(rows: Collection[tuple[int, str]]) -> str:
    """The hash over the rewritten steps that the step which purged them bears in its reason."""
    return changes.sha("\n".join(f"{seq} {sha}" for seq, sha in sorted(rows)))[:32]


def scrub(
    ledger: "Ledger", roots: Collection[str], *, actor: str, at: datetime, why: str
) -> Scrubbed:
    """Rewrite the steps that spoke of these aggregates, whose rows are gone, in one transaction.

    The chain holds: it is made of the hashes of what the steps said at first. What they say now is
    vouched for by the step that purged them, which is itself in the chain and never delivered.
    """
    with ledger.work(PURGED, actor=actor, at=at, why=why) as uow:
        connection = uow.connection
        ops = _ops(connection, roots)
        files = _files(connection, [text for _, _, text in ops])
        fresh = [(seq, n, new) for seq, n, text in ops if (new := _blotted(text)) != text]
        _forget_exchange(connection, roots)
        if fresh:
            _rewrite(connection, fresh, uow.stamp)
            search.rebuild(connection)  # a word taken out of the index stays in its old pages
        reach("mid_purge")
        uow.commit()
        _empty_log(connection)
    return Scrubbed(len({seq for seq, _, _ in fresh}), files)


def _ops(connection: Connection, roots: Collection[str]) -> list[tuple[int, int, str]]:
    query = select(change_op.c.seq, change_op.c.n, change_op.c.op).where(
        change_op.c.root_id.in_(list(roots))
    )
    return [(seq, n, text) for seq, n, text in connection.execute(query)]


def _rewrite(
    connection: Connection, fresh: list[tuple[int, int, str]], stamp: changes.Stamp
) -> None:
    connection.execute(insert(sync_state), {"key": PURGING, "value": "1"})
    for seq, n, text in fresh:
        where = (change_op.c.seq == seq, change_op.c.n == n)
        connection.execute(update(change_op).where(*where).values(op=text))
    seq, previous = changes.head(connection)
    said = [(step, _sha(connection, step)) for step in sorted({one for one, _, _ in fresh})]
    row: dict[str, Any] = {
        "seq": seq + 1, "id": new_id(), "at": stamp.at.isoformat(), "actor": stamp.actor,
        "device": stamp.device, "action": PURGED, "why": f"{stamp.why}〔{proof(said)}〕",
        "undo_of": None, "scopes": "[]", "ops_sha": changes.ops_sha([]), "prev_hash": previous,
    }  # fmt: skip
    row["hash"] = changes.chain_hash(row)
    connection.execute(insert(changeset), row)
    connection.execute(insert(sync_in), {"seq": seq + 1})  # it is of this PC alone
    rows = [{"seq": step, "sha": sha, "by_seq": seq + 1} for step, sha in said]
    connection.execute(insert(purged_step), rows)
    connection.execute(delete(sync_state).where(sync_state.c.key == PURGING))


def _sha(connection: Connection, seq: int) -> str:
    query = select(change_op.c.op).where(change_op.c.seq == seq).order_by(change_op.c.n)
    return changes.ops_sha(connection.scalars(query))


def _forget_exchange(connection: Connection, roots: Collection[str]) -> None:
    """Values in conflicts, and in decisions on the way out."""
    connection.execute(delete(sync_conflict).where(sync_conflict.c.root_id.in_(list(roots))))
    said = select(sync_out.c.n, sync_out.c.ops).where(sync_out.c.ops != "")
    for n, ops in connection.execute(said).all():
        left = [op for op in json.loads(ops) if op.get("root") not in roots]
        if len(left) != len(json.loads(ops)):
            where = sync_out.c.n == n
            connection.execute(update(sync_out).where(where).values(ops=json.dumps(left)))


def _files(connection: Connection, texts: Collection[str]) -> tuple[str, ...]:
    """Stored files these steps named and no row names any more."""
    named = {
        str(sha)
        for text in texts
        for sha in json.loads(text)["c"].get("sha256", ())
        if sha
    }  # fmt: skip
    for table in BUSINESS:
        if named and "sha256" in table.c:
            alive = select(table.c.sha256).where(table.c.sha256.in_(list(named)))
            named -= set(connection.scalars(alive))
    return tuple(sorted(named))


def _empty_log(connection: Connection) -> None:
    """Nothing of it stays in the log beside the file; pages given back are zeros already."""
    raw = connection.connection.driver_connection
    assert raw is not None  # noqa: S101  # a pooled connection always has one
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def gone() -> Select[Any]:
    """Ids of the rows that purges took away, as a query."""
    purges = select(changeset.c.seq).where(changeset.c.action == PURGED)
    return select(func.json_extract(change_op.c.op, "$.id")).where(change_op.c.seq.in_(purges))


def steps_now(connection: Connection) -> dict[int, str]:
    """Step -> the hash of what it says since it was purged last."""
    query = select(purged_step.c.seq, purged_step.c.sha).order_by(purged_step.c.by_seq)
    return {row.seq: row.sha for row in connection.execute(query)}


def unproven(connection: Connection) -> list[int]:
    """Purging steps whose reason does not bear the hash of what they rewrote."""
    told: dict[int, list[tuple[int, str]]] = {}
    query = select(purged_step.c.by_seq, purged_step.c.seq, purged_step.c.sha)
    for by_seq, seq, sha in connection.execute(query):
        told.setdefault(by_seq, []).append((seq, sha))
    reasons = select(changeset.c.seq, changeset.c.why, changeset.c.action).where(
        changeset.c.seq.in_(list(told))
    )
    known = {row.seq: (row.why, row.action) for row in connection.execute(reasons)}
    return [
        seq
        for seq, rows in sorted(told.items())
        if known.get(seq, ("", ""))[1] != PURGED or not known[seq][0].endswith(f"〔{proof(rows)}〕")
    ]
