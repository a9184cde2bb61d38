"""A case file is bound from what was issued and what was kept, in its order."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from inspector_app.errors import OutsideError, UserError
from inspector_app.services import papers
from inspector_app.services.binder import bind_case, items_of, part_named
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, attach, start_inspection
from inspector_app.services.issuing import issue
from tests.helpers.desks import MONDAY, a_case_form, two_inspectors
from tests.papers.pdf import text_of

ORDER = "rectification_order"


@pytest.fixture
def case_id(desk: Desk, tmp_path: Path) -> str:
    """A case with an issued order, a visit, a photo and a workbook."""
    lead, assist = two_inspectors(desk)
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
    assert told[-1] == (len(names), len(names))


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
    with pytest.raises(OutsideError, match="没有写成"):
        bind_case(desk, case_id, tmp_path / "no" / "x.pdf")
