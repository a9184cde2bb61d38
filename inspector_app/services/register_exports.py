"""The registers of papers as workbooks to keep or to send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from inspector_app.domain.access import Field
from inspector_app.domain.papers import Audience
from inspector_app.errors import UserError
from inspector_app.services.access import note_export
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


@dataclass(frozen=True, slots=True)
class RegisterBook(Generic[Row, M]):
    """One register: how its rows are read, and how they stand in a workbook."""

    title: str
    columns: Sequence[OutColumn[M]]
    read: Callable[[Desk, RegisterQuery], list[Row]]
    line: Callable[[Desk, Row], M]

    def export(
        self,
        desk: Desk,
        path: Path,
        query: RegisterQuery = EVERY,
        *,
        masked: bool = True,
        why: str = "",
        progress: Progress | None = None,
    ) -> ExportResult:
        """Read what a query leaves and write it; UserError when that is nothing."""
        rows = self.read(desk, query)
        return self.write(desk, path, rows, masked=masked, why=why, progress=progress)

    def write(
        self,
        desk: Desk,
        path: Path,
        rows: Sequence[Row],
        *,
        masked: bool = True,
        why: str = "",
        progress: Progress | None = None,
    ) -> ExportResult:
        """Write rows that were read before; UserError when there are none.

        What is not `masked` needs the right and a reason, and is on record.
        """
        if not rows:
            raise UserError("没有符合条件的内容可以导出。", kind="empty")
        head = replace(ledger_head(desk), title=self.title)
        lines = [self.line(desk, row) for row in rows]
        if not masked:
            note_export(desk, why, (Field.NAME, Field.ADDRESS), len(rows))
        return write_register(path, self.columns, lines, head, masked=masked, progress=progress)


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


# documents.md 3.6, the services, and the papers that wait for their service or their receipt.
PAPER_BOOK = RegisterBook("文书登记台账", PAPERS, paper_register, _paper_line)
SERVICE_BOOK = RegisterBook("送达登记台账", SERVICES, service_register, _service_line)
MISSING_BOOK = RegisterBook("未送达和缺送达回证清单", MISSING, missing_receipts, _missing_line)
