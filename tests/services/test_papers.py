"""A paper from draft to void: filled from the ledger, checked, numbered, filed, verified."""

from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.papers import PaperState, ServiceMethod
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.qr import code_text, fingerprint, matrix
from inspector_app.services import papers
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims, save_claim
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import register_clue
from inspector_app.services.consequences import overdue_text
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import export_pdf, issue, pdf, verify, verify_code, void
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.settings import save
from inspector_app.services.todos import finish_todo
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, on, two_inspectors
from tests.helpers.steps import step
from tests.papers.codes import printed_code
from tests.papers.pdf import text_of

ORDER = "rectification_order"


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A filed case with two workers, handled by two inspectors of a bureau with an address."""
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000), ClaimForm("龙𬱖", 500_050)])
    return case.id


def test_a_draft_is_filled_from_the_ledger_and_follows_it(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    before = papers.draft_sheet(desk, draft.id).values
    row = case_sheet(desk, case_id).claims[0]

    save_claim(desk, ClaimForm("王演示", 1_200_000, claim_id=row.claim.id))
    after = papers.draft_sheet(desk, draft.id).values

    assert before["party"] == "青禾建筑劳务有限公司"
    assert (before["amount"], after["amount"]) == (1_500_050, 1_700_050)
    assert after["deadline"] == date(2026, 10, 10)


def test_what_was_typed_stays_and_what_was_not_is_not_stored_twice(
    desk: Desk, case_id: str
) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    values = papers.draft_sheet(desk, draft.id).values

    papers.save_draft(desk, draft.id, values | {"facts": "另写的事实。"})

    sheet = papers.draft_sheet(desk, draft.id)
    assert sheet.typed == {"facts"}
    assert sheet.values["facts"] == "另写的事实。"


def test_a_field_emptied_on_purpose_stays_empty(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    values = papers.draft_sheet(desk, draft.id).values

    papers.save_draft(desk, draft.id, values | {"credit_code": None})

    assert papers.draft_sheet(desk, draft.id).values["credit_code"] is None


def test_a_draft_with_open_points_takes_no_number(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    draft = papers.start_draft(desk, case.id, ORDER)

    with pytest.raises(UserError) as refused:
        issue(desk, draft.id)

    assert refused.value.field
    assert papers.draft_sheet(desk, draft.id).paper.state is PaperState.DRAFT
    assert [row.number for row in papers.paper_list(desk)] == [""]


def test_an_issued_paper_has_its_number_and_never_changes(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    paper = issue(desk, draft.id)
    first = pdf(desk, paper.id)
    row = case_sheet(desk, case_id).claims[0]
    save_claim(desk, ClaimForm("王演示", 9_000_000, claim_id=row.claim.id))

    assert paper.number == "平人社监令字〔2026〕第1号"
    assert pdf(desk, paper.id) == first
    assert papers.draft_sheet(desk, paper.id).values["amount"] == 1_500_050
    for change in (
        lambda: issue(desk, paper.id),
        lambda: papers.save_draft(desk, paper.id, {}),
        lambda: papers.discard_draft(desk, paper.id),
    ):
        with pytest.raises(UserError, match="已制发"):
            change()


def test_numbers_of_a_series_have_no_gap_and_start_anew_each_year(desk: Desk, case_id: str) -> None:
    numbers = [
        issue(on(desk, day), papers.start_draft(desk, case_id, ORDER).id).number
        for day in (MONDAY, MONDAY, date(2027, 1, 4))
    ]

    assert numbers == [
        "平人社监令字〔2026〕第1号",
        "平人社监令字〔2026〕第2号",
        "平人社监令字〔2027〕第1号",
    ]
    assert desk.ledger.check() == []


def test_a_void_paper_keeps_number_and_reason_and_is_stamped(desk: Desk, case_id: str) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    before = pdf(desk, paper.id)
    with pytest.raises(UserError, match="理由"):
        void(desk, paper.id, " ")

    gone = void(desk, paper.id, "当事人名称有误")

    assert (gone.state, gone.number) == (PaperState.VOID, paper.number)
    assert pdf(desk, paper.id) != before
    with pytest.raises(UserError, match="只能作废"):
        void(desk, paper.id, "再来一次")
    assert issue(desk, papers.start_draft(desk, case_id, ORDER).id).number.endswith("第2号")
    assert desk.ledger.check() == []


def test_a_pdf_is_verified_by_its_bytes(desk: Desk, case_id: str, tmp_path: Path) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    file = export_pdf(desk, paper.id, tmp_path / "order.pdf")
    assert verify(desk, file).ok

    file.write_bytes(file.read_bytes() + b" ")
    assert not verify(desk, file).ok
    void(desk, paper.id, "写错")
    (tmp_path / "stored.pdf").write_bytes(desk.files.get(paper.sha256))
    assert "作废" in verify(desk, tmp_path / "stored.pdf").reason
    with pytest.raises(UserError, match="打不开"):
        verify(desk, tmp_path / "absent.pdf")
    with pytest.raises(OutsideError, match="没有写成"):
        export_pdf(desk, paper.id, tmp_path / "no" / "folder.pdf")


def test_a_scanned_code_is_verified_by_what_is_on_file(desk: Desk, case_id: str) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    own = fingerprint(ORDER, paper.form_version, paper.number, paper.issued_on, paper.values)
    text = code_text(paper.number, own)

    assert verify_code(desk, f" {text}\n").ok
    altered = code_text(paper.number, "0" * 64)
    assert "不一致" in verify_code(desk, altered).reason
    unknown = code_text(paper.number.replace("第1号", "第99号"), own)
    assert "没有字号" in verify_code(desk, unknown).reason
    with pytest.raises(UserError, match="不是文书核验码"):
        verify_code(desk, "https://example.invalid")
    void(desk, paper.id, "写错")
    verdict = verify_code(desk, text)
    assert not verdict.ok
    assert "已作废：写错" in verdict.reason


def test_numbered_papers_bear_the_code_where_the_bureau_wants_it(desk: Desk, case_id: str) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    own = fingerprint(ORDER, paper.form_version, paper.number, paper.issued_on, paper.values)
    assert printed_code(pdf(desk, paper.id)) == matrix(code_text(paper.number, own))
    draft = papers.start_draft(desk, case_id, ORDER)
    assert "核验码" in text_of(pdf(desk, draft.id))

    save(desk, {"paper_qr": "否"})

    assert "核验码" not in text_of(pdf(desk, draft.id))
    assert printed_code(pdf(desk, issue(desk, draft.id).id)) == ()


def test_a_character_no_font_has_stops_the_issue_and_is_named(desk: Desk, case_id: str) -> None:
    row = case_sheet(desk, case_id).claims[0]
    save_claim(desk, ClaimForm("王\U0002fa1f", 100, claim_id=row.claim.id))
    draft = papers.start_draft(desk, case_id, ORDER)

    with pytest.raises(UserError, match="\U0002fa1f"):
        issue(desk, draft.id)


def test_drafts_can_be_thrown_away(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)

    papers.discard_draft(desk, draft.id)

    assert papers.paper_list(desk) == []


def test_an_unknown_kind_is_told_with_the_known_ones(desk: Desk) -> None:
    with pytest.raises(UserError, match=ORDER):
        papers.kind_of(desk, "love_letter")


def test_service_of_an_order_starts_the_clock_it_set(desk: Desk, case_id: str) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    form = ServiceForm((paper.id,), ServiceMethod.DIRECT, MONDAY, receiver="吴演示")
    record_service(desk, case_id, form)

    clock = next(c for c in case_sheet(desk, case_id).clocks if c.rule == "ORDER")

    assert clock.due == date(2026, 10, 10)
    assert "2026年10月10日（星期六）" in clock.why
    assert papers.paper_list(desk, case_id=case_id)[0].served_on == MONDAY


def test_the_clock_of_a_paper_stands_still_once_its_follow_up_is_done(
    desk: Desk, case_id: str
) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    record_service(
        desk, case_id, ServiceForm((paper.id,), ServiceMethod.DIRECT, MONDAY, receiver="吴")
    )
    todo = case_sheet(desk, case_id).todos[0]
    assert (todo.paper_id, todo.due_on) == (paper.id, date(2026, 10, 10))
    assert paper.number in todo.title

    finish_todo(desk, todo.id, MONDAY)

    assert "ORDER" not in {clock.rule for clock in case_sheet(desk, case_id).clocks}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paper_ids": ()}, "paper_ids"),
        ({"served_on": date(2026, 9, 29)}, "served_on"),
        ({"receiver": ""}, "receiver"),
        ({"method": ServiceMethod.LEAVING}, "witness"),
        ({"method": ServiceMethod.PUBLICATION}, "reason"),
        ({"method": ServiceMethod.POST}, "waybill"),
        ({"method": ServiceMethod.ELECTRONIC}, "consent"),
        ({"method": ServiceMethod.ENTRUSTED}, "entrusted_to"),
        ({"method": ServiceMethod.POSTING}, "video"),
        ({"served_on": date(2026, 9, 27)}, "served_on"),
    ],
)
def test_service_asks_for_what_proves_it(
    desk: Desk, case_id: str, changes: dict[str, object], field: str
) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    right: dict[str, object] = {
        "paper_ids": (paper.id,),
        "method": ServiceMethod.DIRECT,
        "served_on": MONDAY,
        "receiver": "吴演示",
    }

    with pytest.raises(UserError) as refused:
        record_service(desk, case_id, ServiceForm(**(right | changes)))  # type: ignore[arg-type]  # by name

    assert refused.value.field == field


def test_a_draft_cannot_be_served(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    form = ServiceForm((draft.id,), ServiceMethod.DIRECT, MONDAY, receiver="吴")

    with pytest.raises(UserError, match="已制发"):
        record_service(desk, case_id, form)


def test_what_would_betray_a_witness_stops_the_issue(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    values = papers.draft_sheet(desk, draft.id).values

    for text in ("据13900000001反映", "据410499197803120113反映", "举报人说没有发"):
        found = papers.save_draft(desk, draft.id, values | {"facts": text})
        assert [problem.field for problem in found if problem.blocking] == ["facts"]


def test_a_name_that_asked_for_confidence_stops_the_issue(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(confidential=True, person_name="赵无畏"))
    case = file_clue(desk, clue.id, MONDAY)
    draft = papers.start_draft(desk, case.id, "interview_notice", extra={"reason": "赵无畏说"})

    found = papers.draft_sheet(desk, draft.id).problems

    assert any("反映人的姓名" in problem.message for problem in found)


def test_a_paper_is_served_once_to_its_own_party_before_its_deadline(
    desk: Desk, case_id: str
) -> None:
    own = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    extra = {"party": "远峰建设集团"}
    other = issue(desk, papers.start_draft(desk, case_id, ORDER, extra=extra).id)

    def serve(day: date, *ids: str) -> None:
        form = ServiceForm(ids, ServiceMethod.DIRECT, day, receiver="吴演示")
        record_service(on(desk, day), case_id, form)

    with pytest.raises(UserError, match="同一当事人"):
        serve(MONDAY, own.id, other.id)
    with pytest.raises(UserError, match="已过"):
        serve(date(2026, 10, 12), own.id)
    serve(MONDAY, own.id)
    with pytest.raises(UserError, match="已经登记过"):
        serve(MONDAY, own.id)


def test_a_clock_set_back_is_noticed_before_a_number_is_taken(desk: Desk, case_id: str) -> None:
    issue(on(desk, date(2026, 9, 30)), papers.start_draft(desk, case_id, ORDER).id)
    draft = papers.start_draft(desk, case_id, ORDER)

    with pytest.raises(UserError, match="电脑日期"):
        issue(desk, draft.id)


def test_consequences_name_the_fines_the_violations_bring(desk: Desk, case_id: str) -> None:
    library = desk.library

    plain = overdue_text(library, ["GZ-22"], wages=True)
    site = overdue_text(library, ["GZ-05"], wages=False)

    assert "50%以上100%以下" in plain
    assert "第三十条第一款第（三）项，处2000元以上2万元以下的罚款" in plain
    assert "移送公安机关" in plain
    assert "第五十五条第（一）项，责令项目停工，并处5万元以上10万元以下的罚款" in site
    assert "赔偿金" not in site


def test_a_case_does_not_close_before_its_last_paper(desk: Desk, case_id: str) -> None:
    later = on(desk, date(2026, 9, 30))
    issue(later, papers.start_draft(desk, case_id, ORDER).id)
    step(later, case_id, "withdraw", MONDAY, "轻微且已改正")

    with pytest.raises(UserError, match="不能早于"):
        step(later, case_id, "close", MONDAY, "已付清")
