"""档案移交清单: the cases closed in a year, with what each file holds and how long it is kept."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from inspector_app.domain.cases import Case, Stage
from inspector_app.errors import UserError
from inspector_app.services.case_file import PartContents, file_of
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.exports import ledger_head
from inspector_app.services.settings import get
from inspector_app.sheets.archive_out import ArchiveLine, write_archive_list
from inspector_app.sheets.lines_out import ExportResult

Progress = Callable[[int, int], None]
CLOSE, ARCHIVE = "close", "archive"
KEEP_YEARS = "file_keep_years"


def archive_list(
    desk: Desk, year: int, *, waiting: bool = False, progress: Progress | None = None
) -> list[ArchiveLine]:
    """The cases closed in a year by their day; `waiting` leaves out those filed away already."""
    cases = _closed_in(desk, year, waiting=waiting)
    keep = get(desk, KEEP_YEARS)
    lines = []
    for done, case in enumerate(cases):
        if progress:
            progress(done, len(cases))
        lines.append(_line(desk, case_sheet(desk, case.id), f"{keep}年" if keep else ""))
    return lines


def export_archive_list(
    desk: Desk,
    path: Path,
    year: int,
    *,
    waiting: bool = False,
    progress: Progress | None = None,
) -> ExportResult:
    """The list as a workbook to sign; UserError when nothing was closed in that year."""
    lines = archive_list(desk, year, waiting=waiting, progress=progress)
    if not lines:
        rest = "待归档的" if waiting else ""
        raise UserError(f"{year} 年没有{rest}结案案件。", field="year", kind="empty")
    head = replace(ledger_head(desk), title=f"{year}年结案案卷移交清单")
    return write_archive_list(path, lines, head)


def _closed_in(desk: Desk, year: int, *, waiting: bool) -> list[Case]:
    stages = (Stage.CLOSED,) if waiting else (Stage.CLOSED, Stage.ARCHIVED)
    with desk.ledger.read() as view:
        found = view.find_in(Case, "stage", stages)
    closed = [case for case in found if case.closed_on and case.closed_on.year == year]
    return sorted(closed, key=lambda case: (case.closed_on, len(case.case_no), case.case_no))


def _line(desk: Desk, sheet: CaseSheet, keep: str) -> ArchiveLine:
    case, file = sheet.case, file_of(desk, sheet)
    main, side = _counts(file.part("main")), _counts(file.part("side"))
    filed_away = sheet.situation.last_event(ARCHIVE)
    return ArchiveLine(
        case_id=case.id,
        archive_no=filed_away.number if filed_away else "",
        case_no=case.case_no,
        title=f"{sheet.employer.name}{case.cause}案",
        filed_on=case.filed_on,
        closed_on=case.closed_on,
        way=_way(sheet),
        main_items=main[0],
        main_pages=main[1],
        side_items=side[0],
        side_pages=side[1],
        keep=keep,
        archived_on=filed_away.on if filed_away else None,
    )


def _counts(contents: PartContents) -> tuple[int, int]:
    return len(contents.placed), contents.pages


def _way(sheet: CaseSheet) -> str:
    closing = sheet.situation.last_event(CLOSE)
    way = sheet.situation.procedure.closings.get(closing.outcome) if closing else None
    return way.name if way else ""
