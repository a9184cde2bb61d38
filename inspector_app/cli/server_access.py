"""`server access`: who received personal data from the shared database, never the data."""

from datetime import date, timedelta

import click

from inspector_app.cli.options import Day
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.services import received as looks
from inspector_app.services import server_health as health
from inspector_app.services.shared_server import ENV, admin_dsn


@click.command("access", cls=Verb)
@click.option("--scope", default="", help="只看这个区划代码的（默认全部）")
@click.option("--since", type=Day(), default=None, help=f"从哪一天起（默认最近 {looks.DAYS} 天）")
@click.option("--dsn", default="", help=f"管理员的连接串（默认：环境变量 {ENV}）")
@pass_session
def access(session: Session, scope: str, since: date | None, dsn: str) -> None:
    """谁在哪一天从共享库收到过哪个县区的个人信息，收到多少；不含内容。

    一人一个县区一天一行，最近的在前。在电脑上点开号码看的，用 access list。
    """
    first = since or session.day() - timedelta(days=looks.DAYS)
    with health.line(admin_dsn(dsn)) as line:
        found = looks.received(line, first, scope)
    rows: list[Json] = [plain(one) for one in found]
    lines = [f"{one.display or one.login}（{one.login}）　{looks.words(one)}" for one in found]
    if len(found) == looks.MOST:
        lines.append(f"只列出最近的 {looks.MOST:,} 行，请用 --since、--scope 缩小范围")
    session.answer({"since": str(first), "received": rows}, *(lines or ["没有人收到过"]))
