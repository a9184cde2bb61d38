"""The small forms of 安全: each asks for one's own password first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inspector_app.services import accounts, protection
from inspector_app.services.accounts import Login, Safe
from inspector_app.services.protection import Progress
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.login.fields import PasswordField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.tasks import Report
from inspector_app.ui.widgets.basic import label
from inspector_app.vault.envelope import Account
from inspector_app.vault.secret_store import SecretStore

STRONG = "至少 8 位；只用数字时至少 12 位"


@dataclass(frozen=True, slots=True)
class Proven:
    """Who proved who they are, in which ledger, and what they typed."""

    safe: Safe
    login: Login
    values: dict[str, object]

    def text(self, key: str) -> str:
        """A value typed or chosen."""
        return text_of(self.values, key)


class ProvenForm(InlineForm):
    """What it does is done only for who proves who they are; `act` gets that login."""

    takes_number = True  # nothing here is a step of the trail that could be taken back

    def __init__(
        self, context: UiContext, me: str, title: str, words: str, action: str, said: str
    ) -> None:
        super().__init__(context, title, action)
        self._me, self._said = me, said
        if words:
            self.form.column.addWidget(label(words, "body", wrap=True))

    def ask_mine(self) -> None:
        """The last field: one's own password."""
        self.mine = PasswordField("password", "自己的密码")
        self.form.add(self.mine)

    def ask_new(self, whose: str) -> None:
        """A new password, typed twice."""
        self.form.add(PasswordField("fresh", f"{whose}的新密码", hint=STRONG))
        self.form.add(PasswordField("again", "再输一遍"))

    def act(self, proven: Proven) -> object:
        """On the worker."""
        raise NotImplementedError

    def call(self, values: dict[str, object]) -> Call:
        desk, me = self.context.desk, self._me

        def prove_and_act() -> object:
            safe = protection.safe_of(desk)
            login = accounts.log_in(safe, me, text_of(values, "password"), accounts.clock())
            return self.act(Proven(safe, login, values))

        return prove_and_act

    def submit(self) -> None:
        values = self.form.values()
        if "again" in values and values["fresh"] != values["again"]:
            self.form.show_problem("again", "两次输入的密码不一样")
            return
        super().submit()

    def told(self, _result: object) -> str:
        return self._said


class AddForm(ProvenForm):
    """An account for a colleague at this PC."""

    def __init__(self, context: UiContext, me: str, people: Sequence[tuple[str, str]]) -> None:
        words = "同一台电脑上的同事各用各的密码，登录后以本人名义办理。"
        super().__init__(context, me, "添加账号", words, "添加", "账号已添加")
        self._names = dict(people)
        self.form.add(
            ChoiceField("who", "监察员", people, required=True, hint="先在“监察员”里登记")
        )
        self.ask_new("同事")
        self.ask_mine()

    def act(self, proven: Proven) -> object:
        user_id, fresh = proven.text("who"), proven.text("fresh")
        name = self._names[user_id]
        return accounts.add(proven.safe, proven.login, name, user_id, fresh, accounts.clock())


class PasswordForm(ProvenForm):
    """Another password for oneself or a colleague."""

    def __init__(self, context: UiContext, me: str, account: Account) -> None:
        whose = "自己" if account.id == me else account.name
        words = "" if account.id == me else "重设后请当面告诉本人，由本人再改一次。"
        super().__init__(context, me, f"改密码：{account.name}", words, "更换密码", "密码已更换")
        self._account = account
        self.ask_mine()
        self.ask_new(whose)

    def act(self, proven: Proven) -> object:
        fresh = proven.text("fresh")
        return accounts.set_password(proven.safe, proven.login, self._account.id, fresh)


class CloseForm(ProvenForm):
    """停用 or 删去 of an account."""

    def __init__(self, context: UiContext, me: str, account: Account) -> None:
        gone = not account.active()
        title = f"{'删去' if gone else '停用'}：{account.name}"
        words = (
            "只从名单里去掉，办过的事都在留痕里。"
            if gone
            else ("停用后不能再登录。此人若留有旧的密钥文件，请再“更换密钥”。")
        )
        action, said = ("删去", "账号已删去") if gone else ("停用", "账号已停用")
        super().__init__(context, me, title, words, action, said)
        self._id = account.id
        self._close: Callable[[Safe, Login, str], None] = (
            accounts.remove if gone else accounts.disable
        )
        self.ask_mine()

    def act(self, proven: Proven) -> object:
        self._close(proven.safe, proven.login, self._id)
        return None


class CodeForm(ProvenForm):
    """Another recovery code."""

    def __init__(self, context: UiContext, me: str, show: Callable[[str], object]) -> None:
        words = "换新后旧的恢复码作废。"
        super().__init__(context, me, "换恢复码", words, "换新的恢复码", "旧的恢复码已作废")
        self.saved.connect(lambda code: show(str(code)))
        self.ask_mine()

    def act(self, proven: Proven) -> object:
        return accounts.new_code(proven.safe, proven.login)


class RememberForm(ProvenForm):
    """This PC remembers the login, or forgets it."""

    def __init__(self, context: UiContext, me: str, *, forget: bool) -> None:
        title = "不再记住登录" if forget else "在这台电脑上记住登录"
        words = "" if forget else "由系统的密钥库保管；谁能登录这个系统用户，就能打开台账。"
        action, said = ("不再记住", "下次打开要输入密码") if forget else ("记住", "已记住登录")
        super().__init__(context, me, title, words, action, said)
        self._forget = forget
        self.ask_mine()

    def act(self, proven: Proven) -> object:
        do = accounts.forget if self._forget else accounts.remember
        do(proven.safe, proven.login, SecretStore.of_system())
        return None


class LongForm(ProvenForm):
    """更换密钥 and 解除加密: everything is written anew, with progress and a way to stop."""

    doing = ""

    def act_long(self, proven: Proven, progress: Progress) -> object:
        """On the worker."""
        raise NotImplementedError

    def submit(self) -> None:
        if not self.send.isEnabled() or not self.form.validate():
            return
        self.words.hide()
        self.send.setEnabled(False)
        values, desk, me = self.form.values(), self.context.desk, self._me

        def run(report: Report) -> object:
            safe = protection.safe_of(desk)
            login = accounts.log_in(safe, me, text_of(values, "password"), accounts.clock())
            progress = Progress(report.progress, report.cancelled)
            return self.act_long(Proven(safe, login, values), progress)

        self.context.exchange.stop()
        self.context.tasks.long_work(self, self.doing, run, self._done, self.failed)

    def _done(self, result: object) -> None:
        self.context.exchange.start()
        super()._done(result)

    def failed(self, error: Exception) -> None:
        self.context.exchange.start()
        super().failed(error)


class RekeyForm(LongForm):
    """Everything under a new key."""

    doing = "正在更换密钥"

    def __init__(self, context: UiContext, me: str, show: Callable[[str], object]) -> None:
        words = (
            "有人离开、密钥文件或旧备份可能外流时更换。台账和附件全部重写；"
            "只留自己的账号，其他人要重设密码；恢复码也换新。"
        )
        super().__init__(context, me, "更换密钥", words, "更换密钥", "密钥已更换")
        self.saved.connect(lambda code: show(str(code)))
        self.ask_mine()

    def act_long(self, proven: Proven, progress: Progress) -> object:
        typed = proven.text("password")
        return protection.rotate(self.context.desk, proven.login, typed, progress)[1]


class DecryptForm(LongForm):
    """Everything open again."""

    doing = "正在解除加密"

    def __init__(self, context: UiContext, me: str) -> None:
        words = "账号、密码、恢复码随之作废；谁拿到这台电脑的硬盘，谁就能读到台账和附件。"
        super().__init__(context, me, "解除加密", words, "解除加密", "已解除加密")
        self.ask_mine()

    def act_long(self, _proven: Proven, progress: Progress) -> object:
        protection.decrypt(self.context.desk, progress)
        return None
