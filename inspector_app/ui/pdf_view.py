"""The pages of a PDF below one another, drawn beside the window.

Qt's own QPdfView takes a picture asked for before the content or the size changed for the new one
and keeps it: the preview of a form then shows words that were changed long ago. Here every
document has a drawer of its own, and a picture of another size never replaces one that fits.
"""

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

EDGE = 6  # px around all pages
BETWEEN = 12  # px from page to page
LINE = 20  # px an arrow key moves
POINTS_PER_INCH = 72
NOTCH = 120  # eighths of a degree: what a wheel turns at once


class Drawer(QObject):
    """A document and what draws it; ends only when nothing is being drawn any more."""

    drawn = Signal(object, QImage)

    def __init__(self, parent: QObject, document: QPdfDocument) -> None:
        super().__init__(parent)
        # Children end in the order they came: the renderer, which waits for its thread, before
        # the document that thread reads.
        self._renderer = QPdfPageRenderer(self)
        document.setParent(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._arrived)
        self._asked: set[int] = set()
        self._left = False

    def ask(self, page: int, size: QSize) -> bool:
        """`drawn` follows with the page, counted from 0, in that many device pixels; False when
        nothing can be drawn of this document."""
        asked = self._renderer.requestPage(page, size)
        if asked:
            self._asked.add(asked)
        return bool(asked)

    def leave(self) -> None:
        """Nothing more is said; the end waits for the drawing under way, not the window."""
        self._left = True
        if not self._asked:
            self.deleteLater()

    def _arrived(
        self, page: int, _size: QSize, image: QImage, _how: QPdfDocumentRenderOptions, asked: int
    ) -> None:
        self._asked.discard(asked)
        if not self._left:
            self.drawn.emit(page, image)
        elif not self._asked:
            self.deleteLater()


class PdfView(QAbstractScrollArea):
    """Scrolls over all pages; `stepped` asks for one step smaller (-1) or larger (1)."""

    stepped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawer: Drawer | None = None
        self._factor = 1.0
        self._points: list[QSizeF] = []
        self._areas: list[QRect] = []
        self._pictures: dict[int, QImage] = {}  # also those of the document before
        self._asked: dict[int, QSize] = {}  # one of a page at a time: nobody can take it back
        self._drawn: dict[int, QSize] = {}  # the size in which this document's page was asked for
        self._turned = 0

    def show_document(self, document: QPdfDocument) -> None:
        """Show it, and own it; pages drawn before stand until the new ones are there."""
        if self._drawer is not None:
            self._drawer.leave()
        self._drawer = Drawer(self, document)
        self._drawer.drawn.connect(self._take)
        self._asked.clear()
        self._drawn.clear()
        pages = range(document.pageCount())
        # Asked once: Qt lets nobody ask while a page is being drawn.
        self._points = [document.pagePointSize(page) for page in pages]
        self._pictures = {page: one for page, one in self._pictures.items() if page in pages}
        self._lay_out()

    def forget(self) -> None:
        """What comes next is another thing: nothing of what is shown stands in for it."""
        self._pictures.clear()
        self._drawn.clear()
        self.viewport().update()

    def points_across(self) -> float:
        """The width of the first page in points; 0 when there is none."""
        return self._points[0].width() if self._points else 0.0

    def zoom_factor(self) -> float:
        """1.0 is the size on paper."""
        return self._factor

    def set_zoom_factor(self, factor: float) -> None:
        """Larger or smaller; what stands at the top of the view, and in its middle, stays there."""
        if factor == self._factor:
            return
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        page, top = next(
            ((n, one) for n, one in enumerate(self._areas) if one.bottom() >= down.value()),
            (0, QRect()),
        )
        inside = down.value() - top.top()  # less than 0: in the gap above it, which does not grow
        whole = max(across.maximum() + across.pageStep(), 1)
        middle = (across.value() + across.pageStep() / 2) / whole
        self._factor = factor
        self._lay_out()
        if self._areas:
            now = self._areas[page]
            grown = now.height() / max(top.height(), 1) if inside > 0 else 1
            down.setValue(round(now.top() + inside * grown))
            whole = across.maximum() + across.pageStep()
            across.setValue(round(middle * whole - across.pageStep() / 2))

    def sharp(self) -> bool:
        """Whether every page in view shows this document in this size."""
        return all(self._fits(page, area.size()) for page, area in self._in_view())

    # ── where the pages are ───────────────────────────────────────────────────────────────────
    def _lay_out(self) -> None:
        """Put the pages below one another, from the top left of the first's edge."""
        scale, room = self._factor * self.logicalDpiX() / POINTS_PER_INCH, self.viewport().size()
        sizes = [(points * scale).toSize() for points in self._points]
        wide = max((size.width() for size in sizes), default=0) + 2 * EDGE
        middle, top, self._areas = max(wide, room.width()) // 2, EDGE, []
        for size in sizes:
            self._areas.append(QRect(QPoint(middle - size.width() // 2, top), size))
            top += size.height() + BETWEEN
        high = self._areas[-1].bottom() + 1 + EDGE if self._areas else 0
        for bar, whole, shown in (
            (self.verticalScrollBar(), high, room.height()),
            (self.horizontalScrollBar(), wide, room.width()),
        ):
            bar.setRange(0, max(whole - shown, 0))
            bar.setPageStep(shown)
            bar.setSingleStep(LINE)
        self.viewport().update()

    def _in_view(self) -> list[tuple[int, QRect]]:
        """The pages one sees a part of, where they stand in the viewport."""
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        moved = [area.translated(-shift) for area in self._areas]
        room = self.viewport().rect()
        return [(page, area) for page, area in enumerate(moved) if area.intersects(room)]

    # ── their pictures ────────────────────────────────────────────────────────────────────────
    def _pixels(self, size: QSize) -> QSize:
        return size * self.devicePixelRatioF()

    def _fits(self, page: int, size: QSize) -> bool:
        return self._drawn.get(page) == self._pixels(size)

    def _take(self, page: int, image: QImage) -> None:
        """A picture, also of a size one has left since: then the page is asked for again."""
        if page in self._asked:
            self._stands(page, self._asked.pop(page), image)
            self.viewport().update()

    def _stands(self, page: int, size: QSize, image: QImage) -> None:
        self._drawn[page] = size
        self._pictures[page] = image
        if image.isNull():  # it cannot be drawn: an empty page, not that of another paper
            del self._pictures[page]

    def _draw(self, painter: QPainter, page: int, area: QRect) -> None:
        painter.fillRect(area, Qt.GlobalColor.white)
        if (picture := self._pictures.get(page)) is not None:
            painter.drawImage(area, picture)
        if self._drawer and page not in self._asked and not self._fits(page, area.size()):
            wanted = self._pixels(area.size())
            if self._drawer.ask(page, wanted):
                self._asked[page] = wanted
            else:
                self._stands(page, wanted, QImage())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self.palette().brush(QPalette.ColorRole.Dark))
        shown = self._in_view()
        for page, area in shown:
            self._draw(painter, page, area)
        painter.end()
        near = {page + side for page, _ in shown for side in (-1, 0, 1)}
        for far in (self._drawn.keys() | self._pictures.keys()) - near:
            self._drawn.pop(far, None)
            self._pictures.pop(far, None)

    # ── hands ─────────────────────────────────────────────────────────────────────────────────
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if (place := ends.get(Qt.Key(event.key()))) is not None:
            bar.setValue(place)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl a step a notch: a touchpad sends many small turns."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        angle = event.angleDelta().y()
        self._turned = angle if self._turned * angle < 0 else self._turned + angle
        while abs(self._turned) >= NOTCH:
            way = 1 if self._turned > 0 else -1
            self._turned -= way * NOTCH
            self.stepped.emit(way)
