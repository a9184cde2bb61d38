"""The card that lets somebody in: account, password, and the way on for who forgot it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.services import accounts
from inspector_app.services.accounts import Login, Safe
from inspector_app.ui.context import sentence_of
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.login.fields import AccountList, PasswordField
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.ticks import TickBox
from inspector_app.vault.secret_store import SecretStore

REMEMBER = "在这台电脑上记住登录"
REMEMBER_HINT = "下次打开不再问密码；锁定后仍要输入"
MOST_SHOWN = 4  # accounts without scrolling


@dataclass(frozen=True)
class Gate:
    """What a card needs: whose ledger, a worker, a clock, the secret store of the system."""

    safe: Safe
    tasks: Tasks
    now: Callable[[], datetime]
    store: Callable[[], SecretStore] = SecretStore.of_system


class LoginCard(Panel):
    """`entered` carries the Login. `only`: the one account that may unlock a window."""

    entered = Signal(object)

    def __init__(self, gate: Gate, title: str, words: str, only: str = "") -> None:
        super().__init__((32, 28, 32, 24), 14)
        self._gate, self._only = gate, only
        fix(self, width=420)
        head = box(QVBoxLayout(), spacing=4)
        head.addWidget(
            IconLabel("shield_checkmark_24_filled", "brand", 40), 0, Qt.AlignmentFlag.AlignHCenter
        )
        for text, role in ((title, "pageTitle"), (words, "muted")):
            made = label(text, role, wrap=True)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            head.addWidget(made)
        self.column.addLayout(head)
        self.told = Banner("warning")
        self.told.hide()
        self.column.addWidget(self.told)
        self.views = QStackedWidget()
        self.column.addWidget(self.views)
        self._build_login()
        self._build_recovery()
        self._show(self._login_view)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)
        self._left = 0
        self._ask_store()

    # ── with a password ──────────────────────────────────────────────────────────────────────
    def _build_login(self) -> None:
        self._login_view = QWidget()
        column = box(QVBoxLayout(self._login_view), spacing=12)
        safe = self._gate.safe
        people = [one for one in safe.accounts() if one.active()]
        if self._only:
            people = [one for one in people if one.id == self._only]
        self.people = AccountList(people, accounts.last_account(safe.folder))
        self.people.chosen.connect(self._other_account)
        if len(people) > MOST_SHOWN:
            column.addWidget(fix(scrolling(self.people), height=46 * MOST_SHOWN))
        else:
            column.addWidget(self.people)
        self.password = PasswordField("password", "密码")
        self.password.entered.connect(self.log_in)
        column.addWidget(self.password)
        self.remember = TickBox(REMEMBER)
        self.remember.setEnabled(False)
        self.reason = label(REMEMBER_HINT, "fieldHint", wrap=True)
        for one in (self.remember, self.reason):
            one.setVisible(not self._only)
            column.addWidget(one)
        self.go = button("解锁" if self._only else "登录", "primary", clicked=self.log_in)
        column.addWidget(self.go)
        row = box(QHBoxLayout())
        row.addStretch()
        self.forgot = button("忘记密码", "link", clicked=self.show_recovery)
        row.addWidget(self.forgot)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        self.views.addWidget(self._login_view)

    def _ask_store(self) -> None:
        if not self._only:
            self._gate.tasks.outside(self, self._gate.store, self._show_store)

    def _show_store(self, store: SecretStore) -> None:
        reason = store.reason_against()
        self.remember.setEnabled(not reason)
        self.reason.setText(reason or REMEMBER_HINT)

    def _other_account(self) -> None:
        self.password.clear()
        self.password.setFocus()

    def log_in(self) -> None:
        """Try the password on the worker: deriving its key takes a moment on purpose."""
        account = self.people.account()
        if account is None or not self.go.isEnabled() or not self.password.validate(complete=True):
            return
        gate, typed = self._gate, self.password.text()
        keep = self.remember.isChecked() and not self._only

        def enter() -> Login:
            login = accounts.log_in(gate.safe, account.id, typed, gate.now())
            if keep:
                accounts.remember(gate.safe, login, gate.store())
            return login

        self._busy(True)
        gate.tasks.outside(self, enter, self._entered, self._failed)

    def _entered(self, login: Login) -> None:
        self._busy(False)
        self.told.hide()
        for one in (self.password, self.fresh, self.again):
            one.clear()
        self.entered.emit(login)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        kind = getattr(error, "kind", "")
        if isinstance(error, UserError) and kind == "wait":
            self._left = accounts.seconds_left(
                self._gate.safe, self._account_id(), self._gate.now()
            )
            self.password.clear()
            self._count_down()
            self._timer.start()
            return
        if kind == "login":
            self.password.edit.selectAll()
        field = getattr(error, "field", "")
        shown = {"password": self.password, "code": self.code}.get(field)
        if self.views.currentWidget() is self._recovery_view and field == "password":
            shown = self.fresh
        if shown is None:
            self.told.say(sentence_of(error), tone="warning")
            return
        shown.set_error(sentence_of(error))
        shown.setFocus()

    def _account_id(self) -> str:
        account = self.people.account()
        return account.id if account else ""

    def _count_down(self) -> None:
        """After several wrong ones: how long to wait, told second by second."""
        if self._left <= 0:
            self._timer.stop()
            self.told.hide()
            self.go.setEnabled(True)
            self.password.setFocus()
            return
        self.go.setEnabled(False)
        self.told.say(f"密码连续输错，请 {self._left} 秒后再试。", tone="warning")
        self._left -= 1

    def _busy(self, busy: bool) -> None:
        for one in (self.go, self.set_new, self.people):
            one.setEnabled(not busy)
        self.go.setText("正在核对…" if busy else ("解锁" if self._only else "登录"))

    # ── with the recovery code ───────────────────────────────────────────────────────────────
    def _build_recovery(self) -> None:
        self._recovery_view = QWidget()
        column = box(QVBoxLayout(self._recovery_view), spacing=12)
        words = "加密时抄下的恢复码：8 组，每组 6 位数字。通过后给上面选定的账号设新密码。"
        column.addWidget(label(words, "body", wrap=True))
        self.code = LineField("code", "恢复码", required=True, placeholder="123456-…")
        self.fresh = PasswordField("password", "新密码", hint="至少 8 位；只用数字时至少 12 位")
        self.again = PasswordField("again", "再输一遍")
        self.again.entered.connect(self.recover)
        for one in (self.code, self.fresh, self.again):
            column.addWidget(one)
        self.set_new = button("设新密码并登录", "primary", clicked=self.recover)
        column.addWidget(self.set_new)
        row = box(QHBoxLayout())
        row.addStretch()
        row.addWidget(button("返回", "link", clicked=self.show_login))
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        self.views.addWidget(self._recovery_view)

    def show_recovery(self) -> None:
        """The code instead of the password."""
        self.told.hide()
        account = self.people.account()
        if account is not None:
            self.told.say(f"给“{account.name}”设新密码", tone="info")
        self._show(self._recovery_view)
        self.code.setFocus()

    def show_login(self) -> None:
        """The password again."""
        self.told.hide()
        self._show(self._login_view)
        self.password.setFocus()

    def _show(self, view: QWidget) -> None:
        """Only the view shown asks for room."""
        for one in (self._login_view, self._recovery_view):
            one.setVisible(one is view)
        self.views.setCurrentWidget(view)
        self.views.setFixedHeight(view.sizeHint().height())

    def recover(self) -> None:
        """Try the code and set the new password."""
        wrong = [
            one for one in (self.code, self.fresh, self.again) if not one.validate(complete=True)
        ]
        if wrong or not self.set_new.isEnabled():
            return
        if self.fresh.text() != self.again.text():
            self.again.set_error("两次输入的密码不一样")
            return
        gate, code, typed, who = self._gate, self.code.text(), self.fresh.text(), self._account_id()
        self._busy(True)
        gate.tasks.outside(
            self,
            lambda: accounts.recover(gate.safe, code, who, typed, gate.now()),
            self._entered,
            self._failed,
        )

    def start(self) -> None:
        """The keyboard goes to the password."""
        self.show_login()
