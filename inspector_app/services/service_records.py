"""Service of papers on a party: its date starts the next clocks."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.terms import date_text
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.clock_parts import INQUIRY, ORDER
from inspector_app.services.clocks import deadline_of, paper_clock, timing
from inspector_app.services.desk import Desk
from inspector_app.services.facts import party_of


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """One service; one record may cover several papers."""

    paper_ids: tuple[str, ...]
    method: ServiceMethod
    served_on: date
    receiver: str = ""
    relation: str = ""
    place: str = ""
    witness: str = ""
    note: str = ""


def record_service(desk: Desk, case_id: str, form: ServiceForm) -> Service:
    """Enter a service; only issued papers of this case can be served, and not before their date."""
    if not form.paper_ids:
        raise UserError("请选择送达的文书。", field="paper_ids")
    if form.served_on > desk.today():
        raise UserError("送达日期不能晚于今天。", field="served_on")
    _check_method(form)
    with desk.work("登记送达") as uow:
        _check_papers(desk, uow, case_id, form)
        service = Service(
            id=new_id(),
            case_id=case_id,
            paper_ids=form.paper_ids,
            method=form.method,
            served_on=form.served_on,
            receiver=form.receiver.strip(),
            relation=form.relation.strip(),
            place=form.place.strip(),
            witness=form.witness.strip(),
            note=form.note.strip(),
        )
        uow.add(service)
        _follow_up(desk, uow, service)
        uow.commit()
    return service


_TO_DO = {
    ORDER: ("核查整改情况", TodoOrigin.ORDER),
    INQUIRY: ("核对调查询问答复", TodoOrigin.INQUIRY),
}


def _follow_up(desk: Desk, uow: UnitOfWork, service: Service) -> None:
    """What a served paper makes the office do, by the date its clock runs out."""
    by = timing(desk)
    for paper_id in service.paper_ids:
        paper = uow.get(Paper, paper_id)
        clock = paper_clock(by, paper, service)
        if clock is None or uow.first(Todo, paper_id=paper_id):
            continue
        title, origin = _TO_DO[paper.kind]
        text = f"{title}（{paper.number}）"
        uow.add(Todo(new_id(), service.case_id, text, clock.due, origin, paper_id=paper_id))


def _check_papers(desk: Desk, uow: UnitOfWork, case_id: str, form: ServiceForm) -> None:
    """Issued papers of this case to one party, not served yet, served while they can be obeyed."""
    papers = [uow.get(Paper, paper_id) for paper_id in form.paper_ids]
    known = {pid for service in uow.find(Service, case_id=case_id) for pid in service.paper_ids}
    for paper in papers:
        if paper.case_id != case_id or paper.state is not PaperState.ISSUED:
            raise UserError("只能送达本案已制发的文书。", field="paper_ids")
        if paper.id in known:
            raise UserError(f"{paper.number}已经登记过送达。", field="paper_ids")
        if paper.issued_on and form.served_on < paper.issued_on:
            raise UserError(f"送达日期早于{paper.number}的制作日期。", field="served_on")
        deadline = deadline_of(desk, paper)
        if deadline and form.served_on > deadline:
            message = f"{paper.number}的改正期限{date_text(deadline)}已过，请作废后重新制发。"
            raise UserError(message, field="served_on")
    if len({party_of(desk, paper) for paper in papers}) > 1:
        raise UserError("一次送达只能是给同一当事人的文书，请分开登记。", field="paper_ids")


def _check_method(form: ServiceForm) -> None:
    """What each manner of service must show (民诉法 88、89、95; documents.md 1.17)."""
    if form.method is ServiceMethod.DIRECT and not form.receiver.strip():
        raise UserError("直接送达请填写收件人。", field="receiver")
    if form.method is ServiceMethod.LEAVING and not (form.witness.strip() or form.note.strip()):
        message = "留置送达请填写见证人，或在备注写明拍照、录像情况。"
        raise UserError(message, field="witness")
    if form.method is ServiceMethod.PUBLICATION and not form.note.strip():
        raise UserError("公告送达请在备注写明原因和经过。", field="note")
