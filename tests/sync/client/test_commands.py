"""Two PCs exchange on the command line through a real PostgreSQL, with a password that is asked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from psycopg import conninfo

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.services import exchange
from tests.sync.conftest import CITY, Postgres
from tests.sync.pcs import A

FIELDS = ("employer=青禾建筑劳务有限公司", f"scope={A}", "source=visit", "cause=拖欠农民工工资")
CASE = ("case", "new", *(word for field in FIELDS for word in ("--set", field)))


@pytest.fixture
def at(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """The document of a command line at somebody's PC."""
    monkeypatch.delenv(exchange.ENV, raising=False)

    def ran(who: str, *words: object) -> Any:
        capsys.readouterr()
        line = ("--data", tmp_path / who, "--today", "2026-09-28", "--json", *words)
        code = run([str(word) for word in line], parts())
        told = capsys.readouterr()
        assert code == 0, told.err
        return json.loads(told.out)

    return ran


def test_two_pcs_on_the_command_line(
    at: Callable[..., Any], postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Units and projects belong to the city: whoever registers cases writes there too.
    for who in ("a1", "a2"):
        postgres.ask("INSERT INTO sync.scope_grant VALUES (%s, %s, true, true)", who, CITY)
    made = at("a1", *CASE)
    assert at("a1", "sync", "--once", "--dsn", postgres.of("a1"))["held"] == 0
    whole = conninfo.conninfo_to_dict(postgres.of("a2"))
    monkeypatch.setattr(click, "prompt", lambda *_, **__: whole["password"])
    bare = exchange.without_password(postgres.of("a2"))
    got = at("a2", "sync", "--once", "--dsn", bare)
    assert got["pulled"] > 0
    assert at("a2", "case", "show", made["id"])["case_no"] == made["case_no"]
    at("a1", "case", "set", made["id"], "note=甲", "--why", "核对")
    at("a2", "case", "set", made["id"], "note=乙", "--why", "核对")
    monkeypatch.setenv(exchange.ENV, postgres.of("a1"))
    at("a1", "sync", "--once")
    monkeypatch.setenv(exchange.ENV, postgres.of("a2"))
    assert at("a2", "sync", "--once")["conflicts"] == 1
    (one,) = at("a2", "sync", "conflicts")["conflicts"]
    over = ("--take", "theirs", "--seen", one["seen"], "--reason", "以先登记的为准")
    at("a2", "sync", "resolve", one["id"], *over)
    at("a2", "sync", "--once")
    assert at("a2", "sync", "state", made["id"])["state"] == "confirmed"
    assert at("a2", "case", "show", made["id"])["note"] == "甲"
    for folder in ("a1", "a2"):
        kept = (tmp_path / folder / exchange.FILE).read_text(encoding="utf-8")
        assert whole["password"] not in kept
        assert "password" not in kept
