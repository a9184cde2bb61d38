"""The form in which changes travel: a changeset of the trail as sets of at most 500 ops, by scope.

Pure: texts and mappings in, texts and mappings out. A change of an aggregate's scope travels as a
`move` behind the other ops of that aggregate, in a set of the scope it leaves.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

PROTOCOL = 1
MOST_OPS = 500
MOST_BYTES = 1024 * 1024
SETS_A_CALL = 20
BYTES_A_CALL = 4 * 1024 * 1024
_SPACE = UUID("6f1d4c0e-8f0a-5b52-9a6d-51d1c4d0a3b7")  # ids of sets are made from what they hold

WireOp = dict[str, Any]


class Ops(list[WireOp]):
    """Ops beside the text in which they travel: whoever sends them does not write it anew."""

    __slots__ = ("text",)

    def __init__(self, ops: Iterable[WireOp], text: str) -> None:
        super().__init__(ops)
        self.text = text


@dataclass(frozen=True, slots=True)
class Part:
    """One set to be: the ops of a changeset that stand from `first` to `last` and go to `scope`."""

    scope: str
    first: int
    last: int
    ops: tuple[WireOp, ...]


@dataclass(frozen=True, slots=True)
class _Move:
    source: str
    target: str
    last: int  # the place of the aggregate's last op


def text_of(value: object) -> str:
    """JSON as it travels and is measured."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_of_set(one: Mapping[str, Any]) -> str:
    """A set as it travels."""
    ops = one.get("ops")
    if not isinstance(ops, Ops):
        return text_of(one)
    head = text_of({name: value for name, value in one.items() if name != "ops"})
    return f'{head[:-1]},"ops":{ops.text}}}'


def _moves(ops: Sequence[WireOp]) -> dict[tuple[str, str], _Move]:
    """Aggregates whose scope changes here."""
    found: dict[tuple[str, str], _Move] = {}
    for op in ops:
        if op["k"] == "upd" and op["id"] == op["root"] and "scope" in op["c"]:
            source, target = op["c"]["scope"]
            found[op["root_type"], op["root"]] = _Move(source, target, 0)
    for place, op in enumerate(ops):
        key = (op["root_type"], op["root"])
        if key in found:
            found[key] = _Move(found[key].source, found[key].target, place)
    return found


def _without_scope(op: WireOp) -> WireOp:
    cells = {name: pair for name, pair in op["c"].items() if name != "scope"}
    base = op["gb"] if "city" in cells else {k: v for k, v in op["gb"].items() if k != "city"}
    return {**op, "c": cells, "gb": base}


def _routed(ops: Sequence[WireOp]) -> Iterator[tuple[int, list[WireOp]]]:
    """(place, what travels for it), every op with the scope its set goes to."""
    moves = _moves(ops)
    for place, op in enumerate(ops):
        move = moves.get((op["root_type"], op["root"]))
        if move is None:
            yield place, [op]
            continue
        sent = []
        stripped = _without_scope(op) if op["id"] == op["root"] and op["k"] == "upd" else op
        if stripped["c"]:
            sent.append({**stripped, "scope": move.source})
        if place == move.last:
            head = {"k": "move", "root_type": op["root_type"], "root": op["root"]}
            head |= {"from": move.source, "to": move.target}
            sent.append({**head, "scope": move.source})
        if sent:
            yield place, sent


@dataclass(slots=True)
class _Open:
    first: int
    last: int
    ops: list[WireOp]
    size: int

    def part(self, scope: str) -> Part:
        return Part(scope, self.first, self.last, tuple(self.ops))


def split(
    texts: Iterable[str], *, most_ops: int = MOST_OPS, most_bytes: int = MOST_BYTES
) -> list[Part]:
    """The sets of a changeset whose ops have these texts, in the order they are to go."""
    filling: dict[str, _Open] = {}
    done: list[Part] = []
    kept = list(texts)
    ops = [json.loads(text) for text in kept]
    for place, sent in _routed(ops):
        scope = sent[0]["scope"]
        plain = len(sent) == 1 and sent[0] is ops[place]
        said = [kept[place]] if plain else [text_of(op) for op in sent]
        size = sum(len(text.encode()) for text in said)
        one = filling.get(scope)
        if one and (len(one.ops) + len(sent) > most_ops or one.size + size > most_bytes):
            done.append(one.part(scope))
            one = None
        if one is None:
            one = filling[scope] = _Open(place, place, [], 0)
        one.last = place
        one.ops.extend(sent)
        one.size += size
    done.extend(one.part(scope) for scope, one in filling.items())
    return sorted(done, key=lambda part: (part.last, part.scope))


def ops_between(texts: Iterable[str], scope: str, first: int, last: int) -> list[WireOp]:
    """The ops of one set, from the texts of its changeset; the same for ever."""
    return [
        op
        for place, sent in _routed([json.loads(text) for text in texts])
        if first <= place <= last and sent[0]["scope"] == scope
        for op in sent
    ]


def schema_of(ops: Iterable[WireOp], needed: Mapping[str, Mapping[str, int]], schema: int) -> int:
    """The schema a set was written under: that of the oldest program which knew no more.

    `needed` has, by table, the columns a row must say and the schema they came with.
    """
    missing = {
        (op["t"], name)
        for op in ops
        if op["k"] == "ins"
        for name in needed.get(op["t"], {}).keys() - op["c"].keys()
    }
    return min([schema, *(needed[t][name] - 1 for t, name in missing)])


def scopes_of(one: Mapping[str, Any]) -> set[str]:
    """The scopes whose history a set carries on."""
    return {one["scope"], *(op["to"] for op in one["ops"] if op["k"] == "move")}


def part_id(changeset_id: str, part: Part, attempt: int = 0) -> str:
    """The id of a set: the same content has the same id, whoever delivers it and how often."""
    said = f"{changeset_id}/{part.scope}/{part.first}/{part.last}"
    return str(uuid5(_SPACE, f"{said}/{attempt}" if attempt else said))


def unknown_columns(
    ops: Iterable[WireOp], since: Mapping[tuple[str, str], int], schema: int
) -> bool:
    """Whether a shared database of that schema does not know all these ops speak of."""
    newer = {place for place, number in since.items() if number > schema}
    return bool(newer) and any(
        (op["t"], name) in newer
        for op in ops
        if "t" in op
        for name in (*op.get("c", {}), *op.get("gb", {}))
    )
