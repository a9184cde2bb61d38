"""The model behind every table: rows by key, more rows fetched as one scrolls."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.widgets.tips import plain_tip

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NONE = QModelIndex()


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """Rows of one kind. `key` names a row over refreshes; `faded` paints it grey (closed)."""

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        key: Callable[[RowT], str],
        faded: Callable[[RowT], bool] | None = None,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._key, self._faded = key, faded
        self._rows: list[RowT] = []
        self._more: Callable[[], object] | None = None
        self._asked = False

    # ── rows ─────────────────────────────────────────────────────────────────────────────────
    def rows(self) -> Sequence[RowT]:
        """The rows loaded so far."""
        return self._rows

    def row(self, number: int) -> RowT | None:
        """The row of that number, None when there is none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def key_at(self, number: int) -> str:
        """The key of that row, "" when there is none."""
        row = self.row(number)
        return "" if row is None else self._key(row)

    def number_of(self, key: str) -> int:
        """Where the row of that key stands, -1 when it is not loaded."""
        keys = (self._key(row) for row in self._rows)
        return next((number for number, one in enumerate(keys) if one == key), -1)

    def replace(self, rows: Sequence[RowT], more: Callable[[], object] | None = None) -> None:
        """Show these rows. `more` asks for the next page; its answer comes through `append`."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def append(self, rows: Sequence[RowT], more: Callable[[], object] | None = None) -> None:
        """Add the next page."""
        self._more, self._asked = more, False
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def is_faded(self, number: int) -> bool:
        """Whether that row is done with."""
        row = self.row(number)
        return row is not None and self._faded is not None and self._faded(row)

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────
    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid() and self._more is not None and not self._asked:
            self._asked = True
            self._more()

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = self.row(index.row())
        if not index.isValid() or row is None:
            return None
        column = self.columns[index.column()]
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            return column.plain(row)
        if role == Role.ToolTipRole:
            return plain_tip(column.plain(row))
        if role == Role.TextAlignmentRole:
            return alignment(column.kind)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return column.tip or None
        if role == Role.TextAlignmentRole:
            return alignment(column.kind)
        return None


def alignment(kind: Kind) -> Qt.AlignmentFlag:
    """Numbers stand right, all else left."""
    side = Qt.AlignmentFlag.AlignRight if kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
