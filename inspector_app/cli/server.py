"""`server`: the shared database for the IT desk: try it, set it up, people, look, recover."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from inspector_app.cli import server_files
from inspector_app.cli.server_access import access
from inspector_app.cli.server_numbers import numbers as number_verbs
from inspector_app.cli.server_purge import purge
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.rights import Role
from inspector_app.errors import UserError
from inspector_app.services import server_health as health
from inspector_app.services import server_words as words
from inspector_app.services import shared_server as shared
from inspector_app.services.server_health import Health
from inspector_app.services.shared_server import Account, Check, Grant

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_ROLES = click.Choice([role.value for role in Role])
_WHAT = {"gap": "缺号", "link": "链不相接", "content": "内容被改过", "head": "末尾被改过"}


def _dsn() -> Decorator:
    return click.option("--dsn", default="", help=f"管理员的连接串（默认：环境变量 {shared.ENV}）")


@click.group(cls=VerbGroup)
def command() -> None:
    """共享库的管理：试用、建库、升级、人员、检查、恢复。"""


@command.command("try")
@click.option(
    "--dir", "folder", type=click.Path(file_okay=False, path_type=Path), required=True,
    help="放数据的文件夹；再用同一个文件夹就接着用",
)  # fmt: skip
@pass_session
def try_(session: Session, folder: Path) -> None:
    """在本机开一个只供本机用的共享库，用来试用和演练；正式使用请装 PostgreSQL。"""
    running = shared.try_out(folder, session.parts.library())
    session.answer(
        {"dsn": running.dsn, "pid": running.pid},
        f"已在本机开好，连接串（含管理员密码）：{running.dsn}",
        f"停止：结束进程 {running.pid}。下一步：server user add 登录名 --scope 区划代码 --dsn …",
    )


@command.command("init")
@_dsn()
@click.option("--numbers", type=click.Choice(["online", "leased"]), default=None,
              help="leased 每台电脑预留一批号（默认）；online 制发时联网取号")  # fmt: skip
@pass_session
def init(session: Session, dsn: str, numbers: str | None) -> None:
    """把一个空库建成共享库；再运行一次只补缺的。"""
    made = shared.set_up(shared.admin_dsn(dsn), session.parts.library(), how=numbers or "")
    _told_set_up(session, made)


@command.command("migrate")
@_dsn()
@pass_session
def migrate(session: Session, dsn: str) -> None:
    """升级本程序之后，把共享库也升上来；各单位电脑可以晚些再升级。"""
    _told_set_up(session, shared.migrate(shared.admin_dsn(dsn)))


def _told_set_up(session: Session, made: shared.SetUp) -> None:
    lines = [f"已完成 {name}" for name in made.done] or ["没有要做的，共享库已是这个版本"]
    session.answer({"done": list(made.done), "dsn": made.dsn}, *lines)


command.add_command(number_verbs)


@command.group("user", cls=VerbGroup)
def user() -> None:
    """一人一个登录名。"""


@user.command("add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True,
              help="区划代码；只读加 :read，不看个人信息加 :masked；可写多次")  # fmt: skip
@click.option("--display", default="", help="姓名（默认同登录名）")
@click.option("--role", "roles", multiple=True, type=_ROLES, help="职责；可写多次（默认不变）")
@click.option("--city/--no-city", default=True,
              help="连同所属的市：单位、工程、设置、文书号在市里（默认连同）")  # fmt: skip
@_dsn()
@pass_session
def add(
    session: Session,
    name: str,
    scopes: tuple[str, ...],
    display: str,
    roles: tuple[str, ...],
    city: bool,
    dsn: str,
) -> None:
    """新增一人，或者给他换密码、改辖区、定职责；密码只在这里说一次。"""
    made = shared.add_user(shared.admin_dsn(dsn), name, scopes, display, roles, city=city)
    session.answer(
        {"name": name, "dsn": made},
        f"{name} 的连接串（含密码，只说这一次，请当面交给本人）：{made}",
    )


@user.command("role")
@click.argument("name")
@click.argument("roles", nargs=-1, type=_ROLES)
@_dsn()
@pass_session
def role(session: Session, name: str, roles: tuple[str, ...], dsn: str) -> None:
    """改一人的职责；不写职责就全部取消。收紧的权限立即生效，放宽辖区用 user add。"""
    one = shared.set_roles(shared.admin_dsn(dsn), name, roles)
    session.answer({"name": name, "roles": [role.value for role in one.roles]}, _user_line(one))


@user.command("disable")
@click.argument("name")
@_dsn()
@pass_session
def disable(session: Session, name: str, dsn: str) -> None:
    """停用一人；他做过的事都留着。"""
    shared.disable_user(shared.admin_dsn(dsn), name)
    session.answer({"name": name, "disabled": True}, f"已停用 {name}")


@user.command("list")
@_dsn()
@pass_session
def list_(session: Session, dsn: str) -> None:
    """所有登录名、辖区和最近一次同步。"""
    found = shared.list_users(shared.admin_dsn(dsn))
    rows: list[Json] = [plain(one) for one in found]
    session.answer({"users": rows}, *(map(_user_line, found) if found else ["还没有人员"]))


def _user_line(one: Account) -> str:
    state = "（已停用）" if one.disabled else ""
    seen = f"{one.last_seen:%Y-%m-%d %H:%M}" if one.last_seen else "没有同步过"
    grants = "、".join(map(_grant_text, one.grants))
    roles = "、".join(role.label for role in one.roles)
    held = f"，{roles}" if roles else ""
    return f"{one.name} {one.display}{state}{held}：{grants}；电脑 {one.devices} 台，最近 {seen}"


def _grant_text(one: Grant) -> str:
    words = ([] if one.write else ["只读"]) + ([] if one.pii else ["不看个人信息"])
    return one.scope + (f"（{'，'.join(words)}）" if words else "")


@command.command("check")
@_dsn()
@pass_session
def check(session: Session, dsn: str) -> None:
    """共享库是否完好：版本、加密、各台电脑、冲突、留痕的链；链断了退出码为 1。"""
    found = shared.look(shared.admin_dsn(dsn))
    fields = plain(found)
    document: dict[str, Json] = fields if isinstance(fields, dict) else {}
    document["ok"] = not found.broken
    session.answer(document, *_lines(found))
    if found.broken:
        session.exit_code = 1


def _lines(found: Check) -> Iterator[str]:
    yield f"PostgreSQL {found.server}，{'已加密' if found.ssl else '未加密'}，结构 {found.schema}"
    if found.identity:
        yield f"库名 {found.name}，编号 {found.identity[:8]}（从备份恢复后不变，另建的库不同）"
    if found.plain_from_outside:
        yield "外面来的连接可以不加密：请把 pg_hba.conf 里外部地址的 host 改为 hostssl"
    if found.holding:
        yield (
            f"{'、'.join(found.holding)} 的连接占着库超过一分钟，别人要等：不是备份或升级的，"
            "运行 server user disable 断开"
        )
    if found.open_doors:
        yield "任何账号都能占满锁和磁盘：请用数据库超级用户的连接串运行一次 server migrate"
    if found.missing:
        yield f"有 {len(found.missing)} 项要升级，请运行 server migrate"
    if found.recovery:
        yield "正在恢复：暂停取号；各台电脑都同步过之后，运行 server recover end"
    elif found.doubts:
        yield (
            f"{'、'.join(found.doubts)} 的电脑记得共享库里没有的历史：从备份恢复过的，"
            "运行 server recover begin；没有丢失的，运行 server recover dismiss"
        )
    for scope in found.scopes:
        waiting = f"未处理的冲突 {scope.open_conflicts} 处"
        yield f"{scope.scope} {scope.name}：改动 {scope.seq} 组，{waiting}"
    for one in found.devices:
        late = one.skew_seconds is not None and abs(one.skew_seconds) > shared.SKEW_SECONDS
        clock = "，时钟不准" if late else ""
        yield f"电脑 {one.device}（{one.login}）：最近 {one.last_seen:%Y-%m-%d %H:%M}{clock}"
    yield f"退回过的改动 {found.rejected} 组"
    for link in found.broken:
        yield f"{link.scope} 第 {link.seq} 组：{_WHAT[link.what]}"
    if not found.broken:
        yield "留痕的链完好"


@command.command("status")
@_dsn()
@click.option("--chain", is_flag=True, help="再从头核对每个县区留痕的链（内容多时要几分钟）")
@pass_session
def status(session: Session, dsn: str, chain: bool) -> None:
    """共享库的健康：谁何时从哪台电脑同步、积压、冲突、领号、版本、恢复、大小；链断了退出码为 1。"""
    with health.line(shared.admin_dsn(dsn)) as line:
        found = health.look(line)
        broken = health.look_through(line, found, _told(session)) if chain else []
    fields = plain(found)
    document: dict[str, Json] = fields if isinstance(fields, dict) else {}
    document |= {"broken": [plain(one) for one in broken], "ok": not broken}
    session.answer(document, *_status_lines(found), *map(words.broken_words, broken))
    session.exit_code = 1 if broken else 0


def _told(session: Session) -> Callable[[int, int], None]:
    return lambda done, total: session.remark(f"已核对 {done}／{total}")


def _status_lines(found: Health) -> Iterator[str]:
    version = f"结构 {found.schema}，功能 {found.program or '早先'}"
    yield f"{found.server}，{version}，大小 {words.size_words(found.bytes)}"
    for note in words.notes(found, health.newest()):
        yield f"{note.title}：{note.words}"
    for scope in found.scopes:
        yield f"{scope.scope} {scope.name}：改动 {scope.seq} 组，未处理的冲突 {scope.open} 项"
    for one in found.devices:
        queue = f"，待上传 {one.waiting} 组" if one.waiting else ""
        leased = f"，领了 {one.leased} 个号未用" if one.leased else ""
        seen = f"{one.seen.astimezone():%Y-%m-%d %H:%M}"
        yield f"{words.device_name(one)}：{seen}，收到第 {one.last_n} 组{queue}{leased}，{one.app}"


@command.group("recover", cls=VerbGroup)
def recover() -> None:
    """从备份恢复前后各运行一次。"""


@recover.command("begin")
@_dsn()
@pass_session
def begin(session: Session, dsn: str) -> None:
    """恢复备份之后、开放端口之前运行：暂停取号，等各台电脑把缺的补回来。"""
    shared.begin_recovery(shared.admin_dsn(dsn))
    session.answer({"recovery": True}, "已暂停取号。各台电脑都同步过之后，运行 server recover end")


@recover.command("end")
@_dsn()
@click.option("--missing-ok", is_flag=True, help="有电脑没有来过也恢复；要用 --why 写明理由")
@click.option("--why", default="", help="没有来过的电脑为什么不等；永久留痕")
@pass_session
def end(session: Session, dsn: str, missing_ok: bool, why: str) -> None:
    """各台电脑都同步过之后运行：没有人认领的号作废，恢复取号。

    有电脑还没有来过，就列出是哪几台，不恢复。
    """
    with health.line(shared.admin_dsn(dsn)) as line:
        absent = health.look(line).missing()
        if absent and not missing_ok:
            _refuse(session, absent)
            return
        if absent and not why.strip():
            raise UserError("请用 --why 写明为什么不等这些电脑。", field="why")
        void = health.decide(line, health.DONE, why.strip() if absent else "")
    session.answer(
        {"recovery": False, "void": void, "missing": [_absent(one) for one in absent]},
        f"已恢复取号；无人认领而作废的号 {void} 个",
        *([f"没有来过：{words.missing_words(absent)}"] if absent else []),
    )


def _refuse(session: Session, absent: tuple[health.DeviceHealth, ...]) -> None:
    said = f"没有恢复：{words.missing_words(absent)} 还没有来同步过。{words.HOLDS}"
    session.refuse(
        {"recovery": True, "missing": [_absent(one) for one in absent]},
        "missing",
        f"{said}请让它们各同步一次；确实等不到的，加 --missing-ok --why 理由。",
    )


def _absent(one: health.DeviceHealth) -> Json:
    return {"device": one.device, "pc": one.pc, "login": one.login, "seen": plain(one.seen)}


@recover.command("dismiss")
@_dsn()
@pass_session
def dismiss(session: Session, dsn: str) -> None:
    """有电脑误报共享库少了内容时运行：照常取号，不作废任何号。"""
    with health.line(shared.admin_dsn(dsn)) as line:
        health.decide(line, health.WHOLE)
    session.answer({"recovery": False}, "已记下：共享库没有丢失内容，照常取号")


for _verb in (*server_files.VERBS, purge, access):
    command.add_command(_verb)
