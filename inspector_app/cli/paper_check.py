"""`paper check`: what keeps a draft from being issued, and what earlier papers say otherwise."""

from collections.abc import Iterator, Sequence

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.paper_draft import problem_rows
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.paper_reuse import Reuse, Standing, shown
from inspector_app.domain.papers import Values
from inspector_app.services.paper_form import OlderForm, older_form
from inspector_app.services.paper_reuse import reuses
from inspector_app.services.papers import draft_sheet


@click.command("check", cls=Verb)
@click.argument("paper", metavar="ID")
@pass_session
def check(session: Session, paper: str) -> None:
    """列出草稿还不能制发的原因、与本案此前文书不一致的字段、是否用着旧格式。"""
    desk = session.desk()
    sheet = draft_sheet(desk, find_paper(desk, paper).id)
    said = reuses(desk, sheet.paper, sheet.kind, sheet.values)
    older = older_form(desk, sheet.paper)
    ok = not any(problem.blocking for problem in sheet.problems)
    document: dict[str, Json] = {
        "ok": ok,
        "problems": problem_rows(sheet.problems),
        "earlier": [_row(one, sheet.values) for one in said],
        "older_form": _older(older),
    }
    told = [f"{problem.field}：{problem.message}" for problem in sheet.problems]
    lines = [*told, *_lines(said, sheet.values)]
    if older is not None:
        lines.append(f"{older.sentence}。改用：forms update {sheet.paper.id}")
    session.answer(document, *lines, *(["可以制发。"] if ok else []))


def _row(one: Reuse, values: Values) -> Json:
    return {
        "field": one.field.id,
        "label": one.field.label,
        "standing": one.standing.value,
        "striking": one.striking,
        "earlier": shown(one.field, one.value),
        "here": shown(one.field, values.get(one.field.id)),
        "paper": {
            "id": one.source.paper_id,
            "title": one.source.kind.title,
            "number": one.source.number,
            "issued_on": plain(one.source.issued_on),
        },
    }


def _lines(said: Sequence[Reuse], values: Values) -> Iterator[str]:
    """What is empty or otherwise here; striking differences stand among the problems."""
    for one in said:
        if one.standing is Standing.SAME or one.striking:
            continue
        here = shown(one.field, values.get(one.field.id)) or "（未填）"
        was = shown(one.field, one.value)
        yield f"{one.field.id}：此前{one.source.called}写的是：{was}；现为：{here}"


def _older(older: OlderForm | None) -> Json:
    if older is None:
        return None
    return {
        "version": older.version,
        "now": older.now,
        "effective_from": plain(older.effective_from),
        "reserved": older.number,
    }
