"""`server take`, `answer`, `card`, `device`, `files`: packages on a stick and the files kept."""

from pathlib import Path

import click

from inspector_app.cli.session import Session, pass_session, plain
from inspector_app.cli.verbs import Verb, VerbGroup
from inspector_app.services import server_files
from inspector_app.services.shared_files import megabytes
from inspector_app.services.shared_server import ENV, admin_dsn

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_dsn = click.option("--dsn", default="", help=f"管理员的连接串（默认：环境变量 {ENV}）")


@click.command("take", cls=Verb)
@click.argument("paths", type=_EXISTING, nargs=-1)
@click.option("--out", "replies", type=click.Path(file_okay=False, path_type=Path), default=None,
              help="回执写到哪个文件夹；带回给那台电脑导入")  # fmt: skip
@_dsn
@pass_session
def take(session: Session, paths: tuple[Path, ...], replies: Path | None, dsn: str) -> None:
    """收下 U 盘带来的数据包；不写文件时，收下同事的电脑联网带来的。"""
    target = admin_dsn(dsn)
    if not paths:
        _parcels(session, target)
        return
    taken = server_files.take(target, paths, replies)
    lines = []
    for one in taken:
        lines += [f"{one.path.name}　{line}" for line in server_files.told(one.result)]
        lines += [f"回执：{one.reply.name}"] if one.reply else []
    session.answer({"taken": [plain(_short(one)) for one in taken]}, *lines)


def _short(one: server_files.TakenFile) -> dict[str, object]:
    found = one.result
    return {
        "path": str(one.path), "reply": str(one.reply or ""), "login": found.login,
        "taken": found.taken, "refused": found.refused, "known": found.known,
        "files": found.files, "stopped": found.stopped,
    }  # fmt: skip


def _parcels(session: Session, dsn: str) -> None:
    found = server_files.take_parcels(dsn)
    lines = []
    for one in found:
        lines += [f"{one[:12]} 没有收下"] if isinstance(one, str) else server_files.told(one)
    refused = sum(isinstance(one, str) for one in found)
    document = {"taken": len(found) - refused, "refused": refused}
    session.answer({**document}, *(lines or ["没有联网带来的数据包"]))


@click.command("answer", cls=Verb)
@click.argument("path", type=_EXISTING)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="回执写成哪个文件")  # fmt: skip
@_dsn
@pass_session
def answer(session: Session, path: Path, out: Path, dsn: str) -> None:
    """再写一份回执：数据包里的内容已经收过，不会重复。"""
    made = server_files.answer(admin_dsn(dsn), path, out)
    session.answer({"reply": str(out), "login": made.result.login}, f"回执：{out.name}")


@click.command("card", cls=Verb)
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@_dsn
@pass_session
def card(session: Session, path: Path, dsn: str) -> None:
    """导出共享库的名片，给从不联网的电脑导入。"""
    mark = server_files.write_card(admin_dsn(dsn), path).public().fingerprint()
    session.answer({"path": str(path), "fingerprint": mark}, f"已写成 {path.name}，指纹 {mark}")


@click.group("device", cls=VerbGroup)
def device() -> None:
    """哪些电脑可以用文件同步；联网同步过的自动登记。"""


@device.command("add")
@click.argument("path", type=_EXISTING)
@click.option("--user", "login", required=True, help="这台电脑的人的登录名")
@click.option("--fingerprint", required=True, help="对方念出来的指纹")
@_dsn
@pass_session
def add(session: Session, path: Path, login: str, fingerprint: str, dsn: str) -> None:
    """登记一台从不联网的电脑：名片和指纹要对得上。"""
    bound = server_files.bind(admin_dsn(dsn), path, login, fingerprint)
    mark = bound.public().fingerprint()
    session.answer({"login": login, "fingerprint": mark}, f"已登记 {login} 的电脑，指纹 {mark}")


@device.command("revoke")
@click.argument("fingerprint")
@_dsn
@pass_session
def revoke(session: Session, fingerprint: str, dsn: str) -> None:
    """电脑丢了：它签名的数据包不再收。"""
    login = server_files.revoke(admin_dsn(dsn), fingerprint)
    session.answer({"login": login}, f"{login} 的这台电脑不再收")


@device.command("list")
@_dsn
@pass_session
def list_(session: Session, dsn: str) -> None:
    """登记过的电脑和指纹。"""
    found = server_files.devices(admin_dsn(dsn))
    session.answer(
        {"devices": [{"login": who, "fingerprint": mark, "revoked": gone}
                     for who, mark, gone in found]},
        *(f"{who}  {mark}{'  不再收' if gone else ''}" for who, mark, gone in found),
        *([] if found else ["还没有登记过电脑"]),
    )  # fmt: skip


@click.command("files", cls=Verb)
@click.option("--sweep", is_flag=True, help="清掉没传完的和没有案件用到的")
@click.option("--days", type=int, default=30, help="只清这么多天以前的（默认 30）")
@_dsn
@pass_session
def files(session: Session, sweep: bool, days: int, dsn: str) -> None:
    """共享库里的附件有多少；可以清理。"""
    target = admin_dsn(dsn)
    lines = []
    if sweep:
        gone = server_files.sweep(target, days)
        lines.append(f"清掉附件 {gone.files} 个、没传完的 {gone.uploads} 个")
    found = server_files.standing(target)
    fields = plain(found)
    lines.append(f"附件 {found.files} 个，{megabytes(found.bytes)}；正在传的 {found.uploads} 个")
    if found.parcels:
        lines.append(f"同事带来的数据包 {found.parcels} 个，运行 server take 收下")
    session.answer(fields if isinstance(fields, dict) else {}, *lines)


VERBS = (take, answer, card, device, files)
