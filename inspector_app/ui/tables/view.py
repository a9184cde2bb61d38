"""The table view: keys, selection that survives a refresh, columns that give way, copying."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from inspector_app.ui.tables.columns import Column
from inspector_app.ui.tables.delegate import RowDelegate
from inspector_app.ui.tables.model import RowsModel
from inspector_app.ui.theme.current import tokens

RowT = TypeVar("RowT")
MenuMaker = Callable[[Any], QMenu | None]
LEAST_STRETCH = 180  # px at 100 %: below this the name column takes the room of others
HEADER_HEIGHT = 36
TWO_LINE_ROW = 54
LEDGER_ROW = 35


class RowsTable(QTableView, Generic[RowT]):
    """`opened` on Enter or double click, `chosen` when the current row changes (row or None).

    `grid=True` is the dense ledger look, else rows of two lines.
    """

    opened = Signal(object)
    chosen = Signal(object)
    sort_asked = Signal(str)

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        key: Callable[[RowT], str],
        *,
        grid: bool = False,
        row_height: int = 0,
        faded: Callable[[RowT], bool] | None = None,
        name: str = "",
        multiple: bool = False,
    ) -> None:
        super().__init__()
        self._row_height = row_height or (LEDGER_ROW if grid else TWO_LINE_ROW)
        self._menu_for: MenuMaker | None = None
        self._quiet = False
        self._unwanted: set[int] = set()
        self.setProperty("grid", "true" if grid else "false")
        self.setAccessibleName(name)
        self.rows_model: RowsModel[RowT] = RowsModel(columns, key, faded)
        self.rows_model.setParent(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(RowDelegate(self, grid=grid, row_height=self._row_height))
        self._set_up_view(multiple=multiple)
        self._set_up_header()
        self.rescale()
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _index: self._open())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def _set_up_view(self, *, multiple: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(mode.ExtendedSelection if multiple else mode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()

    def _set_up_header(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(any(one.sort_key for one in self.rows_model.columns))
        head.sectionClicked.connect(self._sort)
        for number, column in enumerate(self.rows_model.columns):
            mode = QHeaderView.ResizeMode
            head.setSectionResizeMode(number, mode.Stretch if column.stretch else mode.Interactive)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────
    def show_rows(self, rows: Sequence[RowT], more: Callable[[], object] | None = None) -> None:
        """Show rows; the current row and the scroll place stay if the row is still there."""
        before, place = self.current_key(), self.verticalScrollBar().value()
        self._quiet = True
        self.rows_model.replace(rows, more)
        number = self.rows_model.number_of(before) if before else -1
        if number >= 0:
            self.selectRow(number)
            self.verticalScrollBar().setValue(place)
        self._quiet = False
        if before and number < 0:
            self.chosen.emit(None)

    def current_row(self) -> RowT | None:
        """The row under the cursor."""
        return self.rows_model.row(self.currentIndex().row())

    def current_key(self) -> str:
        """Its key."""
        return self.rows_model.key_at(self.currentIndex().row())

    def select_key(self, key: str) -> bool:
        """Put the cursor on a row and show it; False when it is not loaded."""
        number = self.rows_model.number_of(key)
        if number >= 0:
            self.selectRow(number)
            self.scrollTo(self.rows_model.index(number, 0))
        return number >= 0

    def select_some_row(self) -> None:
        """Select the first row unless one is selected: for lists whose detail stands beside."""
        if not self.selectionModel().hasSelection():
            self.selectRow(max(self.currentIndex().row(), 0))

    def selected_rows(self) -> list[RowT]:
        """The selected rows, top to bottom."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [row for number in numbers if (row := self.rows_model.row(number)) is not None]

    def set_menu(self, maker: MenuMaker) -> None:
        """`maker(row)` gives the context menu, made by the actions."""
        self._menu_for = maker

    # ── behaviour ────────────────────────────────────────────────────────────────────────────
    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.rows_model.row(now.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt makes the first row current without selecting it: neither marked nor copied.
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            self.select_some_row()

    def _open(self) -> None:
        if (row := self.current_row()) is not None:
            self.opened.emit(row)

    def _sort(self, section: int) -> None:
        if key := self.rows_model.columns[section].sort_key:
            self.sort_asked.emit(key)

    def _show_menu(self, where: QPoint) -> None:
        row = self.rows_model.row(self.indexAt(where).row())
        if row is None or self._menu_for is None:
            return
        menu = self._menu_for(row)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(where))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.rows_model.rowCount() - 1
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() == Qt.Key.Key_Home and last >= 0:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End and last >= 0:
            self.selectRow(last)
        else:
            super().keyPressEvent(event)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as a table, just as they are shown (masked)."""
        columns = [
            column
            for number, column in enumerate(self.rows_model.columns)
            if not self.isColumnHidden(number)
        ]
        lines = ["\t".join(column.title for column in columns)]
        for row in self.selected_rows():
            cells = (column.plain(row) for column in columns)
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def want_column(self, title: str, *, wanted: bool) -> None:
        """Show a column, or leave it out whatever the room."""
        number = [one.title for one in self.rows_model.columns].index(title)
        (self._unwanted.discard if wanted else self._unwanted.add)(number)
        self._give_way()

    # ── lengths ──────────────────────────────────────────────────────────────────────────────
    def rescale(self) -> None:
        """Header, rows and columns follow the text size."""
        t = tokens()
        self.horizontalHeader().setFixedHeight(t.px(HEADER_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(t.px(self._row_height))
        for number, column in enumerate(self.rows_model.columns):
            if not column.stretch:
                self.setColumnWidth(number, t.px(column.width))
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Hide columns of low priority rather than squeeze the name."""
        t = tokens()
        columns = self.rows_model.columns
        widths = [t.px(min(c.width, LEAST_STRETCH) if c.stretch else c.width) for c in columns]
        shown = set(range(len(columns))) - self._unwanted
        by_priority = sorted(shown, key=lambda n: (columns[n].priority, n), reverse=True)
        room = self.viewport().width()
        for number in by_priority:
            if sum(widths[n] for n in shown) <= room or columns[number].priority <= 1:
                break
            shown.discard(number)
        for number in range(len(columns)):
            if self.isColumnHidden(number) == (number in shown):
                self.setColumnHidden(number, number not in shown)
