"""`ledger`: encrypt the ledger of this PC, its accounts and passwords, the recovery code."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

import click

from inspector_app.cli.passwords import moment, secret
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import VerbGroup
from inspector_app.errors import UserError
from inspector_app.services import accounts, protection
from inspector_app.services.accounts import Login, Safe
from inspector_app.services.protection import Progress
from inspector_app.services.settings import inspectors
from inspector_app.vault.envelope import Account

READABLE = click.Path(path_type=Path)
NEW = "--new-password-file"
KEEP = "恢复码只显示这一次，请抄下来交单位保管。忘记全部密码时，只有它能打开台账。"


new_password_option = click.option(
    NEW, "new_file", type=READABLE, metavar="FILE", help="新密码所在文件，- 为标准输入"
)


@click.group(cls=VerbGroup)
def command() -> None:
    """本机台账的加密、账号、密码和恢复码。"""


@command.command("encrypt")
@pass_session
def encrypt(session: Session) -> None:
    """加密台账和全部附件；密码取自 --password-file 或当场询问。"""
    desk = session.desk()
    if desk.ledger.is_encrypted():
        raise UserError("台账已经加密。", kind="encrypted")
    password = secret(session.password_file, f"给{desk.actor}的账号设密码", twice=True)
    made = protection.plan(desk, desk.actor, desk.actor_id or "", password)
    with _progress(session) as progress:
        protection.encrypt(desk, made, progress)
    copies = [str(one) for one in protection.leftovers(desk)]
    rows: list[Json] = [*copies]
    lines = [f"台账已加密。账号：{desk.actor}", f"恢复码：{made.code}", KEEP]
    lines += [f"加密前的备份仍可直接阅读：{one}" for one in copies]
    document: dict[str, Json] = {"account": desk.actor, "recovery_code": made.code}
    session.answer(document | {"open_copies": rows}, *lines)


@command.command("decrypt")
@pass_session
def decrypt(session: Session) -> None:
    """解除加密：账号和恢复码随之作废，磁盘上又能直接读到内容。"""
    desk = session.desk()
    with _progress(session) as progress:
        protection.decrypt(desk, progress)
    session.answer({"encrypted": False}, "已解除加密，台账和附件不再受密码保护。")


@command.command("rekey")
@pass_session
def rekey(session: Session) -> None:
    """更换密钥：旧的密钥文件、旧账号都打不开以后的台账；只留下自己的账号。"""
    desk, login = session.desk(), _login(session)
    password = secret(session.password_file, "再输一遍自己的密码")
    accounts.log_in(_safe(session), login.account.id, password, moment())
    with _progress(session) as progress:
        _, code = protection.rotate(desk, login, password, progress)
    line = f"密钥已更换，其他人的账号已停用，请重新设密码。新的恢复码：{code}"
    session.answer({"recovery_code": code}, line, KEEP)


@command.command("password")
@click.option("--account", default="", help="给哪位同事重设（默认：自己）")
@new_password_option
@pass_session
def password(session: Session, account: str, new_file: Path | None) -> None:
    """修改自己的密码，或者给同事重设。"""
    login, safe = _login(session), _safe(session)
    whose = _account(safe, account) if account else login.account
    typed = secret(new_file, f"{whose.name}的新密码", twice=True, option=NEW)
    accounts.set_password(safe, login, whose.id, typed)
    session.answer({"account": whose.name}, f"{whose.name}的密码已更换。")


@command.command("recover")
@click.option("--code-file", type=READABLE, metavar="FILE", help="恢复码所在文件，- 为标准输入")
@click.option("--new-code", is_flag=True, help="登录后换一个新的恢复码，旧的作废")
@new_password_option
@pass_session
def recover(
    session: Session, code_file: Path | None, new_code: bool, new_file: Path | None
) -> None:
    """忘记密码：用恢复码给 --as 写明的账号设新密码。"""
    if new_code:
        code = accounts.new_code(_safe(session), _login(session))
        session.answer({"recovery_code": code}, f"新的恢复码：{code}", KEEP)
        return
    safe = Safe.at(session.folder())
    if safe is None:
        raise UserError("台账没有加密，不需要恢复码。", kind="plain")
    if not session.actor:
        raise UserError("请用 --as 写明给哪个账号设新密码。", field="as")
    code = secret(code_file, "恢复码", option="--code-file")
    typed = secret(new_file, f"{session.actor}的新密码", twice=True, option=NEW)
    login = accounts.recover(safe, code, session.actor, typed, moment())
    session.answer({"account": login.account.name}, f"{login.account.name}的新密码已设好。")


@command.command("copies")
@click.option("--remove", is_flag=True, help="覆盖并删除")
@pass_session
def copies(session: Session, remove: bool) -> None:
    """加密之前留下的、仍可直接阅读的备份。"""
    desk = session.desk()
    found = [str(one) for one in protection.leftovers(desk)]
    if remove:
        protection.remove_leftovers(desk)
    rows: list[Json] = [*found]
    lines = found or ["没有未加密的旧备份。"]
    session.answer({"open_copies": rows, "removed": remove and bool(found)}, *lines)


# ── accounts ─────────────────────────────────────────────────────────────────────────────────


@command.group("accounts", cls=VerbGroup, invoke_without_command=True)
@pass_session
@click.pass_context
def accounts_(ctx: click.Context, session: Session) -> None:
    """本机的账号；不带命令时列出。"""
    if ctx.invoked_subcommand is not None:
        return
    safe = Safe.at(session.folder())
    people = safe.accounts() if safe else []
    rows: list[Json] = [_row(one) for one in people]
    lines = [f"{one.name}  {'可登录' if one.active() else '已停用'}" for one in people]
    session.answer(
        {"encrypted": safe is not None, "accounts": rows}, *(lines or ["台账没有加密，没有账号。"])
    )


@accounts_.command("add")
@click.argument("name")
@new_password_option
@pass_session
def add(session: Session, name: str, new_file: Path | None) -> None:
    """给同一台电脑的同事加一个账号；姓名与监察员一致时，以这位监察员的名义办理。"""
    login, safe = _login(session), _safe(session)
    person = [one for one in inspectors(session.desk()) if one.name == name.strip()]
    typed = secret(new_file, f"{name}的密码", twice=True, option=NEW)
    user_id = person[0].id if person else ""
    made = accounts.add(safe, login, name, user_id, typed, moment())
    note = "" if person else "；设置里还没有同名的监察员"
    session.answer({"account": _row(made)}, f"已添加账号：{made.name}{note}")


@accounts_.command("disable")
@click.argument("name")
@pass_session
def disable(session: Session, name: str) -> None:
    """停用账号。曾经知道密码的人若留有旧密钥文件，须用 rekey 更换密钥。"""
    login, safe = _login(session), _safe(session)
    account = _account(safe, name)
    accounts.disable(safe, login, account.id)
    session.answer({"account": account.name}, f"已停用：{account.name}。可用 rekey 更换密钥。")


@accounts_.command("remove")
@click.argument("name")
@pass_session
def remove(session: Session, name: str) -> None:
    """从名单中删去账号。"""
    login, safe = _login(session), _safe(session)
    account = _account(safe, name)
    accounts.remove(safe, login, account.id)
    session.answer({"account": account.name}, f"已删去：{account.name}。可用 rekey 更换密钥。")


def _row(one: Account) -> dict[str, Json]:
    return {
        "id": one.id,
        "name": one.name,
        "active": one.active(),
        "since": one.since,
        "inspector": one.user_id,
    }


def _login(session: Session) -> Login:
    login = session.login()
    if login is None:
        raise UserError("台账没有加密，没有账号。请先用 ledger encrypt 加密。", kind="plain")
    return login


def _safe(session: Session) -> Safe:
    return protection.safe_of(session.desk())


def _account(safe: Safe, name: str) -> Account:
    found = [one for one in safe.accounts() if name in (one.name, one.id)]
    if not found:
        raise UserError(f"没有账号“{name}”。", field="account", kind="not_found")
    return found[0]


@contextmanager
def _progress(session: Session) -> Iterator[Progress]:
    """Tells each tenth; Ctrl+C asks to stop at the next good place instead of tearing."""
    stop, told = Event(), [-1]

    def tell(done: int, total: int) -> None:
        tenth = done * 10 // total if total else 0
        if tenth > told[0]:
            told[0] = tenth
            session.remark(f"已完成 {tenth * 10}%")

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield Progress(tell, stop.is_set)
    finally:
        signal.signal(signal.SIGINT, before)
