"""Numbers on the command line with a real PostgreSQL: a county works, fetches, accounts for all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from psycopg import conninfo

from inspector_app.app import parts
from inspector_app.cli.main import run
from inspector_app.services import exchange, shared_server
from inspector_app.sync.server import users
from tests.sync.conftest import CITY, Postgres
from tests.sync.pcs import A, B

REPO = Path(__file__).resolve().parents[3]
At = Callable[..., Any]
COUNTS = "SELECT scope, series, no, state FROM sync.number ORDER BY 1, 2, 3"


def fields(scope: str) -> list[str]:
    known = ("employer=青禾建筑劳务有限公司", f"scope={scope}", "source=visit", "cause=拖欠工资")
    return [word for field in known for word in ("--set", field)]


@pytest.fixture
def at(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """The document of a command line at somebody's PC, which must end with this code."""
    monkeypatch.delenv(exchange.ENV, raising=False)

    def ran(who: str, *words: object, code: int = 0) -> Any:
        capsys.readouterr()
        line = ("--data", tmp_path / who, "--today", "2026-09-28", "--json", *words)
        ended = run([str(word) for word in line], parts())
        told = capsys.readouterr()
        assert ended == code, (told.out, told.err)
        return json.loads(told.out)

    return ran


@pytest.fixture
def counties(postgres: Postgres) -> Postgres:
    """Logins as the administrator makes them: a county each, the city with it."""
    for name, scope in (("a1", A), ("a2", A), ("b1", B)):
        grants = users.with_cities(postgres.dsn, [users.Grant(scope)])
        postgres.accounts[name] = users.add_user(postgres.dsn, name, grants)
    return postgres


def sync(at: At, postgres: Postgres, who: str, login: str = "") -> Any:
    return at(who, "sync", "--once", "--dsn", postgres.of(login or who))


def test_a_county_takes_a_case_from_end_to_end_and_sees_no_other(
    at: At, counties: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert sync(at, counties, "a1")["held"] == 0
    made = at("a1", "case", "new", *fields(A))
    other = at("a1", "case", "new", *fields(A))
    assert made["case_no"] != other["case_no"]
    assert sync(at, counties, "a1")["rejected"] == 0
    assert sync(at, counties, "a2")["pulled"] > 0
    assert at("a2", "case", "show", made["id"])["employer"] == "青禾建筑劳务有限公司"
    sync(at, counties, "b1")
    at("b1", "case", "show", made["id"], code=1)
    assert at("b1", "case", "list")["total"] == 0
    third = at("b1", "case", "new", *fields(B))
    assert sync(at, counties, "b1")["rejected"] == 0
    assert len({made["case_no"], other["case_no"], third["case_no"]}) == 3
    # Every number is accounted for, at the PC and at the administrator's.
    book = tmp_path / "numbers.xlsx"
    monkeypatch.setenv(exchange.ENV, counties.of("a1"))
    told = at("a1", "paper", "numbers", "--out", book)
    cases = [one for one in told["numbers"] if one["series"] == "case"]
    assert [one["no"] for one in cases] == list(range(1, len(cases) + 1))
    assert {one["fate"] for one in cases} == {"issued", "leased"}
    assert {one["where"] for one in cases} == {"本机", "a2的电脑", "b1的电脑"}
    assert load_workbook(book).active.max_row > len(told["numbers"])
    left = {one["series"]: one["left"] for one in told["left"]}
    assert left["case"] == sum(o["where"] == "本机" and o["fate"] == "leased" for o in cases)
    listed = at("it", "server", "numbers", "list", "--scope", CITY, "--dsn", counties.dsn)
    assert [one["no"] for one in listed["numbers"] if one["series"] == "case"] == [
        one["no"] for one in cases
    ]
    held = at("it", "server", "numbers", "held", "--dsn", counties.dsn)["held"]
    assert {one["login"] for one in held} == {"a1", "a2", "b1"}


def test_online_only_is_chosen_fetched_and_refused_without_a_line(
    at: At, counties: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    mode = ("server", "numbers", "mode")
    assert at("it", *mode, "--dsn", counties.dsn)["numbers"] == "leased"
    assert at("it", *mode, "online", "--dsn", counties.dsn)["numbers"] == "online"
    sync(at, counties, "a1")
    refused = at("a1", "case", "new", *fields(A), code=1)  # the string that is kept has no password
    assert refused["error"]["kind"] == "no_number"
    assert "请连上网络同步一次" in refused["error"]["message"]
    monkeypatch.setenv(exchange.ENV, counties.of("a1"))
    made = at("a1", "case", "new", *fields(A))
    assert at("a1", "case", "show", made["id"])["case_no"] == made["case_no"]
    assert sync(at, counties, "a1")["rejected"] == 0
    assert counties.ask(COUNTS) == [(CITY, "case", 1, "issued")]


def test_a_pc_that_is_given_up_gives_back_and_one_that_is_lost_is_void(
    at: At, counties: Postgres
) -> None:
    sync(at, counties, "a1")
    sync(at, counties, "a2")
    assert at("a1", "paper", "numbers", "--return", "--offline")["retired"] is True
    sync(at, counties, "a1")
    assert {state for _, _, no, state in counties.ask(COUNTS) if int(str(no)) <= 20} == {"free"}
    held = shared_server.number_holders(counties.dsn)
    ((device, login, _),) = held
    assert login == "a2"
    words = ("server", "numbers", "void", device, "--why", "电脑遗失，已核对纸面", "--dsn")
    gone = at("it", *words, counties.dsn)["void"]
    assert gone == sum(state == "void" for *_, state in counties.ask(COUNTS)) > 0


def test_a_login_without_the_city_is_told_who_helps(
    at: At, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(at, postgres, "a1")
    monkeypatch.setenv(exchange.ENV, postgres.of("a1"))
    refused = at("a1", "case", "new", *fields(A), code=1)
    assert refused["error"]["kind"] == "no_number"


@pytest.mark.long
def test_two_processes_at_once_never_print_a_number_twice(
    counties: Postgres, tmp_path: Path
) -> None:
    """Each registers cases and exchanges, both at the same time, killed and begun again."""
    script = (
        "import sys; from inspector_app.app import parts; from inspector_app.cli.main import run\n"
        "folder, dsn, scope = sys.argv[1:4]\n"
        "head = ['--data', folder, '--today', '2026-09-28', '--json']\n"
        "words = ['--set', 'employer=青禾建筑劳务有限公司', '--set', f'scope={scope}',"
        " '--set', 'source=visit']\n"
        "for turn in range(6):\n"
        "    assert run([*head, 'sync', '--once', '--dsn', dsn], parts()) == 0\n"
        "    for _ in range(5):\n"
        "        assert run([*head, 'case', 'new', *words], parts()) == 0\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / who), counties.of(who), A],
            cwd=REPO, env={**os.environ, exchange.ENV: counties.of(who)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for who in ("a1", "a2")
    ]  # fmt: skip
    killed = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "b1"), counties.of("b1"), B],
        cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, exchange.ENV: counties.of("b1"), "INSPECTOR_CRASH_AT": "after_lease:2"},
    )  # fmt: skip
    printed: list[str] = []
    for one in running:
        out, err = one.communicate(timeout=300)
        assert one.returncode == 0, err.decode()
        printed += [line for line in out.decode().splitlines() if '"case_no"' in line]
    killed.communicate(timeout=300)
    assert killed.returncode != 0
    assert len(printed) == len(set(printed)) == 60
    for who in ("b1", "a1", "a2", "b1"):
        code = run(
            ["--data", str(tmp_path / who), "--today", "2026-09-28", "sync", "--once", "--dsn",
             counties.of(who)], parts(),
        )  # fmt: skip
        assert code == 0
    rows = counties.ask("SELECT no, state FROM sync.number WHERE series = 'case' ORDER BY no")
    assert [no for no, _ in rows] == list(range(1, len(rows) + 1))
    entries = counties.ask(
        "SELECT data->>'no' FROM sync.row WHERE t = 'number_entry' AND data->>'series' = 'case'"
    )
    assert len(entries) == len(set(entries)) == sum(state == "issued" for _, state in rows)
    assert conninfo.conninfo_to_dict(counties.of("a1"))["dbname"] == counties.database
