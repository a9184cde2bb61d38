"""What a page is given: the desk, the worker, the bus, and the ways to speak to the user."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from inspector_app.errors import OutsideError, UserError
from inspector_app.services.desk import Desk
from inspector_app.ui.actions import Actions
from inspector_app.ui.bus import Bus
from inspector_app.ui.exchange import ExchangeDesk
from inspector_app.ui.preferences import Preferences
from inspector_app.ui.tasks import Tasks


class Say(Protocol):
    """A sentence at the foot of the window; with `run` a button beside it, 撤销 or `action`."""

    def __call__(
        self, text: str, run: Callable[[], object] | None = None, action: str = "撤销"
    ) -> None:
        """Show it."""


@dataclass(frozen=True)
class UiContext:
    """One per window. Pages keep it and reach everything through it."""

    desk: Desk
    tasks: Tasks
    bus: Bus
    actions: Actions
    preferences: Preferences
    resources: Path
    window: QWidget
    open_page: Callable[[str, object], None]
    back: Callable[[], None]
    toast: Say
    done: Callable[[str], None]
    trouble: Callable[[Exception], None]
    exchange: ExchangeDesk

    def today(self) -> date:
        """The day the desk is at."""
        return self.desk.today()

    def say(self, text: str) -> None:
        """A sentence at the foot of the window."""
        self.toast(text)


def sentence_of(error: Exception) -> str:
    """The sentence of an expected error."""
    if isinstance(error, UserError | OutsideError):
        return error.message
    return "程序出错，已生成错误报告。"
