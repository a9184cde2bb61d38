"""The score of a case follows its file."""

from datetime import date

from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import Paper, PaperState, Value
from inspector_app.ledger.ids import new_id
from inspector_app.services import settings
from inspector_app.services.case_review import NOT_LOADED, review_case, score_page
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.papers import save_draft, start_draft
from inspector_app.services.steps import StepForm, take_step
from tests.helpers.desks import MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import step
from tests.papers.pdf import text_of

WAGES = ClaimForm("王演示", 1_000_000, period_from="2026-05", period_to="2026-08")


def missing(desk: Desk, case_id: str) -> set[str]:
    return {line.item.id for line in review_case(desk, case_id).review.missing}


def a_case(desk: Desk) -> str:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(filed_on=None, lead_id=lead.id, assist_id=assist.id))
    step(desk, case.id, "file", MONDAY)
    return case.id


def test_what_is_missing_is_named_and_mended(desk: Desk) -> None:
    case_id = a_case(desk)
    before = review_case(desk, case_id)
    assert {"R02", "R05", "R07", "R08", "R09"} == missing(desk, case_id)
    assert before.head == NOT_LOADED

    paper = {"step": "outside_paper", "on": MONDAY, "number": "无"}
    take_step(desk, case_id, StepForm(**paper, paper_kind="filing_approval"))  # type: ignore[arg-type]  # tests name fields freely
    add_claims(desk, case_id, [WAGES])

    after = review_case(desk, case_id)
    assert {"R05", "R07", "R08"} == missing(desk, case_id)
    assert after.review.got == before.review.got + 4 + 6


def test_the_bureau_takes_the_standard_as_its_own(desk: Desk) -> None:
    case_id = a_case(desk)
    settings.save(desk, {"review_standard_confirmed": "是"})
    assert review_case(desk, case_id).head == ""


def test_a_late_filing_costs_its_points(desk: Desk) -> None:
    case = new_case(desk, a_case_form(filed_on=None))
    late = on(desk, date(2026, 11, 2))
    step(late, case.id, "file", date(2026, 11, 2))
    assert "R01" in missing(late, case.id)


def test_a_paper_to_a_stranger_fails_the_file(desk: Desk) -> None:
    case_id = a_case(desk)
    draft = start_draft(desk, case_id, "interview_notice")
    sheet_values = {
        "party": "别的演示公司", "attendee": "负责人", "interview_date": date(2026, 10, 9),
        "interview_time": "09:00", "explain_by": date(2026, 10, 8),
    }  # fmt: skip
    save_draft(desk, draft.id, sheet_values)
    settings.save(desk, {"phone": "0375-0000000", "contact": "李明", "address": "某路1号"})
    issued = issue(desk, draft.id)
    found = review_case(desk, case_id)
    assert [one.veto.name for one in found.review.vetoes] == ["当事人错误"]
    assert found.papers == {draft.id: f"约谈通知书　{issued.number}"}
    assert "R18" in missing(desk, case_id)
    text = " ".join(text_of(score_page(desk, found).pdf).split())
    assert "一票否决：当事人错误（约谈通知书" in text
    assert "自评表（局标准未载入）" in text


def struck_by(desk: Desk, kind_id: str, **said: Value) -> list[str]:
    """The vetoes of a case with an issued paper that says that."""
    case_id = a_case(desk)
    kind = desk.library.kinds[kind_id]
    paper = Paper(
        new_id(), case_id, kind.id, kind.version, PaperState.ISSUED, dumps(said, kind),
        issued_on=MONDAY, issued_by="李明", sha256="0" * 64, pages=1, number="演示字1号",
    )  # fmt: skip
    with desk.work("制发") as uow:
        uow.add(paper)
        uow.commit()
    return [one.veto.id for one in review_case(desk, case_id).review.vetoes]


def test_a_paper_to_whoever_reported_is_no_wrong_party(desk: Desk) -> None:
    assert struck_by(desk, "rejection_notice", party="向大山（演示）") == []


def test_a_stranger_among_several_parties_fails_the_file(desk: Desk) -> None:
    rows = ({"name": "别的演示公司"},)
    unit = a_case_form().employer
    found = struck_by(desk, "interview_notice", party=unit, co_parties=rows)
    assert "V01" in found


def test_the_printed_sheet_bears_no_warning_once_the_standard_is_the_bureaus(desk: Desk) -> None:
    case_id = a_case(desk)
    settings.save(desk, {"review_standard_confirmed": "是"})
    text = text_of(score_page(desk, review_case(desk, case_id)).pdf)
    assert "案卷自评表" in text
    assert "未载入" not in text
    assert "没有核实" not in text


def test_a_hearing_that_had_to_be_told_is_looked_for(desk: Desk) -> None:
    case_id = a_case(desk)
    review = review_case(desk, case_id).review
    line = next(one for one in review.lines if one.item.id == "R12")
    assert not line.applies
