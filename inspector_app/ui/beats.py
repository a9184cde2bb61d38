"""How long the window's loop is away: measured by a timer that should fire all the time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

from PySide6.QtCore import QEventLoop, QTimer

LATE_MS = 50.0  # from here on a person at the keyboard notices
_LOOK_MS = 20


@dataclass(frozen=True, slots=True)
class Lateness:
    """Milliseconds between two beats that should be one apart: the longest, and the longest but
    one in a thousand; and how many were longer than LATE_MS. `own` is what of it this program
    computed itself, on any thread: the rest is what else the machine does."""

    beats: int
    worst_ms: float
    high_ms: float
    late: int
    own_worst_ms: float
    own_late: int

    @classmethod
    def of(cls, gaps: list[tuple[float, float]]) -> "Lateness":
        """Count them; each with the processor time of this program in it."""
        known = sorted(gap for gap, _ in gaps)
        own = [min(one) for one in gaps]
        high = known[max(0, len(known) - 1 - len(known) // 1000)]
        return cls(
            beats=len(known),
            worst_ms=round(known[-1], 1),
            high_ms=round(high, 1),
            late=sum(1 for gap in known if gap > LATE_MS),
            own_worst_ms=round(max(own), 1),
            own_late=sum(1 for gap in own if gap > LATE_MS),
        )


class Beats:
    """A heart for the loop of this thread."""

    def __init__(self) -> None:
        self._gaps: list[tuple[float, float]] = []
        self._last, self._computed = 0.0, 0.0
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now, computed = perf_counter(), process_time()
        self._gaps.append(((now - self._last) * 1000, (computed - self._computed) * 1000))
        self._last, self._computed = now, computed

    def during(self, work: Callable[[], object]) -> Lateness:
        """How late the loop was while that was done; `work` lets the loop run."""
        self._gaps, self._last, self._computed = [], perf_counter(), process_time()
        self._timer.start()
        work()
        self._beat()
        self._timer.stop()
        return Lateness.of(self._gaps)


def wait_until(done: Callable[[], bool]) -> None:
    """Let the loop of this thread run until something is the case."""
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if done() else None)
    look.start(_LOOK_MS)
    loop.exec()


def doing_nothing(seconds: float) -> None:
    """Let the loop run with nothing to do."""
    end = perf_counter() + seconds
    wait_until(lambda: perf_counter() > end)


def beside_work(seconds: float) -> None:
    """Let the loop run beside a thread that only computes: what Python does to any window."""
    done = threading.Event()

    def compute() -> None:
        end = perf_counter() + seconds
        while perf_counter() < end:
            sum(range(2_000))
        done.set()

    threading.Thread(target=compute).start()
    wait_until(done.is_set)
