"""`paper approve`, `paper publish`, `paper blank`: the life of a paper beside draft and issue."""

from datetime import date
from pathlib import Path

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import Day, out_option
from inspector_app.cli.session import Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.services.paper_life import ON_PAPER, ON_SCREEN, ApprovalForm
from inspector_app.services.paper_life import approve as approve_paper
from inspector_app.services.papers import kind_of
from inspector_app.services.publication import export_blank, export_public
from inspector_app.sheets.safe import file_sha256


@click.command("approve", cls=Verb)
@click.argument("paper", metavar="ID")
@click.option("--by", "approver", required=True, metavar="NAME", help="批准的负责人")
@click.option("--opinion", default="同意", help="批准意见（默认“同意”）")
@click.option("--on", "on", type=Day(), help="批准日期（默认今天）")
@click.option("--on-screen", is_flag=True, help="在本机看过批准的；不写为纸质签批")
@click.option("--override-why", default="", help="可以由负责人放行的，写明理由")
@pass_session
def approve(
    session: Session, paper: str, approver: str, opinion: str, on: date | None, on_screen: bool,
    override_why: str,
) -> None:  # fmt: skip
    """登记负责人对草稿的批准；内容改了要重新批准。"""
    desk = session.desk()
    way = ON_SCREEN if on_screen else ON_PAPER
    form = ApprovalForm(approver, opinion, on or desk.today(), way, override_why)
    given = approve_paper(desk, find_paper(desk, paper).id, form)
    session.answer(
        {
            "approver": given.approver,
            "opinion": given.opinion,
            "on": plain(given.on),
            "way": given.way,
            "holds": given.holds,
        },
        f"已登记批准：{given.approver}，{given.on}",
    )


@click.command("publish", cls=Verb)
@click.argument("paper", metavar="ID")
@out_option("PDF 文件")
@click.option("--any", "any_kind", is_flag=True, help="决定书以外的文书也制作公开版")
@pass_session
def publish(session: Session, paper: str, out: Path, any_kind: bool) -> None:
    """制作隐去个人信息的公开版，标明“公开版”；存档的文书不变。"""
    desk = session.desk()
    found = find_paper(desk, paper)
    export_public(desk, found.id, out, any_kind=any_kind)
    session.answer(
        {"file": str(out), "number": found.number, "sha256": file_sha256(out)},
        f"{found.number}的公开版已存为 {out}，公开前请再看一遍",
    )


@click.command("blank", cls=Verb)
@click.argument("kind")
@out_option("PDF 文件")
@pass_session
def blank(session: Session, kind: str, out: Path) -> None:
    """一种文书的手写空白版：不编号，字段处留横线或空格。"""
    desk = session.desk()
    form = kind_of(desk, kind)
    export_blank(desk, form.id, out)
    document = {"file": str(out), "kind": form.id, "sha256": file_sha256(out)}
    session.answer(dict(document), f"{form.title}空白版已存为 {out}")
