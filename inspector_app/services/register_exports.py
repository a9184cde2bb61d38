"""The registers of papers as workbooks to keep or to send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from inspector_app.domain.papers import Audience
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.exports import ledger_head
from inspector_app.services.paper_registers import (
    EVERY,
    NO_RECEIPT,
    UNSERVED,
    MissingRow,
    RegisterQuery,
    RegisterRow,
    ServiceRow,
    missing_receipts,
    paper_register,
    service_register,
)
from inspector_app.sheets.lines_out import ExportResult
from inspector_app.sheets.register_lines import MissingLine, PaperLine, ServiceLine
from inspector_app.sheets.register_out import MISSING, PAPERS, SERVICES, M, write_register
from inspector_app.sheets.table_out import OutColumn

Progress = Callable[[int, int], None]
Row = TypeVar("Row")
LACKS: Mapping[str, str] = {UNSERVED: "未送达", NO_RECEIPT: "缺送达回证"}


def export_papers(
    desk: Desk,
    path: Path,
    query: RegisterQuery = EVERY,
    *,
    masked: bool = False,
    progress: Progress | None = None,
) -> ExportResult:
    """The paper register (documents.md 3.6)."""
    lines = [_paper_line(desk, row) for row in paper_register(desk, query)]
    return _write(desk, path, "文书登记台账", PAPERS, lines, masked, progress)


def export_services(
    desk: Desk,
    path: Path,
    query: RegisterQuery = EVERY,
    *,
    masked: bool = False,
    progress: Progress | None = None,
) -> ExportResult:
    """The service register."""
    lines = [_service_line(desk, row) for row in service_register(desk, query)]
    return _write(desk, path, "送达登记台账", SERVICES, lines, masked, progress)


def export_missing(
    desk: Desk,
    path: Path,
    query: RegisterQuery = EVERY,
    *,
    masked: bool = False,
    progress: Progress | None = None,
) -> ExportResult:
    """Papers that wait for their service or for their receipt."""
    lines = [_missing_line(desk, row) for row in missing_receipts(desk, query)]
    return _write(desk, path, "未送达和缺送达回证清单", MISSING, lines, masked, progress)


def _write(
    desk: Desk,
    path: Path,
    title: str,
    columns: Sequence[OutColumn[M]],
    lines: Sequence[M],
    masked: bool,
    progress: Progress | None,
) -> ExportResult:
    if not lines:
        raise UserError("没有符合条件的内容可以导出。", kind="empty")
    head = replace(ledger_head(desk), title=title)
    return write_register(path, columns, lines, head, masked=masked, progress=progress)


def _person(desk: Desk, kind: str) -> bool:
    """Whether papers of that kind go to whoever reported: a natural person."""
    known = desk.library.kinds.get(kind)
    return known is not None and known.audience is Audience.REPORTER


def _paper_line(desk: Desk, row: RegisterRow) -> PaperLine:
    return PaperLine(
        paper_id=row.id,
        number=row.number,
        title=row.title,
        case_no=row.case_no,
        party=row.party,
        person=_person(desk, row.kind),
        state=row.state.label,
        issued_on=row.issued_on,
        signer=row.signer,
        method=row.method,
        served_on=row.served_on,
        deadline=row.deadline,
        performance=row.performance,
        voided=row.voided,
    )


def _service_line(desk: Desk, row: ServiceRow) -> ServiceLine:
    return ServiceLine(
        service_id=row.id,
        case_no=row.case_no,
        party=row.party,
        person=any(_person(desk, kind) for kind in row.kinds),
        papers="；".join(row.papers),
        method=row.method.label,
        served_on=row.served_on,
        counts_on=row.counts_on,
        receiver=row.receiver,
        relation=row.relation,
        place=row.place,
        proof=row.proof,
        receipt=row.receipt,
        note=row.note,
    )


def _missing_line(desk: Desk, row: MissingRow) -> MissingLine:
    return MissingLine(
        paper_id=row.paper_id,
        number=row.number,
        title=row.title,
        case_no=row.case_no,
        party=row.party,
        person=_person(desk, row.kind),
        lacks=LACKS[row.lacks],
        since=row.since,
        days=row.days,
    )
