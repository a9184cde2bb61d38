"""A ledger for each test, copied from one that was made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.ledger.ledger import Ledger


@pytest.fixture(scope="session")
def blank_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty ledger."""
    path = tmp_path_factory.mktemp("blank") / "blank.ledger"
    Ledger.open(path, device="pc-1").close()
    return path


@pytest.fixture
def path(blank_ledger: Path, tmp_path: Path) -> Path:
    """A ledger file of the test's own."""
    return Path(shutil.copy(blank_ledger, tmp_path / "cases.ledger"))


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """An empty, open ledger that must be whole at the end of the test."""
    opened = Ledger.open(path, busy_ms=50)
    yield opened
    opened.close()
