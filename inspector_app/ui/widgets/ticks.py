"""A box to tick, its mark painted in the colours of the look in force."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import paint_icon

MARK = "checkmark_16_filled"


class TickBox(QCheckBox):
    """A check box: the style sheet gives border and ground, this class the mark on it."""

    def indicator(self) -> QRect:
        """Where the box itself stands, left of its words."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        place = QStyle.SubElement.SE_CheckBoxIndicator
        return self.style().subElementRect(place, option, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        t, painter = tokens(), QPainter(self)
        colour = t.on_brand if self.isEnabled() else t.surface
        paint_icon(painter, self.indicator().adjusted(2, 2, -2, -2), MARK, colour)
        painter.end()
