"""One clock of a case as a card or a line: name, how long there is, the day, and 为什么."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.term_words import clock_text
from inspector_app.domain.terms import Level, Whose, date_text
from inspector_app.services.clocks import CaseClock, ClockState
from inspector_app.ui.pages.case.words import due_tone, due_words
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Elided, hair, label, set_property
from inspector_app.ui.widgets.buttons import Button
from inspector_app.ui.widgets.pills import Pill

WHY, FOLD = "为什么", "收起"
EARLIER, CHOSEN, BESIDE = "取较早", "按本局设置", "仅供参照"
CARD_WIDTH, WIDEST = 206, 264  # of one clock, at 100 % text size
BAR = 3

Key = tuple[str, object, str, str]
Asked = Callable[["ClockFace"], object]


@dataclass(frozen=True, slots=True)
class Shown:
    """A clock with what its pair says of it: 取较早, 仅供参照 or nothing."""

    clock: CaseClock
    mark: str = ""

    @property
    def key(self) -> Key:
        """The same clock after the case was read again."""
        return self.clock.rule, self.clock.start, self.clock.paper_id, self.clock.party

    @property
    def when(self) -> str:
        """The day that counts; with the hour where hours are counted."""
        return clock_text(self.clock.extended_due or self.clock.due)

    @property
    def own(self) -> bool:
        """Whether the office has to keep it."""
        return self.clock.whose is Whose.OFFICE

    @property
    def late(self) -> bool:
        """Done after its day; an order is checked when its time is over, which is not late."""
        return self.clock.late

    @property
    def strong(self) -> bool:
        """The office's own, by the term it goes by."""
        return self.own and self.clock.leading


def state_pill(shown: Shown) -> tuple[str, str]:
    """Words and tone of the pill; red only where the office itself is late."""
    clock = shown.clock
    if clock.state is ClockState.EXPIRED:
        return Level.EXPIRED.label, "neutral"
    if clock.state is ClockState.DONE:
        return ("逾期办理", "neutral") if shown.late else ("已办", "success")
    words = due_words(clock.level, clock.days_left)
    return words, due_tone(clock.level) if shown.strong else "neutral"


def marks(shown: Shown) -> str:
    """当事人的期限　取较早　已延长　中止计时 1 次　暂定; of several parties the one it runs for."""
    clock = shown.clock
    parts = [
        clock.party or ("" if shown.own else f"{clock.whose.label}的期限"),
        shown.mark,
        "已延长" if clock.extended_due else "",
        f"中止计时 {len(clock.stops)} 次" if clock.stops else "",
        "暂定" if clock.provisional else "",
    ]
    return "　".join(part for part in parts if part)


class ClockFace(QWidget):
    """Three short lines; `ask` opens the reason of the date, elsewhere."""

    def __init__(self, shown: Shown, asked: Asked) -> None:
        super().__init__()
        self.shown = shown
        column = box(QVBoxLayout(self), (12, 7, 8, 5), 1)
        head = box(QHBoxLayout(), spacing=6)
        role = "value" if shown.own and shown.clock.leading else "muted"
        self.name = Elided(shown.clock.name, role)
        set_property(self.name, "strong", "true" if shown.strong else "false")
        self.pill = Pill(*state_pill(shown))
        head.addWidget(self.name, 1)
        head.addWidget(self.pill)
        column.addLayout(head)
        column.addWidget(label(shown.when, "body"))
        foot = box(QHBoxLayout(), spacing=6)
        self.marks = Elided(marks(shown), "caption")
        foot.addWidget(self.marks, 1)
        self.ask = why_button(shown, lambda: asked(self))
        foot.addWidget(self.ask)
        column.addLayout(foot)
        fix(self, min_width=CARD_WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left for what the office must keep: its colour says what the pill says."""
        super().paintEvent(event)
        if not self.shown.strong:
            return
        t, painter = tokens(), QPainter(self)
        tone = self.pill.tone()
        colour = t.border_strong if tone == "neutral" else t.tone(tone).solid
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        wide, inset = t.px(BAR), t.px(9)
        painter.drawRoundedRect(t.px(3), inset, wide, self.height() - 2 * inset, wide / 2, wide / 2)
        painter.end()


def why_button(shown: Shown, clicked: Callable[[], object]) -> Button:
    """为什么, reached by Tab and pressed by Enter; a screen reader hears the reason itself."""
    made = fix(Button(WHY, "link"), height=26)  # as high with the focus frame as without
    clock = shown.clock
    made.setAccessibleName(f"{clock.title}为什么是{shown.when}")
    made.setAccessibleDescription(clock.why)
    made.setToolTip(clock.why)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


class ClockCard(QFrame):
    """One clock, or the national and the Henan one of the same matter side by side."""

    def __init__(self, pair: tuple[Shown, ...], asked: Asked) -> None:
        super().__init__()
        self.setObjectName("panel")
        row = box(QHBoxLayout(self), (1, 1, 1, 1))
        self.faces = tuple(ClockFace(one, asked) for one in pair)
        for number, face in enumerate(self.faces):
            if number:
                row.addWidget(hair(vertical=True))
            row.addWidget(face, 1)
        fix(self, max_width=len(self.faces) * WIDEST)


class PastLine(QWidget):
    """A clock in one line: name, the day it ended, when it was done."""

    def __init__(self, shown: Shown, asked: Callable[["PastLine"], object]) -> None:
        super().__init__()
        self.shown = shown
        row = box(QHBoxLayout(self), spacing=12)
        self.pill = Pill(*state_pill(shown))
        cell = fix(QWidget(), width=76)
        box(QHBoxLayout(cell)).addWidget(self.pill, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(cell)
        row.addWidget(Elided(shown.clock.name, "value"), 3)
        self.words = Elided(past_words(shown), "body")
        row.addWidget(self.words, 5)
        self.ask = why_button(shown, lambda: asked(self))
        row.addWidget(self.ask)


def past_words(shown: Shown) -> str:
    """到 2026年11月25日（星期三）　2026年11月20日办结　仅供参照."""
    clock = shown.clock
    done = f"{date_text(clock.done_on)}办" if clock.done_on else ""
    parts = (f"到 {shown.when}", done, marks(shown))
    return "　".join(part for part in parts if part)
