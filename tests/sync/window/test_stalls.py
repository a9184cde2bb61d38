"""The window goes on answering while much comes in or goes out."""

import gc
import sys
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector_app.app import make_desk
from inspector_app.app_beats import exchange_beats
from inspector_app.sync.speed.bench import Place, fill
from inspector_app.ui import rest
from inspector_app.ui.beats import LATE_MS, Lateness
from tests.sync.conftest import Postgres
from tests.ui.conftest import OFFSCREEN_WORDS, themed

__all__ = ["themed"]

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN_WORDS, extend=True)

FEW, MANY = 1_500, 20_000
WORK = ("load", "round", "push")
SECONDS = 1.0  # of a loop without an exchange, twice


def full_looks() -> int:
    return int(gc.get_stats()[2]["collections"])


def beats(postgres: Postgres, folder: Path, count: int) -> dict[str, Lateness]:
    """Of a window on that many cases; what the machine does to any loop is in it."""
    fill(Place(postgres.dsn, postgres.of("a2")), folder, count)
    rest.begin()  # what opens the window may bring a full look, and is not measured
    data, before = folder / "window", full_looks()
    found = exchange_beats(partial(make_desk, data), data, postgres.of("a1"), seconds=SECONDS)
    assert full_looks() == before  # each halts every thread, the longer the more there is
    told = "".join(f"\n  {name}: {one}" for name, one in found.items())
    sys.stdout.write(f"\n{count} cases:{told}\n")
    return found


def stays_awake(found: dict[str, Lateness]) -> None:
    """The program keeps its loop no longer than a person notices, nor than any computing does."""
    bare = max(found[name].own_worst_ms for name in ("idle", "beside"))
    assert max(found[name].own_worst_ms for name in WORK) <= max(LATE_MS, 4 * bare)


def test_the_window_answers_while_a_county_comes_in(
    qtbot: QtBot, postgres: Postgres, tmp_path: Path
) -> None:
    assert qtbot
    stays_awake(beats(postgres, tmp_path, FEW))


@pytest.mark.long
def test_the_window_answers_while_a_city_comes_in(
    qtbot: QtBot, postgres: Postgres, tmp_path: Path
) -> None:
    assert qtbot
    stays_awake(beats(postgres, tmp_path, MANY))
