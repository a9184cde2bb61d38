"""All steps open in a stage, in groups: the lawful ones to press, the others with their reasons."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.law import grouped
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.steps import Option
from inspector_app.ui.pages.case.inline_base import Inline
from inspector_app.ui.pages.case.moves import Group, against, group_of, may_pass
from inspector_app.ui.pages.case.reasons import NOBODY, Reasons, in_short
from inspector_app.ui.pages.case.refused_box import OVERRIDE
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label, set_property
from inspector_app.ui.widgets.buttons import Button, button

NOT_YET = "现在还不能办"


class StepLine(QWidget):
    """A step: pressed it opens its form; one not yet legal unfolds what it lacks instead."""

    def __init__(
        self, option: Option, refusals: Sequence[Refusal], take: Callable[[], object]
    ) -> None:
        super().__init__()
        self.option, self.refusals, self._take = option, tuple(refusals), take
        column = box(QVBoxLayout(self), spacing=2)
        self.button = Button(option.step.name)
        self.button.setObjectName("stepLine")
        set_property(self.button, "refused", "true" if refusals else "false")
        self.button.clicked.connect(lambda _checked=False: self._pressed())
        column.addWidget(self.button)
        self.words = label("", "caption", wrap=True)
        below = box(QVBoxLayout(), (11, 0, 0, 4))
        below.addWidget(self.words)
        self.more = QWidget()
        inner = box(QVBoxLayout(self.more), (10, 2, 0, 8), 6)
        self.reasons = Reasons()
        self.reasons.show_reasons(self.refusals)
        inner.addWidget(self.reasons)
        if refusals and may_pass(refusals):
            inner.addWidget(
                button(f"{OVERRIDE}…", "link", clicked=take), 0, Qt.AlignmentFlag.AlignLeft
            )
        self.more.hide()
        column.addLayout(below)
        column.addWidget(self.more)
        self._tell()

    def _tell(self) -> None:
        step = self.option.step
        basis = grouped(step.articles) if step.articles else step.rule
        if not self.refusals:
            self.words.setText(basis)
            self.words.setVisible(bool(basis))
            self.button.setToolTip(basis)
            return
        short = in_short(self.refusals)
        never = "" if may_pass(self.refusals) else f"　{NOBODY}"
        self.words.setText(f"{short}{never}")
        self.button.setToolTip("\n".join(one.sentence for one in self.refusals))
        self.button.setAccessibleName(f"{self.option.step.name}，{NOT_YET}")
        self.button.setAccessibleDescription(short)

    def _pressed(self) -> None:
        if not self.refusals:
            self._take()
            return
        folded = self.more.isHidden()
        self.more.setVisible(folded)
        self.words.setVisible(not folded)


class StepList(Inline):
    """`chosen` with the option to take; ↑ and ↓ move as Tab does, Enter presses, Esc leaves."""

    chosen = Signal(object)

    def __init__(self, sheet: CaseSheet) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=8)
        head = box(QHBoxLayout(), spacing=8)
        head.addWidget(
            label(f"{sheet.case.stage.label}阶段可以办的步骤", "sectionTitle", wrap=True), 1
        )
        head.addWidget(button("返回", tip="Esc", clicked=self.closed.emit, small=True))
        column.addLayout(head)
        self.lines: tuple[StepLine, ...] = ()
        for group in Group:
            options = [one for one in sheet.options if group_of(one.step) is group]
            if options:
                column.addWidget(label(group.label, "label"))
                self._add(column, sheet, options)

    def _add(self, column: QVBoxLayout, sheet: CaseSheet, options: Sequence[Option]) -> None:
        told = [(one, against(sheet, one)) for one in options]
        for option, refusals in sorted(told, key=lambda pair: bool(pair[1])):
            line = StepLine(option, refusals, partial(self.chosen.emit, option))
            self.lines += (line,)
            column.addWidget(line)

    def line(self, step: str) -> StepLine:
        """The line of a step."""
        return next(one for one in self.lines if one.option.step.id == step)

    def start(self) -> None:
        if self.lines:
            self.lines[0].button.setFocus()
