"""Saves the rows that could not be taken in, as they were, each with the reason beside it."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # openpyxl ships no types
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]  # as above
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # as above

from inspector_app.sheets.cells import EMPTY, Cell, CellValue, Sheet
from inspector_app.sheets.importing import RejectedRow
from inspector_app.sheets.mapping import REASON_HEADING, Mapping
from inspector_app.sheets.safe import replacing, safe_text
from inspector_app.sheets.style_out import BODY_FONT, OutSheet

_REASON_WIDTH, _LEAST_WIDTH, _MOST_WIDTH = 40, 8, 30


def write_rejected(
    path: Path, sheet: Sheet, mapping: Mapping, rejected: Sequence[RejectedRow], made_on: date
) -> None:
    """Write title, unit line and heading as they were, so that the corrected file imports again."""
    book = openpyxl.Workbook()
    out = book.active
    out.title = "未导入的行"
    for index in range(mapping.first_data_row):
        _write(out, index + 1, sheet.rows[index], heading=index in mapping.header_rows)
    for top, left, bottom, right in sheet.merged:
        if bottom < mapping.first_data_row:
            out.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    reason = sheet.width + 1
    first, last = min(mapping.header_rows) + 1, max(mapping.header_rows) + 1
    title = out.cell(first, reason, REASON_HEADING)
    title.font = Font(name=BODY_FONT, bold=True)
    title.alignment = Alignment(horizontal="center", vertical="center")
    if last > first:
        out.merge_cells(start_row=first, start_column=reason, end_row=last, end_column=reason)
    for number, row in enumerate(rejected, start=mapping.first_data_row + 1):
        _write(out, number, row.cells)
        cell = out.cell(number, reason, f"第 {row.row_no} 行：{row.reason}")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _widths(out, sheet, mapping, reason)
    out.freeze_panes = out.cell(mapping.first_data_row + 1, 1)
    _save(book, path, made_on)


def _write(out: OutSheet, row: int, cells: Sequence[Cell], *, heading: bool = False) -> None:
    for column, cell in enumerate(cells, start=1):
        if cell is EMPTY:
            continue
        target = out.cell(row, column, _plain(cell))
        target.font = Font(name=BODY_FONT, bold=heading)
        if isinstance(target.value, str):
            target.number_format = "@"
        if heading:
            target.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            target.fill = PatternFill("solid", start_color="EDEDED")


def _plain(cell: Cell) -> CellValue:
    """The value as it was: numbers stay numbers, text stays text that no program executes."""
    if isinstance(cell.value, str) or cell.value is None:
        return safe_text(cell.text)
    return cell.value


def _widths(out: OutSheet, sheet: Sheet, mapping: Mapping, reason: int) -> None:
    for column, name in enumerate(mapping.headers):
        letters = get_column_letter(column + 1)
        longest = max((len(row[column].text) for row in sheet.rows[:200]), default=0)
        width = min(max(longest * 1.5, len(name) * 2, _LEAST_WIDTH), _MOST_WIDTH)
        out.column_dimensions[letters].width = width
    out.column_dimensions[get_column_letter(reason)].width = _REASON_WIDTH


def _save(book: OutSheet, path: Path, made_on: date) -> None:
    """Save with fixed times inside: the same rows on the same day give the same bytes."""
    moment = datetime.combine(made_on, time())
    book.properties.creator = ""
    book.properties.created = moment
    stamp = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    with replacing(path) as target:
        loose = target.with_name(target.name + ".part")
        try:
            book.save(loose)
            with zipfile.ZipFile(loose) as source, zipfile.ZipFile(target, "w") as fixed:
                for entry in source.infolist():
                    data = source.read(entry)
                    if entry.filename == "docProps/core.xml":
                        data = _with_time(data, moment)
                    info = zipfile.ZipInfo(entry.filename, stamp)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    fixed.writestr(info, data)
        finally:
            loose.unlink(missing_ok=True)


def _with_time(core: bytes, moment: datetime) -> bytes:
    """openpyxl writes the present moment as the time of change; the given one takes its place."""
    start = core.index(b"<dcterms:modified")
    first = core.index(b">", start) + 1
    end = core.index(b"</dcterms:modified>", first)
    return core[:first] + moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[end:]
