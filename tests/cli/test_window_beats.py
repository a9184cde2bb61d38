"""The window's loop is measured while it exchanges, from a process of its own."""

import pytest

from inspector_app.cli import bench, window_benches
from tests.cli.conftest import Commands

ONE = {
    "beats": 1000, "worst_ms": 70.0, "high_ms": 4.0, "late": 1,
    "own_worst_ms": 12.5, "own_late": 0,
}  # fmt: skip
FOUND = {name: dict(ONE) for name in bench.BEATS}


def test_the_beats_are_told_as_figures_and_in_words(
    command: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {**FOUND, "push": {**ONE, "own_worst_ms": 60.0, "own_late": 3}}
    monkeypatch.setattr(window_benches, "measured", lambda _place, _folder, _count: found)
    measured = window_benches.of_beats(20, found)
    assert (measured.seconds, measured.floor) == (0.06, 0.0125)
    few = bench.Bench(20, lambda *_: measured)
    monkeypatch.setattr(bench, "WINDOW_BENCHES", {"sync-window": few})
    ran = command("bench", "sync-window", "--json")
    assert (ran.json["ratio"], ran.json["beats"]["push"]["own_late"]) == (4.8, 3)
    said = command("bench", "sync-window").out
    assert "上传：最迟 70.0 毫秒，千分之九百九十九不迟于 4.0 毫秒，超过 50 毫秒 1 次" in said
    assert "本程序自己占用最长 60.0 毫秒，超过 50 毫秒 3 次" in said
    assert said.count("最迟") == len(bench.BEATS)
