"""The approval of a paper between draft and issue: a registered leader, an opinion, a day."""

from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards.situation import Attempt
from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_values import dumps, loads
from inspector_app.domain.papers import FieldType, PaperState, Values
from inspector_app.domain.steps import check_place
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.approvals import APPROVE, Approval, approval_of, words_of
from inspector_app.services.desk import Desk
from inspector_app.services.paper_guards import paper_refusals
from inspector_app.services.papers import DraftSheet, draft_sheet
from inspector_app.services.rights import in_force
from inspector_app.services.situation import standing

ON_PAPER, ON_SCREEN = "paper", "screen"


@dataclass(frozen=True, slots=True)
class ApprovalForm:
    """What is entered; a signature on paper is recorded the same way and says so."""

    approver: str
    opinion: str
    on: date
    way: str = ON_PAPER
    override_why: str = ""  # why the leader lets pass what the law leaves open


def approve(desk: Desk, paper_id: str, form: ApprovalForm) -> Approval:
    """Record that a leader approved a draft as it stands; UserError says what it still lacks.

    Days the program proposed are fixed with it, or the draft would change overnight.
    """
    sheet = draft_sheet(desk, paper_id)
    with desk.work(f"批准{sheet.kind.title}", form.opinion) as uow:
        sheet = draft_sheet(desk, paper_id)  # again under the lock
        _check_draft(sheet)
        case = uow.get(Case, sheet.paper.case_id or "")
        _check_form(uow, form)
        _check_screen(desk, uow, form)
        _check_day(desk, uow, case, form)
        passed = _check_guards(desk, uow, sheet, form)
        fixed = replace(sheet.paper, values=dumps(_fixed(sheet), sheet.kind))
        uow.save(fixed)
        uow.add(_event(sheet, case, form, passed))
        uow.commit()
    given = approval_now(desk, sheet)
    assert given is not None  # noqa: S101 - it was stored above
    return given


def approval_now(desk: Desk, sheet: DraftSheet) -> Approval | None:
    """The approval of a draft, and whether it still holds for its words."""
    with desk.ledger.read() as view:
        return approval_of(view, sheet.paper, sheet.kind, sheet.values)


def _check_draft(sheet: DraftSheet) -> None:
    kind, paper = sheet.kind, sheet.paper
    if paper.state is not PaperState.DRAFT:
        raise UserError(f"文书{paper.number}已制发，不再批准。", kind="state")
    if not kind.approval:
        raise UserError(f"{kind.title}不需要负责人批准。", kind="state")
    if paper.case_id is None:
        raise UserError(f"{kind.title}要先归入案件，才能登记批准。", kind="state")
    lacking = [one for one in sheet.problems if one.blocking and one.field]
    if lacking:
        message = f"草稿还不完整：{lacking[0].message}"
        raise UserError(message, field=lacking[0].field, kind="incomplete")


def _check_form(uow: UnitOfWork, form: ApprovalForm) -> None:
    name = form.approver.strip()
    if not name:
        raise UserError("请填写批准的负责人。", field="approver")
    if uow.first(Inspector, name=name, active=True, leader=True) is None:
        raise UserError(f"“{name}”不是登记的负责人，不能批准文书。", field="approver")
    if not form.opinion.strip():
        raise UserError("请填写批准意见。", field="opinion")


def _check_screen(desk: Desk, uow: UnitOfWork, form: ApprovalForm) -> None:
    """On the screen a leader approves in person; what was signed on paper anybody may record."""
    if form.way != ON_SCREEN or not in_force(uow):
        return
    who = uow.first(Inspector, name=form.approver.strip(), active=True, leader=True)
    if who is None or who.id != desk.actor_id:
        message = f"本机审批要由{form.approver.strip()}本人登录；已在纸上签批的，方式选“纸质签批”。"
        raise UserError(message, field="way", kind="rights")


def _check_day(desk: Desk, uow: UnitOfWork, case: Case, form: ApprovalForm) -> None:
    """Not later than today, not before the clue, and while the case is open."""
    step = desk.library.procedure.steps[APPROVE]
    attempt = Attempt(step=step, on=form.on, outcome=form.way)
    check_place(standing(desk, uow, case).situation, attempt)


def _check_guards(
    desk: Desk, uow: UnitOfWork, sheet: DraftSheet, form: ApprovalForm
) -> tuple[str, ...]:
    """Ids of the guards the leader lets pass; UserError for what nobody may or for want of why."""
    kind, case_id = sheet.kind, sheet.paper.case_id
    against = paper_refusals(desk, uow, case_id, kind, sheet.values, form.on)
    hard = [one for one in against if one.hard]
    if hard:
        message = "\n".join(one.sentence for one in hard)
        raise UserError(message, kind="illegal_step")
    if against and not form.override_why.strip():
        message = "；".join(one.sentence.removesuffix("。") for one in against)
        message += "。负责人可以放行，请填写放行理由，会留痕。"
        raise UserError(message, field="override_why", kind="illegal_step")
    return tuple(dict.fromkeys(one.guard for one in against))


def _fixed(sheet: DraftSheet) -> Values:
    """What was typed, and the days that would move on with the calendar."""
    own = loads(sheet.paper.values, sheet.kind)
    return own | {
        field.id: sheet.values[field.id]
        for field in sheet.kind.fields
        if field.type is FieldType.DATE and field.id not in own
    }


def _event(sheet: DraftSheet, case: Case, form: ApprovalForm, passed: tuple[str, ...]) -> CaseEvent:
    return CaseEvent(
        id=new_id(),
        case_id=case.id,
        step=APPROVE,
        on=form.on,
        codes=(sheet.paper.id,),
        outcome=form.way,
        approver=form.approver.strip(),
        number=words_of(sheet.kind, sheet.values),
        note=form.opinion.strip(),
        overridden=passed,
        override_by=form.approver.strip() if passed else "",
        override_why=form.override_why.strip() if passed else "",
    )
