"""Reads workbooks (.xlsx .xls .xlsb .ods) and tells what the cells do not say by themselves."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

import python_calamine as calamine
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from inspector_app.errors import DAMAGED_ZIP, UserError
from inspector_app.sheets.cells import Cell, CellFlag, MergedRange, Sheet, make_cell, make_sheet

# More cells than any ledger has: 100,000 rows of 60 columns.
MAX_CELLS = 6_000_000
_TOO_LARGE = "表“{name}”的范围有 {rows} 行 {columns} 列，过大。请删除末尾的空行空列后再导入。"
_DAMAGED = "文件已损坏或设有密码，打不开。请去掉密码，或者重新索要、重新下载。"

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A cell with something inside. The reader lays out the whole rectangle up to the last such
# cell in memory, and one stray cell in the far corner would end the program: look first.
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</)')
_FAR = re.compile(rb' r="([A-Z]{2,3})\d{1,7}"[^>]*(?<!/)>(?!</)')
_ODD = re.compile(
    rb'<(?:\w+:)?c\s(?P<attributes>[^>]*?\br="(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})"[^>]*)'
    rb"(?<!/)>(?P<inside>.*?)</(?:\w+:)?c>",
    re.DOTALL,
)
_ODD_SIGNS = tuple(re.compile(sign) for sign in (rb't="e"', rb"<f[ />]", rb":f[ />]"))
_HAS_VALUE = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>[^<]")


def read_book(path: Path) -> list[Sheet]:
    """Every worksheet of the workbook, also the hidden ones (they say so)."""
    parts = _sheet_parts(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            return [
                _read_sheet(book, meta, parts.get(meta.name, b""))
                for meta in book.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise UserError("文件设有打开密码。请去掉密码后再导入。", kind="file") from error
    except calamine.CalamineError as error:
        message = "文件已损坏或不是表格，打不开。请在表格软件中另存为 xlsx 后再导入。"
        raise UserError(message, kind="file") from error


def _read_sheet(
    book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, part: bytes
) -> Sheet:
    if part:
        check_extent(meta.name, *_extent(part))
    source = book.get_sheet_by_name(meta.name)
    if source.end is not None:
        check_extent(meta.name, source.end[0] + 1, source.end[1] + 1)
    rows = [[make_cell(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    for row, column, flag in _odd_cells(part):
        if row < len(rows) and column < len(rows[row]):
            shown = "#N/A" if flag is CellFlag.ERROR else ""
            rows[row][column] = Cell(shown, None, flag)
    merged: list[MergedRange] = [
        (top, left, bottom, right)
        for (top, left), (bottom, right) in source.merged_cell_ranges or []
    ]
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    return make_sheet(meta.name, rows, merged, hidden=hidden)


def check_extent(name: str, rows: int, columns: int) -> None:
    """Refuse a sheet that would not fit into memory."""
    if rows * columns > MAX_CELLS:
        raise UserError(_TOO_LARGE.format(name=name, rows=rows, columns=columns), kind="file")


def _extent(part: bytes) -> tuple[int, int]:
    """Rows and columns up to the last filled cell, from the XML of a sheet."""
    widest = max((column_number(match[1]) for match in _FAR.finditer(part)), default=26)
    last = 0
    start = len(part)
    while start > 0 and not last:
        # Rows stand in order: the last filled cell of the file is in the last filled row.
        start = max(part.rfind(b"<row", 0, start), part.rfind(b":row", 0, start), 0)
        numbers = [int(match[2]) for match in _FILLED.finditer(part, start)]
        last = max(numbers, default=0)
    return last, widest


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _odd_cells(part: bytes) -> Iterator[tuple[int, int, CellFlag]]:
    """Cells the reader returns as blank though they are not: errors, formulas never calculated."""
    signs = (found for sign in _ODD_SIGNS for found in sign.finditer(part))
    for sign in signs:
        # From the sign back to the cell it belongs to, which opens at most a formula before it.
        near, end = max(sign.start() - 500, 0), sign.end()
        start = max(part.rfind(b"<c ", near, end), part.rfind(b":c ", near, end) - 1)
        cell = _ODD.match(part, part.rfind(b"<", near, start + 2)) if start >= near else None
        if cell is None:
            continue  # the sign stands in a rule beside the cells
        row, column = int(cell["row"]) - 1, column_number(cell["column"]) - 1
        if b't="e"' in cell["attributes"]:
            yield row, column, CellFlag.ERROR
        elif not _HAS_VALUE.search(cell["inside"]):
            yield row, column, CellFlag.NO_VALUE


def _sheet_parts(path: Path) -> dict[str, bytes]:
    """XML of each worksheet by its name; nothing for formats that are not .xlsx."""
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as package:
            return _parts_of(package)
    except (*DAMAGED_ZIP, KeyError, etree.XMLSyntaxError) as error:
        raise UserError(_DAMAGED, kind="file") from error


def _parts_of(package: zipfile.ZipFile) -> dict[str, bytes]:
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        return {}
    targets = {
        relation.get("Id"): relation.get("Target")
        for relation in _parse(package.read("xl/_rels/workbook.xml.rels"))
    }
    return {
        sheet.get("name", ""): package.read(part)
        for sheet in _parse(package.read("xl/workbook.xml")).iter("{*}sheet")
        if (part := _part_name(targets.get(sheet.get(_RELATION)))) in names
    }


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root: Element = etree.fromstring(data, parser)
    return root


def _part_name(target: str | None) -> str:
    if not target:
        return ""
    if target.startswith("/"):
        return target[1:]
    return str(PurePosixPath("xl") / target)
