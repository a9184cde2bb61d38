"""PCs with ledgers of their own and the model of the shared database between them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector_app.ledger.ledger import Ledger
from inspector_app.sync.pg import PgTransport
from tests.sync.client.desks_apart import Apart, desk_at
from tests.sync.client.sticks import Stick, sticks
from tests.sync.conftest import CITY, Postgres
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, A, Pc, copied


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty ledger."""
    path = tmp_path_factory.mktemp("blank") / "blank.ledger"
    Ledger.open(path).close()
    return path


@pytest.fixture
def server() -> FakeServer:
    """An empty shared database of two counties."""
    return FakeServer(GRANTS)


@pytest.fixture
def pc(blank: Path, tmp_path: Path, server: FakeServer) -> Iterator[Callable[[str], Pc]]:
    """Make the PC of an account: `pc("a1")`."""
    made: list[Pc] = []

    def make(me: str) -> Pc:
        path = Path(shutil.copy(blank, tmp_path / f"{me}-{len(made)}.ledger"))
        made.append(Pc(path, server, me))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def apart(blank: Path, tmp_path: Path) -> Iterator[Apart]:
    """Two PCs of one bureau that have met."""
    server = FakeServer({me: {CITY: True, A: True} for me in ("a1", "a2")})
    one, two = (Pc(copied(blank, tmp_path / f"{me}.ledger"), server, me) for me in ("a1", "a2"))
    for pc in (one, two):
        pc.sync()
    yield (desk_at(one), one), (desk_at(two), two)
    for pc in (one, two):
        pc.close()


@pytest.fixture
def stick(blank: Path, tmp_path: Path, postgres: Postgres) -> Iterator[Callable[[str], Stick]]:
    """A PC of an account that knows the shared database by its card and is registered there."""
    yield from sticks(blank, tmp_path, postgres)


@pytest.fixture
def real(blank: Path, tmp_path: Path, postgres: Postgres) -> Iterator[Callable[[str], Pc]]:
    """Make the PC of an account on the real database."""
    made: list[Pc] = []

    def make(me: str) -> Pc:
        path = copied(blank, tmp_path / f"real-{me}-{len(made)}.ledger")
        made.append(Pc(path, FakeServer({}), me, lambda _, who: PgTransport(postgres.of(who))))
        return made[-1]

    yield make
    for one in made:
        one.close()
