"""One desk per test, on a ledger of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.services.desk import Desk
from tests.helpers.desks import make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on an empty ledger; the day is Monday 2026-09-28."""
    made = make_desk(tmp_path)
    yield made
    made.ledger.close()
