"""下一步 with its buttons; pressing one opens the small form that does it, in the same place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.cases import Step
from inspector_app.domain.papers import Paper
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.papers import start_draft
from inspector_app.services.todos import finish_todo
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.case.next_step import Act, Do, next_step
from inspector_app.ui.pages.case.step_forms import (
    ServeForm,
    SettleAllForm,
    SettleOneForm,
    StepForm,
    TodoForm,
)
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import NextBox
from inspector_app.ui.widgets.basic import Panel
from inspector_app.ui.widgets.buttons import button

_STEPS = {Do.FILE: Step.FILE, Do.ORDER: Step.ORDER, Do.CLOSE: Step.CLOSE}
MOST_LETTERS = 13  # of three buttons side by side in the pane


def _room(acts: Sequence[Act]) -> int:
    """How many buttons fit: three short ones, else two."""
    return 3 if sum(len(act.label) for act in acts[:3]) <= MOST_LETTERS else 2


class NextStepArea(QWidget):
    """The box, or the form it has opened. `busy` tells whether a form is open."""

    busy = Signal(bool)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._sheet: CaseSheet | None = None
        self._form: InlineForm | None = None
        self._title = ""
        self._column = box(QVBoxLayout(self))
        self.box = NextBox()
        self._column.addWidget(self.box)
        self._holder = Panel((14, 12, 14, 14), 0)
        self._holder.setObjectName("tile")
        self._column.addWidget(self._holder)
        self._holder.hide()

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the next step of a case; a form open for the same case stays open."""
        same = self._sheet is not None and self._sheet.case.id == sheet.case.id
        self._sheet = sheet
        if self._form is not None and not same:
            self.close_form()
        step = next_step(sheet, self._context.today())
        self._title = step.title
        buttons = [
            button(act.label, "" if number else "primary", clicked=partial(self.do, act))
            for number, act in enumerate(step.acts[: _room(step.acts)])
        ]
        self.box.show_step(step.title, step.body, buttons, step.tone)

    def title(self) -> str:
        """What comes next."""
        return self._title

    def do(self, act: Act) -> None:
        """Do what a button says."""
        if self._sheet is None:
            return
        if act.do is Do.PAPER:
            self.start_paper(act.target)
        elif act.do is Do.OPEN_PAPER:
            self._context.open_page("paper", act.target)
        elif act.do is Do.CLAIMS:
            self._context.open_page("case", f"{self._sheet.case.id}#claims")
        elif act.do is Do.CHECKED:
            self._finish(act.target)
        else:
            self.open_form(self._make(self._sheet, act.do))

    def _make(self, sheet: CaseSheet, do: Do) -> InlineForm:
        if do is Do.SERVE:
            return ServeForm(self._context, sheet)
        if do is Do.SETTLE:
            return SettleAllForm(self._context, sheet)
        return StepForm(self._context, sheet, _STEPS[do])

    def _finish(self, todo_id: str) -> None:
        desk, today = self._context.desk, self._context.today()
        self._context.tasks.work(
            self,
            lambda: finish_todo(desk, todo_id, today),
            lambda _done: self._context.done("已完成复查"),
        )

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
        return self._form

    def open_form(self, form: InlineForm) -> None:
        """Show a form in place of the box."""
        self.close_form()
        self._form = form
        form.closed.connect(self.close_form)
        self._holder.column.addWidget(form)
        self.box.hide()
        self._holder.show()
        form.show()
        form.start()
        self.busy.emit(True)

    def leave_form(self) -> bool:
        """Esc: close the open form unless it has to warn first; False when none is open."""
        if self._form is None:
            return False
        if self._form.may_close():
            self.close_form()
        return True

    def close_form(self) -> None:
        """Back to the box; nothing was changed."""
        form, self._form = self._form, None
        if form is None:
            return
        form.hide()
        form.deleteLater()
        self._holder.hide()
        self.box.show()
        self.busy.emit(False)
