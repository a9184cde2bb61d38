"""`sync file`: exchange by stick when the line is down, and hand a case to a colleague."""

from pathlib import Path

import click

from inspector_app.cli.session import Session, pass_session, plain
from inspector_app.cli.verbs import Verb, VerbGroup
from inspector_app.services import by_file, shared_files
from inspector_app.services.case_ref import find_case

_PATH = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_ACCOUNT = "在共享库的登录名；联网同步过的不用写"


@click.group("file", cls=VerbGroup)
def command() -> None:
    """线路不通时用 U 盘同步；把案件交给同事。"""


@command.command("out")
@click.argument("path", type=_PATH)
@click.option("--account", default="", help=_ACCOUNT)
@pass_session
def out(session: Session, path: Path, account: str) -> None:
    """把本机所有待上传的改动和附件写成一个数据包，交给共享库的管理员。"""
    made = by_file.out(session.desk(), path, account=account)
    session.answer(
        {"path": str(made.path), "id": made.id, "sets": made.sets, "files": made.files,
         "parcels": made.parcels},
        by_file.told_out(made),
    )  # fmt: skip


@command.command("in")
@click.argument("path", type=_EXISTING)
@click.option("--fingerprint", default="", help="名片的指纹，与对方核对过的")
@pass_session
def take(session: Session, path: Path, fingerprint: str) -> None:
    """导入共享库的回执、同事交来的案件，或者一张名片。"""
    taken = by_file.take_in(session.desk(), path, fingerprint=fingerprint)
    fields = plain(taken)
    session.answer(fields if isinstance(fields, dict) else {}, *by_file.told(taken))


@command.command("show")
@click.argument("path", type=_EXISTING)
@pass_session
def show(session: Session, path: Path) -> None:
    """看一个数据包是什么、是否完整；什么都不导入。"""
    one = by_file.show(session.desk(), path)
    states = {by_file.WHOLE: "完整，可以在本机导入", by_file.OTHERS: "只有收件方能打开"}
    lines = [f"{one.what}，{shared_files.megabytes(one.size)}，{states[one.state]}"]
    if one.name:
        lines.append(f"出自：{one.name}")
    if one.fingerprint:
        lines.append(f"指纹：{one.fingerprint}")
    fields = plain(one)
    session.answer(fields if isinstance(fields, dict) else {}, *lines)


@command.command("card")
@click.argument("path", type=_PATH)
@click.option("--account", default="", help=_ACCOUNT)
@pass_session
def card(session: Session, path: Path, account: str) -> None:
    """导出本机的名片：没有联网同步过的电脑，要先把名片交给管理员登记。"""
    made = by_file.own_card(session.desk(), path, account=account)
    mark = made.public().fingerprint()
    session.answer(
        {"path": str(by_file.named(path)), "account": made.account, "fingerprint": mark},
        f"已写成 {by_file.named(path).name}，指纹 {mark}",
    )


@command.command("hand")
@click.argument("case")
@click.argument("path", type=_PATH)
@click.option("--to", required=True, help="同事的姓名或者登录名，本机要有他的名片")
@click.option("--account", default="", help=_ACCOUNT)
@pass_session
def hand(session: Session, case: str, path: Path, to: str, account: str) -> None:
    """把一件案件交给同事：他可以看案卷，并把本机的改动带给共享库。"""
    made = by_file.hand_over(session.desk(), case, to, path, account=account)
    session.answer({"path": str(made.path), "id": made.id}, by_file.told_out(made))


@command.command("list")
@pass_session
def list_(session: Session) -> None:
    """本机的指纹、有名片的同事、同事交来的案件。"""
    found = by_file.standing(session.desk())
    fields = plain(found)
    session.answer(
        fields if isinstance(fields, dict) else {},
        f"登录名：{found.account or '还没有'}"
        + (
            ""
            if found.confirmed or not found.account
            else "（共享库还没有确认，写错了用 --account 改）"
        ),
        f"本机指纹：{found.fingerprint}",
        f"共享库指纹：{found.shared or '还没有'}",
        *(f"名片：{one.name}（{one.account}）" for one in found.colleagues),
        *(f"{one.id[:12]}  {one.who}交来 {one.title}（{one.at[:10]}）" for one in found.parcels),
    )


@command.command("copy")
@click.argument("parcel", metavar="ID")
@click.argument("path", type=_PATH)
@pass_session
def copy(session: Session, parcel: str, path: Path) -> None:
    """把同事交来的案卷另存为 PDF。"""
    saved = by_file.save_copy(session.desk(), parcel, path)
    session.answer({"path": str(saved)}, f"已写成 {saved.name}")


@command.command("remove")
@click.argument("parcel", metavar="ID")
@pass_session
def remove(session: Session, parcel: str) -> None:
    """从本机移除同事交来的案卷；其中的改动要已经带给共享库。"""
    by_file.forget(session.desk(), parcel)
    session.answer({"removed": parcel}, "已移除")


@click.command("fetch", cls=Verb)
@click.argument("case")
@pass_session
def fetch(session: Session, case: str) -> None:
    """下载一件案件还不在本机的附件：下次同步时传来。"""
    desk = session.desk()
    away = shared_files.elsewhere(desk, find_case(desk, case).id)
    asked = shared_files.fetch_soon(desk, [one.sha256 for one in away])
    session.answer({"asked": asked}, f"已记下 {asked} 个，下次同步时下载")


@click.command("files", cls=Verb)
@pass_session
def files(session: Session) -> None:
    """附件：待上传多少、未下载多少、没有传成的。"""
    found = shared_files.standing(session.desk())
    fields = plain(found)
    session.answer(
        fields if isinstance(fields, dict) else {},
        f"待上传 {found.to_send} 个（{shared_files.megabytes(found.send_bytes)}）",
        f"未下载 {found.elsewhere} 个（{shared_files.megabytes(found.elsewhere_bytes)}）",
        *(f"{one.name}：{one.why}" for one in found.troubles),
    )
