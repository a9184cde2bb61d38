"""`clue`: the register of everything that reaches the office."""

from datetime import date

import click

from inspector_app.cli.clue_fields import new_form, with_fields
from inspector_app.cli.lookup import find_clue, find_inspector
from inspector_app.cli.options import Assignment, Day, reveal_options, with_options
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.clues import ClueState
from inspector_app.domain.money import yuan
from inspector_app.errors import UserError
from inspector_app.ledger.views import ClueQuery, ClueRow
from inspector_app.services.access import looks_at, reveal_clue
from inspector_app.services.claim_repeats import REPEAT
from inspector_app.services.clue_changes import correct_clue, form_of, reopen_clue
from inspector_app.services.clue_filing import Twice, file_clue
from inspector_app.services.clues import (
    clue_list,
    clue_sheet,
    conclude_clue,
    register_clue,
)

RESULTS = [state.value for state in ClueState if state not in {ClueState.OPEN, ClueState.FILED}]


@click.group(cls=VerbGroup)
def command() -> None:
    """线索：登记、修改、立案、办结、重新打开、查看、列表。"""


@command.command("new")
@click.option("--set", "fields", type=Assignment(), multiple=True, required=True, help="字段=值")
@pass_session
def new(session: Session, fields: tuple[tuple[str, str], ...]) -> None:
    """登记一条线索。字段：employer、credit_code、address、scope、project、source、cause、
    statement、workers、amount_fen、period_from、period_to、received_on、outside_no、person、
    phone、confidential（是、否；要求保密的不列入名单，不写的按保密）。"""
    made = register_clue(session.desk(), new_form(session.desk(), dict(fields)))
    session.answer({"id": made.id, "clue_no": made.clue_no}, f"已登记：{made.clue_no}")


@command.command("set")
@click.argument("clue")
@click.argument("fields", type=Assignment(), nargs=-1, required=True)
@click.option("--why", "reason", required=True, help="修改理由，会留痕")
@pass_session
def set_(session: Session, clue: str, fields: tuple[tuple[str, str], ...], reason: str) -> None:
    """修改没有办结的线索，字段同 clue new；已办结的先 clue reopen。"""
    desk = session.desk()
    sheet = clue_sheet(desk, find_clue(desk, clue).id)
    was = form_of(sheet.clue, confidential=sheet.person.confidential if sheet.person else True)
    done = correct_clue(desk, sheet.clue.id, was, with_fields(was, dict(fields)), reason)
    told = "、".join(done.changed) or "没有变化"
    document: dict[str, Json] = {"id": done.clue.id, "changed": plain(done.changed)}
    session.answer(document, f"{done.clue.clue_no}：{told}")


@command.command("reopen")
@click.argument("clue")
@click.option("--why", "reason", required=True, help="为什么重新打开，会留痕")
@pass_session
def reopen(session: Session, clue: str, reason: str) -> None:
    """不立案办结错了的线索，重新打开。"""
    desk = session.desk()
    found = reopen_clue(desk, find_clue(desk, clue).id, reason)
    document: dict[str, Json] = {
        "id": found.id,
        "clue_no": found.clue_no,
        "state": found.state.value,
    }
    session.answer(document, f"{found.clue_no}：{found.state.label}")


@command.command("file")
@click.argument("clue")
@click.option("--on", "on", type=Day(), help="立案日期（默认今天）")
@click.option("--lead", default="", help="主办监察员：姓名、证号或编号")
@click.option("--assist", default="", help="协办监察员：姓名、证号或编号")
@click.option("--together", multiple=True, metavar="线索", help="一并立案的另一条，可写多次")
@click.option(
    "--twice",
    type=click.Choice([Twice.ONCE.value, Twice.BOTH.value]),
    default=None,
    help="像是同一人反映同一笔的：once 只登记一笔，both 是不同的款",
)
@pass_session
def file(
    session: Session,
    clue: str,
    on: date | None,
    lead: str,
    assist: str,
    together: tuple[str, ...],
    twice: str | None,
) -> None:
    """线索立案。"""
    desk = session.desk()
    try:
        case = file_clue(
            desk,
            find_clue(desk, clue).id,
            on or desk.today(),
            lead_id=find_inspector(desk, lead).id if lead else None,
            assist_id=find_inspector(desk, assist).id if assist else None,
            together=[find_clue(desk, one).id for one in together],
            twice=Twice(twice or Twice.ASK),
        )
    except UserError as error:
        if error.kind != REPEAT:
            raise
        message = f"{error.message}是同一笔的加 --twice once，按前一条登记；不是的加 --twice both。"
        raise UserError(message, field=error.field, kind=error.kind) from error
    session.answer({"id": case.id, "case_no": case.case_no}, f"已立案：{case.case_no}")


@command.command("conclude")
@click.argument("clue")
@click.argument("result", metavar="RESULT", type=click.Choice(RESULTS))
@click.option("--why", "reason", required=True, help="理由，据此答复反映人")
@click.option("--reply", default="", help="答复内容")
@click.option("--on", "on", type=Day(), help="办结日期（默认今天）")
@pass_session
def conclude(
    session: Session, clue: str, result: str, reason: str, reply: str, on: date | None
) -> None:
    """不立案的线索办结。"""
    desk = session.desk()
    day = on or desk.today()
    done = conclude_clue(desk, find_clue(desk, clue).id, ClueState(result), day, reason, reply)
    document: dict[str, Json] = {
        "id": done.id,
        "clue_no": done.clue_no,
        "state": done.state.value,
    }
    session.answer(document, f"{done.clue_no}：{done.state.label}")


@command.command("show")
@click.argument("clue")
@with_options(reveal_options())
@pass_session
def show(session: Session, clue: str, reveal: bool, why: str) -> None:
    """一条线索；反映人已隐去，要看的加 --reveal 并写明理由。"""
    desk = session.desk()
    clue_id = find_clue(desk, clue).id
    sheet = reveal_clue(desk, clue_id, why) if reveal else clue_sheet(desk, clue_id)
    person = sheet.person
    document: dict[str, Json] = {
        "id": clue_id,
        "clue_no": sheet.clue.clue_no,
        "employer": sheet.clue.employer_name,
        "state": sheet.clue.state.value,
        "received_on": plain(sheet.clue.received_on),
        "statement": sheet.said,
        "person": plain(person),
        "looks": [plain(one) for one in looks_at(desk, clue_id)],
    }
    who = "  ".join((person.name, person.phone, person.id_number)) if person else "没有登记"
    lines = (f"{sheet.clue.clue_no}  {sheet.clue.employer_name}", f"反映人：{who}")
    session.answer(document, *lines)


@command.command("list")
@click.option("--state", type=click.Choice([state.value for state in ClueState]), help="办理状态")
@click.option("--text", default="", help="按单位、项目查找")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, help="最多几行")
@pass_session
def list_(session: Session, state: str | None, text: str, limit: int) -> None:
    """线索登记簿。"""
    states = (ClueState(state),) if state else ()
    page = clue_list(session.desk(), ClueQuery(text=text, states=states, limit=limit))
    lines = [_line(row) for row in page.rows]
    rows = [_row(row) for row in page.rows]
    document: dict[str, Json] = {"clues": plain(rows), "total": page.total}
    session.answer(document, *lines, f"共 {page.total} 条")


def _row(row: ClueRow) -> dict[str, Json]:
    return {
        "id": row.id,
        "clue_no": row.clue_no,
        "employer": row.employer_name,
        "scope": row.scope,
        "state": row.state.value,
        "amount_fen": row.amount_fen,
        "received_on": plain(row.received_on),
    }


def _line(row: ClueRow) -> str:
    amount = yuan(row.amount_fen)
    return f"{row.clue_no}  {row.employer_name}  {row.state.label}  {amount}  {row.received_on}"
