"""A hidden sheet that says which export a workbook is, and which record stands in which row."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.sheets.lines_out import LedgerHead
from inspector_app.sheets.safe import safe_text
from inspector_app.sheets.style_out import Book

STAMP_SHEET = "_往返"
_NAMESPACE = uuid.UUID("5f0a3f3a-6f0c-5d53-9a27-0f6f7a1b2c3d")
_FIRST_ENTRY = 8


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which export a workbook is: its id, when, what, and which record stands in which row."""

    export_id: str
    made_at: str
    content: str  # ledger or claims
    masked: bool
    digest: str
    records: tuple[tuple[int, str, str], ...]  # row as the spreadsheet shows it, id, hash


def make_stamp(
    head: LedgerHead,
    content: str,
    first_row: int,
    records: Sequence[tuple[str, str]],
    *,
    masked: bool,
) -> Stamp:
    """The stamp of an export; `records` are ids with the text of their line, in order."""
    entries = tuple(
        (first_row + number, record_id, hashlib.sha256(safe_text(text).encode()).hexdigest())
        for number, (record_id, text) in enumerate(records)
    )
    whole = "\n".join(f"{row} {record_id} {digest}" for row, record_id, digest in entries)
    digest = hashlib.sha256(f"{content}\n{masked}\n{whole}".encode()).hexdigest()
    made_at = head.made_at.isoformat() if head.made_at else head.made_on.isoformat()
    export_id = head.export_id or str(uuid.uuid5(_NAMESPACE, f"{made_at} {digest}"))
    return Stamp(export_id, made_at, content, masked, digest, entries)


def write_stamp(book: Book, stamp: Stamp) -> None:
    """Add the hidden sheet."""
    sheet = book.add_worksheet(STAMP_SHEET)
    sheet.very_hidden()
    facts = (
        ("export_id", stamp.export_id),
        ("made_at", stamp.made_at),
        ("content", stamp.content),
        ("masked", "yes" if stamp.masked else "no"),
        ("digest", stamp.digest),
    )
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for column, name in enumerate(("row", "id", "hash")):
        sheet.write_string(_FIRST_ENTRY - 2, column, name)
    for row, (number, record_id, digest) in enumerate(stamp.records, start=_FIRST_ENTRY - 1):
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, record_id)
        sheet.write_string(row, 2, digest)
