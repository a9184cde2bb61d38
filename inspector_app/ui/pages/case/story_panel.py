"""经过: what happened in the case, and beside it every change with a way to take it back."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.history_panel import HistoryPanel
from inspector_app.ui.pages.case.lists import Lines, event_lines
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import scrolling
from inspector_app.ui.widgets.buttons import segments

VIEWS = ("办案经过", "改动记录")
CHANGES = VIEWS.index("改动记录")


class StoryPanel(QWidget):
    """Two views of the same case: its steps and facts, or the trail of what was entered."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=8)
        bar = box(QHBoxLayout(), (14, 0, 12, 0), 8)
        self.views = segments(VIEWS)
        self.views.chosen.connect(self.show_view)
        bar.addWidget(self.views)
        bar.addStretch()
        column.addLayout(bar)
        self.lines = Lines()
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 0, 12, 12)).addWidget(self.lines)
        self.history = HistoryPanel(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolling(holder))
        self.stack.addWidget(self.history)
        column.addWidget(self.stack, 1)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show what happened; the trail is read when it is looked at."""
        self.lines.show_lines(event_lines(sheet), "还没有经过。")

    def show_view(self, number: int) -> None:
        """Steps and facts, or changes."""
        self.views.set_current(number)
        self.stack.setCurrentIndex(number)
