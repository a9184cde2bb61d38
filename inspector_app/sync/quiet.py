"""No full look for garbage during an exchange: it halts every thread, the window's too."""

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

    What an exchange reads and lets go has no cycles. A full look over the objects of an open
    window took a fifth of a second, and the hundred thousand small objects of some pages brought
    one about every few seconds. To stop the collector altogether would only put the look off: at
    the end it would go through everything that was made meanwhile, at once.
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
