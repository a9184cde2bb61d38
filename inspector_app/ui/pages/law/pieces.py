"""Pieces of a rule's sheet: tiles, name-and-value lines, links that shorten themselves."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import clear_layout, label, set_property
from inspector_app.ui.widgets.buttons import Button, button

NAME_WIDTH = 92


class LinkLine(Button):
    """A link as wide as there is room; the whole of a long one is in its tip."""

    def __init__(self, text: str, clicked: Callable[[], object], tip: str = "") -> None:
        super().__init__("", "link")
        self._full = text
        self.setMinimumWidth(10)
        self.setProperty("left", "true")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setToolTip(tip or text)
        self.setAccessibleName(text)
        self.clicked.connect(lambda _checked=False: clicked())
        self.rescale()

    def full(self) -> str:
        """The text before it was shortened."""
        return self._full

    def rescale(self) -> None:
        """Shorten again for the width and font in force."""
        room = max(self.width() - 10, 10)
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._full, mode, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()


class Tile(QFrame):
    """A box on the ground of the window; `lead` marks the one that counts."""

    def __init__(self, *, lead: bool = False, spacing: int = 4) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.column = box(QVBoxLayout(self), (12, 10, 12, 10), spacing)
        self.set_lead(lead)

    def set_lead(self, lead: bool) -> None:
        """Whether it is the one that counts."""
        set_property(self, "lead", "true" if lead else "false")

    def add(self, text: str, role: str = "body", *, tone: str = "") -> None:
        """A line of words."""
        made = label(text, role, tone=tone, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(made)


class FactLines(QWidget):
    """Name at the left, value at the right, one a line."""

    def __init__(self, facts: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._grid = box(QGridLayout(self), spacing=8)
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these instead."""
        clear_layout(self._grid)
        for number, (name, value) in enumerate(facts):
            left = fix(label(name, "label", wrap=True), width=NAME_WIDTH)
            left.setAlignment(Qt.AlignmentFlag.AlignTop)
            right = label(value, "value", wrap=True)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(left, number, 0)
            self._grid.addWidget(right, number, 1)


def marked(text: str, icon: str, colour: str) -> QHBoxLayout:
    """A sentence with a picture before it."""
    row = box(QHBoxLayout(), spacing=8)
    row.addWidget(IconLabel(icon, colour, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, "body", wrap=True), 1)
    return row


def section(title: str, *buttons: Button) -> QHBoxLayout:
    """A heading with small buttons at its right."""
    row = box(QHBoxLayout(), spacing=6)
    row.addWidget(label(title, "sectionTitle"), 1)
    for made in buttons:
        row.addWidget(made)
    return row


def small(text: str, clicked: Callable[[], object], icon: str = "", tip: str = "") -> Button:
    """A small button inside a sheet."""
    return button(text, "", icon, tip, clicked, small=True)
