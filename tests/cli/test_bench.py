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


def test_the_exchange_is_measured_with_its_calls(command: Commands) -> None:
    ran = command("bench", "sync-idle", "--n", 5, "--json")
    assert ran.code == 0, ran.err
    assert set(ran.json) == KEYS | {"calls"}
    assert ran.json["calls"] <= 3


def test_all_of_the_exchange_is_told_together(
    command: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {name: benches.Bench(1, lambda *_: benches.Measured(1, 2.0, 1.0, 7)) for name in "ab"}
    monkeypatch.setattr(bench, "SYNC_BENCHES", few)
    monkeypatch.setattr(bench, "WINDOW_BENCHES", {})
    ran = command("bench", "sync", "--json")
    assert [(one["name"], one["ratio"], one["calls"]) for one in ran.json["figures"]] == [
        ("a", 2.0, 7), ("b", 2.0, 7),
    ]  # fmt: skip
    assert "呼叫 7 次" in command("bench", "sync").out
