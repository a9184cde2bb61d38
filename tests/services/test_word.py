"""A paper edited in WPS or Word: exported, its number reserved, taken back, filed as it is."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.word.plain import plain
from inspector_app.papers.word.reading import docx_lines, pdf_text
from inspector_app.services import papers
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.edited import Edited, attach, check_edited, detach
from inspector_app.services.history import undo_last
from inspector_app.services.issuing import issue, pdf, verify, void
from inspector_app.services.paper_life import ApprovalForm, approve
from inspector_app.services.settings import inspectors, save, save_inspector
from inspector_app.services.word import export_word, reserve_number, word_file, word_preview
from tests.helpers.desks import MONDAY, a_case_form, on, shipped_fonts, two_inspectors
from tests.helpers.word_files import edited, exported

ORDER = "rectification_order"
CHANGE = ("经查存在下列行为", "经查有下列违法行为")


@pytest.fixture
def case_id(desk: Desk) -> str:
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000), ClaimForm("龙𬱖", 500_050)])
    return case.id


@pytest.fixture
def draft_id(desk: Desk, case_id: str) -> str:
    """A complete order with its number reserved."""
    draft = papers.start_draft(desk, case_id, ORDER)
    reserve_number(desk, draft.id)
    return draft.id


Office = Callable[..., tuple[Path, Path]]


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    """Somebody at WPS: changes words in the exported document and puts out a PDF."""

    def put_out(paper_id: str, *changes: tuple[str, str]) -> tuple[Path, Path]:
        docx, page = tmp_path / "order.docx", tmp_path / "order.pdf"
        docx.write_bytes(edited(word_file(desk, paper_id).docx, *changes))
        kind = papers.draft_sheet(desk, paper_id).kind
        page.write_bytes(exported(kind, docx_lines(docx.read_bytes()), desk.fonts()))
        return docx, page

    return put_out


def paper_of(desk: Desk, paper_id: str) -> Paper:
    with desk.ledger.read() as view:
        return view.get(Paper, paper_id)


def entries(desk: Desk) -> list[tuple[int, NumberState, str]]:
    with desk.ledger.read() as view:
        found = view.find(NumberEntry, series="order")
    return sorted((one.no, one.state, one.reason) for one in found)


def words(page: bytes) -> str:
    return plain("".join(pdf_text(page).pages))


def refused(act: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as told:
        act()
    return told.value


# ── documents ───────────────────────────────────────────────────────────────────────────────────
def test_a_draft_is_exported_as_it_stands_with_blanks_for_what_is_missing(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    draft = papers.start_draft(desk, case_id, ORDER, extra={"facts": None})
    made = export_word(desk, draft.id, tmp_path / "order.docx")
    assert (tmp_path / "order.docx").read_bytes() == made.docx
    lines = docx_lines(made.docx)
    assert lines[2:4] == ("________", "青禾建筑劳务有限公司：")
    assert lines.count("________") == 2  # the number and the facts
    assert "2026年9月28日" in lines
    with pytest.raises(OutsideError, match="没有写成"):
        export_word(desk, draft.id, tmp_path / "no" / "order.docx")


def test_an_issued_paper_keeps_its_number_and_day_and_a_void_one_says_so(
    desk: Desk, case_id: str
) -> None:
    paper = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    later = on(desk, date(2026, 10, 9))
    assert {paper.number, "2026年9月28日"} <= set(word_file(later, paper.id).lines)
    before = word_file(later, paper.id).sha256
    void(desk, paper.id, "写错")
    assert word_file(later, paper.id).sha256 != before


def test_a_document_can_be_made_of_values_alone(desk: Desk) -> None:
    assert "甲公司：" in word_preview(desk, desk.library.kinds[ORDER], {"party": "甲公司"}).lines


# ── the reserved number ─────────────────────────────────────────────────────────────────────────
def test_a_number_is_reserved_once_and_used_at_the_issue(desk: Desk, case_id: str) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    number = reserve_number(desk, draft.id)
    assert reserve_number(desk, draft.id) == number == "平人社监令字〔2026〕第1号"
    assert entries(desk) == [(1, NumberState.LEASED, "")]
    assert number in word_file(desk, draft.id).lines
    assert papers.paper_list(desk)[0].number == number
    assert desk.ledger.check() == []

    other = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    paper = issue(desk, draft.id)

    assert (other.number[-3:], paper.number) == ("第2号", number)
    assert [state for _, state, _ in entries(desk)] == [NumberState.ISSUED] * 2
    assert desk.ledger.check() == []


def test_a_reserved_number_stays_in_the_register_when_its_draft_goes(
    desk: Desk, draft_id: str
) -> None:
    papers.discard_draft(desk, draft_id)
    assert entries(desk) == [(1, NumberState.VOID, "预留后草稿已删除")]
    assert desk.ledger.check() == []


def test_a_reserved_number_that_became_void_is_not_printed_again(desk: Desk, draft_id: str) -> None:
    """Its page had been printed where the paper was given up (sync.numbers.given_up)."""
    with desk.work("放弃") as uow:
        entry = uow.find(NumberEntry, paper_id=draft_id)[0]
        uow.save(replace(entry, state=NumberState.VOID, reason="已移送"))
        uow.commit()
    assert "第1号已作废，请删除草稿后重做" in refused(lambda: issue(desk, draft_id)).message
    papers.discard_draft(desk, draft_id)
    assert entries(desk) == [(1, NumberState.VOID, "已移送")]
    assert desk.ledger.check() == []


def test_a_number_of_last_year_is_not_used_this_year(desk: Desk, draft_id: str) -> None:
    later = on(desk, date(2027, 1, 4))
    values = papers.draft_sheet(later, draft_id).values
    days = {"deadline": date(2027, 1, 11), "report_by": date(2027, 1, 11)}
    papers.save_draft(later, draft_id, values | days)
    assert "2026 年的字号" in refused(lambda: issue(later, draft_id)).message


def test_only_a_draft_of_a_numbered_kind_reserves(desk: Desk, case_id: str) -> None:
    proof = papers.start_draft(desk, case_id, "proof_of_service")
    assert "不编号" in refused(lambda: reserve_number(desk, proof.id)).message
    issued = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    assert "已制发" in refused(lambda: reserve_number(desk, issued.id)).message


# ── taking back ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("alone", [False, True], ids=["with the document", "the PDF alone"])
def test_other_words_are_accepted_listed_and_filed_as_they_are(
    desk: Desk, draft_id: str, office: Office, tmp_path: Path, alone: bool
) -> None:
    docx, page = office(draft_id, CHANGE)
    taken = attach(desk, draft_id, [page] if alone else [docx, page])
    assert [one.sentence for one in taken.wording] == [
        "文字：草稿为“经查存在下列行为：”，文件中为“经查有下列违法行为：”"
    ]
    assert words(pdf(desk, draft_id)).count("草稿") == taken.pages == 3
    assert papers.paper_list(desk)[0].sha256 == ""

    paper = issue(desk, draft_id)

    assert (paper.state, paper.number) == (PaperState.ISSUED, "平人社监令字〔2026〕第1号")
    filed = desk.files.get(paper.sha256)
    assert words(filed) == words(page.read_bytes())
    assert (paper.pages, paper.fonts) == (taken.pages, taken.fonts)
    (tmp_path / "filed.pdf").write_bytes(filed)
    assert verify(desk, tmp_path / "filed.pdf").ok
    assert not verify(desk, page).ok  # it bears no code
    assert desk.ledger.check() == []


def test_without_a_code_the_page_is_filed_byte_for_byte(
    desk: Desk, draft_id: str, office: Office
) -> None:
    save(desk, {"paper_qr": "否"})
    _, page = office(draft_id, CHANGE)
    attach(desk, draft_id, [page])
    assert desk.files.get(issue(desk, draft_id).sha256) == page.read_bytes()


def test_both_files_are_kept_and_the_trail_has_their_hashes(
    desk: Desk, draft_id: str, office: Office
) -> None:
    docx, page = office(draft_id, CHANGE)
    attach(desk, draft_id, [docx, page])
    record = json.loads(desk.files.get(paper_of(desk, draft_id).sha256))
    assert desk.files.get(record["docx"]) == docx.read_bytes()
    assert desk.files.get(record["pdf"]) == page.read_bytes()
    last = desk.ledger.history(limit=1)[0]
    assert (last.action, last.why) == (
        "以修改后的文件为准",
        f"文字改动 1 处；PDF {record['pdf']}；Word {record['docx']}",
    )


def test_a_kind_without_numbers_needs_none(desk: Desk, case_id: str, office: Office) -> None:
    issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    draft = papers.start_draft(desk, case_id, "proof_of_service", extra={"place": "某路1号"})
    _, page = office(draft.id, ("说明：", "注："))
    attach(desk, draft.id, [page])
    assert desk.files.get(issue(desk, draft.id).sha256) == page.read_bytes()


@pytest.mark.parametrize(
    ("was", "now", "field"),
    [
        ("15,000.50元", "15,000.00元", ""),
        ("青禾建筑劳务有限公司", "青苗建筑劳务有限公司", "party"),
        ("2026年10月10日", "2026年10月12日", ""),
        ("第二十六条第（一）项", "第二十六条第（二）项", ""),
        ("令字〔2026〕第1号", "令字〔2026〕第2号", ""),
        ("赵强", "赵刚", "inspector_2"),
    ],
)  # fmt: skip
def test_a_change_in_what_is_law_is_refused_with_both_values(
    desk: Desk, draft_id: str, office: Office, was: str, now: str, field: str
) -> None:
    docx, page = office(draft_id, (was, now))
    for files in ([page], [docx, page]):
        told = refused(lambda: attach(desk, draft_id, files))  # noqa: B023 - called at once
        assert was in told.message
        assert now in told.message
        assert "在程序里改字段" in told.message
        assert (told.kind, told.field) == ("differs", field or told.field)
    assert paper_of(desk, draft_id).sha256 == ""


def test_many_differences_are_counted(desk: Desk, draft_id: str, office: Office) -> None:
    files = office(draft_id, ("2026年", "2025年"), ("李明", "李鸣"), ("元", "圆"))
    assert "另有" in refused(lambda: attach(desk, draft_id, files)).message


def test_a_pdf_of_another_text_than_the_document_is_refused(
    desk: Desk, draft_id: str, office: Office, tmp_path: Path
) -> None:
    _, page = office(draft_id)
    other = tmp_path / "other.docx"
    other.write_bytes(edited(word_file(desk, draft_id).docx, CHANGE))
    told = refused(lambda: attach(desk, draft_id, [other, page]))
    assert "PDF 与 Word 文件的文字不一致" in told.message
    assert "经查有下列违法行为" in told.message
    assert "经查存在下列行为" in told.message


@pytest.mark.parametrize(("words", "told"), [("联系13900000001", "手机号"), ("举报人说", "保密")])
def test_new_words_are_checked_like_those_of_a_field(
    desk: Desk, draft_id: str, office: Office, words: str, told: str
) -> None:
    _, page = office(draft_id, ("附支付凭证等。", f"附支付凭证等。{words}。"))
    with_number = refused(lambda: attach(desk, draft_id, [page])).message
    assert told in with_number or "草稿中没有“13900000001”" in with_number


class Poor(FontSet):
    """Fonts that lack one character."""

    def missing(self, text: str) -> list[str]:
        return [char for char in text if char == "妥"]


def test_a_character_of_the_new_words_that_no_font_has_is_named(
    desk: Desk, draft_id: str, office: Office
) -> None:
    poor = replace(desk, fonts=lambda: Poor(shipped_fonts().chains))
    _, page = office(draft_id, ("附支付凭证等。", "附支付凭证等，请妥善保管。"))
    assert "“妥”字库里没有" in refused(lambda: attach(poor, draft_id, [page])).message


# ── what changes afterwards ─────────────────────────────────────────────────────────────────────
def test_a_draft_that_changed_since_is_not_filed_with_the_old_text(
    desk: Desk, draft_id: str, office: Office
) -> None:
    attach(desk, draft_id, office(draft_id, CHANGE))
    values = papers.draft_sheet(desk, draft_id).values
    papers.save_draft(desk, draft_id, values | {"facts": "另有事实。"})
    assert "草稿的内容或者成文日期变了" in refused(lambda: issue(desk, draft_id)).message
    papers.save_draft(desk, draft_id, values)
    assert "成文日期" in refused(lambda: issue(on(desk, date(2026, 9, 29)), draft_id)).message
    assert issue(desk, draft_id).number


def test_one_can_go_back_to_the_text_of_the_program(
    desk: Desk, draft_id: str, office: Office
) -> None:
    attach(desk, draft_id, office(draft_id, CHANGE))
    detach(desk, draft_id)
    assert paper_of(desk, draft_id).sha256 == ""
    assert "经查存在下列行为" in words(desk.files.get(issue(desk, draft_id).sha256))


def test_taking_a_text_back_can_be_undone(desk: Desk, draft_id: str, office: Office) -> None:
    attach(desk, draft_id, office(draft_id, CHANGE))
    undo_last(desk)
    assert paper_of(desk, draft_id).sha256 == ""


def test_what_a_leader_approved_is_not_exchanged(
    desk: Desk, case_id: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = inspectors(desk)[0]
    save_inspector(desk, replace(lead, leader=True))
    draft = papers.start_draft(desk, case_id, ORDER)
    strict = replace(papers.kind_of(desk, ORDER), approval="某法第一条")
    monkeypatch.setattr("inspector_app.services.papers.kind_of", lambda *_: strict)
    reserve_number(desk, draft.id)
    files = office(draft.id, CHANGE)
    attach(desk, draft.id, files)
    approve(desk, draft.id, ApprovalForm(lead.name, "同意", MONDAY))
    for act in (lambda: attach(desk, draft.id, files), lambda: detach(desk, draft.id)):
        assert "已经批准" in refused(act).message
    assert issue(desk, draft.id).number


# ── files and states that are refused ───────────────────────────────────────────────────────────
def test_an_order_without_its_number_is_told_to_reserve_one(
    desk: Desk, case_id: str, office: Office
) -> None:
    draft = papers.start_draft(desk, case_id, ORDER)
    files = office(draft.id)
    told = refused(lambda: attach(desk, draft.id, files))
    assert (told.kind, told.field) == ("number", "number")


def test_only_a_complete_draft_takes_a_text_back(desk: Desk, draft_id: str, office: Office) -> None:
    files = office(draft_id)
    values = papers.draft_sheet(desk, draft_id).values
    papers.save_draft(desk, draft_id, values | {"demands": ""})
    told = refused(lambda: attach(desk, draft_id, files))
    assert (told.kind, told.field) == ("incomplete", "demands")
    papers.save_draft(desk, draft_id, values)
    issue(desk, draft_id)
    assert "已制发" in refused(lambda: attach(desk, draft_id, files)).message


def test_files_that_are_neither_are_told(
    desk: Desk, draft_id: str, office: Office, tmp_path: Path
) -> None:
    docx, _ = office(draft_id)
    old, text = tmp_path / "old.doc", tmp_path / "text.txt"
    old.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"rest")
    text.write_text("文字", encoding="utf-8")

    def told(*files: Path) -> str:
        return refused(lambda: check_edited(desk, draft_id, files)).message

    assert "还要有 WPS/Word 由这份文档输出的 PDF" in told(docx)
    assert "旧版" in told(old)
    assert "不是 PDF，也不是 .docx" in told(text)
    assert "打不开" in told(tmp_path / "absent.pdf")


def test_checking_changes_nothing(desk: Desk, draft_id: str, office: Office) -> None:
    before = paper_of(desk, draft_id)
    found = check_edited(desk, draft_id, office(draft_id, CHANGE))
    assert isinstance(found, Edited)
    assert paper_of(desk, draft_id) == before
