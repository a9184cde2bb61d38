"""安全: encrypting in the window, accounts, the code, locking; nothing readable while locked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.app_window import Opening, greet
from inspector_app.errors import OutsideError
from inspector_app.services import accounts, protection
from inspector_app.services.backup import backup
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.settings import inspectors
from inspector_app.ui.login.first import FirstQuestion
from inspector_app.ui.login.lock import minutes_of
from inspector_app.ui.pages.settings.page import SECURITY, SettingsPage
from inspector_app.ui.pages.settings.security import SecurityPanel
from inspector_app.ui.screenshot import grab
from inspector_app.vault import envelope
from inspector_app.vault.secret_store import SecretStore
from tests.conftest import PictureCheck
from tests.helpers.desks import a_clue_form, make_desk, two_inspectors
from tests.helpers.vaults import CHEAP, OTHER, PASSWORD, Drawer
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, press
from tests.ui.pages.scene import TODAY

CODE = "-".join(f"{number * 110_011:06d}" for number in (1, 2, 3, 4, 5, 6, 1, 2))


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """Cheap passwords, and a secret store of the test's own."""
    monkeypatch.setattr(envelope, "STANDARD", CHEAP)
    drawer = Drawer()
    monkeypatch.setattr(SecretStore, "of_system", lambda: SecretStore(drawer))
    return drawer


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of 李明 with a clue, not encrypted."""
    made = replace(make_desk(tmp_path / "data", TODAY), demo=False)
    first, _ = two_inspectors(made)
    register_clue(made, a_clue_form())
    yield replace(made, actor=first.name, actor_id=first.id)
    made.ledger.close()


@pytest.fixture
def user(qtbot: QtBot, open_window: OpenWindow, desk: Desk) -> Driver:
    """Who sits at it."""
    return Driver(qtbot, open_window(desk), None)  # type: ignore[arg-type]  # no scene here


@pytest.fixture
def sealed(user: Driver, desk: Desk) -> Driver:
    """The same, encrypted."""
    plan = protection.plan(desk, "李明", desk.actor_id or "", PASSWORD, CHEAP)
    user.window.lock.account_id = protection.encrypt(desk, plan).account.id
    return user


def panel_of(user: Driver) -> SecurityPanel:
    page = user.open("settings", SECURITY)
    assert isinstance(page, SettingsPage)
    return page.security


def fill(where: QWidget, **values: str) -> None:
    form = where.form  # type: ignore[attr-defined]  # each of them has one
    for key, value in values.items():
        form.fields[key].set_value(value)


def send(user: Driver, panel: SecurityPanel, **values: str) -> None:
    form = panel.slot.form
    assert form is not None
    fill(form, **values)
    form.submit()
    user.quiet()


def words_of(window: QWidget) -> str:
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    lines = [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
    return "\n".join([window.windowTitle(), *shown, *lines])


# ── encrypting ───────────────────────────────────────────────────────────────────────────────
def test_a_ledger_is_encrypted_in_two_steps(user: Driver, desk: Desk) -> None:
    panel = panel_of(user)
    assert panel.state.text().startswith("电脑丢失")
    view = panel.encrypt
    fill(view, **dict.fromkeys(("password", "again"), "kurz"))
    press(view, "下一步：抄恢复码")
    user.quiet()
    assert "密码至少 8 位" in words_of(user.window)
    fill(view, password=PASSWORD, again=OTHER)
    press(view, "下一步：抄恢复码")
    assert "两次输入的密码不一样" in words_of(user.window)
    fill(view, password=PASSWORD, again=PASSWORD)
    press(view, "下一步：抄恢复码")
    user.quiet()
    code = view.sheet.code
    assert code.replace("-", "").isdigit()
    assert not view.go.isEnabled()
    view.copied.setChecked(True)
    press(view, "开始加密")
    user.quiet()
    assert desk.ledger.is_encrypted()
    assert user.toast() == "台账已加密，下次打开要登录"
    assert panel.kept.isVisible()
    assert view.sheet.code == ""
    safe = protection.safe_of(desk)
    assert accounts.recover(safe, code, "李明", OTHER, accounts.clock()).account.user_id == (
        desk.actor_id
    )


@pytest.mark.long
def test_encrypting_can_be_left_and_trouble_is_told(
    user: Driver, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = panel_of(user).encrypt
    fill(view, password=PASSWORD, again=PASSWORD)
    view.prepare()
    user.quiet()
    view.start_over()
    assert view.sheet.code == ""
    assert view.steps.currentIndex() == 0
    fill(view, password=PASSWORD, again=PASSWORD)
    view.prepare()
    user.quiet()
    view.copied.setChecked(True)

    def busy(*_: object) -> None:
        raise OutsideError("还有别的程序或窗口在用这本台账，请先关闭，稍后再试。")

    monkeypatch.setattr(protection, "encrypt", busy)
    view.run()
    user.quiet()
    assert "还有别的程序" in view.told.text()
    assert view.go.isEnabled()
    assert not desk.ledger.is_encrypted()


@pytest.mark.long
def test_the_demonstration_is_not_encrypted(
    qtbot: QtBot, open_window: OpenWindow, empty_desk: Desk
) -> None:
    panel = panel_of(Driver(qtbot, open_window(empty_desk), None))  # type: ignore[arg-type]  # no scene
    assert "虚构" in panel.state.text()
    assert panel.encrypt.isHidden()


# ── accounts ─────────────────────────────────────────────────────────────────────────────────
def test_a_colleague_gets_an_account_and_loses_it(sealed: Driver, desk: Desk) -> None:
    panel = panel_of(sealed)
    zhao = next(one.id for one in inspectors(desk) if one.name == "赵强")
    press(panel, "添加账号")
    send(sealed, panel, who=zhao, fresh=OTHER, again=PASSWORD, password=PASSWORD)
    assert "两次输入的密码不一样" in words_of(sealed.window)
    send(sealed, panel, who=zhao, fresh=OTHER, again=OTHER, password=OTHER)
    assert "账号或密码不对" in words_of(sealed.window)
    send(sealed, panel, who=zhao, fresh=OTHER, again=OTHER, password=PASSWORD)
    assert sealed.toast() == "账号已添加"
    safe = protection.safe_of(desk)
    login = accounts.log_in(safe, "赵强", OTHER, accounts.clock())
    assert login.account.user_id == zhao
    assert not panel.add.isEnabled()
    panel.table.select_key(login.account.id)
    assert panel.close_.text() == "停用"
    press(panel, "停用")
    send(sealed, panel, password=PASSWORD)
    panel.table.select_key(login.account.id)
    assert panel.close_.text() == "删去"
    press(panel, "删去")
    send(sealed, panel, password=PASSWORD)
    assert [one.name for one in safe.accounts()] == ["李明"]


@pytest.mark.long
def test_the_password_the_code_and_the_key_are_changed(sealed: Driver, desk: Desk) -> None:
    panel, safe = panel_of(sealed), protection.safe_of(desk)
    press(panel, "改密码")
    send(sealed, panel, password=PASSWORD, fresh=OTHER, again=OTHER)
    assert accounts.log_in(safe, "李明", OTHER, accounts.clock()).failed == 0
    press(panel, "换恢复码")
    send(sealed, panel, password=OTHER)
    first = panel.sheet.code
    assert panel.sheet.isVisible()
    press(panel, "更换密钥")
    assert panel.sheet.isHidden()
    send(sealed, panel, password=OTHER)
    assert panel.sheet.code not in ("", first)
    safe = protection.safe_of(desk)
    assert accounts.log_in(safe, "李明", OTHER, accounts.clock()).key.database()


@pytest.mark.long
def test_this_pc_remembers_and_forgets(sealed: Driver, desk: Desk, store: Drawer) -> None:
    panel, safe = panel_of(sealed), protection.safe_of(desk)
    press(panel, "记住登录")
    send(sealed, panel, password=PASSWORD)
    assert accounts.log_in_remembered(safe, safe.accounts()[0].id, SecretStore(store)) is not None
    press(panel, "不再记住登录")
    send(sealed, panel, password=PASSWORD)
    assert store.held == {}


@pytest.mark.long
def test_without_a_secret_store_remembering_is_greyed(
    sealed: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SecretStore, "of_system", lambda: SecretStore(None))
    panel = panel_of(sealed)
    assert not panel.remember.isEnabled()
    assert "没有系统密钥库" in panel.remember.toolTip()


@pytest.mark.long
def test_it_is_opened_again(sealed: Driver, desk: Desk) -> None:
    panel = panel_of(sealed)
    press(panel, "解除加密")
    send(sealed, panel, password=PASSWORD)
    assert not desk.ledger.is_encrypted()
    assert sealed.window.lock.account_id == ""
    assert panel.encrypt.isVisible()


@pytest.mark.long
def test_open_copies_of_before_are_offered_for_deletion(user: Driver, desk: Desk) -> None:
    old = backup(desk).path
    plan = protection.plan(desk, "李明", "", PASSWORD, CHEAP)
    user.window.lock.account_id = protection.encrypt(desk, plan).account.id
    panel = panel_of(user)
    assert old.name in panel.copies.text()
    press(panel.copies, "删除")
    user.quiet()
    assert not old.exists()
    assert panel.copies.isHidden()


@pytest.mark.long
def test_the_minutes_until_locking_are_kept(sealed: Driver) -> None:
    panel = panel_of(sealed)
    assert minutes_of(sealed.window.preferences) == 15
    panel.minutes.at(0).click()
    assert minutes_of(sealed.window.preferences) == 5


# ── locking ──────────────────────────────────────────────────────────────────────────────────
def test_a_locked_window_shows_nothing_and_gives_all_back(sealed: Driver, qtbot: QtBot) -> None:
    window = sealed.window
    sealed.open("clues", "new")
    typed = next(one for one in window.findChildren(QLineEdit) if one.isVisible())
    typed.setText("青禾：写到一半的内容")
    dialog = QDialog(window)
    dialog.setWindowTitle("向大山")
    dialog.show()
    title = window.windowTitle()
    assert "青禾" in words_of(window)
    sealed.act("lock")
    assert window.lock.is_locked()
    said = words_of(window)
    for word in ("青禾", "向大山", "写到一半"):
        assert word not in said
    assert "已锁定" in window.windowTitle()
    assert not dialog.isVisible()
    for action in window.actions_.specs:
        assert not window.actions_.enabled(action)
    sealed.act("page.cases")
    assert sealed.at() == "clues"
    assert window.lock.lock() is True  # once is enough
    unlock(sealed, OTHER)
    assert window.lock.is_locked()
    unlock(sealed, PASSWORD)
    assert not window.lock.is_locked()
    assert window.windowTitle() == title
    assert typed.text() == "青禾：写到一半的内容"
    assert typed.isVisible()
    assert dialog.isVisible()
    assert window.actions_.enabled("page.cases")
    dialog.close()


def unlock(user: Driver, password: str) -> None:
    screen = user.window.lock.screen
    assert screen is not None
    card = screen.card
    card.password.set_value(password)
    user.qtbot.keyClick(card.password.edit, Qt.Key.Key_Return)
    user.quiet()


def test_an_untouched_window_locks_by_itself_and_work_goes_on(
    sealed: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, done = sealed.window, list[str]()
    window.lock.look()
    assert not window.lock.is_locked()
    monkeypatch.setattr(window.lock, "_touched", (0.0, 0.0))
    handle = window.windowHandle()
    window.lock._follow(handle)
    window.lock.eventFilter(handle, _a_move())
    window.lock.look()
    assert not window.lock.is_locked()
    monkeypatch.setattr(window.lock, "_touched", (0.0, 0.0))
    window.lock.look()
    assert window.lock.is_locked()
    window.tasks.work(window, lambda: "同步", done.append)
    sealed.quiet()
    assert done == ["同步"]
    window.resize(900, 700)
    assert window.lock.screen is not None
    assert window.lock.screen.size() == window.size()


def _a_move() -> QMouseEvent:
    at = QPointF(5, 5)
    none = Qt.MouseButton.NoButton
    return QMouseEvent(
        QMouseEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier
    )


def test_without_encryption_there_is_nothing_to_unlock_with(user: Driver) -> None:
    user.act("lock")
    assert not user.window.lock.is_locked()
    assert "没有加密，不能锁定" in user.toast()
    user.undo()
    assert user.at() == "settings"


# ── at the start ─────────────────────────────────────────────────────────────────────────────
def test_wrong_passwords_are_told_after_the_login(sealed: Driver, desk: Desk) -> None:
    account = protection.safe_of(desk).accounts()[0]
    login = accounts.Login(account, desk.files.keys.key, 3, "2026-09-28T09:41:00")  # type: ignore[union-attr]  # encrypted
    greet(sealed.window, Opening(login))
    assert "有 3 次密码输错，最近一次 2026-09-28 09:41" in sealed.window.banner.text()


def test_a_new_ledger_is_asked_about_once(user: Driver) -> None:
    greet(user.window, Opening(is_new=True))
    asked = user.window.findChild(FirstQuestion)
    assert asked is not None
    press(asked, "加密（推荐）")
    user.quiet()
    assert user.at() == "settings"


# ── looks ────────────────────────────────────────────────────────────────────────────────────
SIZE = (1366, 768)


def with_a_colleague_gone(user: Driver, desk: Desk) -> SecurityPanel:
    """The panel with an account that is open and one that is closed."""
    plan = protection.plan(desk, "李明", desk.actor_id or "", PASSWORD, CHEAP)
    login = protection.encrypt(desk, plan)
    user.window.lock.account_id = login.account.id
    safe = protection.safe_of(desk)
    made = accounts.add(safe, login, "赵强", "", OTHER, desk.now(), CHEAP)
    accounts.disable(safe, login, made.id)
    accounts.log_in(safe, "李明", PASSWORD, accounts.clock())
    panel = panel_of(user)
    panel.load()
    user.quiet()
    return panel


def test_it_looks_as_it_was_accepted(user: Driver, desk: Desk, picture_check: PictureCheck) -> None:
    view = panel_of(user).encrypt
    picture_check("ui/settings_encrypt", grab(user.window, SIZE))
    fill(view, password=PASSWORD, again=PASSWORD)
    view.prepare()
    user.quiet()
    view.sheet.show_code(CODE)
    picture_check("ui/settings_code", grab(user.window, SIZE))
    view.start_over()
    with_a_colleague_gone(user, desk)
    picture_check("ui/settings_security", grab(user.window, SIZE))
    user.act("lock")
    picture_check("ui/lock", grab(user.window, SIZE))


@pytest.mark.long
def test_it_looks_as_it_was_accepted_in_the_dark(
    user: Driver, desk: Desk, picture: Picture
) -> None:
    panel = with_a_colleague_gone(user, desk)
    press(panel, "改密码")
    picture(user, "settings_security_dark", "dark", 1.0, (1440, 900))
    user.act("lock")
    picture(user, "lock_dark", "dark", 1.0, SIZE)
