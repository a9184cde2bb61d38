"""Whether anybody from outside may come in unencrypted is read from the server's own rules."""

import psycopg
import pytest

from inspector_app.sync.server import check, plain
from inspector_app.sync.server.admin import admin
from inspector_app.sync.server.plain import Rule, any_plain
from tests.sync.conftest import Postgres

LOCAL = Rule("local", None, "scram-sha-256")
LOOPBACK = Rule("host", "127.0.0.1", "scram-sha-256")
OUTSIDE = Rule("host", "10.20.0.0", "scram-sha-256")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([LOCAL, LOOPBACK], False),
        ([LOCAL, Rule("host", "::1", "scram-sha-256"), Rule("host", "samehost", "md5")], False),
        ([LOOPBACK, OUTSIDE], True),
        ([Rule("hostnossl", "all", "trust")], True),
        ([Rule("hostssl", "10.0.0.0", "scram-sha-256"), Rule("hostssl", "all", "cert")], False),
        ([Rule("hostnossl", "all", "reject"), OUTSIDE], False),
        ([Rule("hostnossl", "all", "reject", users=("li",)), OUTSIDE], True),
        ([Rule("hostnossl", "all", "reject", databases=("x",)), OUTSIDE], True),
        ([Rule("hostnossl", "10.0.0.0", "reject"), OUTSIDE], True),
        ([Rule("host", "all", "md5", databases=("another",))], False),
        ([Rule("host", "all", "md5", databases=("another", "shared"))], True),
        ([Rule("host", ".example", "md5")], True),
    ],
)
def test_lines_of_the_rules(rules: list[Rule], expected: bool) -> None:
    assert any_plain(rules, "shared") is expected


def test_a_server_on_loopback_lets_nobody_in_from_outside(postgres: Postgres) -> None:
    found = check.check(postgres.dsn)
    assert found.plain_from_outside is False
    assert found.ssl is False


def test_rules_are_read_where_one_may_and_the_rest_is_unknown(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = plain.value

    def listening(
        connection: psycopg.Connection[tuple[object, ...]], query: str, *given: object
    ) -> object:
        return "*" if "listen" in query else asked(connection, query, *given)  # type: ignore[arg-type]  # literal there

    monkeypatch.setattr(plain, "value", listening)
    assert check.check(postgres.dsn).plain_from_outside is False  # initdb admits loopback alone
    with admin(postgres.dsn) as connection:  # as the owner, who may not look
        assert plain.plain_from_outside(connection) is None
