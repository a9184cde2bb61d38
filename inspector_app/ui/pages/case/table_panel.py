"""A tab that is a table: words and buttons above, rows below, and what to do when it is empty."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.ui.tables.columns import Column
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import Button
from inspector_app.ui.widgets.states import StateStack

RowT = TypeVar("RowT")


class TablePanel(QWidget, Generic[RowT]):
    """`empty` is the title and the sentence shown while there are no rows."""

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        key: Callable[[RowT], str],
        name: str,
        empty: tuple[str, str],
        icon_name: str,
        faded: Callable[[RowT], bool] | None = None,
    ) -> None:
        super().__init__()
        self._empty, self._buttons = empty, False
        column = box(QVBoxLayout(self), (0, 0, 0, 0), 8)
        self.bar = box(QHBoxLayout(), (14, 0, 12, 0), 8)
        self.words = label("", "body", wrap=True)
        self.bar.addWidget(self.words, 1)
        column.addLayout(self.bar)
        self.table: RowsTable[RowT] = RowsTable(columns, key, grid=True, faded=faded, name=name)
        self.states = StateStack(self.table, icon_name)
        column.addWidget(self.states, 1)

    def add_button(self, made: Button) -> Button:
        """A small button above the table."""
        made.setProperty("compact", "true")
        self.bar.addWidget(made)
        self._buttons = True
        return made

    def show_rows(self, rows: Sequence[RowT], words: str = "") -> None:
        """Show rows, the current one kept; words stand above them."""
        self.words.setText(words)
        self.words.setVisible(bool(words) or self._buttons)
        self.table.show_rows(rows)
        if not rows:
            self.states.show_empty(*self._empty)
            return
        self.states.show_content()
        self.table.select_some_row()
