"""A list of the form's rows with the one under the cursor below it: what 字段 and 正文 share."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_text import move_row
from inspector_app.ui.forms.form import Form
from inspector_app.ui.pages.forms.rows_bar import RowsBar
from inspector_app.ui.pages.forms.work import FormWork, is_typing
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import hair, scrolling


class Numbered(Protocol):
    """A row that knows its place in the array."""

    @property
    def number(self) -> int:
        """From 0."""
        raise NotImplementedError


RowT = TypeVar("RowT", bound=Numbered)


class RowsView(QWidget, Generic[RowT]):
    """The rows of one `array` of the form. `said` carries the sentence of a refusal."""

    said = Signal(str)
    array = ""
    counted = "行"  # 3 个字段, 12 段

    def __init__(
        self, work: FormWork, table: RowsTable[RowT], form: Form, shares: tuple[int, int]
    ) -> None:
        super().__init__()
        self._work, self.table = work, table
        column = box(QVBoxLayout(self))
        self.bar = RowsBar(self.open_add, self.shift, self.remove)
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 12, 8, 12)).addWidget(form)
        column.addWidget(self.bar)
        column.addWidget(hair())
        column.addWidget(table, shares[0])
        column.addWidget(hair())
        column.addWidget(scrolling(holder), shares[1])
        self._form: Form = form
        table.chosen.connect(lambda _row: self._show_form())
        table.opened.connect(lambda _row: self.enter())

    # ── what the subclasses know ─────────────────────────────────────────────────────────────
    def _rows_of(self, kind: PaperKind) -> list[RowT]:
        """The rows as the list shows them."""
        raise NotImplementedError

    def _show_row(self, row: RowT, kind: PaperKind) -> None:
        """Put the row under the cursor into the form."""
        raise NotImplementedError

    def open_add(self) -> object:
        """A row behind this one, or a menu of what it could be."""
        raise NotImplementedError

    def remove(self) -> None:
        """Take this row out unless something needs it."""
        raise NotImplementedError

    def enter(self) -> None:
        """Go from the list into the form."""
        raise NotImplementedError

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def refresh(self, *, anew: bool = False) -> None:
        """Show the rows of the text on the desk; a row being typed in stays as it is."""
        kind = self._work.kind()
        if kind is None:
            return
        typing = not anew and is_typing(self._form)
        rows = self._rows_of(kind)
        self.table.show_rows(rows)
        if rows and not self.table.current_key():
            self.table.selectRow(0)
        if not typing:
            self._show_form()
        self._tell()

    def _show_form(self) -> None:
        row, kind = self.table.current_row(), self._work.kind()
        self._form.setEnabled(row is not None)
        if row is not None and kind is not None and row.number < self._count():
            self._show_row(row, kind)
        self._tell()

    def _tell(self) -> None:
        count = self._count()
        self.bar.show_place(self.number(), count, f"{count} {self.counted}")

    def _count(self) -> int:
        return len(self._work.rows(self.array))

    def number(self) -> int:
        """Which row is under the cursor, from 0; -1 for none."""
        row = self.table.current_row()
        return row.number if row is not None else -1

    def select(self, number: int) -> None:
        """Put the cursor on the row of that number."""
        self.table.selectRow(number)
        self.table.scrollTo(self.table.rows_model.index(number, 0))
        self.table.setFocus()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    # ── changing ─────────────────────────────────────────────────────────────────────────────
    def put(self, change: Callable[[], str], number: int) -> bool:
        """Change the text and go to a row; what refuses is said and changes nothing."""
        try:
            text = change()
        except UserError as error:
            self.said.emit(error.message)
            return False
        self._work.put(text)
        self.select(min(number, self._count() - 1))
        return True

    def shift(self, step: int) -> None:
        """Up or down by one."""
        number, count = self.number(), self._count()
        to = number + step
        if 0 <= number < count and 0 <= to < count:
            self.put(lambda: move_row(self._work.text, self.array, number, to), to)
