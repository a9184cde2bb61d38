"""Devices that push to the PostgreSQL of the test."""

from collections.abc import Callable, Iterator

import pytest

from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import Sender


@pytest.fixture
def sender(postgres: Postgres) -> Iterator[Callable[..., Sender]]:
    """A greeted device of an account: `sender("a1")`."""
    lines: list[PgTransport] = []

    def make(account: str, device: str = "") -> Sender:
        lines.append(PgTransport(postgres.of(account)))
        one = Sender(lines[-1], device or f"pc-{account}-{len(lines)}")
        one.hello()
        return one

    yield make
    for line in lines:
        line.close()
