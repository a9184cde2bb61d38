"""The case file: what belongs in it, in order, bound into one PDF with cover, contents and note."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector_app.domain.binder import (
    EVIDENCE,
    PROOF,
    FileItem,
    FilePart,
    Placed,
    in_order,
    placed,
)
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import FieldType, Paper, PaperKind, PaperState, TableRow, Value
from inspector_app.domain.term_words import date_text
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.binding import BoundPart, bind, count_pages, note_page, photo_page
from inspector_app.papers.render import render
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.papers import complete, context
from inspector_app.services.settings import get

COVER, CONTENTS, NOTE = "file_cover", "file_contents", "file_note"
PDF = "application/pdf"
Progress = Callable[[int, int], None]


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


def part_named(desk: Desk, part_id: str) -> FilePart:
    """正卷 or 副卷 by its id."""
    for part in desk.library.file_parts:
        if part.id == part_id:
            return part
    known = "、".join(f"{part.id}（{part.name}）" for part in desk.library.file_parts)
    raise UserError(f"没有名为“{part_id}”的卷。可用：{known}。", field="part", kind="unknown")


def items_of(desk: Desk, sheet: CaseSheet, part: FilePart) -> list[FileItem]:
    """What a part of the case file holds, in its order: issued papers and evidence."""
    everything = [*_papers(desk, sheet), *_evidence(desk, sheet)]
    return in_order(part, desk.library.file_parts, everything)


def _papers(desk: Desk, sheet: CaseSheet) -> Iterator[FileItem]:
    bureau = get(desk, "bureau_name")
    numbers = {paper.number: paper.id for paper in sheet.papers if paper.number}
    for paper in sheet.papers:
        if paper.state is not PaperState.ISSUED or paper.issued_on is None:
            continue
        kind = desk.library.kinds.get(paper.kind)
        yield FileItem(
            id=paper.id,
            kind=paper.kind,
            title=kind.title if kind else paper.kind,
            number=paper.number,
            maker=bureau,
            on=paper.issued_on,
            sha256=paper.sha256,
            media_type=PDF,
            follows=served_paper(paper, kind, numbers) if paper.kind == PROOF else "",
        )


def served_paper(paper: Paper, kind: PaperKind | None, numbers: dict[str, str]) -> str:
    """The first paper a proof of service lists."""
    rows = loads(paper.values, kind).get("papers") if kind else ()
    for row in rows if isinstance(rows, tuple) else ():
        number = row.get("number", "") if isinstance(row, dict) else ""
        if number in numbers:
            return numbers[number]
    return ""


def _evidence(desk: Desk, sheet: CaseSheet) -> Iterator[FileItem]:
    """Evidence of the case and of the visits that belong to it, each file once."""
    with desk.ledger.read() as view:
        visits = [visit.id for visit in sheet.inspections]
        found = [*sheet.evidence, *view.find_in(Evidence, "inspection_id", visits)]
    for one in {one.sha256: one for one in found}.values():
        yield FileItem(
            id=one.id,
            kind=EVIDENCE,
            title=one.note or Path(one.name).stem,
            number="",
            maker="",
            on=one.added_on,
            sha256=one.sha256,
            media_type=one.media_type,
        )


def bind_case(
    desk: Desk, ref: str, out: Path, part_id: str = "main", progress: Progress | None = None
) -> BoundFile:
    """Bind one part of a case file to a PDF: cover, contents, papers and evidence, closing note.

    What cannot be printed (a workbook, a film) has a page that says what it is and where it lies.
    """
    part = part_named(desk, part_id)
    sheet = case_sheet(desk, ref)
    leaves = [_leaf(desk, item) for item in items_of(desk, sheet, part)]
    if not leaves:
        raise UserError(f"{part.name}还没有材料：先制发文书或者登记证据。", field="part")
    where = placed([leaf.item for leaf in leaves], {leaf.item.id: leaf.pages for leaf in leaves})
    front = [_form(desk, sheet, kind, part, where) for kind in (COVER, CONTENTS)]
    middle = [BoundPart(_bookmark(leaf.item), leaf.pdf) for leaf in leaves]
    last = _form(desk, sheet, NOTE, part, where)
    bound = bind([*front, *middle, last], desk.fonts(), progress)
    try:
        out.write_bytes(bound.pdf)
    except OSError as error:
        raise OutsideError(f"文件“{out.name}”没有写成：{error.strerror}。") from error
    return BoundFile(out, part, bound.pages, tuple(where))


def _bookmark(item: FileItem) -> str:
    return f"{item.title}　{item.number}".strip()


def _leaf(desk: Desk, item: FileItem) -> _Leaf:
    pdf = _pages_of(desk, item)
    return _Leaf(item, pdf, count_pages(pdf))


def _pages_of(desk: Desk, item: FileItem) -> bytes:
    data = desk.files.get(item.sha256)
    try:
        if item.media_type == PDF:
            count_pages(data)
            return data
        if item.media_type.startswith("image/"):
            return photo_page(data, item.title, desk.fonts())
    except ValueError:
        pass  # damaged or not what it says it is: the page below tells what is kept
    lines = (item.title, f"电子文件，SHA-256：{item.sha256[:16]}…", "随案保存在本机证据文件夹")
    return note_page(lines, desk.fonts())


def _form(
    desk: Desk, sheet: CaseSheet, kind_id: str, part: FilePart, where: Sequence[Placed]
) -> BoundPart:
    """Cover, contents or closing note, filled from the case and from what is bound."""
    kind = desk.library.kinds[kind_id]
    values = complete(desk, kind, {}, sheet.case.id)
    values |= {name: value for name, value in _bound_values(part, where).items() if name in values}
    for field in kind.fields:
        if field.type is FieldType.TABLE:
            values[field.id] = tuple(_row(number, one) for number, one in enumerate(where, 1))
    page = render(kind, values, context(desk), desk.fonts())
    return BoundPart(kind.title, page.pdf, numbered=False)


def _bound_values(part: FilePart, where: Sequence[Placed]) -> dict[str, Value]:
    return {"part": part.name, "pages": where[-1].last, "items": len(where)}


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
