"""字段: what the form asks, row by row, with the field under the cursor below to be changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.papers import FieldType, PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_edit import add_field, remove_field
from inspector_app.library.form_text import move_row
from inspector_app.services.template_checks import LITERAL
from inspector_app.ui.pages.forms.field_form import Facts, FieldForm
from inspector_app.ui.pages.forms.rows_bar import RowsBar
from inspector_app.ui.pages.forms.work import FormWork, is_typing
from inspector_app.ui.tables.columns import Column
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import hair, scrolling

TYPES = {one.value: one.label for one in FieldType}
FILLED, FIXED = "台账", "固定"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field as the list shows it."""

    number: int
    id: str
    label: str
    type: str
    required: bool
    default: str
    help: str

    @classmethod
    def of(cls, number: int, row: Mapping[str, object]) -> "FieldRow":
        """From the row as it is written."""
        default = str(row.get("default", ""))
        fixed = default.startswith(LITERAL)
        filled = default.removeprefix(LITERAL) if fixed else FILLED if default else ""
        return cls(
            number,
            str(row.get("id", "")),
            str(row.get("label", "")),
            TYPES.get(str(row.get("type", "")), "—"),
            bool(row.get("required")),
            filled,
            str(row.get("help", "")),
        )


COLUMNS: tuple[Column[FieldRow], ...] = (
    Column("名称", lambda row: row.label, 130),
    Column("类型", lambda row: row.type, 84),
    Column("必填", lambda row: "必填" if row.required else "—", 54),
    Column("默认", lambda row: row.default, 76, priority=3),
    Column("为什么问", lambda row: row.help, 120, stretch=True),
)


class FieldsView(QWidget):
    """`said` carries the sentence of a refusal."""

    said = Signal(str)

    def __init__(self, work: FormWork) -> None:
        super().__init__()
        self._work = work
        self._shipped: PaperKind | None = None
        column = box(QVBoxLayout(self))
        self.bar = RowsBar(self.add, self.shift, self.remove)
        self.table: RowsTable[FieldRow] = RowsTable(
            COLUMNS, lambda row: row.id, grid=True, name="字段"
        )
        self.form = FieldForm(work)
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 12, 8, 12)).addWidget(self.form)
        column.addWidget(self.bar)
        column.addWidget(hair())
        column.addWidget(self.table, 4)
        column.addWidget(hair())
        column.addWidget(scrolling(holder), 5)
        self.table.chosen.connect(lambda _row: self._show_form())
        self.table.opened.connect(lambda _row: self.form.label_.setFocus())
        self.form.retyped.connect(self._show_form)

    def set_shipped(self, shipped: PaperKind, facts: Facts) -> None:
        """Whose fields are filled and read by the program, and what the ledger can fill in."""
        self._shipped = shipped
        self.form.set_facts(facts)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def refresh(self, *, anew: bool = False) -> None:
        """Show the fields of the text on the desk; a field being typed in stays as it is."""
        typing = not anew and is_typing(self.form)
        rows = [FieldRow.of(number, row) for number, row in enumerate(self._work.rows("field"))]
        self.table.show_rows(rows)
        if rows and not self.table.current_key():
            self.table.selectRow(0)
        if not typing:
            self._show_form()
        self._tell()

    def _show_form(self) -> None:
        row, rows = self.table.current_row(), self._work.rows("field")
        self.form.setEnabled(row is not None)
        if row is not None and row.number < len(rows):
            known = {one.id for one in self._shipped.fields} if self._shipped else set()
            self.form.show_row(row.number, rows[row.number], fixed_type=row.id in known)
        self._tell()

    def _tell(self) -> None:
        number = self._number()
        count = self.table.rows_model.rowCount()
        self.bar.show_place(number, count, f"{count} 个字段")

    def _number(self) -> int:
        row = self.table.current_row()
        return row.number if row is not None else -1

    def select(self, number: int) -> None:
        """Put the cursor on the field of that number."""
        self.table.selectRow(number)
        self.table.scrollTo(self.table.rows_model.index(number, 0))
        self.table.setFocus()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    # ── changing ─────────────────────────────────────────────────────────────────────────────
    def add(self) -> None:
        """A new field behind this one; its name is typed at once."""
        kind = self._work.kind()
        if kind is None:
            return
        number = self._number() + 1
        self._work.put(add_field(self._work.text, kind, number))
        self.select(number)
        self.form.label_.setFocus()
        self.form.label_.edit.selectAll()

    def shift(self, step: int) -> None:
        """Up or down by one."""
        number, count = self._number(), self.table.rows_model.rowCount()
        to = number + step
        if 0 <= number < count and 0 <= to < count:
            self._work.put(move_row(self._work.text, "field", number, to))
            self.select(to)

    def remove(self) -> None:
        """Take this field out, unless the law, the body or a check needs it."""
        kind, number = self._work.kind(), self._number()
        if kind is None or self._shipped is None or not 0 <= number < len(kind.fields):
            return
        try:
            text = remove_field(self._work.text, kind, self._shipped, number)
        except UserError as error:
            self.said.emit(error.message)
            return
        self._work.put(text)
        self.select(min(number, self.table.rows_model.rowCount() - 1))
