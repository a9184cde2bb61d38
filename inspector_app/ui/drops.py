"""Files let go of above a page: the first whose ending the page knows is taken."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


def files_of(data: QMimeData, endings: Sequence[str]) -> list[Path]:
    """The files of a drop that lie on this computer and have one of these endings."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [one for one in paths if one.suffix.lower() in endings]


class FileDrops(QObject):
    """Watches a widget; `take` gets the file when the drop is over, so that it may ask questions.

    With `alone` only a drop of exactly one file is taken.
    """

    def __init__(
        self,
        target: QWidget,
        endings: Sequence[str],
        take: Callable[[Path], object],
        *,
        alone: bool = False,
    ) -> None:
        super().__init__(target)
        self._endings, self._take, self._alone = endings, take, alone
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        path = self._path(event) if isinstance(event, QDropEvent) else None
        if path is not None and isinstance(event, QDropEvent):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                QTimer.singleShot(0, self, lambda: self._take(path))
        return True

    def _path(self, event: QDropEvent) -> Path | None:
        paths = files_of(event.mimeData(), self._endings)
        if self._alone and len(event.mimeData().urls()) != 1:
            return None
        return paths[0] if paths else None
