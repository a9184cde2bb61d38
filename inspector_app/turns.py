"""How soon Python's threads take turns: said once for the window and for every command."""

import sys
from threading import current_thread, local, main_thread
from time import perf_counter, sleep

# Whoever waits behind work beside gets its turn so soon; usually 5 ms. Windows knows whole
# milliseconds only: of less than one nothing is left, and all that wait would ask without end.
SECONDS = 0.001 if sys.platform == "win32" else 0.00025
EVERY, BREATH = 0.005, 0.0002  # seconds of work beside, and of the pause after it
_last = local()


def take_turns() -> None:
    """Let a thread that waits have its turn after that time."""
    sys.setswitchinterval(SECONDS)


def breathe() -> None:
    """On a thread beside the window: pause a moment every few milliseconds.

    Python hands over to a thread that waits once another kept it a whole interval. A thread that
    runs one short statement after another lets go before that, each time for too short a moment
    for anybody to wake up: without a pause of its own it kept the window waiting for 40 ms.
    """
    if current_thread() is main_thread():
        return
    if perf_counter() - getattr(_last, "at", 0.0) > EVERY:
        sleep(BREATH)
        _last.at = perf_counter()
