"""The search box: filters as one types, never during composition of Chinese."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import is_escape_override, label, set_property

WAIT_MS = 180


class SearchBox(QFrame):
    """`searched` comes a moment after the last change; Enter sends it at once.

    A QLineEdit tells nothing while an input method composes, only on commit, so what is typed
    in pinyin never filters (ux.md 1.7).
    """

    searched = Signal(str)
    down = Signal()

    def __init__(self, hint: str, key: str = "", width: int = 250) -> None:
        super().__init__()
        self.setObjectName("search")
        fix(self, width=width)
        row = box(QHBoxLayout(self), (10, 0, 6, 0), 6)
        row.addWidget(IconLabel("search_20", "text_3", 18))
        self.edit = QLineEdit()
        self.edit.setProperty("bare", "true")
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(hint)
        self.edit.setClearButtonEnabled(not key)
        row.addWidget(self.edit, 1)
        if key:
            row.addWidget(label(key, "kbd"))
        self.setFocusProxy(self.edit)
        self._sent = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._send)
        self.edit.textChanged.connect(lambda _text: self._timer.start())
        self.edit.returnPressed.connect(self._send)
        self.edit.installEventFilter(self)

    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Put a text without searching."""
        self.edit.setText(text)
        self._timer.stop()
        self._sent = self.text()

    def _send(self) -> None:
        self._timer.stop()
        if self.text() != self._sent:
            self._sent = self.text()
            self.searched.emit(self._sent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            focused = event.type() == QEvent.Type.FocusIn
            set_property(self, "focused", "true" if focused else "false")
        elif is_escape_override(event) and self.edit.text():
            event.accept()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.edit.text():
                self.edit.clear()
                self._send()
                return True
        return super().eventFilter(watched, event)
