"""`sync` on the command line: exchange, conflicts, deciding, states, where the string is kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.errors import OutsideError
from inspector_app.services import exchange
from inspector_app.sync.transport import Transport
from tests.cli.conftest import Commands
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer

DSN = "postgresql://li@127.0.0.1:5432/shared"
SCOPES = {"410411": True, "410400": True}
FIELDS = ("employer=青禾建筑劳务有限公司", "scope=410411", "source=visit", "cause=拖欠农民工工资")
CASE = ("case", "new", *(word for field in FIELDS for word in ("--set", field)))


@pytest.fixture
def server() -> FakeServer:
    return FakeServer({"li": SCOPES, "zhao": SCOPES})


@pytest.fixture
def pc(
    command: Commands, tmp_path: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """The document of a command line at the PC of li or zhao."""
    monkeypatch.delenv(exchange.ENV, raising=False)

    def connect(dsn: str, ask: Callable[[], str] | None = None) -> Transport:
        return FakeTransport(server, exchange.without_password(dsn).split("user=")[1].split()[0])

    monkeypatch.setattr("inspector_app.cli.sync.connect", connect)

    def ran(who: str, *words: object, code: int = 0) -> Any:
        folder = tmp_path / who
        done = command("--data", folder, "--today", "2026-09-28", "--json", *words)
        assert done.code == code, done.err
        return done.json

    return ran


def both_with_a_case(pc: Callable[..., Any]) -> str:
    made = pc("li", *CASE)
    pc("li", "sync", "--once", "--dsn", DSN)
    pc("zhao", "sync", "--once", "--dsn", DSN.replace("li@", "zhao@"))
    return str(made["id"])


def test_a_case_travels_and_its_state_is_said(pc: Callable[..., Any]) -> None:
    made = pc("li", *CASE)
    assert pc("li", "sync", "state", made["id"])["state"] == "local"
    report = pc("li", "sync", "--once", "--dsn", DSN)
    assert report["pushed"] > 0
    assert (report["rejected"], report["conflicts"], report["held"]) == (0, 0, 0)
    assert set(report["cursors"]) == set(SCOPES)
    assert pc("li", "sync", "state", made["id"])["state"] == "confirmed"
    pc("li", "case", "set", made["id"], "note=演示", "--why", "核对")
    assert pc("li", "sync", "state")["cases"]["waiting"] == 1
    (paper,) = pc("li", "paper", "draft", made["id"], "rectification_order")["papers"]
    assert pc("li", "sync", "state", "--paper", paper["id"])["state"] == "waiting"
    pc("zhao", "sync", "--once", "--dsn", DSN.replace("li@", "zhao@"))
    assert pc("zhao", "case", "show", made["id"])["id"] == made["id"]


def test_a_conflict_is_listed_and_decided(pc: Callable[..., Any]) -> None:
    case_id = both_with_a_case(pc)
    pc("li", "case", "set", case_id, "note=甲", "--why", "核对")
    pc("zhao", "case", "set", case_id, "note=乙", "--why", "核对")
    pc("li", "sync", "--once")
    assert pc("zhao", "sync", "--once")["conflicts"] == 1
    (one,) = pc("zhao", "sync", "conflicts", "--case", case_id)["conflicts"]
    assert one["what"] == "案件　青禾建筑劳务有限公司"
    (field,) = one["fields"]
    assert (field["name"], field["column"], field["theirs"], field["mine"]) == (
        *("备注", "note"), *("甲", "乙"),
    )  # fmt: skip
    assert pc("zhao", "sync", "state", case_id)["state"] == "conflict"
    decide = ("sync", "resolve", one["id"], "--take", "mine", "--seen", one["seen"])
    assert pc("zhao", *decide, code=1)["error"]["field"] == "reason"
    why = ("--reason", "当事人来电更正")
    assert pc("zhao", *decide[:-2], *why, code=1)["error"]["field"] == "seen"
    pc("zhao", *decide, *why)
    pc("zhao", "sync", "--once")
    pc("li", "sync", "--once")
    assert pc("li", "case", "show", case_id)["note"] == "乙"
    assert pc("li", "sync", "conflicts") == {"conflicts": [], "rejected": [], "held": []}


def test_the_password_is_never_kept(pc: Callable[..., Any], tmp_path: Path) -> None:
    pc("li", *CASE)
    pc("li", "sync", "--once", "--dsn", DSN.replace("li@", "li:geheim@"))
    kept = (tmp_path / "li" / exchange.FILE).read_text(encoding="utf-8")
    assert "geheim" not in kept
    assert "user=li" in json.loads(kept)["dsn"]


def test_without_a_shared_database_it_says_how(pc: Callable[..., Any]) -> None:
    pc("li", *CASE)
    error = pc("li", "sync", "--once", code=1)["error"]
    assert (error["kind"], "--dsn" in error["message"]) == ("no_server", True)


def test_lines_for_people(
    pc: Callable[..., Any], command: Commands, tmp_path: Path, server: FakeServer
) -> None:
    case_id = both_with_a_case(pc)
    pc("li", "case", "set", case_id, "note=甲", "--why", "核对")
    pc("zhao", "case", "set", case_id, "note=乙", "--why", "核对")
    at = ("--data", tmp_path / "li", "--today", "2026-09-28")
    assert "上传 1 组改动" in command(*at, "sync", "--once").out
    server.grants["zhao"]["410411"] = False
    pc("zhao", "sync", "--once")
    server.grants["zhao"]["410411"] = True
    pc("zhao", "sync", "--once")
    pc("li", "sync", "--once")
    assert "备注：mine（zhao） 乙；theirs（li） 甲" in command(*at, "sync", "conflicts").out
    assert "有冲突：1 件" in command(*at, "sync", "state").out
    assert "没有冲突" in command("--data", tmp_path / "new", "sync", "conflicts").out


def test_it_goes_on_after_a_failure(
    pc: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, server: FakeServer
) -> None:
    pc("li", *CASE)
    pc("li", "sync", "--once", "--dsn", DSN)
    told = iter([OutsideError("线断了", kind="connection"), None])
    pauses: list[float] = []

    class Clock:
        def wait(self, seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == 2:
                raise KeyboardInterrupt

    def connect(dsn: str, ask: object = None) -> Any:
        trouble = next(told)
        if trouble:
            raise trouble
        return FakeTransport(server, "li")

    monkeypatch.setattr("inspector_app.cli.sync.connect", connect)
    monkeypatch.setattr("inspector_app.cli.sync.Event", Clock)
    with pytest.raises(json.JSONDecodeError):  # the report, then the interruption: two documents
        pc("li", "sync", code=1)
    assert 2.5 <= pauses[0] <= 7.5
    assert pauses[1] == exchange.EVERY_SECONDS


# ── what is shown is decided on, and nothing of a person stands in the open ──────────────────
NUMBERS = ("110105194912310038", "110105194912310046")
OVER = ("--reason", "以先登记的为准")


def note_of(pc: Callable[..., Any], who: str, case_id: str, note: str) -> None:
    pc(who, "case", "set", case_id, f"note={note}", "--why", "核对")


def test_what_moved_on_since_it_was_listed_is_refused_and_listed_anew(
    pc: Callable[..., Any],
) -> None:
    case_id = both_with_a_case(pc)
    note_of(pc, "li", case_id, "甲")
    note_of(pc, "zhao", case_id, "乙")
    pc("li", "sync", "--once")
    pc("zhao", "sync", "--once")
    (seen,) = pc("zhao", "sync", "conflicts")["conflicts"]
    note_of(pc, "li", case_id, "丙")
    pc("li", "sync", "--once")
    decide = ("sync", "resolve", seen["id"], "--take", "theirs", *OVER, "--seen")
    pc("zhao", *decide, seen["seen"])
    pc("zhao", "sync", "--once")  # the shared database had moved on
    (now,) = pc("zhao", "sync", "conflicts")["conflicts"]
    assert (now["returned"], now["fields"][0]["theirs"]) == (True, "丙")
    moved = pc("zhao", *decide, seen["seen"], code=1)["error"]
    assert (moved["kind"], "又变了" in moved["message"]) == ("moved", True)
    pc("zhao", *decide, now["seen"])
    pc("zhao", "sync", "--once")
    assert pc("zhao", "case", "show", case_id)["note"] == "丙"


def test_personal_data_is_covered_until_a_reason_is_given(
    pc: Callable[..., Any], command: Commands, tmp_path: Path
) -> None:
    case_id = both_with_a_case(pc)
    note_of(pc, "li", case_id, f"身份证 {NUMBERS[0]}")
    note_of(pc, "zhao", case_id, f"身份证 {NUMBERS[1]}")
    pc("li", "sync", "--once")
    pc("zhao", "sync", "--once")
    said = pc("zhao", "sync", "conflicts")
    at = ("--data", tmp_path / "zhao", "--today", "2026-09-28")
    told = command(*at, "sync", "conflicts").out
    assert not any(number in text for number in NUMBERS for text in (json.dumps(said), told))
    (one,) = said["conflicts"]
    assert one["fields"][0]["hidden"]
    reveal = ("sync", "conflicts", "--reveal", one["id"])
    assert pc("zhao", *reveal, code=1)["error"]["field"] == "why"
    shown = command(*at, *reveal, "--why", "核对身份").out
    assert all(number in shown for number in NUMBERS)
    (look,) = pc("zhao", "access", "list")["looks"]
    assert (look["entry"]["why"], look["entry"]["way"]) == ("核对身份", "reveal")
    assert look["entry"]["about_id"] == case_id


def test_giving_up_a_refused_change_needs_a_reason(
    pc: Callable[..., Any], command: Commands, tmp_path: Path, server: FakeServer
) -> None:
    case_id = both_with_a_case(pc)
    note_of(pc, "li", case_id, "甲")
    server._take = lambda me, device, one: {  # type: ignore[method-assign]  # it refuses all
        "n": one["n"], "s": "rejected", "why": "root_moved", "ops": [],
    }  # fmt: skip
    pc("li", "sync", "--once")
    (one,) = pc("li", "sync", "conflicts", "--case", case_id)["rejected"]
    assert (one["why"], "移送" in one["said"]) == ("root_moved", True)
    assert (one["fields"][0]["mine"], one["fields"][0]["theirs"]) == ("甲", "空")
    told = command("--data", tmp_path / "li", "sync", "conflicts").out
    assert all(words in told for words in ("移送", "案件：备注", "甲"))
    assert "root_moved" not in told
    decide = ("sync", "resolve", one["n"], "--take")
    assert pc("li", *decide, "theirs", code=1)["error"]["field"] == "reason"
    assert pc("li", "sync", "conflicts")["rejected"] == [one]
    pc("li", *decide, "theirs", *OVER)
    assert pc("li", "sync", "conflicts")["rejected"] == []
