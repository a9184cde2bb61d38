"""Health, who may ask for it, what makes numbering pause, and histories looked through."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.errors import OutsideError, UserError
from inspector_app.services import server_health as service
from inspector_app.services import server_words as words
from inspector_app.services.received import counts, received
from inspector_app.sync.health import compute, look_through
from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Cluster, Postgres
from tests.sync.server.pushes import NOW, A, B, Sender, case, uid, upd

Make = Callable[..., Sender]
GARBAGE = {A: [5, "f" * 64]}


@pytest.fixture
def keeper(postgres: Postgres) -> Any:
    with service.line(postgres.dsn) as line:
        yield line


def greet(one: Sender, **more: Any) -> Any:
    doc = {"device": one.device, "app": "inspector-app 9", "protocol": 1, "schema": 3, "acked": 0}
    return one.line.hello({**doc, "now": NOW.isoformat(), "cursors": {}, **more})


def test_health_says_who_exchanged_when_and_from_which_pc(
    sender: Make, keeper: PgTransport
) -> None:
    one = sender("a1")
    one.push(case("c"))
    one.push(upd("case", "c", "c", note=("", "甲")))
    two = sender("a2")
    two.push(upd("case", "c", "c", note=("", "乙")))
    one.line.lease(one.device, A, "令", 2026, 3)
    greet(one, acked=1, pc="PC-07", waiting=4, was="pc-before")
    found = service.look(keeper)
    device = next(device for device in found.devices if device.device == one.device)
    assert (device.login, device.pc, device.last_n, device.behind) == ("a1", "PC-07", 2, 1)
    assert (device.waiting, device.leased, device.was) == (4, 3, "pc-before")
    assert device.app == "inspector-app 9"
    assert abs(device.skew_seconds) > 300
    scope = next(scope for scope in found.scopes if scope.scope == A)
    assert (scope.seq, scope.open, scope.leased) == (3, 1, 3)
    assert found.bytes > 1_000_000
    assert (found.open(), found.leased(), found.paused, found.suspected) == (1, 3, False, False)
    told = {note.title for note in words.notes(found, service.newest())}
    assert {"未处理的冲突 1 项", "a1（PC-07）的时钟不准"} <= told


def test_only_who_looks_after_the_database_may_ask(sender: Make) -> None:
    line = sender("a1").line
    calls: list[Callable[[], object]] = [
        line.health,
        lambda: line.verify(A, 0, 10),
        lambda: line.decide("lost"),
    ]
    for call in calls:
        with pytest.raises(OutsideError) as told:
            call()
        assert told.value.kind == "rights"
    with pytest.raises(OutsideError):
        line.links(B, 0, 10)  # another county's history
    assert sender("a1").hello().keeper is False


def test_a_person_with_the_role_sees_and_an_auditor_only_sees(
    sender: Make, postgres: Postgres
) -> None:
    one, two = sender("a1"), sender("a2")
    give = "INSERT INTO sync.account_role (login, role) VALUES (%s, %s)"
    postgres.ask(give, "a1", "administrator")
    postgres.ask(
        "UPDATE sync.scope_grant SET can_write = false, can_pii = false WHERE login = 'a2'"
    )
    postgres.ask(give, "a2", "auditor")
    assert one.hello().keeper is True
    assert service.look(two.line).devices
    with pytest.raises(OutsideError, match="全部辖区"):
        service.decide(one.line, service.LOST)
    postgres.ask("INSERT INTO sync.scope_grant SELECT 'a1', scope, false, false FROM sync.scope"
                 " WHERE scope <> %s", A)  # fmt: skip
    assert service.decide(one.line, service.LOST) == 0
    with pytest.raises(OutsideError):
        two.line.decide(service.DONE)
    for each in (one, two):
        each.hello()
    service.decide(one.line, service.DONE)


# ── what makes numbering pause ───────────────────────────────────────────────────────────────
def test_one_login_alone_cannot_make_numbering_pause(sender: Make, keeper: PgTransport) -> None:
    one = sender("a1")
    said = one.hello(GARBAGE)
    assert (said.recovery, said.paused) == (True, False)  # the others are careful
    greet(Sender(one.line, "pc-of-the-same"), cursors=GARBAGE, acked=9)
    found = service.look(keeper)
    assert (found.suspected, found.paused) == (True, False)
    assert {doubt.login for doubt in found.doubts} == {"a1"}
    assert one.line.lease(one.device, A, "令", 2026, 1) == [1]
    assert "有电脑反映共享库少了内容" in {
        note.title for note in words.notes(found, service.newest())
    }


def test_a_place_the_database_once_said_it_stood_at_is_evidence_from_one_pc_alone(
    sender: Make, postgres: Postgres, cluster: Cluster
) -> None:
    one = sender("a1")
    one.push(case("c"))
    one.line.close()
    backup = cluster.copy(postgres.database)
    one.line = PgTransport(postgres.of("a1"))
    try:
        one.push(upd("case", "c", "c", note=("", "甲")))
        cursor = {A: list(one.line.pull(A, 0, 0, "", 10).head)}
        shown = greet(one, cursors=cursor, acked=2).proofs
        assert greet(one, cursors=cursor, acked=2, **shown).recovery is False
        forged = {"proofs": {A: [*cursor[A], "0" * 64]}, "delivered": [9, "0" * 64]}
        line = PgTransport(backup.of("a1"))
        there = Sender(line, one.device)
        said = greet(there, cursors=cursor, acked=2, **forged)
        assert (said.recovery, said.paused) == (True, False)
        assert greet(there, cursors={}, delivered=shown["delivered"]).paused is True
        with service.line(backup.dsn) as keeper:
            service.decide(keeper, service.DONE)
            assert greet(there, cursors=cursor, **shown).paused is False  # settled: of another time
            assert service.look(keeper).suspected is True
        line.close()
    finally:
        one.line.close()
        cluster.drop(backup)


def test_two_people_who_miss_the_same_pause_it_by_themselves(sender: Make) -> None:
    one, two = sender("a1"), sender("a2")
    one.hello(GARBAGE)
    assert two.hello(GARBAGE).paused is True
    with pytest.raises(OutsideError) as told:
        one.line.lease(one.device, A, "令", 2026, 1)
    assert told.value.kind == "recovery"


def test_the_keeper_decides(sender: Make, postgres: Postgres, keeper: PgTransport) -> None:
    one = sender("a1")
    one.hello(GARBAGE)
    assert service.decide(keeper, service.LOST) == 0
    assert one.hello().paused is True
    assert words.notes(service.look(keeper), service.newest())[0].title == "正在恢复，暂停取号"
    service.decide(keeper, service.DONE)
    assert (one.hello().recovery, one.hello().paused) == (False, False)
    one.hello(GARBAGE)
    sender("a2").hello(GARBAGE)
    service.decide(keeper, service.WHOLE)
    found = service.look(keeper)
    assert (found.suspected, found.paused, found.doubts) == (False, False, ())
    assert one.line.lease(one.device, A, "令", 2026, 1) == [1]  # none is void for a false word
    kinds = [row[0] for row in postgres.ask("SELECT kind FROM sync.event WHERE kind LIKE 'rec%'")]
    assert kinds.count("recovery_seen") == 3
    assert kinds.count("recovery_paused") == 1
    with pytest.raises(Exception, match="请选择"):
        service.decide(keeper, "maybe")
    with pytest.raises(OutsideError):
        keeper.decide("maybe")


def test_recovery_is_not_ended_while_a_pc_has_not_been_here(
    sender: Make, postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = sender("a1"), sender("a2")
    greet(sender("city"), was=sender("city", "old-copy").device)  # the old one never comes again
    one.hello(GARBAGE)

    def asked(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        head = ["--json", "--data", str(tmp_path), "server", *words, "--dsn", postgres.dsn]
        assert run(head, parts()) == code
        return json.loads(capsys.readouterr().out)

    assert run(["server", "check", "--dsn", postgres.dsn], parts()) == 0
    assert "a1 的电脑记得共享库里没有的历史" in capsys.readouterr().out
    assert asked("check")["doubts"] == ["a1"]
    asked("recover", "begin")
    one.hello()
    refused = asked("recover", "end", code=1)
    assert {row["login"] for row in refused["missing"]} == {"a2", "city"}
    assert refused["error"]["kind"] == "missing"
    assert two.device[:8] in refused["error"]["message"]
    assert "old-copy" not in refused["error"]["message"]
    assert asked("recover", "end", "--missing-ok", code=1)["error"]["field"] == "why"
    with service.line(postgres.dsn) as line, pytest.raises(OutsideError) as told:
        line.decide(service.DONE)  # an older program cannot say why
    assert told.value.kind == "missing"
    assert one.hello().recovery is True
    ended = asked("recover", "end", "--missing-ok", "--why", "电脑已报废")
    assert (ended["recovery"], len(ended["missing"])) == (False, 2)
    ((detail,),) = postgres.ask("SELECT detail FROM sync.event WHERE kind = 'recovery_ended'")
    assert detail["why"] == "电脑已报废"
    assert {row["login"] for row in detail["missing"]} == {"a2", "city"}


def test_an_auditor_lists_who_received_personal_data_and_never_the_data(
    sender: Make, postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = sender("a1"), sender("a2")
    one.push(case("c", note="secret words"))
    one.line.pull(A, 0, 0, "", 10)
    two.line.pull(A, 0, 0, "", 10)
    two.line.pull(A, 0, 0, "", 10)
    postgres.ask("UPDATE sync.scope_grant SET can_pii = false WHERE login = 'b1'")
    sender("b1").line.pull(B, 0, 0, "", 10)  # receives none
    postgres.ask("SELECT sync.event('a2', %s, 'file_read', '{}')", A)
    with pytest.raises(OutsideError) as told:
        one.line.received("", NOW, 10)
    assert told.value.kind == "rights"
    read_only = (
        "UPDATE sync.scope_grant SET can_write = false, can_pii = false WHERE login = 'city'"
    )
    postgres.ask(read_only)
    postgres.ask("INSERT INTO sync.account_role (login, role) VALUES ('city', 'auditor')")
    line = sender("city").line
    found = {row.login: row for row in received(line, date(2020, 1, 1), A)}
    assert {who: (row.pages, row.records, row.files) for who, row in found.items()} == {
        "a1": (1, 1, 0), "a2": (2, 2, 1),
    }  # fmt: skip
    assert received(line, date(2020, 1, 1), B) == []
    assert received(line, date(2999, 1, 1)) == []
    assert counts(found["a2"]) == "收到 2 次、2 件，附件 1 个"
    head = ["--data", str(tmp_path), "--today", f"{date.today()}", "server", "access"]  # noqa: DTZ011  # the server's own clock
    assert run(["--json", *head, "--dsn", postgres.dsn], parts()) == 0
    out = capsys.readouterr().out
    assert len(json.loads(out)["received"]) == 2
    assert run([*head, "--scope", A, "--dsn", postgres.dsn], parts()) == 0
    out += capsys.readouterr().out
    assert "收到 2 次、2 件" in out
    assert "secret words" not in out


# ── histories ────────────────────────────────────────────────────────────────────────────────
def test_a_history_is_verified_piece_by_piece_on_both_sides(
    sender: Make, postgres: Postgres, keeper: PgTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.sync.health.PIECE", 2)
    one = sender("a1")
    one.push(case("c"))
    for place in range(4):
        one.push(upd("case", "c", "c", note=(str(place - 1) if place else "", str(place))))
    head = one.line.digest(A).head
    own = {number: uid(f"{one.device}/{number}") for number in range(1, 6)}
    found, told = service.look(keeper), []
    assert service.look_through(keeper, found, lambda *at: told.append(at)) == []
    assert told[-1] == (5, 5)
    assert compute(one.line, A, head, own) == []
    assert [bad.what for bad in compute(one.line, A, (5, "0" * 64), own)] == ["cursor"]
    assert [bad.what for bad in compute(one.line, A, head, {**own, 3: uid("x"), 9: uid("y")})] == [
        "own", "own",
    ]  # fmt: skip
    postgres.ask("ALTER TABLE sync.changeset DISABLE TRIGGER changeset_stays")
    postgres.ask("UPDATE sync.changeset SET ops = '[]', login = 'a2' WHERE id = %s", own[3])
    assert {(bad.seq, bad.what) for bad in service.look_through(keeper, found)} == {
        (3, "content"), (3, "link"),
    }  # fmt: skip
    assert [(bad.seq, bad.what) for bad in compute(one.line, A, head, own)] == [(3, "link")]
    postgres.ask("ALTER TABLE sync.commit_log DISABLE TRIGGER commit_log_stays")
    postgres.ask("DELETE FROM sync.commit_log WHERE seq = 5")
    assert (5, "head") in {(bad.seq, bad.what) for bad in service.look_through(keeper, found)}
    assert {bad.what for bad in compute(one.line, A, head, own)} == {"link", "own", "cursor"}
    assert words.broken_words(words.Broken(A, 3, "own")) == "410402 第 3 组：与本机的回执不符"


def test_a_look_that_is_stopped_never_says_that_a_history_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inspector_app.sync.health.PIECE", 1)
    asked: list[int] = []

    class Bad:
        """Nothing follows from anything, and there is no end of it."""

        def links(self, _scope: str, after: int, _most: int) -> list[list[object]]:
            asked.append(after)
            return [[after + 1, "set", "a1", "ops", "hash"]]

        def verify(self, _scope: str, after: int, _most: int) -> dict[str, object]:
            asked.append(after)
            return {"broken": [[after + 1, "link"]], "checked": 1, "last": after + 1}

    def at_once() -> bool:
        return True

    def after_two() -> bool:
        return len(asked) >= 2

    line = cast("Any", Bad())
    for look in (
        lambda stop: compute(line, A, (9, "x"), {}, stop),
        lambda stop: look_through(line, {A: 9}, cancelled=stop),
    ):
        asked.clear()
        with pytest.raises(UserError, match="没有核对完"):
            look(at_once)
        assert [bad.what for bad in look(after_two)] == ["link", "link"]


def test_sizes_are_said_in_their_unit() -> None:
    assert [words.size_words(size) for size in (2_048, 5 * 1024**2, 3 * 1024**3)] == [
        "2.0 KB", "5.0 MB", "3.0 GB",
    ]  # fmt: skip


def test_the_command_line_says_the_same(
    sender: Make, postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = sender("a1")
    one.push(case("c"))
    one.hello(GARBAGE)

    def asked(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run(["--json", "--data", str(tmp_path), *words], parts()) == code
        return json.loads(capsys.readouterr().out)

    found = asked("server", "status", "--chain", "--dsn", postgres.dsn)
    assert (found["ok"], found["suspected"], found["paused"]) == (True, True, False)
    assert run(["server", "status", "--dsn", postgres.dsn], parts()) == 0
    assert "有电脑反映共享库少了内容" in capsys.readouterr().out
    assert asked("server", "recover", "dismiss", "--dsn", postgres.dsn) == {"recovery": False}
    assert asked("sync", "--once", "--dsn", postgres.of("a2"))["pulled"] == 1
    assert asked("check", "--dsn", postgres.of("a2"))["ok"] is True
    postgres.ask("ALTER TABLE sync.changeset DISABLE TRIGGER changeset_stays")
    postgres.ask("UPDATE sync.changeset SET login = 'b1'")
    (bad,) = asked("check", "--dsn", postgres.of("a2"), code=1)["problems"]
    assert (bad["kind"], bad["message"]) == ("shared", "链不相接")
    (link,) = asked("server", "status", "--chain", "--dsn", postgres.dsn, code=1)["broken"]
    assert link["what"] == "link"


def test_health_says_which_side_is_behind(postgres: Postgres, keeper: PgTransport) -> None:
    def told() -> list[tuple[str, str]]:
        found = words.notes(service.look(keeper), service.newest())
        return [(note.title, note.words) for note in found]

    assert told() == []
    put_up = "INSERT INTO sync.definition (at, sha, program) VALUES (now() + '{}', '{}', '{}')"
    postgres.ask(put_up.format("1 day", "other", "0.0.9"))
    ((title, why),) = told()
    assert title == "共享库要升级"
    assert "（0.0.9）" in why
    assert why.endswith("请运行 server migrate。")
    postgres.ask(put_up.format("2 days", "other", "99.1.0"))
    assert [title for title, _ in told()] == ["本程序要升级"]
    older = replace(service.look(keeper), step=1, program="", functions="")
    ((title, why),) = ((one.title, one.words) for one in words.notes(older, service.newest()))
    assert title == "共享库要升级"
    assert "第 1 号变更" in why
