"""The window that stands before the ledger: nothing opens until somebody has logged in."""

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services import accounts
from inspector_app.services.accounts import Login
from inspector_app.ui.login.card import Gate, LoginCard
from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label

TITLE = "劳动保障监察案件工作站"
WORDS = "本机台账已加密，请登录"


class LoginWindow(QWidget):
    """Asks until somebody is in or the window is closed."""

    over = Signal()

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"{TITLE}　登录")
        self.setWindowIcon(icon("shield_checkmark_24_filled", "brand"))
        self.login: Login | None = None
        self._gate = gate
        fix(self, min_width=560, min_height=560)
        column = box(QVBoxLayout(self), (24, 24, 24, 16))
        column.addStretch()
        row = box(QHBoxLayout())
        self.card = LoginCard(gate, TITLE, WORDS)
        self.card.entered.connect(self._entered)
        row.addStretch()
        row.addWidget(self.card)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        foot = label("↑↓ 选账号　Enter 登录　Esc 退出", "status")
        foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(foot)

    def ask(self) -> Login | None:
        """Show it until it is over; None when it was closed."""
        self.resize(720, 640)
        self.show()
        self.card.start()
        self._try_remembered()
        loop = QEventLoop()
        self.over.connect(loop.quit)
        # The last window closes here, and the program goes on to its main one.
        QGuiApplication.setQuitOnLastWindowClosed(False)
        loop.exec()
        QGuiApplication.setQuitOnLastWindowClosed(True)
        return self.login

    def _try_remembered(self) -> None:
        """Whom this PC remembers need not type; what fails is asked for as usual."""
        gate = self._gate
        last = accounts.last_account(gate.safe.folder)
        known = gate.safe.named(last) if last else None
        if known is not None and known.remembered:
            gate.tasks.outside(
                self,
                lambda: accounts.log_in_remembered(gate.safe, known.id, gate.store()),
                lambda found: self._entered(found) if found else None,
            )

    def _entered(self, login: Login) -> None:
        self.login = login
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.over.emit()
