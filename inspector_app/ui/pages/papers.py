"""文书制作: the register of all papers, drafts first, and the start of a new one."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from inspector_app.domain.papers import PaperState
from inspector_app.services.papers import PaperRow, discard_draft, kinds, paper_list
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.page import Page
from inspector_app.ui.pages.papers_new import NewFor, NewPaper
from inspector_app.ui.pages.papers_rows import COLUMNS, STATES, matches, state_key
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

TITLE, NEW_TITLE = "文书制作", "新文书"


class PapersPage(Page):
    """`arg`: "new" starts a paper, NewFor one of a case, any other text filters the register."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, TITLE)
        self._rows: tuple[PaperRow, ...] | None = None
        self._task: Task[list[PaperRow]] | None = None
        self._list_hint = ""
        self.new_button = self.context.actions.button("paper.new", "primary")
        self.head.add(self.new_button)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_register())
        self.new = NewPaper(context)
        self.new.left.connect(self.show_register)
        self.new.made.connect(self._open_made)
        self.stack.addWidget(self.new)
        self.column.addWidget(self.stack, 1)

    def _build_register(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (12, 10, 12, 10), 10)
        self.search = SearchBox("字号、文书、案号、当事人", width=280)
        self.search.searched.connect(lambda _text: self._show())
        self.search.down.connect(self._to_table)
        self.state, self.kind = Chip("状态"), Chip("文书")
        self.state.set_options(STATES)
        self.kind.set_options([(one.id, one.title) for one in kinds(self.context.desk)])
        self.chips = ChipRow((self.state, self.kind))
        self.chips.changed.connect(self._show)
        self.chips.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        bar.addWidget(self.search)
        bar.addWidget(self.chips)
        bar.addStretch()
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        self.table: RowsTable[PaperRow] = RowsTable(
            COLUMNS,
            lambda row: row.id,
            grid=True,
            faded=lambda row: row.state is PaperState.VOID,
            name="文书登记簿",
        )
        self.table.opened.connect(self._open)
        self.table.set_menu(self._menu)
        self.states = StateStack(self.table, "document_text_20")
        panel.column.addWidget(self.states, 1)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (14, 8, 16, 8), 8)
        self.count = label("", "body")
        foot.addWidget(self.count)
        foot.addStretch()
        panel.column.addLayout(foot)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if arg == "new" or isinstance(arg, NewFor):
            self._show_new(arg.case_no if isinstance(arg, NewFor) else "")
        else:
            self.show_register()
            if isinstance(arg, str) and arg:
                self.search.set_text(arg)
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()
            if self.stack.currentWidget() is self.new:
                self.new.reload()

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"refresh": self._load}
        if self.stack.currentWidget() is self.new:
            here |= {"back": self._back_to_register, "find": self.new.search.setFocus}
        else:
            here |= {"find": self._find, "paper.new": self._show_new}
        return here

    def first_focus(self) -> QWidget | None:
        if self.stack.currentWidget() is not self.new:
            return self.table
        return self.new.first_focus()

    # ── register and new paper ───────────────────────────────────────────────────────────────
    def show_register(self) -> None:
        """The list of papers."""
        self.stack.setCurrentIndex(0)
        self.head.set_title(TITLE)
        self.head.set_hint(self._list_hint)
        self.new_button.show()
        self.handlers_changed()

    def _back_to_register(self) -> None:
        self.show_register()
        self._to_table()

    def _show_new(self, case_no: str = "") -> None:
        self.stack.setCurrentWidget(self.new)
        self.head.set_title(NEW_TITLE)
        self.head.set_hint("已有的事实自动填入，制发时才编号")
        self.new_button.hide()
        self.new.open_for(case_no)
        self.handlers_changed()

    def _open_made(self, paper_id: str) -> None:
        self.show_register()
        self.context.open_page("paper", paper_id)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if self._rows is None:
            self.states.show_loading()
        desk = self.context.desk
        self._task = self.context.tasks.query(
            self, lambda: paper_list(desk), self._arrived, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._load)

    def _arrived(self, rows: list[PaperRow]) -> None:
        self._task, self._rows = None, tuple(rows)
        drafts = sum(row.state is PaperState.DRAFT for row in rows)
        waiting = sum(state_key(row) == "unserved" for row in rows)
        self._list_hint = f"草稿 {drafts} 份，待送达 {waiting} 份，共 {len(rows)} 份"
        if self.stack.currentWidget() is not self.new:
            self.head.set_hint(self._list_hint)
        self._show()

    def _show(self) -> None:
        if self._rows is None:
            return
        text, states, chosen = self.search.text(), self.state.chosen(), self.kind.chosen()
        rows = [row for row in self._rows if matches(row, text, states, chosen)]
        self.chips.sync()
        self.table.show_rows(rows)
        self.count.setText(f"{len(rows)} 份")
        if rows:
            self.states.show_content()
            if not self.table.current_key():
                self.table.selectRow(0)
        elif self._rows:
            clear = button("清除筛选", "", "dismiss_20", clicked=self._clear)
            self.states.show_empty("没有符合筛选的文书", "换一个条件，或清除筛选。", (clear,))
        else:
            self.states.show_empty(
                "还没有文书",
                "选一个案件，开具第一份文书（Ctrl+D）。",
                (self.context.actions.button("paper.new", "primary"),),
            )

    def _clear(self) -> None:
        self.search.set_text("")
        self.chips.clear()

    # ── the table ────────────────────────────────────────────────────────────────────────────
    def _find(self) -> None:
        self.search.setFocus()
        self.search.edit.selectAll()

    def _to_table(self) -> None:
        self.table.setFocus()

    def _open(self, row: PaperRow) -> None:
        self.context.open_page("paper", row.id)

    def _menu(self, row: PaperRow) -> QMenu:
        entries: list[str | Entry | None] = [
            Entry("打开", lambda: self._open(row), "folder_open_20"),
            Entry("复制本行", self.table.copy_selection, "copy_20"),
        ]
        if row.case_id:
            case_id = row.case_id
            go = Entry("打开案件", lambda: self.context.open_page("case", case_id), "table_20")
            entries.insert(1, go)
        if row.state is PaperState.DRAFT:
            entries += [None, Entry("删除草稿", lambda: self._discard(row), "delete_20")]
        return self.context.actions.menu(self, entries)

    def _discard(self, row: PaperRow) -> None:
        desk = self.context.desk
        self.context.tasks.work(
            self,
            lambda: discard_draft(desk, row.id),
            lambda _: self.context.done("已删除草稿"),
        )


def make(context: UiContext) -> Page:
    """The paper register."""
    return PapersPage(context)
