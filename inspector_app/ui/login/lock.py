"""Locks the window: by Ctrl+L, or when nobody has touched it for a while. Work in it goes on."""

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from inspector_app.services.accounts import Login, Safe
from inspector_app.services.desk import Desk
from inspector_app.ui.actions import Actions
from inspector_app.ui.login.card import Gate, LoginCard
from inspector_app.ui.preferences import Preferences
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.theme.scaling import box

MINUTES = "lock_minutes"
CHOICES = (5, 10, 15, 30, 60)
USUAL = 15
LOOK_MS = 5_000
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


def minutes_of(preferences: Preferences) -> int:
    """After how many minutes this PC locks."""
    text = preferences.text(MINUTES, str(USUAL))
    return int(text) if text.isdigit() and int(text) in CHOICES else USUAL


class LockScreen(QWidget):
    """Covers the window; the card in the middle lets its owner back in."""

    def __init__(self, parent: QWidget, gate: Gate, account_id: str) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = box(QVBoxLayout(self), (24, 24, 24, 24))
        column.addStretch()
        row = box(QHBoxLayout())
        words = "没有写完的内容都在，解锁后接着写"
        self.card = LoginCard(gate, "已锁定", words, account_id)
        row.addStretch()
        row.addWidget(self.card)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()


class LockDesk(QObject):
    """One per window. Nothing is closed: sync and long work go on, forms keep what was typed."""

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        tasks: Tasks,
        actions: Actions,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._actions, self._preferences = actions, preferences
        self.account_id = desk.account_id
        self.came_back: Callable[[Login], object] = lambda _login: None
        self.now: Callable[[], datetime] = lambda: datetime.now().astimezone()
        self.screen: LockScreen | None = None
        self._title = ""
        self._drops = False
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self._touched = (time.monotonic(), time.time())
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)
        window.installEventFilter(self)

    # ── when ─────────────────────────────────────────────────────────────────────────────────
    def _follow(self, window: QWindow | None) -> None:
        # Windows of the system hear of keys and mouse only; a filter on all would slow everything.
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self.touch()
        elif event.type() == QEvent.Type.Resize and watched is self._window and self.screen:
            self.screen.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = (time.monotonic(), time.time())

    def idle_seconds(self) -> float:
        """How long nobody was; a PC that slept counts, whichever clock went on."""
        steady, wall = self._touched
        return max(time.monotonic() - steady, time.time() - wall)

    def look(self) -> None:
        """Lock when it is time."""
        if self.account_id and self.idle_seconds() >= 60 * minutes_of(self._preferences):
            self.lock()

    def is_locked(self) -> bool:
        """Whether the window shows nothing."""
        return self.screen is not None

    # ── locking ──────────────────────────────────────────────────────────────────────────────
    def lock(self) -> bool:
        """Hide everything; False when there is no account to come back with."""
        if not self.account_id or not self._desk.ledger.is_encrypted():
            return False
        if self.screen is not None:
            return True
        self._focus = QApplication.focusWidget()
        self._hide_all()
        folder = self._desk.ledger.path.parent
        gate = Gate(Safe(folder, self._desk.ledger.salt()), self._tasks, self.now)
        self.screen = LockScreen(self._window, gate, self.account_id)
        self.screen.card.entered.connect(self._unlocked)
        self.screen.setGeometry(self._window.rect())
        self.screen.show()
        self.screen.raise_()
        self.screen.card.start()
        return True

    def _hide_all(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._hidden = [
            one
            for one in QApplication.topLevelWidgets()
            if one.isVisible() and one is not self._window
        ]
        for one in self._hidden:
            one.hide()
        self._actions.set_locked(locked=True)
        self._title = self._window.windowTitle()
        self._window.setWindowTitle(f"{self._title.split('（')[0]}（已锁定）")
        self._drops = self._window.acceptDrops()
        self._window.setAcceptDrops(False)
        self._window.centralWidget().hide()

    def _unlocked(self, login: Login) -> None:
        screen, self.screen = self.screen, None
        if screen is not None:
            screen.hide()
            screen.deleteLater()
        self._window.centralWidget().show()
        self._window.setWindowTitle(self._title)
        self._window.setAcceptDrops(self._drops)
        self._actions.set_locked(locked=False)
        for one in self._hidden:
            one.show()
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus()
        self.touch()
        self.came_back(login)
