"""`case`: enter, change, move, list and show cases."""

from dataclasses import replace

import click

from inspector_app.cli.case_claims import claims
from inspector_app.cli.case_decide import decide
from inspector_app.cli.case_look import looked_
from inspector_app.cli.case_new import new
from inspector_app.cli.case_review import review
from inspector_app.cli.case_show import show, why
from inspector_app.cli.case_step import step, steps
from inspector_app.cli.options import Assignment
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.cases import Stage
from inspector_app.domain.money import yuan
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.case_ref import find_case
from inspector_app.services.cases import CaseLine, case_list, set_fields

VIEWS = {
    "all": CaseQuery(),
    "open": CaseQuery(open_only=True),
    "intake": CaseQuery(stages=(Stage.INTAKE,)),
    "investigation": CaseQuery(stages=(Stage.INVESTIGATION,)),
    "rectification": CaseQuery(stages=(Stage.RECTIFICATION,)),
    "closed": CaseQuery(stages=(Stage.CLOSED,)),
}
"""Names that `--view` takes, here and in `export`."""


@click.group(cls=VerbGroup)
def command() -> None:
    """案件：登记、修改、推进、列表、详情。"""


command.add_command(new)
command.add_command(show)
command.add_command(why)
command.add_command(claims)
command.add_command(step)
command.add_command(steps)
command.add_command(review)
command.add_command(decide)
command.add_command(looked_)


@command.command("set")
@click.argument("case")
@click.argument("fields", type=Assignment(), nargs=-1, required=True)
@click.option("--why", "reason", required=True, help="修改理由，会留痕")
@pass_session
def set_(session: Session, case: str, fields: tuple[tuple[str, str], ...], reason: str) -> None:
    """修改案件的字段。"""
    found = find_case(session.desk(), case)
    changed = set_fields(session.desk(), found.id, dict(fields), reason)
    told = "、".join(changed) or "没有变化"
    session.answer({"id": found.id, "changed": plain(changed)}, f"{found.case_no}：{told}")


@command.command("list")
@click.option("--view", type=click.Choice(list(VIEWS)), default="all", help="视图")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, help="最多几行")
@click.option("--text", default="", help="按单位、项目、案号查找，可用拼音首字母")
@pass_session
def list_(session: Session, view: str, limit: int, text: str) -> None:
    """案件台账。"""
    found = case_list(session.desk(), view_query(view, text=text, limit=limit))
    lines = [_line(line) for line in found.lines]
    lines.append(f"共 {found.total} 件，尚欠 {yuan(found.sums.owing_fen)} 元")
    rows = [_row(line) for line in found.lines]
    session.answer({"cases": plain(rows), "total": found.total}, *lines)


def view_query(name: str, *, text: str = "", limit: int = 200) -> CaseQuery:
    """The query of a named view."""
    return replace(VIEWS[name], text=text, limit=limit)


def _row(line: CaseLine) -> dict[str, Json]:
    row = line.row
    return {
        "id": row.id,
        "case_no": row.case_no,
        "employer": row.employer_name,
        "scope": row.scope,
        "stage": row.stage.value,
        "amount_fen": row.amount_fen,
        "paid_fen": row.paid_fen,
        "owing_fen": row.owing_fen,
        "workers": row.workers,
        "due": plain(line.due),
        "level": line.level.value if line.level else None,
    }


def _line(line: CaseLine) -> str:
    due = f"{line.rule} {line.due}" if line.due else "—"
    owing = yuan(line.row.owing_fen)
    return f"{line.row.case_no}  {line.row.employer_name}  {line.row.stage.label}  {owing}  {due}"
