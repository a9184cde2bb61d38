"""`paper bind`, `case review`, `export archive-list`: the case file from the command line."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
from pypdf import PdfReader

from tests.cli.conftest import Commands

Done = Callable[..., Any]


def bindable(demo: Done) -> str:
    """A case of the demonstration day with a paper on file."""
    return str(demo("paper", "list")["papers"][0]["case"])


def test_a_case_file_is_bound(demo: Done, tmp_path: Path) -> None:
    out = tmp_path / "案卷.pdf"
    made = demo("paper", "bind", bindable(demo), "--out", out)
    assert (made["part"], made["file"]) == ("main", str(out))
    assert made["pages"] == len(PdfReader(out).pages)
    assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
    assert [set(one) for one in made["contents"]][:1] == [{"kind", "title", "number", "pages"}]


def test_a_part_nobody_knows_and_a_case_nobody_knows_are_told(demo: Done, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    wrong = demo("paper", "bind", bindable(demo), "--out", out, "--part", "third", code=1)
    assert wrong["error"]["field"] == "part"
    assert demo("paper", "bind", "没有这件", "--out", out, code=1)["error"]["message"]
    assert not out.exists()


def test_a_case_is_scored_and_the_sheet_is_kept(demo: Done, tmp_path: Path) -> None:
    case, out = bindable(demo), tmp_path / "自评.pdf"
    made = demo("case", "review", case)
    assert (made["points"], made["confirmed"]) == (86, False)
    assert sum(one["got"] for one in made["sections"]) == made["got"]
    assert {"id", "name", "points", "remedy"} == set(made["missing"][0])
    assert "file" not in made
    kept = demo("case", "review", case, "--out", out)
    assert kept["sha256"] == sha256(out.read_bytes()).hexdigest()
    text = PdfReader(out).pages[0].extract_text()
    assert "局标准未载入" in text
    book = tmp_path / "自评.xlsx"
    demo("case", "review", case, "--out", book)
    cells = [
        cell for row in openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
        for cell in row if cell is not None
    ]  # fmt: skip
    assert any("局标准未载入" in str(cell) for cell in cells)
    assert any(str(cell).startswith(f"{case}　") for cell in cells)
    assert "合计" in cells
    assert {made["got"], 86} <= set(cells)
    assert made["missing"][0]["remedy"] in cells


def test_the_score_is_told_in_words(command: Commands, tmp_path: Path) -> None:
    data = ("--data", tmp_path / "data", "--today", "2026-09-28")
    made = command(*data, "--json", "case", "new", "--set", "employer=演示甲公司",
                   "--set", "scope=410411", "--set", "cause=拖欠农民工工资",
                   "--set", "source=visit")  # fmt: skip
    assert made.code == 0, made.err
    told = command(*data, "case", "review", made.json["id"], "--out", tmp_path / "自评.pdf").out
    assert told.startswith("局标准未载入")
    assert "缺：" in told
    assert "合计 " in told
    assert "已存为" in told


def test_the_closed_files_of_a_year_are_listed_for_the_archive(
    demo: Done, at: Commands, tmp_path: Path
) -> None:
    out = tmp_path / "移交.xlsx"
    nothing = at("export", "archive-list", "--year", "2024", "--out", out)
    assert (nothing.code, nothing.json["error"]["kind"]) == (1, "empty")
    made = demo("export", "archive-list", "--out", out)
    assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
    first = openpyxl.load_workbook(out).worksheets[0]
    assert str(first["A1"].value).startswith("2026年结案案卷移交清单")
    assert made["rows"] >= 1
