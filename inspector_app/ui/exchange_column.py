"""The column 同步 of a list: where each row stands; shown when wanted, and where one shares."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject

from inspector_app.services.shared_here import RecordState
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import TONES, ExchangeState
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable

RowT = TypeVar("RowT")
TITLE = "同步"


class Standings(QObject):
    """Keeps what was heard of the rows of one list, and asks again when that may have changed."""

    def __init__(self, context: UiContext, page: str, kind: str) -> None:
        super().__init__()
        self._context, self._key, self._kind = context, f"{page}.standing", kind
        self._known: dict[str, RecordState] = {}
        self._ids: list[str] = []
        self._table: RowsTable[RowT] | None = None  # type: ignore[valid-type]  # any row will do
        context.exchange.changed.connect(self._moved)

    def column(self, row_id: Callable[[RowT], str]) -> Column[RowT]:
        """The column for the list."""

        def state(row: RowT) -> RecordState | None:
            return self._known.get(row_id(row))

        return Column(
            TITLE,
            lambda row: found.label if (found := state(row)) else "",
            78,
            Kind.PILL,
            tone=lambda row: TONES[found] if (found := state(row)) else "none",
            tip="这条记录在本机、待上传、已确认，还是有冲突",
        )

    def follow(self, table: RowsTable[RowT]) -> None:
        """The table the column stands in."""
        self._table = table
        self._show()

    def is_wanted(self) -> bool:
        """Whether the person at the desk wants to see the column; at first it is not shown."""
        return self._context.preferences.flag(self._key)

    def is_shown(self) -> bool:
        """Whether it is shown: wanted, and a database is shared."""
        return self.is_wanted() and self._context.exchange.state.connected

    def entry(self) -> Entry | None:
        """For the menu of a row: show it or not; None where nothing is shared."""
        if not self._context.exchange.state.connected:
            return None
        words = "不显示“同步”列" if self.is_wanted() else "显示“同步”列"
        return Entry(words, self.toggle, "eye_off_20" if self.is_wanted() else "eye_20")

    def toggle(self) -> None:
        """Show it, or no longer."""
        self._context.preferences.set_flag(self._key, on=not self.is_wanted())
        self._show()
        self.ask(self._ids)

    def ask(self, ids: Sequence[str]) -> None:
        """These rows are in the list now."""
        self._ids = list(ids)
        if self.is_shown():
            self._context.exchange.ask_states(self, self._kind, self._ids, self._heard)

    def _heard(self, found: Mapping[str, RecordState]) -> None:
        self._known = dict(found)
        if self._table is not None:
            self._table.viewport().update()

    def _show(self) -> None:
        if self._table is not None:
            self._table.want_column(TITLE, wanted=self.is_shown())

    def _moved(self, state: ExchangeState) -> None:
        if not state.running:
            self._show()
            self.ask(self._ids)
