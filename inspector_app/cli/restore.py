"""`restore`: a backup unpacked into a folder that has no ledger yet."""

import hashlib
from pathlib import Path

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.services.backup import restore


@click.command("restore", cls=Verb)
@click.argument("file", type=READABLE)
@pass_session
def command(session: Session, file: Path) -> None:
    """把备份恢复到 --data 指定的空文件夹；已有的台账不会被覆盖。"""
    ledger = restore(file, session.data or session.parts.data_dir())
    with ledger.open("rb") as file_there:
        digest = hashlib.file_digest(file_there, "sha256").hexdigest()
    session.answer({"file": str(ledger), "sha256": digest}, f"已恢复到 {ledger}")
