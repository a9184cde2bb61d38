"""Service of papers on a party: its date starts the next clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.law import grouped
from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.terms import date_text
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.services.case_facts import effective_day
from inspector_app.services.clock_parts import INQUIRY, ORDER
from inspector_app.services.clocks import deadline_of, paper_clock, timing
from inspector_app.services.desk import Desk
from inspector_app.services.facts import parties_of
from inspector_app.services.rules import office_rules


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
    video: str = ""
    waybill: str = ""
    consent: str = ""
    entrusted_to: str = ""
    media: str = ""
    reason: str = ""


def record_service(desk: Desk, case_id: str, form: ServiceForm) -> Service:
    """Enter a service; only issued papers of this case can be served, and not before their date."""
    if not form.paper_ids:
        raise UserError("请选择送达的文书。", field="paper_ids")
    if form.served_on > desk.today():
        raise UserError("送达日期不能晚于今天。", field="served_on")
    with desk.work("登记送达") as uow:
        papers, service = _issued(desk, uow, case_id, form), _draft(case_id, form)
        _check_method(desk, form, [paper.kind for paper in papers])
        _check_papers(desk, papers, service)
        uow.add(service)
        _follow_up(desk, uow, service)
        uow.commit()
    return service


def _draft(case_id: str, form: ServiceForm) -> Service:
    return Service(
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
        video=form.video.strip(),
        waybill=form.waybill.strip(),
        consent=form.consent.strip(),
        entrusted_to=form.entrusted_to.strip(),
        media=form.media.strip(),
        reason=form.reason.strip(),
    )


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


def _issued(desk: Desk, uow: UnitOfWork, case_id: str, form: ServiceForm) -> list[Paper]:
    """The papers that are to be served: issued ones of this case, each once, none internal."""
    papers = [uow.get(Paper, paper_id) for paper_id in form.paper_ids]
    known = {pid for service in uow.find(Service, case_id=case_id) for pid in service.paper_ids}
    for paper in papers:
        if paper.case_id != case_id or paper.state is not PaperState.ISSUED:
            raise UserError("只能送达本案已制发的文书。", field="paper_ids")
        kind = desk.library.kinds[paper.kind]
        if not kind.served:
            raise UserError(f"{kind.title}是内部文书，不送达。", field="paper_ids")
        if paper.id in known:
            raise UserError(f"{paper.number}已经登记过送达。", field="paper_ids")
    return papers


def _check_papers(desk: Desk, papers: Sequence[Paper], service: Service) -> None:
    """To one party, not before their date, and counting as served while they can be obeyed."""
    counts = effective_day(office_rules(desk), service)
    for paper in papers:
        if paper.issued_on and service.served_on < paper.issued_on:
            raise UserError(f"送达日期早于{paper.number}的制作日期。", field="served_on")
        deadline = deadline_of(desk, paper)
        if deadline and counts > deadline:
            name = desk.library.kinds[paper.kind].field("deadline").label  # 改正期限, 补正日期 …
            message = (
                f"{paper.number}的{name}{date_text(deadline)}已过：视为送达之日是"
                f"{date_text(counts)}，请作废后重新制发。"
            )
            raise UserError(message, field="served_on")
    addressed = {parties_of(desk, paper) for paper in papers}
    if len(addressed) > 1:
        raise UserError("一次送达只能是给同一当事人的文书，请分开登记。", field="paper_ids")
    _check_parties(addressed.pop(), service.note)


def _check_parties(parties: Sequence[str], note: str) -> None:
    """A paper to several is served when the last of them has it; when each got it is in the note.

    Periods run for each from its own day: the office counts from the last one and knows the rest.
    """
    left_out = [name for name in parties if name not in note] if len(parties) > 1 else []
    if left_out:
        message = (
            f"这份文书有 {len(parties)} 个当事人，都收到后再登记，送达日期写最后一个的；"
            f"请在备注里写明每一个的收到日期，还缺{'、'.join(left_out)}。"
        )
        raise UserError(message, field="note")


def _check_method(desk: Desk, form: ServiceForm, kinds: Sequence[str]) -> None:
    """What each manner of service must show, by resources/law/service.toml (law.md 1.4)."""
    rule = desk.library.service_rule(form.method.value)
    wrong = [kind for kind in kinds if rule.only_kinds and kind not in rule.only_kinds]
    if wrong:
        names = "、".join(desk.library.kinds[kind].title for kind in wrong)
        basis = "、".join(rule.basis.articles)
        message = f"{names}不能用{rule.name}：只用于责令支付的文书（{basis}）。"
        raise UserError(message, field="method")
    for group in rule.proofs:
        known = [desk.library.proof_kinds[code] for code in group]
        if not any(str(getattr(form, kind.field)).strip() for kind in known):
            names = "或者".join(kind.name for kind in known)
            message = f"{rule.name}请填写{names}（{grouped(rule.basis.articles)}）。"
            raise UserError(message, field=known[0].field)
