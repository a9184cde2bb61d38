"""The kinds of paper at the left: whose form each has, since when, and unfinished work."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from inspector_app.services.template_rows import FormRow
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

WIDTH = 226
OWN, ADDED, UNSAVED = "本局", "本局另存", "有未存的改动"


def below(row: FormRow) -> str:
    """本局 局2026-1，2026-11-01 起; what comes next stands behind it."""
    if row.problem:
        return row.problem
    parts = [f"{ADDED if row.added else OWN} {row.version}" if row.own else f"随程序 {row.version}"]
    parts += [f"{row.effective_from:%Y-%m-%d} 起"] if row.own else []
    parts += [f"{day:%m-%d} 起 {version}" for version, day in row.waiting[:1]]
    return "，".join(parts)


class KindsList(Panel):
    """`chosen` carries the FormRow under the cursor; `unfinished` tells kinds with unsaved work."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, unfinished: Callable[[str], bool]) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._rows: Sequence[FormRow] = ()
        self._unfinished = unfinished
        bar = box(QHBoxLayout(), (10, 10, 10, 10), 8)
        self.search = SearchBox("文种名称", width=WIDTH - 24)
        self.search.edit.textChanged.connect(lambda _text: self._filter())
        self.search.down.connect(self.to_table)
        bar.addWidget(self.search)
        self.column.addLayout(bar)
        self.column.addWidget(hair())
        columns = (
            Column[FormRow]("文种", lambda row: row.title, 120, Kind.TWO_LINE, stretch=True,
                            sub=self._below),
        )  # fmt: skip
        self.table: RowsTable[FormRow] = RowsTable(columns, lambda row: row.id, name="文种")
        self.table.horizontalHeader().hide()
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(lambda _row: self.opened.emit())
        self.states = StateStack(self.table, "document_text_20")
        self.column.addWidget(self.states, 1)
        self.column.addWidget(hair())
        foot = box(QHBoxLayout(), (12, 8, 12, 8), 8)
        self.count = label("", "caption")
        foot.addWidget(self.count)
        self.column.addLayout(foot)

    def _below(self, row: FormRow) -> str:
        return f"{UNSAVED}，{below(row)}" if self._unfinished(row.id) else below(row)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────
    def show_rows(self, rows: Sequence[FormRow]) -> None:
        """All kinds; the list shows those whose name holds what is searched for."""
        self._rows = rows
        own = sum(row.own for row in rows)
        self.count.setText(f"{len(rows)} 种，本局格式 {own} 种")
        self._filter()

    def rows(self) -> Sequence[FormRow]:
        """All kinds that were read."""
        return self._rows

    def _filter(self) -> None:
        text = self.search.text()
        shown = [row for row in self._rows if text in row.title or text in row.id]
        self.table.show_rows(shown)
        if not self._rows:
            return
        if shown:
            self.states.show_content()
            self.table.select_some_row()
        else:
            self.states.show_empty("没有这种文书", "少写几个字试试。")

    def find_kind(self, kind_id: str) -> bool:
        """Put the cursor on a kind; a search that hides it is taken off."""
        if self.table.rows_model.number_of(kind_id) < 0:
            self.search.set_text("")
            self._filter()
        return self.table.select_key(kind_id)

    def begin_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.edit.selectAll()

    def to_table(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()

    def repaint_marks(self) -> None:
        """Unfinished work began or ended."""
        self.table.viewport().update()
