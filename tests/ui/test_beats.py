"""How late the loop comes is counted right."""

from time import perf_counter

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from inspector_app.ui.beats import LATE_MS, Beats, Lateness, beside_work, doing_nothing


def test_the_longest_but_one_in_a_thousand() -> None:
    few = [(1.0, 3.0), (60.0, 2.0), (2.0, 2.0)]
    assert Lateness.of(few) == Lateness(3, 60.0, 60.0, 1, 2.0, 0)
    many = [(1.0, 0.1)] * 997 + [(51.0, 51.0), (70.0, 80.0), (90.0, 1.0)]
    assert Lateness.of(many) == Lateness(1000, 90.0, 70.0, 3, 70.0, 2)


def test_a_loop_that_is_kept_is_seen(qtbot: QtBot) -> None:
    def keep() -> None:
        end = perf_counter() + 2 * LATE_MS / 1000
        while perf_counter() < end:
            pass

    def work() -> None:
        QTimer.singleShot(5, keep)
        doing_nothing(0.15)

    beats = Beats()
    found = beats.during(work)
    assert found.worst_ms >= 2 * LATE_MS
    assert 0 < found.own_worst_ms <= found.worst_ms
    assert beats.during(lambda: beside_work(0.05)).beats > 1
