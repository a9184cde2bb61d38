"""Where the files of records lie, as the pages that show evidence ask for it; and fetching them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.services.shared_files import FileState, fetch_soon, states
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import ExchangeState

TONES = {
    FileState.LOCAL: "neutral",
    FileState.WAITING: "info",
    FileState.SHARED: "success",
    FileState.ELSEWHERE: "warning",
}
Places = Mapping[str, FileState]


def fetch(context: UiContext, owner: QWidget, sha256s: Sequence[str]) -> None:
    """Ask for files that lie elsewhere; they come with the exchange that begins now."""
    desk, wanted = context.desk, list(sha256s)
    context.tasks.work(
        owner, lambda: fetch_soon(desk, wanted), lambda _: _asked(context), context.trouble
    )


def _asked(context: UiContext) -> None:
    exchange = context.exchange
    if exchange.is_set_up() and not exchange.state.needs_password:
        context.say("正在下载附件，可以照常办案")
        exchange.run()
    else:
        context.say("已记下，下次同步时下载")


class FilePlaces(QObject):
    """The files of one aggregate: `found` with their places, once this PC exchanges with others."""

    found = Signal(object)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page, self._root = context, page, ""
        context.exchange.changed.connect(self._exchanged)

    def look(self, root: str) -> None:
        """Ask the ledger where the files of that aggregate lie."""
        self._root = root
        if root and self._context.exchange.state.connected:
            desk = self._context.desk
            self._context.tasks.query(
                self, lambda: states(desk, {root}), lambda places: self._tell(root, places)
            )

    def _tell(self, root: str, places: Places) -> None:
        if root == self._root:
            self.found.emit(places)

    def _exchanged(self, state: ExchangeState) -> None:
        if not state.running and self._page.isVisible():
            self.look(self._root)
