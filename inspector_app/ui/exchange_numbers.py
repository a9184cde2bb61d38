"""Numbers in the window: how many are left here, and fetching more when work runs out of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector_app.services.number_stock import Held, NumbersOut, get_more, held
from inspector_app.ui.tasks import Task

if TYPE_CHECKING:
    from inspector_app.ui.exchange import ExchangeDesk

NO_LINE = ("connection", "busy")
MOST = 4  # numbers of two years and two registers may be wanted one after another


def _told(lacking: NumbersOut, trouble: Exception) -> Exception:
    """What keeps numbers from coming; without a line, what to do once there is one."""
    return lacking if getattr(trouble, "kind", "") in NO_LINE else trouble


class NumberDesk(QObject):
    """Work that runs out of numbers waits while more are fetched, and then begins anew.

    The line is spoken to on the network worker: neither the window nor the ledger waits for it.
    """

    def __init__(self, exchange: "ExchangeDesk") -> None:
        super().__init__()
        self._exchange = exchange
        self.held: Held | None = None
        exchange.tasks.rescue = self._rescue

    def look(self) -> None:
        """Count what is left here."""
        desk = self._exchange.desk
        self._exchange.tasks.query(self, lambda: held(desk), self._show, lambda _error: None)

    def _show(self, found: Held) -> None:
        self.held = found
        self._exchange.show_left(found.low())

    def _rescue(self, task: Task[object], error: Exception) -> bool:
        if not isinstance(error, NumbersOut) or task.begun >= MOST:
            return False
        exchange = self._exchange
        if not exchange.is_set_up() or exchange.state.needs_password:
            return False
        desk, needs = exchange.desk, error.needs
        exchange.ask_line(
            self,
            lambda line: get_more(desk, line, needs),
            lambda _: self._fetched(task),
            lambda trouble: exchange.tasks.refuse(task, _told(error, trouble)),
        )
        return True

    def _fetched(self, task: Task[object]) -> None:
        self._exchange.tasks.again(task)
        self.look()
