"""`purge`: personal data of what is over, in a ledger that exchanges with nobody."""

import click

from inspector_app.cli.server_purge import BACKUPS, KINDS
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.services.purge import purge, to_purge


@click.command("purge", cls=Verb)
@click.argument("numbers", nargs=-1, required=True)
@click.option("--why", default="", help="理由（保存期满、依法删除…），会留下记录")
@click.option("--dry-run", is_flag=True, help="只列出会清除什么，不动")
@pass_session
def command(session: Session, numbers: tuple[str, ...], why: str, dry_run: bool) -> None:
    """清除结案案件、办结线索的个人信息（没有连接共享库的台账）；不能恢复。"""
    desk = session.desk()
    matters = to_purge(desk, numbers)
    lines = [f"{KINDS[one.kind]} {one.label}" for one in matters]
    rows: list[Json] = [plain(one) for one in matters]
    if dry_run:
        session.answer({"matters": rows, "purged": False}, *lines, "只是列出，没有清除")
        return
    purge(desk, matters, why)
    session.answer({"matters": rows, "purged": True}, *lines, "已清除", BACKUPS)
