"""The whole way by stick on the command line: cards, package, taking, answer, handing over."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.services import exchange
from inspector_app.services.shared_server import ENV
from tests.sync.client.test_commands import CASE
from tests.sync.conftest import CITY, Postgres

Run = Callable[..., Any]


@pytest.fixture
def at(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:  # fmt: skip
    """The document of a command line at somebody's PC; `code` is what it must end with."""
    monkeypatch.delenv(exchange.ENV, raising=False)
    monkeypatch.setenv(ENV, postgres.dsn)
    for who in ("a1", "a2"):
        postgres.ask("INSERT INTO sync.scope_grant VALUES (%s, %s, true, true)", who, CITY)

    def ran(who: str, *words: object, code: int = 0) -> Any:
        capsys.readouterr()
        line = ("--data", tmp_path / who, "--today", "2026-09-28", "--json", *words)
        ended = run([str(word) for word in line], parts())
        told = capsys.readouterr()
        assert ended == code, told.err
        return json.loads(told.out)

    return ran


def registered(at: Run, tmp_path: Path, who: str) -> Path:
    """A PC that never has a line: its card is bound after the fingerprint was read out."""
    shared, card = tmp_path / "shared.labx", tmp_path / f"{who}.labx"
    at("it", "server", "card", shared)
    mark = at(who, "sync", "file", "card", card, "--account", who)["fingerprint"]
    refused = at("it", "server", "device", "add", card, "--user", who, "--fingerprint", "0", code=1)
    assert mark in refused["error"]["message"]
    at("it", "server", "device", "add", card, "--user", who, "--fingerprint", mark.lower())
    assert at(who, "sync", "file", "in", shared, code=1)["error"]["kind"] == "compare"
    theirs = at("it", "server", "card", shared)["fingerprint"]
    taken = at(who, "sync", "file", "in", shared, "--fingerprint", theirs)
    assert taken["kind"] == "shared"
    assert at(who, "sync", "file", "in", shared)["kind"] == "shared", "known from now on"
    assert at(who, "sync", "file", "show", card)["fingerprint"] == mark
    return card


def carried(at: Run, tmp_path: Path, who: str, name: str) -> dict[str, Any]:
    """Out, taken, answered and in again; what was taken and what came back."""
    package = tmp_path / f"{name}.labx"
    made = at(who, "sync", "file", "out", package)
    assert at(who, "sync", "file", "show", package)["state"] == "others"
    wrong = at(who, "sync", "file", "in", package, code=1)["error"]["message"]
    assert "管理员" in wrong
    (taken,) = at("it", "server", "take", package, "--out", tmp_path)["taken"]
    again = tmp_path / "again.labx"
    at("it", "server", "answer", package, "--out", again)
    assert at(who, "sync", "file", "show", taken["reply"])["state"] == "whole"
    back = at(who, "sync", "file", "in", taken["reply"])
    assert at(who, "sync", "file", "in", again)["old"]
    return {**taken, "sets": made["sets"], "back": back}


def test_from_a_pc_without_a_line_to_its_colleague_and_back(at: Run, tmp_path: Path) -> None:
    cards = {who: registered(at, tmp_path, who) for who in ("a1", "a2")}
    made = at("a1", *CASE)
    first = carried(at, tmp_path, "a1", "first")
    assert (first["taken"], first["refused"]) == (first["sets"], 0)
    assert first["back"]["receipts"] == first["sets"]
    assert at("a1", "sync", "state", made["id"])["state"] == "confirmed"
    carried(at, tmp_path, "a2", "second")
    assert at("a2", "case", "show", made["id"])["case_no"] == made["case_no"]
    changed_apart(at, tmp_path, made["id"])
    assert len(at("it", "server", "device", "list")["devices"]) == 2
    found = at("a1", "sync", "file", "list")
    assert found["account"] == "a1"
    mark = at("a2", "sync", "file", "list")["fingerprint"]
    at("a1", "sync", "file", "in", cards["a2"], "--fingerprint", mark)
    assert at("a1", "sync", "file", "list")["colleagues"][0]["account"] == "a2"
    refused = at(
        "a1", "sync", "file", "hand", made["id"], tmp_path / "x.labx", "--to", "王", code=1
    )
    assert "名片" in refused["error"]["message"]
    for words in (("copy", "?", tmp_path / "x.pdf"), ("remove", "?")):
        assert at("a1", "sync", "file", *words, code=1)["error"]["kind"] == "not_found"
    lost = at("a1", "sync", "file", "out", tmp_path / "no" / "x.labx", code=1)
    assert "没有文件夹" in lost["error"]["message"]
    mark = found["fingerprint"]
    at("it", "server", "device", "revoke", mark)
    at("a1", "sync", "file", "out", tmp_path / "late.labx")
    refused = at("it", "server", "take", tmp_path / "late.labx", code=1)
    assert "没有登记" in refused["error"]["message"]


def changed_apart(at: Run, tmp_path: Path, case_id: str) -> None:
    """Two legal facts that merge by themselves: by stick, too, somebody looks at both."""
    at("a1", "case", "set", case_id, "received_on=2026-09-20", "--why", "核对登记簿")
    at("a2", "case", "set", case_id, "workers=12", "--why", "核对名册")
    carried(at, tmp_path, "a1", "third")
    assert at("a1", "case", "looked", case_id, "--show")["sides"] == []
    carried(at, tmp_path, "a2", "fourth")
    (side,) = at("a2", "case", "looked", case_id, "--show")["sides"]
    assert [one["name"] for one in side["own"]] == ["案件：反映人数"]
    assert [one["name"] for one in side["other"]] == ["案件：受理日期"]


def test_files_are_counted_swept_and_asked_for(at: Run, postgres: Postgres) -> None:
    made = at("a1", *CASE)
    at("a1", "sync", "--once", "--dsn", postgres.of("a1"))
    assert at("a1", "sync", "files")["to_send"] == 0
    refused = at("a1", "sync", "fetch", made["id"], code=1)
    assert refused["error"]["kind"] == "nothing"
    assert at("it", "server", "files", "--sweep")["files"] == 0
    assert at("it", "server", "take") == {"taken": 0, "refused": 0}
