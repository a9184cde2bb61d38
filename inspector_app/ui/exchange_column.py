"""The column 同步 of a list: where each row stands; shown when wanted, and where one shares."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt

from inspector_app.services.shared_here import RecordState
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.exchange_state import TONES, ExchangeState
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable

RowT = TypeVar("RowT")
TITLE = "同步"
WANTED = "standing.column"  # one wish for all lists


class Standings(QObject, Generic[RowT]):
    """Keeps what was heard of the rows of one list, and asks again when that may have changed."""

    def __init__(self, context: UiContext, kind: str, row_id: Callable[[RowT], str]) -> None:
        super().__init__()
        self._context, self._kind, self._row_id = context, kind, row_id
        self._known: dict[str, RecordState] = {}
        self._table: RowsTable[RowT] | None = None

    def column(self) -> Column[RowT]:
        """The column for the list."""
        return Column(
            TITLE,
            self._word,
            78,
            Kind.PILL,
            tone=lambda row: TONES[found] if (found := self._state(row)) else "none",
            tip="这条记录在本机、待上传、已确认，还是有冲突",
        )

    def _state(self, row: RowT) -> RecordState | None:
        return self._known.get(self._row_id(row))

    def _word(self, row: RowT) -> str:
        found = self._state(row)
        return found.label if found else ""

    def follow(self, table: RowsTable[RowT]) -> None:
        """The table the column stands in; its head has the menu that shows it or not."""
        self._table = table
        table.rows_model.modelReset.connect(self.ask)
        table.rows_model.rowsInserted.connect(lambda *_: self.ask())
        head = table.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._show_menu)
        self._context.exchange.changed.connect(self._moved)
        self._show()

    def is_wanted(self) -> bool:
        """Whether the person at the desk wants to see the column; at first it is not shown."""
        return self._context.preferences.flag(WANTED)

    def is_shown(self) -> bool:
        """Whether it is shown: wanted, and a database is shared."""
        return self.is_wanted() and self._context.exchange.state.connected

    def entries(self) -> tuple[Entry, ...]:
        """For the menu of a row: show it or not; nothing where nothing is shared."""
        if not self._context.exchange.state.connected:
            return ()
        words = "不显示“同步”列" if self.is_wanted() else "显示“同步”列"
        return (Entry(words, self.toggle, "eye_off_20" if self.is_wanted() else "eye_20"),)

    def toggle(self) -> None:
        """Show it, or no longer."""
        self._context.preferences.set_flag(WANTED, on=not self.is_wanted())
        self._show()
        self.ask()

    def ask(self) -> None:
        """The rows are others now, or stand elsewhere."""
        if self._table is not None and self.is_shown():
            ids = [self._row_id(row) for row in self._table.rows_model.rows()]
            self._context.exchange.ask_states(self, self._kind, ids, self._heard)

    def _heard(self, found: Mapping[str, RecordState]) -> None:
        self._known = dict(found)
        if self._table is not None:
            self._table.viewport().update()

    def _show(self) -> None:
        if self._table is not None:
            self._table.want_column(TITLE, wanted=self.is_shown())

    def _show_menu(self, where: QPoint) -> None:
        if self._table is not None and (entries := self.entries()):
            menu = self._context.actions.menu(self._table, entries)
            menu.popup(self._table.horizontalHeader().mapToGlobal(where))

    def _moved(self, state: ExchangeState) -> None:
        if not state.running and self._table is not None and self._table.isVisible():
            self._show()
            self.ask()
