"""Files of a notice, chosen or dropped: read on the worker, shown before anything is stored."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.calendar.reading import read_file

ENDINGS = (".txt", ".md", ".docx", ".xlsx", ".xls", ".csv", ".ods")


class NoticeFiles(QObject):
    """`read` carries (NoticeRead, source), `refused` the sentence that says why not."""

    read = Signal(object)
    refused = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def choose(self) -> None:
        """Ask for the file of a notice."""
        pattern = " ".join(f"*{one}" for one in ENDINGS)
        name, _ = QFileDialog.getOpenFileName(
            self._page, "选择放假通知", "", f"放假通知 ({pattern})"
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Read it; nothing is stored yet."""
        self._context.tasks.query(
            self,
            lambda: read_file(path),
            self.read.emit,
            lambda error: self.refused.emit(sentence_of(error)),
        )
