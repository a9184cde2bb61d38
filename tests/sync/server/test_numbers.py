"""Numbers: leased to one PC, given back, each in exactly one state, also after a restore."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from inspector_app.errors import OutsideError
from inspector_app.sync.server import recover
from tests.sync.conftest import Cluster, Postgres
from tests.sync.server.pushes import A, B, Op, Sender, case, ins, upd

Make = Callable[..., Sender]
SERIES, YEAR = "平人社监令", 2026


def lease(one: Sender, count: int, scope: str = A) -> list[int]:
    found: list[int] = one.line.lease(one.device, scope, SERIES, YEAR, count)
    return found


def release(one: Sender, nos: list[int], policy: str) -> None:
    one.line.release(one.device, A, SERIES, YEAR, nos, policy)


def entry(no: int, **cells: Any) -> Op:
    whole = {"series": SERIES, "year": YEAR, "no": no, "state": "issued", "paper_id": "p", **cells}
    return ins("number_entry", f"no-{no}", **whole)


def register(postgres: Postgres) -> list[tuple[object, ...]]:
    """Every number with its state, and the place of the next one: nothing is missing."""
    rows = postgres.ask("SELECT no, state FROM sync.number WHERE scope = %s ORDER BY no", A)
    ((following,),) = postgres.ask("SELECT next_no FROM sync.number_series WHERE scope = %s", A)
    assert [no for no, _ in rows] == list(range(1, int(str(following))))
    return rows


def redeclare(postgres: Postgres, one: Sender, account: str, nos: str) -> Any:
    with postgres.line(account) as line:
        words = "SELECT sync_v1.redeclare(%s, %s, %s, %s, %s)"
        row = line.execute(words, (one.device, A, SERIES, YEAR, nos)).fetchone()
    assert row is not None
    return row[0]


def test_two_pcs_never_hold_the_same_number(postgres: Postgres, sender: Make) -> None:
    one, two = sender("a1"), sender("a2")
    assert lease(one, 3) == [1, 2, 3]
    assert lease(two, 2) == [4, 5]
    assert lease(one, 1) == [6]
    assert lease(sender("b1"), 2, B) == [1, 2]
    assert register(postgres) == [(no, "leased") for no in range(1, 7)]


def test_unused_numbers_come_back_lowest_first_or_end_with_a_reason(
    postgres: Postgres, sender: Make
) -> None:
    one, two = sender("a1"), sender("a2")
    lease(one, 4)
    release(two, [1], "reuse")  # not its own: nothing happens
    release(one, [3, 1], "reuse")
    release(one, [2], "void:外出未用")
    release(one, [4], "void")
    assert register(postgres) == [(1, "free"), (2, "void"), (3, "free"), (4, "void")]
    assert lease(two, 3) == [1, 3, 5]
    reasons = postgres.ask("SELECT reason FROM sync.number WHERE state = 'void' ORDER BY no")
    assert reasons == [("外出未用",), ("未使用",)]


def test_in_leased_mode_only_a_number_of_this_device_is_taken(
    postgres: Postgres, sender: Make
) -> None:
    postgres.ask("UPDATE sync.server SET numbers = 'leased'")
    one, two = sender("a1"), sender("a2")
    lease(one, 2)
    assert two.push(entry(1))["why"] == "number_not_leased"
    assert one.push(entry(3))["why"] == "number_not_leased"
    assert one.push(entry(1))["s"] == "ok"
    assert one.push({**entry(1), "id": entry(2)["id"]})["s"] == "rejected"
    assert register(postgres) == [(1, "issued"), (2, "leased")]


def test_without_leases_the_register_follows_what_is_pushed(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    assert one.push(entry(3))["s"] == "ok"
    assert register(postgres) == [(1, "free"), (2, "free"), (3, "issued")]
    assert one.push(entry(1))["s"] == "ok"
    assert lease(one, 2) == [2, 4]


@pytest.mark.parametrize(
    ("scope", "series", "year", "count"),
    [
        (A, "", 2026, 1),
        (A, "甲", 1, 1),
        (A, "甲", 2026, 0),
        (A, "甲", 2026, 21),
        (B, "甲", 2026, 1),
    ],
)
def test_odd_leases_are_refused(
    sender: Make, scope: str, series: str, year: int, count: int
) -> None:
    one = sender("a1")
    with pytest.raises(OutsideError):
        one.line.lease(one.device, scope, series, year, count)
    with pytest.raises(OutsideError):
        one.line.lease("foreign", A, SERIES, YEAR, 1)
    with pytest.raises(OutsideError):
        one.line.release(one.device, A, SERIES, YEAR, [1], "burn")


def test_a_restored_server_gives_no_number_until_every_pc_has_spoken(
    postgres: Postgres, sender: Make
) -> None:
    postgres.ask("UPDATE sync.server SET numbers = 'leased'")
    one, two = sender("a1"), sender("a2")
    lease(one, 2)
    recover.begin(postgres.dsn)
    with pytest.raises(OutsideError) as told:
        lease(one, 1)
    assert told.value.kind == "recovery"
    # The backup knows of 1 and 2; the PCs hold 1, 4 and 6, and both believe in 5.
    assert redeclare(postgres, one, "a1", "[1, 4, 5]") == []
    assert redeclare(postgres, two, "a2", "[5, 6, 2]") == [2, 5]
    assert two.push(entry(8))["s"] == "ok"  # issued after the backup: it is on paper
    assert one.push(entry(4))["s"] == "ok"
    assert two.push(entry(1))["why"] == "number_not_leased"
    assert recover.end(postgres.dsn) == 2
    assert register(postgres) == [
        (1, "leased"), (2, "leased"), (3, "void"), (4, "issued"), (5, "leased"), (6, "leased"),
        (7, "void"), (8, "issued"),
    ]  # fmt: skip
    assert lease(two, 1) == [9]
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
        redeclare(postgres, one, "a1", "[9]")


def test_a_restored_server_is_seen_and_gets_back_what_it_forgot(
    cluster: Cluster, postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    one.push(case("c"))
    before = one.line.pull(A, 0, 0, "", 10).head
    one.line.close()
    backup = cluster.copy(postgres.database)
    try:
        one.line = type(one.line)(postgres.of("a1"))
        one.push(upd("case", "c", "c", note=("", "x")))
        one.push(upd("case", "c", "c", facts=("", "f")))
        cursor = one.line.pull(A, 0, 0, "", 10).head
        said = one.hello({A: cursor}, acked=3)
        assert (said.forked, said.last_n, said.recovery) == ((), 3, False)
        one.line.close()
        one.line = type(one.line)(backup.of("a1"))
        said = one.hello({A: before}, acked=1)
        assert (said.forked, said.last_n, said.recovery) == ((), 1, False)
        said = one.hello({A: cursor}, acked=3)
        assert (said.forked, said.last_n, said.recovery) == ((A,), 1, True)
        receipts = one.line.push(one.device, one.sent[1:])
        assert [(r["s"], r["dup"]) for r in receipts] == [("ok", False), ("ok", False)]
        ((data,),) = backup.ask("SELECT data FROM sync.row")
        assert isinstance(data, dict)
        assert (data["note"], data["facts"]) == ("x", "f")
        kinds = [row[0] for row in backup.ask("SELECT kind FROM sync.event WHERE login = 'a1'")]
        assert kinds == ["recovery_seen"]
    finally:
        one.line.close()
        cluster.drop(backup)


def test_nobody_learns_of_a_fork_in_a_county_that_is_not_theirs(sender: Make) -> None:
    assert sender("a1").hello({B: [7, "f" * 64]}).forked == ()
