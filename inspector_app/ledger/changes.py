"""Packs what the triggers noted into one changeset: who changed which column from what to what."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from inspector_app.ledger.crashpoints import reach
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema import business_columns, is_root, merge_groups, metadata
from inspector_app.ledger.schema.machinery import capture, changeset

Cells = dict[str, Any]
_CHUNK = 500
FIRST_HASH = "0" * 64
UNSIGNED = "未署名变更"
UNKNOWN_ACTOR = "未署名"
_INSERT_OPS = "INSERT INTO change_op (seq, n, t, root_type, root_id, op) VALUES (?, ?, ?, ?, ?, ?)"
_LOAD_OPS = """
INSERT INTO change_op (seq, n, t, root_type, root_id, op)
SELECT ?, key, value->>'t', value->>'root_type', value->>'root', json(value) FROM jsonb_each(?)
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does what, when, on which machine, and why."""

    action: str
    actor: str
    at: datetime
    device: str
    why: str = ""
    undo_of: str | None = None


@dataclass(frozen=True, slots=True)
class Op:
    """One row's change: `k` is ins, upd or del, `c` is column -> (old, new).

    `gb` holds what stayed as it was in the merge groups touched.
    """

    t: str
    id: str
    k: str
    root: str
    root_type: str
    scope: str
    c: dict[str, tuple[Any, Any]]
    gb: Cells

    def to_json(self) -> Cells:
        """The wire form (sync.md 4.3)."""
        cells = {name: list(pair) for name, pair in self.c.items()}
        head = {"t": self.t, "id": self.id, "root": self.root, "root_type": self.root_type}
        return {**head, "scope": self.scope, "k": self.k, "c": cells, "gb": self.gb}

    @classmethod
    def from_json(cls, op: Mapping[str, Any]) -> "Op":
        """Read the wire form."""
        cells = {name: (pair[0], pair[1]) for name, pair in op["c"].items()}
        return cls(
            op["t"], op["id"], op["k"], op["root"], op["root_type"], op["scope"], cells, op["gb"]
        )


@dataclass(frozen=True, slots=True)
class Packed:
    """A changeset as written."""

    id: str
    seq: int
    hash: str
    ops: tuple[Op, ...]


def sha(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def chain_hash(row: Mapping[str, Any]) -> str:
    """The hash of a changeset row: over everything it says and the hash before it."""
    names = ("prev_hash", "seq", "id", "at", "actor", "device", "action", "why", "undo_of")
    said = [row[name] for name in (*names, "scopes", "ops_sha")]
    return sha(json.dumps(said, ensure_ascii=False))


def _first_olds(connection: Connection) -> dict[tuple[str, str], Cells | None]:
    """(table, id) -> the row as it was before the first change, None when it was not there."""
    found: dict[tuple[str, str], Cells | None] = {}
    query = select(capture.c.t, capture.c.id, capture.c.old).order_by(capture.c.n)
    for table_name, row_id, old in connection.execute(query):
        if (table_name, row_id) not in found:
            found[table_name, row_id] = None if old is None else json.loads(old)
    return found


def rows_now(connection: Connection, table: Table, ids: list[str]) -> dict[str, Cells]:
    """id -> content of the rows that exist."""
    columns = business_columns(table)
    found: dict[str, Cells] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        rows = connection.execute(select(*columns).where(table.c.id.in_(chunk))).mappings()
        found.update((row["id"], dict(row)) for row in rows)
    return found


class _Roots:
    """Finds the aggregate of a row and its scope, each root asked for once."""

    def __init__(
        self, connection: Connection, gone: Mapping[tuple[str, str], Cells | None]
    ) -> None:
        self._connection = connection
        self._gone = gone
        self._scopes: dict[tuple[str, str], str] = {}

    def of(self, table: Table, row: Cells) -> tuple[str, str, str]:
        """(root type, root id, scope)."""
        if is_root(table):
            self._scopes[table.name, row["id"]] = row["scope"]
            return table.name, row["id"], row["scope"]
        column, root_type = next(pair for pair in table.info["roots"] if row[pair[0]] is not None)
        root_id = row[column]
        return root_type, root_id, self._scope(root_type, root_id)

    def _scope(self, root_type: str, root_id: str) -> str:
        key = (root_type, root_id)
        if key not in self._scopes:
            root = metadata.tables[root_type]
            query = select(root.c.scope).where(root.c.id == root_id)
            scope = self._connection.execute(query).scalar_one_or_none()
            old = self._gone.get(key) or {}
            self._scopes[key] = scope if scope is not None else old.get("scope", "")
        return self._scopes[key]


def _op(table: Table, old: Cells | None, new: Cells | None, roots: _Roots) -> Op | None:
    there = new or old
    if there is None:
        return None  # made and removed in the same unit of work
    names = [column.name for column in business_columns(table)]
    before, after = old or {}, new or {}
    cells = {
        name: (before.get(name), after.get(name))
        for name in names
        if old is None or new is None or before.get(name) != after.get(name)
    }
    if not cells:
        return None
    base: Cells = {}
    if old is not None and new is not None:
        touched = (
            group for group in merge_groups(table).values() if not cells.keys().isdisjoint(group)
        )
        base = {name: before.get(name) for group in touched for name in group if name not in cells}
    kind = "ins" if old is None else "del" if new is None else "upd"
    root_type, root_id, scope = roots.of(table, there)
    return Op(table.name, there["id"], kind, root_id, root_type, scope, cells, base)


def collect(connection: Connection) -> tuple[Op, ...]:
    """What the captured rows amount to, in the order the rows were first touched."""
    olds = _first_olds(connection)
    by_table: dict[str, list[str]] = {}
    for table_name, row_id in olds:
        by_table.setdefault(table_name, []).append(row_id)
    now = {
        table_name: rows_now(connection, metadata.tables[table_name], ids)
        for table_name, ids in by_table.items()
    }
    roots = _Roots(connection, olds)
    ops = (
        _op(metadata.tables[table_name], old, now[table_name].get(row_id), roots)
        for (table_name, row_id), old in olds.items()
    )
    return tuple(op for op in ops if op is not None)


def head(connection: Connection) -> tuple[int, str]:
    """Sequence number and hash of the last changeset; (0, zeros) in a new ledger."""
    query = select(changeset.c.seq, changeset.c.hash).order_by(changeset.c.seq.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return (row.seq, row.hash) if row is not None else (0, FIRST_HASH)


def op_text(op: Op) -> str:
    """The text of an op, as it is stored and hashed."""
    return json.dumps(op.to_json(), ensure_ascii=False, separators=(",", ":"))


def ops_sha(texts: Iterable[str]) -> str:
    """The hash over the ops of a changeset, in their order."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class OpLine:
    """An op as it is stored: its text, and what stands beside it to be found by."""

    t: str
    root_type: str
    root: str
    text: str


def forget_captured(connection: Connection) -> None:
    """Empty what the triggers noted: it stands in a changeset by now, or led to none."""
    if connection.execute(select(capture.c.n).limit(1)).first() is not None:
        connection.execute(delete(capture))


def pack(connection: Connection, stamp: Stamp) -> Packed | None:
    """Write one changeset for everything captured; None when nothing changed in the end."""
    ops = collect(connection)
    forget_captured(connection)
    if not ops:
        return None
    lines = [OpLine(op.t, op.root_type, op.root, op_text(op)) for op in ops]
    written = write(connection, stamp, lines, {op.scope for op in ops})
    return replace(written, ops=ops)


def write(
    connection: Connection, stamp: Stamp, lines: Sequence[OpLine], scopes: Iterable[str]
) -> Packed:
    """The next changeset of the chain, with these ops."""
    packed = _write(connection, stamp, ops_sha(line.text for line in lines), scopes)
    rows = [
        (packed.seq, n, line.t, line.root_type, line.root, line.text)
        for n, line in enumerate(lines)
    ]
    connection.exec_driver_sql(_INSERT_OPS, rows)
    reach("after_pack")
    return packed


def write_loaded(
    connection: Connection, stamp: Stamp, ops: bytes, sha256: str, scopes: Iterable[str]
) -> Packed:
    """As `write`, of ops that are one array (JSONB) and their hash: SQLite takes them apart
    itself."""
    packed = _write(connection, stamp, sha256, scopes)
    connection.exec_driver_sql(_LOAD_OPS, (packed.seq, ops))
    reach("after_pack")
    return packed


def _write(connection: Connection, stamp: Stamp, sha256: str, scopes: Iterable[str]) -> Packed:
    seq, previous = head(connection)
    row: dict[str, Any] = {
        "seq": seq + 1,
        "id": new_id(),
        "at": stamp.at.isoformat(),
        "actor": stamp.actor,
        "device": stamp.device,
        "action": stamp.action,
        "why": stamp.why,
        "undo_of": stamp.undo_of,
        "scopes": json.dumps(sorted(scopes)),
        "ops_sha": sha256,
        "prev_hash": previous,
    }
    row["hash"] = chain_hash(row)
    connection.execute(insert(changeset), row)
    return Packed(row["id"], seq + 1, row["hash"], ())
