"""Words, lines, panels and properties: what every page is put together from."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.tips import plain_tip


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet selects by, and have the style looked up again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def is_escape_override(event: QEvent) -> bool:
    """Whether Esc asks who wants it: accept the event to keep it from meaning 返回."""
    asks = event.type() == QEvent.Type.ShortcutOverride
    return asks and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def label(text: str, role: str = "value", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Words in one of the roles of the style sheet (pageTitle, body, caption …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


class Elided(QLabel):
    """A one-line label that shortens itself with … and shows the whole in its tool tip."""

    def __init__(self, text: str = "", role: str = "value") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setMinimumWidth(10)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._full = ""
        self.set_full(text)

    def full(self) -> str:
        """The text before it was shortened."""
        return self._full

    def set_full(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self.rescale()

    def rescale(self) -> None:
        """Shorten again for the font now in force."""
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()


class Yielding(Elided):
    """An Elided line that asks for the room of its whole text, and yields in narrow windows."""

    def __init__(self, text: str = "", role: str = "value") -> None:
        super().__init__(text, role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_full(self, text: str) -> None:
        super().set_full(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(width, super().sizeHint().height())


def hair(*, vertical: bool = False) -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setObjectName("vhair" if vertical else "hair")
    return made


class Panel(QFrame):
    """A white card with a hair border; `column` is where its content goes."""

    def __init__(
        self, margins: tuple[int, int, int, int] = (20, 16, 20, 16), spacing: int = 12
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.column = box(QVBoxLayout(self), margins, spacing)


class _Scroll(QScrollArea):
    """Keeps a gap between the content and the bar, while there is a bar."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setObjectName(content.objectName() or "feed")
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._gap(most))

    def _gap(self, most: int) -> None:
        gap = tokens().px(8) if most > 0 else 0
        if self.viewportMargins().right() != gap:
            self.setViewportMargins(0, 0, gap, 0)


_AROUND = 40  # px that stay free around what was scrolled to


def scrolling(content: QWidget, *, frame: bool = False) -> QScrollArea:
    """A vertical scroll area whose ground is that of what lies behind it."""
    area = _Scroll(content)
    if not frame:
        area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def area_of(widget: QWidget) -> QScrollArea | None:
    """The scroll area it stands in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def bring_into_view(widget: QWidget) -> None:
    """Scroll to it."""
    if (area := area_of(widget)) is not None:
        area.ensureWidgetVisible(widget, 0, _AROUND)


def bring_below_into_view(head: QWidget, body: QWidget) -> None:
    """Scroll only as far as shows the whole body, or as much of it as fits below its head."""
    area = area_of(head)
    content = area.widget() if area is not None else None
    if area is None or content is None:
        return
    top = head.mapTo(content, QPoint(0, 0)).y()
    bottom = body.mapTo(content, QPoint(0, body.height())).y()
    bar = area.verticalScrollBar()
    bar.setValue(min(top, max(bar.value(), bottom - area.viewport().height())))


class FactGrid(QWidget):
    """Name above value, in columns: (name, value) or (name, value, tone)."""

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._columns = columns
        self._grid = box(QGridLayout(self), spacing=10)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def show_facts(self, facts: Sequence[tuple[str, ...]]) -> None:
        """Show these facts instead of the last ones."""
        clear_layout(self._grid)
        for number, (name, value, *tone) in enumerate(facts):
            cell = QWidget()
            column = box(QVBoxLayout(cell), spacing=1)
            column.addWidget(label(name, "label"))
            shown = label(value or "—", "value", tone=tone[0] if tone else "", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(shown)
            column.addStretch()
            self._grid.addWidget(cell, number // self._columns, number % self._columns)


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)
            inner.deleteLater()
