"""The preview beside a form: the very PDF that will be filed, zoomed, its place kept on reload."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector_app.ui.pdf_view import PdfView
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Panel, hair, label
from inspector_app.ui.widgets.buttons import icon_button
from inspector_app.ui.widgets.states import Notice

STEPS = (0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
SIDES = 24  # px left and right of the page when it fits the width


def open_pdf(parent: QWidget | None, pdf: bytes) -> QPdfDocument:
    """A document on these bytes; the buffer lives as long as the document."""
    document = QPdfDocument(parent) if parent is not None else QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


class PdfPreview(Panel):
    """`show_pdf(bytes)`; until then, or on `show_notice`, a sentence stands in its place."""

    def __init__(self, title: str = "打印预览　A4") -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._title_words = title
        self._factor = 0.0  # 0: the page fits the width
        self._document: QPdfDocument | None = None
        bar = box(QHBoxLayout(), (14, 8, 10, 8), 4)
        self._words = label(title, "body")
        bar.addWidget(self._words)
        bar.addStretch()
        bar.addWidget(icon_button("zoom_out_20", "缩小", lambda: self._step(-1)))
        self._percent = label("", "body")
        bar.addWidget(self._percent)
        bar.addWidget(icon_button("zoom_in_20", "放大", lambda: self._step(1)))
        self._bar = bar
        self.column.addLayout(bar)
        self.column.addWidget(hair())
        self.view = PdfView(self)
        self.view.stepped.connect(self._step)
        self.view.setAccessibleName(title)
        self._notice = Notice("document_text_20_regular")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._notice)
        self._stack.addWidget(self.view)
        self.column.addWidget(self._stack, 1)
        self.rescale()
        self.show_notice("还没有内容", "填写左边的表单，这里就是将要打印的样子。")

    def add_to_bar(self, widget: QWidget) -> None:
        """A button of the page at the right of the bar."""
        self._bar.addWidget(widget)

    def rescale(self) -> None:
        """The ground follows the look: the view takes it from the palette, not from QSS."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(tokens().canvas))
        self.view.setPalette(palette)

    def show_notice(self, title: str, body: str) -> None:
        """Say why there is no page."""
        self.view.forget()
        self._notice.tell(title, body)
        self._stack.setCurrentWidget(self._notice)
        self._words.setText(self._title_words)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes; the place on the page stays."""
        across, down = self.view.horizontalScrollBar(), self.view.verticalScrollBar()
        place = (across.value(), down.value())
        self._document = open_pdf(self, pdf)
        self.view.show_document(self._document)
        self._stack.setCurrentWidget(self.view)
        pages = self._document.pageCount()
        self._words.setText(f"{self._title_words}　共 {pages} 页")
        self._zoom()

        def back() -> None:
            across.setValue(place[0])
            down.setValue(place[1])

        back()
        QTimer.singleShot(0, self.view, back)

    def page_count(self) -> int:
        """Pages of what is shown; 0 when nothing is."""
        shown = self._stack.currentWidget() is self.view
        return self._document.pageCount() if shown and self._document is not None else 0

    def factor(self) -> float:
        """The zoom, 1.0 being the size on paper."""
        return self.view.zoom_factor()

    def _fitting(self) -> float:
        """The zoom at which the page takes the width."""
        points = self.view.points_across()
        if not points:
            return 1.0
        inch = self.view.logicalDpiX()
        room = self.view.viewport().width() - tokens().px(SIDES) * 2
        return max(room / (points / 72 * inch), STEPS[0])

    def _zoom(self) -> None:
        factor = self._factor or min(self._fitting(), 1.5)
        self.view.set_zoom_factor(factor)
        self._percent.setText(f"{factor:.0%}")

    def _step(self, direction: int) -> None:
        now = self.factor()
        larger = [step for step in STEPS if step > now + 0.01]
        smaller = [step for step in STEPS if step < now - 0.01]
        if direction > 0:
            self._factor = larger[0] if larger else STEPS[-1]
        else:
            self._factor = smaller[-1] if smaller else STEPS[0]
        self._zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._document is not None and not self._factor:
            self._zoom()
