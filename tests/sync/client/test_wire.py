"""Changesets become sets of bounded size, one scope each, and the same sets for ever."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.sync.wire import (
    Part,
    ops_between,
    part_id,
    schema_of,
    scopes_of,
    split,
    text_of,
    unknown_columns,
)


def an_op(number: int, scope: str = "A", **changes: Any) -> dict[str, Any]:
    op = {"t": "worker", "id": f"w{number}", "root": "c", "root_type": "case", "scope": scope}
    return {**op, "k": "upd", "c": {"trade": ["", f"木工{number}"]}, "gb": {}, **changes}


def texts(*ops: dict[str, Any]) -> list[str]:
    return [json.dumps(op, ensure_ascii=False) for op in ops]


MOVED = an_op(
    0, "B", t="case", id="c", c={"scope": ["A", "B"], "note": ["", "移交"]}, gb={"city": "4104"}
)


@given(st.lists(st.sampled_from("ABC"), max_size=40), st.integers(1, 7), st.integers(150, 900))
def test_every_op_travels_once_in_its_order(scopes: list[str], ops: int, size: int) -> None:
    said = texts(*(an_op(place, scope, root=scope) for place, scope in enumerate(scopes)))
    parts = split(said, most_ops=ops, most_bytes=size)
    for scope in set(scopes):
        sent = [op["id"] for part in parts if part.scope == scope for op in part.ops]
        assert sent == [f"w{place}" for place, one in enumerate(scopes) if one == scope]
    for part in parts:
        assert len(part.ops) <= ops
        assert len(part.ops) == 1 or sum(len(text_of(op).encode()) for op in part.ops) <= size
        assert ops_between(said, part.scope, part.first, part.last) == list(part.ops)
    assert len({part_id("x", part) for part in parts}) == len(parts)


def test_a_case_that_changes_its_scope_moves_behind_its_other_changes() -> None:
    said = texts(an_op(1, "B"), MOVED, an_op(2, "B"), an_op(3, "B", root="other"))
    first, second = split(said)
    assert [op["k"] for op in first.ops] == ["upd", "upd", "upd", "move"]
    assert first.ops[1]["c"] == {"note": ["", "移交"]}
    assert first.ops[1]["gb"] == {}
    move = {"k": "move", "root_type": "case", "root": "c", "from": "A", "to": "B", "scope": "A"}
    assert first.ops[3] == move
    assert (first.scope, second.scope) == ("A", "B")
    assert ops_between(said, "A", first.first, first.last) == list(first.ops)
    assert scopes_of({"scope": "A", "ops": list(first.ops)}) == {"A", "B"}


def test_a_change_of_scope_alone_is_a_move_alone() -> None:
    (part,) = split(texts({**MOVED, "c": {"scope": ["A", "B"]}}))
    assert [op["k"] for op in part.ops] == ["move"]


def test_the_same_set_has_the_same_id_and_a_second_try_another() -> None:
    part = Part("A", 0, 3, ())
    assert part_id("x", part) == part_id("x", part)
    assert len({part_id("x", part), part_id("y", part), part_id("x", part, attempt=7)}) == 3


def test_columns_newer_than_the_shared_database_are_seen() -> None:
    since = {("worker", "trade"): 4}
    assert unknown_columns([an_op(1)], since, 3)
    assert not unknown_columns([an_op(1)], since, 4)
    assert unknown_columns([an_op(1, c={}, gb={"trade": ""})], since, 3)
    assert not unknown_columns([{"k": "resolve", "id": "x"}], since, 1)


def test_a_row_of_an_older_program_says_so() -> None:
    needed = {"worker": {"trade": 1, "crew": 4}}
    assert schema_of([an_op(1, k="ins")], needed, 5) == 3
    assert (
        schema_of([an_op(1, k="ins", c={"trade": [None, ""], "crew": [None, ""]})], needed, 5) == 5
    )
    assert schema_of([an_op(1), {"k": "resolve", "id": "x"}], needed, 5) == 5
