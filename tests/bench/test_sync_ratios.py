"""The exchange against a floor measured in the same run, and how often an idle round calls."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.sync.server import embedded, trial
from inspector_app.sync.speed.bench import BENCHES, Figures, Place, idle
from tests.sync.conftest import VERSION, Cluster, running

# Seen on 2 busy cores in November 2026, small numbers (start-up counts): push 5, single 5, load 6,
# encrypted 6, idle 3. The figures for large numbers stand in the help (shared_server.md).
LIMITS = {
    "sync-push": (1_000, 16.0),
    "sync-single": (100, 40.0),
    "sync-load": (2_000, 18.0),
    "sync-load-locked": (2_000, 18.0),
    "sync-idle": (100, 9.0),
    "sync-many": (4, 40.0),
}
# What must hold at the size of a county; for a machine that does other things too the slack is in
# it: for a push seen at 4 to 7 where a dozen programs shared two cores, for a load (which spreads
# over two cores where they are free, and was seen at 1.8 to 2.0 there) about half as much again.
LARGE = {
    "sync-push": (10_000, 10.0),
    "sync-load": (50_000, 2.9),
    "sync-load-locked": (50_000, 3.1),
}
SLACK = 3
WAIT_SECONDS = 5
IDLE_MS = 50


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with running(VERSION) as one:
        yield one


def measured(server: Cluster, name: str, count: int, folder: Path) -> Figures:
    one = server.copy()
    try:
        return BENCHES[name][1](Place(one.dsn, one.of("city")), folder, count)
    finally:
        server.drop(one)


def within(server: Cluster, name: str, count: int, limit: float, folder: Path) -> None:
    """The best of three: whatever else the machine does only ever adds."""
    seen = []
    for turn in range(3):
        place = folder / str(turn)
        place.mkdir()
        found = measured(server, name, count, place)
        seen.append(found.seconds / found.floor)
        if seen[-1] <= limit:
            return
    pytest.fail(f"{name}: {seen} times the floor, at most {limit} allowed")


def test_every_measurement_has_its_limit() -> None:
    assert set(LIMITS) == set(BENCHES)


@pytest.mark.parametrize("name", LIMITS)
def test_it_stays_within_its_ratio(name: str, server: Cluster, tmp_path: Path) -> None:
    within(server, name, *LIMITS[name], tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("name", LARGE)
def test_a_county_stays_within_its_ratio(name: str, server: Cluster, tmp_path: Path) -> None:
    count, limit = LARGE[name]
    within(server, name, count, limit, tmp_path)


@pytest.mark.long
def test_fifty_at_once_lose_nothing_and_nobody_waits_long(server: Cluster, tmp_path: Path) -> None:
    """On a machine of two cores that does nothing else the slowest waits about half of this."""
    assert measured(server, "sync-many", 50, tmp_path).seconds < WAIT_SECONDS * SLACK


@pytest.mark.parametrize("encrypted", [embedded.debian() is not None])
def test_an_idle_round_is_short_also_when_it_is_encrypted(encrypted: bool, tmp_path: Path) -> None:
    """Connection, handshake and login included; Debian's server encrypts, that of the wheel not."""
    with trial.trial() as place:
        assert trial.is_encrypted(place) is encrypted
        found = idle(place, tmp_path, 50)
    assert found.calls <= 3
    assert found.seconds * 1000 <= max(IDLE_MS, 5 * found.floor * 1000)  # on a busy machine
