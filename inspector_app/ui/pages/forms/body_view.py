"""正文: the blocks as they are printed, with their conditions in words; one below to be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from inspector_app.domain.form_words import (
    BLOCK_WORDS,
    FILTER_WORDS,
    OFFICE_WORDS,
    conditions_in_words,
    names_in_words,
    shown,
    ways_of,
)
from inspector_app.domain.papers import PaperKind
from inspector_app.library.form_edit import add_block
from inspector_app.library.form_text import remove_row
from inspector_app.ui.actions import Actions, Entry
from inspector_app.ui.pages.forms.block_form import BlockForm
from inspector_app.ui.pages.forms.rows_view import RowsView
from inspector_app.ui.pages.forms.work import FormWork
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable

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


class BodyView(RowsView[BlockRow]):
    """Blocks by their Chinese names; what is printed when is told below each."""

    array = "body"
    counted = "段"

    def __init__(self, work: FormWork, actions: Actions, settings: Mapping[str, str]) -> None:
        table: RowsTable[BlockRow] = RowsTable(
            COLUMNS, lambda row: row.key, row_height=ROW_HEIGHT, name="正文"
        )
        self.form = BlockForm(work, settings)
        super().__init__(work, table, self.form, (5, 4))
        self._actions, self._settings = actions, settings
        self.form.insert_wanted.connect(self.open_insert_menu)

    def _rows_of(self, kind: PaperKind) -> list[BlockRow]:
        return [
            block_row(number, row, kind, self._settings)
            for number, row in enumerate(self._work.rows("body"))
        ]

    def _show_row(self, row: BlockRow, kind: PaperKind) -> None:
        self.form.show_row(row.number, self._work.rows("body")[row.number], kind)

    def enter(self) -> None:
        fields = (self.form.text, self.form.rows, self.form.field, self.form.when)
        next(one for one in fields if not one.isHidden()).setFocus()

    # ── changing ─────────────────────────────────────────────────────────────────────────────
    def open_add(self) -> QMenu:
        """Which kind of block comes behind this one."""
        entries = [
            Entry(words, lambda name=name: self.add(name))  # type: ignore[misc]  # bound at once
            for name, words in BLOCK_WORDS.items()
        ]
        return self._open(entries, self.bar.add)

    def add(self, name: str) -> None:
        """A block behind this one, ready to be written."""
        kind, number = self._work.kind(), self.number() + 1
        text = self._work.text
        if kind is not None and self.put(lambda: add_block(text, kind, number, name), number):
            self.enter()

    def remove(self) -> None:
        """Take this block out; what the law wants printed is told by the check list."""
        number = self.number()
        if self._count() < 2:
            self.said.emit("正文至少要留一段")
        elif number >= 0:
            self.put(lambda: remove_row(self._work.text, "body", number), number)

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
            for way in ways_of(field)
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
