"""`case review`: the score of a case file, and what is missing."""

import click

from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.review import ReviewLine
from inspector_app.services.case_review import review_case


@click.command("review", cls=Verb)
@click.argument("case")
@pass_session
def review(session: Session, case: str) -> None:
    """按自评标准给案卷打分，列出缺什么。"""
    sheet = review_case(session.desk(), case)
    sections: list[Json] = []
    lines = [sheet.head] if sheet.head else []
    for section in sheet.standard.sections.values():
        got, points = sheet.review.of(section.id)
        sections.append({"id": section.id, "name": section.name, "got": got, "points": points})
        lines.append(f"{section.name}：{got}/{points}")
    lines += [f"  缺：{one.item.name}（{one.item.remedy}）" for one in sheet.review.missing]
    lines += [f"一票否决：{veto.name}（{veto.remedy}）" for veto in sheet.review.vetoes]
    lines.append(f"合计 {sheet.review.got}/{sheet.review.points}")
    session.answer(
        {
            "got": sheet.review.got,
            "points": sheet.review.points,
            "confirmed": sheet.confirmed,
            "sections": sections,
            "missing": [_row(one) for one in sheet.review.missing],
            "vetoes": [{"id": veto.id, "name": veto.name} for veto in sheet.review.vetoes],
        },
        *lines,
    )


def _row(line: ReviewLine) -> Json:
    item = line.item
    return {"id": item.id, "name": item.name, "points": item.points, "remedy": item.remedy}
