"""A small form in place of a dialog: opened by a step, closed by Esc, sent with Ctrl+Enter."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import Button, button

Call = Callable[[], object]


class InlineForm(QWidget):
    """Title, fields, one button that does it, one that leaves it. `closed` after either."""

    closed = Signal()
    saved = Signal(object)

    def __init__(self, context: UiContext, title: str, action: str) -> None:
        super().__init__()
        self.context = context
        column = box(QVBoxLayout(self), spacing=10)
        column.addWidget(label(title, "sectionTitle"))
        self.form = Form(10)
        column.addWidget(self.form)
        self.words = label("", "fieldError", wrap=True)
        self.words.hide()
        column.addWidget(self.words)
        row = box(QHBoxLayout(), (0, 4, 0, 0), 8)
        self.send: Button = button(action, "primary", tip="Ctrl+Enter", clicked=self.submit)
        self.leave: Button = button("取消", tip="Esc", clicked=self.closed.emit)
        row.addWidget(self.send)
        row.addWidget(self.leave)
        row.addStretch()
        column.addLayout(row)
        self.form.submitted.connect(self.submit)

    # ── what the subclasses know ─────────────────────────────────────────────────────────────
    def call(self, values: dict[str, object]) -> Call:
        """The use case to run on the worker."""
        raise NotImplementedError

    def told(self, result: object) -> str:
        """The sentence of the toast."""
        raise NotImplementedError

    # ── doing it ─────────────────────────────────────────────────────────────────────────────
    def submit(self) -> None:
        """Check, then hand over; a second press while it runs does nothing."""
        self.words.hide()
        if not self.send.isEnabled() or not self.form.validate():
            return
        self.send.setEnabled(False)
        self.context.tasks.work(self, self.call(self.form.values()), self._done, self._failed)

    def _done(self, result: object) -> None:
        self.send.setEnabled(True)
        self.context.done(self.told(result))
        self.saved.emit(result)
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.send.setEnabled(True)
        if isinstance(error, UserError):
            if not (error.field and self.form.show_problem(error.field, error.message)):
                self.words.setText(error.message)
                self.words.show()
            return
        self.context.trouble(error)

    def start(self) -> None:
        """Put the keyboard into the first field."""
        first = next(iter(self.form.fields.values()), None)
        if first is not None:
            first.setFocus()


def text_of(values: dict[str, object], key: str) -> str:
    """A text value; none is ""."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def fen_of(values: dict[str, object], key: str) -> int:
    """An amount in fen; none is 0."""
    value = values.get(key)
    return value if isinstance(value, int) else 0
