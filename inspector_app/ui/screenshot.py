"""Pictures of the window for the README, the commands and the picture tests."""

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QSize, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.ui.pdf_view import PdfView

LONGEST_DRAWING = 100  # looks, 20 ms each, whether the pages of a PDF stand


def settle(milliseconds: int = 60) -> None:
    """Let events, animations and answers arrive."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.processEvents()


def png(picture: QPixmap) -> bytes:
    """A pixmap as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())


def grab(widget: QWidget, size: tuple[int, int], settle_ms: int = 60) -> bytes:
    """The PNG of a widget or window shown at that size."""
    widget.resize(QSize(*size))
    widget.show()
    settle(settle_ms)
    for _ in range(LONGEST_DRAWING):
        if all(view.sharp() for view in widget.findChildren(PdfView) if view.isVisible()):
            break
        settle(20)
    return png(widget.grab())
