"""The field that is a table: typed cell by cell, or pasted from a workbook, with its sums below."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
)

from inspector_app.domain.money import yuan
from inspector_app.domain.papers import Column, TableRow
from inspector_app.errors import UserError
from inspector_app.ui.forms.field import Check, FormField
from inspector_app.ui.forms.table_model import NUMBER_COLUMN, Derive, TableRowsModel, stored
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import hair, label
from inspector_app.ui.widgets.buttons import button

ROW_HEIGHT = 32
LEAST_ROWS, MOST_ROWS = 3, 10
PX_PER_MM = 4.4  # columns are declared in mm of the paper


class TableField(FormField):
    """The value is a tuple of rows {column id: text}, amounts in fen as text."""

    def __init__(
        self,
        key: str,
        name: str,
        columns: Sequence[Column],
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
        derive: Derive | None = None,
    ) -> None:
        self.model = TableRowsModel(columns, derive)
        self.view = QTableView()
        holder = QFrame()
        holder.setObjectName("panel")
        super().__init__(key, name, holder, required=required, hint=hint, check=check, why=why)
        self.model.setParent(self)
        self._set_up_view(name)
        column = box(QVBoxLayout(holder), (1, 1, 1, 1))
        column.addWidget(self.view)
        column.addWidget(hair())
        column.addLayout(self._make_foot())
        self.setFocusProxy(self.view)
        self.view.installEventFilter(self)
        self.model.edited.connect(self._changed)
        self.model.refused.connect(self._refused)
        self._say_sums()

    def _set_up_view(self, name: str) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.view.setModel(self.model)
        self.view.setAccessibleName(name)
        self.view.setProperty("grid", "true")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.verticalHeader().hide()
        self.view.setTabKeyNavigation(True)
        self.view.setEditTriggers(
            trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed
        )
        self.view.horizontalHeader().setHighlightSections(False)
        stretch = next((n for n, c in enumerate(self.model.columns) if c.kind == "text" and n), 0)
        head = self.view.horizontalHeader()
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.rescale()

    def _make_foot(self) -> QHBoxLayout:
        foot = box(QHBoxLayout(), (8, 4, 12, 4), 4)
        foot.addWidget(button("加一行", "quiet", "add_20", clicked=self.add_row))
        foot.addWidget(button("删去所选", "quiet", "delete_20", clicked=self.drop_selected))
        tip = "把 Excel 里选中的格子粘进来（Ctrl+V）"
        foot.addWidget(button("粘贴", "quiet", "copy_20", tip, self.paste))
        foot.addStretch()
        self._sums = label("", "sectionTitle")
        foot.addWidget(self._sums)
        return foot

    # ── value ────────────────────────────────────────────────────────────────────────────────
    def value(self) -> object:
        return self.model.rows()

    def set_value(self, value: object) -> None:
        rows = value if isinstance(value, tuple | list) else ()
        if tuple(rows) != self.model.rows():
            self.model.set_rows([row for row in rows if isinstance(row, dict)])
        self.rescale()
        self._say_sums()

    def is_empty(self) -> bool:
        return not self.model.rows()

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def add_row(self) -> None:
        """One more row, ready for typing."""
        number = self.model.add_row()
        first = next(n for n, c in enumerate(self.model.columns) if c.id != NUMBER_COLUMN)
        self.rescale()
        self.view.setFocus()
        self.view.setCurrentIndex(self.model.index(number, first))
        self._edit_current()

    def _edit_current(self) -> None:
        index = self.view.currentIndex()
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.view.edit(index)

    def drop_selected(self) -> None:
        """Take the rows of the selected cells out."""
        self.model.drop_rows([one.row() for one in self.view.selectionModel().selectedIndexes()])

    def paste(self) -> None:
        """Cells copied in a workbook, from the current cell on to the right, as new rows below."""
        lines = [line for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        current = self.view.currentIndex()
        first = current.column() if current.isValid() else 0
        columns = [c for c in self.model.columns[first:] if c.id != NUMBER_COLUMN]
        made: list[TableRow] = []
        for number, line in enumerate(lines, start=1):
            cells = zip(columns, line.split("\t"), strict=False)
            try:
                made.append({column.id: stored(column, cell) for column, cell in cells})
            except UserError as error:
                self.set_error(f"粘贴的第 {number} 行：{error.message}，没有粘入")
                return
        for row in made:
            self.model.add_row(row)
        self.rescale()

    def _changed(self) -> None:
        self._say_sums()
        self._told()

    def _refused(self, sentence: str) -> None:
        self.set_error(sentence)

    def _say_sums(self) -> None:
        money = [column for column in self.model.columns if column.kind == "money"]
        sums = "　".join(f"{c.title} {yuan(self.model.total(c))}" for c in money)
        self._sums.setText(f"{len(self.model.rows())} 人次　{sums}" if money else "")

    def rescale(self) -> None:
        """Rows and columns follow the text size; the table grows with its rows up to a height."""
        t = tokens()
        self.view.verticalHeader().setDefaultSectionSize(t.px(ROW_HEIGHT))
        self.view.horizontalHeader().setFixedHeight(t.px(ROW_HEIGHT))
        rows = min(max(self.model.rowCount(), LEAST_ROWS), MOST_ROWS)
        self.view.setFixedHeight(t.px(ROW_HEIGHT) * (rows + 1) + t.px(12))
        for number, column in enumerate(self.model.columns):
            self.view.setColumnWidth(number, t.px(max(column.width * PX_PER_MM, 44)))

    def set_read_only(self, read_only: bool) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.view.setEditTriggers(trigger.NoEditTriggers if read_only else trigger.DoubleClicked)
        self.editor.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if not self.view.hasFocus():
            return False  # a key the cell's editor passed on, such as the Enter that ends it
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            self.drop_selected()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_row()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._edit_current()
        else:
            return False
        return True
