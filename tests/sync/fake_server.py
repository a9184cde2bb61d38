"""The shared database as a small model in memory: the rules of the exchange, nothing else."""

import hashlib
import json
import pickle
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from inspector_app.ledger.schema import BUSINESS, business_columns, merge_groups
from inspector_app.sync.greeting import SCHEMA
from tests.sync.fake_files import FakeFiles
from tests.sync.fake_identity import stranger
from tests.sync.fake_numbers import FakeNumbers

Cells = dict[str, Any]
GROUP_OF = {
    (table.name, column): group
    for table in BUSINESS
    for group, columns in merge_groups(table).items()
    for column in columns
}
PARENTS = {
    table.name: [
        (column.name, key.column.table.name)
        for column in business_columns(table)
        for key in column.foreign_keys
    ]
    for table in BUSINESS
}


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def same(value: object) -> str:
    return sha(json.dumps(value, sort_keys=True, ensure_ascii=False))


class Rejected(Exception):  # noqa: N818  # the word of the receipt
    """A set cannot be taken; nothing of it stays."""


class FakeServer:
    """All state is plain data: `backup` and `restore` are a pickle."""

    def __init__(self, grants: Mapping[str, Mapping[str, bool]], *, leased: bool = False) -> None:
        self.grants = {who: dict(scopes) for who, scopes in grants.items()}
        scopes = sorted({scope for one in grants.values() for scope in one})
        self.schema, self.schema_min, self.leased, self.recovery = SCHEMA, 1, leased, False
        self.epoch, self.hello_numbers = str(uuid.uuid4()), "leased"
        self.identity, self.trial = str(uuid.uuid4()), True
        self.heads: dict[str, tuple[int, str]] = dict.fromkeys(scopes, (0, ""))
        self.log: dict[tuple[str, int], str] = {}
        self.rows: dict[tuple[str, str], Cells] = {}
        self.roots: dict[tuple[str, str], tuple[str, int]] = {}
        self.exits: dict[tuple[str, str, str], tuple[int, str]] = {}
        self.conflicts: dict[str, Cells] = {}
        self.sets: dict[str, Cells] = {}
        self.delivered: dict[tuple[str, int], str] = {}
        self.devices: dict[str, Cells] = {}
        self.numbers = FakeNumbers()
        self.audit: list[Cells] = []
        self.files = FakeFiles()
        self._undo: list[Any] = []

    # the runbook
    def backup(self) -> bytes:
        return pickle.dumps({k: v for k, v in self.__dict__.items() if k != "_undo"})

    def put_back(self, image: bytes) -> None:
        self.__dict__.update(pickle.loads(image))  # noqa: S301  # our own bytes of a moment ago

    def restore(self, image: bytes) -> None:
        self.put_back(image)
        self.recovery, self.epoch = True, str(uuid.uuid4())

    # the calls
    def hello(self, me: str, doc: Mapping[str, Any]) -> Cells:
        head: Cells = {"epoch": self.epoch, "protocol": [1, 1], "schema": self.schema}
        head |= {"schema_min": self.schema_min, "me": me, "now": doc["now"]}
        head |= {"database": self.identity, "name": "shared", "recovery": False, "last_n": 0}
        away = stranger(self.identity, doc, self.devices, self.log, trial=self.trial)
        if away:
            return {**head, "forked": [], "scopes": {}, "stranger": away}
        device = self.devices.setdefault(doc["device"], {"account": me, "last": 0})
        forked = [
            scope
            for scope, (seq, hash_) in doc["cursors"].items()
            if seq and self.log.get((scope, seq)) != hash_
        ]
        self.recovery = self.recovery or bool(forked) or doc["acked"] > device["last"]
        scopes = {
            scope: {
                "seq": self.heads[scope][0],
                "hash": self.heads[scope][1],
                "write": w,
                "pii": True,
            }
            for scope, w in self.grants[me].items()
        }
        head |= {"recovery": self.recovery, "last_n": device["last"]}
        if self.leased:
            head["numbers"] = self.hello_numbers
        return {**head, "forked": forked, "scopes": scopes}

    def push(self, me: str, device: str, sets: Sequence[Cells]) -> list[Cells]:
        receipts: list[Cells] = []
        for one in sets:
            receipt = self._deliver(me, device, one)
            receipts.append(receipt)
            if receipt["s"] not in ("ok", "rejected"):
                break
        return receipts

    def _deliver(self, me: str, device: str, one: Cells) -> Cells:
        n, digest = one["n"], same([one["scope"], one["ops"]])
        stream = self.devices[device]
        known = self.delivered.get((device, n))
        if known is not None:
            if known != one["id"] or self.sets[known]["sha"] != digest:
                return {"n": n, "s": "device_forked"}
            return {**self.sets[known]["receipt"], "n": n, "dup": True}
        if n != stream["last"] + 1:
            return {"n": n, "s": "gap"}
        old = self.sets.get(one["id"])
        if old is not None and (old["sha"] != digest or old["account"] != me):
            return {"n": n, "s": "id_reused"}
        receipt = {**old["receipt"], "n": n, "dup": True} if old else self._take(me, device, one)
        if old is None:
            self.sets[one["id"]] = {"sha": digest, "account": me, "set": one, "receipt": receipt}
        self.delivered[device, n] = one["id"]
        stream["last"] = n
        return receipt

    def _take(self, me: str, device: str, one: Cells) -> Cells:
        self._undo, trail = [], len(self.audit)
        scope = one["scope"]
        try:
            if not self.grants[me].get(scope):
                raise Rejected("scope_not_granted")
            seq = self.heads[scope][0] + 1
            self._set(self.heads, scope, (seq, self._chain(scope, seq, one)))
            self._set(self.log, (scope, seq), self.heads[scope][1])
            ops = [self._op(me, device, one, op, seq) for op in one["ops"]]
        except Rejected as why:
            for undo in reversed(self._undo):
                undo()
            del self.audit[trail:]
            return {"n": one["n"], "s": "rejected", "why": str(why), "ops": []}
        return {"n": one["n"], "s": "ok", "seq": seq, "dup": False, "ops": ops}

    def _chain(self, scope: str, seq: int, one: Cells) -> str:
        return sha(f"{self.heads[scope][1]}|{seq}|{one['id']}|{same(one['ops'])}")

    def _set(self, table: Any, key: Any, value: Any) -> None:
        there, old = key in table, table.get(key)
        self._undo.append(lambda: table.update({key: old}) if there else table.pop(key, None))
        table[key] = value

    # one op
    def _op(self, me: str, device: str, one: Cells, op: Cells, seq: int) -> Cells:
        if op["k"] == "resolve":
            return self._resolve(me, one, op, seq)
        root = (op["root_type"], op["root"])
        place = self.roots.get(root, (one["scope"], 0))[0]
        if op["k"] == "move":
            return self._move(me, one, op, root, place, seq)
        if place != one["scope"]:
            raise Rejected("root_moved")
        unknown = [c for c in op["c"] if (op["t"], c) not in GROUP_OF]
        if unknown:
            raise Rejected("unknown_column")
        self._set(self.roots, root, (place, seq))
        return self._merge(me, device, one, op, seq)

    def _live(self, t: str, row_id: str) -> Cells | None:
        row = self.rows.get((t, row_id))
        return None if row is None or row["gone"] else row["data"]

    def _put(self, op: Cells, data: Cells | None, me: str, seq: int) -> None:
        old = self.rows.get((op["t"], op["id"]), {})
        kept = old.get("data", {}) if data is None else data
        rest = {"root": (op["root_type"], op["root"]), "gone": data is None, "rev": seq}
        self._set(self.rows, (op["t"], op["id"]), {"data": kept, "by": me, **rest})

    def _parents(self, op: Cells, data: Cells) -> None:
        for name, parent in PARENTS[op["t"]]:
            if data.get(name) is not None and self._live(parent, data[name]) is None:
                raise Rejected("parent_gone")

    def _children(self, op: Cells) -> bool:
        root = (op["root_type"], op["root"])
        return any(
            not row["gone"] and row["root"] == root and (t, row_id) != (op["t"], op["id"])
            and any(up == op["t"] and row["data"].get(n) == op["id"] for n, up in PARENTS[t])
            for (t, row_id), row in self.rows.items()
        )  # fmt: skip

    def _merge(self, me: str, device: str, one: Cells, op: Cells, seq: int) -> Cells:
        theirs = self._live(op["t"], op["id"])
        mine = {name: pair[1] for name, pair in op["c"].items()}
        base = {name: pair[0] for name, pair in op["c"].items()} | op["gb"]
        if op["k"] == "ins":
            if theirs is None:
                self._parents(op, mine)
                self._number(device, op, mine)
                self._note(one, op, "ins", op["c"])
                self._put(op, mine, me, seq)
                return {"s": "ok", "conflicts": []}
            if all(theirs.get(name) == value for name, value in mine.items()):
                self._put(op, theirs, self.rows[op["t"], op["id"]]["by"], seq)
                return {"s": "same", "conflicts": []}
            return self._dispute(me, one, op, "row", None, dict(theirs), mine, seq)
        if op["k"] == "del":
            if theirs is None:
                return {"s": "same", "conflicts": []}
            if any(theirs.get(k) != v for k, v in base.items()) or self._children(op):
                return self._dispute(me, one, op, "row", base, dict(theirs), None, seq)
            self._note(one, op, "del", op["c"])
            self._put(op, None, me, seq)
            return {"s": "ok", "conflicts": []}
        if theirs is None:
            if (op["t"], op["id"]) not in self.rows:
                raise Rejected("row_not_here")
            return self._dispute(me, one, op, "row", base, None, mine, seq)
        return self._groups(me, one, op, theirs, mine, base, seq)

    def _groups(
        self, me: str, one: Cells, op: Cells, theirs: Cells, mine: Cells, base: Cells, seq: int
    ) -> Cells:
        wanted: Cells = {}
        ids: list[str] = []
        for group in dict.fromkeys(GROUP_OF[op["t"], name] for name in mine):
            names = [name for name in mine if GROUP_OF[op["t"], name] == group]
            whole = [name for name in base if GROUP_OF[op["t"], name] == group]
            if all(theirs.get(name) == mine[name] for name in names):
                continue
            if all(theirs.get(name) == base[name] for name in whole):
                wanted |= {name: mine[name] for name in names}
                continue
            cells = [
                {name: one_[name] for name in whole if name in one_} for one_ in (base, theirs)
            ]
            sides = (cells[0], cells[1], {**cells[0], **{n: mine[n] for n in names}})
            ids += self._dispute(me, one, op, group, *sides, seq)["conflicts"]
        if wanted:
            self._parents(op, wanted)
            old = {name: [theirs.get(name), value] for name, value in wanted.items()}
            self._note(one, op, "upd", old, dict(theirs))
        self._put(op, {**theirs, **wanted}, me if wanted else self._by(op), seq)
        return {"s": "conflict" if ids else "ok" if wanted else "same", "conflicts": ids}

    def _by(self, op: Cells) -> str:
        return str(self.rows[op["t"], op["id"]]["by"])

    def _note(
        self, one: Cells, op: Cells, kind: str, detail: Cells, whole: Cells | None = None
    ) -> None:
        head = {"set": one["id"], "t": op["t"], "id": op["id"], "kind": kind, "whole": whole}
        self.audit.append({**head, "detail": detail})

    def _dispute(
        self,
        me: str,
        one: Cells,
        op: Cells,
        group: str,
        base: Any,
        theirs: Any,
        mine: Any,
        seq: int,
    ) -> Cells:
        cid = str(uuid.UUID(sha(f"{one['id']}{op['t']}{op['id']}{group}")[:32]))
        by = self._by(op)
        row = {"id": cid, "t": op["t"], "row_id": op["id"], "root_type": op["root_type"]}
        row |= {"root": op["root"], "grp": group, "base": base, "theirs": theirs, "mine": mine}
        row |= {"mine_by": me, "theirs_by": by, "at": one["at"], "state": "open", "rev": seq}
        row |= {"resolution": None, "reason": "", "resolved_by": "", "set": one["id"]}
        self._set(self.conflicts, cid, row)
        self._put(op, theirs, by, seq)
        return {"s": "conflict", "conflicts": [cid]}

    def _resolve(self, me: str, one: Cells, op: Cells, seq: int) -> Cells:
        known = self.conflicts.get(op["id"])
        if known is None:
            raise Rejected("no_such_conflict")
        root = (known["root_type"], known["root"])
        place = self.roots[root][0]
        if place != one["scope"]:
            raise Rejected("root_moved")
        if known["state"] != "open":
            return {"s": "same", "conflicts": []}
        self._set(self.roots, root, (place, seq))
        where = {"t": known["t"], "id": known["row_id"], "root_type": root[0], "root": root[1]}
        now = self._live(known["t"], known["row_id"])
        shown = known["theirs"] or known["base"] or {}
        names = shown if known["grp"] != "row" else now or {}
        looked = {name: (now or {}).get(name) for name in names or {}} if now is not None else None
        stood = {"theirs": looked, "theirs_by": self._by(where)}
        if (looked or None) != (op["seen"] or None):
            self._set(self.conflicts, op["id"], {**known, **stood, "rev": seq})
            self._put(where, now, self._by(where), seq)
            return {"s": "conflict", "conflicts": [op["id"]]}
        done = {"state": "resolved", "resolution": op["v"], "reason": op["reason"], **stood}
        self._set(self.conflicts, op["id"], {**known, **done, "resolved_by": me, "rev": seq})
        last = self.rows[known["t"], known["row_id"]]["data"]
        data = None if op["v"] is None else {**(now or last), **op["v"]}
        if data is not None:
            self._parents(where, data)
        elif self._children(where):
            raise Rejected("row_in_use")
        self._note(one, where, "resolve", {"from": op["seen"], "to": op["v"]})
        self._put(where, data, me, seq)
        return {"s": "ok", "conflicts": []}

    def _move(
        self, me: str, one: Cells, op: Cells, root: tuple[str, str], place: str, seq: int
    ) -> Cells:
        target = op["to"]
        if place == target:
            return {"s": "same", "conflicts": []}
        if place != one["scope"] or op["from"] != one["scope"] or root not in self.roots:
            raise Rejected("root_moved")
        if not self.grants[me].get(target):
            raise Rejected("scope_not_granted")
        there = self.heads[target][0] + 1
        self._set(self.heads, target, (there, self._chain(target, there, one)))
        self._set(self.log, (target, there), self.heads[target][1])
        self._set(self.exits, (op["from"], *root), (seq, "moved"))
        self._set(self.exits, (target, *root), (0, "back"))
        self._set(self.roots, root, (target, there))
        for key, row in list(self.rows.items()):
            if row["root"] == root:
                data = {**row["data"], "scope": target} if key == root else row["data"]
                self._set(self.rows, key, {**row, "data": data, "rev": there})
        for cid, conflict in list(self.conflicts.items()):
            if (conflict["root_type"], conflict["root"]) == root:
                self._set(self.conflicts, cid, {**conflict, "rev": there})
        return {"s": "ok", "conflicts": []}

    def _number(self, device: str, op: Cells, mine: Cells) -> None:
        if op["t"] == "number_entry" and self.leased:
            key = (mine["scope"], mine["series"], mine["year"], mine["no"])
            becomes = self.numbers.take(device, key, op["id"], recovery=self.recovery)
            if becomes is None:
                raise Rejected("number_not_leased")
            self._set(self.numbers.rows, key, becomes)

    def may_declare(self, me: str, device: str, scope: str) -> bool:
        """A device says what it used before it has delivered anything, or after a restore."""
        stream = self.devices[device]
        writes = stream["account"] == me and self.grants[me].get(scope)
        return bool(writes) and (self.recovery or stream["last"] == 0)

    # reading
    def pull(self, scope: str, base: int, after: int, after_root: str, most: int) -> Cells:
        feed = sorted(
            (seq, root[1], root) for root, (place, seq) in self.roots.items() if place == scope
        )
        feed = [one for one in feed if (one[0], one[1]) > (after, after_root)]
        page, more = feed[:most], len(feed) > most
        roots = [self._root(root, seq, base) for seq, _, root in page]
        exits = [
            {"root_type": kind, "root": root, "kind": what}
            for (place, kind, root), (seq, what) in self.exits.items()
            if place == scope and seq > base and not more and what != "back"
        ]
        last = [page[-1][0], page[-1][1]] if page else [after, after_root]
        return {
            "roots": roots,
            "more": more,
            "next": last,
            "exits": exits,
            "head": list(self.heads[scope]),
        }

    def _root(self, root: tuple[str, str], seq: int, base: int) -> Cells:
        rows = [
            {"t": t, "id": row_id, "rev": row["rev"], "c": None if row["gone"] else row["data"]}
            for (t, row_id), row in self.rows.items()
            if row["root"] == root and row["rev"] > base
        ]
        conflicts = [
            {k: v for k, v in one.items() if k not in ("rev", "set")}
            for one in self.conflicts.values()
            if (one["root_type"], one["root"]) == root and one["rev"] > base
        ]
        head = {"root_type": root[0], "root": root[1], "seq": seq}
        return {**head, "rows": rows, "conflicts": conflicts}

    def digest(self, scope: str, _schema: int | None = None) -> Cells:
        live = [
            int(sha(f"{t}|{row_id}|{row['rev']}")[:8], 16)
            for (t, row_id), row in self.rows.items()
            if not row["gone"] and self.roots[row["root"]][0] == scope
        ]
        return {"head": list(self.heads[scope]), "rows": len(live), "sum": str(sum(live))}
