"""`screenshot`: a page of the window drawn offscreen."""

from pathlib import Path

import click

from inspector_app.cli.options import Size, out_option
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import Verb


@click.command("screenshot", cls=Verb)
@click.option("--page", required=True, metavar="NAME", help="页面，如 home、ledger、paper")
@out_option("PNG 文件")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="主题")
@click.option("--scale", type=click.FloatRange(1.0, 2.0), default=1.0, help="缩放，如 1.25")
@click.option("--size", type=Size(), default="1440x900", help="窗口大小，如 1366x768")
@pass_session
def command(
    session: Session, page: str, out: Path, theme: str, scale: float, size: tuple[int, int]
) -> None:
    """把窗口的一页画成图片，不打开窗口。"""
    paint = session.parts.painter()
    made = paint(session.desk(), page, out, theme=theme, scale=scale, size=size)
    session.answer({"file": str(made)}, f"已存为 {made}")
