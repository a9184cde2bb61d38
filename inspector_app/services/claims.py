"""Wage claims of a case and what has been paid on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.claim_repeats import ListedClaim
from inspector_app.domain.claims import (
    ClaimTotals,
    Payer,
    Settlement,
    WageClaim,
    Worker,
    WorkerPrivate,
    totals,
)
from inspector_app.domain.identity import check_id_number
from inspector_app.domain.masking import mask_card, mask_id_number, mask_phone
from inspector_app.domain.months import read_month
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import View
from inspector_app.services.claim_repeats import AGAIN, refuse_repeats
from inspector_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """One worker and what is due; amounts in fen."""

    name: str
    due_fen: int
    paid_fen: int = 0
    withheld_fen: int = 0
    id_number: str = ""
    phone: str = ""
    bank: str = ""
    bank_card: str = ""
    trade: str = ""
    crew: str = ""
    period_from: str = ""
    period_to: str = ""
    note: str = ""
    claim_id: str = ""  # set: the claim is changed, not added


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as listed, identity data masked unless revealed; `id_problem` is a sentence."""

    claim: WageClaim
    worker: Worker
    id_number: str
    phone: str
    bank: str
    bank_card: str
    settled_fen: int
    owing_fen: int
    id_problem: str


@dataclass(frozen=True, slots=True)
class SettlementForm:
    """Money that reached one worker."""

    claim_id: str
    amount_fen: int
    paid_on: date
    payer: Payer = Payer.EMPLOYER
    voucher: str = ""


def add_claims(
    desk: Desk, case_id: str, forms: Sequence[ClaimForm], *, again: bool = False
) -> list[WageClaim]:
    """List workers of a case; all or none.

    `again`: the person who enters says that what looks like a row listed before is another sum.
    Else that is refused (kind "repeat", see domain.claim_repeats).
    """
    with desk.work("登记欠薪明细", AGAIN if again else "") as uow:
        require_open(uow, case_id)
        if not again:
            refuse_repeats(uow, case_id, [_as_listed(form) for form in forms])
        made = enter_claims(uow, case_id, forms)
        uow.commit()
    return made


def _as_listed(form: ClaimForm) -> ListedClaim:
    months = form.period_from, form.period_to
    return ListedClaim(form.name, form.id_number, *months, form.due_fen)


def require_open(uow: UnitOfWork, case_id: str) -> Case:
    """The case, unless it is closed: a closed one takes nothing more."""
    case = uow.get(Case, case_id)
    if case.stage.ended:
        raise UserError(f"案件 {case.case_no} 已结案，不能再登记。", kind="state")
    return case


def enter_claims(uow: UnitOfWork, case_id: str, forms: Sequence[ClaimForm]) -> list[WageClaim]:
    """List workers within a transaction that may hold more (import)."""
    known = {
        (private.id_number, worker.name): worker
        for worker in uow.find(Worker, case_id=case_id)
        for private in [uow.first(WorkerPrivate, id=worker.id)]
        if private and private.id_number
    }
    order = len(uow.find(Worker, case_id=case_id))
    made = []
    for form in forms:
        _check(form)
        worker = known.get((form.id_number.upper(), form.name.strip()))
        if worker is None:
            worker = _new_worker(uow, case_id, form, order)
            order += 1
            if form.id_number:
                known[(form.id_number.upper(), worker.name)] = worker
        else:
            uow.save(_filled(uow, _private(worker.id, case_id, form)))
        claim = _claim(new_id(), case_id, worker.id, form)
        uow.add(claim)
        made.append(claim)
    return made


def _check(form: ClaimForm) -> None:
    if not form.name.strip():
        raise UserError("请填写劳动者姓名。", field="name")
    if min(form.due_fen, form.paid_fen, form.withheld_fen) < 0:
        raise UserError(f"{form.name}的金额不能为负数。", field="due_fen")
    if form.paid_fen + form.withheld_fen > form.due_fen:
        message = f"{form.name}的已发与代扣之和超过应发，请核对。"
        raise UserError(message, field="paid_fen")
    for name, month in (("period_from", form.period_from), ("period_to", form.period_to)):
        if month and read_month(month, name) != month:
            raise UserError(f"{form.name}的欠薪月份“{month}”应写成 2026-06。", field=name)
    if form.period_from and form.period_to and form.period_to < form.period_from:
        raise UserError(f"{form.name}的欠薪止月早于起月。", field="period_to")


def _new_worker(uow: UnitOfWork, case_id: str, form: ClaimForm, order: int) -> Worker:
    worker = Worker(new_id(), case_id, form.name.strip(), form.trade, form.crew, order)
    uow.add(worker)
    uow.add(_private(worker.id, case_id, form))
    return worker


def _private(worker_id: str, case_id: str, form: ClaimForm) -> WorkerPrivate:
    return WorkerPrivate(
        id=worker_id,
        case_id=case_id,
        id_number=form.id_number.strip().upper(),
        phone=form.phone.strip(),
        bank=form.bank.strip(),
        bank_card=form.bank_card.replace(" ", ""),
    )


def _claim(claim_id: str, case_id: str, worker_id: str, form: ClaimForm) -> WageClaim:
    return WageClaim(
        id=claim_id,
        case_id=case_id,
        worker_id=worker_id,
        due_fen=form.due_fen,
        paid_fen=form.paid_fen,
        withheld_fen=form.withheld_fen,
        period_from=form.period_from,
        period_to=form.period_to,
        note=form.note.strip(),
    )


def _filled(uow: UnitOfWork, given: WorkerPrivate) -> WorkerPrivate:
    """What was given, and what is known already where nothing was given."""
    known = uow.get(WorkerPrivate, given.id)
    return replace(
        given,
        id_number=given.id_number or known.id_number,
        phone=given.phone or known.phone,
        bank=given.bank or known.bank,
        bank_card=given.bank_card or known.bank_card,
    )


def save_claim(desk: Desk, form: ClaimForm) -> WageClaim:
    """Change a listed claim and its worker."""
    _check(form)
    with desk.work("修改欠薪明细") as uow:
        old = uow.get(WageClaim, form.claim_id)
        worker = uow.get(Worker, old.worker_id)
        claim = _claim(old.id, old.case_id, worker.id, form)
        if claim.owing_fen < _settled(uow, claim.id):
            raise UserError("已清偿的金额超过改后的尚欠金额，请先核对清偿记录。", field="due_fen")
        uow.save(replace(worker, name=form.name.strip(), trade=form.trade, crew=form.crew))
        uow.save(_filled(uow, _private(worker.id, old.case_id, form)))
        uow.save(claim)
        uow.commit()
    return claim


def remove_claim(desk: Desk, claim_id: str) -> None:
    """Take a claim off the list; one that has been paid on stays."""
    with desk.work("删除欠薪明细") as uow:
        claim = uow.get(WageClaim, claim_id)
        if uow.first(Settlement, claim_id=claim_id):
            raise UserError("这一笔已有清偿记录，不能删除；请改写金额。", kind="state")
        uow.remove(claim)
        if not uow.find(WageClaim, worker_id=claim.worker_id):
            uow.remove(uow.get(WorkerPrivate, claim.worker_id))
            uow.remove(uow.get(Worker, claim.worker_id))
        uow.commit()


def settle(desk: Desk, case_id: str, forms: Sequence[SettlementForm]) -> list[Settlement]:
    """Record payments; nobody can be paid more than is owing."""
    with desk.work("登记清偿") as uow:
        made = enter_settlements(desk, uow, case_id, forms)
        uow.commit()
    return made


def enter_settlements(
    desk: Desk, uow: UnitOfWork, case_id: str, forms: Sequence[SettlementForm]
) -> list[Settlement]:
    """Record payments within a transaction that may hold more (import)."""
    made = []
    for form in forms:
        claim = uow.get(WageClaim, form.claim_id)
        if form.amount_fen <= 0:
            raise UserError("清偿金额应大于零。", field="amount_fen")
        if form.amount_fen > claim.owing_fen - _settled(uow, claim.id):
            name = uow.get(Worker, claim.worker_id).name
            raise UserError(f"{name}的清偿金额超过尚欠金额，请核对。", field="amount_fen")
        if form.paid_on > desk.today():
            raise UserError("清偿日期不能晚于今天。", field="paid_on")
        settlement = Settlement(
            new_id(),
            case_id,
            claim.id,
            form.amount_fen,
            form.paid_on,
            form.payer,
            form.voucher.strip(),
        )
        uow.add(settlement)
        made.append(settlement)
    return made


def _settled(uow: UnitOfWork, claim_id: str) -> int:
    return sum(payment.amount_fen for payment in uow.find(Settlement, claim_id=claim_id))


def settle_all(
    desk: Desk, case_id: str, paid_on: date, payer: Payer, voucher: str = ""
) -> list[Settlement]:
    """Record that everything still owing in a case was paid on one day."""
    with desk.ledger.read() as view:
        rows = claim_rows(view, case_id, desk.today())
    forms = [
        SettlementForm(row.claim.id, row.owing_fen, paid_on, payer, voucher)
        for row in rows
        if row.owing_fen > 0
    ]
    if not forms:
        raise UserError("这件案件没有尚欠的工资。", kind="state")
    return settle(desk, case_id, forms)


def case_totals(view: View | UnitOfWork, case_id: str) -> ClaimTotals:
    """Sums of a case over its claims and settlements, in fen."""
    return totals(view.find(WageClaim, case_id=case_id), view.find(Settlement, case_id=case_id))


def claim_rows(
    view: View | UnitOfWork, case_id: str, today: date, *, reveal: bool = False
) -> list[ClaimRow]:
    """The claims of a case in the order they were listed."""
    workers = {worker.id: worker for worker in view.find(Worker, case_id=case_id)}
    privates = {one.id: one for one in view.find(WorkerPrivate, case_id=case_id)}
    settled: dict[str, int] = {}
    for payment in view.find(Settlement, case_id=case_id):
        settled[payment.claim_id] = settled.get(payment.claim_id, 0) + payment.amount_fen
    rows = []
    for claim in view.find(WageClaim, case_id=case_id):
        private = privates.get(claim.worker_id) or WorkerPrivate(claim.worker_id, case_id)
        paid = settled.get(claim.id, 0)
        rows.append(
            ClaimRow(
                claim=claim,
                worker=workers[claim.worker_id],
                id_number=private.id_number if reveal else mask_id_number(private.id_number),
                phone=private.phone if reveal else mask_phone(private.phone),
                bank=private.bank,
                bank_card=private.bank_card if reveal else mask_card(private.bank_card),
                settled_fen=paid,
                owing_fen=claim.owing_fen - paid,
                id_problem=_id_problem(private.id_number, today),
            )
        )
    return sorted(rows, key=lambda row: (row.worker.order, row.claim.period_from, row.claim.id))


def _id_problem(number: str, today: date) -> str:
    return check_id_number(number, today).problem if number else ""
