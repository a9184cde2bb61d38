"""The login window: account and password by keyboard, waiting after wrong ones, the code."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from inspector_app.app_window import ask_login, show_window
from inspector_app.ledger.engine import connect
from inspector_app.services import accounts
from inspector_app.services.accounts import Login, Safe
from inspector_app.services.desk import Desk
from inspector_app.ui.bus import Bus, Changes
from inspector_app.ui.crash import report_text
from inspector_app.ui.login.card import Gate
from inspector_app.ui.login.fields import CAPS, PasswordField
from inspector_app.ui.login.window import LoginWindow
from inspector_app.ui.screenshot import grab
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.theme import style
from inspector_app.vault import envelope as env
from inspector_app.vault import keyfile
from inspector_app.vault.keys import LedgerKey
from inspector_app.vault.secret_store import SecretStore
from tests.conftest import PictureCheck
from tests.helpers.vaults import CHEAP, NOW, OTHER, PASSWORD, Drawer
from tests.ui.fakes import RESOURCES

KEY = LedgerKey(bytes(range(32)))


@pytest.fixture
def code() -> list[str]:
    """The recovery code, once the ledger is made."""
    return []


@pytest.fixture
def safe(tmp_path: Path, code: list[str], monkeypatch: pytest.MonkeyPatch) -> Safe:
    """An encrypted file with the accounts of 李明 and 赵强."""
    monkeypatch.setattr(env, "STANDARD", CHEAP)
    connect(tmp_path / "ledger.db", KEY.database(), read_only=False, busy_ms=0).close()
    made, written = env.new_envelope(KEY)
    code.append(written)
    for account_id, name, password in (("a-1", "李明", PASSWORD), ("a-2", "赵强", OTHER)):
        made = made.with_account(env.new_account(KEY, account_id, name, "", password, NOW, CHEAP))
    salt = keyfile.head_of(tmp_path / "ledger.db").hex()
    keyfile.keep(tmp_path, replace(made, ledger_salt=salt), KEY)
    found = Safe.at(tmp_path)
    assert found is not None
    return found


class Clock:
    """A clock one can push on."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def window(qtbot: QtBot, safe: Safe, clock: Clock, drawer: Drawer) -> Iterator[LoginWindow]:
    """The window, open, its worker quiet."""
    tasks = Tasks(Bus(), Changes)
    made = LoginWindow(Gate(safe, tasks, clock, lambda: SecretStore(drawer)))
    qtbot.addWidget(made)
    made.resize(720, 640)
    made.show()
    made.card.start()
    qtbot.waitUntil(lambda: not tasks.busy())
    yield made
    tasks.finish()


def quiet(qtbot: QtBot, window: LoginWindow) -> None:
    qtbot.waitUntil(lambda: not window._gate.tasks.busy())


def enter(qtbot: QtBot, window: LoginWindow, password: str) -> None:
    window.card.password.edit.setText(password)
    qtbot.keyClick(window.card.password.edit, Qt.Key.Key_Return)
    quiet(qtbot, window)


def test_the_keyboard_alone_logs_in(qtbot: QtBot, window: LoginWindow) -> None:
    first, second = window.card.people.buttons
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.isChecked()
    enter(qtbot, window, OTHER)
    assert window.login is not None
    assert window.login.account.name == "赵强"
    assert not window.isVisible()
    assert window.card.password.edit.text() == ""


def test_a_wrong_password_is_told_and_then_makes_one_wait(
    qtbot: QtBot, window: LoginWindow, clock: Clock
) -> None:
    for _ in range(3):
        enter(qtbot, window, OTHER)
        assert window.card.password._error == "账号或密码不对。"
        assert window.login is None
    enter(qtbot, window, PASSWORD)
    assert "请 5 秒后再试" in window.card.told.text()
    assert not window.card.go.isEnabled()
    for _ in range(5):
        window.card._count_down()
    assert window.card.go.isEnabled()
    clock.moment += timedelta(seconds=5)
    enter(qtbot, window, PASSWORD)
    assert window.login is not None
    assert window.login.failed == 3


def test_nothing_typed_is_nothing_tried(qtbot: QtBot, window: LoginWindow, safe: Safe) -> None:
    enter(qtbot, window, "")
    assert accounts.seconds_left(safe, "a-1", NOW) == 0
    assert window.card.password._error


def test_a_forgotten_password_is_set_anew(
    qtbot: QtBot, window: LoginWindow, safe: Safe, code: list[str]
) -> None:
    card = window.card
    card.forgot.click()
    assert "李明" in card.told.text()
    card.code.set_value("123")
    card.fresh.edit.setText(OTHER)
    card.again.edit.setText(PASSWORD)
    card.recover()
    assert card.again._error == "两次输入的密码不一样"
    card.again.edit.setText(OTHER)
    card.recover()
    quiet(qtbot, window)
    assert "共 8 组" in card.code._error
    card.code.set_value(code[0])
    for one in (card.fresh, card.again):
        one.edit.setText("kurz")
    card.recover()
    quiet(qtbot, window)
    assert "至少 8 位" in card.fresh._error
    for one in (card.fresh, card.again):
        one.edit.setText(OTHER)
    card.recover()
    quiet(qtbot, window)
    assert window.login is not None
    assert accounts.log_in(safe, "李明", OTHER, NOW).key == KEY


def test_one_goes_back_from_the_code(window: LoginWindow) -> None:
    window.card.show_recovery()
    assert window.card.code.isVisible()
    window.card.show_login()
    assert window.card.password.isVisible()


def test_the_pc_remembers_who_ticked_it(
    qtbot: QtBot, window: LoginWindow, safe: Safe, drawer: Drawer, clock: Clock
) -> None:
    window.card.remember.setChecked(True)
    enter(qtbot, window, PASSWORD)
    assert drawer.held
    tasks = Tasks(Bus(), Changes)
    again = LoginWindow(Gate(safe, tasks, clock, lambda: SecretStore(drawer)))
    qtbot.addWidget(again)
    found = again.ask()
    assert found is not None
    assert found.account.name == "李明"
    tasks.finish()


def test_without_a_store_the_tick_is_greyed_with_its_reason(
    qtbot: QtBot, safe: Safe, clock: Clock
) -> None:
    tasks = Tasks(Bus(), Changes)
    made = LoginWindow(Gate(safe, tasks, clock, lambda: SecretStore(None)))
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: not tasks.busy())
    assert not made.card.remember.isEnabled()
    assert "没有系统密钥库" in made.card.reason.text()
    tasks.finish()


def test_caps_lock_is_noticed(qtbot: QtBot) -> None:
    field = PasswordField("password", "密码", hint="至少 8 位")
    qtbot.addWidget(field)
    QTest.keyClick(field.edit, Qt.Key.Key_A)
    assert field._hint == "至少 8 位"
    QTest.keyClicks(field.edit, "B")  # a capital without Shift
    assert field._hint == CAPS
    QTest.keyClick(field.edit, Qt.Key.Key_C)
    assert field._hint == "至少 8 位"
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    field._eye.setChecked(True)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal


def test_blanks_are_part_of_a_password(qtbot: QtBot) -> None:
    field = PasswordField("password", "密码")
    qtbot.addWidget(field)
    field.set_value(" a b ")
    assert field.value() == " a b "


def test_many_accounts_scroll(qtbot: QtBot, safe: Safe, clock: Clock, drawer: Drawer) -> None:
    login = Login(safe.accounts()[0], KEY)
    for number in range(4):
        accounts.add(safe, login, f"监察员{number}", "", OTHER, NOW, CHEAP)
    tasks = Tasks(Bus(), Changes)
    made = LoginWindow(Gate(safe, tasks, clock, lambda: SecretStore(drawer)))
    qtbot.addWidget(made)
    assert len(made.card.people.buttons) == 6
    tasks.finish()


# ── before the main window ───────────────────────────────────────────────────────────────────
def test_without_a_login_nothing_is_opened(
    qtbot: QtBot, safe: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SecretStore, "of_system", lambda: SecretStore(None))
    shown: list[LoginWindow] = []
    real = LoginWindow.show

    def show(self: LoginWindow) -> None:
        shown.append(self)
        real(self)
        QTimer.singleShot(0, lambda: QTest.keyClick(self, Qt.Key.Key_Escape))

    def never(*, login: Login | None = None) -> Desk:
        raise AssertionError("opened without a login")

    monkeypatch.setattr(LoginWindow, "show", show)
    assert show_window(never, safe.folder) == 0
    assert len(shown) == 1
    assert ask_login(safe) is None


def test_a_crash_report_holds_no_password_and_no_key(safe: Safe, code: list[str]) -> None:
    def stumble(_password: str, login: Login) -> None:
        raise RuntimeError(f"{login} {code[0]} {KEY.database().hex()}")

    try:
        stumble(PASSWORD, accounts.log_in(safe, "李明", PASSWORD, NOW))
    except RuntimeError as error:
        text = report_text(error)
    for secret in (PASSWORD, code[0], KEY.database().hex(), KEY._secret.hex()):
        assert secret not in text


# ── looks ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("look", "size"), [("light", (1366, 768)), ("dark", (720, 640))], ids=["1366", "dark"]
)
def test_it_looks_as_it_was_accepted(
    qtbot: QtBot,
    window: LoginWindow,
    picture_check: PictureCheck,
    look: str,
    size: tuple[int, int],
) -> None:
    from PySide6.QtWidgets import QApplication  # to dress it

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, RESOURCES, look, 1.0, shipped_fonts_only=True)
    if look == "dark":
        window.card.show_recovery()
    picture_check(f"ui/login_{look}", grab(window, size))
