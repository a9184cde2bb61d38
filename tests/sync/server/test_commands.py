"""The IT desk's commands: try, set up, people, look, recover."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, sql

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Cluster, Postgres
from tests.sync.server.pushes import A, Sender, case, upd

Ask = Callable[..., Any]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """The document of `server …`, which must end with this code."""

    def asked(*words: object, code: int = 0) -> Any:
        capsys.readouterr()
        ended = run(["--json", "server", *map(str, words)], parts())
        told = capsys.readouterr()
        assert ended == code, told.err
        return json.loads(told.out)

    return asked


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[str]:
    """The administrator's string of a database in which there is nothing."""
    name = f"e_{uuid4().hex[:12]}"
    maker = conninfo.make_conninfo(cluster.admin, dbname="postgres")
    with psycopg.connect(maker, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield conninfo.make_conninfo(cluster.admin, dbname=name)
        words = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        connection.execute(words.format(sql.Identifier(name)))


def test_from_nothing_to_a_person_who_exchanges(ask: Ask, empty: str) -> None:
    assert ask("check", "--dsn", empty, code=1)["error"]["kind"] == "not_ready"
    made = ask("init", "--dsn", empty, "--numbers", "leased")
    assert made["done"][0] == "0001_tables"
    assert "password" not in made["dsn"]
    assert ask("init", "--dsn", empty)["done"] == []
    assert ask("migrate", "--dsn", empty)["done"] == []
    name = f"p_{uuid4().hex[:8]}"
    person = ask("user", "add", name, "--scope", A, "--scope", "410403:read", "--dsn", empty)
    assert person["name"] == name
    line = PgTransport(person["dsn"])
    sender = Sender(line, "desk-1")
    assert sender.hello().scopes["410403"].write is False
    assert sender.push(case("c"))["s"] == "ok"
    found = ask("check", "--dsn", empty)
    assert found["numbers"] == "leased"
    assert (found["ok"], found["recovery"], found["broken"]) == (True, False, [])
    assert [one["login"] for one in found["devices"]] == [name]
    assert {one["scope"]: one["seq"] for one in found["scopes"]}[A] == 1
    (listed,) = ask("user", "list", "--dsn", empty)["users"]
    assert [one["scope"] for one in listed["grants"]] == ["410400", A, "410403"]
    assert listed["grants"][0]["write"] is True  # units, projects and numbers are the city's
    ask("user", "disable", name, "--dsn", empty)
    with pytest.raises(Exception, match="正忙"):
        line.hello({"device": "desk-1", "cursors": {}, "acked": 0})
    line.close()


def test_a_password_that_was_renewed_is_the_only_one(ask: Ask, empty: str) -> None:
    ask("init", "--dsn", empty)
    name = f"p_{uuid4().hex[:8]}"
    words = ("user", "add", name, "--scope", A, "--dsn", empty)
    first, second = ask(*words)["dsn"], ask(*words)["dsn"]
    with psycopg.connect(second) as line:
        assert line.execute("SHOW statement_timeout").fetchone() == ("30s",)
        assert line.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("10s",)
    with pytest.raises(Exception, match="密码不对"):
        PgTransport(first)


WRONG = [
    (("add", "李", "--scope", A), "name"),
    (("add", "insp_owner", "--scope", A), "name"),
    (("add", "postgres; drop", "--scope", A), "name"),
    (("add", "li", "--scope", "410402:all"), "scope"),
    (("add", "li", "--scope", "999999"), "scope"),
    (("disable", "nobody"), "name"),
]


def test_wrong_people_are_refused(ask: Ask, postgres: Postgres) -> None:
    for words, about in WRONG:
        said = ask("user", *words, "--dsn", postgres.dsn, code=1)["error"]
        assert said["field"] == about, words


def test_a_person_is_no_administrator(ask: Ask, postgres: Postgres) -> None:
    for words in (("check",), ("migrate",), ("init",), ("recover", "begin"), ("user", "list"),
                  ("user", "add", "li", "--scope", A)):  # fmt: skip
        said = ask(*words, "--dsn", postgres.of("a1"), code=1)["error"]
        assert said["kind"] in ("rights", "not_ready"), words


def test_a_broken_chain_is_told(
    ask: Ask, postgres: Postgres, sender: Callable[..., Sender]
) -> None:
    one = sender("a1")
    one.push(case("c"))
    one.push(upd("case", "c", "c", note=("", "x")))
    assert ask("check", "--dsn", postgres.dsn)["ok"] is True
    postgres.ask(
        "ALTER TABLE sync.changeset DISABLE TRIGGER USER;"
        "UPDATE sync.changeset SET ops = '[]' WHERE receipt->>'seq' = '1'"
    )
    found = ask("check", "--dsn", postgres.dsn, code=1)
    assert found["broken"] == [{"scope": A, "seq": 1, "what": "content"}]


def test_recovery_begins_and_ends(
    ask: Ask, postgres: Postgres, sender: Callable[..., Sender]
) -> None:
    one = sender("a1")
    epoch = one.hello().epoch
    ask("recover", "begin", "--dsn", postgres.dsn)
    assert ask("check", "--dsn", postgres.dsn)["recovery"] is True
    said = one.hello()
    assert said.recovery
    assert said.epoch != epoch
    ended = ask("recover", "end", "--dsn", postgres.dsn)
    assert ended == {"recovery": False, "void": 0, "missing": []}
    assert sender("a1").hello().recovery is False


def test_trying_it_out_needs_nothing_but_a_folder(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    made = ask("try", "--dir", folder)
    try:
        again = ask("try", "--dir", folder)
        assert again == made
        assert conninfo.conninfo_to_dict(made["dsn"])["host"] == "127.0.0.1"
        assert (folder / "server.json").stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(made["dsn"], password="wrong")  # noqa: S106  # invented
        assert ask("check", "--dsn", made["dsn"])["ok"] is True
    finally:
        os.kill(made["pid"], signal.SIGTERM)


def test_lines_are_said_without_json(
    postgres: Postgres, capsys: pytest.CaptureFixture[str], sender: Callable[..., Sender]
) -> None:
    sender("a1").push(case("c"))
    assert run(["server", "check", "--dsn", postgres.dsn], parts()) == 0
    said = capsys.readouterr().out
    assert "留痕的链完好" in said
    assert "未加密" in said
    assert "410402 新华区：改动 1 组" in said
    assert run(["server", "user", "list", "--dsn", postgres.dsn], parts()) == 0
    assert "a1 a1：410402" in capsys.readouterr().out
    assert run(["server", "check"], parts()) == 1
    assert "--dsn" in capsys.readouterr().err


def test_roles_and_purges_are_the_desk_s(ask: Ask, postgres: Postgres) -> None:
    dsn = ("--dsn", postgres.dsn)
    given = ask("user", "role", "a1", "inspector", "leader", *dsn)
    assert given["roles"] == ["inspector", "leader"]
    assert ask("user", "role", "a2", "auditor", "leader", *dsn, code=1)["error"]["field"] == "role"
    assert ask("user", "role", "a1", *dsn)["roles"] == []
    line = PgTransport(postgres.of("a1"))
    sender = Sender(line, "desk-1")
    sender.hello()
    over = case("c", case_no="1号", facts="张演示", closed_on="2026-09-01", stage="closed")
    assert sender.push(over, case("d", case_no="2号"))["s"] == "ok"
    line.close()
    assert ask("purge", *dsn, code=1)["error"]["field"] == "number"
    assert ask("purge", "2号", "--why", "期满", *dsn, code=1)["error"]["kind"] == "state"
    told = ask("purge", "--over-before", "2026-09-02", "--dry-run", *dsn)
    assert [one["label"] for one in told["matters"]] == ["1号"]
    assert told["purged"] is False
    assert ask("purge", "1号", *dsn, code=1)["error"]["field"] == "why"
    assert ask("purge", "1号", "--why", "保存期满", *dsn)["rows"] == 1
    assert ask("purge", "--over-before", "2026-09-02", *dsn)["matters"] == []
    assert ask("check", *dsn)["ok"] is True
