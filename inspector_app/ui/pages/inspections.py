"""现场检查: all inspections, the start of a new one, and blank checklists for the field."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.papers.context import RenderedPaper
from inspector_app.services.exports import blank_checklist
from inspector_app.services.inspections import InspectionRow, inspection_list
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.exchange_column import Standings
from inspector_app.ui.page import Page
from inspector_app.ui.pages.inspections_new import NewInspection
from inspector_app.ui.pages.inspections_rows import STATES, columns, matches, ordered
from inspector_app.ui.preview import PdfPreview
from inspector_app.ui.print import ask_and_print, save_pdf
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.states import StateStack

TITLE = "现场检查"
WIDEST_PAGE = 860  # px at 100 %: a page wider than this is no longer seen as a page


class InspectionsPage(Page):
    """`arg`: "new" starts an inspection, any other text filters the list."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, TITLE)
        self._rows: tuple[InspectionRow, ...] | None = None
        self._task: Task[list[InspectionRow]] | None = None
        self._blank: tuple[str, bytes] | None = None
        self._list_hint = ""
        self._build_head()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_list())
        self.new = NewInspection(context)
        self.new.left.connect(self.show_list)
        self.new.made.connect(self._open_made)
        self.stack.addWidget(self.new)
        self.preview = fix(PdfPreview("空白检查表　A4"), max_width=WIDEST_PAGE)
        self.blank_view = QWidget()
        row = box(QHBoxLayout(self.blank_view))
        row.addStretch()
        row.addWidget(self.preview, 100)
        row.addStretch()
        self.stack.addWidget(self.blank_view)
        self.column.addWidget(self.stack, 1)
        self.show_list()

    def _build_head(self) -> None:
        self.blank_button = button(
            "空白检查表", "", "document_table_20", "打印带到现场", self._ask_blank
        )
        self.print_button = button("打印", "primary", "print_20", "Ctrl+P", self._print_blank)
        self.save_button = button("存为 PDF", "", "document_pdf_20", "Ctrl+E", self._save_blank)
        self.back_button = button("返回列表", tip="Esc", clicked=self.show_list)
        self.new_button = self.context.actions.button("inspection.new", "primary")
        for one in (
            self.back_button, self.save_button, self.print_button, self.blank_button,
            self.new_button,
        ):  # fmt: skip
            self.head.add(one)

    def _build_list(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (12, 10, 12, 10), 10)
        self.search = SearchBox("项目、单位、检查表、地点", width=280)
        self.search.searched.connect(lambda _text: self._show())
        self.search.down.connect(self._to_table)
        self.state = Chip("状态")
        self.state.set_options(STATES)
        self.chips = ChipRow((self.state,))
        self.chips.changed.connect(self._show)
        self.chips.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        bar.addWidget(self.search)
        bar.addWidget(self.chips)
        bar.addStretch()
        panel.column.addLayout(bar)
        panel.column.addWidget(hair())
        totals = {k: len(one.items) for k, one in self.context.desk.library.checklists.items()}
        self.stands: Standings[InspectionRow] = Standings(
            self.context, "inspection", lambda row: row.inspection.id
        )
        self.table: RowsTable[InspectionRow] = RowsTable(
            (*columns(totals), self.stands.column()),
            lambda row: row.inspection.id,
            name="现场检查",
        )
        self.stands.follow(self.table)
        self.table.opened.connect(self._open)
        self.table.set_menu(self._menu)
        holder = QWidget()
        box(QVBoxLayout(holder)).addWidget(self.table)
        self.states = StateStack(holder, "clipboard_checkmark_20")
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
        if arg == "new":
            self.show_new()
        else:
            self.show_list()
            if isinstance(arg, str) and arg:
                self.search.set_text(arg)
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()

    def handlers(self) -> Mapping[str, Handler]:
        shown = self.stack.currentWidget()
        if shown is self.new:
            return {"back": self.show_list, "save": self.new.submit}
        if shown is self.blank_view:
            return {
                "back": self.show_list,
                "print": self._print_blank,
                "export": self._save_blank,
            }
        return {
            "find": self._find,
            "refresh": self._load,
            "inspection.new": self.show_new,
            "print": self._ask_blank,
        }

    def first_focus(self) -> QWidget | None:
        return self.new.project if self.stack.currentWidget() is self.new else self.table

    # ── the three views ──────────────────────────────────────────────────────────────────────
    def _turn_to(self, shown: QWidget, title: str, hint: str) -> None:
        self.stack.setCurrentWidget(shown)
        self.head.set_title(title)
        self.head.set_hint(hint)
        blank = shown is self.blank_view
        listing = not blank and shown is not self.new
        self.new_button.setVisible(listing)
        self.blank_button.setVisible(listing)
        for one in (self.back_button, self.save_button, self.print_button):
            one.setVisible(blank)
        self.handlers_changed()

    def show_list(self) -> None:
        """The list of inspections."""
        self._turn_to(self.stack.widget(0), TITLE, self._list_hint)
        self._to_table()

    def show_new(self) -> None:
        """The form of a new inspection."""
        self._turn_to(self.new, "开始现场检查", "答案随填随存，可以随时接着填")
        self.new.open_empty()

    def _open_made(self, visit: str) -> None:
        self.show_list()
        self.context.open_page("inspection", visit)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if self._rows is None:
            self.states.show_loading()
        desk = self.context.desk
        self._task = self.context.tasks.query(
            self, lambda: inspection_list(desk), self._arrived, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._load)

    def _arrived(self, rows: list[InspectionRow]) -> None:
        self._task, self._rows = None, tuple(ordered(rows))
        running = sum(not row.inspection.finished for row in rows)
        self._list_hint = f"进行中 {running} 次，共 {len(rows)} 次"
        if self.stack.currentIndex() == 0:
            self.head.set_hint(self._list_hint)
        self._show()

    def _show(self) -> None:
        if self._rows is None:
            return
        text, states = self.search.text(), self.state.chosen()
        rows = [row for row in self._rows if matches(row, text, states)]
        self.chips.sync()
        self.table.show_rows(rows)
        self.count.setText(f"{len(rows)} 次")
        if rows:
            self.states.show_content()
            if not self.table.current_key():
                self.table.selectRow(0)
        elif self._rows:
            clear = button("清除筛选", "", "dismiss_20", clicked=self._clear)
            self.states.show_empty("没有符合筛选的检查", "换一个条件，或清除筛选。", (clear,))
        else:
            self.states.show_empty(
                "还没有现场检查",
                "选一个项目或单位，按检查表逐项填写（Ctrl+J）。",
                (self.context.actions.button("inspection.new", "primary"),),
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

    def _open(self, row: InspectionRow) -> None:
        self.context.open_page("inspection", row.inspection.id)

    def _menu(self, row: InspectionRow) -> QMenu:
        entries = [
            Entry("打开", lambda: self._open(row), "folder_open_20"),
            Entry("复制本行", self.table.copy_selection, "copy_20"),
            *self.stands.entries(),
        ]
        return self.context.actions.menu(self, entries)

    # ── blank checklists ─────────────────────────────────────────────────────────────────────
    def _ask_blank(self) -> None:
        entries = [
            Entry(one.title, partial(self.show_blank, one.id), "document_table_20")
            for one in self.context.desk.library.checklists.values()
        ]
        menu = self.context.actions.menu(self, entries)
        corner = QPoint(0, self.blank_button.height())
        menu.popup(self.blank_button.mapToGlobal(corner))

    def show_blank(self, checklist_id: str) -> None:
        """A checklist without answers, as it is printed."""
        desk, title = self.context.desk, self.context.desk.library.checklists[checklist_id].title
        self._blank = None
        self.preview.show_notice("正在排版", "")
        self._turn_to(self.blank_view, title, "空白检查表，打印后带到现场手填")

        def show(made: RenderedPaper) -> None:
            self._blank = (title, made.pdf)
            self.preview.show_pdf(made.pdf)

        self.context.tasks.query(self, lambda: blank_checklist(desk, checklist_id), show)

    def _print_blank(self) -> None:
        if self._blank is not None:
            title, page = self._blank
            ask_and_print(self.context, page, title)

    def _save_blank(self) -> None:
        if self._blank is not None:
            title, page = self._blank
            save_pdf(self.context, page, title)


def make(context: UiContext) -> Page:
    """The list of inspections."""
    return InspectionsPage(context)
