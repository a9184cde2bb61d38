"""How soon Python's threads take turns: said once for the window and for every command."""

import sys

SECONDS = 0.001  # whoever waits behind work beside gets its turn so soon; usually 5 ms


def take_turns() -> None:
    """Let a thread that waits have its turn after that time."""
    sys.setswitchinterval(SECONDS)
