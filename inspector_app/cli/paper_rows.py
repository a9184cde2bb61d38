"""Papers as rows, the same in every verb that lists them."""

from collections.abc import Sequence
from pathlib import Path

from inspector_app.cli.session import Json, plain
from inspector_app.services.desk import Desk
from inspector_app.services.papers import PaperRow


def paper_document(
    desk: Desk, rows: Sequence[PaperRow], out: Path | None = None
) -> dict[str, Json]:
    """`{"papers": […]}`; `file` is where the PDF lies: the copy just written, else the archive."""
    return {"papers": [_row(desk, row, out) for row in rows]}


def _row(desk: Desk, row: PaperRow, out: Path | None) -> Json:
    stored = str(desk.files.path(row.sha256)) if row.sha256 else ""
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "case": row.case_no,
        "case_id": row.case_id,
        "file": str(out) if out else stored,
        "sha256": row.sha256,
        "state": row.state.value,
        "issued_on": plain(row.issued_on),
        "served_on": plain(row.served_on),
        "parties": [
            {
                "party": one.party,
                "served_on": plain(one.on),
                "method": one.service.method.value if one.service else "",
            }
            for one in row.deliveries
            if one.party
        ],
        "deadline": plain(row.deadline),
        "void_reason": row.void_reason,
    }


def register_line(row: PaperRow) -> str:
    """One line of the register."""
    return f"{row.number or '—'}  {row.title}  {row.employer}  {row.state.label}  {row.id}"
