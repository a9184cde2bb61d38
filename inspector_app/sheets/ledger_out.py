"""Exports the case ledger and the wage list of a case as workbooks a bureau can file and send."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

import xlsxwriter  # type: ignore[import-untyped]  # xlsxwriter ships no types

from inspector_app.domain.cases import Stage
from inspector_app.sheets.ledger_columns import case_columns, claim_columns
from inspector_app.sheets.ledger_summary import write_counties, write_notes
from inspector_app.sheets.lines_out import (
    CaseLine,
    ClaimLine,
    ClaimsHead,
    ExportResult,
    LedgerHead,
)
from inspector_app.sheets.safe import file_sha256, replacing
from inspector_app.sheets.stamp import make_stamp, write_stamp
from inspector_app.sheets.style_out import Book, Formats, OutKind, OutSheet, font_size
from inspector_app.sheets.table_out import (
    FIRST_ROW,
    Table,
    TableWriter,
    column_letters,
    column_sum,
    used_columns,
)

LEDGER_SHEET = "案件台账"
CLAIMS_SHEET = "欠薪明细表"
# Above this many lines rows go to disk as they are written; below, one pass in memory is quicker.
IN_MEMORY_LINES = 5_000

Progress = Callable[[int, int], None]
L = TypeVar("L")


def write_case_ledger(
    path: Path,
    rows: Sequence[CaseLine],
    head: LedgerHead,
    *,
    masked: bool,
    progress: Progress | None = None,
) -> ExportResult:
    """Write the case ledger; `masked` makes the version that may leave the office."""
    lines = [line.masked() for line in rows] if masked else list(rows)
    everything = case_columns(
        lambda line: line.overdue(head.made_on), masked=masked, order=head.order
    )
    columns = used_columns(everything, lines)
    frozen = [column.id for column in columns].index("project_name") + 1
    table = Table(LEDGER_SHEET, columns, lines, frozen)
    left_out = [column.title for column in everything if column not in columns]
    with replacing(path) as target:
        book = new_book(target, head, len(lines))
        formats = Formats(book, head.unit, font_size(len(columns)))
        sheet = TableWriter[CaseLine](book, formats, head).write(table, progress)
        _mark_overdue(sheet, formats, table, head.made_on)
        beside = Formats(book, head.unit)
        write_counties(book, beside, head, table)
        write_notes(book, beside, head, left_out, masked=masked)
        records = [(line.case_id, _text(table, line)) for line in lines]
        write_stamp(book, make_stamp(head, "ledger", FIRST_ROW + 1, records, masked=masked))
        book.close()
    return ExportResult(len(lines), _sums(table), file_sha256(path))


def write_claims(
    path: Path,
    rows: Sequence[ClaimLine],
    head: LedgerHead,
    case: ClaimsHead,
    *,
    masked: bool,
    progress: Progress | None = None,
) -> ExportResult:
    """Write the 欠薪明细表 of one case, to be checked and signed by the workers."""
    lines = [line.masked() for line in rows] if masked else list(rows)
    columns = used_columns(claim_columns(masked=masked), lines)
    about = f"案件号：{case.case_no}  用工单位：{case.employer_name}"
    if case.project_name:
        about += f"  项目：{case.project_name}"
    frozen = [column.id for column in columns].index("name") + 1
    table = Table(CLAIMS_SHEET, columns, lines, frozen, headline=about)
    with replacing(path) as target:
        book = new_book(target, head, len(lines))
        TableWriter[ClaimLine](book, Formats(book, head.unit), head).write(table, progress)
        records = [(line.claim_id, _text(table, line)) for line in lines]
        write_stamp(book, make_stamp(head, "claims", FIRST_ROW + 1, records, masked=masked))
        book.close()
    return ExportResult(len(lines), _sums(table), file_sha256(path))


def new_book(path: Path, head: LedgerHead, lines: int) -> Book:
    """A workbook whose bytes depend on nothing but what is written into it."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": lines > IN_MEMORY_LINES})
    made_at = head.made_at or datetime.combine(head.made_on, time())
    book.set_properties(
        {"title": head.title, "company": head.bureau, "created": made_at.replace(tzinfo=None)}
    )
    return book


def _mark_overdue(sheet: OutSheet, formats: Formats, table: Table[CaseLine], today: date) -> None:
    """Red where the order's time ran out with money still owed; the word 超期 says it too."""
    ids = [column.id for column in table.columns]
    if "order_due" not in ids:
        return
    due, owing, stage = (
        column_letters(ids.index(one)) for one in ("order_due", "owing_fen", "stage")
    )
    first, closed = FIRST_ROW + 1, Stage.CLOSED.label
    day = f"DATE({today.year},{today.month},{today.day})"
    rule = (
        f'=AND(${due}{first}<>"",${due}{first}<{day},${owing}{first}>0,${stage}{first}<>"{closed}")'
    )
    for one in ("order_due", "overdue"):
        if one in ids:
            column = ids.index(one)
            sheet.conditional_format(
                FIRST_ROW,
                column,
                table.last_row,
                column,
                {"type": "formula", "criteria": rule, "format": formats.overdue()},
            )


def _text(table: Table[L], line: L) -> str:
    """The line as one text, for its hash."""
    return "\t".join(str(column.value(line)) for column in table.columns)


def _sums(table: Table[L]) -> dict[str, int]:
    return {
        column.id: column_sum(column, table.lines)
        for column in table.columns
        if column.kind is OutKind.MONEY and column.summed
    }
