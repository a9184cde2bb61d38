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


class Drawer(QObject):
    """A document and what draws it; ends only when nothing is being drawn any more."""

    drawn = Signal(object, QImage)

    def __init__(self, parent: QObject, document: QPdfDocument) -> None:
        super().__init__(parent)
        document.setParent(self)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._arrived)
        self._asked: set[int] = set()
        self._left = False

    def ask(self, page: int, size: QSize) -> None:
        """`drawn` follows with the page, counted from 0, in that many device pixels."""
        self._asked.add(self._renderer.requestPage(page, size))

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
        self._pictures: dict[int, QImage] = {}
        self._asked: dict[int, QSize] = {}
        self._fresh: set[int] = set()  # pages whose picture is of this document

    def show_document(self, document: QPdfDocument) -> None:
        """Show it, and own it; pages drawn before stand until the new ones are there."""
        if self._drawer is not None:
            self._drawer.leave()
        self._drawer = Drawer(self, document)
        self._drawer.drawn.connect(self._take)
        self._asked.clear()
        self._fresh.clear()
        pages = range(document.pageCount())
        # Asked once: Qt lets nobody ask while a page is being drawn.
        self._points = [document.pagePointSize(page) for page in pages]
        self._pictures = {page: one for page, one in self._pictures.items() if page in pages}
        self._lay_out()

    def zoom_factor(self) -> float:
        """1.0 is the size on paper."""
        return self._factor

    def set_zoom_factor(self, factor: float) -> None:
        """Larger or smaller; what stood at the top of the view stays there."""
        bar = self.verticalScrollBar()
        place = bar.value() / max(bar.maximum(), 1)
        changed, self._factor = factor != self._factor, factor
        self._lay_out()
        if changed:
            bar.setValue(round(place * bar.maximum()))

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
        picture = self._pictures.get(page)
        return page in self._fresh and picture is not None and picture.size() == self._pixels(size)

    def _take(self, page: int, image: QImage) -> None:
        if image.size() != self._asked.get(page):
            return  # of a size one has left since
        del self._asked[page]
        self._pictures[page] = image
        self._fresh.add(page)
        self.viewport().update()

    def _draw(self, painter: QPainter, page: int, area: QRect) -> None:
        painter.fillRect(area, Qt.GlobalColor.white)
        if (picture := self._pictures.get(page)) is not None:
            painter.drawImage(area, picture)
        wanted = self._pixels(area.size())
        if self._drawer and not self._fits(page, area.size()) and self._asked.get(page) != wanted:
            self._asked[page] = wanted
            self._drawer.ask(page, wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self.palette().brush(QPalette.ColorRole.Dark))
        shown = self._in_view()
        for page, area in shown:
            self._draw(painter, page, area)
        painter.end()
        near = {page + side for page, _ in shown for side in (-1, 0, 1)}
        self._pictures = {page: one for page, one in self._pictures.items() if page in near}

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
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif turned := event.angleDelta().y():
            self.stepped.emit(1 if turned > 0 else -1)
