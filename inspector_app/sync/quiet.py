"""No full look for garbage during an exchange that a command runs: it only costs time."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A page of a first load has some ten thousand objects; a look at so many takes a few milliseconds.
_YOUNG, _MIDDLE, _NEVER = 50_000, 10, 1_000_000_000
_turn = threading.Lock()
_usual: list[tuple[int, int, int]] = []  # one for each exchange under way, the first is the true


@contextmanager
def no_full_look() -> Iterator[None]:
    """Let the cyclic collector look at young objects only, and seldom.

    What an exchange reads and lets go has no cycles, but the hundred thousand small objects of
    some pages brought a full look about every few seconds. To stop the collector altogether would
    only put the look off: at the end it would go through everything that was made meanwhile, at
    once. In an open window this does nothing: there the collector is off (`gc.disable`), whatever
    its thresholds, and the window looks for garbage itself.
    """
    with _turn:
        _usual.append(gc.get_threshold())
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    try:
        yield
    finally:
        with _turn:
            if len(_usual) == 1:
                gc.set_threshold(*_usual[0])
            _usual.pop()
