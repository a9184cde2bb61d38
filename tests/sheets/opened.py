"""Exported workbooks opened again, to look into them."""

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from inspector_app.sheets.ledger_out import LEDGER_SHEET


def sheet_of(path: Path, name: str = LEDGER_SHEET, *, values: bool = False) -> Worksheet:
    return openpyxl.load_workbook(path, data_only=values)[name]


def column(sheet: Worksheet, title: str, group: str = "") -> int:
    """Column number (from 1) of a heading."""
    current = ""
    for index in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(3, index).value, sheet.cell(4, index).value
        current = str(upper) if upper else current
        if (not group and not lower and upper == title) or (group == current and lower == title):
            return index
    raise AssertionError(f"no column {group}/{title}")
