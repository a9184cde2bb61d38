"""`check`: integrity of the ledger, its trail, papers, attachments; of the shared history too."""

from pathlib import Path

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.problems import answer_check
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.ledger.check import Problem
from inspector_app.services.check import check


@click.command("check", cls=Verb)
@click.option("--server", is_flag=True, help="连同共享库：逐环核对各县区的历史和本机的回执")
@click.option("--dsn", default="", help="共享库的连接串（默认：记下的那个）")
@click.option("--trail", type=READABLE, help="只核对一份案卷 PDF 里的办案留痕")
@click.option("--known", is_flag=True, help="已看过台账少了最后几步的提示，不再提示")
@pass_session
def command(session: Session, server: bool, dsn: str, trail: Path | None, known: bool) -> None:
    """检查台账、留痕、文书存档和附件是否完好。"""
    if trail is not None:
        _trail(session, trail)
        return
    if known:
        session.desk().ledger.last_step.known()
    problems = list(check(session.desk()))
    if server or dsn:
        problems += _shared(session, dsn)
    answer_check(session, problems, "台账、留痕、文书和附件完好。")


def _shared(session: Session, dsn: str) -> list[Problem]:
    # The database driver takes a quarter of a second to load: only who asks for it pays.
    from inspector_app.services.check_shared import check_shared
    from inspector_app.services.exchange import chosen_dsn, linked

    desk = session.desk()
    with linked(chosen_dsn(desk, dsn), _ask) as line:
        return check_shared(desk, line)


def _ask() -> str:
    return str(click.prompt("共享库密码", hide_input=True, err=True))


def _trail(session: Session, path: Path) -> None:
    # Reads a PDF: half a second that the check of a ledger need not wait for.
    from inspector_app.services.case_trail import verify_trail

    found = verify_trail(session.desk(), path)
    document: dict[str, Json] = {
        "ok": found.ok,
        "case_no": found.case_no,
        "steps": found.steps,
        "altered": list(found.altered),
        "unlike": list(found.unlike),
    }
    if found.ok:
        session.answer(document, f"{found.case_no} 的办案留痕 {found.steps} 步，与台账一致。")
        return
    session.refuse(document, "trail", found.words())
