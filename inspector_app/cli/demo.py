"""`demo`: an inspector's day on invented data, through the same services as the window."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.parts import DEMO_MARK
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.money import yuan
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.demo import Painter, run_day
from inspector_app.services.desk import Desk
from inspector_app.services.settings import inspectors
from inspector_app.services.station import Station
from inspector_app.services.station import save as save_station

LEDGER = "ledger"  # folder below --out that holds the demonstration ledger
INSPECTOR = "李明"  # who does the work that services.demo tells of
EVENING = date(2026, 10, 9)  # the last day of the story that services.demo tells


@click.command("demo", cls=Verb)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="文书、工作簿和截图放在这里"
)
@click.option("--source", type=READABLE, help="另一份演示名单（clues.csv、answers.json）所在文件夹")
@click.option("--show", is_flag=True, help="做完后在窗口里打开演示台账")
@pass_session
def command(session: Session, out: Path | None, source: Path | None, show: bool) -> None:
    """用虚构数据演示一天的工作，生成文书、台账工作簿和截图。"""
    if out is None and not show:
        raise click.UsageError("请用 --out 写明输出文件夹。")
    out = out or Path("demo")
    data = session.data or out / LEDGER
    begin_anew(data)
    folder = source or session.parts.office() / "resources" / "demo"
    with session.parts.desk(data, session.today or EVENING, demo=True) as desk:
        summary = run_day(desk, out, folder, _painter(session))
        save_station(data, Station(seated(desk).actor_id or "", INSPECTOR))
    session.answer(cast("dict[str, Json]", summary), *_lines(summary, out))
    if show:
        session.exit_code = session.parts.window(data, session.today or EVENING, demo=True)


def begin_anew(folder: Path) -> None:
    """An empty folder for the demonstration ledger; a ledger that is not ours is never touched."""
    mark = folder / DEMO_MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        message = f"“{folder}”里已有别的台账，演示不会动它；请换一个文件夹。"
        raise UserError(message, field="data")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text("演示台账，重新演示时会清空。\n", encoding="utf-8")
        save_station(folder, Station(name=INSPECTOR))
    except OSError as error:
        raise OutsideError(f"文件夹“{folder}”不能使用：{error.strerror}。") from error


def seated(desk: Desk) -> Desk:
    """The desk with its inspector on it, once the day has registered him."""
    found = [one.id for one in inspectors(desk) if one.name == INSPECTOR]
    return replace(desk, actor_id=found[0] if found else None)


def _painter(session: Session) -> Painter | None:
    """Draws pages where Qt can be loaded; else the day goes on without pictures."""
    try:
        draw = session.parts.painter()
    except OutsideError as error:
        session.remark(f"不生成截图：{error.message}")
        return None

    def paint(desk: Desk, page: str, out: Path) -> None:
        draw(seated(desk), page, out)

    return paint


def _lines(summary: dict[str, object], out: Path) -> list[str]:
    papers = cast("list[dict[str, object]]", summary["papers"])
    books = cast("list[dict[str, object]]", summary["workbooks"])
    pictures = cast("list[str]", summary["screenshots"])
    figures = cast("dict[str, int]", summary["figures"])
    lines = [f"文书 {one['file']}：{one['number'] or '—'}，{one['pages']} 页" for one in papers]
    lines += [f"工作簿 {one['file']}：{one['rows']} 行" for one in books]
    lines.append(f"截图 {len(pictures)} 张")
    owing = yuan(figures["owing_fen"])
    lines.append(f"案件 {figures['cases']} 件，{figures['workers']} 人，尚欠 {owing} 元")
    return [*lines, f"全部在 {out.resolve()}"]
