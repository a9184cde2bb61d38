"""What the clock strip unfolds: it floats above the page, so that nothing below is pushed away."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from inspector_app.ui.pages.case.clock_why import ClockWhy
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import hair, scrolling

GAP = 4
HIGHEST_LIST = 176


class ClockDrop(QFrame):
    """The rest of the clocks as lines, and below them the reason asked for.

    `left` when the keyboard goes elsewhere on the page.
    """

    left = Signal()

    def __init__(self, strip: QWidget) -> None:
        super().__init__(strip)
        self.setObjectName("palette")
        self._strip = strip
        column = box(QVBoxLayout(self), (2, 2, 2, 2))
        inner = QWidget()
        self.lines = box(QVBoxLayout(inner), (14, 8, 10, 8), 2)
        self.list = fix(scrolling(inner), max_height=HIGHEST_LIST)
        self.line = hair()
        self.why = ClockWhy()
        column.addWidget(self.list)
        column.addWidget(self.line)
        column.addWidget(self.why)
        self.list.hide()
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def tell(self, *, listed: bool, reason: bool) -> None:
        """Show the list, the reason, both or nothing."""
        self.list.setVisible(listed)
        self.why.setVisible(reason)
        self.line.setVisible(listed and reason)
        if not (listed or reason):
            self.hide()
            return
        page = self._strip.parentWidget()
        if page is not None and self.parentWidget() is not page:
            self.setParent(page)
        self.show()
        self.place()
        self.raise_()

    def place(self) -> None:
        """Below the strip, as wide as it is, as high as needed."""
        layout, page = self.layout(), self.parentWidget()
        if layout is None or page is None or self.isHidden():
            return
        wide = self._strip.width()
        for part in (self.list, self.why):
            part.updateGeometry()
        layout.activate()
        high = self._high(wide)
        corner = self._strip.mapTo(page, QPoint(0, self._strip.height() + tokens().px(GAP)))
        most = page.height() - corner.y()
        self.setGeometry(corner.x(), corner.y(), wide, min(high, max(most, high // 2)))

    def _high(self, wide: int) -> int:
        high = tokens().px(6)
        if not self.list.isHidden():
            content = self.list.widget()
            lines = content.sizeHint().height() if content else 0
            high += min(lines, tokens().px(HIGHEST_LIST)) + 1
        if not self.why.isHidden():
            inner = self.why.layout()
            high += inner.totalHeightForWidth(wide - tokens().px(4)) if inner else 0
        return high

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or self.isHidden() or not self._strip.isVisible():
            return
        if not (self._strip.isAncestorOf(now) or self.isAncestorOf(now)):
            self.left.emit()
