"""A county's own login that wants to fill the disk, the memory or the stock of numbers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
import pytest
from psycopg import errors

from inspector_app.errors import OutsideError
from inspector_app.sync.attachments.file_line import PIECE
from inspector_app.sync.server.doors import close_doors, open_doors
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, Sender, case, resolve, uid, upd
from tests.sync.server.test_files import photo

Make = Callable[..., Sender]
SERIES, YEAR = "order", 2026


def limited(call: Callable[[], object], kind: str = "limit") -> None:
    with pytest.raises(OutsideError) as told:
        call()
    assert told.value.kind == kind


# ── numbers ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.long
def test_a_login_holds_and_burns_no_more_numbers_than_offices_use(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    for name in ("s0", "s1"):
        assert len(one.line.lease(one.device, A, name, YEAR, 2000)) == 2000
    limited(lambda: one.line.lease(one.device, A, "s2", YEAR, 2000))
    one.line.release(one.device, A, "s0", YEAR, list(range(1, 2001)), "void")
    limited(lambda: one.line.lease(one.device, A, "s0", YEAR, 2000))
    other = Sender(one.line, "pc-more")
    other.hello()
    limited(lambda: other.line.lease(other.device, A, "s0", YEAR, 2000))
    assert one.line.lease(one.device, A, "s0", YEAR, 20) == list(range(2001, 2021))
    assert one.line.lease(one.device, A, "s1", YEAR, 2000)  # held already: asked again
    assert sender("a2").line.lease("pc-a2-2", A, "s0", YEAR, 20)  # a colleague is not in the way
    postgres.ask("UPDATE sync.number SET at = at - interval '2 days' WHERE state = 'void'")
    assert len(one.line.lease(one.device, A, "s0", YEAR, 1000)) == 1000


def test_no_number_of_a_year_far_away(sender: Make) -> None:
    one = sender("a1")
    for year in (datetime.now(UTC).year + 2, 2150, 1900):
        with pytest.raises(OutsideError):
            one.line.lease(one.device, A, SERIES, year, 1)


def test_what_is_declared_as_used_makes_no_million_of_numbers(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    jumps = [(k * 10_000, uid(str(k))) for k in range(1, 20)]
    limited(lambda: one.line.declare_used(one.device, A, SERIES, YEAR, jumps, ""), "server")
    assert postgres.ask("SELECT count(*) FROM sync.number") == [(0,)]
    many = [(k, uid(str(k))) for k in range(1, 5002)]
    limited(lambda: one.line.declare_used(one.device, A, SERIES, YEAR, many, ""), "server")
    limited(
        lambda: one.line.release(one.device, A, SERIES, YEAR, range(1, 5002), "reuse"), "server"
    )
    assert one.line.declare_used(one.device, A, SERIES, YEAR, [(9_000, uid("x"))], "") == []


# ── devices, texts, pieces ───────────────────────────────────────────────────────────────────
def test_a_login_has_no_more_pcs_than_a_person(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    postgres.ask(
        "INSERT INTO sync.device (device, login) SELECT concat('x', k), 'a1'"
        " FROM generate_series(1, 99) k"
    )
    limited(lambda: Sender(one.line, "one-more").hello())
    assert one.hello().me == "a1"
    postgres.ask("UPDATE sync.device SET first_seen = first_seen - interval '31 days'")
    assert Sender(one.line, "one-more").hello().me == "a1"


def test_a_scope_has_no_more_series_than_papers_of_a_century(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    assert one.line.lease(one.device, A, SERIES, YEAR, 1) == [1]
    postgres.ask(
        "INSERT INTO sync.number_series (scope, series, year)"
        " SELECT scope, concat('x', k), year FROM sync.number_series, generate_series(1, 4998) k"
    )
    assert one.line.lease(one.device, A, "the 5000th", YEAR, 1) == [1]
    limited(lambda: one.line.lease(one.device, A, "one more", YEAR, 1))
    assert one.line.lease(one.device, A, SERIES, YEAR, 2) == [1, 2]  # known: goes on


def test_a_login_carries_no_more_packages_than_a_stick_holds(
    postgres: Postgres, sender: Make
) -> None:
    one = sender("a1")
    postgres.ask(
        "INSERT INTO sync.parcel (id, login, size) SELECT lpad(to_hex(k), 64, '0'), 'a1', 1"
        " FROM generate_series(1, 200) k"
    )
    assert one.line.parcel_put("f" * 64, 1, 0, b"x") == -1
    assert sender("a2").line.parcel_put("e" * 64, 1, 0, b"x") == 1  # a colleague's
    postgres.ask("UPDATE sync.parcel SET state = 'done' WHERE id = lpad('1', 64, '0')")
    assert one.line.parcel_put("f" * 64, 1, 0, b"x") == 1


def test_what_is_said_besides_is_held_to_a_length(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    long = "长" * 100_000
    said = {**one.a_set(case("c")), "actor": long, "action": long, "why": long, "at": long}
    assert one.line.push(one.device, [said])[0]["s"] == "ok"
    lengths = "SELECT length(actor_said), length(action_said), length(why_said), length(at_said)"
    assert postgres.ask(f"{lengths} FROM sync.changeset") == [(200, 200, 4000, 40)]
    big = {**one.a_set(), "ops": [{"x": "y" * 2_100_000}]}
    assert one.line.push(one.device, [big])[0]["why"] == "too_large"
    assert one.line.push(one.device, [big])[0]["dup"] is True
    kept = "SELECT max(octet_length(ops::text)) FROM sync.changeset"
    assert int(str(postgres.ask(kept)[0][0])) < 10_000
    two = sender("a2")
    one.push(upd("case", "c", "c", note=("", "甲")))
    (op,) = two.push(upd("case", "c", "c", note=("", "乙")))["ops"]
    reason = two.push(resolve(op["conflicts"][0], {"note": "甲"}, {"note": "乙"}, long))
    assert reason["why"] == "too_large"


def test_a_number_of_a_few_letters_fills_no_memory(sender: Make) -> None:
    one = sender("a1")
    for n, number in enumerate(("1e131071", "-1.5E+999", "1e00099", "[0.1e120]"), 1):
        words = json.dumps([one.a_set("?", n=n)]).replace('"?"', number)  # type: ignore[arg-type]  # no op
        with pytest.raises(errors.InvalidParameterValue, match="call"):
            one.line._connection.execute("SELECT sync_v1.push(%s, %s::json)", (one.device, words))
        note = f'说明 [{number}, {number}] "3e500, \\'
        said = one.line.push(one.device, [one.a_set(case(number, note=note), n=n, name=number)])
        assert said[0]["s"] == "ok"


def test_a_file_comes_in_no_crumbs(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    sha = "a" * 64
    names = [f"{k:064x}" for k in range(201)]
    one.push(case("c"), photo("p", "c", sha), *(photo(f"p{k}", "c", k) for k in names))
    size = 200 * PIECE
    assert one.line.file_put(uid("c"), sha, size, 0, b"x").why == "size"
    assert one.line.file_put(uid("c"), sha, size, 0, b"x" * 65_536).state == "more"
    said = [one.line.file_put(uid("c"), name, 10, 0, b"x") for name in names]
    assert {(one.state, one.why) for one in said[:199]} == {("more", "")}
    assert said[200].why == "too_many"
    assert one.line.parcel_put(sha, size, 0, b"x") == 0
    assert one.line.parcel_put(sha, size, 0, b"x" * 65_536) == 65_536


# ── what PostgreSQL itself gives to everybody ────────────────────────────────────────────────
def test_nothing_fills_the_locks_or_the_disk_for_all(postgres: Postgres) -> None:
    for statement in (
        "SELECT pg_advisory_lock(g) FROM generate_series(1, 100000) g",
        "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_creat(-1)",
        "SELECT pg_logical_emit_message(false, 'x', 'y')",
    ):
        with postgres.line("b1") as line, pytest.raises(errors.InsufficientPrivilege):
            line.execute(statement.encode())


def test_doors_are_closed_by_the_superuser_alone(postgres: Postgres) -> None:
    with psycopg.connect(postgres.dsn) as line:
        assert open_doors(line) == []
        line.execute("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC")
        assert open_doors(line) == ["lo_create(oid)"]
        line.execute("SET ROLE insp_owner")
        assert close_doors(line) is False
        line.execute("RESET ROLE")
        assert close_doors(line) is True
        assert open_doors(line) == []
