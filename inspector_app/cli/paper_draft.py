"""`paper draft` and `paper fill`: a paper from what the ledger knows, with fields typed over."""

from collections.abc import Sequence
from pathlib import Path

import click

from inspector_app.cli.inspection import read_json
from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import READABLE
from inspector_app.cli.paper_rows import paper_document
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.paper_values import from_plain
from inspector_app.domain.papers import PaperProblem
from inspector_app.services.case_ref import find_case
from inspector_app.services.joint_parties import with_parties
from inspector_app.services.paper_inspectors import with_inspectors
from inspector_app.services.papers import (
    draft_sheet,
    kind_of,
    paper_list,
    save_draft,
    start_draft,
)

JOINT_OPTION = click.option(
    "--joint", multiple=True, metavar="单位", help="共同当事人的名称或信用代码，可写几次"
)


@click.command("draft", cls=Verb)
@click.argument("case")
@click.argument("kind")
@click.option("--fields", "typed", type=READABLE, help="要改写的字段（JSON）")
@click.option("--inspection", metavar="ID", help="据以起草的现场检查")
@JOINT_OPTION
@pass_session
def draft(
    session: Session,
    case: str,
    kind: str,
    typed: Path | None,
    inspection: str | None,
    joint: tuple[str, ...],
) -> None:
    """为案件起草一份文书。"""
    desk = session.desk()
    found, form = find_case(desk, case), kind_of(desk, kind)
    extra = from_plain(read_json(typed), form, strict=True) if typed else {}
    extra = with_inspectors(desk, form, with_parties(desk, form, extra, joint))
    paper = start_draft(desk, found.id, form.id, inspection_id=inspection, extra=extra)
    problems = draft_sheet(desk, paper.id).problems
    document = paper_document(desk, [row for row in paper_list(desk) if row.id == paper.id])
    document["problems"] = problem_rows(problems)
    lines = [f"已起草：{form.title}  {paper.id}"]
    session.answer(document, *lines, *(f"  {one.field}：{one.message}" for one in problems))


@click.command("fill", cls=Verb)
@click.argument("paper", metavar="ID")
@click.option("--fields", "typed", type=READABLE, help="要改写的字段（JSON）")
@JOINT_OPTION
@pass_session
def fill(session: Session, paper: str, typed: Path | None, joint: tuple[str, ...]) -> None:
    """改写草稿的字段，或者添加共同当事人；没有写到的字段不变。"""
    if typed is None and not joint:
        raise click.UsageError("--fields 与 --joint 至少写一个。")
    desk = session.desk()
    sheet = draft_sheet(desk, find_paper(desk, paper).id)
    said = from_plain(read_json(typed), sheet.kind, strict=True) if typed else {}
    said = with_inspectors(desk, sheet.kind, said)
    values = with_parties(desk, sheet.kind, sheet.values | said, joint)
    problems = save_draft(desk, sheet.paper.id, values)
    document = paper_document(desk, [row for row in paper_list(desk) if row.id == sheet.paper.id])
    document["problems"] = problem_rows(problems)
    lines = [f"已保存：{sheet.kind.title}"]
    session.answer(document, *lines, *(f"  {one.field}：{one.message}" for one in problems))


def problem_rows(problems: Sequence[PaperProblem]) -> list[Json]:
    """What keeps a draft from being issued."""
    return [
        {"field": one.field, "message": one.message, "blocking": one.blocking} for one in problems
    ]
