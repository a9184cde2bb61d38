"""The page of one case: tabs at the left, the next step and its clocks at the right."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.office import Inspector
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.home import county_name
from inspector_app.services.settings import inspectors
from inspector_app.ui.actions import Entry, Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.exchange_notice import DisputeBanner
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.claims_panel import ClaimsPanel
from inspector_app.ui.pages.case.clock_strip import ClockStrip
from inspector_app.ui.pages.case.facts_form import FactsForm
from inspector_app.ui.pages.case.file_panel import FilePanel
from inspector_app.ui.pages.case.next_area import NextStepArea
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.panels import (
    PapersPanel,
    ServicesPanel,
    SettlementsPanel,
    TodosPanel,
    VisitsPanel,
)
from inspector_app.ui.pages.case.paper_menu import paper_entries
from inspector_app.ui.pages.case.proposals.panel import ProposalsPanel
from inspector_app.ui.pages.case.story_panel import StoryPanel
from inspector_app.ui.pages.case.summary import CaseHead, fact_rows, facts_grid
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, scrolling
from inspector_app.ui.widgets.buttons import button, tabs
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack

TABS = ("案情", "劳动者", "清偿", "文书", "送达", "检查与证据", "研判", "待办", "案卷", "经过")
ANCHORS = {
    "facts": 0, "claims": 1, "settle": 2, "papers": 3, "serve": 4, "visits": 5, "proposals": 6,
    "todos": 7, "file": 8,
}  # fmt: skip
LOW = 740  # height of the page at 100 % below which a form needs the whole side
HISTORY = TABS.index("经过")
_FORMS = (Do.STEP, Do.SERVE, Do.SETTLE)


class CasePage(Page):
    """`arg` is the case's id, with #claims, #serve … for a tab."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "案件")
        self._case_id = ""
        self._sheet: CaseSheet | None = None
        self._task: Task[CaseSheet] | None = None
        self._build_head()
        self._low = False
        self.area = NextStepArea(context)
        self.area.busy.connect(self._make_room)
        self.clocks = ClockStrip(context)
        self.split = ListAndDetail(self._build_tabs(), self._build_side())
        whole = QWidget()
        column = box(QVBoxLayout(whole), spacing=12)
        column.addWidget(self.clocks)
        column.addWidget(self.split, 1)
        self.states = StateStack(whole, "document_20")
        self.disputes = DisputeBanner(context, one_case=True)
        self.column.addWidget(self.disputes)
        self.column.addWidget(self.states, 1)

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build_head(self) -> None:
        self.more = button("更多", "", "more_horizontal_20", clicked=self._show_more)
        self.head.add(self.more)
        self.paper_button = self.context.actions.button("paper.new")
        self.head.add(self.paper_button)

    def _build_tabs(self) -> Panel:
        panel = Panel((1, 6, 1, 1), 8)
        bar = box(QHBoxLayout(), (14, 0, 12, 0))
        self.tabs = tabs(TABS)
        self.tabs.chosen.connect(self.show_tab)
        bar.addWidget(self.tabs)
        panel.column.addLayout(bar)
        context, area = self.context, self.area
        self.facts = FactsForm(context)
        self.facts.said.connect(self._tell)
        self.claims = ClaimsPanel(context)
        self.claims.settle.connect(self._settle_one)
        self.settlements = SettlementsPanel(self._settle_one, self._settle_all)
        self.papers = PapersPanel(context, self.ask_paper)
        self.services = ServicesPanel(self._serve)
        self.visits = VisitsPanel(context)
        self.proposals = ProposalsPanel(context, self._do)
        self.todos = TodosPanel(context, lambda: self._with_side(area.add_todo))
        self.file = FilePanel(context, self._do)
        self.story = StoryPanel(context)
        self.history = self.story.history
        self.stack = QStackedWidget()
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 0, 6, 6)).addWidget(self.facts)
        self._panels = (
            self.claims, self.settlements, self.papers, self.services, self.visits,
            self.proposals, self.todos, self.file, self.story,
        )  # fmt: skip
        for one in (holder, *self._panels):
            self.stack.addWidget(one)
        panel.column.addWidget(self.stack, 1)
        return panel

    def _build_side(self) -> Panel:
        panel = Panel((17, 13, 9, 13), 10)
        self.top = CaseHead(self.context, names=False)
        panel.column.addWidget(self.top)
        feed = QWidget()
        inner = box(QVBoxLayout(feed), (0, 0, 8, 0), 14)
        self.facts_grid = facts_grid()
        inner.addWidget(self.area)
        inner.addWidget(self.facts_grid)
        inner.addStretch()
        panel.column.addWidget(scrolling(feed), 1)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if not isinstance(arg, str) or not arg:
            return
        case_id, _, anchor = arg.partition("#")
        if case_id != self._case_id:
            self.area.close_form()
            self.claims.close_form()
            self._case_id, self._sheet = case_id, None
            self.show_tab(0)
        if anchor in ANCHORS:
            self.show_tab(ANCHORS[anchor])
        self._load()

    def refresh(self, changes: Changes) -> None:
        related = changes.touches("employer", "project", "inspector", "inspection", "")
        if related or changes.touches_one("case", self._case_id):
            self._load()

    def leave(self) -> bool:
        self.facts.save_now()
        form = self.claims.form() or self.area.form()
        return (form is None or form.may_close()) and self.proposals.may_close()

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "back": self._back,
            "detail": self.split.toggle,
            "paper.new": self.ask_paper,
            "export": self.claims.ask_export,
            "import": self.claims.import_roster,
            "refresh": self._load,
            "save": self.facts.save_now,
        }

    def first_focus(self) -> QWidget | None:
        return self.tabs.at(max(self.tabs.current(), 0))

    def place(self) -> object:
        return self._case_id or None

    def fit(self, width: int, height: int) -> None:
        self._low = height < LOW
        self.split.fit(width)
        self._make_room()

    def _make_room(self, _busy: bool = False) -> None:
        """In a low window a form takes the place of the line of stages above it."""
        self.top.setHidden(self._low and self.area.is_busy())

    def _back(self) -> None:
        """Esc: first the open form, then the page before."""
        here = (
            self.facts.dismiss, self.claims.leave_form, self.area.leave_form, self.clocks.dismiss,
        )  # fmt: skip
        if not any(close() for close in here):
            self.context.back()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if self._sheet is None:
            self.states.show_loading()
        desk, case_id = self.context.desk, self._case_id
        if not case_id:
            return
        self._task = self.context.tasks.query(
            self, lambda: case_sheet(desk, case_id), self._show, self._failed
        )
        if self._sheet is None:
            self.context.tasks.query(self, lambda: inspectors(desk), self._offer_people)
        if self.tabs.current() == HISTORY:
            self.history.read(case_id)

    def _offer_people(self, people: list[Inspector]) -> None:
        self.facts.set_people(people)

    def _failed(self, error: Exception) -> None:
        self.states.show_error(sentence_of(error), self._load)

    def sheet(self) -> CaseSheet | None:
        """What is shown."""
        return self._sheet

    def _show(self, sheet: CaseSheet) -> None:
        self._task, self._sheet = None, sheet
        self.head.set_title(sheet.employer.name)
        self._tell("")
        self.disputes.show_case(self._case_id)
        self.show_standing("case", self._case_id)
        self.top.show_sheet(sheet)
        self.area.show_sheet(sheet)
        self.clocks.show_sheet(sheet)
        self.facts_grid.show_facts(fact_rows(sheet))
        for panel in (self.facts, *self._panels):
            panel.show_sheet(sheet)
        self._count_tabs(sheet)
        self.states.show_content()

    def _count_tabs(self, sheet: CaseSheet) -> None:
        still = sum(1 for todo in sheet.todos if todo.done_on is None)
        visits = len(sheet.inspections) + len(sheet.evidence)
        counts = (
            0, len(sheet.claims), len(sheet.settlements), len(sheet.papers),
            len(sheet.services), visits, 0, still, 0, 0,
        )  # fmt: skip
        names = [f"{name} {n}" if n else name for name, n in zip(TABS, counts, strict=True)]
        self.tabs.set_names(names)

    def _tell(self, words: str) -> None:
        """The grey line below the name: where the case is, or what the form just did."""
        sheet = self._sheet
        if sheet is None:
            return
        project = sheet.project.name if sheet.project else ""
        county = county_name(self.context.desk, sheet.case.scope)
        parts = (sheet.case.case_no, county, project, words)
        self.head.set_hint("　".join(part for part in parts if part))

    # ── tabs ─────────────────────────────────────────────────────────────────────────────────
    def show_tab(self, number: int) -> None:
        """Bring a tab to the front."""
        self.tabs.set_current(number)
        self.stack.setCurrentIndex(number)
        if number == HISTORY and self._case_id:
            self.history.read(self._case_id)

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _with_side(self, open_form: Handler) -> None:
        if not self.split.detail_shown():
            self.split.toggle()
        open_form()

    def _do(self, act: Act) -> None:
        """What a button on a tab says; a form opens in the side."""
        if act.do in _FORMS:
            self._with_side(lambda: self.area.do(act))
        else:
            self.area.do(act)

    def _serve(self) -> None:
        self._do(Act("登记送达", Do.SERVE))

    def _settle_all(self) -> None:
        self._do(Act("登记清偿", Do.SETTLE))

    def _settle_one(self, claim_id: str = "") -> None:
        self._with_side(lambda: self.area.settle_one(claim_id))

    def ask_paper(self) -> None:
        """Which paper to make."""
        if self._sheet is None:
            return
        entries = paper_entries(self.context, self._sheet.case, self.area.start_paper)
        menu = self.context.actions.menu(self, entries)
        menu.popup(self.paper_button.mapToGlobal(self.paper_button.rect().bottomLeft()))

    def _show_more(self) -> None:
        area, steps = self.area, bool(self._sheet and self._sheet.options)
        entries = [
            Entry("其他步骤…", lambda: self._with_side(area.show_steps), "list_20", steps),
            None,
            Entry("登记送达", self._serve, "send_20"),
            Entry("登记单笔清偿", self._settle_one, "money_20"),
            Entry("登记全部清偿", self._settle_all, "money_20"),
            Entry("登记待办", lambda: self._with_side(area.add_todo), "task_list_ltr_20"),
            None,
            Entry("导入劳动者名单", self.claims.import_roster, "arrow_import_20"),
            Entry("导出欠薪明细", self.claims.ask_export, "arrow_export_20"),
            None,
            Entry(
                "单位与项目",
                lambda: self.context.open_page("parties", self._employer_arg()),
                "building_multiple_20",
            ),
        ]
        menu = self.context.actions.menu(self, entries)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _employer_arg(self) -> str:
        return f"employer:{self._sheet.case.employer_id}" if self._sheet else ""


def make(context: UiContext) -> Page:
    """The case page."""
    return CasePage(context)
