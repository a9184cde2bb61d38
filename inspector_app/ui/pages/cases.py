"""案件台账: the whole ledger as one dense table, filtered, sorted, summed, taken in and out."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from inspector_app.ledger.views import CaseQuery
from inspector_app.services.cases import CaseLine, CaseList, case_list
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.exchange_column import Standings
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.pane import CasePane
from inspector_app.ui.pages.cases_export import (
    FULL,
    MASKED,
    ask_why,
    export_archive,
    export_ledger,
)
from inspector_app.ui.pages.cases_filter import CaseFilter
from inspector_app.ui.pages.cases_rows import (
    DEFAULT_ORDER,
    LedgerChoices,
    columns,
    is_closed,
    read_choices,
    sums_text,
)
from inspector_app.ui.pages.imports_ask import ENDINGS, ImportAsk
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack

ROWS_AT_ONCE = 100


class CasesPage(Page):
    """Filters above, table, sums in the foot; the pane beside it comes with F4."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "案件台账")
        self._order = DEFAULT_ORDER
        self._page: CaseList | None = None
        self._all = 0
        self._task: Task[CaseList] | None = None
        FileDrops(self, ENDINGS, lambda path: self._import(ImportAsk("cases", path)))
        self._build_head()
        self.filter = CaseFilter(context)
        self.filter.changed.connect(self._load)
        self.filter.search.down.connect(self._to_table)
        self.column.addWidget(self.filter)
        self.pane = CasePane(context)
        self.split = ListAndDetail(self._build_table(), self.pane)
        self.split.toggle()  # the ledger takes the whole width until F4 asks for the pane
        self.column.addWidget(self.split, 1)

    def _build_head(self) -> None:
        actions = self.context.actions
        self.head.add(actions.button("import", title="导入"))
        self.export_button = actions.button("export", title="导出 Excel")
        self.head.add(self.export_button)
        self.head.add(actions.button("case.new", "primary"))

    def _build_table(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        self.stands: Standings[CaseLine] = Standings(self.context, "case", lambda line: line.row.id)
        self.table: RowsTable[CaseLine] = RowsTable(
            (*columns(self.context.desk), self.stands.column()),
            lambda line: line.row.id,
            grid=True,
            faded=is_closed,
            name="案件台账",
        )
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._chosen)
        self.table.sort_asked.connect(self._sort)
        self.table.set_menu(self._menu)
        self.stands.follow(self.table)
        self.states = StateStack(self.table, "table_20")
        panel.column.addWidget(self.states, 1)
        panel.column.addWidget(hair())
        foot = QWidget()
        row = box(QHBoxLayout(foot), (14, 8, 16, 8), 8)
        self.place_words = label("", "body")
        self.sums = label("", "value")
        self.sums.setProperty("strong", "true")
        row.addWidget(self.place_words)
        row.addStretch()
        row.addWidget(self.sums)
        panel.column.addWidget(foot)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        # Another page cannot be opened while this one is being opened: a moment later.
        if arg == "new":
            QTimer.singleShot(0, self, lambda: self.context.open_page("case_form", None))
        elif arg == "import":
            QTimer.singleShot(0, self, lambda: self._import(ImportAsk()))
        elif isinstance(arg, str) and arg:
            self.filter.search.set_text(arg)
        self._load()
        self._read_choices()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()
            self.pane.refresh(changes)

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {
            "find": self._find,
            "export": self._ask_export,
            "import": lambda: self._import(ImportAsk()),
            "back": self._back,
            "detail": self._toggle_pane,
            "refresh": self._load,
        }
        if self.table.current_row() is not None and self.split.detail_shown():
            here["paper.new"] = self.pane.ask_paper
        return here

    def _back(self) -> None:
        """Esc: close a form in the pane, else go back."""
        if not self.pane.leave_form():
            self.context.back()

    def first_focus(self) -> QWidget | None:
        return self.table

    def fit(self, width: int, height: int) -> None:
        """The pane is the user's wish here, whatever the room."""

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if self._page is None:
            self.states.show_loading()
        shown = len(self.table.rows_model.rows())
        query = self.filter.query(self._order, max(ROWS_AT_ONCE, shown))
        desk = self.context.desk
        self._task = self.context.tasks.query(
            self, lambda: case_list(desk, query), self._show, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._load)

    def _more(self) -> None:
        page, desk = self._page, self.context.desk
        # A list that is being read anew, in another order perhaps, begins from its start.
        if self._task is not None or page is None or not isinstance(page.next, tuple):
            return
        query = replace(self.filter.query(self._order, ROWS_AT_ONCE), after=page.next)
        self._task = self.context.tasks.query(
            self, lambda: case_list(desk, query), self._append, self._failed
        )

    def _append(self, page: CaseList) -> None:
        self._task, self._page = None, page
        self.table.rows_model.append(page.lines, self._more if page.next else None)
        self._tell_place()

    def _show(self, page: CaseList) -> None:
        self._task, self._page = None, page
        if not self.filter.is_on():
            self._all = page.total
        self.table.show_rows(page.lines, self._more if page.next else None)
        words = f"，当前视图 {page.total:,} 件" if self.filter.is_on() else ""
        self.head.set_hint(f"本机 {max(self._all, page.total):,} 件{words}")
        self.sums.setText(sums_text(page))
        self._tell_place()
        if page.lines:
            self.states.show_content()
            self.table.select_some_row()
            if self.split.detail_shown():
                self.pane.read_again()  # a command line beside the window may have changed it too
        else:
            self._show_nothing()
        self.handlers_changed()

    def _show_nothing(self) -> None:
        actions = self.context.actions
        if self.filter.is_on():
            clear = button("清除筛选", "", "dismiss_20", clicked=self.filter.clear)
            self.states.show_empty("没有符合筛选的案件", "换一个条件，或清除筛选。", (clear,))
            return
        self.states.show_empty(
            "还没有案件",
            "登记一条线索（Ctrl+N），或把 Excel 台账拖到这里导入。",
            (actions.button("clue.new", "primary"), actions.button("import")),
        )

    def _read_choices(self) -> None:
        desk = self.context.desk
        self.context.tasks.query(self, lambda: read_choices(desk), self._offer)

    def _offer(self, choices: LedgerChoices) -> None:
        self.filter.offer(choices)

    # ── the table ────────────────────────────────────────────────────────────────────────────
    def _tell_place(self) -> None:
        number, total = self.table.currentIndex().row(), self._page.total if self._page else 0
        self.place_words.setText(f"第 {number + 1:,} 件，共 {total:,} 件" if number >= 0 else "")

    def _chosen(self, line: object) -> None:
        self._tell_place()
        if not self.split.detail_shown():
            return
        if isinstance(line, CaseLine):
            self.pane.show_case(line.row.id)
        else:
            self.pane.clear()

    def _toggle_pane(self) -> None:
        self.split.toggle()
        self._chosen(self.table.current_row())
        self.handlers_changed()

    def _sort(self, key: str) -> None:
        """The first press sorts upwards, the next one downwards."""
        name, _, direction = self._order.partition(" ")
        self._order = f"{key} desc" if name == key and direction != "desc" else key
        self._load()

    def order(self) -> str:
        """What the table is sorted by."""
        return self._order

    def _open(self, line: CaseLine) -> None:
        self.context.open_page("case", line.row.id)

    def _menu(self, line: CaseLine) -> QMenu:
        entries = (
            Entry("打开", lambda: self._open(line), "folder_open_20"),
            Entry("复制本行", self.table.copy_selection, "copy_20"),
            None,
            "detail",
            "export",
            *self.stands.entries(),
        )
        return self.context.actions.menu(self, entries)

    # ── find, out, in ────────────────────────────────────────────────────────────────────────
    def _find(self) -> None:
        self.filter.search.setFocus()
        self.filter.search.edit.selectAll()

    def _to_table(self) -> None:
        self.table.setFocus()

    def _ask_export(self) -> None:
        """Which version: the full one stays in the office, the masked one may leave it."""
        query = self.filter.query(self._order, ROWS_AT_ONCE)
        entries = [
            Entry(
                FULL, lambda: ask_why(self, lambda why: self._export_full(query, why)), "table_20"
            ),
            Entry(
                f"{MASKED}（姓名、证件号码隐去）",
                lambda: export_ledger(self.context, self, query, masked=True),
                "eye_off_20",
            ),
            None,
            *(self._archive_entry(self.context.today().year - ago) for ago in (0, 1)),
        ]
        menu = self.context.actions.menu(self, entries)
        corner = QPoint(0, self.export_button.height())
        menu.popup(self.export_button.mapToGlobal(corner))

    def _export_full(self, query: CaseQuery, why: str) -> None:
        export_ledger(self.context, self, query, masked=False, why=why)

    def _archive_entry(self, year: int) -> Entry:
        """The files of a year for the archive; the filters of the ledger do not count."""
        words = f"档案移交清单（{year} 年结案）"
        return Entry(words, lambda: export_archive(self.context, self, year), "archive_20")

    def _import(self, ask: ImportAsk) -> None:
        self.context.open_page("imports", ask)


def make(context: UiContext) -> Page:
    """The case ledger."""
    return CasesPage(context)
