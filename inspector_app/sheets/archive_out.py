"""The list of case files handed to the archive: one line a case, signed by both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspector_app.domain.masking import mask_text
from inspector_app.sheets.ledger_out import Progress
from inspector_app.sheets.lines_out import ExportResult, LedgerHead
from inspector_app.sheets.register_out import write_register
from inspector_app.sheets.style_out import OutKind
from inspector_app.sheets.table_out import OutColumn

T, C, D, N, S = OutKind.TEXT, OutKind.CENTRE, OutKind.DATE, OutKind.COUNT, OutKind.SERIAL
SIGNED = ("移交人：", "接收人：", "移交日期：")


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """A closed case with what its file holds; `keep` is empty while the bureau chose nothing."""

    case_id: str
    archive_no: str
    case_no: str
    title: str
    filed_on: date | None
    closed_on: date | None
    way: str
    main_items: int
    main_pages: int
    side_items: int
    side_pages: int
    keep: str
    archived_on: date | None

    @property
    def key(self) -> str:
        """Which record it is."""
        return self.case_id

    def masked(self) -> "ArchiveLine":
        """The line as it may leave the office."""
        return replace(self, title=mask_text(self.title))


COLUMNS: tuple[OutColumn[ArchiveLine], ...] = (
    OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
    OutColumn("archive_no", "档号", 14, C, lambda a: a.archive_no, keep=True),
    OutColumn("case_no", "案号", 18, C, lambda a: a.case_no, keep=True),
    OutColumn("title", "案件名称", 28, T, lambda a: a.title, keep=True),
    OutColumn("filed_on", "立案日期", 11, D, lambda a: a.filed_on, keep=True),
    OutColumn("closed_on", "结案日期", 11, D, lambda a: a.closed_on, keep=True),
    OutColumn("way", "结案方式", 12, T, lambda a: a.way, keep=True),
    OutColumn("main_items", "件数", 6, N, lambda a: a.main_items, "正卷", keep=True),
    OutColumn("main_pages", "页数", 6, N, lambda a: a.main_pages, "正卷", keep=True),
    OutColumn("side_items", "件数", 6, N, lambda a: a.side_items, "副卷", keep=True),
    OutColumn("side_pages", "页数", 6, N, lambda a: a.side_pages, "副卷", keep=True),
    OutColumn("keep", "保管期限", 9, C, lambda a: a.keep, keep=True),
    OutColumn("box", "盒号", 7, C, lambda _: "", keep=True),
    OutColumn("archived_on", "归档日期", 11, D, lambda a: a.archived_on, keep=True),
    OutColumn("note", "备注", 12, T, lambda _: "", keep=True),
)


def write_archive_list(
    path: Path, lines: Sequence[ArchiveLine], head: LedgerHead, progress: Progress | None = None
) -> ExportResult:
    """Write the list; the box and the remarks are filled in by hand."""
    return write_register(
        path, COLUMNS, lines, head, masked=False, progress=progress, signatures=SIGNED
    )
