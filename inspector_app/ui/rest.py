"""Looks for garbage when nobody waits: a full look halts every thread, the window's too.

Reading twenty thousand cases makes Python look through all objects of an open window three times,
a tenth to a fifth of a second each. Young objects are still looked through at once, a few
thousand at a time; the full look waits for a pause.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

YOUNG, MIDDLE, NEVER = 2_000, 10, 1_000_000_000
LOOK_MS = 5_000
PAUSE_SECONDS = 10.0  # without key or mouse: whoever pauses that long does not see a fifth of one
DUE, OVERDUE = 10, 1_000  # looks through the younger ones since the last full look


def begin() -> None:
    """From now on no full look comes by itself; what stands by now is passed by for ever."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)


class Sweeper(QObject):
    """Does the full look, on the window's thread, where things of Qt have to end anyway."""

    def __init__(
        self, parent: QObject, idle_seconds: Callable[[], float], busy: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._idle_seconds, self._busy = idle_seconds, busy
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Sweep in a pause when much was made since the last time, or when it cannot wait."""
        made = gc.get_count()[2]
        pause = self._idle_seconds() >= PAUSE_SECONDS and not self._busy()
        if made >= OVERDUE or (made >= DUE and pause):
            gc.collect()
