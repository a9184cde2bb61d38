"""The pane beside a list: one case or clue at a glance, with its next lawful step."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.clues import ClueState
from inspector_app.domain.office import Todo
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.clues import ClueSheet, clue_sheet
from inspector_app.services.home import county_name
from inspector_app.services.todos import finish_todo
from inspector_app.ui.actions import Entry
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.case.lists import (
    Line,
    Lines,
    event_lines,
    paper_lines,
    settlement_lines,
    todo_lines,
    worker_lines,
)
from inspector_app.ui.pages.case.next_area import NextStepArea
from inspector_app.ui.pages.case.paper_menu import paper_entries
from inspector_app.ui.pages.case.summary import CaseHead, fact_rows, facts_grid
from inspector_app.ui.pages.clue.brief import (
    STATE_TONES,
    clue_facts,
    next_words,
    person_facts,
    statement,
)
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import NextBox
from inspector_app.ui.widgets.basic import Panel, bring_below_into_view, label, scrolling
from inspector_app.ui.widgets.buttons import button, icon_button, tabs
from inspector_app.ui.widgets.states import StateStack

TABS = ("经过", "文书", "劳动者", "清偿", "待办")
SETTLES_MS = 200  # how long the lines of a tab may take to find their height


class CasePane(Panel):
    """Shows what `show_case` or `show_clue` names; reads it again when it changes."""

    def __init__(self, context: UiContext) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context = context
        self._wanted: tuple[str, str] = ("", "")
        self._task: Task[object] | None = None
        self._sheet: CaseSheet | None = None
        self._shown: object = None  # the sheet on screen, of a case or a clue
        self._aim = self._to_lines
        self.states = StateStack(self._build(), "document_20")
        self.column.addWidget(self.states)
        self.clear()

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build(self) -> QWidget:
        whole = QWidget()
        column = box(QVBoxLayout(whole), (17, 13, 9, 13), 10)
        self._more = icon_button("more_horizontal_20", "更多操作", self._show_more)
        self.head = CaseHead(self._context, self._more)
        column.addWidget(self.head)
        feed = QWidget()
        inner = box(QVBoxLayout(feed), (0, 0, 8, 0), 12)
        self.area = NextStepArea(self._context)
        self.area.busy.connect(self._form_opened)
        self.clue_box = NextBox()
        self.facts = facts_grid()
        self.words = label("", "body", wrap=True)
        self.tabs = tabs(TABS)
        self.tabs.chosen.connect(lambda _number: self._tab_chosen())
        self.lines = Lines()
        for one in (self.area, self.clue_box, self.facts, self.words):
            inner.addWidget(one)
        inner.addWidget(self.tabs)
        inner.addWidget(self.lines)
        inner.addStretch()
        self._scroll = scrolling(feed)
        self._sought = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._seek())
        column.addWidget(self._scroll, 1)
        return whole

    # ── what the page calls ──────────────────────────────────────────────────────────────────
    def case_id(self) -> str:
        """The case shown, "" for a clue or nothing."""
        return self._wanted[1] if self._wanted[0] == "case" else ""

    def shows_something(self) -> bool:
        """Whether a case or clue is shown, or on its way."""
        return bool(self._wanted[0])

    def sheet(self) -> CaseSheet | None:
        """What is shown of the case."""
        return self._sheet

    def clear(self) -> None:
        """Show nothing."""
        self._wanted, self._sheet, self._shown = ("", ""), None, None
        self._drop_task()
        self.area.close_form()
        self.states.show_empty("", "选择一行，这里显示详情和下一步。")

    def show_case(self, case_id: str, todo_id: str = "") -> None:
        """Read and show a case; a to-do opens its tab."""
        if self._wanted != ("case", case_id):
            self.area.close_form()
            self.tabs.set_current(0)
            self._from_top()
        if todo_id:
            self.tabs.set_current(TABS.index("待办"))
        self._wanted = ("case", case_id)
        self._read()

    def show_clue(self, clue_id: str) -> None:
        """Read and show a clue."""
        self.area.close_form()
        if self._wanted != ("clue", clue_id):
            self._from_top()
        self._wanted, self._sheet = ("clue", clue_id), None
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Read again what is shown, if it may have changed."""
        kind, root_id = self._wanted
        if kind and (changes.touches_one(kind, root_id) or changes.touches("employer", "project")):
            self._read()

    def read_again(self) -> None:
        """Read what is shown once more, unless it is being read; as it was, nothing moves."""
        if self._wanted[0] and self._task is None:
            self._start(self._show_changed)

    def ask_paper(self) -> None:
        """Which paper to make for this case."""
        if self._sheet is not None:
            self._popup(paper_entries(self._context, self._sheet.case, self.area.start_paper))

    def leave_form(self) -> bool:
        """Esc: close a form that stands in the pane; False when there is none."""
        return self.area.leave_form()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _drop_task(self) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None

    def _read(self) -> None:
        self._drop_task()
        self.states.show_loading()
        self._start(self._show)

    def _start(self, then: Callable[[object], None]) -> None:
        kind, root_id = self._wanted
        desk, tasks = self._context.desk, self._context.tasks
        read = case_sheet if kind == "case" else clue_sheet
        self._task = tasks.query(self, lambda: read(desk, root_id), then, self._failed)

    def _failed(self, error: Exception) -> None:
        self._task = self._sheet = self._shown = None
        self.states.show_error(sentence_of(error), self._read)

    def _show_changed(self, sheet: object) -> None:
        """What changed outside the window comes in at the place that is being looked at."""
        self._task = None
        if sheet == self._shown:
            return
        bar = self._scroll.verticalScrollBar()
        place = partial(bar.setValue, bar.value())
        self._show(sheet)
        self._settle(place)

    def _show(self, sheet: object) -> None:
        self._task, self._shown = None, sheet
        is_case = isinstance(sheet, CaseSheet)
        for one in (self.area, self.tabs, self.lines):
            one.setVisible(is_case)
        for two in (self.clue_box, self.words):
            two.setVisible(not is_case)
        if isinstance(sheet, CaseSheet):
            self._show_case(sheet)
        elif isinstance(sheet, ClueSheet):
            self._show_clue(sheet)
        self.states.show_content()

    def _show_case(self, sheet: CaseSheet) -> None:
        self._sheet = sheet
        self.head.show_sheet(sheet)
        self.area.show_sheet(sheet)
        self.facts.show_facts(fact_rows(sheet))
        counts = (0, len(sheet.papers), len(sheet.claims), len(sheet.settlements), _open(sheet))
        names = [f"{name} {n}" if n else name for name, n in zip(TABS, counts, strict=True)]
        self.tabs.set_names(names)
        self._show_tab()

    def _show_clue(self, sheet: ClueSheet) -> None:
        clue = sheet.clue
        pill = (clue.state.label, STATE_TONES[clue.state])
        self.head.show_words(clue.employer_name, pill, f"{clue.clue_no}　{clue.project_name}")
        desk = self._context.desk
        facts = clue_facts(sheet, lambda scope: county_name(desk, scope))
        self.facts.show_facts([*facts, *person_facts(sheet)])
        self.words.setText(statement(sheet))
        title, body, tone = next_words(sheet, sheet.decide_by, desk.today())
        buttons, go = [], self._context.open_page
        if clue.state is ClueState.OPEN:
            buttons = [
                button("立案", "primary", clicked=lambda: go("clue", f"{clue.id}#file")),
                button("办结", clicked=lambda: go("clue", f"{clue.id}#conclude")),
            ]
        elif clue.case_id:
            case_id = clue.case_id
            buttons = [button("打开案件", clicked=lambda: go("case", case_id))]
        self.clue_box.show_step(title, body, buttons, tone)

    # ── tabs ─────────────────────────────────────────────────────────────────────────────────
    def _tab_chosen(self) -> None:
        """What was asked for comes into view: the tabs stand near the foot of a low window."""
        self._show_tab()
        self._settle(self._to_lines)

    def _to_lines(self) -> None:
        bring_below_into_view(self.tabs, self.lines)

    def _from_top(self) -> None:
        self._sought.stop()
        self._scroll.verticalScrollBar().setValue(0)

    def _settle(self, aim: Callable[[], None]) -> None:
        """Scroll to a place; again while new lines get their height, which takes rounds."""
        self._aim = aim
        self._sought.start()
        QTimer.singleShot(0, self, self._seek)

    def _seek(self) -> None:
        if self._sought.isActive():
            self._aim()

    def _show_tab(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        shown: tuple[tuple[list[Line], str], ...] = (
            (event_lines(sheet), "还没有经过。"),
            (paper_lines(sheet, self._open_paper), "还没有文书。开具文书（Ctrl+D）。"),
            (worker_lines(sheet), "还没有劳动者名单，打开案件登记或导入。"),
            (settlement_lines(sheet), "还没有清偿记录。"),
            (todo_lines(sheet, self._finish), "没有待办事项。"),
        )
        self.lines.show_lines(*shown[max(self.tabs.current(), 0)])

    def _open_paper(self, paper_id: str) -> None:
        self._context.open_page("paper", paper_id)

    def _finish(self, todo: Todo) -> None:
        desk, today = self._context.desk, self._context.today()
        self._context.tasks.work(
            self,
            lambda: finish_todo(desk, todo.id, today),
            lambda _done: self._context.done("已完成待办"),
        )

    def _form_opened(self, opened: bool) -> None:
        if opened:
            self._sought.stop()
            self._scroll.ensureWidgetVisible(self.area)

    # ── menu ─────────────────────────────────────────────────────────────────────────────────
    def _show_more(self) -> None:
        kind, root_id = self._wanted
        go = self._context.open_page
        entries: list[Entry | None] = [
            Entry("打开", lambda: go(kind, root_id), "folder_open_20"),
        ]
        if kind == "case":
            entries.append(Entry("登记待办", self.area.add_todo, "task_list_ltr_20"))
        if self._sheet is not None:
            entries += [
                None,
                *paper_entries(self._context, self._sheet.case, self.area.start_paper),
            ]
        self._popup(entries)

    def _popup(self, entries: list[Entry | None]) -> None:
        menu = self._context.actions.menu(self, entries)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _open(sheet: CaseSheet) -> int:
    return sum(1 for todo in sheet.todos if todo.done_on is None)
