"""正文: the blocks as they are printed, with their conditions in words; one below to be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from inspector_app.domain.form_words import (
    BLOCK_WORDS,
    FILTER_WORDS,
    OFFICE_WORDS,
    WAYS,
    conditions_in_words,
    names_in_words,
    shown,
)
from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_edit import add_block
from inspector_app.library.form_text import move_row, remove_row
from inspector_app.ui.actions import Actions, Entry
from inspector_app.ui.pages.forms.block_form import BlockForm
from inspector_app.ui.pages.forms.rows_bar import RowsBar
from inspector_app.ui.pages.forms.work import FormWork, is_typing
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import hair, scrolling

ROW_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block as the list shows it."""

    number: int
    kind: str
    words: str
    when: str

    @property
    def key(self) -> str:
        """Its place is its name."""
        return str(self.number)


def block_row(
    number: int, row: Mapping[str, object], kind: PaperKind, settings: Mapping[str, str]
) -> BlockRow:
    """A block in words, from the row as it is written."""
    name = str(row.get("kind", ""))
    rows, when, options = row.get("rows"), row.get("when"), row.get("options")
    text = str(row.get("text", "")) or "　".join(map(str, rows if isinstance(rows, list) else []))
    field = options.get("field") if isinstance(options, dict) else ""
    labels = {one.id: one.label for one in kind.fields}
    words = shown(text, kind, settings) or labels.get(str(field), "")
    conditions = [str(one) for one in when] if isinstance(when, list) else []
    told = conditions_in_words(conditions, kind, settings)
    said = f"{told}时印" if told else ""
    return BlockRow(number, BLOCK_WORDS.get(name, name), " ".join(words.split()), said)


COLUMNS: tuple[Column[BlockRow], ...] = (
    Column("段", lambda row: str(row.number + 1), 44),
    Column("种类", lambda row: row.kind, 88),
    Column("内容", lambda row: row.words or "（不印文字）", 180, Kind.TWO_LINE, stretch=True,
           sub=lambda row: row.when),
)  # fmt: skip


class BodyView(QWidget):
    """`said` carries the sentence of a refusal."""

    said = Signal(str)

    def __init__(self, work: FormWork, actions: Actions, settings: Mapping[str, str]) -> None:
        super().__init__()
        self._work, self._actions, self._settings = work, actions, settings
        column = box(QVBoxLayout(self))
        self.bar = RowsBar(self.open_add_menu, self.shift, self.remove)
        self.table: RowsTable[BlockRow] = RowsTable(
            COLUMNS, lambda row: row.key, row_height=ROW_HEIGHT, name="正文"
        )
        self.form = BlockForm(work, settings)
        self.form.insert_wanted.connect(self.open_insert_menu)
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 12, 8, 12)).addWidget(self.form)
        column.addWidget(self.bar)
        column.addWidget(hair())
        column.addWidget(self.table, 5)
        column.addWidget(hair())
        column.addWidget(scrolling(holder), 4)
        self.table.chosen.connect(lambda _row: self._show_form())
        self.table.opened.connect(lambda _row: self.enter())

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def refresh(self, *, anew: bool = False) -> None:
        """Show the blocks of the text on the desk; a block being typed in stays as it is."""
        kind = self._work.kind()
        if kind is None:
            return
        typing = not anew and is_typing(self.form)
        rows = [
            block_row(number, row, kind, self._settings)
            for number, row in enumerate(self._work.rows("body"))
        ]
        self.table.show_rows(rows)
        if rows and not self.table.current_key():
            self.table.selectRow(0)
        if not typing:
            self._show_form()
        self._tell()

    def _show_form(self) -> None:
        row, rows, kind = self.table.current_row(), self._work.rows("body"), self._work.kind()
        self.form.setEnabled(row is not None)
        if row is not None and kind is not None and row.number < len(rows):
            self.form.show_row(row.number, rows[row.number], kind)
        self._tell()

    def _tell(self) -> None:
        count = self.table.rows_model.rowCount()
        self.bar.show_place(self._number(), count, f"{count} 段")

    def _number(self) -> int:
        row = self.table.current_row()
        return row.number if row is not None else -1

    def select(self, number: int) -> None:
        """Put the cursor on the block of that number."""
        self.table.selectRow(number)
        self.table.scrollTo(self.table.rows_model.index(number, 0))
        self.table.setFocus()

    def enter(self) -> None:
        """Go from the list into the form."""
        fields = (self.form.text, self.form.rows, self.form.field, self.form.when)
        next(one for one in fields if not one.isHidden()).setFocus()

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.table

    # ── changing ─────────────────────────────────────────────────────────────────────────────
    def open_add_menu(self) -> QMenu:
        """Which kind of block comes behind this one."""
        entries = [
            Entry(words, lambda name=name: self.add(name))  # type: ignore[misc]  # bound at once
            for name, words in BLOCK_WORDS.items()
        ]
        return self._open(entries, self.bar.add)

    def add(self, name: str) -> None:
        """A block behind this one, ready to be written."""
        kind, number = self._work.kind(), self._number() + 1
        if kind is None:
            return
        try:
            text = add_block(self._work.text, kind, number, name)
        except UserError as error:
            self.said.emit(error.message)
            return
        self._work.put(text)
        self.select(number)
        self.enter()

    def shift(self, step: int) -> None:
        """Up or down by one."""
        number, count = self._number(), self.table.rows_model.rowCount()
        to = number + step
        if 0 <= number < count and 0 <= to < count:
            self._work.put(move_row(self._work.text, "body", number, to))
            self.select(to)

    def remove(self) -> None:
        """Take this block out; what the law wants printed is told by the check list."""
        number, count = self._number(), self.table.rows_model.rowCount()
        if 0 <= number < count and count > 1:
            self._work.put(remove_row(self._work.text, "body", number))
            self.select(min(number, count - 2))

    # ── marks ────────────────────────────────────────────────────────────────────────────────
    def open_insert_menu(self, at: QWidget) -> QMenu | None:
        """Every field in the ways it can be printed, then what the office knows."""
        kind = self._work.kind()
        if kind is None:
            return None
        names = names_in_words(kind, self._settings)
        own = [
            self._mark(names.get(field.id, field.id), way)
            for field in kind.fields
            for way in WAYS.get(field.type, ("",))
        ]
        office = [self._mark(names.get(one, one), "") for one in OFFICE_WORDS]
        return self._open([*own, None, *office], at)

    def _mark(self, name: str, way: str) -> Entry:
        word = FILTER_WORDS.get(way, "")
        mark = f"{{{name}|{word}}}" if word else f"{{{name}}}"
        title = f"{name}（{word}）" if word else name
        return Entry(title, lambda: self.form.insert_mark(mark))

    def _open(self, entries: Sequence[Entry | None], at: QWidget) -> QMenu:
        menu = self._actions.menu(self, entries)
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
        return menu
