"""A case file is bound from what was issued and what was kept, in its order."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from inspector_app.domain.papers import Value
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.binding import BoundPart, bind
from inspector_app.papers.testpage import trial_page
from inspector_app.services import binder, papers
from inspector_app.services.binder import bind_case
from inspector_app.services.case_file import case_file, items_of, part_named
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, attach, start_inspection
from inspector_app.services.issuing import issue
from inspector_app.services.settings import save
from inspector_app.services.steps import StepForm, take_step
from tests.helpers.desks import MONDAY, REACHED, a_case_form, two_inspectors
from tests.papers.pdf import text_of

ORDER = "rectification_order"


@pytest.fixture
def case_id(desk: Desk, tmp_path: Path) -> str:
    """A case with an issued order, a visit, a photo and a workbook."""
    lead, assist = two_inspectors(desk)
    save(desk, REACHED)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000, period_from="2026-05")])
    form = InspectionForm(
        checklist_id="construction",
        on=MONDAY,
        scope=case.scope,
        inspector_ids=(lead.id, assist.id),
        employer_id=case.employer_id,
        case_id=case.id,
    )
    visit = start_inspection(desk, form)
    photo, book = tmp_path / "告示牌.jpg", tmp_path / "工资表.xlsx"
    out = BytesIO()
    Image.new("RGB", (800, 600), (200, 180, 90)).save(out, "JPEG")
    photo.write_bytes(out.getvalue())
    book.write_bytes(b"PK\x03\x04 demo")
    for file in (photo, book):
        attach(desk, visit.id, "C01", file)
    draft = papers.start_draft(desk, case.id, ORDER)
    values = papers.draft_sheet(desk, draft.id).values
    typed = {"facts": "未按月足额支付工资。", "articles": "《保障农民工工资支付条例》第十六条"}
    papers.save_draft(desk, draft.id, {**values, **typed})
    issue(desk, draft.id)
    return case.id


def test_the_main_part_holds_evidence_before_the_order(desk: Desk, case_id: str) -> None:
    sheet = case_sheet(desk, case_id)
    titles = [item.title for item in items_of(desk, sheet, part_named(desk, "main"))]
    assert titles == ["告示牌", "工资表", "限期改正指令书"]
    assert items_of(desk, sheet, part_named(desk, "side")) == []


def test_a_file_is_bound_with_cover_contents_stamps_and_note(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    out = tmp_path / "案卷.pdf"
    told: list[tuple[int, int]] = []

    made = bind_case(desk, case_id, out, progress=lambda done, total: told.append((done, total)))

    reader = PdfReader(out)
    assert len(reader.pages) == made.pages
    assert [one.pages for one in made.placed][:2] == ["1", "2"]
    names = [item.title for item in reader.outline]
    assert names[:2] == ["案卷封面", "卷内目录"]
    assert names[-1] == "备考表"
    contents = reader.pages[1].extract_text().replace("\n", "")
    assert "告示牌" in contents
    assert "限期改正指令书" in contents
    assert "随案保存在本机证据文件夹" in text_of(out.read_bytes())
    total = 2 * len(names) - 3
    assert told == sorted(set(told))
    assert (told[0], told[-1]) == ((0, total), (total, total))


def test_the_same_case_gives_the_same_file(desk: Desk, case_id: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    bind_case(desk, case_id, first)
    bind_case(desk, case_id, second)
    assert first.read_bytes() == second.read_bytes()


def test_an_empty_part_an_unknown_one_and_a_folder_that_is_not_there_are_told(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="副卷还没有材料"):
        bind_case(desk, case_id, tmp_path / "x.pdf", "side")
    with pytest.raises(UserError, match="没有名为“third”的卷"):
        bind_case(desk, case_id, tmp_path / "x.pdf", "third")
    in_the_way = tmp_path / "taken"
    in_the_way.write_text("a file where a folder is wanted")
    with pytest.raises(OutsideError, match="写不了文件“x"):
        bind_case(desk, case_id, in_the_way / "x.pdf")


# ── stopping ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("at", [1, 4])
def test_stopped_on_the_way_it_leaves_the_old_file_and_nothing_half_written(
    desk: Desk, case_id: str, tmp_path: Path, at: int
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "案卷.pdf"
    out.write_bytes(b"bound last week")

    def stop(done: int, _total: int) -> None:
        if done == at:
            raise UserError("已停止。", kind="cancelled")

    with pytest.raises(UserError, match="已停止"):
        bind_case(desk, case_id, out, progress=stop)

    assert [one.name for one in folder.iterdir()] == ["案卷.pdf"]
    assert out.read_bytes() == b"bound last week"


# ── cover, contents and note somebody made ───────────────────────────────────────────────────
def made_by_hand(desk: Desk, case_id: str, kind: str, **typed: Value) -> str:
    draft = papers.start_draft(desk, case_id, kind)
    values = papers.draft_sheet(desk, draft.id).values
    papers.save_draft(desk, draft.id, {**values, **typed})
    return issue(desk, draft.id).id


def test_a_cover_and_a_note_made_by_hand_are_bound_as_such_and_once(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    rows = ({"no": "1", "title": "手填的旧目录", "pages": "9"},)
    made_by_hand(desk, case_id, "file_cover", result="工资已付清（手填）", filed_on=MONDAY)
    made_by_hand(desk, case_id, "file_contents", items=rows)
    made_by_hand(desk, case_id, "file_note", items=3, pages=3, note="光盘另存（手填）")
    out = tmp_path / "案卷.pdf"

    made = bind_case(desk, case_id, out)

    reader = PdfReader(out)
    names = [item.title for item in reader.outline]
    assert [names.count(one) for one in ("案卷封面", "卷内目录", "备考表")] == [1, 1, 1]
    assert [one.item.kind for one in made.placed] == ["evidence", "evidence", ORDER]
    first, last = (reader.pages[n].extract_text() for n in (0, -1))
    assert "手填" in first
    assert "手填" in last
    assert "手填的旧目录" not in text_of(out.read_bytes())


def test_a_cover_of_the_other_part_is_not_taken(desk: Desk, case_id: str, tmp_path: Path) -> None:
    made_by_hand(desk, case_id, "file_cover", part="副卷", result="手填的副卷封面", filed_on=MONDAY)
    bind_case(desk, case_id, tmp_path / "x.pdf")
    assert "手填" not in PdfReader(tmp_path / "x.pdf").pages[0].extract_text()


def test_the_cover_counts_the_volumes(desk: Desk, case_id: str, tmp_path: Path) -> None:
    def cover() -> str:
        bind_case(desk, case_id, tmp_path / "x.pdf")
        return PdfReader(tmp_path / "x.pdf").pages[0].extract_text().replace("\n", "")

    assert "全案卷数：1" in cover()
    outside(desk, case_id, "filing_approval")
    assert "全案卷数：2" in cover()


# ── papers made outside, pages ───────────────────────────────────────────────────────────────
def outside(desk: Desk, case_id: str, kind: str) -> None:
    form = StepForm(step="outside_paper", on=MONDAY, number="演示外字1号", paper_kind=kind)
    take_step(desk, case_id, form)


def test_a_paper_made_outside_keeps_its_place_in_the_file(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    outside(desk, case_id, "filing_approval")
    made = bind_case(desk, case_id, tmp_path / "side.pdf", "side")
    assert [(one.item.title, one.item.number, one.pages) for one in made.placed] == [
        ("立案审批表", "演示外字1号", "1")
    ]
    text = text_of((tmp_path / "side.pdf").read_bytes())
    assert "程序外制作" in text
    assert "原件附于此页之后" in text


def test_what_is_listed_is_what_is_bound(desk: Desk, case_id: str, tmp_path: Path) -> None:
    outside(desk, case_id, "legal_review_opinion")
    visit = case_sheet(desk, case_id).inspections[0].id
    scan, broken = tmp_path / "扫描件.pdf", tmp_path / "坏的.pdf"
    scan.write_bytes(bind([BoundPart("x", trial_page(desk.fonts()))] * 3, desk.fonts()).pdf)
    broken.write_bytes(b"%PDF-1.7 torn off")
    for path in (scan, broken):
        attach(desk, visit, "C02", path)

    listed = case_file(desk, case_id)

    for part in ("main", "side"):
        made = bind_case(desk, case_id, tmp_path / "x.pdf", part)
        pages = [(one.item.id, one.first, one.last) for one in listed.part(part).placed]
        assert pages == [(one.item.id, one.first, one.last) for one in made.placed]
        assert listed.part(part).pages == made.placed[-1].last
    spans = {one.item.title: one.last - one.first + 1 for one in listed.part("main").placed}
    assert (spans["扫描件"], spans["坏的"]) == (3, 1)
    papers.start_draft(desk, case_id, ORDER)
    assert case_file(desk, case_id).drafts == 1


def test_evidence_is_bound_small_and_papers_as_they_were_filed(
    desk: Desk, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = case_sheet(desk, case_id).inspections[0].id
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(trial_page(desk.fonts()))
    attach(desk, visit, "C02", scan)
    seen: list[bytes] = []

    def noted(pdf: bytes) -> bytes:
        seen.append(pdf)
        return pdf

    monkeypatch.setattr(binder, "slimmed", noted)
    bind_case(desk, case_id, tmp_path / "x.pdf")
    assert seen == [scan.read_bytes()]


def test_a_file_that_is_lost_is_named(desk: Desk, case_id: str, tmp_path: Path) -> None:
    visit = case_sheet(desk, case_id).inspections[0].id
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(trial_page(desk.fonts()))
    kept = attach(desk, visit, "C02", scan)
    desk.files.path(kept.sha256).unlink()
    listed = {one.item.title: one for one in case_file(desk, case_id).part("main").placed}
    assert "从备份恢复" in listed["扫描件"].item.note
    with pytest.raises(OutsideError, match="扫描件：存档文件不在本机"):
        bind_case(desk, case_id, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
