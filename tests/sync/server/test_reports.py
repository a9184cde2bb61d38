"""The second wall: a login that reads tables sees rows of its own scopes, and only reads."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import errors

from inspector_app.sync.server.admin import REPORT
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, B, Sender, case, upd

TABLES = ["row", "root", "conflict", "commit_log", "changeset", "audit"]
Line = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def reporter(postgres: Postgres, sender: Callable[..., Sender]) -> Iterator[Line]:
    """The login b1 with the right to read tables; both counties have something in each."""
    for account, scope in (("a1", A), ("b1", B)):
        one, other = sender(account), sender("city")
        one.push(case(f"of {scope}", scope=scope), scope=scope)
        change = {"id": f"of {scope}", "root": f"of {scope}"}
        for who, text in ((one, "x"), (other, "y")):
            op = upd("case", change["id"], change["root"], note=("", text))
            who.push(op, scope=scope)
    postgres.ask(f"GRANT {REPORT} TO b1")
    with postgres.line("b1") as line:
        yield line
    postgres.ask(f"REVOKE {REPORT} FROM b1")


def test_it_sees_its_own_scopes_only(postgres: Postgres, reporter: Line) -> None:
    for table in TABLES:
        every = postgres.ask(f"SELECT DISTINCT scope FROM sync.{table} ORDER BY 1")  # noqa: S608  # ours
        assert every == [(A,), (B,)], table
        query = f"SELECT DISTINCT scope FROM sync.{table}"  # noqa: S608  # names of ours
        assert reporter.execute(query.encode()).fetchall() == [(B,)], table


def test_without_the_right_to_personal_data_it_reads_no_content(
    postgres: Postgres, reporter: Line
) -> None:
    postgres.ask("UPDATE sync.scope_grant SET can_pii = false WHERE login = 'b1'")
    seen = {}
    for table in TABLES:
        query = f"SELECT DISTINCT scope FROM sync.{table}"  # noqa: S608  # names of ours
        seen[table] = reporter.execute(query.encode()).fetchall()
    assert [table for table in TABLES if seen[table]] == ["root", "commit_log"]


def test_it_cannot_widen_its_view(reporter: Line) -> None:
    for statement in (
        "SET row_security = off; TABLE sync.row",
        "UPDATE sync.row SET scope = '410403'",
        "DELETE FROM sync.row",
        "INSERT INTO sync.root VALUES ('x', 'case', '410403', 1)",
        "CREATE POLICY more ON sync.row USING (true)",
        "ALTER TABLE sync.row DISABLE ROW LEVEL SECURITY",
        "TABLE sync.scope_grant",
        "TABLE sync.device",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            reporter.execute(statement.encode())


def test_a_closed_account_sees_nothing(postgres: Postgres, reporter: Line) -> None:
    postgres.ask("UPDATE sync.account SET disabled = true WHERE login = 'b1'")
    with pytest.raises(errors.InvalidAuthorizationSpecification):
        reporter.execute("TABLE sync.row")
