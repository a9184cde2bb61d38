"""安全: whether the ledger is encrypted, who may log in, after how long the window locks."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services import protection
from inspector_app.services.accounts import Login
from inspector_app.services.desk import Desk
from inspector_app.services.settings import inspectors
from inspector_app.ui.context import UiContext
from inspector_app.ui.login.lock import CHOICES, MINUTES, minutes_of
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.pages.settings.encrypt_view import CodeSheet, EncryptView
from inspector_app.ui.pages.settings.security_forms import (
    AddForm,
    CloseForm,
    CodeForm,
    DecryptForm,
    PasswordForm,
    RekeyForm,
    RememberForm,
)
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import hair, label
from inspector_app.ui.widgets.buttons import button, segments
from inspector_app.vault.envelope import Account
from inspector_app.vault.secret_store import SecretStore

DEMO = "演示台账里都是虚构的数据，不加密。"
COLUMNS: tuple[Column[Account], ...] = (
    Column("账号", lambda one: one.name, 120, stretch=True),
    Column("设立", lambda one: one.since[:10], 110, Kind.DATE, priority=3),
    Column(
        "状态",
        lambda one: "可登录" if one.active() else "已停用",
        90,
        Kind.PILL,
        tone=lambda one: "success" if one.active() else "neutral",
    ),
)


@dataclass(frozen=True, slots=True)
class SecurityNews:
    """What the panel shows."""

    encrypted: bool = False
    accounts: tuple[Account, ...] = ()
    people: tuple[tuple[str, str], ...] = ()  # inspectors without an account
    copies: tuple[Path, ...] = ()
    no_store: str = ""


def read_security(desk: Desk) -> SecurityNews:
    """Accounts, who has none, open copies; runs on the worker."""
    if not desk.ledger.is_encrypted():
        return SecurityNews()
    known = protection.safe_of(desk).accounts()
    taken = {one.name for one in known if one.active()} | {one.user_id for one in known}
    people = [one for one in inspectors(desk) if not {one.id, one.name} & taken]
    return SecurityNews(
        encrypted=True,
        accounts=tuple(known),
        people=tuple((one.id, one.name) for one in people),
        copies=tuple(protection.leftovers(desk)),
        no_store=SecretStore.of_system().reason_against(),
    )


class SecurityPanel(QWidget):
    """Two faces: how to encrypt, or what there is to keep in order."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.news = SecurityNews()
        column = box(QVBoxLayout(self), spacing=14)
        self.state = Banner("info")
        column.addWidget(self.state)
        self.encrypt = EncryptView(context, self._encrypted)
        column.addWidget(self.encrypt)
        self.kept = self._build_kept()
        column.addWidget(self.kept)
        column.addStretch()
        self._show(self.news)

    def _build_kept(self) -> QWidget:
        made = QWidget()
        column = box(QVBoxLayout(made), spacing=14)
        self.sheet = CodeSheet()
        self.sheet.hide()
        column.addWidget(self.sheet)
        self.copies = Banner("warning")
        column.addWidget(self.copies)
        column.addWidget(label("账号", "sectionTitle"))
        self.table: RowsTable[Account] = RowsTable(
            COLUMNS, lambda one: one.id, faded=lambda one: not one.active(), name="账号"
        )
        self.table.chosen.connect(lambda _one: self._name_close())
        column.addWidget(fix(self.table, min_height=132, max_height=220))
        column.addLayout(self._build_buttons())
        self.slot = FormSlot()
        fix(self.slot, max_width=460)
        column.addWidget(self.slot)
        column.addWidget(hair())
        column.addWidget(label("离开多久自动锁定（Ctrl+L 立即锁定）", "fieldLabel"))
        self.minutes = segments([f"{one} 分钟" for one in CHOICES], -1)
        self.minutes.chosen.connect(self._keep_minutes)
        column.addWidget(self.minutes)
        column.addWidget(hair())
        column.addLayout(self._build_more())
        return made

    def _build_buttons(self) -> QHBoxLayout:
        row = box(QHBoxLayout(), spacing=8)
        self.add = button("添加账号", "", "person_add_20", clicked=self._add, small=True)
        self.change = button("改密码", clicked=self._change, small=True)
        self.close_ = button("停用", clicked=self._close, small=True)
        self.remember = button("记住登录", clicked=self._remember, small=True)
        for one in (self.add, self.change, self.close_, self.remember):
            row.addWidget(one)
        row.addStretch()
        return row

    def _build_more(self) -> QHBoxLayout:
        row = box(QHBoxLayout(), spacing=8)
        for words, kind, act in (
            ("换恢复码", "", self._new_code),
            ("更换密钥", "", self._rekey),
            ("解除加密", "danger", self._decrypt),
        ):
            row.addWidget(button(words, kind, clicked=act))
        row.addStretch()
        return row

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Read again."""
        desk = self._context.desk
        self._context.tasks.query(self, lambda: read_security(desk), self._show)

    def _show(self, news: SecurityNews) -> None:
        self.news = news
        demo = self._context.desk.demo
        self.encrypt.setVisible(not news.encrypted and not demo)
        self.kept.setVisible(news.encrypted)
        if demo:
            self.state.say(DEMO, "没有加密", "info")
        elif news.encrypted:
            self.state.say("台账、附件和备份在磁盘上都读不出内容。", "已加密", "success")
        else:
            words = "电脑丢失或者硬盘被拆走，台账里的个人信息就会泄露。"
            self.state.say(words, "没有加密", "warning")
        if news.encrypted:
            self._show_kept(news)

    def _show_kept(self, news: SecurityNews) -> None:
        self.table.show_rows(list(news.accounts))
        if not self.table.current_key():
            self.table.selectRow(0)
        self.add.setEnabled(bool(news.people))
        self.add.setToolTip("" if news.people else "登记过的监察员都有账号了")
        mine = next((one for one in news.accounts if one.id == self._me()), None)
        kept = mine is not None and bool(mine.remembered)
        self.remember.setText("不再记住登录" if kept else "记住登录")
        self.remember.setEnabled(kept or not news.no_store)
        self.remember.setToolTip(news.no_store)
        self.minutes.set_current(CHOICES.index(minutes_of(self._context.preferences)))
        names = "、".join(one.name for one in news.copies[:3])
        self.copies.say(
            f"{names}{'等' if len(news.copies) > 3 else ''}" if news.copies else "",
            f"加密前的 {len(news.copies)} 份备份仍可直接阅读" if news.copies else "",
            buttons=(button("删除", "danger", clicked=self._remove_copies, small=True),),
        )
        self._name_close()

    def _name_close(self) -> None:
        account = self._account()
        self.close_.setText("停用" if account is None or account.active() else "删去")

    def _me(self) -> str:
        window = self._context.window
        return window.lock.account_id if isinstance(window, MainWindow) else ""

    def _account(self) -> Account | None:
        key = self.table.current_key()
        return next((one for one in self.news.accounts if one.id == key), None)

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _put(self, form: InlineForm) -> None:
        self.sheet.hide()
        form.saved.connect(lambda _result: self._saved())
        self.slot.put(form)

    def _saved(self) -> None:
        window = self._context.window
        if isinstance(window, MainWindow) and not self._context.desk.ledger.is_encrypted():
            window.lock.account_id = ""
        self.load()

    def _add(self) -> None:
        self._put(AddForm(self._context, self._me(), self.news.people))

    def _change(self) -> None:
        account = self._account()
        if account is not None:
            self._put(PasswordForm(self._context, self._me(), account))

    def _close(self) -> None:
        account = self._account()
        if account is not None:
            self._put(CloseForm(self._context, self._me(), account))

    def _remember(self) -> None:
        mine = next((one for one in self.news.accounts if one.id == self._me()), None)
        forget = mine is not None and bool(mine.remembered)
        self._put(RememberForm(self._context, self._me(), forget=forget))

    def _new_code(self) -> None:
        self._put(CodeForm(self._context, self._me(), self._show_code))

    def _rekey(self) -> None:
        self._put(RekeyForm(self._context, self._me(), self._show_code))

    def _decrypt(self) -> None:
        self._put(DecryptForm(self._context, self._me()))

    def _show_code(self, code: str) -> None:
        self.sheet.show_code(code)
        self.sheet.show()

    def _keep_minutes(self, number: int) -> None:
        self._context.preferences.set_text(MINUTES, str(CHOICES[number]))
        self._context.say(f"离开 {CHOICES[number]} 分钟后锁定")

    def _remove_copies(self) -> None:
        desk = self._context.desk
        self._context.tasks.outside(
            self, lambda: protection.remove_leftovers(desk), lambda _count: self.load()
        )

    def _encrypted(self, login: Login) -> None:
        window = self._context.window
        if isinstance(window, MainWindow):
            window.lock.account_id = login.account.id
        self._context.say("台账已加密，下次打开要登录")
        self.load()
