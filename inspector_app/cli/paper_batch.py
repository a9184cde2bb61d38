"""`paper issue`, `paper bundle`, `paper interview`: one paper or many at once."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from inspector_app.cli.case import VIEWS, view_query
from inspector_app.cli.inspection import read_json
from inspector_app.cli.lookup import find_employer, find_paper
from inspector_app.cli.options import READABLE, out_option
from inspector_app.cli.paper_rows import paper_document
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.paper_values import from_plain
from inspector_app.errors import UserError
from inspector_app.services.batch import (
    MEETING,
    Stopped,
    cases_of_parties,
    draft_meeting,
    export_bundle,
    issue_all,
)
from inspector_app.services.case_ref import find_case
from inspector_app.services.cases import case_list
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import export_pdf
from inspector_app.services.paper_inspectors import with_inspectors
from inspector_app.services.papers import kind_of, paper_list
from inspector_app.sheets.safe import file_sha256

MOST_PARTIES = 1000
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("issue", cls=Verb)
@click.argument("papers", metavar="ID…", nargs=-1, required=True)
@click.option("--out", type=_OUT, help="另存 PDF 的位置；几份合成一个文件")
@click.option("--anyway", is_flag=True, help="案件有冲突没有处理也制发（请先核对文书内容）")
@pass_session
def issue(session: Session, papers: tuple[str, ...], out: Path | None, anyway: bool) -> None:
    """编号并制发：文书从此不能再改。可以写几份，遇到第一份不能制发的停下。

    有冲突没有处理、或者两处同时改过还没有人看过的案件跳过，其余照常制发。
    """
    desk = session.desk()
    _issue(session, desk, [find_paper(desk, ref).id for ref in papers], out, anyway=anyway)


def _issue(
    session: Session, desk: Desk, ids: Sequence[str], out: Path | None, *, anyway: bool = False
) -> None:
    done = issue_all(desk, ids, _told(session), despite_disputes=anyway)
    issued = [paper.id for paper in done.papers]
    if out and len(issued) == 1:
        export_pdf(desk, issued[0], out)
    elif out and issued:
        export_bundle(desk, issued, out)
    document = _document(desk, issued, out)
    lines = [f"已制发：{paper.number}，共 {paper.pages} 页" for paper in done.papers]
    document["passed_over"] = [_fields(one) for one in done.passed_over]
    refused = (*done.passed_over, *([done.stopped] if done.stopped else []))
    if len(ids) == 1 and refused:
        first = refused[0]
        raise UserError(first.message, field=first.field, kind=first.kind)
    over = [f"跳过{one.party}的{one.title}：{one.message}" for one in done.passed_over]
    if done.stopped is None and not over:
        session.answer(document, *lines)
        return
    for line in over:
        session.remark(line)
    if done.stopped is None:
        words = f"已制发 {len(issued)} 份，跳过 {len(over)} 份"
        session.refuse(document, done.passed_over[0].kind, words)
        return
    document["stopped"] = _fields(done.stopped)
    words = f"已制发 {len(issued)} 份，停在{done.stopped.party}的{done.stopped.title}"
    session.refuse(document, "stopped", f"{words}：{done.stopped.message}")


def _told(session: Session) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if total > 1 and (done % 20 == 0 or done == total):
            session.remark(f"已制发 {done}／{total}")

    return told


def _document(desk: Desk, ids: Sequence[str], out: Path | None) -> dict[str, Json]:
    """The rows in the order given."""
    rows = {row.id: row for row in paper_list(desk)}
    return paper_document(desk, [rows[one] for one in ids], out)


def _fields(one: Stopped) -> Json:
    return {
        "id": one.paper_id,
        "title": one.title,
        "party": one.party,
        "field": one.field,
        "message": one.message,
    }


@click.command("bundle", cls=Verb)
@click.argument("papers", metavar="ID…", nargs=-1, required=True)
@out_option("PDF 文件")
@click.option("--both-sides", is_flag=True, help="双面打印用：每份另起一张纸")
@pass_session
def bundle(session: Session, papers: tuple[str, ...], out: Path, both_sides: bool) -> None:
    """几份文书按归档次序合成一个 PDF。"""
    desk = session.desk()
    ids = [find_paper(desk, ref).id for ref in papers]
    made = export_bundle(desk, ids, out, both_sides=both_sides)
    session.answer(
        {
            "file": str(out),
            "papers": len(set(ids)),
            "pages": made.pages,
            "sha256": file_sha256(out),
        },
        f"{len(set(ids))} 份，{made.pages} 页，已存为 {out}",
    )


@click.command("interview", cls=Verb)
@click.option("--fields", "typed", type=READABLE, required=True, help="共同的时间、地点等（JSON）")
@click.option("--case", "cases", multiple=True, help="约谈哪些案件的单位，可重复")
@click.option("--employer", "employers", multiple=True, help="约谈哪些单位，可重复")
@click.option("--view", type=click.Choice(list(VIEWS)), help="约谈一个视图里的全部单位")
@click.option("--issue", "numbered", is_flag=True, help="起草后全部编号制发")
@click.option("--out", type=_OUT, help="制发后合成一个 PDF")
@pass_session
def interview(
    session: Session,
    /,
    typed: Path,
    cases: tuple[str, ...],
    employers: tuple[str, ...],
    view: str | None,
    numbered: bool,
    out: Path | None,
) -> None:
    """集中约谈：一次约谈，每个单位一份通知书，写在各自的案件里。"""
    desk = session.desk()
    kind = kind_of(desk, MEETING)
    common = with_inspectors(desk, kind, from_plain(read_json(typed), kind, strict=True))
    ids = [find_case(desk, ref).id for ref in cases]
    ids += [
        one.id for one in cases_of_parties(desk, [find_employer(desk, u).id for u in employers])
    ]
    if view:
        found = case_list(desk, view_query(view, limit=MOST_PARTIES))
        ids += [line.row.id for line in found.lines if not line.row.stage.ended]
    drafts = [paper.id for paper in draft_meeting(desk, ids, common)]
    if numbered:
        _issue(session, desk, drafts, out)
    else:
        session.answer(_document(desk, drafts, None), f"已起草 {len(drafts)} 份{kind.title}")
