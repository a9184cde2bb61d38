"""The toast at the foot of the window: what was done, with a way to take it back or go on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label, set_property
from inspector_app.ui.widgets.buttons import Button

STAYS_MS = 6000


class Toast(QFrame):
    """One sentence at a time; it floats above the window's foot and takes no focus."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("toast")
        self._host = host
        row = box(QHBoxLayout(self), (16, 8, 10, 8), 12)
        self._words = label("", "toast")
        self._button = Button("撤销")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(lambda _checked=False: self._pressed())
        row.addWidget(self._words)
        row.addWidget(self._button)
        self._run: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, run: Callable[[], object] | None = None, action: str = "撤销") -> None:
        """Show a sentence; `run` adds a button that takes it back, or does what `action` says."""
        self._run = run
        self._words.setText(text)
        self._button.setText(action)
        self._button.setVisible(run is not None)
        set_property(self, "look", tokens().name)
        self.setAccessibleName(text)
        # A toast takes no focus, so a screen reader must be told of it.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def button(self) -> Button:
        """The button beside the sentence."""
        return self._button

    def _pressed(self) -> None:
        run, self._run = self._run, None
        self.hide()
        if run is not None:
            run()

    def _place(self) -> None:
        self.adjustSize()
        x = (self._host.width() - self.width()) // 2
        self.move(x, self._host.height() - self.height() - tokens().px(44))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
