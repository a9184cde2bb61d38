"""Setting up: as an administrator who is no superuser, again, by another version."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo

from inspector_app.errors import UserError
from inspector_app.ledger.schema import BUSINESS, business_columns
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import check, definitions, install, recover, users
from tests.sync.conftest import SCOPES, Cluster, Postgres
from tests.sync.server.pushes import A, Sender, case


@pytest.fixture
def plain_admin(cluster: Cluster) -> Iterator[str]:
    """The string of one who may make logins and owns an empty database, nothing else."""
    name = f"adm_{uuid4().hex[:8]}"
    maker = conninfo.make_conninfo(cluster.admin, dbname="postgres")
    with psycopg.connect(maker, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN CREATEROLE PASSWORD 'invented'".encode())
        connection.execute(f"CREATE DATABASE {name} OWNER {name}".encode())
        # The roles are of the whole server and there already: as if this login had made them.
        as_maker = "WITH ADMIN TRUE, SET FALSE, INHERIT FALSE"
        if connection.info.server_version < 160000:
            as_maker = "WITH ADMIN OPTION"
        for role in ("insp_owner", "insp_client", "insp_report"):
            connection.execute(f"GRANT {role} TO {name} {as_maker}".encode())
        place = {"user": name, "password": "invented", "dbname": name}
        yield conninfo.make_conninfo(cluster.admin, **place)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_no_superuser_is_needed(plain_admin: str) -> None:
    assert install.init(plain_admin, SCOPES)[0] == "0001_tables"
    person = users.add_user(plain_admin, f"p_{uuid4().hex[:8]}", [users.Grant(A)])
    line = PgTransport(person)
    sender = Sender(line, "desk-1")
    sender.hello()
    assert sender.push(case("c"))["s"] == "ok"
    line.close()
    assert check.check(plain_admin).broken == ()
    recover.begin(plain_admin)
    assert recover.end(plain_admin, "the desk is gone") == 0
    users.disable_user(plain_admin, str(conninfo.conninfo_to_dict(person)["user"]))


def test_every_column_of_the_ledger_is_known_with_its_group(postgres: Postgres) -> None:
    there = {(t, name): (grp, pii) for t, name, grp, pii in postgres.ask(
        "SELECT t, name, grp, pii FROM sync.col")}  # fmt: skip
    assert there == {
        (table.name, column.name): (column.info["group"], bool(column.info.get("pii")))
        for table in BUSINESS
        for column in business_columns(table)
    }


def test_a_file_that_was_changed_later_is_not_carried_out(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = install.migrations()
    changed = install.Migration(first.number, first.name, first.text + "\n-- more")
    monkeypatch.setattr(install, "migrations", lambda: [changed, *rest])
    with pytest.raises(UserError, match="第 1 号变更") as told:
        install.migrate(postgres.dsn)
    assert told.value.kind == "migration"


def test_a_new_file_is_carried_out_once_and_an_older_program_keeps_off(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = install.migrations()
    number = every[-1].number + 1
    more = install.Migration(number, "more", "create table sync.more (a integer)")
    with monkeypatch.context() as newer:
        newer.setattr(install, "migrations", lambda: [*every, more])
        newer.setattr(check, "migrations", lambda: [*every, more])
        assert check.check(postgres.dsn).missing == (f"{number:04d}_more",)
        assert install.migrate(postgres.dsn) == [f"{number:04d}_more"]
        assert install.migrate(postgres.dsn) == []
    with pytest.raises(UserError) as told:
        install.migrate(postgres.dsn)
    assert told.value.kind == "server_too_new"


def test_functions_are_renewed_as_soon_as_they_say_something_else(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "create function sync.more(p text) returns text language sql as $$ select p $$;"
    monkeypatch.setattr(definitions, "__version__", "0.2")
    first, *rest = definitions.definitions()
    with monkeypatch.context() as newer:
        more = [first, definitions.Definition("more", text), *rest]
        newer.setattr(definitions, "definitions", lambda: more)
        assert check.check(postgres.dsn).missing == ("functions",)
        assert install.migrate(postgres.dsn) == ["functions"]
        assert install.migrate(postgres.dsn) == []
        assert postgres.ask("SELECT sync.more('a')") == [("a",)]
    monkeypatch.setattr(definitions, "__version__", "0.1.9")
    with pytest.raises(UserError) as told:
        install.migrate(postgres.dsn)
    assert told.value.kind == "server_too_new"
    monkeypatch.setattr(definitions, "__version__", "0.10")
    assert install.migrate(postgres.dsn) == ["functions"]
    assert postgres.ask("SELECT to_regprocedure('sync.more(text)')") == [(None,)]
    assert check.check(postgres.dsn).missing == ()


def test_which_database_it_is_stays_and_an_older_one_gets_it(
    postgres: Postgres, sender: Callable[..., Sender]
) -> None:
    first = check.check(postgres.dsn)
    assert install.init(postgres.dsn, SCOPES) == []
    assert check.check(postgres.dsn).identity == first.identity
    said = sender("a1").hello()
    assert (said.database, said.name) == (first.identity, postgres.database)
    postgres.ask("DROP TABLE sync.identity")
    postgres.ask("DELETE FROM sync.migration WHERE number = 6")
    before = check.check(postgres.dsn)
    assert (before.identity, before.missing) == ("", ("0006_identity",))
    assert install.migrate(postgres.dsn) == ["0006_identity"]
    assert check.check(postgres.dsn).identity not in ("", first.identity)


def test_what_fails_half_way_leaves_nothing(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = install.migrations()
    text = "create table sync.half (a integer); select 1 / 0"
    more = install.Migration(every[-1].number + 1, "half", text)
    monkeypatch.setattr(install, "migrations", lambda: [*every, more])
    with pytest.raises(Exception, match="共享库"):
        install.migrate(postgres.dsn)
    assert postgres.ask("SELECT to_regclass('sync.half')") == [(None,)]


def test_the_files_travel_with_the_program() -> None:
    folder = Path(install.__file__).parent
    assert {path.suffix for path in folder.glob("0*")} == {".sql"}
    assert len(install.migrations()) >= 5
    assert len(definitions.definitions()) > 10
