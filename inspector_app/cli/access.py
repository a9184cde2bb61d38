"""`access`: who looked at what is covered."""

from pathlib import Path

import click

from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.services.access_register import access_register, export_access


@click.group(cls=VerbGroup)
def command() -> None:
    """谁看过隐去的个人信息（管理员、审计查看）。"""


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, help="最多几行")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="导出 Excel 的位置")
@pass_session
def list_(session: Session, limit: int, out: Path | None) -> None:
    """查看记录，最近的在前。"""
    desk = session.desk()
    lines = access_register(desk, limit=limit)
    rows: list[Json] = [plain(one) for one in lines]
    document: dict[str, Json] = {"looks": rows}
    told = [
        f"{one.entry.at.replace('T', ' ')}  {one.entry.by_name}  {one.entry.way.label}  "
        f"{one.matter}  {one.person}  {one.entry.why}"
        for one in lines
    ]
    if out is not None:
        made = export_access(desk, out, lines)
        document |= {"file": str(out), "rows": made.rows, "sha256": made.sha256}
        told = [f"已导出 {made.rows} 行：{out}"]
    session.answer(document, *(told or ["还没有人查看过"]))
