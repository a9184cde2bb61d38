"""A small form in place of a dialog: opened by a step, closed by Esc, sent with Ctrl+Enter."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.pages.case.inline_base import Inline
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import area_of, bring_into_view, label
from inspector_app.ui.widgets.buttons import Button, button

Call = Callable[[], object]


class InlineForm(Inline):
    """Title, fields, one button that does it, one that leaves it. `closed` after either."""

    saved = Signal(object)
    takes_number = False  # an action that draws a number cannot be taken back

    def __init__(self, context: UiContext, title: str, action: str) -> None:
        super().__init__()
        self.context = context
        column = box(QVBoxLayout(self), spacing=10)
        column.addWidget(label(title, "sectionTitle"))
        self.form = Form(10)
        column.addWidget(self.form)
        self.words = label("", "fieldError", wrap=True)
        self.words.hide()
        self._warned = False
        self._sought: QWidget | None = None
        column.addWidget(self.words)
        row = box(QHBoxLayout(), (0, 4, 0, 0), 8)
        self.send: Button = button(action, "primary", tip="Ctrl+Enter", clicked=self.submit)
        self.leave: Button = button("取消", tip="Esc", clicked=self.closed.emit)
        row.addWidget(self.send)
        row.addWidget(self.leave)
        row.addStretch()
        self._row, self._column = row, column
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
        self.context.tasks.work(self, self.call(self.form.values()), self._done, self.failed)

    def _done(self, result: object) -> None:
        self.send.setEnabled(True)
        tell = self.context.say if self.takes_number else self.context.done
        tell(self.told(result))
        self.saved.emit(result)
        self.closed.emit()

    def failed(self, error: Exception) -> None:
        """Say under the field, or above the buttons, why it could not be done."""
        self.send.setEnabled(True)
        if isinstance(error, UserError):
            if not (error.field and self.form.show_problem(error.field, error.message)):
                self.say(error.message)
            return
        self.context.trouble(error)

    def say(self, text: str) -> None:
        """A sentence above the buttons."""
        self.words.setText(text)
        self.words.show()

    def add_beside(self, made: Button) -> None:
        """A further button at the right of the others."""
        self._row.addWidget(made)

    def add_answer(self, made: Button) -> None:
        """A further button on a line of its own, below what is said: an answer to it."""
        self._column.insertWidget(self._column.count() - 1, made)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part that has just been shown; again when there is more room for it."""
        self._sought = part
        area = area_of(self)
        if area is not None:
            once = Qt.ConnectionType.SingleShotConnection
            area.verticalScrollBar().rangeChanged.connect(self._scroll, once)
            self._scroll()

    def _scroll(self, _least: int = 0, _most: int = 0) -> None:
        if self._sought is not None:
            bring_into_view(self._sought)

    def may_close(self) -> bool:
        """Whether leaving loses nothing; with something typed it warns once, then lets go."""
        if self._warned or not self.form.is_dirty():
            return True
        self._warned = True
        self.say("还有没保存的内容：Ctrl+Enter 保存，再按一次 Esc 放弃。")
        return False

    def start(self) -> None:
        """Put the keyboard into the first field."""
        self.form.set_clean()
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
