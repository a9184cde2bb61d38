"""Papers that follow from a site inspection: the order, for each unit its own, and the record."""

from dataclasses import replace

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.inspections import Inspection
from inspector_app.domain.papers import Paper, Values
from inspector_app.domain.parties import Employer, ProjectParty
from inspector_app.errors import UserError
from inspector_app.ledger.views import View
from inspector_app.services.cases import CaseForm, open_case
from inspector_app.services.clock_parts import ORDER
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import read_sheet
from inspector_app.services.order_facts import for_the_order, order_words
from inspector_app.services.papers import start_draft
from inspector_app.services.settings import all_settings


def order_from(desk: Desk, inspection_id: str, employer_id: str = "") -> Paper:
    """A rectification order out of the findings; a case is opened where there is none yet.

    Each unit is ordered what it answers for. `employer_id` names another unit of the project than
    the one the case is about: its order holds its own findings and no wages.
    """
    case_id = case_of_inspection(desk, inspection_id)
    extra: Values = {}
    with desk.ledger.read() as view:
        case = view.get(Case, case_id)
        if employer_id not in {"", case.employer_id}:
            extra = _other_party(desk, view, inspection_id, employer_id)
    return start_draft(desk, case_id, ORDER, inspection_id=inspection_id, extra=extra)


def _other_party(desk: Desk, view: View, inspection_id: str, employer_id: str) -> Values:
    unit, visit = view.get(Employer, employer_id), read_sheet(desk, view, inspection_id)
    project_id = visit.project.id if visit.project else ""
    links = view.find(ProjectParty, project_id=project_id, employer_id=unit.id)
    found = for_the_order(desk, visit, [link.role for link in links], employer=False)
    words = order_words(desk, found, visit, wages=False)
    return {
        "party": unit.name,
        "credit_code": unit.credit_code,
        "legal_person": unit.legal_person,
        "facts": words["order.facts"],
        "articles": words["order.articles"],
        "demands": words["order.demands"],
        "evidence": words["order.evidence"],
        "overdue": words["order.overdue"],
        "workers": None,
        "period": None,
        "amount": None,
        "wage_table": (),
    }


def record_from(desk: Desk, inspection_id: str) -> Paper:
    """The inspection record (现场检查笔录) out of the answers."""
    case_id = case_of_inspection(desk, inspection_id)
    return start_draft(desk, case_id, "inspection_record", inspection_id=inspection_id)


def case_of_inspection(desk: Desk, inspection_id: str) -> str:
    """The case an inspection belongs to; opened and filed the same day when there is none."""
    settings = all_settings(desk)
    with desk.work("检查发现问题立案") as uow:
        visit = uow.get(Inspection, inspection_id)
        if visit.case_id:
            return visit.case_id
        sheet = read_sheet(desk, uow, inspection_id)
        if sheet.employer is None:
            message = "请先为该项目登记施工总承包单位，文书要写明当事人。"
            raise UserError(message, field="employer")
        case = open_case(desk, uow, _case_form(visit, sheet.employer, settings), settings)
        if sheet.project:
            case_with_project = replace(case, project_id=sheet.project.id)
            uow.save(case_with_project)
        uow.save(replace(visit, case_id=case.id))
        uow.commit()
    return case.id


def _case_form(visit: Inspection, unit: Employer, settings: dict[str, str]) -> CaseForm:
    return CaseForm(
        employer=unit.name,
        credit_code=unit.credit_code,
        scope=visit.scope,
        source=Source.PATROL,
        cause=settings["default_cause"],
        received_on=visit.on,
        filed_on=visit.on,
        lead_id=visit.inspector_ids[0] if visit.inspector_ids else None,
        assist_id=visit.inspector_ids[1] if len(visit.inspector_ids) > 1 else None,
    )
