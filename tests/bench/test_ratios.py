"""Speed against a floor measured in the same run: ratios hold on any machine, seconds do not."""

from pathlib import Path

import pytest

from inspector_app.app import parts
from inspector_app.cli.benches import BENCHES

# Taken on 2 busy cores in November 2026; each limit is about twice to three times what was seen.
LIMITS = {
    "orders": (10, 8.0),
    "notices": (20, 25.0),
    "binder": (20, 25.0),
    "terms": (5000, 13.0),
    "case-clocks": (50, 110.0),
    "ledger-open": (200, 8.0),
    "ledger-insert": (500, 35.0),
    "ledger-first-page": (500, 35.0),
    "ledger-save": (50, 40.0),
    "ledger-encrypted": (300, 2.5),
    "first-window": (300, 25.0),
    "import": (1000, 30.0),
    "export": (1000, 4.0),
}


def test_every_measurement_has_its_limit() -> None:
    assert set(LIMITS) == set(BENCHES)


@pytest.mark.parametrize("name", LIMITS)
def test_it_stays_within_its_ratio(name: str, tmp_path: Path) -> None:
    """The best of three: whatever else the machine does only ever adds."""
    count, limit = LIMITS[name]
    seen = []
    for turn in range(3):
        folder = tmp_path / str(turn)
        folder.mkdir()
        measured = BENCHES[name].run(parts(), folder, count)
        seen.append(measured.seconds / measured.floor)
        if seen[-1] <= limit:
            return
    pytest.fail(f"{name}: {seen} times the floor, at most {limit} allowed")
