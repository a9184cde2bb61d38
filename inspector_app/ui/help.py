"""The help window: the text of where one stands, and the list of all texts."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box, fix

NAME_ROLE = Qt.ItemDataRole.UserRole


def topics(folder: Path) -> dict[str, str]:
    """Name and title (the first heading) of every text, in the order of their file names."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        first = path.read_text(encoding="utf-8").lstrip().splitlines()[:1]
        title = first[0].lstrip("# ").strip() if first else path.stem
        found[path.stem] = title
    return found


class HelpWindow(QDialog):
    """Stays open beside the work; Esc closes it."""

    def __init__(self, folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._folder = folder
        self.setWindowTitle("帮助")
        fix(self, min_width=760, min_height=520)
        row = box(QHBoxLayout(self), (16, 16, 16, 16), 12)
        self.list = fix(QListWidget(), width=200)
        self.list.setObjectName("topics")
        self.list.setAccessibleName("帮助目录")
        self.list.currentItemChanged.connect(lambda now, _before: self._read(now))
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenExternalLinks(False)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)

    def show_topic(self, name: str) -> None:
        """Open at a text; at the first one when there is none of that name."""
        self.list.clear()
        for topic, title in topics(self._folder).items():
            item = QListWidgetItem(title)
            item.setData(NAME_ROLE, topic)
            self.list.addItem(item)
            if topic == name:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        if not self.list.count():
            self.text.setPlainText("没有找到帮助文件，请重新安装程序。")
        self.show()
        self.raise_()
        self.activateWindow()

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            path = self._folder / f"{item.data(NAME_ROLE)}.md"
            self.text.document().setDocumentMargin(tokens().px(16))
            self.text.setMarkdown(path.read_text(encoding="utf-8"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.close()
            return
        super().keyPressEvent(event)
