"""线索登记: the register of everything reported, and the form that adds to it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.money import yuan
from inspector_app.ledger.views import CluePage as ClueRows
from inspector_app.ledger.views import ClueQuery, ClueRow
from inspector_app.services.clues import clue_list
from inspector_app.services.home import county_name
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.exchange_column import Standings
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.pane import CasePane
from inspector_app.ui.pages.cases_rows import counties
from inspector_app.ui.pages.clue.register import RegisterForm
from inspector_app.ui.pages.clues_rows import STATES, columns
from inspector_app.ui.pages.imports_ask import ENDINGS, ImportAsk
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import button, segments
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack

ROWS_AT_ONCE = 100


class CluesPage(Page):
    """The list with its pane, or the form in their place."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "线索登记")
        self._order = "received_on desc"
        self._rows: ClueRows | None = None
        self._task: Task[ClueRows] | None = None
        FileDrops(self, ENDINGS, lambda path: self._import(ImportAsk("clues", path)))
        self.buttons = (
            context.actions.button("import", title="导入线索"),
            context.actions.button("clue.new", "primary"),
        )
        for made in self.buttons:
            self.head.add(made)
        self.stack = QStackedWidget()
        self.column.addWidget(self.stack, 1)
        self.pane = CasePane(context)
        self.split = ListAndDetail(self._build_list(), self.pane)
        self.register = RegisterForm(context)
        self.register.registered.connect(self._registered)
        self.register.closed.connect(self.show_list)
        self.register.said.connect(self.head.set_hint)
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.register)

    def _build_list(self) -> Panel:
        desk = self.context.desk
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QVBoxLayout(), (12, 10, 10, 8), 8)
        first = box(QHBoxLayout(), spacing=8)
        self.search = SearchBox("筛选单位、项目、编号", width=220)
        self.search.edit.setToolTip("筛选（Ctrl+F），支持拼音首字母")
        self.state = segments([name for name, _ in STATES], 0)
        first.addWidget(self.state)
        first.addStretch()
        first.addWidget(self.search)
        bar.addLayout(first)
        self.source, self.county = Chip("来源"), Chip("属地")
        self.source.set_options([(one.value, one.label) for one in Source])
        self.county.set_options(counties(desk))
        self.chips = ChipRow((self.source, self.county))
        bar.addWidget(self.chips)
        panel.column.addLayout(bar)
        names = {code: county_name(desk, code) for code, _ in counties(desk)}
        self.stands: Standings[ClueRow] = Standings(self.context, "clue", lambda row: row.id)
        self.table: RowsTable[ClueRow] = RowsTable(
            (*columns(names), self.stands.column()),
            lambda row: row.id,
            name="线索",
            faded=lambda row: row.state not in (ClueState.OPEN, ClueState.FILED),
        )
        self.stands.follow(self.table)
        self.states = StateStack(self.table, "mail_inbox_20")
        panel.column.addWidget(self.states, 1)
        panel.column.addWidget(hair())
        self.foot = label("", "body")
        self.foot.setContentsMargins(14, 8, 14, 8)
        panel.column.addWidget(self.foot)
        self._connect()
        return panel

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._load())
        self.search.down.connect(self.table.setFocus)
        self.state.chosen.connect(lambda _number: self._load())
        self.chips.changed.connect(self._load)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda row: self.context.open_page("clue", row.id))
        self.table.sort_asked.connect(self._sort)

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if arg == "new":
            self.new_clue()
        elif isinstance(arg, str) and arg:
            self.show_list()
            self.table.select_key(arg)
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("clue", "case", ""):
            self._load()
        self.pane.refresh(changes)

    def leave(self) -> bool:
        self.register.keep()
        return True

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {
            "clue.new": self.new_clue,
            "import": lambda: self._import(ImportAsk("clues")),
            "refresh": self._load,
        }
        if self.form_shown():
            return here | {"back": self._leave_form, "save": self.register.keep}
        return here | {"find": self._find, "detail": self.split.toggle}

    def _leave_form(self) -> None:
        if not self.register.dismiss():
            self.show_list()

    def first_focus(self) -> QWidget | None:
        return self.register.form.fields["source"] if self.form_shown() else self.table

    def place(self) -> object:
        return "new" if self.form_shown() else None

    def fit(self, width: int, _height: int) -> None:
        self.split.fit(width)

    # ── the form ─────────────────────────────────────────────────────────────────────────────
    def form_shown(self) -> bool:
        """Whether the form stands in place of the list."""
        return self.stack.currentWidget() is self.register

    def new_clue(self) -> None:
        """Ctrl+N: the form; what was half typed is still there."""
        self._show_form(shown=True)
        self.head.set_hint("上次没有填完，已恢复" if self.register.restored else "")
        self.register.restored = False
        self.register.start()
        self.handlers_changed()

    def _show_form(self, *, shown: bool) -> None:
        """One primary button a screen: those of the list give way to those of the form."""
        self.stack.setCurrentWidget(self.register if shown else self.split)
        self.head.set_title("登记线索" if shown else "线索登记")
        for made in self.buttons:
            made.setVisible(not shown)

    def show_list(self) -> None:
        """Esc: back to the list; the form keeps what is typed."""
        self.register.keep()
        self._show_form(shown=False)
        self._tell()
        self.table.setFocus()
        self.handlers_changed()

    def _registered(self, clue: Clue) -> None:
        self.show_list()
        self.state.set_current(0)
        self.context.say(f"已登记 {clue.clue_no}")
        self._load(select=clue.id)

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _query(self, limit: int) -> ClueQuery:
        return ClueQuery(
            text=self.search.text(),
            states=STATES[self.state.current()][1],
            scopes=self.county.chosen(),
            sources=tuple(Source(one) for one in self.source.chosen()),
            order=self._order,
            limit=limit,
        )

    def _load(self, select: str = "") -> None:
        if self._task is not None:
            self._task.forget()
        if self._rows is None:
            self.states.show_loading()
        query = self._query(max(ROWS_AT_ONCE, len(self.table.rows_model.rows())))
        desk = self.context.desk
        self._task = self.context.tasks.query(
            self,
            lambda: clue_list(desk, query),
            lambda rows: self._show(rows, select),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._load)

    def _show(self, rows: ClueRows, select: str) -> None:
        self._task, self._rows = None, rows
        self.table.show_rows(rows.rows, self._more if rows.next else None)
        self._tell()
        if not rows.rows:
            self.pane.clear()
            self._show_nothing()
            return
        self.states.show_content()
        if not (select and self.table.select_key(select)):
            self.table.select_some_row()
        if not self.pane.shows_something():
            self._chosen(self.table.current_row())

    def _tell(self) -> None:
        if self._rows is None or self.form_shown():
            return
        total, sums = self._rows.total, self._rows.sums
        name = STATES[self.state.current()][0]
        self.head.set_hint(f"{name} {total:,} 条")
        self.foot.setText(f"{total:,} 条　{sums.workers:,} 人　{yuan(sums.amount_fen)} 元")

    def _more(self) -> None:
        # A list that is being read anew, in another order perhaps, begins from its start.
        if self._task is not None or self._rows is None or self._rows.next is None:
            return
        desk, query = self.context.desk, replace(self._query(ROWS_AT_ONCE), after=self._rows.next)
        self._task = self.context.tasks.query(
            self, lambda: clue_list(desk, query), self._append, self._failed
        )

    def _append(self, rows: ClueRows) -> None:
        self._task, self._rows = None, rows
        self.table.rows_model.append(rows.rows, self._more if rows.next else None)

    def _show_nothing(self) -> None:
        actions = self.context.actions
        asked = self.search.text() or self.source.chosen() or self.county.chosen()
        if asked or self.state.current() not in (0, len(STATES) - 1):
            clear = button("看全部线索", "", "dismiss_20", clicked=self._clear)
            self.states.show_empty("没有这样的线索", "换一个条件，或看全部线索。", (clear,))
            return
        self.states.show_empty(
            "没有待核查的线索",
            "登记一条线索（Ctrl+N），或把平台导出的 Excel 拖到这里导入。",
            (actions.button("clue.new", "primary"), actions.button("import", title="导入线索")),
        )

    def _clear(self) -> None:
        self.search.set_text("")
        self.state.set_current(len(STATES) - 1)
        self.chips.clear()

    # ── the list ─────────────────────────────────────────────────────────────────────────────
    def _chosen(self, row: object) -> None:
        if isinstance(row, ClueRow):
            self.pane.show_clue(row.id)
        else:
            self.pane.clear()

    def _sort(self, key: str) -> None:
        name, _, direction = self._order.partition(" ")
        self._order = f"{key} desc" if name == key and direction != "desc" else key
        self._load()

    def _find(self) -> None:
        self.search.setFocus()
        self.search.edit.selectAll()

    # ── taking lists in ──────────────────────────────────────────────────────────────────────
    def _import(self, ask: ImportAsk) -> None:
        self.context.open_page("imports", ask)


def make(context: UiContext) -> Page:
    """The clue register."""
    return CluesPage(context)
