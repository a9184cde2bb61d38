"""档案移交清单 from the menu of the case ledger."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from tests.ui.pages.conftest import Driver


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_the_files_closed_this_year_are_written_for_the_archive(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "移交.xlsx"
    save_as(monkeypatch, path)
    user.open("cases")
    user.act("export")
    user.choose("档案移交清单（2026 年结案）")
    assert user.toast() == "已导出 4 卷：移交.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert str(sheet["A1"].value).startswith("2026年结案案卷移交清单")


def test_a_year_without_closed_cases_is_told(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "x.xlsx")
    user.open("cases")
    user.act("export")
    user.choose("档案移交清单（2025 年结案）")
    assert user.toast() == "2025 年没有结案案件。"
    assert not (tmp_path / "x.xlsx").exists()


def test_leaving_the_dialog_writes_nothing(user: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    save_as(monkeypatch, "")
    user.open("cases")
    user.act("export")
    user.choose("档案移交清单（2026 年结案）")
    assert user.toast() == ""
