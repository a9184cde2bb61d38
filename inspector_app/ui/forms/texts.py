"""The field of several lines; it grows with its text and knows composition from typing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from inspector_app.ui.forms.field import Check, FormField
from inspector_app.ui.theme.current import tokens


class _Growing(QPlainTextEdit):
    """As high as its text between two heights; Tab leaves it, Ctrl+Enter goes to the form."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.rescale())
        self.rescale()

    def rescale(self) -> None:
        """Follow the text and the text size."""
        line = self.fontMetrics().lineSpacing()
        lines = round(self.document().size().height())  # in lines, not px, for plain text
        shown = min(max(lines, self._least), self._most)
        self.setFixedHeight(line * shown + tokens().px(22))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class TextField(FormField):
    """Several lines of text; the value is str."""

    def __init__(
        self,
        key: str,
        name: str,
        *,
        required: bool = False,
        hint: str = "",
        check: Check | None = None,
        why: str = "",
        lines: int = 3,
        most_lines: int = 12,
        max_length: int = 0,
        placeholder: str = "",
    ) -> None:
        self.edit = _Growing(lines, most_lines)
        self._max = max_length
        self._seen = ""
        super().__init__(key, name, self.edit, required=required, hint=hint, check=check, why=why)
        self.edit.setPlaceholderText(placeholder)
        self.edit.textChanged.connect(self._changed)

    def _changed(self) -> None:
        # QPlainTextEdit says textChanged on every key of a composition, with the same text.
        text = self.edit.toPlainText()
        if text != self._seen:
            self._seen = text
            self._told()

    def value(self) -> object:
        return self.edit.toPlainText().strip()

    def set_value(self, value: object) -> None:
        self._seen = "" if value is None else str(value)
        if self.edit.toPlainText() != self._seen:
            self.edit.setPlainText(self._seen)
        self._show_foot()

    def typed_problem(self) -> str:
        over = len(str(self.value())) - self._max
        return f"最多 {self._max} 字，多了 {over} 字" if self._max and over > 0 else ""

    def set_read_only(self, read_only: bool) -> None:
        self.edit.setReadOnly(read_only)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
