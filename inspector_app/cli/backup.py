"""`backup`: one file with the whole ledger and everything that belongs to it."""

from pathlib import Path

import click

from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.services.backup import backup


@click.command("backup", cls=Verb)
@click.option(
    "--out", type=click.Path(path_type=Path), help="备份文件（默认：数据文件夹的 backup）"
)
@pass_session
def command(session: Session, out: Path | None) -> None:
    """备份台账，使用中也可以备份。"""
    made = backup(session.desk(), out)
    session.answer({"file": str(made.path), "sha256": made.sha256}, f"已备份到 {made.path}")
