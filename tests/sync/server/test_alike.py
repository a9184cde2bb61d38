"""The model in memory and PostgreSQL answer every script alike, and hold the same afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Cluster, Postgres, programs, running
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS
from tests.sync.server.pushes import A, B, Sender
from tests.sync.server.scripts import SCRIPTS, Op, play

Line = Callable[[str], Any]
EARLIER = [version for version in (15, 16) if programs(version).exists()]


@pytest.fixture(scope="module")
def shared(cluster: Cluster) -> Iterator[Postgres]:
    """One database for all scripts, emptied between them: a copy for each would take a minute."""
    one = cluster.copy()
    yield one
    cluster.drop(one)


EMPTY = """
ALTER TABLE sync.audit DISABLE TRIGGER USER; ALTER TABLE sync.access DISABLE TRIGGER USER;
ALTER TABLE sync.commit_log DISABLE TRIGGER USER; ALTER TABLE sync.event DISABLE TRIGGER USER;
ALTER TABLE sync.changeset DISABLE TRIGGER USER; ALTER TABLE sync.delivery DISABLE TRIGGER USER;
TRUNCATE sync.audit, sync.access, sync.commit_log, sync.event, sync.conflict, sync.exit, sync.row,
    sync.root, sync.delivery, sync.changeset, sync.device, sync.number, sync.number_series;
UPDATE sync.head SET seq = 0, hash = '';
"""


def pusher(line: Line) -> tuple[dict[str, Sender], Callable[[str, str, list[Op]], Any]]:
    senders: dict[str, Sender] = {}

    def push(account: str, scope: str, ops: list[Op]) -> Any:
        if account not in senders:
            senders[account] = Sender(line(account), f"pc-{account}")
            senders[account].hello()
        return senders[account].push(*ops, scope=scope)

    return senders, push


def state(line: Any) -> list[Any]:
    """What the city account sees: every aggregate, the exits, what it adds up to."""
    seen = []
    for scope in (A, B):
        page, sums = line.pull(scope, 0, 0, "", 100), line.digest(scope)
        roots = [
            root._replace(
                rows=tuple(sorted(root.rows, key=lambda row: (row.t, row.id))),
                conflicts=tuple(sorted(root.conflicts, key=lambda one: str(one["id"]))),
            )
            for root in page.roots
        ]
        pages = [roots, sorted(page.exits), page.more, page.head[0]]
        seen.append([*pages, sums.head[0], sums.rows, sums.sum])
    return seen


def compare(name: str, shared: Postgres) -> None:
    """Run a script on both."""
    shared.ask(EMPTY)
    model = FakeServer(GRANTS)
    lines: dict[str, PgTransport] = {}

    def real(account: str) -> PgTransport:
        if account not in lines:
            lines[account] = PgTransport(shared.of(account))
        return lines[account]

    try:
        expected = play(SCRIPTS[name], pusher(lambda account: FakeTransport(model, account))[1])
        answered = play(SCRIPTS[name], pusher(real)[1])
        assert answered == expected
        assert state(real("city")) == state(FakeTransport(model, "city"))
        assert shared.ask("SELECT * FROM sync.verify()") == []
    finally:
        for line in lines.values():
            line.close()


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_model_and_postgresql_answer_alike(name: str, shared: Postgres) -> None:
    compare(name, shared)


@pytest.mark.long
@pytest.mark.parametrize("version", EARLIER)
def test_earlier_versions_of_postgresql_answer_alike(version: int) -> None:
    """18 and 16 are in the wheel; 15 is Debian's, where it is installed."""
    with running(version) as cluster:
        one = cluster.copy()
        ((number,),) = one.ask("SHOW server_version_num")
        assert str(number).startswith(str(version))
        for name in SCRIPTS:
            compare(name, one)
