"""`paper approve`: the approval of a leader between draft and issue."""

from datetime import date

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import Day
from inspector_app.cli.session import Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.services.paper_life import ON_PAPER, ON_SCREEN, ApprovalForm
from inspector_app.services.paper_life import approve as approve_paper


@click.command("approve", cls=Verb)
@click.argument("paper", metavar="ID")
@click.option("--by", "approver", required=True, metavar="NAME", help="批准的负责人")
@click.option("--opinion", default="同意", help="批准意见（默认“同意”）")
@click.option("--on", "on", type=Day(), help="批准日期（默认今天）")
@click.option("--on-screen", is_flag=True, help="在本机看过批准的；不写为纸质签批")
@pass_session
def approve(
    session: Session, paper: str, approver: str, opinion: str, on: date | None, on_screen: bool
) -> None:
    """登记负责人对草稿的批准；内容改了要重新批准。"""
    desk = session.desk()
    way = ON_SCREEN if on_screen else ON_PAPER
    form = ApprovalForm(approver, opinion, on or desk.today(), way)
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
