"""Sets of operations as a PC would push them, made by hand: one script runs on every server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from inspector_app.ledger.schema import BUSINESS, business_columns, merge_groups

A, B, CITY = "410402", "410403", "410400"
NOW = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)
SPACE = UUID("00000000-0000-5000-8000-000000000000")
TABLES = {table.name: table for table in BUSINESS}
Op = dict[str, Any]
SAMPLES: Mapping[str, Any] = {
    "stage": "received", "source": "report", "employer_id": "", "received_on": "2026-09-01",
    "period_from": "2026-05", "period_to": "2026-06", "answer": "no", "kind": "regular",
}  # fmt: skip


def uid(name: str) -> str:
    """The id behind a short name."""
    return str(uuid5(SPACE, name))


def content(t: str, name: str, /, **cells: Any) -> dict[str, Any]:
    """A whole row: every column filled with something of its kind."""
    row: dict[str, Any] = {}
    for column in business_columns(TABLES[t]):
        number = column.type.python_type is int
        row[column.name] = None if column.nullable else 0 if number else ""
        row[column.name] = SAMPLES.get(column.name, row[column.name])
    row |= {"id": uid(name), "city": CITY} | ({"scope": A} if "scope" in row else {})
    return {**row, **cells}


def root_of(t: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """(type, id) of the aggregate of a row."""
    return next((kind, row[name]) for name, kind in TABLES[t].info["roots"] if row[name])


def ins(t: str, name: str, /, **cells: Any) -> Op:
    """A new row."""
    row = content(t, name, **cells)
    kind, root = root_of(t, row)
    head = {"t": t, "id": row["id"], "k": "ins", "root": root, "root_type": kind, "gb": {}}
    return {**head, "scope": A, "c": {name: [None, value] for name, value in row.items()}}


def upd(t: str, name: str, root: str, /, **pairs: Any) -> Op:
    """A change: `upd("case", "c", "c", note=("", "x"))`; what its groups hold besides is `gb`."""
    groups = merge_groups(TABLES[t]).values()
    touched = [one for one in groups if not pairs.keys().isdisjoint(one)]
    whole = content(t, name)
    base = {one: whole[one] for group in touched for one in group if one not in pairs}
    head = {"t": t, "id": uid(name), "k": "upd", "root": uid(root), "root_type": "case"}
    cells = {name: list(pair) for name, pair in pairs.items()}
    return {**head, "scope": A, "c": cells, "gb": base}


def dele(t: str, name: str, root: str, /, **cells: Any) -> Op:
    """Removal of a row whose content was this."""
    row = content(t, name, **cells)
    head = {"t": t, "id": row["id"], "k": "del", "root": uid(root), "root_type": "case", "gb": {}}
    return {**head, "scope": A, "c": {name: [value, None] for name, value in row.items()}}


def move(root: str, source: str, target: str) -> Op:
    """A case goes to another county."""
    head = {"k": "move", "root_type": "case", "root": uid(root), "scope": source}
    return {**head, "from": source, "to": target}


def resolve(conflict: str, seen: Any, v: Any, reason: str = "核对了原件") -> Op:
    """A decision."""
    return {"k": "resolve", "id": conflict, "seen": seen, "v": v, "reason": reason}


def case(name: str, /, **cells: Any) -> Op:
    """A new case."""
    return ins("case", name, **cells)


def worker(name: str, of: str, /, **cells: Any) -> Op:
    """A new worker of a case."""
    return ins("worker", name, **{"case_id": uid(of), "name": "甲", **cells})


@dataclass
class Sender:
    """A device of an account: numbers its sets and pushes them over a line (real or model)."""

    line: Any
    device: str
    n: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)

    def hello(self, cursors: Mapping[str, Sequence[Any]] | None = None, acked: int = 0) -> Any:
        doc = {"device": self.device, "app": "test", "protocol": 1, "schema": 3}
        doc |= {"now": NOW.isoformat(), "cursors": dict(cursors or {}), "acked": acked}
        return self.line.hello(doc)

    def a_set(self, *ops: Op, scope: str = A, name: str = "", n: int | None = None) -> Any:
        if n is None:
            self.n += 1
        one = {"n": self.n if n is None else n, "id": uid(name or f"{self.device}/{self.n}")}
        one |= {"part": 0, "scope": scope, "at": NOW.isoformat(), "actor": "李某", "why": ""}
        return {**one, "action": "办理", "schema": 3, "ops": list(ops)}

    def push(self, *ops: Op, scope: str = A, name: str = "", n: int | None = None) -> Any:
        """Push one set; its receipt."""
        one = self.a_set(*ops, scope=scope, name=name, n=n)
        self.sent.append(one)
        (receipt,) = self.line.push(self.device, [one])
        return receipt
