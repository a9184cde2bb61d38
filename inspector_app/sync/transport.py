"""What the exchange asks of the shared database, whatever the line: six calls, plain values."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from inspector_app.sync.attachments.file_line import FileLine
from inspector_app.sync.numbers.number_line import NumberLine

Cells = dict[str, Any]
PROOFS = ("proofs", "delivered")
BREAK = ",\n"  # between the lines of a load: within JSON no line ends


@dataclass(frozen=True, slots=True)
class ScopeHead:
    """A scope this account may exchange, and where its history stands."""

    seq: int
    hash: str
    write: bool
    pii: bool


@dataclass(frozen=True, slots=True)
class Hello:
    """What the shared database says first."""

    epoch: str
    protocol: tuple[int, int]
    schema: int
    schema_min: int
    recovery: bool
    last_n: int
    forked: tuple[str, ...]
    scopes: dict[str, ScopeHead]
    me: str
    now: str
    paused: bool = False  # no number is given out
    keeper: bool = False  # this login looks after the shared side
    proofs: Cells = field(default_factory=dict)  # of the places we said: shown at the next greeting
    numbers: str = ""  # how numbers are given out: online, leased; a server without says nothing
    database: str = ""  # its id for ever; an older server says none
    name: str = ""
    stranger: str = ""  # why nothing may be exchanged: other, demo

    @classmethod
    def of(cls, doc: Mapping[str, Any]) -> "Hello":
        """Read the answer."""
        heads = {
            name: ScopeHead(one["seq"], one["hash"], bool(one["write"]), bool(one["pii"]))
            for name, one in (doc["scopes"] or {}).items()
        }
        low, high = doc["protocol"]
        return cls(
            doc["epoch"], (low, high), doc["schema"], doc["schema_min"], doc["recovery"],
            doc["last_n"], tuple(doc["forked"] or ()), heads, str(doc["me"]), str(doc["now"]),
            bool(doc.get("paused", doc["recovery"])), bool(doc.get("keeper", False)),
            {name: doc[name] for name in PROOFS if name in doc}, str(doc.get("numbers") or ""),
            str(doc.get("database") or ""), str(doc.get("name") or ""),
            str(doc.get("stranger") or ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as the shared database has it; `cells` is None when it is gone."""

    t: str
    id: str
    rev: int
    cells: Cells | None


class RootState(NamedTuple):  # of a first load there are as many as cases
    """What changed of one aggregate."""

    root_type: str
    root: str
    seq: int
    rows: tuple[RowState, ...]
    conflicts: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of aggregates; exits and head count on the last one only.

    In a first load the live rows stand in `lines` by table, as JSON: all columns and `row_rev`.
    """

    roots: tuple[RootState, ...]
    more: bool
    next: tuple[int, str]
    exits: tuple[tuple[str, str, str], ...] = ()  # root type, root, kind
    head: tuple[int, str] = (0, "")
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: int = 0  # how many there are, those in `lines` too

    @classmethod
    def of_load(cls, parts: Iterable[tuple[str, str]]) -> "Page":
        """Read a page of a first load: texts by table, that of no table says what it holds."""
        texts = dict(parts)
        doc = json.loads(texts.pop(""))
        rows: dict[str, list[RowState]] = {}
        for root, t, row_id, revision in doc["gone"]:
            rows.setdefault(root, []).append(RowState(t, row_id, revision, None))
        disputes: dict[str, list[Cells]] = {}
        for one in doc["conflicts"]:
            disputes.setdefault(one["root"], []).append(one)
        roots = tuple(
            RootState(kind, root, seq, tuple(rows.get(root, ())), tuple(disputes.get(root, ())))
            for kind, root, seq in doc["roots"]
        )
        lines = {t: one.split(BREAK) for t, one in texts.items()}
        rows_said = len(doc["gone"]) + sum(map(len, lines.values()))
        return replace(cls.of({**doc, "roots": ()}), roots=roots, lines=lines, rows=rows_said)

    @classmethod
    def of(cls, doc: Mapping[str, Any]) -> "Page":
        """Read the answer."""
        roots = tuple(
            RootState(
                one["root_type"],
                one["root"],
                one["seq"],
                tuple(RowState(r["t"], r["id"], r["rev"], r["c"]) for r in one["rows"] or ()),
                tuple(one.get("conflicts") or ()),
            )
            for one in doc["roots"] or ()
        )
        exits = tuple((e["root_type"], e["root"], e["kind"]) for e in doc.get("exits") or ())
        after, head = doc.get("next") or (0, ""), doc.get("head") or (0, "")
        rows = sum(len(one.rows) for one in roots)
        place = (after[0], after[1])
        return cls(roots, bool(doc["more"]), place, exits, (head[0], head[1]), rows=rows)


@dataclass(frozen=True, slots=True)
class Digest:
    """How many live rows a scope has, and the sum over their revisions."""

    head: tuple[int, str]
    rows: int
    sum: str


class Transport(FileLine, NumberLine, Protocol):
    """One conversation with the shared database. Trouble with the line is an OutsideError."""

    def hello(self, doc: Mapping[str, Any]) -> Hello:
        """Say who asks and from where on; hear what may be exchanged."""
        ...

    def push(self, device: str, sets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Deliver sets in the order of their numbers; receipts in the same order."""
        ...

    def pull(self, scope: str, base: int, after: int, after_root: str, most: int) -> Page:
        """The next page of what changed in a scope after `base`."""
        ...

    def load(self, scope: str, after: int, after_root: str, most: int) -> Page:
        """As `pull` from nothing on, for a PC that has nothing of the scope yet."""
        ...

    def digest(self, scope: str, schema: int | None = None) -> Digest:
        """What the scope must add up to."""
        ...

    def cut(self) -> None:
        """End a call that is under way, from another thread."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...
