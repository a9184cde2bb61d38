"""`case claims`: who is owed what in a case, and what has been paid."""

from datetime import date

import click

from inspector_app.cli.case_show import owing_words
from inspector_app.cli.options import Assignment, Day, reveal_options, with_options
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.claims import ClaimTotals, Payer
from inspector_app.domain.money import yuan
from inspector_app.domain.months import read_month
from inspector_app.errors import UserError
from inspector_app.services.access import reveal_workers
from inspector_app.services.case_ref import find_case
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.cases import read_count
from inspector_app.services.claim_repeats import REPEAT
from inspector_app.services.claims import (
    ClaimForm,
    SettlementForm,
    add_claims,
    settle,
    settle_all,
)

TEXTS = (
    "name", "id_number", "phone", "bank", "bank_card", "trade", "crew", "period_from",
    "period_to", "note",
)  # fmt: skip
AMOUNTS = ("due_fen", "paid_fen", "withheld_fen")


@click.group("claims", cls=VerbGroup)
def claims() -> None:
    """欠薪明细：登记、清偿、列表。"""


@claims.command("add")
@click.argument("case")
@click.option("--set", "fields", type=Assignment(), multiple=True, required=True, help="字段=值")
@click.option("--again", is_flag=True, help="名单里已有同一人、同月份的，仍登记为另一笔")
@pass_session
def add(session: Session, case: str, fields: tuple[tuple[str, str], ...], again: bool) -> None:
    """登记一名劳动者的欠薪。字段：name、due_fen、paid_fen、withheld_fen（金额单位分）、
    period_from、period_to（年月，如 2026-06）、id_number、phone、bank、bank_card、trade、crew、
    note。"""
    found = find_case(session.desk(), case)
    form = claim_form(dict(fields))
    try:
        made = add_claims(session.desk(), found.id, [form], again=again)
    except UserError as error:
        if error.kind != REPEAT:
            raise
        message = f"{error.message}确是另一笔欠薪的，加 --again。"
        raise UserError(message, field=error.field, kind=error.kind) from error
    totals = case_sheet(session.desk(), found.id).totals
    session.answer({"id": found.id, "claims": plain([one.id for one in made]), **_sums(totals)})


@claims.command("settle")
@click.argument("case")
@click.option("--claim", help="某一笔欠薪的编号；不写则清偿全部尚欠")
@click.option("--amount-fen", type=click.IntRange(1), help="金额，单位分；与 --claim 同用")
@click.option("--on", "on", type=Day(), help="支付日期（默认今天）")
@click.option(
    "--payer",
    type=click.Choice([one.value for one in Payer]),
    default=Payer.EMPLOYER.value,
    help="资金来源",
)
@click.option("--voucher", default="", help="凭证号")
@pass_session
def settle_(
    session: Session,
    case: str,
    claim: str | None,
    amount_fen: int | None,
    on: date | None,
    payer: str,
    voucher: str,
) -> None:
    """登记清偿。"""
    if (claim is None) != (amount_fen is None):
        raise click.UsageError("--claim 与 --amount-fen 要一起写；都不写则清偿全部尚欠。")
    desk = session.desk()
    found, day = find_case(desk, case), on or desk.today()
    if claim is not None and amount_fen is not None:
        form = SettlementForm(claim, amount_fen, day, Payer(payer), voucher)
        made = settle(desk, found.id, [form])
    else:
        made = settle_all(desk, found.id, day, Payer(payer), voucher)
    totals = case_sheet(desk, found.id).totals
    paid = sum(one.amount_fen for one in made)
    document: dict[str, Json] = {"id": found.id, "settled_fen": paid, **_sums(totals)}
    session.answer(document, f"已登记 {yuan(paid)} 元，尚欠 {yuan(totals.owing_fen)} 元")


@claims.command("list")
@click.argument("case")
@with_options(reveal_options())
@click.option("--worker", default="", help="只显示这一名的号码：姓名或编号")
@pass_session
def list_(session: Session, case: str, reveal: bool, why: str, worker: str) -> None:
    """欠薪明细，号码已隐去；要看完整的加 --reveal 并写明理由。"""
    sheet = case_sheet(session.desk(), case)
    shown = sheet.claims
    if reveal:
        one = _worker(sheet, worker) if worker else ""
        shown = reveal_workers(session.desk(), sheet.case.id, why, worker_id=one)
    rows: list[Json] = [
        {
            "id": row.claim.id,
            "name": row.worker.name,
            "worker": row.worker.id,
            "id_number": row.id_number,
            "phone": row.phone,
            "bank_card": row.bank_card,
            "due_fen": row.claim.due_fen,
            "paid_fen": row.claim.paid_fen + row.settled_fen,
            "withheld_fen": row.claim.withheld_fen,
            "owing_fen": row.owing_fen,
            "problem": row.id_problem,
        }
        for row in shown
    ]
    lines = [f"{row.worker.name}  {yuan(row.owing_fen)}  {row.claim.id}" for row in shown]
    if reveal:
        lines = [
            "  ".join((row.worker.name, row.id_number, row.phone, row.bank_card)) for row in shown
        ]
    lines.append(f"共 {owing_words(sheet)}" if sheet.claims else owing_words(sheet))
    session.answer({"id": sheet.case.id, "rows": rows, **_sums(sheet.totals)}, *lines)


def _worker(sheet: CaseSheet, ref: str) -> str:
    found = {row.worker.id for row in sheet.claims if ref in (row.worker.id, row.worker.name)}
    if len(found) != 1:
        message = f"名单里有 {len(found)} 人叫“{ref}”，请写劳动者编号。"
        raise UserError(message, field="worker", kind="ambiguous" if found else "not_found")
    return found.pop()


def claim_form(fields: dict[str, str]) -> ClaimForm:
    """The form that these fields fill; an unknown field is told."""
    strange = [name for name in fields if name not in (*TEXTS, *AMOUNTS)]
    if strange:
        known = "、".join((*TEXTS, *AMOUNTS))
        raise UserError(f"没有字段“{strange[0]}”。可用：{known}。", field=strange[0])
    amounts = {name: read_count(fields.get(name, ""), field=name) for name in AMOUNTS}
    if amounts["due_fen"] is None:
        raise UserError("请写明应发金额 due_fen（单位分）。", field="due_fen")
    texts = {name: fields.get(name, "") for name in TEXTS}
    return ClaimForm(
        name=texts["name"],
        due_fen=amounts["due_fen"],
        paid_fen=amounts["paid_fen"] or 0,
        withheld_fen=amounts["withheld_fen"] or 0,
        id_number=texts["id_number"],
        phone=texts["phone"],
        bank=texts["bank"],
        bank_card=texts["bank_card"],
        trade=texts["trade"],
        crew=texts["crew"],
        period_from=_month(texts, "period_from"),
        period_to=_month(texts, "period_to"),
        note=texts["note"],
    )


def _month(texts: dict[str, str], name: str) -> str:
    return read_month(texts[name], name) if texts[name].strip() else ""


def _sums(totals: ClaimTotals) -> dict[str, Json]:
    return {
        "due_fen": totals.due_fen,
        "paid_fen": totals.paid_fen,
        "owing_fen": totals.owing_fen,
        "workers": totals.workers,
    }
