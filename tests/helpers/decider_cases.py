"""Cases for the deciders: a subcontractor on a project, workers, an order, a visit, a fine."""

from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.inspections import Answer
from inspector_app.domain.papers import ServiceMethod
from inspector_app.domain.parties import (
    Employer,
    Investment,
    PartyRole,
    ProjectKind,
    ProjectParty,
)
from inspector_app.ledger.ids import new_id
from inspector_app.services import papers, parties
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, answer, start_inspection
from inspector_app.services.issuing import issue
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.settings import save
from tests.helpers.desks import COUNTY, MONDAY, a_case_form, two_inspectors

YUAN, WAN = 100, 1_000_000
LATER = date(2026, 11, 2)
ITEM_BOTH = "C07"  # labour cost held back in a dispute: GZ-14 of the owner, GZ-06 of the general
ITEM_SUB = "C30"  # a wage table the subcontractor did not draw up: GZ-09


def a_chained_case(desk: Desk) -> str:
    """The id of a filed case of a subcontractor on a project with owner and general contractor."""
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    build_chain(desk, case.id)
    return case.id


def build_chain(desk: Desk, case_id: str, own: PartyRole = PartyRole.SUB) -> None:
    """Owner, general contractor and the unit of the case in a part of its own."""
    sheet = case_sheet(desk, case_id)
    assert sheet.project
    chain = [
        ProjectParty("", sheet.project.id, unit(desk, name).id, role)
        for name, role in (
            ("演示城投公司", PartyRole.OWNER),
            ("演示建工集团", PartyRole.GENERAL),
        )
        if role is not own
    ]
    chain.append(ProjectParty("", sheet.project.id, sheet.employer.id, own))
    project = replace(
        sheet.project,
        contract_fen=10_000 * WAN,
        kind=ProjectKind.TRANSPORT,
        investment=Investment.STATE,
        starts_on=date(2026, 1, 10),
        ends_on=date(2027, 3, 15),
    )
    parties.save_project(desk, project, chain)


def unit(desk: Desk, name: str) -> Employer:
    known = [row for row in parties.employers(desk, name) if row.name == name]
    if known:
        return parties.employer_sheet(desk, known[0].id).employer
    return parties.save_employer(desk, Employer("", name, desk.city, desk.city))


def ten_workers(desk: Desk, case_id: str, each_fen: int = 4_000 * YUAN) -> None:
    forms = [
        ClaimForm(f"演示工人{n}", each_fen, period_from="2026-05", period_to="2026-07")
        for n in range(10)
    ]
    add_claims(desk, case_id, forms)


def order_served(desk: Desk, case_id: str) -> None:
    """An order to pay, issued and served today; it runs out on 10 October."""
    paper = issue(desk, papers.start_draft(desk, case_id, "rectification_order").id)
    form = ServiceForm((paper.id,), ServiceMethod.DIRECT, MONDAY, receiver="王演示")
    record_service(desk, case_id, form)


def visit(desk: Desk, case_id: str, failed: str) -> str:
    """An inspection of the case on which one item failed."""
    case = case_sheet(desk, case_id).case
    form = InspectionForm(
        "construction", MONDAY, COUNTY, project_id=case.project_id, case_id=case.id
    )
    started = start_inspection(desk, form)
    answer(desk, started.id, failed, Answer.NO)
    return started.id


def fine_decided(desk: Desk, case_id: str) -> None:
    """A fine of 10,000, its decision made elsewhere and served on 28 September."""
    record(
        desk,
        CaseEvent(new_id(), case_id, "penalty_decision", MONDAY, amount_fen=WAN),
        CaseEvent(
            new_id(),
            case_id,
            "outside_paper",
            MONDAY,
            until=MONDAY,
            paper_kind="penalty_decision",
            number="演示1号",
        ),
    )
    set_stage(desk, case_id, Stage.PERFORMANCE)


def set_stage(desk: Desk, case_id: str, stage: Stage) -> None:
    """Put a case into a stage without the steps that lead there."""
    with desk.work("阶段") as uow:
        uow.save(replace(uow.get(Case, case_id), stage=stage))
        uow.commit()


def record(desk: Desk, *made: CaseEvent) -> None:
    """Events as they stand in the ledger, without the guards of their steps."""
    with desk.work("登记") as uow:
        uow.add_all(made)
        uow.commit()
