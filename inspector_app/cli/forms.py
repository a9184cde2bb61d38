"""`forms`: every form loads and is complete; the bureau's own versions of them."""

import click

from inspector_app.cli.form_templates import (
    add,
    copy,
    export,
    list_,
    show,
    take_back,
    update,
)
from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import VerbGroup
from inspector_app.library.check import check_forms
from inspector_app.services.template_checks import own_problems


@click.group(cls=VerbGroup)
def command() -> None:
    """文书格式与检查表；本局自己的格式。"""


for verb in (list_, show, add, copy, take_back, export, update):
    command.add_command(verb)


@command.command("check")
@pass_session
def check(session: Session) -> None:
    """检查全部文书格式和检查表能否读出、是否完整；有台账的，连同本局的格式。"""
    problems = check_forms(session.parts.office())
    if session.has_ledger() and not problems:
        problems = own_problems(session.desk())
    answer_check(session, problems, "文书格式和检查表齐全。")
