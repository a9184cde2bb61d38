"""A night's copy is put back: the walls stand, the PCs see it, and nothing they had is lost."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, errors

from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import install, recover
from tests.sync.conftest import SCOPES, VERSION, Postgres, programs
from tests.sync.server.pushes import A, Sender, case, uid, upd

Make = Callable[..., Sender]


def tool(name: str, *words: str, dsn: str) -> None:
    """One of PostgreSQL's own programs, with the password where only it looks."""
    parts = conninfo.conninfo_to_dict(dsn)
    env = {**os.environ, "PGPASSWORD": str(parts.pop("password")), "LC_ALL": "C.UTF-8"}
    place = conninfo.make_conninfo(**{key: str(value) for key, value in parts.items()})
    program = [str(programs(VERSION) / name), "-d", place, *words]
    subprocess.run(program, env=env, check=True, capture_output=True, timeout=60)  # ours


@pytest.fixture
def put_back(postgres: Postgres, tmp_path: Path) -> Iterator[Callable[[], Callable[[], Postgres]]]:
    """Take a copy now; the answer puts it back into a new database, as the help says."""
    name = f"r_{uuid4().hex[:12]}"
    maker = conninfo.make_conninfo(postgres.dsn, dbname="postgres")

    def take() -> Callable[[], Postgres]:
        copy = tmp_path / "shared.dump"
        tool("pg_dump", "-Fc", "-f", str(copy), dsn=postgres.dsn)

        def back() -> Postgres:
            with psycopg.connect(maker, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            dsn = conninfo.make_conninfo(postgres.dsn, dbname=name)
            tool("pg_restore", "--exit-on-error", str(copy), dsn=dsn)
            assert install.init(dsn, SCOPES) == []
            recover.begin(dsn)
            return replace(postgres, dsn=dsn, database=name)

        return back

    yield take
    with psycopg.connect(maker, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def test_what_came_after_the_copy_comes_again(
    postgres: Postgres, sender: Make, put_back: Callable[[], Callable[[], Postgres]]
) -> None:
    one = sender("a1")
    one.push(case("c"))
    back = put_back()
    one.push(upd("case", "c", "c", note=("", "after the copy")))
    head = one.line.digest(A).head
    after = back()
    assert after.ask("SELECT id FROM sync.identity") == postgres.ask("SELECT id FROM sync.identity")
    line = PgTransport(after.of("a1"))
    again = Sender(line, one.device, one.n)
    said = again.hello({A: list(head)}, acked=2)
    assert (said.recovery, said.forked, said.last_n) == (True, (A,), 1)
    receipt: dict[str, Any] = line.push(one.device, [one.sent[1]])[0]
    assert receipt["s"] == "ok"
    query = "SELECT data->>'note' FROM sync.row WHERE id = %s"
    assert after.ask(query, uid("c")) == [("after the copy",)]
    assert after.ask("SELECT * FROM sync.verify()") == []
    assert recover.end(after.dsn) == 0
    assert again.hello().recovery is False
    line.close()


def test_a_copy_put_back_has_its_walls(
    postgres: Postgres, put_back: Callable[[], Callable[[], Postgres]]
) -> None:
    after = put_back()()
    with psycopg.connect(after.of("b1"), autocommit=True) as county:
        for statement in ("TABLE sync.row", "SELECT sync.me()", "CREATE TEMP TABLE t (a int)"):
            with pytest.raises(errors.InsufficientPrivilege):
                county.execute(statement.encode())
        assert county.execute("SHOW statement_timeout").fetchone() == ("30s",)
    with pytest.raises(errors.InsufficientPrivilege, match="append-only"):
        after.ask("TRUNCATE sync.audit")
    rights = "SELECT has_database_privilege('public', %s, 'CONNECT')"
    assert after.ask(rights, after.database) == [(False,)]
