"""Imported rows about people: what is owing to a worker of a case, and what was paid."""

from inspector_app.domain.claims import Payer, Settlement, WageClaim, Worker, WorkerPrivate
from inspector_app.errors import UserError
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.claims import (
    ClaimForm,
    SettlementForm,
    enter_claims,
    enter_settlements,
    require_open,
)
from inspector_app.services.intake_rows import (
    Entry,
    RowRefusedError,
    day_of,
    number_of,
    period_of,
    text_of,
    word_of,
)
from inspector_app.sheets.importing import ImportRow


def enter_worker(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a roster with what is owing."""
    case_id = entry.case_id(row)
    form = ClaimForm(
        name=text_of(row, "name"),
        due_fen=number_of(row, "due_fen") or 0,
        paid_fen=number_of(row, "paid_fen") or 0,
        withheld_fen=number_of(row, "withheld_fen") or 0,
        id_number=text_of(row, "id_number"),
        phone=text_of(row, "phone"),
        bank=text_of(row, "bank"),
        bank_card=text_of(row, "bank_card"),
        trade=text_of(row, "trade"),
        crew=text_of(row, "crew"),
        period_from=period_of(row)[0],
        period_to=period_of(row)[1],
        note=text_of(row, "note"),
    )
    key = (case_id, form.name, form.id_number, form.due_fen, form.period_from)
    before = _equal_claims(uow, case_id, form) - entry.rows_added[key]
    entry.rows_seen[key] += 1
    if entry.rows_seen[key] <= before:
        return False
    require_open(uow, case_id)
    enter_claims(uow, case_id, [form])
    entry.rows_added[key] += 1
    return True


def _equal_claims(uow: UnitOfWork, case_id: str, form: ClaimForm) -> int:
    """How many claims say the same as this row.

    Two equal rows of one list are two people of one name; taken in again, neither is added.
    """
    same = [
        claim
        for worker in uow.find(Worker, case_id=case_id, name=form.name)
        for private in [uow.first(WorkerPrivate, id=worker.id)]
        if private is None or private.id_number == form.id_number
        for claim in uow.find(WageClaim, worker_id=worker.id)
        if (claim.due_fen, claim.period_from) == (form.due_fen, form.period_from)
    ]
    return len(same)


def enter_payment(entry: Entry, uow: UnitOfWork, row: ImportRow) -> bool:
    """A row of a payment list: money that reached a worker, on the oldest claims first."""
    case_id, name = entry.case_id(row), text_of(row, "name")
    amount, paid_on = number_of(row, "amount_fen") or 0, day_of(row, "paid_on")
    if paid_on is None:
        raise RowRefusedError("没有支付日期，请补上。", field="paid_on")
    voucher, payer = text_of(row, "voucher"), word_of(row, "payer", Payer.OTHER)
    claims = _claims_of(uow, case_id, name, text_of(row, "id_number"))
    before = [s for claim in claims for s in uow.find(Settlement, claim_id=claim.id)]
    same = [s for s in before if (s.paid_on, s.voucher, s.payer) == (paid_on, voucher, payer)]
    if amount and sum(s.amount_fen for s in same) == amount:
        return False
    forms = []
    for claim in claims:
        owing = claim.owing_fen - sum(s.amount_fen for s in before if s.claim_id == claim.id)
        part = min(owing, amount)
        if part > 0:
            forms.append(SettlementForm(claim.id, part, paid_on, payer, voucher))
            amount -= part
    if amount > 0:
        raise RowRefusedError(f"{name}的支付金额超过尚欠金额，请核对。", field="amount")
    try:
        enter_settlements(entry.desk, uow, case_id, forms)
    except UserError as error:
        raise RowRefusedError(error.message, field=error.field) from error
    return True


def _claims_of(uow: UnitOfWork, case_id: str, name: str, id_number: str) -> list[WageClaim]:
    """The claims of one person; without an identity number the name must be one person's only."""
    people = []
    for worker in uow.find(Worker, case_id=case_id, name=name):
        private = uow.first(WorkerPrivate, id=worker.id)
        known = private.id_number if private else ""
        if not id_number or not known or known == id_number.upper():
            people.append(worker)
    if not people:
        raise RowRefusedError(f"案件的欠薪明细里没有{name}。", field="name")
    if len(people) > 1:
        message = f"案件里有 {len(people)} 名{name}，请写身份证号以便区分。"
        raise RowRefusedError(message, field="id_number")
    return uow.find(WageClaim, worker_id=people[0].id)
