"""What the composition root lends the commands, so that they need not know how it is built."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from inspector_app.library.loading import Library
from inspector_app.services.accounts import Login
from inspector_app.services.desk import Desk

DEMO_MARK = "DEMO.txt"
"""File that marks a ledger folder as demonstration: 演示数据 is printed, and demo may empty it."""


class Painter(Protocol):
    """Draws a page of the window into a PNG, offscreen."""

    def __call__(
        self,
        desk: Desk,
        page: str,
        out: Path,
        *,
        theme: str = "light",
        scale: float = 1.0,
        size: tuple[int, int] = (1440, 900),
    ) -> Path: ...


class OpenDesk(Protocol):
    """Opens a ledger folder (None: the user's own) and closes it again."""

    def __call__(
        self,
        data: Path | None,
        today: date | None,
        *,
        demo: bool = False,
        login: Login | None = None,
    ) -> AbstractContextManager[Desk]: ...


class OpenWindow(Protocol):
    """Shows the window on a ledger folder until the user closes it; returns the exit code."""

    def __call__(self, data: Path | None, today: date | None, *, demo: bool = False) -> int: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a command may ask for; each is made only when it is asked for.

    `scratch` opens a desk on an empty ledger that is thrown away: for papers without a case.
    `painter` and `window` raise OutsideError with the apt line where Qt cannot be loaded.
    """

    desk: OpenDesk
    scratch: Callable[[date], AbstractContextManager[Desk]]
    library: Callable[[], Library]
    office: Callable[[], Path]
    painter: Callable[[], Painter]
    window: OpenWindow
    wall_clock: Callable[[], date]
    data_dir: Callable[[], Path]
