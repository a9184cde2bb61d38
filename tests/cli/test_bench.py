"""`bench`: figures and their floor from the same run."""

import sys

import pytest

from inspector_app.cli import bench, benches
from inspector_app.errors import OutsideError
from tests.cli.conftest import Commands

KEYS = {"name", "n", "seconds", "floor_seconds", "ratio", "peak_mb", "machine"}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("orders", 2), ("ledger-open", 20), ("ledger-insert", 20), ("ledger-first-page", 20),
        ("ledger-save", 2), ("terms", 200), ("import", 20), ("export", 20), ("case-clocks", 2),
        ("notices", 2), ("binder", 5),
    ],
)  # fmt: skip
def test_a_measurement_brings_its_floor(command: Commands, name: str, count: int) -> None:
    ran = command("bench", name, "--n", count, "--json")
    assert ran.code == 0, ran.err
    assert set(ran.json) == KEYS
    assert (ran.json["name"], ran.json["n"]) == (name, count)
    assert ran.json["seconds"] > 0
    assert ran.json["floor_seconds"] > 0


def test_figures_are_told_in_words(command: Commands) -> None:
    assert "为下限的" in command("bench", "ledger-open", "--n", "5").out


def test_the_window_is_measured_from_outside(command: Commands) -> None:
    ran = command("bench", "first-window", "--n", "3", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["seconds"] > ran.json["floor_seconds"] > 0


def test_a_measurement_nobody_knows_is_told(command: Commands) -> None:
    ran = command("bench", "moon", "--json")
    assert (ran.code, ran.json["error"]["field"]) == (1, "name")


def test_a_child_that_fails_is_told() -> None:
    with pytest.raises(OutsideError, match="测量没有完成"):
        benches.child([sys.executable, "-c", "raise SystemExit('演示')"])


def test_where_the_system_does_not_say_there_is_no_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (bench.peak_mb() or 0) > 10
    monkeypatch.setattr(sys, "platform", "win32")
    assert bench.peak_mb() is None
