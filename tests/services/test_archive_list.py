"""The list of case files for the archive: closed cases of a year, pages, retention, who signs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from inspector_app.errors import UserError
from inspector_app.services import settings
from inspector_app.services.archive_list import archive_list, export_archive_list
from inspector_app.services.case_file import case_file
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.steps import StepForm, take_step
from tests.helpers.desks import MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import a_leader, close_case, step


def closed(desk: Desk, employer: str, day: date = MONDAY) -> str:
    """A case filed, withdrawn and closed on a day, with one paper made outside in each part."""
    there = on(desk, day)
    lead, assist = (one.id for one in settings.inspectors(desk) if one.certificate)
    form = a_case_form(employer=employer, credit_code="", received_on=day, filed_on=None)
    case = new_case(there, replace(form, lead_id=lead, assist_id=assist))
    step(there, case.id, "file", day)
    for kind, number in (("filing_approval", "无"), ("inquiry_notice", "演示询字1号")):
        take_step(
            there, case.id, StepForm(step="outside_paper", on=day, paper_kind=kind, number=number)
        )
    return close_case(there, case.id, day).id


@pytest.fixture(autouse=True)
def office(desk: Desk) -> None:
    two_inspectors(desk)
    a_leader(desk)


def test_the_closed_cases_of_the_year_are_listed_by_their_day(desk: Desk) -> None:
    second = closed(desk, "演示乙公司", date(2026, 9, 28))
    first = closed(desk, "演示甲公司", date(2026, 3, 2))
    closed(desk, "演示丙公司", date(2025, 12, 30))
    new_case(desk, a_case_form())

    found = archive_list(desk, 2026)

    assert [line.case_id for line in found] == [first, second]
    assert [line.title for line in found] == [
        "演示甲公司拖欠农民工工资案", "演示乙公司拖欠农民工工资案",
    ]  # fmt: skip
    assert (found[0].closed_on, found[0].way) == (date(2026, 3, 2), "撤销立案")
    assert [len(archive_list(desk, year)) for year in (2024, 2025, 2026)] == [0, 1, 2]


def test_the_pages_are_those_of_the_file(desk: Desk) -> None:
    case_id = closed(desk, "演示甲公司")
    (line,) = archive_list(desk, 2026)
    file = case_file(desk, case_id)
    assert (line.main_items, line.main_pages) == (1, file.part("main").pages)
    assert (line.side_items, line.side_pages) == (1, file.part("side").pages)


def test_retention_is_the_bureaus_own_choice_and_else_left_open(desk: Desk) -> None:
    closed(desk, "演示甲公司")
    assert [line.keep for line in archive_list(desk, 2026)] == [""]
    settings.save(desk, {"file_keep_years": "30"})
    assert [line.keep for line in archive_list(desk, 2026)] == ["30年"]


def test_what_is_filed_away_shows_its_number_and_no_longer_waits(desk: Desk) -> None:
    case_id = closed(desk, "演示甲公司")
    closed(desk, "演示乙公司")
    step(desk, case_id, "archive", MONDAY, number="2026-JC-0031")
    lines = {line.case_id: line for line in archive_list(desk, 2026)}
    assert lines[case_id].archive_no == "2026-JC-0031"
    assert lines[case_id].archived_on == MONDAY
    assert case_id not in {line.case_id for line in archive_list(desk, 2026, waiting=True)}
    assert len(archive_list(desk, 2026, waiting=True)) == 1


def test_the_workbook_is_signed_by_both_sides_and_leaves_the_box_open(
    desk: Desk, tmp_path: Path
) -> None:
    closed(desk, "演示甲公司")
    told: list[tuple[int, int]] = []
    path = tmp_path / "移交.xlsx"

    made = export_archive_list(desk, path, 2026, progress=lambda *at: told.append(at))

    assert made.rows == 1
    assert told == [(0, 1)]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert cells[0].startswith("2026年结案案卷移交清单")
    assert {"移交人：", "接收人：", "移交日期：", "盒号", "保管期限", "正卷"} <= set(cells)
    heads = {sheet.cell(3, n).value: n for n in range(1, sheet.max_column + 1)}
    assert sheet.cell(5, heads["盒号"]).value is None


def test_a_year_without_closed_cases_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with pytest.raises(UserError, match="2019 年没有结案案件"):
        export_archive_list(desk, path, 2019)
    with pytest.raises(UserError, match="2026 年没有待归档的结案案件"):
        export_archive_list(desk, path, 2026, waiting=True)
    assert not path.exists()


def test_masked_it_is_still_the_same_record(desk: Desk) -> None:
    closed(desk, "演示甲公司")
    (line,) = archive_list(desk, 2026)
    assert line.masked().case_no == line.case_no
    assert line.key == line.case_id


def test_stopped_it_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    closed(desk, "演示甲公司")

    def stop(_done: int, _total: int) -> None:
        raise UserError("已停止。", kind="cancelled")

    with pytest.raises(UserError, match="已停止"):
        export_archive_list(desk, tmp_path / "x.xlsx", 2026, progress=stop)
    assert list(tmp_path.glob("*.xlsx")) == []
