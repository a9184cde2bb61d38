"""下一步 with its buttons; pressing one opens the small form that does it, in the same place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.papers import Paper
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.papers import start_draft
from inspector_app.services.steps import Option
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.case.inline_base import Inline
from inspector_app.ui.pages.case.moves import against, option_of
from inspector_app.ui.pages.case.next_step import Act, Do, next_step
from inspector_app.ui.pages.case.reasons import Reasons
from inspector_app.ui.pages.case.serve_form import ServeForm
from inspector_app.ui.pages.case.step_form import StepForm
from inspector_app.ui.pages.case.step_forms import SettleAllForm, SettleOneForm, TodoForm
from inspector_app.ui.pages.case.step_list import StepList
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import NextBox
from inspector_app.ui.widgets.basic import Panel
from inspector_app.ui.widgets.buttons import button

MOST_LETTERS = 13  # of three buttons side by side in the pane
MOST_OF_TWO = 17  # of two
OTHERS = "其他步骤…"


def _room(acts: Sequence[Act]) -> int:
    """How many buttons fit: three short ones, two, or a long one alone."""
    if sum(len(act.label) for act in acts[:3]) <= MOST_LETTERS:
        return 3
    return 2 if sum(len(act.label) for act in acts[:2]) <= MOST_OF_TWO else 1


class NextStepArea(QWidget):
    """The box, or what it has opened. `busy` tells whether something stands in its place."""

    busy = Signal(bool)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._open: Inline | None = None
        self._title = ""
        self._column = box(QVBoxLayout(self), spacing=8)
        self.front = QWidget()
        front = box(QVBoxLayout(self.front), spacing=8)
        self.box = NextBox()
        self.reasons = Reasons()
        self.others = button(OTHERS, "link", clicked=self.show_steps)
        front.addWidget(self.box)
        front.addWidget(self.reasons)
        foot = box(QHBoxLayout(), spacing=8)
        foot.addStretch()
        foot.addWidget(self.others)
        front.addLayout(foot)
        self._column.addWidget(self.front)
        self._holder = Panel((14, 12, 14, 14), 0)
        self._holder.setObjectName("tile")
        self._column.addWidget(self._holder)
        self._holder.hide()

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the next step of a case; a form open for the same case stays open."""
        same = self._sheet is not None and self._sheet.case.id == sheet.case.id
        self._sheet = sheet
        if self._open is not None and (not same or isinstance(self._open, StepList)):
            self.close_form()
        kinds = self._context.desk.library.kinds
        step = next_step(sheet, self._context.today(), kinds)
        self._title = step.title
        buttons = [
            button(act.label, "" if number else "primary", clicked=partial(self.do, act))
            for number, act in enumerate(step.acts[: _room(step.acts)])
        ]
        self.box.show_step(step.title, step.body, buttons, step.tone)
        self.reasons.show_reasons(step.against)
        self.others.setVisible(bool(sheet.options))

    def title(self) -> str:
        """What comes next."""
        return self._title

    def do(self, act: Act) -> None:
        """Do what a button says."""
        if self._sheet is None:
            return
        match act.do:
            case Do.PAPER:
                self.start_paper(act.target)
            case Do.OPEN_PAPER:
                self._context.open_page("paper", act.target)
            case Do.TAB:
                self._context.open_page("case", f"{self._sheet.case.id}#{act.target}")
            case Do.SERVE:
                self.open_form(ServeForm(self._context, self._sheet))
            case Do.SETTLE:
                self.open_form(SettleAllForm(self._context, self._sheet))
            case Do.STEP:
                self.take(act.target, act.preset)

    def take(self, step: str, paper_kind: str = "") -> None:
        """Open the form of a step; what is against it already stands in it."""
        sheet = self._sheet
        option = option_of(sheet, step) if sheet else None
        if sheet is None or option is None:
            return
        refusals: tuple[Refusal, ...] = against(sheet, option)
        self.open_form(StepForm(self._context, sheet, option.step, paper_kind, refusals))

    def show_steps(self) -> None:
        """Every step of the stage, in groups."""
        if self._sheet is None or not self._sheet.options:
            return
        steps = StepList(self._sheet)
        steps.chosen.connect(self._take_option)
        self.open_form(steps)

    def _take_option(self, option: object) -> None:
        if isinstance(option, Option):
            self.take(option.step.id)

    def settle_one(self, claim_id: str = "") -> None:
        """Open the form for one payment."""
        if self._sheet is not None:
            self.open_form(SettleOneForm(self._context, self._sheet, claim_id))

    def add_todo(self) -> None:
        """Open the form for a to-do."""
        if self._sheet is not None:
            self.open_form(TodoForm(self._context, self._sheet))

    def start_paper(self, kind_id: str) -> None:
        """Begin a draft of a kind and open its page."""
        if self._sheet is None:
            return
        desk, case_id = self._context.desk, self._sheet.case.id
        self._context.tasks.work(
            self, lambda: start_draft(desk, case_id, kind_id), self._open_paper
        )

    def _open_paper(self, paper: Paper) -> None:
        self._context.open_page("paper", paper.id)

    # ── the form in place ────────────────────────────────────────────────────────────────────
    def form(self) -> InlineForm | None:
        """The form that is open."""
        return self._open if isinstance(self._open, InlineForm) else None

    def is_busy(self) -> bool:
        """Whether something stands in the place of the box."""
        return self._open is not None

    def steps(self) -> StepList | None:
        """The list of all steps, while it is open."""
        return self._open if isinstance(self._open, StepList) else None

    def open_form(self, form: Inline) -> None:
        """Show a form in place of the box."""
        self.close_form()
        self._open = form
        form.closed.connect(self.close_form)
        self._holder.column.addWidget(form)
        self.front.hide()
        self._holder.show()
        form.show()
        form.start()
        self.busy.emit(True)

    def leave_form(self) -> bool:
        """Esc: close what is open unless it has to warn first; False when nothing is."""
        if self._open is None:
            return False
        if self._open.may_close():
            self.close_form()
        return True

    def close_form(self) -> None:
        """Back to the box; nothing was changed."""
        form, self._open = self._open, None
        if form is None:
            return
        form.hide()
        form.deleteLater()
        self._holder.hide()
        self.front.show()
        self.busy.emit(False)
