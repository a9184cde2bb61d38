"""Looks for garbage on the window's thread alone, and in full only when nobody waits.

By itself Python looks on whatever thread makes the next object: a widget found on a worker ends
there, and Qt crashes. And reading twenty thousand cases makes it look through all objects of an
open window three times, a tenth to a fifth of a second each. So young objects are looked through
here a few thousand at a time; the full look waits for a pause.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

YOUNG, MIDDLE = 2_000, 10  # so many new objects, so many looks through these alone
LOOK_MS, BUSY_MS = 200, 20  # from one look to the next; work beside makes much in little time
PAUSE_SECONDS = 10.0  # without key or mouse: whoever pauses that long does not see a fifth of one
DUE, OVERDUE = 10, 1_000  # looks through the younger ones since the last full look, LOOK_MS apart


def begin() -> None:
    """From now on no look comes by itself; what stands by now is passed by for ever."""
    gc.freeze()
    gc.disable()


class Sweeper(QObject):
    """Does all looks, on the window's thread, where things of Qt have to end."""

    def __init__(
        self, parent: QObject, idle_seconds: Callable[[], float], busy: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._idle_seconds, self._busy = idle_seconds, busy
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        self._made = 0.0  # looks through the younger ones; of the quick ones many count as one

    def interval(self) -> int:
        """Milliseconds until the next look."""
        return self._clock.interval()

    def look(self) -> None:
        """The young ones when there are many; all in a pause, or when it cannot wait."""
        weight = self._clock.interval() / LOOK_MS
        self._clock.setInterval(BUSY_MS if self._busy() else LOOK_MS)
        young, middle, _ = gc.get_count()
        if young >= YOUNG:
            gc.collect(1 if middle >= MIDDLE else 0)
            self._made += weight if middle >= MIDDLE else 0
        pause = self._idle_seconds() >= PAUSE_SECONDS and not self._busy()
        if self._made >= OVERDUE or (self._made >= DUE and pause):
            gc.collect()
            self._made = 0.0
