"""`server purge`: personal data of what is over go for ever, on the server and on every PC."""

from datetime import date

import click

from inspector_app.cli.options import Day
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.services import shared_server as shared
from inspector_app.services.shared_server import Matter

KINDS = {"case": "案件", "clue": "线索", "inspection": "检查"}
BACKUPS = "已有的备份里还有：请按保存期销毁备份；恢复旧备份之后要再清除一次。"
BACKUPS += (
    "U 盘里的数据包、导出的文件要另行收回；"
    "早先的版本交给同事的案卷、交给别的区县同事的，请他用“移除”（sync file remove）去掉。"
)


@click.command("purge", cls=Verb)
@click.argument("numbers", nargs=-1)
@click.option("--over-before", type=Day(), help="在这一天之前办结的全部案件和线索")
@click.option("--why", default="", help="理由（保存期满、依法删除…），会留下记录")
@click.option("--dry-run", is_flag=True, help="只列出会清除什么，不动")
@click.option("--dsn", default="", help=f"管理员的连接串（默认：环境变量 {shared.ENV}）")
@pass_session
def purge(
    session: Session,
    numbers: tuple[str, ...],
    over_before: date | None,
    why: str,
    dry_run: bool,
    dsn: str,
) -> None:
    """清除办结案件、线索的个人信息：共享库和各台电脑都删掉，留痕只剩校验值，不能恢复。

    案件的线索和检查一起清除。文书字号的登记留着。各台电脑下一次同步时照办。
    """
    place = shared.admin_dsn(dsn)
    matters = shared.to_purge(place, numbers, over_before)
    rows: list[Json] = [plain(one) for one in matters]
    lines = [_line(one) for one in matters] or ["没有要清除的"]
    if dry_run or not matters:
        session.answer({"matters": rows, "purged": False}, *lines, "只是列出，没有清除")
        return
    gone = shared.purge(place, matters, why)
    document: dict[str, Json] = {"matters": rows, "purged": True, "rows": gone}
    session.answer(document, *lines, f"已清除 {len(matters)} 件，{gone} 行", BACKUPS)


def _line(one: Matter) -> str:
    over = f"{one.over_since} 办结" if one.over_since else "随案"
    return (
        f"{KINDS[one.kind]} {one.label or one.root}（{one.scope}，{over}）："
        f"{one.rows} 行、{one.sets} 组改动、{one.files} 个文件"
    )
