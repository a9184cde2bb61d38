"""Turns a case, what was ticked and what was typed into the question of each decider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from inspector_app.domain.cases import Case
from inspector_app.domain.deciders import Reason, ServedOrder
from inspector_app.domain.deciders.blacklist import ListFact, ListQuestion
from inspector_app.domain.deciders.compensation import (
    PaidMonth,
    SurchargeProposal,
    propose_surcharge,
)
from inspector_app.domain.deciders.crime import CrimeProposal, Evasion, Exit, Respondent
from inspector_app.domain.deciders.deposit import DepositQuestion
from inspector_app.domain.deciders.fines import OnFile
from inspector_app.domain.deciders.hearings import FineQuestion, Heavy
from inspector_app.domain.deciders.liability import Situation
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.money import yuan
from inspector_app.domain.parties import PartyRole, Project, ProjectParty
from inspector_app.domain.words import Word
from inspector_app.ledger.views import View
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.claim_facts import employs
from inspector_app.services.claims import case_totals
from inspector_app.services.clock_parts import stops_of
from inspector_app.services.decider_facts import (
    ActCount,
    acts_of,
    chain_of,
    evidence_on_file,
    owed_by_worker,
    visits_of,
)
from inspector_app.services.decider_rules import PAY_FINE, SURCHARGE, DeciderRules
from inspector_app.services.desk import Desk

W = TypeVar("W", bound=Word)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an inspector adds to what the ledger knows; all of it may be left out. Fen.

    `ticked` and `unpaid_price_fen` stand in for what was recorded last, to try them before saving.
    """

    acts: Mapping[str, ActCount] = field(default_factory=dict)
    ticked: frozenset[str] | None = None
    unpaid_price_fen: int | None = None
    corrected_on: date | None = None
    unit_fen: int | None = None
    person_fen: int | None = None
    confiscate_fen: int | None = None
    deposit: DepositQuestion | None = None
    paid_months: Sequence[PaidMonth] = ()


def ticked(words: type[W], ticks: frozenset[str]) -> frozenset[W]:
    """The facts of one sort among all that were ticked."""
    return frozenset(one for one in words if one.value in ticks)


def respondent(
    sheet: CaseSheet, ticks: frozenset[str], orders: Sequence[ServedOrder]
) -> Respondent:
    """The unit of the case as the one that refuses to pay."""
    return Respondent(
        name=sheet.employer.name,
        workers=owed_by_worker(sheet),
        orders=orders,
        evasion=ticked(Evasion, ticks),
        exits=ticked(Exit, ticks),
    )


def fine_question(
    desk: Desk,
    view: View,
    sheet: CaseSheet,
    rules: DeciderRules,
    orders: Sequence[ServedOrder],
    ticks: frozenset[str],
    typed: Typed,
) -> FineQuestion:
    """The violations of the case; amounts as typed, else as the notice of the penalty told them."""
    visits = visits_of(desk, view, sheet)
    notice = sheet.situation.last_event("penalty_notice")
    facts = sheet.situation.facts
    return FineQuestion(
        acts=acts_of(desk, sheet, visits, typed.acts),
        file=OnFile(
            orders=orders,
            evidence=evidence_on_file(desk.library, sheet, visits),
            evidence_names={code: one.name for code, one in desk.library.evidence.items()},
            bands=rules.office.bands,
        ),
        heavy=ticked(Heavy, ticks),
        confiscate_fen=typed.confiscate_fen,
        unit_fen=notice.amount_fen if notice and typed.unit_fen is None else typed.unit_fen,
        person_fen=notice.person_fen if notice and typed.person_fen is None else typed.person_fen,
        heard=facts.has("hearing_held"),
        grave=facts.has("submit=complex"),
    )


def ticks_of(event: CaseEvent | None, typed: Typed) -> tuple[frozenset[str], int | None]:
    """Facts and the unpaid price: as they are being tried, else as they were recorded last."""
    if typed.ticked is not None:
        return typed.ticked, typed.unpaid_price_fen
    return (frozenset(event.codes), event.amount_fen) if event else (frozenset(), None)


def situation_of(
    desk: Desk, sheet: CaseSheet, ticks: frozenset[str], price_fen: int | None
) -> Situation:
    """The facts of liability; None while no inspector has ticked one of them."""
    known = ticks & desk.library.situation_facts.keys()
    return Situation(
        employer=sheet.employer.name,
        engineering=sheet.project is not None,
        chain=chain_of(sheet),
        ticked=known or None,
        owing_fen=sheet.totals.owing_fen,
        unpaid_price_fen=price_fen,
    )


def list_question(
    sheet: CaseSheet, ticks: frozenset[str], crime: CrimeProposal, typed: Typed
) -> ListQuestion:
    """What was done towards the list, and when the wages were paid."""

    def day(code: str) -> date | None:
        last = sheet.situation.facts.last(code)
        return last.on if last else None

    return ListQuestion(
        crime=crime,
        facts=ticked(ListFact, ticks),
        notice_served_on=day("served:list_notice"),
        objected_on=day("list_objection"),
        decided_on=day("list_decision"),
        corrected_on=typed.corrected_on or day("paid_off"),
    )


def deposit_question(desk: Desk, view: View, sheet: CaseSheet) -> DepositQuestion | None:
    """The contract of the project; None without one. What the ledger cannot know stays open."""
    project = sheet.project
    if project is None or not project.contract_fen:
        return None
    return DepositQuestion(
        contract_fen=project.contract_fen,
        other_projects=True if _builds_elsewhere(desk, view, sheet, project) else None,
        months=_length(project),
    )


def _builds_elsewhere(desk: Desk, view: View, sheet: CaseSheet, project: Project) -> bool:
    """Whether the general contractor has another project here that is not over yet."""
    for line in sheet.parties:
        if line.party.role is not PartyRole.GENERAL:
            continue
        links = view.find(ProjectParty, employer_id=line.employer.id, role=PartyRole.GENERAL)
        others = {link.project_id for link in links} - {project.id}
        for other in (view.get(Project, one) for one in others):
            if other.ends_on is None or other.ends_on >= desk.today():
                return True
    return False


def _length(project: Project) -> int | None:
    """Months from start to end, those begun counted whole."""
    start, end = project.starts_on, project.ends_on
    if start is None or end is None:
        return None
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0, whole + (1 if end.day > start.day else 0))


def surcharge(desk: Desk, sheet: CaseSheet, rules: DeciderRules) -> SurchargeProposal | None:
    """What a fine that was not paid in time has grown by; None while there is none."""
    decision = sheet.situation.last_event("penalty_decision")
    term, due = rules.office.term(SURCHARGE), sheet.situation.ends.get(PAY_FINE)
    if decision is None or not decision.amount_fen or term is None or due is None:
        return None
    paid = sheet.situation.facts.since("fine_paid", "penalty_decision")
    until = paid.on if paid else desk.today()
    if until <= due:
        return None
    stops = tuple(stops_of(term, sheet.events, desk.today()))
    calendar = rules.office.calendar
    return propose_surcharge(decision.amount_fen, due, until, term, calendar, stops)


def notes(view: View, sheet: CaseSheet) -> tuple[Reason, ...]:
    """What lies beyond this case and bears on it."""
    found = []
    if not employs(sheet):
        text = "本案单位在项目上不是用工单位，先确定拖欠工资的责任主体"
        found.append(Reason(text, inferred=True))
    others = [
        one
        for one in view.find(Case, employer_id=sheet.employer.id)
        if one.id != sheet.case.id and not one.stage.ended
    ]
    owing = [totals for one in others if (totals := case_totals(view, one.id)).owing_fen > 0]
    if owing:
        fen, people = sum(one.owing_fen for one in owing), sum(one.workers for one in owing)
        text = (
            f"{sheet.employer.name}另有 {len(owing)} 件在办案件，{people} 人尚欠 {yuan(fen)} 元，"
            "数额没有计入，是否合并计算请核对"
        )
        found.append(Reason(text))
    return tuple(found)
