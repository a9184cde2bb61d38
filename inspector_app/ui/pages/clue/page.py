"""The page of one clue: what was reported at the left, what comes next at the right."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.access import AccessEntry
from inspector_app.domain.cases import Case
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.office import Inspector
from inspector_app.domain.terms import date_text
from inspector_app.services.access import looks_at
from inspector_app.services.clue_filing import same_unit
from inspector_app.services.clues import ClueSheet, clue_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.home import county_name
from inspector_app.services.settings import inspectors
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.page import Page
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.case.lists import Line, Lines
from inspector_app.ui.pages.case.summary import facts_grid
from inspector_app.ui.pages.case.words import amount_text
from inspector_app.ui.pages.clue.brief import (
    STATE_TONES,
    clue_facts,
    next_words,
)
from inspector_app.ui.pages.clue.correct import CorrectForm, ReopenForm
from inspector_app.ui.pages.clue.reporter import Reporter
from inspector_app.ui.pages.clue.ways_out import ConcludeForm, FileForm
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner, NextBox
from inspector_app.ui.widgets.basic import Panel, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.pills import Pill
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack


@dataclass(frozen=True, slots=True)
class ClueNews:
    """All that the page reads at once."""

    sheet: ClueSheet
    twins: tuple[Clue, ...]
    people: tuple[Inspector, ...]
    looks: tuple[AccessEntry, ...]


def read_clue(desk: Desk, clue_id: str) -> ClueNews:
    """The clue, the other open ones about its unit, who may take it, who looked into it."""
    people, twins = tuple(inspectors(desk)), tuple(same_unit(desk, clue_id))
    return ClueNews(clue_sheet(desk, clue_id), twins, people, tuple(looks_at(desk, clue_id)))


class CluePage(Page):
    """`arg` is the clue's id, with #file or #conclude to open that form."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "线索")
        self._clue_id, self._wanted = "", ""
        self._news: ClueNews | None = None
        self._form: InlineForm | None = None
        self._task: Task[ClueNews] | None = None
        self.split = ListAndDetail(self._build_left(), self._build_right())
        self.states = StateStack(self.split, "mail_inbox_20")
        self.column.addWidget(self.states, 1)

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build_left(self) -> Panel:
        panel = Panel((20, 16, 10, 14), 12)
        feed = QWidget()
        column = box(QVBoxLayout(feed), (0, 0, 10, 0), 12)
        self.flags = Banner("warning")
        self.flags.hide()
        self.facts = facts_grid(3)
        self.statement = label("", "value", wrap=True)
        self.statement.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reporter = Reporter(self.context)
        self.reporter.said.connect(self.statement.setText)
        column.addWidget(self.flags)
        column.addWidget(self.facts)
        column.addWidget(hair())
        column.addWidget(label("反映的内容", "sectionTitle"))
        column.addWidget(self.statement)
        column.addWidget(hair())
        column.addWidget(self.reporter)
        column.addStretch()
        panel.column.addWidget(scrolling(feed), 1)
        return panel

    def _build_right(self) -> Panel:
        panel = Panel((17, 13, 9, 13), 10)
        self.pill = Pill()
        panel.column.addWidget(self.pill)
        feed = QWidget()
        column = box(QVBoxLayout(feed), (0, 0, 8, 0), 12)
        self.next = NextBox()
        self.holder = Panel((14, 12, 14, 14), 0)
        self.holder.setObjectName("tile")
        self.holder.hide()
        self.twins_title = label("同一单位的其他线索", "sectionTitle")
        self.twins = Lines()
        for one in (self.next, self.holder, self.twins_title, self.twins):
            column.addWidget(one)
        column.addStretch()
        panel.column.addWidget(scrolling(feed), 1)
        return panel

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if not isinstance(arg, str) or not arg:
            return
        clue_id, _, self._wanted = arg.partition("#")
        if clue_id != self._clue_id:
            self.close_form()
            self._clue_id, self._news = clue_id, None
            self.reporter.forget()
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches("clue", "clue_person", "inspector", "access_entry", ""):
            self._load()

    def leave(self) -> bool:
        if self._form is not None and not self._form.may_close():
            return False
        self.reporter.forget()
        return True

    def handlers(self) -> Mapping[str, Handler]:
        return {"back": self._back, "detail": self.split.toggle, "refresh": self._load}

    def first_focus(self) -> QWidget | None:
        return self.reporter.reveal

    def place(self) -> object:
        return self._clue_id or None

    def fit(self, width: int, _height: int) -> None:
        self.split.fit(width)

    def _back(self) -> None:
        if self._form is None:
            self.context.back()
        elif self._form.may_close():
            self.close_form()

    # ── reading ──────────────────────────────────────────────────────────────────────────────
    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if not self._clue_id:
            return
        if self._news is None:
            self.states.show_loading()
        desk, clue_id = self.context.desk, self._clue_id
        self._task = self.context.tasks.query(
            self, lambda: read_clue(desk, clue_id), self._show, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self.states.show_error(sentence_of(error), self._load)

    def _show(self, news: ClueNews) -> None:
        self._task, self._news = None, news
        sheet, clue, desk = news.sheet, news.sheet.clue, self.context.desk
        self.head.set_title(clue.employer_name)
        self.head.set_hint("　".join(p for p in (clue.clue_no, clue.project_name) if p))
        self.show_standing("clue", clue.id)
        self.flags.say("；".join(clue.flags), "导入时发现" if clue.flags else "")
        self.facts.show_facts(clue_facts(sheet, lambda scope: county_name(desk, scope)))
        self.reporter.show_news(sheet, news.looks)
        self.pill.set_pill(clue.state.label, STATE_TONES[clue.state])
        self._show_next(sheet)
        self._show_twins(news.twins)
        self.states.show_content()
        wanted, self._wanted = self._wanted, ""
        if wanted and clue.state is ClueState.OPEN:
            self.open_file() if wanted == "file" else self.open_conclude()

    def _show_next(self, sheet: ClueSheet) -> None:
        clue = sheet.clue
        title, body, tone = next_words(sheet, sheet.decide_by, self.context.today())
        buttons = []
        if clue.state is ClueState.OPEN:
            buttons = [
                button("立案", "primary", clicked=self.open_file),
                button("办结", clicked=self.open_conclude),
                button("修改", tip="登记错了的，写明理由改正", clicked=self.open_correct),
            ]
        elif clue.case_id:
            case_id = clue.case_id
            buttons = [button("打开案件", clicked=lambda: self.context.open_page("case", case_id))]
        else:
            buttons = [button("重新打开", clicked=self.open_reopen)]
        self.next.show_step(title, body, buttons, tone)

    def _show_twins(self, twins: tuple[Clue, ...]) -> None:
        self.twins_title.setVisible(bool(twins))
        self.twins.setVisible(bool(twins))
        self.twins.show_lines([self._twin_line(one) for one in twins], "")

    def _twin_line(self, clue: Clue) -> Line:
        amount = amount_text(clue.amount_fen) if clue.amount_fen else clue.amount_written
        meta = "　".join(part for part in (date_text(clue.received_on), amount) if part)
        clue_id = clue.id
        return Line(
            "mail_inbox_20",
            "warning",
            clue.clue_no,
            meta,
            lambda: self.context.open_page("clue", clue_id),
            "打开",
        )

    # ── forms ────────────────────────────────────────────────────────────────────────────────
    def form(self) -> InlineForm | None:
        """The form that is open."""
        return self._form

    def open_file(self) -> None:
        """立案."""
        if self._news is not None:
            news = self._news
            made = FileForm(self.context, news.sheet.clue, news.twins, news.people)
            made.saved.connect(self._filed)
            self._open(made)

    def open_conclude(self) -> None:
        """办结."""
        if self._news is not None:
            self._open(ConcludeForm(self.context, self._news.sheet.clue))

    def open_correct(self) -> None:
        """修改."""
        if self._news is not None:
            self._open(CorrectForm(self.context, self._news.sheet))

    def open_reopen(self) -> None:
        """重新打开."""
        if self._news is not None:
            self._open(ReopenForm(self.context, self._news.sheet.clue))

    def _open(self, form: InlineForm) -> None:
        self.close_form()
        if not self.split.detail_shown():
            self.split.toggle()
        self._form = form
        form.closed.connect(self.close_form)
        self.holder.column.addWidget(form)
        self.next.hide()
        self.holder.show()
        form.start()

    def close_form(self) -> None:
        """Back to the box of what comes next."""
        form, self._form = self._form, None
        if form is not None:
            form.hide()
            form.deleteLater()
            self.holder.hide()
            self.next.show()

    def _filed(self, case: object) -> None:
        if isinstance(case, Case):
            self.close_form()
            self.context.open_page("case", case.id)


def make(context: UiContext) -> Page:
    """The clue page."""
    return CluePage(context)
