"""Count cards of a page head: a number, what it counts, and a click that filters."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Elided, label, set_property

EMPHASISED = ("danger", "warning")


class CountCard(QFrame):
    """已超期 2 件; `compact` lays it in one line for low windows."""

    clicked = Signal()

    def __init__(self, title: str, icon_name: str, tone: str, unit: str = "件") -> None:
        super().__init__()
        self._title, self._unit, self._tone = title, unit, tone
        self.setProperty("tone", tone)
        self.setProperty("active", "false")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._number = label("0", "cardNumber")
        self._inline = label("", "cardNumber")
        self._unit_label = label(unit, "cardUnit")
        self._unit_label.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._hint = Elided("", "caption")
        self._column = box(QVBoxLayout(self), (16, 12, 14, 12), 2)
        head = self._head = box(QHBoxLayout(), spacing=10)
        head.addWidget(label(title, "cardLabel"))
        head.addWidget(self._inline)
        head.addStretch()
        head.addWidget(IconLabel(f"{icon_name}_filled", f"{tone}_solid", 18, f"{tone}_tint"))
        self._column.addLayout(head)
        middle = box(QHBoxLayout(), spacing=4)
        middle.addWidget(self._number)
        self._unit_label.setContentsMargins(0, 0, 0, 6)
        middle.addWidget(self._unit_label)
        middle.addStretch()
        self._column.addLayout(middle)
        self._column.addWidget(self._hint)
        self._inline.hide()
        self.show_count(0, "")

    def show_count(self, count: int, hint: str) -> None:
        """Show a number and the line below it; zero is never alarming."""
        tone = self._tone if count and self._tone in EMPHASISED else ""
        for one in (self._number, self._inline):
            one.setText(f"{count:,}")
            set_property(one, "tone", tone)
        self._hint.set_full(hint)
        self.setToolTip(hint)
        self.setAccessibleName(f"{self._title} {count} {self._unit} {hint}".strip())

    def set_active(self, active: bool) -> None:
        """Mark the card whose filter is on."""
        set_property(self, "active", "true" if active else "false")

    def is_active(self) -> bool:
        """Whether its filter is on."""
        return bool(self.property("active") == "true")

    def set_compact(self, compact: bool) -> None:
        """One line instead of three."""
        self._inline.setVisible(compact)
        for one in (self._number, self._unit_label, self._hint):
            one.setVisible(not compact)
        box(self._head, spacing=6 if compact else 10)
        box(self._column, (12, 8, 10, 8) if compact else (16, 12, 14, 12), 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
            return
        super().keyPressEvent(event)
