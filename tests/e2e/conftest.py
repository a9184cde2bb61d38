"""One demonstration day for all tests that only read it."""

import pytest

from tests.e2e.days import DayDone, run_day


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> DayDone:
    """A day on the shipped list."""
    return run_day(tmp_path_factory.mktemp("day") / "demo")
