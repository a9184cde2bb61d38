"""字段: what the form asks, row by row, with the field under the cursor below to be changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.domain.papers import FieldType, PaperKind
from inspector_app.library.form_edit import add_field, remove_field
from inspector_app.services.template_checks import LITERAL
from inspector_app.ui.pages.forms.field_form import Facts, FieldForm
from inspector_app.ui.pages.forms.rows_view import RowsView
from inspector_app.ui.pages.forms.work import FormWork
from inspector_app.ui.tables.columns import Column
from inspector_app.ui.tables.view import RowsTable

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


class FieldsView(RowsView[FieldRow]):
    """What the shipped form and the law need stays; everything else may go."""

    array = "field"
    counted = "个字段"

    def __init__(self, work: FormWork) -> None:
        table: RowsTable[FieldRow] = RowsTable(COLUMNS, lambda row: row.id, grid=True, name="字段")
        self.form = FieldForm(work)
        super().__init__(work, table, self.form, (4, 5))
        self._shipped: PaperKind | None = None
        self.form.retyped.connect(self._show_form)

    def set_shipped(self, shipped: PaperKind, facts: Facts) -> None:
        """Whose fields are filled and read by the program, and what the ledger can fill in."""
        self._shipped = shipped
        self.form.set_facts(facts)

    def _rows_of(self, kind: PaperKind) -> list[FieldRow]:  # noqa: ARG002 - as they are written
        return [FieldRow.of(number, row) for number, row in enumerate(self._work.rows("field"))]

    def _show_row(self, row: FieldRow, kind: PaperKind) -> None:  # noqa: ARG002 - as it is written
        known = {one.id for one in self._shipped.fields} if self._shipped else set()
        written = self._work.rows("field")[row.number]
        self.form.show_row(row.number, written, fixed_type=row.id in known)

    def enter(self) -> None:
        self.form.label_.setFocus()

    def open_add(self) -> None:
        """A new field behind this one; its name is typed at once."""
        kind, number = self._work.kind(), self.number() + 1
        if kind is not None and self.put(lambda: add_field(self._work.text, kind, number), number):
            self.enter()
            self.form.label_.edit.selectAll()

    def remove(self) -> None:
        """Take this field out, unless the law, the body or a check needs it."""
        kind, shipped, number = self._work.kind(), self._shipped, self.number()
        if kind is not None and shipped is not None and number >= 0:
            self.put(lambda: remove_field(self._work.text, kind, shipped, number), number)
