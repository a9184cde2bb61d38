"""A real county login with every statement it can think of: only the functions answer."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo, errors

from inspector_app.sync.server.admin import OWNER, REPORT
from tests.sync.conftest import Cluster, Postgres
from tests.sync.pcs import GRANTS

Line = psycopg.Connection[tuple[object, ...]]
TABLES = "SELECT relname::text FROM pg_class WHERE relnamespace = 'sync'::regnamespace"
TABLES += " AND relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY 1"
FUNCTIONS = "SELECT oid::regprocedure::text, proname::text FROM pg_proc"
FUNCTIONS += " WHERE pronamespace = %s::regnamespace ORDER BY 1"


@pytest.fixture(scope="module")
def shared(cluster: Cluster) -> Iterator[Postgres]:
    """Nothing is changed here: one database for all."""
    one = cluster.copy()
    yield one
    cluster.drop(one)


@pytest.fixture(scope="module")
def county(shared: Postgres) -> Iterator[Line]:
    """What somebody holds who has the password of county B."""
    with shared.line("b1") as line:
        yield line


def denied(line: Line, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        line.execute(statement.encode())


def test_no_table_answers(shared: Postgres, county: Line) -> None:
    names = [str(name) for (name,) in shared.ask(TABLES)]
    assert {"row", "account", "audit", "changeset", "conflict", "number"} <= set(names)
    for name in names:
        for statement in (
            f"TABLE sync.{name}",
            f"INSERT INTO sync.{name} DEFAULT VALUES",
            f"DELETE FROM ONLY sync.{name}",  # noqa: S608  # names of ours
            f"TRUNCATE sync.{name}",
            f"TABLE sync.{name} FOR UPDATE",
            f"DO $$ BEGIN LOCK TABLE sync.{name}; END $$",
            f"DROP TABLE sync.{name}",
        ):
            denied(county, statement)
        rights = "SELECT has_table_privilege(%s, %s, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE,"
        rights += " REFERENCES, TRIGGER'), has_any_column_privilege(%s, %s, 'SELECT')"
        place = f"sync.{name}"
        assert shared.ask(rights, "b1", place, "b1", place) == [(False, False)], name


def test_no_function_outside_sync_v1_may_be_called(shared: Postgres, county: Line) -> None:
    may = "SELECT has_function_privilege('b1', %s::regprocedure, 'EXECUTE')"
    inner = shared.ask(FUNCTIONS, "sync")
    assert len(inner) > 20
    for signature, name in inner:
        assert shared.ask(may, signature) == [(False,)], signature
        denied(county, f"SELECT sync.{name}()")
    outer = shared.ask(FUNCTIONS, "sync_v1")
    assert {name for _, name in outer} == {
        "hello", "push", "pull", "load", "digest", "lease", "release", "redeclare",
        "held", "declare_used", "register",
        "file_want", "file_put", "file_get", "file_keys", "parcel_put",
        "health", "verify", "decide", "links", "received",
    }  # fmt: skip
    assert all(shared.ask(may, signature) == [(True,)] for signature, _ in outer)


def test_nobody_who_is_not_a_person_of_ours_may_call(shared: Postgres) -> None:
    query = "SELECT count(*) FROM pg_proc p,"
    query += " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
    query += " WHERE p.pronamespace IN ('sync'::regnamespace, 'sync_v1'::regnamespace)"
    assert shared.ask(query + " AND a.grantee = 0") == [(0,)]


def test_what_is_called_runs_as_the_owner_on_a_fixed_path(shared: Postgres) -> None:
    query = "SELECT prosecdef, pg_get_userbyid(proowner)::text, proconfig FROM pg_proc"
    query += " WHERE pronamespace = 'sync_v1'::regnamespace"
    for runs_as_owner, owner, settings in shared.ask(query):
        assert (runs_as_owner, owner) == (True, OWNER)
        assert settings == ["search_path=pg_catalog, sync, pg_temp"]


STATEMENTS = [
    f"SET ROLE {OWNER}",
    f"SET ROLE {REPORT}",
    "SET ROLE insp_admin",
    "SET ROLE a1",
    "SET SESSION AUTHORIZATION a1",
    "SET session_replication_role = replica",
    "CREATE TABLE public.t (a int)",
    "CREATE TEMP TABLE account (login text)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION sync_v1.hello(text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE more LOGIN",
    "CREATE DATABASE more",
    "ALTER ROLE b1 SUPERUSER",
    "ALTER ROLE b1 CONNECTION LIMIT 100",
    "ALTER ROLE a1 PASSWORD 'x'",
    f"GRANT {OWNER} TO b1",
    "GRANT insp_client TO insp_report",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sync TO b1",
    "ALTER FUNCTION sync_v1.digest(text, integer) SECURITY INVOKER",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "COPY (SELECT 1) TO '/tmp/x'",
    "SELECT rolpassword FROM pg_authid",
    "ALTER SYSTEM SET ssl = off",
    "SELECT pg_reload_conf()",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_way_around(county: Line, statement: str) -> None:
    denied(county, statement)


def test_a_person_has_few_connections(shared: Postgres, county: Line) -> None:
    assert not county.closed
    lines = [shared.line("b1") for _ in range(2)]
    with pytest.raises(psycopg.OperationalError, match="too many connections"):
        shared.line("b1")
    for line in lines:
        line.close()


def test_passwords_are_never_kept_in_the_clear(shared: Postgres) -> None:
    query = "SELECT rolname::text, rolpassword FROM pg_authid WHERE rolname = ANY(%s)"
    kept = shared.ask(query, list(GRANTS))
    assert len(kept) == len(GRANTS)
    for name, word in kept:
        assert str(word).startswith("SCRAM-SHA-256$")
        assert str(conninfo.conninfo_to_dict(shared.of(str(name)))["password"]) not in str(word)


@pytest.mark.parametrize(
    "table", ["audit", "event", "access", "commit_log", "changeset", "delivery", "conflict"]
)
def test_what_was_written_stays_even_for_the_owner(shared: Postgres, table: str) -> None:
    told = "SELECT tgname::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
    assert shared.ask(told, f"sync.{table}")
    if table != "conflict":
        with pytest.raises(errors.InsufficientPrivilege, match="append-only"):
            shared.ask(f"TRUNCATE sync.{table} CASCADE")
