"""What a list or pane shows when it has no rows: loading, empty, or failed, each with a way on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.buttons import Button, button

LOADING_AFTER_MS = 200


class Notice(QWidget):
    """A picture, a title, a sentence that says what to do, and buttons."""

    def __init__(self, icon_name: str, colour: str = "text_3") -> None:
        super().__init__()
        column = box(QVBoxLayout(self), (24, 24, 24, 24), 8)
        column.addStretch(2)
        self._icon = IconLabel(icon_name, colour, 40)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = label("", "stateTitle", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body = label("", "muted", wrap=True)
        self.body.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.title)
        column.addWidget(self.body)
        self._row = box(QHBoxLayout(), (0, 8, 0, 0), 8)
        column.addLayout(self._row)
        column.addStretch(3)

    def tell(self, title: str, body: str, buttons: Sequence[Button] = ()) -> None:
        """Show these words and buttons."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.body.setText(body)
        self.body.setVisible(bool(body))
        clear_layout(self._row)
        self._row.addStretch()
        for made in buttons:
            self._row.addWidget(made)
        self._row.addStretch()


class _Loading(QWidget):
    """A thin running bar; shown only when the answer takes longer than a blink."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), (24, 24, 24, 24), 10)
        column.addStretch(2)
        words = label("正在读取", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = fix(QProgressBar(), width=160)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        column.addWidget(words)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class StateStack(QStackedWidget):
    """Content, or why there is none."""

    def __init__(self, content: QWidget, icon_name: str = "document_20") -> None:
        super().__init__()
        self.content = content
        self._loading = _Loading()
        self.empty = Notice(f"{icon_name}_regular")
        self.error = Notice("error_circle_20_regular", "danger_solid")
        for one in (content, self._loading, self.empty, self.error):
            self.addWidget(one)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER_MS)
        self._timer.timeout.connect(lambda: self.setCurrentWidget(self._loading))

    def show_loading(self) -> None:
        """Say so after 200 ms; what is shown now stays until then."""
        self._timer.start()

    def show_content(self) -> None:
        """The rows are here."""
        self._timer.stop()
        self.setCurrentWidget(self.content)

    def show_empty(self, title: str, body: str = "", buttons: Sequence[Button] = ()) -> None:
        """There is nothing; say what to do."""
        self._timer.stop()
        self.empty.tell(title, body, buttons)
        self.setCurrentWidget(self.empty)

    def show_error(self, message: str, retry: Callable[[], object] | None = None) -> None:
        """It failed; say why and offer another try."""
        self._timer.stop()
        buttons = [button("重试", "", "arrow_clockwise_20", clicked=retry)] if retry else []
        self.error.tell("没有读到内容", message, buttons)
        self.setCurrentWidget(self.error)

    def state(self) -> str:
        """content, loading, empty or error."""
        names = ("content", "loading", "empty", "error")
        return names[self.currentIndex()]
