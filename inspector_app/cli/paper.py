"""`paper`: kinds and fields, drafts, issue, void, register, verification."""

from pathlib import Path

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import READABLE
from inspector_app.cli.paper_batch import bundle, interview, issue
from inspector_app.cli.paper_bind import bind
from inspector_app.cli.paper_check import check
from inspector_app.cli.paper_draft import draft, fill
from inspector_app.cli.paper_life import approve, blank, publish
from inspector_app.cli.paper_numbers import numbers
from inspector_app.cli.paper_registers import missing, register, services
from inspector_app.cli.paper_render import fields, kinds, render
from inspector_app.cli.paper_rows import paper_document, register_line
from inspector_app.cli.paper_serve import serve
from inspector_app.cli.paper_word import attach, word
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.papers import PaperState
from inspector_app.services.case_ref import find_case
from inspector_app.services.issuing import export_pdf, verify, verify_code, void
from inspector_app.services.papers import paper_list


@click.group(cls=VerbGroup)
def command() -> None:
    """文书：文种、起草、制发、作废、登记簿、验真。"""


for verb in (
    kinds, fields, render, blank, draft, fill, check, approve, word, attach, issue, serve, publish,
    bundle, interview, bind, register, services, missing, numbers,
):  # fmt: skip
    command.add_command(verb)


@command.command("void")
@click.argument("paper", metavar="ID")
@click.option("--why", "reason", required=True, help="作废理由，会留在登记簿")
@pass_session
def void_(session: Session, paper: str, reason: str) -> None:
    """作废已制发的文书，编号保留。"""
    desk = session.desk()
    gone = void(desk, find_paper(desk, paper).id, reason)
    document = paper_document(desk, [row for row in paper_list(desk) if row.id == gone.id])
    session.answer(document, f"已作废：{gone.number}")


@command.command("list")
@click.option("--state", type=click.Choice([one.value for one in PaperState]), help="状态")
@click.option("--case", "case", help="只看某件案件")
@pass_session
def list_(session: Session, state: str | None, case: str | None) -> None:
    """文书登记簿。"""
    desk = session.desk()
    case_id = find_case(desk, case).id if case else None
    rows = paper_list(desk, state=PaperState(state) if state else None, case_id=case_id)
    session.answer(paper_document(desk, rows), *(register_line(row) for row in rows))


@command.command("export")
@click.argument("paper", metavar="ID")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--copy", is_flag=True, help="加盖“副本”字样")
@pass_session
def export(session: Session, paper: str, out: Path, copy: bool) -> None:
    """另存一份 PDF；不加 --copy 时与存档逐字节相同。"""
    desk = session.desk()
    found = find_paper(desk, paper)
    export_pdf(desk, found.id, out, mark="副本" if copy else "")
    document = paper_document(desk, [row for row in paper_list(desk) if row.id == found.id], out)
    session.answer(document, f"已存为 {out}")


@command.command("verify")
@click.argument("file", type=READABLE, required=False)
@click.option("--code", metavar="TEXT", help="扫码得到的核验码文字")
@pass_session
def verify_(session: Session, file: Path | None, code: str | None) -> None:
    """查验一份 PDF 是否与存档的文书完全一致，或者核验码是否相符。"""
    if (file is None) == (code is None):
        raise click.UsageError("FILE 与 --code 写其中一个。")
    desk = session.desk()
    verdict = verify(desk, file) if file is not None else verify_code(desk, code or "")
    document: dict[str, Json] = {
        "ok": verdict.ok,
        "number": verdict.number,
        "sha256": verdict.sha256,
        "reason": verdict.reason,
    }
    if verdict.ok:
        session.answer(document, f"{verdict.number}：{verdict.reason}")
    else:
        session.refuse(document, "not_genuine", verdict.reason)
