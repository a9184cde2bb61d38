"""期限: every clock of a case with its date, and on demand why it stands there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.terms import weekday_text
from inspector_app.services.clocks import CaseClock
from inspector_app.ui.pages.case.words import due_tone, due_words
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import Button
from inspector_app.ui.widgets.pills import Pill


class ClockLine(QWidget):
    """Name, pill, date, and 为什么 that opens the reason below."""

    def __init__(self, clock: CaseClock) -> None:
        super().__init__()
        self.clock = clock
        column = box(QVBoxLayout(self), spacing=2)
        first = box(QHBoxLayout(), spacing=8)
        first.addWidget(label(clock.name, "value"))
        first.addStretch()
        tone = due_tone(clock.level) if clock.leading else "neutral"
        first.addWidget(Pill(due_words(clock.level, clock.days_left), tone))
        column.addLayout(first)
        second = box(QHBoxLayout(), spacing=4)
        words = weekday_text(clock.due) + ("　暂定" if clock.provisional else "")
        words += "" if clock.leading else "　仅供参照"
        day = label(words, "caption")
        day.setToolTip(why_text(clock))
        self.ask = Button("为什么", "link")
        self.ask.setToolTip(why_text(clock))
        self.ask.setAccessibleName(f"{clock.name}为什么是{weekday_text(clock.due)}")
        self.ask.clicked.connect(lambda _checked=False: self._toggle())
        second.addWidget(day)
        second.addStretch()
        second.addWidget(self.ask)
        column.addLayout(second)
        self.why = label(why_text(clock), "body", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.why.hide()
        column.addWidget(self.why)

    def _toggle(self) -> None:
        opened = self.why.isHidden()
        self.why.setVisible(opened)
        self.ask.setText("收起" if opened else "为什么")


def why_text(clock: CaseClock) -> str:
    """The reason of a date, the event it starts from, and the article."""
    parts = [clock.why]
    if clock.article and clock.article not in clock.why:
        parts.append(f"依据：{clock.article}")
    if clock.provisional:
        parts.append("该年的放假安排还没有公布，日期是暂定的。")
    if not clock.leading:
        parts.append("本局在设置里选用了另一期限，这一项只供参照。")
    return "\n".join(parts)


class ClockList(QWidget):
    """The clocks of a case, the one that ends first on top."""

    def __init__(self) -> None:
        super().__init__()
        self._column = box(QVBoxLayout(self), spacing=10)
        self.lines: tuple[ClockLine, ...] = ()

    def show_clocks(self, clocks: Sequence[CaseClock]) -> None:
        """Show these; the ones whose reason was open stay open."""
        opened = {line.clock.rule for line in self.lines if not line.why.isHidden()}
        clear_layout(self._column)
        self._column.addWidget(label("期限", "sectionTitle"))
        self.lines = tuple(ClockLine(clock) for clock in clocks)
        for line in self.lines:
            self._column.addWidget(line)
            if line.clock.rule in opened:
                line.ask.click()
        if not self.lines:
            self._column.addWidget(label("没有正在计算的期限。", "muted"))
