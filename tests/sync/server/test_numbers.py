"""Numbers: leased to one PC, given back, each in exactly one state, also after a restore."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from inspector_app.errors import OutsideError
from inspector_app.sync.server import numbers as admin_numbers
from inspector_app.sync.server import recover
from tests.sync.conftest import Cluster, Postgres
from tests.sync.server.pushes import A, B, Op, Sender, case, ins, uid, upd

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


def used(one: Sender, *pairs: tuple[int, str], was: str = "") -> list[int]:
    return one.line.declare_used(one.device, A, SERIES, YEAR, pairs, was)


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
    assert lease(one, 3) == [1, 2, 3]  # asked again, when the answer was lost
    assert lease(one, 4) == [1, 2, 3, 6]
    assert lease(sender("b1"), 2, B) == [1, 2]
    assert one.line.held(one.device) == {(A, SERIES, YEAR): [1, 2, 3, 6]}
    assert register(postgres) == [(no, "leased") for no in range(1, 7)]


def test_the_year_of_a_series_that_runs_on_is_none(sender: Make) -> None:
    one = sender("a1")
    assert one.line.lease(one.device, A, SERIES, 0, 1) == [1]
    assert one.push(entry(1, year=0))["s"] == "ok"


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


def test_what_was_used_before_joining_is_declared_once(postgres: Postgres, sender: Make) -> None:
    one, two, other = sender("a1"), sender("a2"), sender("city")
    first, second = entry(3)["id"], entry(1)["id"]
    assert used(one, (3, first), (1, second)) == []
    assert register(postgres) == [(1, "issued"), (2, "free"), (3, "issued")]
    for no in (3, 1):
        assert one.push(entry(no))["s"] == "ok"
    with pytest.raises(OutsideError):  # it has joined
        used(one, (5, uid("five")))
    assert lease(two, 2) == [2, 4]
    # The same number on another PC's paper: told, kept, taken, and not given to anybody again.
    twin = {**entry(3), "id": uid("twin"), "root": uid("twin")}
    twin["c"] = {**twin["c"], "id": [None, uid("twin")]}
    assert used(other, (3, uid("twin")), (2, uid("both"))) == [2, 3]
    assert other.push(twin)["s"] == "ok"
    assert other.push({**twin, "id": uid("more"), "root": uid("more")})["s"] == "rejected"
    found = one.line.register(A, YEAR)
    assert [row[2] for row in found["twins"]] == [2, 3]
    assert [row[:4] for row in found["numbers"]] == [
        [SERIES, YEAR, 1, "issued"], [SERIES, YEAR, 2, "leased"], [SERIES, YEAR, 3, "issued"],
        [SERIES, YEAR, 4, "leased"],
    ]  # fmt: skip
    assert two.push(entry(2))["s"] == "ok"


def test_a_pc_that_took_a_new_name_brings_its_numbers_along(
    postgres: Postgres, sender: Make
) -> None:
    one, two = sender("a1"), sender("a2")
    lease(one, 2)
    again, stranger = Sender(one.line, "pc-a1-again"), Sender(two.line, "pc-a2-again")
    again.hello()
    stranger.hello()
    assert used(stranger, (1, uid("forged")), was=one.device) == [1]
    assert used(again, (1, entry(1)["id"]), was=one.device) == []
    assert again.push(entry(1))["s"] == "ok"
    assert register(postgres) == [(1, "issued"), (2, "leased")]


def test_a_number_given_up_that_turns_up_on_a_paper_is_issued_all_the_same(
    postgres: Postgres, sender: Make
) -> None:
    one, two = sender("a1"), sender("a2")
    lease(one, 1)
    assert admin_numbers.forfeit(postgres.dsn, one.device, "电脑遗失，已核对纸面") == 1
    assert two.push(entry(1))["why"] == "number_not_leased"
    assert register(postgres) == [(1, "void")]
    assert one.push(entry(1))["s"] == "ok"
    assert register(postgres) == [(1, "issued")]


@pytest.mark.parametrize(
    ("scope", "series", "year", "count"),
    [
        (A, "", 2026, 1),
        (A, "甲", 1, 1),
        (A, "甲", 2026, 0),
        (A, "甲", 2026, 2001),
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


def test_where_nothing_was_lost_there_is_no_recovery_to_end(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    lease(one, 2)
    one.line.release(one.device, A, SERIES, YEAR, [2], "reuse")
    assert (2, "free") in register(postgres)
    assert recover.end(postgres.dsn) == 0
    assert (2, "free") in register(postgres)


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
    assert lease(two, 2) == [6, 9]
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
