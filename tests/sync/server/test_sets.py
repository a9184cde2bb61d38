"""Deliveries: known again by number and by content, refused whole, never in the way of the rest."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from inspector_app.errors import OutsideError
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, B, Op, Sender, case, ins, resolve, uid, upd, worker

Make = Callable[..., Sender]


def count(postgres: Postgres, table: str) -> int:
    ((number,),) = postgres.ask(f"SELECT count(*) FROM sync.{table}")  # noqa: S608  # names of ours
    assert isinstance(number, int)
    return number


def test_a_delivery_that_comes_twice_is_answered_as_the_first_time(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    first = one.push(case("c"))
    again = one.line.push(one.device, [one.sent[0]])[0]
    assert again == {**first, "dup": True}
    assert first["dup"] is False
    assert (count(postgres, "commit_log"), count(postgres, "audit")) == (1, 1)


def test_known_content_from_another_device_is_not_applied_twice(
    postgres: Postgres, sender: Make
) -> None:
    """A PC put back to an old image delivers again under a new name."""
    old = sender("a1")
    first = old.push(case("c"), name="content")
    new = sender("a1", "pc-new")
    again = new.push(case("c"), name="content")
    assert again == {**first, "dup": True}
    assert new.hello().last_n == 1
    assert count(postgres, "commit_log") == 1


def test_the_same_id_with_other_content_or_of_another_account_is_told(sender: Make) -> None:
    one, other = sender("a1"), sender("a2")
    one.push(case("c"), name="content")
    assert other.push(case("c"), name="content")["s"] == "id_reused"
    assert one.push(case("d"), name="content")["s"] == "id_reused"


def test_a_number_that_was_used_for_something_else_is_a_fork(sender: Make) -> None:
    one = sender("a1")
    one.push(case("c"))
    assert one.push(case("d"), name="other", n=1) == {"n": 1, "s": "device_forked"}
    assert one.push(case("e"), scope=B, name="other", n=1)["s"] == "device_forked"


def test_a_gap_stops_the_call_and_takes_nothing(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    sets = [one.a_set(case("c")), one.a_set(case("d"), n=3), one.a_set(case("e"))]
    receipts = one.line.push(one.device, sets)
    assert [(r["n"], r["s"]) for r in receipts] == [(1, "ok"), (3, "gap")]
    assert count(postgres, "changeset") == 1
    assert one.hello().last_n == 1


def broken(**changes: Any) -> list[Op]:
    return [{**case("x"), **changes}]


def cells(**changes: Any) -> list[Op]:
    op = case("x")
    return [{**op, "c": op["c"] | {name: [None, value] for name, value in changes.items()}}]


def without(name: str) -> list[Op]:
    op = case("x")
    del op["c"][name]
    return [op]


HERE = [case("c"), worker("w", "c")]
OTHER_ROOT = uid("another")
POISON: dict[str, tuple[list[Op], str]] = {
    "an unknown table": (broken(t="pg_authid"), "unknown_table"),
    "a table of ours": (broken(t="sync.account"), "unknown_table"),
    "an unknown column": (cells(**{'x"; drop schema sync; --': "1"}), "unknown_column"),
    "a machinery column": (cells(row_rev=7), "unknown_column"),
    "text for a number": (cells(stated_fen="1; select 1"), "bad_value"),
    "a fraction": (cells(stated_fen=1.5), "bad_value"),
    "a huge number": (cells(stated_fen=10**30), "bad_value"),
    "a list for a text": (cells(note=["x"]), "bad_value"),
    "nothing where something must be": (cells(note=None), "bad_value"),
    "a missing column": (without("note"), "missing_column"),
    "another row's id inside": (cells(id=uid("y")), "bad_op"),
    "an id that is none": (broken(id="' or 1=1"), "bad_op"),
    "no cells": (broken(c=None), "bad_op"),
    "cells that are no pairs": (broken(c={"note": "x"}), "bad_op"),
    "an unknown verb": (broken(k="truncate"), "row_not_here"),
    "an unknown verb on a known row": ([{**HERE[0], "k": "truncate"}], "bad_op"),
    "another county's scope inside": (cells(scope=B), "scope_mismatch"),
    "a worker of a case that is nowhere": ([worker("v", "nowhere")], "parent_gone"),
    "a worker of another case than said": (
        [{**worker("v", "c"), "root": uid("d")}, ], "parent_gone",
    ),
    "a worker whose case is another": (
        [case("d"), {**worker("v", "c"), "root": uid("d")}], "root_mismatch",
    ),
    "a root of another kind": ([{**worker("v", "c"), "root_type": "clue"}], "root_mismatch"),
    "a change of the id": ([upd("worker", "w", "c", id=(uid("w"), uid("q")))], "bad_op"),
    "a scope changed without a move": ([upd("case", "c", "c", scope=(A, B))], "scope_mismatch"),
    "an old value that is a list": ([upd("case", "c", "c", note=([1], "x"))], "bad_value"),
    "a decision without a reason": ([resolve(uid("k"), {}, {}, "")], "no_such_conflict"),
    "ops that are no list": ([], "bad_op"),
    "too many ops": ([case("x")] * 501, "too_large"),
    "too much text": (cells(note="长" * 800_000), "too_large"),
    "a NUL in a text": (cells(note="a\0b"), "bad_data"),
    "half a character": (cells(note="\\ud800"), "bad_data"),
    "a line of a number register of an odd year": (
        [ins("number_entry", "n", series="甲", year=26, no=1)], "bad_series",
    ),
    "a number far away": (
        [ins("number_entry", "n", series="甲", year=2026, no=2_000_000)], "number_not_leased",
    ),
}  # fmt: skip


@pytest.fixture
def begun(sender: Make) -> Sender:
    """A device that has pushed a case with a worker."""
    one = sender("a1")
    assert one.push(*HERE)["s"] == "ok"
    return one


def raw_push(one: Sender, sets: list[Any], postgres: Postgres) -> list[Any]:
    """As psycopg sends it, but with half a surrogate where the marker stands."""
    text = json.dumps(sets, ensure_ascii=False).replace("\\\\ud800", "\\ud800")
    with postgres.line("a1") as connection:
        row = connection.execute("SELECT sync_v1.push(%s, %s::json)", (one.device, text)).fetchone()
    assert row is not None
    answer = row[0]
    assert isinstance(answer, list)
    return answer


def test_poison_is_refused_with_its_reason_and_the_queue_goes_on(
    postgres: Postgres, begun: Sender
) -> None:
    for name, (ops, why) in POISON.items():
        bad = begun.a_set(*ops, name=f"poison {name}")
        if name == "ops that are no list":
            bad["ops"] = {"x": 1}
        good = begun.a_set(upd("case", "c", "c", note=("", "")), name=f"after {name}")
        told, after = raw_push(begun, [bad, good], postgres)
        assert (name, told["s"], told["why"], told["ops"]) == (name, "rejected", why, [])
        assert (name, after["s"]) == (name, "ok")
        (again,) = raw_push(begun, [bad], postgres)
        assert (name, again) == (name, {**told, "dup": True})
    assert count(postgres, "root") == 1
    assert count(postgres, "row") == 2
    assert postgres.ask("SELECT * FROM sync.verify()") == []


def test_whatever_a_text_says_it_stays_text(postgres: Postgres, begun: Sender) -> None:
    nasty = ["'; DROP SCHEMA sync CASCADE; --", "$$ select 1 $$", "%s %(x)s {} \\x00", "\\' or 1=1"]
    names = [name for name, pair in case("x")["c"].items() if isinstance(pair[1], str)]
    free = [name for name in names if name not in ("id", "scope")]
    for place, text in enumerate(nasty):
        row = dict.fromkeys(free, text)
        assert begun.push(case(f"x{place}", **row), name=f"nasty {place}")["s"] == "ok"
        ((data,),) = postgres.ask("SELECT data FROM sync.row WHERE id = %s", uid(f"x{place}"))
        assert isinstance(data, dict)
        assert {name: data[name] for name in free} == row
    one = begun.a_set(upd("case", "c", "c", note=("", nasty[0])), name="told")
    one |= {"actor": nasty[0], "action": nasty[1], "why": nasty[2], "at": nasty[3]}
    assert begun.line.push(begun.device, [one])[0]["s"] == "ok"
    query = "SELECT actor_said, action_said, why_said, at_said, login FROM sync.changeset"
    assert (*nasty, "a1") in postgres.ask(query)


def test_calls_that_no_program_of_ours_makes_fail_as_calls(begun: Sender) -> None:
    sets = [begun.a_set(case(f"c{place}")) for place in range(21)]
    for bad in (sets, [{**sets[0], "id": "x"}], [{**sets[0], "n": None}]):
        with pytest.raises(OutsideError):
            begun.line.push(begun.device, bad)
    with pytest.raises(OutsideError):
        begun.line.push("another-device", sets[:1])
    with pytest.raises(OutsideError):
        begun.line.pull(A, 0, 0, "", 100_000)


def test_decisions_are_held_to_their_rules(sender: Make) -> None:
    one, two = sender("a1"), sender("a2")
    one.push(case("c"))
    one.push(upd("case", "c", "c", note=("", "x")))
    (opened,) = two.push(upd("case", "c", "c", note=("", "y")))["ops"][0]["conflicts"]
    seen = {"note": "x"}
    for v, reason, why in (
        ({"note": "y"}, " ", "reason_missing"),
        ({"facts": "y"}, "核对了原件", "bad_op"),
        ({"note": 7}, "核对了原件", "bad_value"),
        ({"nonsense": "y"}, "核对了原件", "unknown_column"),
    ):
        assert two.push(resolve(opened, seen, v, reason))["why"] == why
    assert sender("b1").push(resolve(opened, seen, {"note": "b"}), scope=B)["why"] == (
        "no_such_conflict"
    )
    assert two.push(resolve(opened, seen, {"note": "y"}))["s"] == "ok"


def test_what_was_written_stays(postgres: Postgres, begun: Sender) -> None:
    begun.line.pull(A, 0, 0, "", 10)
    for table in ("audit", "access", "commit_log", "changeset", "delivery"):
        for verb in ("DELETE FROM", "TRUNCATE"):
            statement = f"{verb} sync.{table}" + " CASCADE" * (verb == "TRUNCATE")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                postgres.ask(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        postgres.ask("UPDATE sync.audit SET login = 'a2'")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE sync.changeset SET ops = '[]' WHERE action_said = '办理'", "content"),
        ("UPDATE sync.changeset SET login = 'a2'", "link"),
        ("DELETE FROM sync.commit_log WHERE seq = 2", "gap"),
        ("DELETE FROM sync.commit_log WHERE seq = 3", "head"),
        ("UPDATE sync.commit_log SET hash = repeat('0', 64) WHERE seq = 2", "link"),
    ],
)  # fmt: skip
def test_a_changed_history_is_found(
    postgres: Postgres, begun: Sender, statement: str, what: str
) -> None:
    begun.push(upd("case", "c", "c", note=("", "x")))
    begun.push(upd("case", "c", "c", note=("x", "y")))
    assert postgres.ask("SELECT * FROM sync.verify()") == []
    postgres.ask(
        "ALTER TABLE sync.changeset DISABLE TRIGGER USER;"
        "ALTER TABLE sync.commit_log DISABLE TRIGGER USER;" + statement
    )
    assert what in {row[2] for row in postgres.ask("SELECT * FROM sync.verify()")}
