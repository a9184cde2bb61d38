"""The foot of the form: how many points are open, the first of them, and a way to each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector_app.domain.papers import PaperProblem
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Elided, label
from inspector_app.ui.widgets.buttons import Button, button

READY = "内容完整，可以编号打印"


class ProblemBar(QWidget):
    """还差 3 处：请填写“约谈时间”. `jump` carries the key of a field."""

    jump = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._problems: tuple[PaperProblem, ...] = ()
        row = box(QHBoxLayout(self), (20, 8, 12, 8), 8)
        self._icon = IconLabel("checkmark_circle_20", "success_fg", 18)
        self._count = label("", "sectionTitle")
        self._first = Elided("", "body")
        self.go: Button = button("去填写", "link", tip="跳到这一处", clicked=self.jump_first)
        self.all: Button = button("全部", "link", "chevron_down_16", clicked=self._show_all)
        row.addWidget(self._icon)
        row.addWidget(self._count)
        row.addWidget(self._first, 1)
        row.addWidget(self.go)
        row.addWidget(self.all)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_problems(self, problems: Sequence[PaperProblem]) -> None:
        """Show these; none means the paper can be issued."""
        self._problems = tuple(problems)
        blocking = self.blocking()
        name = "checkmark_circle_20" if not blocking else "edit_20"
        self._icon.set_icon(name, "success_fg" if not blocking else "text_2")
        self._count.setText(f"还差 {len(blocking)} 处" if blocking else READY)
        told = blocking or self._problems
        self._first.set_full(told[0].message if told else "")
        self.go.setVisible(bool(told and told[0].field))
        self.all.setVisible(len(self._problems) > 1)

    def text(self) -> str:
        """What is said now, the first open point included."""
        return f"{self._count.text()} {self._first.full()}".strip()

    def blocking(self) -> tuple[PaperProblem, ...]:
        """Problems that stop the issue."""
        return tuple(one for one in self._problems if one.blocking)

    def jump_first(self) -> None:
        """Go to the first open point that has a field."""
        for problem in self.blocking() or self._problems:
            if problem.field:
                self.jump.emit(problem.field)
                return

    def _show_all(self) -> None:
        entries = [
            Entry(one.message, partial(self.jump.emit, one.field), enabled=bool(one.field))
            for one in self._problems
        ]
        menu = self._context.actions.menu(self, entries)
        menu.popup(self.all.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
