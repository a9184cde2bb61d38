"""我的待办: what is due first, each card a filter, the next lawful step beside the list."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from inspector_app.domain.term_words import WEEKDAYS, date_text
from inspector_app.domain.terms import Level
from inspector_app.services.home import DueRow
from inspector_app.services.papers import PaperRow
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.exchange_notice import DisputeBanner
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.pane import CasePane
from inspector_app.ui.pages.home_rows import (
    CARDS,
    DUE_COLUMNS,
    PAPER_CARDS,
    PAPER_COLUMNS,
    HomeNews,
    read_home,
    row_key,
)
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel
from inspector_app.ui.widgets.buttons import button, segments
from inspector_app.ui.widgets.cards import CountCard
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack

COMPACT_BELOW = 700  # page height at 100 % below which the cards lie in one line
_LEVELS = {"overdue": Level.OVERDUE, "today": Level.TODAY, "soon": Level.SOON}


class HomePage(Page):
    """Cards, list, detail; the list keeps its place when the ledger changes."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "我的待办")
        self._news: HomeNews | None = None
        self._card = ""
        self._task: Task[HomeNews] | None = None
        self._counts = {True: "", False: ""}
        self._build_head()
        self._build_cards()
        self.split = ListAndDetail(self._build_list(), self._build_pane())
        self.column.addWidget(self.split, 1)
        self.due.chosen.connect(self._choose_due)
        self.due.opened.connect(self._open_due)
        self.papers.chosen.connect(self._choose_paper)
        self.papers.opened.connect(self._open_paper)

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build_head(self) -> None:
        self.banner = fix(Banner("violet"), max_width=460)
        self.banner.hide()
        self.head.add(self.banner)
        self.head.add(self.context.actions.button("paper.new"))
        self.head.add(self.context.actions.button("clue.new", "primary"))

    def _build_cards(self) -> None:
        self.disputes = DisputeBanner(self.context)
        self.disputes.show_now()
        self.column.addWidget(self.disputes)
        holder = QWidget()
        row = box(QHBoxLayout(holder), spacing=12)
        self.cards: dict[str, CountCard] = {}
        for key, title, icon_name, tone, unit in CARDS:
            card = CountCard(title, icon_name, tone, unit)
            card.clicked.connect(lambda key=key: self.filter_by(key))
            self.cards[key] = card
            row.addWidget(card, 1)
        self.column.addWidget(holder)

    def _build_list(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (12, 10, 10, 8), 8)
        self.whose = segments(("我承办的", "全部"), 0)
        self.whose.chosen.connect(lambda _number: self._load())
        self.county, self.cause = Chip("属地"), Chip("案由")
        self.chips = ChipRow((self.county, self.cause))
        self.chips.changed.connect(self._show_rows)
        self.chips.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        bar.addWidget(self.whose)
        bar.addStretch()
        bar.addWidget(self.chips)
        panel.column.addLayout(bar)
        self.due: RowsTable[DueRow] = RowsTable(DUE_COLUMNS, row_key, name="待办事项")
        self.papers: RowsTable[PaperRow] = RowsTable(
            PAPER_COLUMNS, lambda row: row.id, name="待处理的文书"
        )
        self.tables = QStackedWidget()
        self.tables.addWidget(self.due)
        self.tables.addWidget(self.papers)
        self.states = StateStack(self.tables, "task_list_ltr_20")
        panel.column.addWidget(self.states, 1)
        return panel

    def _build_pane(self) -> CasePane:
        self.pane = CasePane(self.context)
        return self.pane

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if isinstance(arg, str) and arg in self.cards:
            self._card = arg
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()
            self.pane.refresh(changes)

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {
            "back": self._back,
            "detail": self.split.toggle,
            "refresh": self._load,
        }
        if self.pane.case_id():
            here["paper.new"] = self.pane.ask_paper
        return here

    def first_focus(self) -> QWidget | None:
        return self._table()

    def place(self) -> object:
        return self._card or None

    def fit(self, width: int, height: int) -> None:
        self.split.fit(width)
        for card in self.cards.values():
            card.set_compact(height < COMPACT_BELOW)

    def _back(self) -> None:
        """Esc: first the form in the pane, then the page before."""
        if not self.pane.leave_form():
            self.context.back()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if self._news is None:
            self.states.show_loading()
        desk, mine = self.context.desk, self.whose.current() == 0
        self._task = self.context.tasks.query(
            self, lambda: read_home(desk, mine=mine), self._show, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self.states.show_error(sentence_of(error), self._load)

    def _show(self, news: HomeNews) -> None:
        self._task, self._news = None, news
        view, today = news.overview, self.context.today()
        weekday = WEEKDAYS[today.weekday()]
        self.head.set_hint(f"{date_text(today)} {weekday}，期限分工作日、自然日")
        for card in view.cards:
            self.cards[card.key].show_count(card.count, card.hint)
        self._show_counts(len(view.rows))
        self._show_drafts()
        self._offer_chips(news)
        self._show_rows()
        self.pane.read_again()  # a command line beside the window may have changed it too

    def _show_counts(self, count: int) -> None:
        """The number beside the segment that is on; the other's is what was read last."""
        self._counts[self.whose.current() == 0] = f" {count:,}"
        self.whose.set_names((f"我承办的{self._counts[True]}", f"全部{self._counts[False]}"))

    def _show_drafts(self) -> None:
        drafts = self._news.overview.drafts if self._news else ()
        if not drafts:
            self.banner.say("")
            return
        first = drafts[0]
        going_on = button(
            "继续填写", "link", clicked=lambda: self.context.open_page("paper", first.paper_id)
        )
        self.banner.say(first.title, f"有 {len(drafts)} 份未完成的文书", buttons=(going_on,))

    def _offer_chips(self, news: HomeNews) -> None:
        self.county.set_options([(one, one) for one in news.counties])
        self.cause.set_options([(one, one) for one in news.causes])
        self.chips.sync()

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def filter_by(self, key: str) -> None:
        """Show only what a card counts; pressing it again shows all."""
        self._card = "" if self._card == key else key
        self._show_rows()

    def _table(self) -> RowsTable[DueRow] | RowsTable[PaperRow]:
        return self.papers if self._card in PAPER_CARDS else self.due

    def _show_rows(self) -> None:
        if self._news is None:
            return
        for key, card in self.cards.items():
            card.set_active(key == self._card)
        self.chips.setVisible(self._card not in PAPER_CARDS)
        if self._card in PAPER_CARDS:
            self._show_papers(self._news)
        else:
            self._show_due(self._news)

    def _show_due(self, news: HomeNews) -> None:
        level = _LEVELS.get(self._card)
        counties, causes = self.county.chosen(), self.cause.chosen()
        rows: Sequence[DueRow] = news.overview.rows
        if level or counties or causes:
            rows = [
                row
                for row in rows
                if (level is None or row.level is level)
                and (not counties or row.county in counties)
                and (not causes or row.cause in causes)
            ]
        self.tables.setCurrentWidget(self.due)
        self.due.show_rows(rows)
        if not rows:
            self._show_nothing(news)
            return
        self.states.show_content()
        self.due.select_some_row()
        if not self.pane.shows_something():
            self._choose_due(self.due.current_row())

    def _show_papers(self, news: HomeNews) -> None:
        drafts = self._card == "drafts"
        rows = [row for row in news.papers if (not row.number) == drafts]
        self.tables.setCurrentWidget(self.papers)
        self.papers.show_rows(rows)
        if not rows:
            self._show_nothing(news)
            return
        self.states.show_content()
        self.papers.select_some_row()
        self._choose_paper(self.papers.current_row())

    def _show_nothing(self, news: HomeNews) -> None:
        self.pane.clear()
        if self._card or self.county.chosen() or self.cause.chosen():
            show_all = button("看全部", "", "arrow_left_20", clicked=self._show_all)
            self.states.show_empty("没有这样的事项", "换一个筛选，或看全部待办。", (show_all,))
        elif news.overview.all_cases or news.overview.open_clues:
            self.states.show_empty("没有待办", "到期的案件、线索和待办事项会出现在这里。")
        else:
            actions = self.context.actions
            self.states.show_empty(
                "还没有案件",
                "登记一条线索（Ctrl+N），或从 Excel 导入台账。",
                (actions.button("clue.new", "primary"), actions.button("import")),
            )

    def _show_all(self) -> None:
        self._card = ""
        self.chips.clear()
        self._show_rows()

    def _choose_due(self, row: object) -> None:
        if not isinstance(row, DueRow):
            self.pane.clear()
        elif row.case_id:
            self.pane.show_case(row.case_id, row.id if row.kind == "todo" else "")
        else:
            self.pane.show_clue(row.id)
        self.handlers_changed()

    def _open_due(self, row: DueRow) -> None:
        if row.case_id:
            self.context.open_page("case", row.case_id)
        else:
            self.context.open_page("clue", row.id)

    def _choose_paper(self, row: object) -> None:
        if isinstance(row, PaperRow) and row.case_id:
            self.pane.show_case(row.case_id)
        else:
            self.pane.clear()
        self.handlers_changed()

    def _open_paper(self, row: PaperRow) -> None:
        if self._card == "drafts" or not row.case_id:
            self.context.open_page("paper", row.id)
        else:
            self.context.open_page("case", f"{row.case_id}#serve")


def make(context: UiContext) -> Page:
    """The first page."""
    return HomePage(context)
