"""The rows of a table field: text cells typed by the user, amounts kept as fen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from inspector_app.domain.money import parse_yuan, yuan
from inspector_app.domain.papers import Column, TableRow
from inspector_app.errors import UserError
from inspector_app.ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Derive = Callable[[TableRow], TableRow]
NUMBER_COLUMN = "no"  # 序号 is counted, never typed
_NONE = QModelIndex()


def shown(column: Column, text: str) -> str:
    """A cell as people read it: amounts with separators."""
    if column.kind == "money" and text.lstrip("-").isdigit():
        return yuan(int(text))
    return text


def stored(column: Column, typed: str) -> str:
    """A cell as it is kept: amounts in fen; UserError says what is wrong with it."""
    text = " ".join(typed.split())
    if not text or column.kind == "text":
        return text
    if column.kind == "money":
        return str(parse_yuan(text))
    bare = text.replace(",", "")
    if not (bare.isascii() and bare.isdigit()):
        raise UserError(f"“{column.title}”请填整数")
    return bare


class TableRowsModel(QAbstractTableModel):
    """`edited` after a change by the user; `refused` with the sentence when a cell was no good."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, columns: Sequence[Column], derive: Derive | None = None) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._derive = derive
        self._rows: list[TableRow] = []

    def rows(self) -> tuple[TableRow, ...]:
        """The rows that hold anything, counted anew."""
        kept = [row for row in self._rows if any(v for k, v in row.items() if k != NUMBER_COLUMN)]
        return tuple(self._numbered(row, number) for number, row in enumerate(kept, start=1))

    def _numbered(self, row: TableRow, number: int) -> TableRow:
        counted = any(column.id == NUMBER_COLUMN for column in self.columns)
        return {**row, NUMBER_COLUMN: str(number)} if counted else dict(row)

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = [dict(row) for row in rows]
        self.endResetModel()

    def add_row(self, row: TableRow | None = None) -> int:
        """One more row at the end; its number."""
        place = len(self._rows)
        self.beginInsertRows(QModelIndex(), place, place)
        self._rows.append(dict(row or {}))
        self.endInsertRows()
        if row:
            self.edited.emit()
        return place

    def drop_rows(self, numbers: Sequence[int]) -> None:
        """Take rows out."""
        for number in sorted(set(numbers), reverse=True):
            self.beginRemoveRows(QModelIndex(), number, number)
            del self._rows[number]
            self.endRemoveRows()
        if numbers:
            self.edited.emit()

    def total(self, column: Column) -> int:
        """The sum of a money column in fen."""
        cells = (row.get(column.id, "") for row in self._rows)
        return sum(int(cell) for cell in cells if cell.lstrip("-").isdigit())

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────
    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == Role.TextAlignmentRole:
            right = column.kind in ("money", "integer")
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return None
        if column.id == NUMBER_COLUMN:
            return str(index.row() + 1)
        text = shown(column, row.get(column.id, ""))
        return plain_tip(text) if role == Role.ToolTipRole else text

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role != Role.EditRole:
            return False
        column, row = self.columns[index.column()], self._rows[index.row()]
        try:
            text = stored(column, str(value))
        except UserError as error:
            self.refused.emit(f"第 {index.row() + 1} 行{column.title}：{error.message}")
            return False
        self.refused.emit("")
        if text == row.get(column.id, ""):
            return True
        row[column.id] = text
        if self._derive is not None:
            row.update(self._derive(row))
        last = self.index(index.row(), len(self.columns) - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()].id != NUMBER_COLUMN:
            return usual | Qt.ItemFlag.ItemIsEditable
        return usual

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        sideways = orientation == Qt.Orientation.Horizontal
        if role == Role.DisplayRole and sideways and 0 <= section < len(self.columns):
            return self.columns[section].title
        return None
