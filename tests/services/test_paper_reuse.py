"""A draft beside the earlier papers of its case, and beside the form now in force."""

from datetime import timedelta

import pytest

from inspector_app.domain.paper_reuse import Reuse, Standing
from inspector_app.domain.papers import Value
from inspector_app.services import papers
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, save_claim
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, void
from inspector_app.services.paper_form import older_form
from inspector_app.services.paper_reuse import earlier_papers, reuses
from inspector_app.services.template_rows import update_draft
from inspector_app.services.word import reserve_number
from tests.helpers.desks import MONDAY, a_case_form, on
from tests.helpers.forms import CALL, ORDER, kept, retitled
from tests.helpers.ready import ready_case

NOTICE = "handling_notice"


@pytest.fixture
def case_id(desk: Desk) -> str:
    return ready_case(desk)


def begun(desk: Desk, case_id: str, kind: str = NOTICE, **typed: Value) -> str:
    draft = papers.start_draft(desk, case_id, kind)
    values = papers.draft_sheet(desk, draft.id).values
    papers.save_draft(desk, draft.id, values | typed)
    return draft.id


def said(desk: Desk, paper_id: str) -> dict[str, Reuse]:
    sheet = papers.draft_sheet(desk, paper_id)
    return {one.field.id: one for one in reuses(desk, sheet.paper, sheet.kind, sheet.values)}


def test_what_was_typed_in_an_issued_paper_is_offered_to_the_next(desk: Desk, case_id: str) -> None:
    order = issue(desk, begun(desk, case_id, ORDER, facts="查明的另一种说法。", evidence="账册"))
    found = said(desk, begun(desk, case_id))
    assert (found["facts"].value, found["facts"].standing) == (
        "查明的另一种说法。",
        Standing.DIFFERENT,
    )
    assert found["amount"].standing is Standing.SAME
    assert found["facts"].source.number == order.number
    assert {"deadline", "report_by", "you", "statement_days"}.isdisjoint(found)


def test_another_amount_is_told_among_the_checks_and_stops_nothing(
    desk: Desk, case_id: str
) -> None:
    order = issue(desk, begun(desk, case_id, ORDER))
    row = case_sheet(desk, case_id).claims[0]
    save_claim(desk, ClaimForm("王演示", 900_000, claim_id=row.claim.id))
    notice = begun(desk, case_id, basis="《劳动保障监察条例》第二十六条", facts="甲")
    hints = [one for one in papers.draft_sheet(desk, notice).problems if one.field == "amount"]
    assert [(one.blocking, order.number in one.message) for one in hints] == [(False, True)]
    assert "此前为15,000.50 元，现为14,000.50 元" in hints[0].message
    assert papers.save_draft(desk, notice, papers.draft_sheet(desk, notice).values)[-1] == hints[0]


def test_void_papers_drafts_and_other_cases_do_not_speak(desk: Desk, case_id: str) -> None:
    begun(desk, case_id, ORDER)
    gone = issue(desk, begun(desk, case_id, ORDER))
    void(desk, gone.id, "重复")
    other = new_case(desk, a_case_form())
    notice = begun(desk, case_id)
    assert said(desk, notice) == {}
    assert earlier_papers(desk, papers.draft_sheet(desk, begun(desk, other.id)).paper) == ()
    assert earlier_papers(desk, gone) == ()


def test_only_the_last_few_papers_of_a_kind_speak(
    desk: Desk, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.services.paper_reuse.OF_A_KIND", 2)
    numbers = [issue(desk, begun(desk, case_id, ORDER)).number for _ in range(3)]
    found = earlier_papers(desk, papers.draft_sheet(desk, begun(desk, case_id)).paper)
    assert [one.number for one in found] == [numbers[2], numbers[1]]


# ── the form in force ────────────────────────────────────────────────────────────────────────
def test_a_draft_with_an_older_form_says_which_is_in_force(desk: Desk, case_id: str) -> None:
    draft = begun(desk, case_id, CALL)
    assert older_form(desk, papers.draft_sheet(desk, draft).paper) is None
    kept(desk, retitled(desk, "约谈函", CALL), "局2026-1", MONDAY + timedelta(days=1), CALL)
    assert older_form(desk, papers.draft_sheet(desk, draft).paper) is None
    later = on(desk, MONDAY + timedelta(days=1))
    older = older_form(later, papers.draft_sheet(later, draft).paper)
    assert older is not None
    assert older.sentence == ("草稿用的是格式 2026.1，现用的是 局2026-1（自2026年9月29日起施行）")
    assert older_form(later, update_draft(later, draft)) is None


def test_a_draft_whose_number_is_reserved_keeps_its_form(desk: Desk, case_id: str) -> None:
    draft = begun(desk, case_id, ORDER)
    sheet = papers.draft_sheet(desk, draft)
    reserve_number(desk, draft)
    kept(desk, retitled(desk, "改正书"), "局2026-1", MONDAY)
    older = older_form(desk, papers.draft_sheet(desk, draft).paper)
    assert older is not None
    assert older.sentence.endswith("第1号已经预留，草稿保持原来的格式")
    assert sheet.paper.number == ""
    issued = issue(desk, begun(desk, case_id, ORDER))
    assert older_form(desk, issued) is None
