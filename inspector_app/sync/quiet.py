"""No look for garbage in the middle of an exchange: it halts every thread, the window's too."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collections() -> Iterator[None]:
    """Let the cyclic collector rest; what an exchange reads and lets go has no cycles.

    A full look over the objects of an open window took a fifth of a second, and the hundred
    thousand small objects of some pages brought one about every few seconds.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
