"""Rejected rows come back as a workbook that imports once it is corrected."""

from datetime import date
from pathlib import Path

import openpyxl

from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import read_rows
from inspector_app.sheets.mapping import guess, recall
from inspector_app.sheets.read import read_workbook
from inspector_app.sheets.rejected import write_rejected
from tests.sheets.builders import TODAY, clue_row, clue_workbook, workbook


def test_rejected_rows_keep_their_cells_and_say_why(tmp_path: Path) -> None:
    rows = [
        clue_row(1, 134.66),
        clue_row(2, 17.06, employer=None, on=date(2026, 8, 31), note="=1+1"),
    ]
    source = clue_workbook(tmp_path / "a.xlsx", rows, unit="万元")
    sheet = read_workbook(source)[0]
    mapping = guess(sheet, Kind.CLUES)
    found = read_rows(sheet, mapping, today=TODAY)
    write_rejected(tmp_path / "未导入.xlsx", sheet, mapping, found.rejected, TODAY)
    out = openpyxl.load_workbook(tmp_path / "未导入.xlsx").active
    assert out["A1"].value == "平顶山市2026年8月欠薪线索核处台账"
    assert out["O3"].value == "原因"
    assert out["O5"].value == "第 6 行：没有单位名称"
    assert out["K5"].value == 17.06
    assert out["C5"].value.date() == date(2026, 8, 31)
    assert out["I5"].number_format == "@"
    assert out["N5"].data_type != "f"
    assert {str(area) for area in out.merged_cells.ranges} >= {"A1:N1", "G3:I3", "A3:A4"}


def test_the_corrected_workbook_imports_with_the_same_mapping(tmp_path: Path) -> None:
    source = clue_workbook(tmp_path / "a.xlsx", [clue_row(2, 17.06, employer=None)], "万元")
    sheet = read_workbook(source)[0]
    mapping = guess(sheet, Kind.CLUES)
    found = read_rows(sheet, mapping, today=TODAY)
    write_rejected(tmp_path / "b.xlsx", sheet, mapping, found.rejected, TODAY)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    book.active["D5"] = "甲公司"
    book.save(tmp_path / "b.xlsx")
    corrected = read_workbook(tmp_path / "b.xlsx")[0]
    known = recall(corrected, [mapping], Kind.CLUES)
    assert known is not None
    again = read_rows(corrected, known, today=TODAY)
    assert [row.values["amount_fen"] for row in again.accepted] == [17_060_000]


def test_the_same_rows_on_the_same_day_give_the_same_bytes(tmp_path: Path) -> None:
    sheet = read_workbook(workbook(tmp_path / "a.xlsx", [["企业名称", "案由"], ["", "欠薪"]]))[0]
    mapping = guess(sheet, Kind.CLUES)
    found = read_rows(sheet, mapping, today=TODAY)
    for name in ("b.xlsx", "c.xlsx"):
        write_rejected(tmp_path / name, sheet, mapping, found.rejected, TODAY)
    told = openpyxl.load_workbook(tmp_path / "b.xlsx").properties
    assert (told.created.date(), told.modified.date()) == (TODAY, TODAY)
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx", "c.xlsx"]
