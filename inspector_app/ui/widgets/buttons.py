"""Buttons of the window, and rows of buttons of which one is on: segments and tabs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
)

from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import box, fix

KINDS = ("", "primary", "quiet", "danger", "link", "icon")


class Button(QPushButton):
    """A push button with a kind of the style sheet; Enter presses it as Space does."""

    def __init__(self, text: str, kind: str = "") -> None:
        super().__init__(text)
        if kind not in KINDS:
            raise KeyError(kind)
        if kind:
            self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str,
    kind: str = "",
    icon_name: str = "",
    tip: str = "",
    clicked: Callable[[], object] | None = None,
    *,
    small: bool = False,
) -> Button:
    """A button of one of KINDS; `icon_name` is the name of a drawing without style (`print_20`)."""
    made = Button(text, kind)
    if icon_name:
        colours = {"primary": "on_brand", "danger": "danger_fg", "link": "brand"}
        made.setIcon(icon(icon_name, colours.get(kind, "text_2")))
        fix(made, icon=18)
    if tip:
        made.setToolTip(tip)
    if small:
        made.setProperty("compact", "true")
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def icon_button(icon_name: str, tip: str, clicked: Callable[[], object] | None = None) -> Button:
    """A square button with a picture; the tip is its name for screen readers too."""
    made = button("", "icon", icon_name, tip, clicked)
    made.setAccessibleName(tip)
    return made


class Segment(QPushButton):
    """One of several joined choices."""


class Tab(QPushButton):
    """One of several views of the same thing."""


class Choices(QFrame):
    """A row of Segment or Tab buttons, one of them on; ← and → move, `chosen` says which."""

    chosen = Signal(object)

    def __init__(
        self, names: Sequence[str], on: int = 0, kind: type[QPushButton] = Segment
    ) -> None:
        super().__init__()
        self._kind = kind
        joined = kind is Segment
        self.setObjectName("segments" if joined else "tabs")
        margin = 3 if joined else 0
        self._row = box(QHBoxLayout(self), (margin,) * 4, 2 if joined else 0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for number, name in enumerate(names):
            self._add(number, name)
        if not joined:
            self._row.addStretch()
        if 0 <= on < len(names):
            self._group.button(on).setChecked(True)
        self._group.idClicked.connect(self.chosen.emit)
        policy = QSizePolicy.Policy.Maximum if joined else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Maximum)

    def _add(self, number: int, name: str) -> None:
        made = self._kind(name)
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        self._group.addButton(made, number)
        self._row.addWidget(made)

    def current(self) -> int:
        """The number that is on, -1 when none is."""
        return self._group.checkedId()

    def set_current(self, number: int) -> None:
        """Turn one on without telling; -1 turns all off."""
        if number < 0:
            self._group.setExclusive(False)
            for one in self._group.buttons():
                one.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._group.button(number).setChecked(True)

    def set_names(self, names: Sequence[str]) -> None:
        """New words on the same buttons (counts changed)."""
        for number, name in enumerate(names):
            self._group.button(number).setText(name)

    def set_tones(self, tones: Sequence[str]) -> None:
        """Colour each segment when it is on (是 green, 否 red …)."""
        for number, tone in enumerate(tones):
            self._group.button(number).setProperty("tone", tone)

    def at(self, number: int) -> QAbstractButton:
        """The button of that number."""
        return self._group.button(number)


def segments(names: Sequence[str], on: int = 0) -> Choices:
    """A segmented filter."""
    return Choices(names, on, Segment)


def tabs(names: Sequence[str], on: int = 0) -> Choices:
    """Tabs above a view."""
    return Choices(names, on, Tab)
