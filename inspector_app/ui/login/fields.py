"""A field for a password, and the list of who has an account here."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.vault.envelope import Account

CAPS = "大写锁定（Caps Lock）开着"


class PasswordField(LineField):
    """Dots instead of what is typed; the eye shows it for as long as it is pressed in."""

    entered = Signal()

    def __init__(self, key: str, name: str, *, hint: str = "", placeholder: str = "") -> None:
        super().__init__(key, name, required=True, hint=hint, placeholder=placeholder)
        self._said = hint
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        # No word list and no input method learns it.
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )
        self._eye = self.edit.addAction(
            icon("eye_20", "text_3"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._eye.setToolTip("显示密码")
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.edit.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What is typed, blanks and all: they may be part of it."""
        return self.edit.text()

    def clear(self) -> None:
        """Nothing typed, nothing shown."""
        self._eye.setChecked(False)
        self.set_value("")
        self.set_error("")

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._eye.setIcon(icon("eye_off_20" if shown else "eye_20", "text_3"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            typed = event.text()
            if typed.isascii() and typed.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                # Qt does not tell the state of the lock: a capital without Shift does.
                self.set_hint(CAPS if typed.isupper() != shift else self._said)
        return super().eventFilter(watched, event)


class AccountButton(QPushButton):
    """One account: the first character in a circle, the name, who was here last."""

    def __init__(self, account: Account, note: str) -> None:
        super().__init__()
        self.account = account
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{account.name} {note}".strip())
        row = box(QHBoxLayout(self), (10, 0, 12, 0), 10)
        circle = label(account.name[:1], "avatar")
        circle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(circle)
        row.addWidget(label(account.name, "value"))
        row.addStretch()
        row.addWidget(label(note, "caption"))
        for one in self.findChildren(QWidget):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class AccountList(QWidget):
    """Who may log in; ↑ and ↓ move, one is always chosen."""

    chosen = Signal()

    def __init__(self, accounts: Sequence[Account], last: str) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=6)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: list[AccountButton] = []
        for account in sorted(accounts, key=lambda one: one.id != last):
            made = AccountButton(account, "上次登录" if account.id == last else "")
            self._group.addButton(made)
            self.buttons.append(made)
            column.addWidget(made)
        if self.buttons:
            self.buttons[0].setChecked(True)
        self._group.buttonToggled.connect(lambda _one, on: self.chosen.emit() if on else None)

    def account(self) -> Account | None:
        """The one chosen."""
        return next((one.account for one in self.buttons if one.isChecked()), None)
