"""A county's own login against roles, notes of looks, proofs, ends of rights; and as an oracle."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.types.json import Json

from inspector_app.domain.rights import Role
from inspector_app.errors import OutsideError
from inspector_app.sync.server.check import holding
from inspector_app.sync.server.users import disable_user, set_roles
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import NOW, A, B, Sender, case, dele, ins, move, uid, upd, worker
from tests.sync.server.test_files import PHOTO, SHA, photo, send

Make = Callable[..., Sender]
OPINION = {"step": "approve_paper", "on": "2026-09-21", "approver": "周岚"}
APPROVAL = {**OPINION, "outcome": "screen", "rules": "[]", "codes": "[]", "overridden": "[]"}


def approved(postgres: Postgres, sender: Make) -> tuple[Sender, Sender]:
    """A clerk, and the leader who approved a paper of the clerk's case on the screen."""
    for login, role in {"a1": Role.INSPECTOR, "a2": Role.LEADER}.items():
        set_roles(postgres.dsn, login, {role})
    clerk, leader = sender("a1"), sender("a2")
    assert clerk.push(case("c"))["s"] == "ok"
    assert leader.push(ins("case_event", "v", case_id=uid("c"), **APPROVAL))["s"] == "ok"
    return clerk, leader


# ── roles ────────────────────────────────────────────────────────────────────────────────────
def test_what_a_leader_approved_only_a_leader_takes_back(postgres: Postgres, sender: Make) -> None:
    clerk, leader = approved(postgres, sender)
    cells = {"case_id": uid("c"), **APPROVAL}
    op = dele("case_event", "v", "c", **cells)
    assert clerk.push(op)["why"] == "role_leader"
    for name, new in (
        ("outcome", "paper"), ("step", "note"), ("approver", "李明"), ("note", "同意加倍"),
        ("on", "2026-09-01"),
    ):  # fmt: skip
        change = upd("case_event", "v", "c", **{name: (cells.get(name, ""), new)})
        change["gb"] = {key: cells.get(key, value) for key, value in change["gb"].items()}
        assert clerk.push(change)["why"] == "role_leader", name
    assert leader.push(op)["s"] == "ok"


def test_a_keeper_of_one_county_sees_and_decides_of_no_other(
    postgres: Postgres, sender: Make
) -> None:
    sender("b1").push(case("n", scope=B), scope=B)
    set_roles(postgres.dsn, "a1", {Role.ADMINISTRATOR})
    line = sender("a1").line
    found = line.health()
    assert {one["scope"] for one in found["scopes"]} == {A}
    assert {one["login"] for one in found["devices"]} == {"a1"}
    for call in (lambda: line.verify(B, 0, 10), lambda: line.received(B, NOW, 10)):
        with pytest.raises(OutsideError) as told:
            call()
        assert told.value.kind == "rights"
    assert {one["scope"] for one in line.received("", NOW, 10)} <= {A}
    for word in ("lost", "whole", "done"):
        with pytest.raises(OutsideError, match="全部辖区"):
            line.decide(word)


# ── who received ─────────────────────────────────────────────────────────────────────────────
def test_a_file_is_noted_from_whichever_byte_it_is_read(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    one.push(case("c"), photo("p", "c"))
    send(one.line, "c", PHOTO)
    other = sender("a2").line
    assert other.file_get(uid("c"), SHA, 1) == PHOTO[1:]
    read = "SELECT login FROM sync.event WHERE kind = 'file_read'"
    assert postgres.ask(read) == [("a2",)]
    assert other.file_get(uid("c"), SHA, 300) == PHOTO[300:]
    assert postgres.ask(read) == [("a2",)]  # the same reading goes on


def test_who_undoes_a_reading_leaves_its_trace_first(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    one.push(case("c"), photo("p", "c"))
    send(one.line, "c", PHOTO)
    calls = [
        "SELECT sync_v1.pull('410402', 0, 0, '', 10)",
        "SELECT sync_v1.load('410402', 0, '', 10)",
        f"SELECT sync_v1.file_get('{uid('c')}', '{SHA}', 0)",
    ]
    with postgres.line("a2") as line:
        for call in calls:
            line.execute("BEGIN")
            for _ in range(2):
                assert line.execute(call.encode()).fetchall() in ([], [(None,)]), call
            line.execute("ROLLBACK")
        counts = "SELECT (SELECT count(*) FROM sync.asked), (SELECT count(*) FROM sync.event WHERE"
        counts += " kind = 'file_read')"
        assert postgres.ask(counts) == [(0, 0)]
        for call in (calls[0], calls[2]):
            line.execute(call.encode())
        assert postgres.ask(counts) == [(1, 1)]
        for call in calls:
            line.execute("BEGIN")
            assert line.execute(call.encode()).fetchall() not in ([], [(None,)]), call
            line.execute("ROLLBACK")
    told = "SELECT x->>'login', x->'pages', x->'files' FROM sync.received('', '-infinity', 9) r,"
    told += " jsonb_array_elements(r) x"
    assert postgres.ask(told) == [("a2", 1, 1)]


# ── proofs ───────────────────────────────────────────────────────────────────────────────────
def test_what_was_never_kept_is_no_proof_of_a_loss(postgres: Postgres, sender: Make) -> None:
    one = sender("a1")
    one.push(case("c"))
    doc: dict[str, Any] = {"device": one.device, "protocol": 1, "schema": 3, "acked": 0}
    doc |= {"now": NOW.isoformat(), "cursors": {}}
    with postgres.line("a1") as line:
        line.execute("BEGIN")
        line.execute("SELECT sync_v1.push(%s, %s)", (one.device, Json([one.a_set(case("d"))])))
        ((page,),) = line.execute("SELECT sync_v1.digest(%s)", (A,)).fetchall()
        ask = {**doc, "cursors": {A: page["head"]}}
        ((said,),) = line.execute("SELECT sync_v1.hello(%s::jsonb)", (Json(ask),)).fetchall()
        line.execute("ROLLBACK")
    greeted = one.line.hello({**doc, "proofs": said["proofs"], "delivered": said["delivered"]})
    assert greeted.paused is False
    assert greeted.recovery is False
    assert one.line.lease(one.device, A, "令", 2026, 1) == [1]


# ── the end of a right ───────────────────────────────────────────────────────────────────────
def test_an_old_snapshot_keeps_no_right(postgres: Postgres, sender: Make) -> None:
    sender("a1").push(case("c"))
    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        with postgres.line("a2") as line:
            line.execute(f"BEGIN ISOLATION LEVEL {level}".encode())
            line.execute("SELECT 1")
            with pytest.raises(errors.ActiveSqlTransaction, match="isolation"):
                line.execute("SELECT sync_v1.pull(%s, 0, 0, '', 10)", (A,))


def test_a_closed_account_has_no_line_left(postgres: Postgres) -> None:
    with postgres.line("a2") as line:
        line.execute("SELECT 1")
        disable_user(postgres.dsn, "a2")
        postgres.ask("ALTER ROLE a2 LOGIN")  # it is the login of every test
        with pytest.raises(psycopg.OperationalError):
            line.execute("SELECT 1")


def test_who_holds_a_history_for_ever_is_named_and_hung_up(
    postgres: Postgres, sender: Make
) -> None:
    one, other = sender("a2"), sender("a1")
    with postgres.line("a2") as line:
        line.execute("SET idle_in_transaction_session_timeout = 0")
        line.execute("BEGIN")
        line.execute("SELECT sync_v1.push(%s, %s)", (one.device, Json([one.a_set(case("d"))])))
        with psycopg.connect(postgres.dsn) as admin:
            assert holding(admin, 0) == ("a2",)
            assert holding(admin, 3600) == ()
        disable_user(postgres.dsn, "a2")
        postgres.ask("ALTER ROLE a2 LOGIN")  # it is the login of every test
        assert other.push(case("c"))["seq"] == 1
        with pytest.raises(psycopg.OperationalError):
            line.execute("COMMIT")


def test_what_a_login_left_prepared_is_named_and_undone(postgres: Postgres, sender: Make) -> None:
    one, other = sender("a2"), sender("a1")
    with postgres.line("a2") as line:
        line.execute("BEGIN")
        line.execute("SELECT sync_v1.push(%s, %s)", (one.device, Json([one.a_set(case("d"))])))
        line.execute("PREPARE TRANSACTION 'for ever'")
    with psycopg.connect(postgres.dsn) as admin:
        assert holding(admin, 0) == ("a2",)
        assert holding(admin, 3600) == ()
    disable_user(postgres.dsn, "a2")
    postgres.ask("ALTER ROLE a2 LOGIN")  # it is the login of every test
    with psycopg.connect(postgres.dsn) as admin:
        assert holding(admin, 0) == ()
    assert other.push(case("c"))["seq"] == 1


# ── what exists elsewhere ────────────────────────────────────────────────────────────────────
def test_no_answer_tells_whether_a_case_is_in_another_county(sender: Make) -> None:
    mine, theirs = sender("a1"), sender("b1")
    assert mine.push(case("c"), worker("w", "c"))["s"] == "ok"
    said = []
    for name in ("c", "nowhere"):
        ops = [
            {**worker(f"x{name}", name), "scope": B},
            upd("case", name, name, note=("", "x")),
            dele("case", name, name),
            move(name, B, A),
        ]
        said.append([theirs.push(op, scope=B).get("why") for op in ops])
        asked = theirs.line.file_want([(uid(name), SHA)])
        said[-1].append(asked[0].state)
    assert said[0] == said[1]


def test_links_confirm_no_guess_at_what_is_hidden(postgres: Postgres, sender: Make) -> None:
    sender("a1").push(case("c"), worker("w", "c", name="张三"))
    postgres.ask("UPDATE sync.scope_grant SET can_pii = false WHERE login = 'a2'")
    ((_, _, _, shown, _),) = sender("a2").line.links(A, 0, 10)
    guesses = "SELECT sync.sha(concat(scope, '|', ops::text)), sync.sha(ops::text), ops_sha"
    ((whole, bare, kept),) = postgres.ask(f"{guesses} FROM sync.changeset")
    assert shown == kept
    assert shown not in (whole, bare)
    assert postgres.ask("SELECT * FROM sync.verify()") == []
    postgres.ask("UPDATE sync.secret SET key = 'another'")
    assert postgres.ask("SELECT what FROM sync.verify()") == [("content",)]


# ── files go along with their case ───────────────────────────────────────────────────────────
def test_the_room_of_a_county_goes_with_the_case(postgres: Postgres, sender: Make) -> None:
    one = sender("city")
    one.push(case("c"), photo("p", "c"))
    send(one.line, "c", PHOTO)
    one.push(move("c", A, B))
    used = dict(postgres.ask("SELECT scope, bytes FROM sync.file_used"))
    assert used == {A: 0, B: len(PHOTO)}


# ── whoever rules the database itself ────────────────────────────────────────────────────────
def test_a_set_is_believed_scrubbed_only_where_something_was_purged(
    postgres: Postgres, sender: Make
) -> None:
    sender("a1").push(case("c"))
    with psycopg.connect(postgres.dsn) as line:
        line.execute("ALTER TABLE sync.changeset DISABLE TRIGGER USER")
        line.execute("UPDATE sync.changeset SET ops = '[]', scrubbed = true")
        line.execute("ALTER TABLE sync.changeset ENABLE TRIGGER USER")
    assert postgres.ask("SELECT scope, seq, what FROM sync.verify()") == [(A, 1, "content")]
    ((part,),) = postgres.ask("SELECT sync.verify_part(%s, 0, 10)", A)
    assert part["broken"] == [[1, "content"]]  # type: ignore[index]  # jsonb


def test_a_decision_says_all_that_was_looked_at(sender: Make) -> None:
    one, two = sender("a1"), sender("a2")
    one.push(case("c"))
    one.push(upd("case", "c", "c", note=("", "甲")))
    ((conflict,),) = [
        op["conflicts"] for op in two.push(upd("case", "c", "c", note=("", "乙")))["ops"]
    ]
    decide = {"k": "resolve", "id": conflict, "v": {"note": "乙"}, "reason": "核对了原件"}
    assert two.push({**decide, "seen": {}})["ops"][0]["s"] == "conflict"
    assert two.push({**decide, "seen": {"note": "甲"}})["ops"][0]["s"] == "ok"
