"""`forms check`: every form and checklist loads and is complete."""

import click

from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import VerbGroup
from inspector_app.library.check import check_forms


@click.group(cls=VerbGroup)
def command() -> None:
    """文书格式与检查表。"""


@command.command("check")
@pass_session
def check(session: Session) -> None:
    """检查全部文书格式和检查表能否读出、是否完整。"""
    answer_check(session, check_forms(session.parts.office()), "文书格式和检查表齐全。")
