"""What a file would bring: how its columns are read, which rows come in, which do not, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.masking import mask_id_number, mask_name, mask_phone, mask_text
from inspector_app.domain.money import yuan
from inspector_app.services.intake import ImportPreview
from inspector_app.sheets.fields import FIELDS, FieldKind, FieldSpec
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.pages.case.table_panel import TablePanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label, scrolling
from inspector_app.ui.widgets.buttons import tabs

TABS = ("各列的含义", "可导入", "退回", "改动的值", "略过的行")
SAMPLES = 3
COLUMNS_PER_LINE = 3


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a list: its number in the file and words about it."""

    key: str
    row_no: int
    what: str
    words: str


def _columns(what: str, words: str) -> tuple[Column[RowLine], ...]:
    return (
        Column("行", lambda row: f"{row.row_no}", 60, Kind.NUMBER),
        Column(what, lambda row: row.what, 260),
        Column(words, lambda row: row.words, 200, stretch=True),
    )


def spec_of(preview: ImportPreview, field_id: str) -> FieldSpec | None:
    """The field of that id in the preview's kind of list."""
    return next((one for one in FIELDS[preview.kind] if one.id == field_id), None)


def shown_value(spec: FieldSpec | None, text: str) -> str:
    """A cell as it may stand in a preview: persons' data masked."""
    if spec is None:
        return mask_text(text)
    if spec.kind is FieldKind.ID_NUMBER:
        return mask_id_number(text)
    if spec.kind is FieldKind.DIGITS:
        return mask_phone(text)
    if spec.id in ("person_name", "name") and spec.kind is FieldKind.NAME:
        return mask_name(text)
    return mask_text(text)


class MappingPanel(QWidget):
    """Each column of the file with the field it is taken for; `changed` after a correction."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), (14, 4, 4, 8), 8)
        self.words = label("", "body", wrap=True)
        column.addWidget(self.words)
        holder = QWidget()
        self._grid = box(QGridLayout(holder), (0, 0, 10, 0), 12)
        for number in range(COLUMNS_PER_LINE):
            self._grid.setColumnStretch(number, 1)
        column.addWidget(scrolling(holder), 1)
        self.fields: dict[int, ChoiceField] = {}

    def show_preview(self, preview: ImportPreview) -> None:
        """Show the columns of a file."""
        clear_layout(self._grid)
        mapping = preview.mapping
        rows = "、".join(str(one + 1) for one in mapping.header_rows) or "无"
        recalled = "用了上次核对过的对应关系。" if preview.recalled else ""
        self.words.setText(
            f"表头在第 {rows} 行，数据从第 {mapping.first_data_row + 1} 行起。{recalled}"
            "认错的列在这里改；选“不导入”的列，内容作为补充文字保留。"
        )
        by_column = {column: field for field, column in mapping.columns.items()}
        options = [(one.id, one.label) for one in FIELDS[preview.kind]]
        self.fields = {}
        for number, header in enumerate(mapping.headers):
            field = ChoiceField(str(number), header or f"第 {number + 1} 列", options)
            field.combo.setItemText(0, "不导入")
            chosen = by_column.get(number, "")
            field.set_value(chosen)
            field.set_hint(_samples(preview, number, chosen))
            field.edited.connect(self.changed)
            self.fields[number] = field
            self._grid.addWidget(field, number // COLUMNS_PER_LINE, number % COLUMNS_PER_LINE)
        self._grid.setRowStretch(len(mapping.headers) // COLUMNS_PER_LINE + 1, 1)

    def columns(self) -> dict[str, int]:
        """Field to column, as chosen now; of two columns for one field the later counts."""
        return {
            str(field.value()): number for number, field in self.fields.items() if field.value()
        }


def _samples(preview: ImportPreview, number: int, field_id: str) -> str:
    spec = spec_of(preview, field_id)
    cells = [row[number] for row in preview.sample[:SAMPLES] if number < len(row) and row[number]]
    words = "；".join(shown_value(spec, cell) for cell in cells)
    return f"例：{words[:40]}" if words else "这一列是空的"


class PreviewTabs(QWidget):
    """The columns, and the rows sorted by what becomes of them."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=8)
        self.tabs = tabs(TABS)
        self.tabs.chosen.connect(self.show_tab)
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 0, 12, 0)).addWidget(self.tabs)
        column.addWidget(holder)
        self.mapping = MappingPanel()
        self.accepted = _panel("单位或姓名", "内容", "可导入的行", "没有可导入的行")
        self.rejected = _panel("原文", "退回的原因", "退回的行", "没有退回的行")
        self.notes = _panel("原文", "理解为", "改动的值", "没有改动")
        self.left_out = _panel("原文", "为什么略过", "略过的行", "没有略过的行")
        self.stack = QStackedWidget()
        for one in (self.mapping, self.accepted, self.rejected, self.notes, self.left_out):
            self.stack.addWidget(one)
        column.addWidget(self.stack, 1)

    def show_tab(self, number: int) -> None:
        """Bring a tab to the front."""
        self.tabs.set_current(number)
        self.stack.setCurrentIndex(number)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show a file."""
        read = preview.read
        self.mapping.show_preview(preview)
        self.accepted.show_rows(accepted_lines(preview))
        self.rejected.show_rows(rejected_lines(preview))
        self.notes.show_rows(note_lines(preview))
        self.left_out.show_rows(left_out_lines(preview))
        counts = (
            0, len(read.accepted), len(read.rejected), len(read.changed_values),
            len(read.left_out) + len(read.repeated),
        )  # fmt: skip
        names = [f"{name} {n:,}" if n else name for name, n in zip(TABS, counts, strict=True)]
        self.tabs.set_names(names)


def _panel(what: str, words: str, name: str, empty: str) -> TablePanel[RowLine]:
    return TablePanel(_columns(what, words), lambda row: row.key, name, (empty, ""), "table_20")


def accepted_lines(preview: ImportPreview) -> list[RowLine]:
    """Rows that come in, with what was found odd and kept."""
    lines = []
    for row in preview.read.accepted:
        name = str(row.values.get("employer_name") or row.values.get("name") or "")
        spec = spec_of(preview, "name")
        shown = mask_name(name) if _is_person(spec) else name
        words = "；".join([*_figures(row.values), *row.flags])
        lines.append(RowLine(f"a{row.row_no}", row.row_no, shown, words))
    return lines


def _is_person(spec: FieldSpec | None) -> bool:
    """Lists whose rows are people have an identity number beside the name."""
    return spec is not None and "姓名" in spec.names


def _figures(values: Mapping[str, object]) -> list[str]:
    words = []
    project = values.get("project_name")
    if isinstance(project, str) and project:
        words.append(project)
    for key, unit in (("workers", "人"),):
        if isinstance(count := values.get(key), int):
            words.append(f"{count} {unit}")
    for key, title in (("amount_fen", "金额"), ("due_fen", "应发"), ("contract_fen", "合同价")):
        if isinstance(fen := values.get(key), int):
            words.append(f"{title} {yuan(fen)} 元")
    return words


def rejected_lines(preview: ImportPreview) -> list[RowLine]:
    """Rows that stay out, each with its reason."""
    return [
        RowLine(f"r{row.row_no}", row.row_no, _text([c.text for c in row.cells]), row.reason)
        for row in preview.read.rejected
    ]


def _text(cells: Sequence[str]) -> str:
    words = "　".join(mask_text(cell.strip()) for cell in cells if cell.strip())
    return words if len(words) <= 60 else f"{words[:60]}…"


def note_lines(preview: ImportPreview) -> list[RowLine]:
    """Values understood otherwise than written."""
    lines = []
    for number, note in enumerate(preview.read.changed_values):
        spec = spec_of(preview, note.field.removesuffix("_fen"))
        title = spec.label if spec else note.field
        meant = note.understood
        money = spec is not None and spec.kind is FieldKind.MONEY and isinstance(meant, int)
        words = f"{yuan(meant)} 元" if money and isinstance(meant, int) else str(meant)
        lines.append(
            RowLine(
                f"n{number}",
                note.row,
                f"{title}：{shown_value(spec, note.written)}",
                shown_value(spec, words) if not money else words,
            )
        )
    return lines


def left_out_lines(preview: ImportPreview) -> list[RowLine]:
    """Sums, signatures and headings between the data, and rows that say the same twice."""
    read = preview.read
    lines = [
        RowLine(f"l{one.row_no}", one.row_no, mask_text(one.text), one.why) for one in read.left_out
    ]
    lines += [
        RowLine(
            f"d{row.row_no}",
            row.row_no,
            str(row.values.get("employer_name") or ""),
            f"与第 {row.repeat_of} 行重复",
        )
        for row in read.repeated
    ]
    return sorted(lines, key=lambda line: line.row_no)
