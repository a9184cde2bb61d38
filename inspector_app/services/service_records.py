"""Service of papers on a party: its date starts the next clocks.

Each party of a joint paper is served by itself: one act on several leaves a record for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.law import grouped
from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.domain.paper_joint import joint_parties
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.domain.serving import Deliveries, by_paper, waiting
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

ENOUGH_DAYS = 3  # working days; a measure of ours for when to tell, no rule


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """One service; one record may cover several papers.

    `parties` of a joint paper that were served in this way on this day; none: all that wait.
    """

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
    parties: tuple[str, ...] = ()


def record_service(desk: Desk, case_id: str, form: ServiceForm) -> tuple[Service, ...]:
    """Enter a service, a record for each party of a joint paper, in the order of the paper.

    Only issued papers of this case can be served, and not before their date.
    """
    if not form.paper_ids:
        raise UserError("请选择送达的文书。", field="paper_ids")
    if form.served_on > desk.today():
        raise UserError("送达日期不能晚于今天。", field="served_on")
    with desk.work("登记送达") as uow:
        papers = _issued(desk, uow, case_id, form)
        known = by_paper(papers, uow.find(Service, case_id=case_id))
        parties = _parties(desk, papers, known, form)
        made = tuple(_draft(case_id, form, party) for party in parties)
        _check_method(desk, form, [paper.kind for paper in papers])
        _check_papers(desk, papers, made[0])
        for service in made:
            uow.add(service)
            _follow_up(desk, uow, papers, service)
        uow.commit()
    return made


def _draft(case_id: str, form: ServiceForm, party: str) -> Service:
    return Service(
        id=new_id(),
        case_id=case_id,
        party=party,
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


def _follow_up(desk: Desk, uow: UnitOfWork, papers: Sequence[Paper], service: Service) -> None:
    """What a served paper makes the office do, by the date its clock runs out.

    Each party answers an inquiry in its own time; the day an order sets is one for all of them.
    """
    by = timing(desk)
    for paper in papers:
        party = service.party if joint_parties(paper.values) else ""
        clock = paper_clock(by, paper, service, party)
        whose = party if paper.kind == INQUIRY else ""
        if clock is None or uow.first(Todo, paper_id=paper.id, party=whose):
            continue
        title, origin = _TO_DO[paper.kind]
        text = f"{title}（{paper.number}{f'　{whose}' if whose else ''}）"
        uow.add(Todo(new_id(), service.case_id, text, clock.due, origin, None, paper.id, whose))


def _issued(desk: Desk, uow: UnitOfWork, case_id: str, form: ServiceForm) -> list[Paper]:
    """The papers that are to be served: issued ones of this case, none internal."""
    papers = [uow.get(Paper, paper_id) for paper_id in dict.fromkeys(form.paper_ids)]
    for paper in papers:
        if paper.case_id != case_id or paper.state is not PaperState.ISSUED:
            raise UserError("只能送达本案已制发的文书。", field="paper_ids")
        kind = desk.library.kinds[paper.kind]
        if not kind.served:
            title = desk.library.title(paper.kind)
            raise UserError(f"{title}是内部文书，不送达。", field="paper_ids")
    return papers


def _parties(
    desk: Desk, papers: Sequence[Paper], known: Mapping[str, Deliveries], form: ServiceForm
) -> tuple[str, ...]:
    """Whom the records are of: ("",) where every paper has a single party."""
    for paper in papers:
        if not waiting(known[paper.id]):
            raise UserError(f"{paper.number}已经登记过送达。", field="paper_ids")
    joint = any(joint_parties(paper.values) for paper in papers)
    said = tuple(dict.fromkeys(name.strip() for name in form.parties if name.strip()))
    if said:
        named = [_named(desk, paper, waiting(known[paper.id]), said) for paper in papers]
        return named[0] if joint else ("",)
    left = {_left(desk, paper, waiting(known[paper.id])) for paper in papers}
    if len(left) > 1:
        more = "，或者写明这次送达的当事人" if joint else ""
        message = f"一次送达只能是给同一当事人的文书，请分开登记{more}。"
        raise UserError(message, field="paper_ids")
    found = left.pop()
    if len(found) > 1 and form.method is ServiceMethod.POST:
        message = f"一张邮单只寄给一个当事人，请写明是哪一个：{'、'.join(found)}。"
        raise UserError(message, field="parties")
    return found if joint else ("",)


def _left(desk: Desk, paper: Paper, wait: tuple[str, ...]) -> tuple[str, ...]:
    """Who is still to be served with a paper, also of one with a single party by its name."""
    return wait if joint_parties(paper.values) else parties_of(desk, paper)


def _named(desk: Desk, paper: Paper, wait: tuple[str, ...], said: Sequence[str]) -> tuple[str, ...]:
    """The parties that were named, in the order of the paper; a part of a name that only one has
    will do."""
    every, left, found = parties_of(desk, paper), _left(desk, paper, wait), set()
    for name in said:
        alike = [name] if name in every else [one for one in every if name in one]
        if len(alike) != 1:
            message = f"{paper.number}没有“{name}”这个当事人，待送达的是：{'、'.join(left)}。"
            raise UserError(message, field="parties")
        if alike[0] not in left:
            raise UserError(f"{paper.number}对{alike[0]}已经登记过送达。", field="parties")
        found.add(alike[0])
    return tuple(one for one in left if one in found)


def _check_papers(desk: Desk, papers: Sequence[Paper], service: Service) -> None:
    """Not before their date, and counting as served while they can be obeyed."""
    counts = effective_day(office_rules(desk), service)
    for paper in papers:
        if paper.issued_on and service.served_on < paper.issued_on:
            raise UserError(f"送达日期早于{paper.number}的制作日期。", field="served_on")
        deadline = deadline_of(desk, paper)
        if deadline and counts > deadline:
            name = desk.library.kinds[paper.kind].field("deadline").label  # 改正期限, 补正日期 …
            others = joint_parties(paper.values)
            what = f"对{service.party}请另做一份" if others else "请作废后重新制发"
            message = (
                f"{paper.number}的{name}{date_text(deadline)}已过：视为送达之日是"
                f"{date_text(counts)}，{what}。"
            )
            raise UserError(message, field="served_on")


def short_of_time(desk: Desk, papers: Sequence[Paper], counts: date) -> str:
    """What is left of the day a paper sets itself when it counts as served on `counts`; "" when
    that is time enough. Told before it is recorded: the day after the last one is 逾期."""
    for paper in papers:
        deadline = deadline_of(desk, paper)
        if deadline is None or counts > deadline:
            continue
        left = desk.library.calendar.working_days_between(counts, deadline)
        if left < ENOUGH_DAYS:
            name = desk.library.kinds[paper.kind].field("deadline").label
            return f"到{name}{date_text(deadline)}只有 {left} 个工作日，来不及的请作废后重新制发"
    return ""


def _check_method(desk: Desk, form: ServiceForm, kinds: Sequence[str]) -> None:
    """What each manner of service must show, by resources/law/service.toml (law.md 1.4)."""
    rule = desk.library.service_rule(form.method.value)
    wrong = [kind for kind in kinds if rule.only_kinds and kind not in rule.only_kinds]
    if wrong:
        names = "、".join(desk.library.title(kind) for kind in wrong)
        basis = "、".join(rule.basis.articles)
        message = f"{names}不能用{rule.name}：只用于责令支付的文书（{basis}）。"
        raise UserError(message, field="method")
    for group in rule.proofs:
        known = [desk.library.proof_kinds[code] for code in group]
        if not any(str(getattr(form, kind.field)).strip() for kind in known):
            names = "或者".join(kind.name for kind in known)
            message = f"{rule.name}请填写{names}（{grouped(rule.basis.articles)}）。"
            raise UserError(message, field=known[0].field)
