"""Binds a part of a case file into one PDF with cover, contents, page numbers and closing note."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.binder import (
    CONTENTS,
    COVER,
    EVIDENCE,
    NOTE,
    FileItem,
    FilePart,
    Placed,
    placed,
)
from inspector_app.domain.papers import FieldType, TableRow, Value
from inspector_app.domain.term_words import date_text
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.binding import BoundPart, bind, count_pages, note_page, photo_page
from inspector_app.papers.pictures import slimmed
from inspector_app.papers.render import render
from inspector_app.services.case_file import PDF, PICTURE, items_of, own_form, part_named
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.case_trail import NAME, trail_of
from inspector_app.services.desk import Desk
from inspector_app.services.papers import complete, context
from inspector_app.sheets.safe import replacing

Progress = Callable[[int, int], None]
"""Told how far it is; what it raises stops the work before anything is written."""
FORMS = 3  # cover, contents, note


@dataclass(frozen=True, slots=True)
class BoundPdf:
    """A bound part of a case file, in memory only."""

    pdf: bytes
    part: FilePart
    pages: int
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A bound part of a case file as it was written."""

    path: Path
    part: FilePart
    pages: int
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An item with the pages it is bound as."""

    item: FileItem
    pdf: bytes
    pages: int


def _nobody(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""


def bind_case(
    desk: Desk, ref: str, out: Path, part_id: str = "main", progress: Progress = _nobody
) -> BoundFile:
    """Bind one part of a case file to a PDF on disk, see `bound_case`.

    The file appears when it is complete; stopped before, the one that was there stays.
    """
    made = bound_case(desk, ref, part_id, progress)
    with replacing(out) as target:
        target.write_bytes(made.pdf)
    return BoundFile(out, made.part, made.pages, made.placed)


def bound_case(
    desk: Desk, ref: str, part_id: str = "main", progress: Progress = _nobody
) -> BoundPdf:
    """One part of a case file as a PDF: cover, contents, papers and evidence, closing note.

    What cannot be printed (a workbook, a film) has a page that says what it is and where it lies.
    The trail of the case goes along inside the file (see services.case_trail).
    No file is written: what an encrypted ledger holds stays in memory until its taker has it.
    """
    part = part_named(desk, part_id)
    sheet = case_sheet(desk, ref)
    items = items_of(desk, sheet, part)
    if not items:
        raise UserError(f"{part.name}还没有材料：先制发文书或者登记证据。", field="part")
    total = 2 * len(items) + FORMS
    leaves = []
    for done, item in enumerate(items):
        progress(done, total)
        leaves.append(_leaf(desk, item))
    where = placed(items, {leaf.item.id: leaf.pages for leaf in leaves})
    facts = _bound_values(desk, sheet, part, where)
    cover, contents, note = (
        _form(desk, sheet, kind, part, facts, where) for kind in (COVER, CONTENTS, NOTE)
    )
    middle = [BoundPart(_bookmark(leaf.item), leaf.pdf) for leaf in leaves]
    bound = bind(
        [cover, contents, *middle, note],
        desk.fonts(),
        lambda done, _parts: progress(len(items) + done, total),
        {NAME: trail_of(desk, sheet.case.id)},
    )
    return BoundPdf(bound.pdf, part, bound.pages, tuple(where))


def _bookmark(item: FileItem) -> str:
    return f"{item.title}　{item.number}".strip()


def _leaf(desk: Desk, item: FileItem) -> _Leaf:
    pdf = _pages_of(desk, item)
    return _Leaf(item, pdf, count_pages(pdf))


def _pages_of(desk: Desk, item: FileItem) -> bytes:
    if not item.sha256:
        return note_page((_bookmark(item), item.note, "原件附于此页之后"), desk.fonts())
    data = _stored(desk, item)
    try:
        if item.media_type == PDF:
            count_pages(data)
            return slimmed(data) if item.kind == EVIDENCE else data
        if item.media_type.startswith(PICTURE):
            return photo_page(data, item.title, desk.fonts())
    except ValueError:
        pass  # damaged or not what it says it is: the page below tells what is kept
    lines = (item.title, f"电子文件，SHA-256：{item.sha256[:16]}…", "随案保存在本机证据文件夹")
    return note_page(lines, desk.fonts())


def _stored(desk: Desk, item: FileItem) -> bytes:
    try:
        return desk.files.get(item.sha256)
    except OutsideError as error:
        raise OutsideError(f"{_bookmark(item)}：{error.message}", kind=error.kind) from error


# ── cover, contents, closing note ────────────────────────────────────────────────────────────
def _form(
    desk: Desk,
    sheet: CaseSheet,
    kind_id: str,
    part: FilePart,
    facts: Mapping[str, Value],
    where: Sequence[Placed],
) -> BoundPart:
    """What somebody issued for this part, else the form filled from what is bound.

    The contents are always the program's own: typed page numbers would be those of another day.
    """
    kind = desk.library.kinds[kind_id]
    own = own_form(desk, sheet, kind_id, part) if kind_id != CONTENTS else None
    if own is not None:
        return BoundPart(kind.title, desk.files.get(own.sha256), numbered=False)
    values = complete(desk, kind, {}, sheet.case.id)
    values |= {name: value for name, value in facts.items() if name in values}
    for field in kind.fields:
        if field.type is FieldType.TABLE:
            values[field.id] = tuple(_row(number, one) for number, one in enumerate(where, 1))
    page = render(kind, values, context(desk), desk.fonts())
    return BoundPart(kind.title, page.pdf, numbered=False)


def _bound_values(
    desk: Desk, sheet: CaseSheet, part: FilePart, where: Sequence[Placed]
) -> Mapping[str, Value]:
    """What only the binding knows. A part with nothing in it is no volume."""
    volumes = [one.id for one in desk.library.file_parts if items_of(desk, sheet, one)]
    return {
        "part": part.name,
        "pages": where[-1].last,
        "items": len(where),
        "volumes": len(volumes),
        "volume_no": volumes.index(part.id) + 1,
    }


def _row(number: int, one: Placed) -> TableRow:
    item = one.item
    return {
        "no": str(number),
        "number": item.number,
        "maker": item.maker,
        "title": item.title,
        "dated": date_text(item.on),
        "pages": one.pages,
        "note": item.note,
    }
