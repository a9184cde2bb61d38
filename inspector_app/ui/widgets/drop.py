"""A place to drop files on, or to click for choosing them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout

from inspector_app.ui.drops import files_of
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label, set_property


class DropArea(QFrame):
    """`dropped` carries the files (list of Path) whose ending is one of those asked for."""

    dropped = Signal(object)

    def __init__(self, hint: str, endings: Sequence[str], kind_name: str) -> None:
        super().__init__()
        self.setObjectName("drop")
        self._endings = tuple(one.lower() for one in endings)
        self._kind_name = kind_name
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(hint)
        column = box(QVBoxLayout(self), (16, 14, 16, 14), 6)
        column.addWidget(IconLabel("attach_20", "text_3", 20), 0, Qt.AlignmentFlag.AlignHCenter)
        words = label(hint, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words)

    def accepted(self, paths: Sequence[Path]) -> list[Path]:
        """Those files that are of the kind asked for."""
        return [one for one in paths if one.suffix.lower() in self._endings]

    def _paths(self, event: QDropEvent) -> list[Path]:
        return files_of(event.mimeData(), self._endings)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._paths(event):
            set_property(self, "over", "true")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_property(self, "over", "false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self, "over", "false")
        if paths := self._paths(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def choose(self) -> None:
        """Ask for files with the system dialog."""
        pattern = " ".join(f"*{one}" for one in self._endings)
        names, _ = QFileDialog.getOpenFileNames(
            self, f"选择{self._kind_name}", "", f"{self._kind_name} ({pattern})"
        )
        if paths := self.accepted([Path(one) for one in names]):
            self.dropped.emit(paths)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
            return
        super().keyPressEvent(event)
