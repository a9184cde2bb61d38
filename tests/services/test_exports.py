"""What leaves the program: ledgers, wage lists, checklists, backups."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from inspector_app.domain.claims import Payer
from inspector_app.domain.inspections import Answer
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.views import CaseQuery
from inspector_app.services import inspections, papers, parties
from inspector_app.services.backup import backup, restore
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.check import check
from inspector_app.services.claims import ClaimForm, add_claims, settle_all
from inspector_app.services.desk import Desk
from inspector_app.services.exports import blank_checklist, export_cases, export_claims, ledger_head
from inspector_app.services.issuing import issue
from inspector_app.services.settings import acting, save
from tests.helpers.desks import COUNTY, MONDAY, a_case_form, make_desk, two_inspectors

ID = "410499197803120113"


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case with an order issued, its project chained, and one worker paid."""
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(
        desk,
        case.id,
        [ClaimForm("王演示", 1_000_000, 100_000, id_number=ID, period_from="2026-07")],
    )
    issue(desk, papers.start_draft(desk, case.id, "rectification_order").id)
    general = parties.save_employer(desk, Employer("", "远峰建设集团", desk.city, desk.city))
    project = case_sheet(desk, case.id).project
    assert project is not None
    parties.save_project(desk, project, [ProjectParty("", "", general.id, PartyRole.GENERAL)])
    settle_all(desk, case.id, MONDAY, Payer.DEPOSIT)
    return case.id


def cells(path: Path) -> set[object]:
    book = openpyxl.load_workbook(path)
    return {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def test_the_ledger_says_what_the_case_says(desk: Desk, case_id: str, tmp_path: Path) -> None:
    made = export_cases(desk, tmp_path / "台账.xlsx", CaseQuery())

    assert made.rows == 1
    found = cells(tmp_path / "台账.xlsx")
    assert {"青禾建筑劳务有限公司", "远峰建设集团", "平人社监令字〔2026〕第1号"} <= found
    assert {"湛河区", "李明", "赵强", 9000} <= found


def test_who_fills_it_in_is_an_inspector_or_left_to_be_written(desk: Desk) -> None:
    """Never the login of the PC: this goes to the superiors."""
    assert ledger_head(replace(desk, actor="root", actor_id=None)).filler == ""
    lead, _ = two_inspectors(desk)
    assert ledger_head(acting(desk, lead.name)).filler == lead.name


def test_an_empty_view_is_told_not_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可导出"):
        export_cases(desk, tmp_path / "台账.xlsx", CaseQuery(text="没有的"))

    assert not (tmp_path / "台账.xlsx").exists()


def test_the_wage_list_holds_identity_numbers_only_in_full(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    export_claims(desk, tmp_path / "full.xlsx", case_id, masked=False, why="核发工资")
    export_claims(desk, tmp_path / "masked.xlsx", case_id)

    assert ID in cells(tmp_path / "full.xlsx")
    assert not {ID, "王演示"} & cells(tmp_path / "masked.xlsx")


def test_a_case_without_claims_has_no_wage_list(desk: Desk, tmp_path: Path) -> None:
    case = new_case(desk, a_case_form())

    with pytest.raises(UserError, match="还没有登记"):
        export_claims(desk, tmp_path / "x.xlsx", case.id)


def test_blank_checklists_print_and_unknown_ones_are_told(desk: Desk) -> None:
    assert blank_checklist(desk, "construction").pages > 1
    with pytest.raises(UserError, match="construction"):
        blank_checklist(desk, "moon")


def test_check_sees_a_page_changed_by_one_byte(desk: Desk, case_id: str) -> None:
    assert check(desk) == []
    sha256 = case_sheet(desk, case_id).papers[0].sha256
    stored = desk.files.path(sha256)

    stored.write_bytes(stored.read_bytes()[:-1] + b"!")

    assert {problem.kind for problem in check(desk)} == {"file", "paper"}


def test_a_backup_brings_everything_back(desk: Desk, case_id: str, tmp_path: Path) -> None:
    form = inspections.InspectionForm(
        "construction", MONDAY, COUNTY, employer_id=case_sheet(desk, case_id).employer.id
    )
    visit = inspections.start_inspection(desk, form)
    inspections.answer(desk, visit.id, "C44", Answer.NO)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    inspections.attach(desk, visit.id, "C44", photo)

    made = backup(desk, tmp_path / "copy.zip")
    restore(made.path, tmp_path / "other")

    other = make_desk(tmp_path / "other")
    assert check(other) == []
    assert case_sheet(other, case_id).totals == case_sheet(desk, case_id).totals
    other.ledger.close()
    with pytest.raises(UserError, match="已有台账"):
        restore(made.path, tmp_path / "other")


def test_a_backup_has_a_place_of_its_own(desk: Desk) -> None:
    made = backup(desk)

    assert made.path.parent.name == "backup"
    assert len(made.sha256) == 64


def test_what_is_no_backup_is_refused(desk: Desk, tmp_path: Path) -> None:
    import zipfile

    torn = tmp_path / "torn.zip"
    torn.write_bytes(b"PK")
    with pytest.raises(OutsideError, match="读不出来"):
        restore(torn, tmp_path / "new")
    strange = tmp_path / "strange.zip"
    with zipfile.ZipFile(strange, "w") as bundle:
        bundle.writestr("ledger.db", b"")
        bundle.writestr("../evil", b"")
    with pytest.raises(UserError, match="不是台账备份"):
        restore(strange, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_that_cannot_be_written_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutsideError, match="备份没有写成"):
        backup(desk, tmp_path / "file" / "copy.zip")
