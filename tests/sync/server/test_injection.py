"""Statements in every field: they are stored as text or refused, and never carried out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from inspector_app.errors import OutsideError
from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Cluster, Postgres
from tests.sync.server.pushes import NOW, A, B, Op, Sender, case, move, resolve, uid, upd

EVIL = [
    "'; DROP TABLE sync.row; --",
    "$$; SELECT pg_sleep(30); $$",
    'x"); DELETE FROM sync.account; --',
    "sync.account; UPDATE sync.scope_grant SET can_write = true",
    "%s %(me)s {} \\ \\' \\u0000",
    "410402' OR '1'='1",
    "a\0b",
]
COUNTS = "SELECT (SELECT count(*) FROM sync.account), (SELECT count(*) FROM sync.scope_grant WHERE"
COUNTS += " can_write), (SELECT count(*) FROM sync.row WHERE scope = %s), to_regclass('sync.row')"


@pytest.fixture(scope="module")
def shared(cluster: Cluster) -> Iterator[Postgres]:
    """One database for all, with a case in county A."""
    one = cluster.copy()
    line = PgTransport(one.of("a1"))
    first = Sender(line, "pc-a1")
    first.hello()
    first.push(case("c"))
    line.close()
    yield one
    cluster.drop(one)


@pytest.fixture
def county(shared: Postgres, request: pytest.FixtureRequest) -> Iterator[Sender]:
    """A device of county B, a new one each time."""
    line = PgTransport(shared.of("b1"))
    one = Sender(line, f"pc-{abs(hash(request.node.name))}")
    one.hello()
    yield one
    line.close()


def told_or_done(call: Callable[..., Any], *given: object, **more: object) -> Any:
    """The answer; or None when the call was refused without a word of the server."""
    try:
        return call(*given, **more)
    except OutsideError as error:
        said = error
    assert said.kind in ("server", "rights", "account")
    assert "sync." not in said.message
    return None


@pytest.mark.parametrize("text", EVIL)
def test_nothing_said_is_carried_out(text: str, shared: Postgres, county: Sender) -> None:
    before = shared.ask(COUNTS, A)
    _greetings(text, county)
    _sets(text, county)
    _reads(text, county)
    for op in _ops(text):
        said = told_or_done(county.push, op, scope=B)
        assert said is None or said["s"] in ("rejected", "ok"), op
    assert shared.ask(COUNTS, A) == before
    assert shared.ask("SELECT * FROM sync.verify()") == []


def _greetings(text: str, county: Sender) -> None:
    plain: dict[str, Any] = {"device": county.device, "app": "t", "protocol": 1, "schema": 3}
    plain |= {"now": NOW.isoformat(), "cursors": {}, "acked": 0}
    for field in plain:
        told_or_done(county.line.hello, {**plain, field: text})
    told_or_done(county.line.hello, {**plain, "cursors": {text: [1, text]}})
    county.hello()


def _sets(text: str, county: Sender) -> None:
    for field in ("id", "part", "scope", "at", "actor", "action", "why", "schema", "ops"):
        one = {**county.a_set(case(f"n{field}{text}", scope=B), scope=B), field: text}
        said = told_or_done(county.line.push, county.device, [one])
        if said is None:  # it took no number
            county.n -= 1
    told_or_done(county.line.push, text, [county.a_set(scope=B, n=county.n + 1)])


def _reads(text: str, county: Sender) -> None:
    line = county.line
    assert told_or_done(line.pull, text, 0, 0, "", 10) is None
    told_or_done(line.pull, B, 0, 0, text, 10)
    assert told_or_done(line.digest, text) is None
    assert told_or_done(line.lease, county.device, text, "order", 2026, 1) is None
    assert told_or_done(line.lease, text, B, "order", 2026, 1) is None
    told_or_done(line.lease, county.device, B, text, 2026, 1)
    told_or_done(line.release, county.device, B, "order", 2026, [1], text)


def _ops(text: str) -> list[Op]:
    plain = upd("case", "c", "c", note=("", "x"))
    name = f"case of {text}"
    ops: list[Op] = [{**plain, field: text} for field in plain]
    ops += [{**plain, "c": {text: ["", "x"]}}, {**plain, "gb": {text: text}}]
    ops += [{**plain, "c": {"note": text}}, {**plain, "c": {"note": [text, text]}}]
    ops += [resolve(text, {text: text}, {text: text}, text), resolve(uid("c"), text, text, text)]
    ops += [{**move("c", B, A), field: text} for field in ("root", "root_type", "from", "to")]
    return [*ops, case(name, scope=B, note=text)]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_comes_back_as_it_was_written(text: str, county: Sender) -> None:
    said = county.push(case(f"kept {text}", scope=B, note=text, facts=text), scope=B)
    if "\0" in text:  # no text of PostgreSQL can hold it
        assert (said["s"], said["why"]) == ("rejected", "bad_data")
        return
    assert said["s"] == "ok", said
    rows = [row for root in county.line.pull(B, 0, 0, "", 2000).roots for row in root.rows]
    (cells,) = [row.cells for row in rows if row.id == uid(f"kept {text}") and row.cells]
    assert (cells["note"], cells["facts"]) == (text, text)
