"""A bureau that calls a kind of paper by another name reads that name everywhere."""

from datetime import timedelta
from pathlib import Path

import openpyxl

from inspector_app.ledger.views import CaseQuery
from inspector_app.services import papers
from inspector_app.services.case_file import case_file
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.exports import export_cases
from inspector_app.services.facts import case_facts
from inspector_app.services.home import overview
from inspector_app.services.issuing import issue
from inspector_app.services.number_register import register
from inspector_app.services.paper_registers import paper_register
from inspector_app.services.template_saving import return_to_shipped
from inspector_app.services.templates import forms_of
from inspector_app.sheets.ledger_summary import NOTES_SHEET
from tests.helpers.desks import MONDAY, make_desk, on
from tests.helpers.forms import ORDER, WHY, kept, retitled
from tests.helpers.ready import ready_case

OURS, SHIPPED = "责令限期改正通知书", "限期改正指令书"


def test_drafts_papers_steps_and_receipts_go_by_the_name_of_the_bureau(desk: Desk) -> None:
    case_id = ready_case(desk)
    early = issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    kept(desk, retitled(desk, OURS), "局1", MONDAY)
    draft = papers.start_draft(desk, case_id, ORDER)
    assert [row.title for row in overview(desk).drafts] == [OURS]
    late = issue(desk, draft.id)
    sheet = case_sheet(desk, case_id)
    assert (sheet.title(early), sheet.title(late)) == (SHIPPED, OURS)
    assert {row.id: row.title for row in paper_register(desk)} == {
        early.id: SHIPPED, late.id: OURS
    }  # fmt: skip
    assert sheet.situation.procedure.title(ORDER) == OURS
    rows = case_facts(desk, case_id)["papers.to_serve"]
    assert isinstance(rows, tuple)
    assert [row["title"] for row in rows if isinstance(row, dict)] == [SHIPPED, OURS]
    parts = case_file(desk, case_id).parts
    assert {one.item.title for part in parts for one in part.placed} >= {SHIPPED, OURS}


def test_the_shipped_name_comes_back_with_the_shipped_form(desk: Desk) -> None:
    kept(desk, retitled(desk, OURS), "局1", MONDAY)
    forms_of(desk)
    assert desk.library.title(ORDER) == desk.library.procedure.papers[ORDER] == OURS
    later = on(desk, MONDAY + timedelta(days=1))
    return_to_shipped(later, ORDER, later.today(), WHY)
    forms_of(later)
    assert later.library.title(ORDER) == later.library.procedure.papers[ORDER] == SHIPPED
    assert later.library.title("unknown") == "unknown"


def test_numbers_and_the_ledger_out_go_by_the_name_of_the_bureau(
    desk: Desk, tmp_path: Path
) -> None:
    case_id = ready_case(desk)
    issue(desk, papers.start_draft(desk, case_id, ORDER).id)
    kept(desk, retitled(desk, OURS), "局1", MONDAY)
    desk.library.call({})  # another start of the program, which has not read the forms yet
    names = {one.series[1]: one.name for one in register(desk, MONDAY.year)}
    assert names[desk.library.kinds[ORDER].series] == OURS
    desk.library.call({})
    book = tmp_path / "a.xlsx"
    export_cases(desk, book, CaseQuery())
    written = openpyxl.load_workbook(book)
    heads = {cell.value for row in written.worksheets[0].iter_rows() for cell in row}
    assert OURS in heads
    assert SHIPPED not in heads
    assert any(OURS in str(row[0].value) for row in written[NOTES_SHEET].iter_rows())


def test_a_name_holds_for_its_own_ledger_only(desk: Desk, tmp_path: Path) -> None:
    kept(desk, retitled(desk, OURS), "局1", MONDAY)
    forms_of(desk)
    (tmp_path / "other").mkdir()
    other = make_desk(tmp_path / "other")
    forms_of(other)
    assert other.library.title(ORDER) == SHIPPED
    other.ledger.close()
