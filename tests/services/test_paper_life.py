"""Between draft and issue: a leader's approval of these words and no others."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.papers import PaperState
from inspector_app.errors import UserError
from inspector_app.services import papers
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims, save_claim
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue
from inspector_app.services.paper_life import ON_SCREEN, ApprovalForm, approval_now, approve
from inspector_app.services.papers import draft_sheet, save_draft, start_draft
from inspector_app.services.settings import inspectors, save, save_inspector
from inspector_app.services.steps import StepForm, options, take_step
from tests.helpers.approval import ARTICLE, wanting_approval
from tests.helpers.desks import MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import LEADER, a_leader, close_case

ORDER = "rectification_order"
TUESDAY = date(2026, 9, 29)
SAID = ApprovalForm(LEADER, "同意", MONDAY)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """The order wants approval here."""
    return wanting_approval(desk, ORDER)


@pytest.fixture
def draft(office: Desk) -> str:
    """A complete draft of a filed case; a leader is registered."""
    lead, assist = two_inspectors(office)
    a_leader(office)
    save(office, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    case = new_case(office, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(office, case.id, [ClaimForm("王演示", 1_000_000)])
    return start_draft(office, case.id, ORDER).id


def events(desk: Desk, paper_id: str) -> list[CaseEvent]:
    case_id = draft_sheet(desk, paper_id).paper.case_id
    with desk.ledger.read() as view:
        return view.find(CaseEvent, case_id=case_id, step="approve_paper")


def test_a_draft_that_wants_approval_is_not_issued_before_it(office: Desk, draft: str) -> None:
    problems = [one.message for one in draft_sheet(office, draft).problems if one.blocking]
    assert problems == [f"限期改正指令书须经负责人批准才能制发（{ARTICLE}），还没有登记"]
    with pytest.raises(UserError, match="须经负责人批准"):
        issue(office, draft)

    given = approve(office, draft, SAID)

    assert (given.approver, given.opinion, given.on, given.holds) == (LEADER, "同意", MONDAY, True)
    assert issue(office, draft).state is PaperState.ISSUED


def test_the_record_names_paper_leader_opinion_day_and_manner(office: Desk, draft: str) -> None:
    approve(office, draft, ApprovalForm(LEADER, "同意，尽快送达", MONDAY, ON_SCREEN))
    (event,) = events(office, draft)
    assert (event.codes, event.approver, event.note) == ((draft,), LEADER, "同意，尽快送达")
    assert (event.on, event.outcome) == (MONDAY, ON_SCREEN)
    assert len(event.number) == 64
    assert event.to_stage == ""  # a fact: the case stays where it is


def test_a_leader_who_handles_the_case_is_told_of_and_not_refused(office: Desk, draft: str) -> None:
    def told() -> list[str]:
        sheet = draft_sheet(office, draft)
        return [one.message for one in sheet.problems if "承办人" in one.message]

    lead = next(one for one in inspectors(office) if one.name == "李明")
    save_inspector(office, replace(lead, leader=True))
    approve(office, draft, replace(SAID, approver=lead.name))
    assert told() == [f"批准人{lead.name}也是本案的承办人，请核对"]
    approve(office, draft, SAID)
    assert told() == []
    assert issue(office, draft).state is PaperState.ISSUED


def test_other_words_void_the_approval_and_the_same_words_again_do_not(
    office: Desk, draft: str
) -> None:
    approve(office, draft, SAID)
    approved = draft_sheet(office, draft).values

    found = save_draft(office, draft, approved | {"facts": "另写的事实。"})
    assert any("内容有改动，须重新批准" in one.message for one in found)
    with pytest.raises(UserError, match="须重新批准"):
        issue(office, draft)
    given = approval_now(office, draft_sheet(office, draft))
    assert given is not None
    assert not given.holds

    assert save_draft(office, draft, approved) == ()
    assert issue(office, draft).number


def test_what_changes_in_the_ledger_voids_it_too(office: Desk, draft: str) -> None:
    approve(office, draft, SAID)
    sheet = case_sheet(office, draft_sheet(office, draft).paper.case_id or "")
    save_claim(office, ClaimForm("王演示", 1_200_000, claim_id=sheet.claims[0].claim.id))
    with pytest.raises(UserError, match="须重新批准"):
        issue(office, draft)
    approve(office, draft, SAID)
    assert draft_sheet(office, issue(office, draft).id).values["amount"] == 1_200_000


def test_the_night_between_approval_and_issue_changes_nothing(office: Desk, draft: str) -> None:
    """The deadline the program proposed on Monday is the one approved and issued on Tuesday."""
    deadline = draft_sheet(office, draft).values["deadline"]
    assert draft_sheet(on(office, TUESDAY), draft).values["deadline"] != deadline

    approve(office, draft, SAID)

    issued = issue(on(office, TUESDAY), draft)
    assert draft_sheet(office, issued.id).values["deadline"] == deadline


def test_approvals_of_other_drafts_do_not_count(office: Desk, draft: str) -> None:
    case_id = draft_sheet(office, draft).paper.case_id
    other = start_draft(office, case_id, ORDER).id
    approve(office, other, SAID)
    with pytest.raises(UserError, match="还没有登记"):
        issue(office, draft)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ApprovalForm(" ", "同意", MONDAY), "approver"),
        (ApprovalForm("李明", "同意", MONDAY), "approver"),
        (ApprovalForm(LEADER, " ", MONDAY), "opinion"),
        (ApprovalForm(LEADER, "同意", TUESDAY), "on"),
        (ApprovalForm(LEADER, "同意", date(2026, 9, 1)), "on"),
        (ApprovalForm(LEADER, "同意", MONDAY, "by phone"), "outcome"),
    ],
)
def test_an_approval_names_a_leader_an_opinion_and_a_possible_day(
    office: Desk, draft: str, form: ApprovalForm, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        approve(office, draft, form)
    assert refused.value.field == field
    assert events(office, draft) == []


def test_only_a_complete_draft_that_wants_it_is_approved(office: Desk, draft: str) -> None:
    sheet = draft_sheet(office, draft)
    call = start_draft(office, sheet.paper.case_id, "interview_notice").id
    with pytest.raises(UserError, match="不需要负责人批准"):
        approve(office, call, SAID)
    save_draft(office, draft, sheet.values | {"party": None})
    with pytest.raises(UserError) as refused:
        approve(office, draft, SAID)
    assert refused.value.field == "party"
    save_draft(office, draft, sheet.values)
    approve(office, draft, SAID)
    issue(office, draft)
    with pytest.raises(UserError, match="已制发"):
        approve(office, draft, SAID)


def test_a_draft_of_a_visit_without_a_case_is_told_to_go_there_first(
    office: Desk, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = draft_sheet(office, draft)
    loose = papers.DraftSheet(
        papers.replace(sheet.paper, case_id=None),
        sheet.kind, sheet.values, sheet.typed, (), None,
    )  # fmt: skip
    assert approval_now(office, loose) is None
    monkeypatch.setattr("inspector_app.services.paper_life.draft_sheet", lambda *_: loose)
    with pytest.raises(UserError, match="先归入案件"):
        approve(office, draft, SAID)


def test_after_the_case_has_ended_nothing_is_approved(office: Desk, draft: str) -> None:
    case_id = draft_sheet(office, draft).paper.case_id or ""
    close_case(office, case_id, MONDAY)
    with pytest.raises(UserError, match="本案在“已结案”阶段"):
        approve(office, draft, SAID)


def test_the_step_is_taken_at_the_paper_only(office: Desk, draft: str) -> None:
    case_id = draft_sheet(office, draft).paper.case_id or ""
    assert "approve_paper" not in [one.step.id for one in options(office, case_id)]
    form = StepForm(step="approve_paper", on=MONDAY, outcome="paper", approver=LEADER, note="同意")
    with pytest.raises(UserError, match="paper approve"):
        take_step(office, case_id, form)


def test_the_kinds_on_which_the_law_wants_a_leader_say_by_which_article(desk: Desk) -> None:
    """law.md: 先行登记保存 (处罚法 56), 处罚和不予处罚 (57), 移送公安 (移送规定 5(2)), 强制执行申请
    (强制法 55(2)), and every decision of the office (河南执法条例 28)."""
    wanting = {kind.id for kind in desk.library.kinds.values() if kind.approval}
    assert wanting >= {
        "preservation_notice", "penalty_decision", "no_penalty_decision", "handling_decision",
        "list_decision", "crime_transfer_letter", "enforcement_application",
    }  # fmt: skip
    assert all(desk.library.kinds[one].approval.endswith(("条", "款", "项")) for one in wanting)
    assert "summary_penalty_decision" not in wanting  # 处罚法 51: on the spot
