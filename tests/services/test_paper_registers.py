"""The registers of papers: every paper with its service, its term and how it was obeyed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.office import Todo
from inspector_app.domain.papers import Paper, PaperState, ServiceMethod
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.issuing import issue, void
from inspector_app.services.paper_life import ApprovalForm, approve
from inspector_app.services.paper_registers import (
    NO_RECEIPT,
    UNSERVED,
    RegisterQuery,
    RegisterRow,
    missing_receipts,
    paper_register,
    service_register,
)
from inspector_app.services.papers import draft_sheet, save_draft, start_draft
from inspector_app.services.register_exports import (
    MISSING_BOOK,
    PAPER_BOOK,
    SERVICE_BOOK,
)
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.settings import save
from inspector_app.services.steps import StepForm, take_step
from inspector_app.services.todos import finish_todo
from tests.helpers.approval import wanting_approval
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form, on, two_inspectors
from tests.helpers.steps import LEADER, a_leader

ORDER, CALL, PROOF = "rectification_order", "interview_notice", "proof_of_service"
TUESDAY, LATER = date(2026, 9, 29), date(2026, 10, 12)
MEETING = {
    "attendee": "法定代表人", "interview_date": date(2026, 10, 13), "interview_time": "09:30",
    "place": "三楼会议室", "explain_by": date(2026, 10, 12),
}  # fmt: skip


@pytest.fixture
def case(desk: Desk) -> Case:
    lead, assist = two_inspectors(desk)
    a_leader(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    made = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, made.id, [ClaimForm("王演示", 1_000_000)])
    return made


def another(desk: Desk, case: Case) -> Case:
    form = a_case_form(employer="远峰建设集团", credit_code="")
    return new_case(desk, replace(form, lead_id=case.lead_id, assist_id=case.assist_id))


def issued(desk: Desk, case: Case, kind: str = ORDER, **values: object) -> Paper:
    draft = start_draft(desk, case.id, kind)
    known = draft_sheet(desk, draft.id).values
    more = {**MEETING, **values}
    typed = {key: value for key, value in more.items() if key in known}
    save_draft(desk, draft.id, known | typed)  # type: ignore[arg-type]  # values by name
    return issue(desk, draft.id)


def serve(desk: Desk, *papers: Paper, day: date = MONDAY, **said: object) -> None:
    form = ServiceForm(
        tuple(one.id for one in papers), ServiceMethod.DIRECT, day, receiver="吴演示"
    )
    record_service(on(desk, day), papers[0].case_id or "", replace(form, **said))  # type: ignore[arg-type]  # by name


def row_of(desk: Desk, paper: Paper) -> RegisterRow:
    return next(one for one in paper_register(desk) if one.id == paper.id)


# ── the paper register ───────────────────────────────────────────────────────────────────────
def test_a_row_says_all_that_the_ledger_of_papers_asks_for(desk: Desk, case: Case) -> None:
    paper = issued(desk, case)
    serve(desk, paper)
    row = row_of(desk, paper)
    assert (row.number, row.title) == ("平人社监令字〔2026〕第1号", "限期改正指令书")
    assert (row.case_no, row.party) == (case.case_no, "青禾建筑劳务有限公司")
    assert (row.issued_on, row.signer) == (MONDAY, "李明")
    assert (row.method, row.served_on) == ("直接送达", MONDAY)
    assert row.deadline == date(2026, 10, 10)
    assert (row.performance, row.voided, row.to_serve) == ("", "", False)


def test_who_approved_is_who_signed(desk: Desk, case: Case) -> None:
    office = wanting_approval(desk, CALL)
    draft = start_draft(office, case.id, CALL, extra=MEETING)  # type: ignore[arg-type]  # values
    approve(office, draft.id, ApprovalForm(LEADER, "同意", MONDAY))
    assert row_of(office, issue(office, draft.id)).signer == LEADER


def test_how_an_order_was_obeyed_follows_from_what_was_entered(desk: Desk, case: Case) -> None:
    paper = issued(desk, case)
    assert row_of(desk, paper).performance == ""
    serve(desk, paper)
    late = on(desk, LATER)
    assert row_of(late, paper).performance == "期限已过"
    take_step(late, case.id, StepForm(step="order", on=MONDAY))
    form = StepForm(step="recheck", on=LATER, outcome="partly", people="李明")
    outcome = next(iter(desk.library.procedure.steps["recheck"].outcomes or {}))
    take_step(late, case.id, replace(form, outcome=outcome))
    said = (desk.library.procedure.steps["recheck"].outcomes or {})[outcome]
    assert row_of(late, paper).performance == f"{said}　2026年10月12日"


def test_a_follow_up_that_was_ticked_off_counts(desk: Desk, case: Case) -> None:
    paper = issued(desk, case)
    serve(desk, paper)
    with desk.ledger.read() as view:
        from_paper = next(iter(view.find(Todo, paper_id=paper.id)))
    finish_todo(on(desk, TUESDAY), from_paper.id, TUESDAY)
    assert row_of(desk, paper).performance == "已核查　2026年9月29日"


def test_a_meeting_is_answered_by_its_record(desk: Desk, case: Case) -> None:
    notice = issued(desk, case, CALL)
    serve(desk, notice)
    assert row_of(desk, notice).performance == ""
    with desk.work("演示") as uow:
        record = Paper(
            new_id(), case.id, "interview_record", "1", PaperState.ISSUED, "{}",
            issued_on=TUESDAY, sha256="0" * 64,
        )  # fmt: skip
        uow.add(record)
        uow.commit()
    assert row_of(desk, notice).performance == "已约谈　2026年9月29日"


def test_void_papers_keep_their_row_with_the_reason(desk: Desk, case: Case) -> None:
    paper = issued(desk, case)
    void(desk, paper.id, "当事人写错")
    row = row_of(desk, paper)
    assert (row.state, row.voided) == (PaperState.VOID, "2026年9月28日　当事人写错")
    assert not row.to_serve


def test_the_register_is_asked_by_state_kind_party_case_days_and_service(
    desk: Desk, case: Case
) -> None:
    other = another(desk, case)
    first = issued(desk, case)
    second = issued(on(desk, TUESDAY), other, CALL)
    draft = start_draft(desk, case.id, CALL)
    serve(desk, first)

    def found(**asked: object) -> list[str]:
        return [row.id for row in paper_register(desk, RegisterQuery(**asked))]  # type: ignore[arg-type]  # by name

    assert found() == [second.id, first.id, draft.id]
    assert found(states=(PaperState.DRAFT,)) == [draft.id]
    assert found(kinds=(ORDER,)) == [first.id]
    assert found(party="远峰") == [second.id]
    assert found(case_id=case.id) == [first.id, draft.id]
    assert found(since=TUESDAY) == [second.id]
    assert found(until=MONDAY) == [first.id]
    assert found(since=MONDAY, until=TUESDAY) == [second.id, first.id]
    assert found(unserved=True) == [second.id]


# ── the service register ─────────────────────────────────────────────────────────────────────
def test_one_service_lists_all_its_papers(desk: Desk, case: Case) -> None:
    order, call = issued(desk, case), issued(desk, case, CALL)
    serve(desk, order, call, relation="项目经理", place="项目部")
    (row,) = service_register(desk)
    assert row.papers == (f"限期改正指令书　{order.number}", f"约谈通知书　{call.number}")
    assert (row.party, row.receiver, row.relation) == ("青禾建筑劳务有限公司", "吴演示", "项目经理")
    assert (row.served_on, row.counts_on, row.receipt) == (MONDAY, MONDAY, False)


def test_a_published_paper_counts_as_served_later_and_shows_its_proof(
    desk: Desk, case: Case
) -> None:
    paper = issued(desk, case, CALL)
    said = {"receiver": "", "reason": "下落不明", "media": "某日报"}
    serve(desk, paper, method=ServiceMethod.PUBLICATION, **said)
    (row,) = service_register(desk)
    assert row.counts_on == date(2026, 10, 28)
    assert row.proof == "公告：某日报；原因：下落不明"


def test_services_are_asked_by_day_party_and_case(desk: Desk, case: Case) -> None:
    other = another(desk, case)
    serve(desk, issued(desk, case))
    serve(desk, issued(desk, other, CALL), day=TUESDAY)

    def found(**asked: object) -> list[date]:
        return [row.served_on for row in service_register(desk, RegisterQuery(**asked))]  # type: ignore[arg-type]  # by name

    assert found() == [TUESDAY, MONDAY]
    assert found(until=MONDAY) == [MONDAY]
    assert found(party="远峰") == [TUESDAY]
    assert found(case_id=case.id) == [MONDAY]


# ── what is missing ──────────────────────────────────────────────────────────────────────────
def test_what_is_not_served_and_what_has_no_receipt_is_listed(desk: Desk, case: Case) -> None:
    served, waiting = issued(desk, case), issued(desk, case, CALL)
    void(desk, issued(desk, case).id, "重复")
    serve(desk, served, day=TUESDAY)
    found = missing_receipts(on(desk, LATER))
    assert [(row.number, row.lacks, row.since, row.days) for row in found] == [
        (waiting.number, UNSERVED, MONDAY, 14),
        (served.number, NO_RECEIPT, TUESDAY, 13),
    ]
    assert [row.number for row in missing_receipts(desk, RegisterQuery(kinds=(CALL,)))] == [
        waiting.number
    ]
    assert [row.lacks for row in missing_receipts(desk, RegisterQuery(unserved=True))] == [UNSERVED]
    assert missing_receipts(desk, RegisterQuery(party="没有")) == []


def test_a_receipt_that_names_the_papers_fills_the_gap(desk: Desk, case: Case) -> None:
    order, call = issued(desk, case), issued(desk, case, CALL)
    serve(desk, order, call)
    rows = tuple({"title": "文书", "number": one.number} for one in (order, call))
    issued(desk, case, PROOF, papers=rows[:1], place="项目部", cause="拖欠工资")
    assert [row.number for row in missing_receipts(desk)] == [call.number]
    assert not service_register(desk)[0].receipt
    issued(desk, case, PROOF, papers=rows, place="项目部", cause="拖欠工资")
    assert missing_receipts(desk) == []
    assert service_register(desk)[0].receipt


def test_the_signed_receipt_may_be_a_scanned_file(desk: Desk, case: Case) -> None:
    paper = issued(desk, case)
    serve(desk, paper)
    scan = Evidence(
        new_id(), "0" * 64, "回证.jpg", "image/jpeg", 1, MONDAY, case_id=case.id,
        note=f"送达回证 {paper.number}",
    )  # fmt: skip
    with desk.work("登记证据") as uow:
        uow.add(scan)
        uow.commit()
    assert missing_receipts(desk) == []


def test_other_ways_of_service_have_proofs_of_their_own(desk: Desk, case: Case) -> None:
    paper = issued(desk, case)
    serve(desk, paper, method=ServiceMethod.POST, waybill="EX000000000CN")
    assert missing_receipts(desk) == []
    assert service_register(desk)[0].proof == "邮单：EX000000000CN"


# ── workbooks ────────────────────────────────────────────────────────────────────────────────
def cells(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


def test_every_register_is_written_as_a_workbook(desk: Desk, case: Case, tmp_path: Path) -> None:
    paper = issued(desk, case)
    with pytest.raises(UserError, match="没有符合条件"):
        SERVICE_BOOK.export(desk, tmp_path / "none.xlsx")
    assert MISSING_BOOK.export(desk, tmp_path / "missing.xlsx").rows == 1
    serve(desk, paper, relation="项目经理", place="项目部", note="当面")
    PAPER_BOOK.export(desk, tmp_path / "papers.xlsx")
    SERVICE_BOOK.export(desk, tmp_path / "services.xlsx", masked=False, why="内部核对")
    told = cells(tmp_path / "papers.xlsx")
    for words in ("文书登记台账（演示数据）", "履行情况", paper.number, "共 1 项", "签发人"):
        assert words in told
    assert not any("单位：人" in one for one in told)
    assert {"吴演示", "项目经理", "当面"} <= set(cells(tmp_path / "services.xlsx"))
    assert {"缺什么", "未送达"} <= set(cells(tmp_path / "missing.xlsx"))


def test_what_leaves_the_office_names_no_person(desk: Desk, case: Case, tmp_path: Path) -> None:
    serve(desk, issued(desk, case), place="项目部", note="吴演示不在", witness="郑演示")
    clue = register_clue(desk, a_clue_form())
    own = file_clue(desk, clue.id, MONDAY)
    notice = issued(
        desk, own, "rejection_notice", party="向大山", matter="工资", reason="超过二年", basis="无",
    )  # fmt: skip
    for number, book in enumerate((PAPER_BOOK, SERVICE_BOOK, MISSING_BOOK)):
        path = tmp_path / f"{number}.xlsx"
        book.export(desk, path)
        told = "".join(cells(path))
        assert not [name for name in ("吴演示", "郑演示", "向大山") if name in told], book.title
    assert "向大山" in "".join(cells_of(desk, tmp_path))
    assert notice.state is PaperState.ISSUED


def cells_of(desk: Desk, folder: Path) -> list[str]:
    PAPER_BOOK.export(desk, folder / "full.xlsx", masked=False, why="内部核对")
    return cells(folder / "full.xlsx")
