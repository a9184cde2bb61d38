"""`case review`: the score of a case file, and what is missing."""

import hashlib
from pathlib import Path

import click

from inspector_app.cli.paper_render import write
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.review import ReviewLine
from inspector_app.services.case_review import ReviewSheet, export_score, review_case, score_page
from inspector_app.services.desk import Desk


@click.command("review", cls=Verb)
@click.argument("case")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="自评表，.pdf 或 .xlsx"
)
@pass_session
def review(session: Session, case: str, out: Path | None) -> None:
    """按自评标准给案卷打分，列出缺什么；加 --out 存为自评表。"""
    desk = session.desk()
    sheet = review_case(desk, case)
    found = sheet.review
    sections = [(one, *found.of(one.id)) for one in sheet.standard.sections.values()]
    lines = [sheet.head] if sheet.head else []
    lines += [
        f"一票否决：{one.veto.name}（{_papers(sheet, one.papers)}{one.veto.remedy}）"
        for one in found.vetoes
    ]
    lines += [f"{one.name}：{got}/{points}" for one, got, points in sections]
    lines += [f"  缺：{one.item.name}（{one.item.remedy}）" for one in found.missing]
    beside = f"，其中 {found.beside} 分的事项还不涉及，按满分计" if found.beside else ""
    lines.append(f"合计 {found.got}/{found.points}{beside}")
    document: dict[str, Json] = {
        "got": found.got,
        "beside": found.beside,
        "points": found.points,
        "confirmed": sheet.confirmed,
        "sections": [
            {"id": one.id, "name": one.name, "got": got, "points": points}
            for one, got, points in sections
        ],
        "missing": [_row(one) for one in found.missing],
        "vetoes": [
            {"id": one.veto.id, "name": one.veto.name, "papers": list(one.papers)}
            for one in found.vetoes
        ],
    }
    if out is not None:
        document |= {"file": str(out), "sha256": _keep(desk, sheet, out)}
        lines.append(f"已存为 {out}")
    session.answer(document, *lines)


def _keep(desk: Desk, sheet: ReviewSheet, out: Path) -> str:
    """Write the score as the file is named, and give its SHA-256."""
    if out.suffix.lower() == ".xlsx":
        return export_score(desk, sheet, out).sha256
    page = score_page(desk, sheet)
    write(out, page.pdf)
    return hashlib.sha256(page.pdf).hexdigest()


def _papers(sheet: ReviewSheet, ids: tuple[str, ...]) -> str:
    names = "、".join(sheet.papers[one] for one in ids)
    return f"{names}：" if names else ""


def _row(line: ReviewLine) -> Json:
    item = line.item
    return {"id": item.id, "name": item.name, "points": item.points, "remedy": item.remedy}
