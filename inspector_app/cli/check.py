"""`check`: integrity of the ledger, its trail, papers and attachments."""

import click

from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.services.check import check


@click.command("check", cls=Verb)
@pass_session
def command(session: Session) -> None:
    """检查台账、留痕、文书存档和附件是否完好。"""
    answer_check(session, check(session.desk()), "台账、留痕、文书和附件完好。")
