"""What guards are told of a case, read from a ledger."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.inspections import Evidence, Inspection, InspectionKind
from inspector_app.domain.office import Inspector
from inspector_app.services import settings
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.rules import choose
from inspector_app.services.situation import Standing, standing
from inspector_app.services.steps import StepForm, take_step
from tests.helpers.desks import COUNTY, MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import step

WAGES = ClaimForm("王演示", 1_000_000, paid_fen=200_000, period_from="2026-05", period_to="2026-08")


@pytest.fixture
def case(desk: Desk) -> Case:
    """A filed case of 李明 and 赵强 with nothing on file."""
    lead, assist = two_inspectors(desk)
    return new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))


def stands(desk: Desk, case: Case) -> Standing:
    with desk.ledger.read() as view:
        return standing(desk, view, view.get(Case, case.id))


def visited(desk: Desk, case: Case, *people: str) -> None:
    """Somebody inspected the premises for the case."""
    visit = Inspection(
        "visit-1", COUNTY, desk.city, "construction", "1", InspectionKind.REPORT, MONDAY,
        employer_id=case.employer_id, case_id=case.id, inspector_ids=people,
    )  # fmt: skip
    with desk.work("演示") as uow:
        uow.add(visit)
        uow.commit()


def test_the_inspectors_of_a_case_and_their_certificates(desk: Desk, case: Case) -> None:
    now = stands(desk, case).situation
    assert now.inspectors == now.certified == ("李明", "赵强")
    with desk.work("演示") as uow:
        uow.save(replace(uow.get(Inspector, case.assist_id or ""), certificate=" "))
        uow.commit()
    assert stands(desk, case).situation.certified == ("李明",)


def test_a_case_nobody_leads_has_no_inspectors(desk: Desk) -> None:
    now = stands(desk, new_case(desk, a_case_form())).situation
    assert (now.inspectors, now.certified, now.owing_fen) == ((), (), None)


def test_who_only_inspected_has_investigated_too(desk: Desk, case: Case) -> None:
    settings.save_inspector(desk, Inspector("", "孙演示", desk.city, desk.city, "YS-0003"))
    third = next(one for one in settings.inspectors(desk) if one.name == "孙演示")
    visited(desk, case, third.id, case.lead_id or "", "nobody")
    now = stands(desk, case).situation
    assert now.inspectors == ("李明", "赵强", "孙演示")
    assert now.certified == ("李明", "赵强")


def test_any_proof_on_file_is_evidence(desk: Desk, case: Case) -> None:
    assert not stands(desk, case).situation.has_evidence
    visited(desk, case)
    assert stands(desk, case).situation.has_evidence


def test_listed_wages_are_evidence_and_what_is_owing_is_counted(desk: Desk, case: Case) -> None:
    add_claims(desk, case.id, [WAGES])
    now = stands(desk, case).situation
    assert (now.has_evidence, now.owing_fen) == (True, 800_000)


def test_a_file_or_a_record_is_evidence(desk: Desk, case: Case) -> None:
    other = new_case(desk, a_case_form(employer="演示远峰市政有限公司", credit_code=""))
    with desk.work("演示") as uow:
        uow.add(Evidence("e1", "0" * 64, "照片.jpg", "image/jpeg", 1, MONDAY, case_id=case.id))
        uow.commit()
    assert stands(desk, case).situation.has_evidence
    form = StepForm(step="outside_paper", on=MONDAY, paper_kind="statement_record", number="无")
    take_step(desk, other.id, form)
    assert stands(desk, other).situation.has_evidence


def test_the_figures_are_those_the_bureau_goes_by(desk: Desk, case: Case) -> None:
    limits = stands(desk, case).situation.limits
    assert (limits.hearing_unit_fen, limits.hearing_person_fen) == (5_000_000, 500_000)
    assert (limits.summary_unit_fen, limits.summary_person_fen) == (300_000, 20_000)
    choose(desk, "TH-HEARING-UNIT", "off", "是", "演示")
    assert stands(desk, case).situation.limits.hearing_unit_fen is None


def test_terms_come_with_their_ends_and_articles(desk: Desk, case: Case) -> None:
    now = stands(desk, case).situation
    assert now.ends["D05"] == date(2026, 12, 24)
    assert {"D05", "D06", "D33"} <= now.extendable
    assert "D01" not in now.extendable
    assert now.articles["D06"] == "《河南省劳动保障监察条例》第十六条"


def test_suspending_is_the_choice_of_the_bureau(desk: Desk, case: Case) -> None:
    assert not stands(desk, case).situation.suspension
    settings.save(desk, {"suspension_allowed": "是"})
    assert stands(desk, case).situation.suspension


def test_what_runs_beside_the_stage_is_known(desk: Desk, case: Case) -> None:
    step(desk, case.id, "accounts", MONDAY)
    assert stands(desk, case).beside == ("Z3c",)
    later = on(desk, date(2026, 9, 29))
    step(later, case.id, "accounts_answered", date(2026, 9, 29))
    assert stands(later, case).beside == ()
