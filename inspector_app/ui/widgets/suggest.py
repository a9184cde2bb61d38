"""Suggestions under a field while typing; the field keeps the focus, so composition goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from inspector_app.ui.widgets.basic import is_escape_override

MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is shown, and the key that comes back when it is taken."""

    key: str
    text: str
    hint: str = ""


class Suggestions(QListWidget):
    """A list that belongs to a QLineEdit; a QCompleter popup would break composition (ux.md 1.7).

    `ask` is called with the typed text and answers later through `offer`.
    """

    taken = Signal(object)

    def __init__(self, edit: QLineEdit, ask: Callable[[str], object]) -> None:
        super().__init__(edit.window())
        self.setObjectName("suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._edit, self._ask, self._found = edit, ask, tuple[Suggestion, ...]()
        self.hide()
        edit.textEdited.connect(self._typed)
        edit.installEventFilter(self)
        self.itemClicked.connect(lambda item: self._take(self.row(item)))

    def _typed(self, text: str) -> None:
        if text.strip():
            self._ask(text.strip())
        else:
            self.offer(())

    def offer(self, found: Sequence[Suggestion]) -> None:
        """Show these; nothing hides the list. Ignored when the field was left meanwhile."""
        self._found = tuple(found)[:MOST]
        self.clear()
        if not self._found or not self._edit.hasFocus():
            self.hide()
            return
        for one in self._found:
            item = QListWidgetItem(f"{one.text}　{one.hint}" if one.hint else one.text)
            item.setToolTip(one.hint)
            self.addItem(item)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        window = self._edit.window()
        if self.parent() is not window:
            self.setParent(window)
        corner = self._edit.mapTo(window, QPoint(0, self._edit.height() + 2))
        row = max(self.sizeHintForRow(0), 1)
        self.setGeometry(corner.x(), corner.y(), self._edit.width(), row * self.count() + 12)

    def _take(self, number: int) -> None:
        if 0 <= number < len(self._found):
            found = self._found[number]
            self.hide()
            self._edit.setText(found.text)
            self.taken.emit(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit and self.isVisible():
            if event.type() == QEvent.Type.FocusOut:
                self.hide()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(event)
            elif is_escape_override(event):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % max(self.count(), 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._take(self.currentRow())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True
