"""What the file of a case holds: issued papers, papers made outside, evidence, with their pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from inspector_app.domain.binder import (
    EVIDENCE,
    FILE_FORMS,
    PROOF,
    FileItem,
    FilePart,
    Placed,
    in_order,
    placed,
)
from inspector_app.domain.facts import OUTSIDE_PAPER
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperKind, PaperState
from inspector_app.errors import OutsideError, UserError
from inspector_app.papers.binding import count_pages
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.settings import get

PDF, PICTURE = "application/pdf", "image/"
MADE_OUTSIDE = "程序外制作"


@dataclass(frozen=True, slots=True)
class PartContents:
    """One part of a case file: what is in it, in order, on which pages."""

    part: FilePart
    placed: tuple[Placed, ...]

    @property
    def pages(self) -> int:
        """How many pages bear a number."""
        return self.placed[-1].last if self.placed else 0


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The file of a case as it would be bound now; drafts are not in it."""

    parts: tuple[PartContents, ...]
    drafts: int

    def part(self, part_id: str) -> PartContents:
        """One part by its id."""
        return next(one for one in self.parts if one.part.id == part_id)


def part_named(desk: Desk, part_id: str) -> FilePart:
    """正卷 or 副卷 by its id."""
    for part in desk.library.file_parts:
        if part.id == part_id:
            return part
    known = "、".join(f"{part.id}（{part.name}）" for part in desk.library.file_parts)
    raise UserError(f"没有名为“{part_id}”的卷。可用：{known}。", field="part", kind="unknown")


def case_file(desk: Desk, ref: str) -> CaseFile:
    """Both parts of the file of a case with the pages everything would stand on."""
    return file_of(desk, case_sheet(desk, ref))


def file_of(desk: Desk, sheet: CaseSheet) -> CaseFile:
    """Both parts of the file of a case that was read before."""
    everything = _everything(desk, sheet)
    parts = desk.library.file_parts
    contents = (
        PartContents(part, _on_pages(desk, in_order(part, parts, everything))) for part in parts
    )
    drafts = sum(1 for paper in sheet.papers if paper.state is PaperState.DRAFT)
    return CaseFile(tuple(contents), drafts)


def items_of(desk: Desk, sheet: CaseSheet, part: FilePart) -> list[FileItem]:
    """What a part of the case file holds, in its order."""
    return in_order(part, desk.library.file_parts, _everything(desk, sheet))


def own_form(desk: Desk, sheet: CaseSheet, kind_id: str, part: FilePart) -> Paper | None:
    """A cover or closing note somebody filled in and issued for this part, the latest."""
    kind = desk.library.kinds[kind_id]
    own = [
        paper
        for paper in sheet.papers
        if paper.kind == kind_id
        and paper.state is PaperState.ISSUED
        and loads(paper.values, kind).get("part") == part.name
    ]
    return max(own, key=lambda paper: paper.id, default=None)


# ── what is in it ────────────────────────────────────────────────────────────────────────────
def _everything(desk: Desk, sheet: CaseSheet) -> list[FileItem]:
    return [*_papers(desk, sheet), *_outside(desk, sheet), *_evidence(desk, sheet)]


def _papers(desk: Desk, sheet: CaseSheet) -> Iterator[FileItem]:
    bureau = get(desk, "bureau_name")
    numbers = {paper.number: paper.id for paper in sheet.papers if paper.number}
    for paper in sheet.papers:
        if paper.state is not PaperState.ISSUED or paper.issued_on is None:
            continue
        if paper.kind in FILE_FORMS:
            continue  # the file is bound with them, not of them
        kind = desk.library.kinds.get(paper.kind)
        yield FileItem(
            id=paper.id,
            kind=paper.kind,
            title=sheet.title(paper),
            number=paper.number,
            maker=bureau,
            on=paper.issued_on,
            sha256=paper.sha256,
            media_type=PDF,
            follows=served_paper(paper, kind, numbers) if paper.kind == PROOF else "",
            pages=paper.pages,
        )


def served_paper(paper: Paper, kind: PaperKind | None, numbers: Mapping[str, str]) -> str:
    """The first paper a proof of service lists."""
    rows = loads(paper.values, kind).get("papers") if kind else ()
    for row in rows if isinstance(rows, tuple) else ():
        number = row.get("number", "") if isinstance(row, dict) else ""
        if number in numbers:
            return numbers[number]
    return ""


def _outside(desk: Desk, sheet: CaseSheet) -> Iterator[FileItem]:
    """Papers made outside the program: a page keeps the place of each original."""
    bureau = get(desk, "bureau_name")
    events = {event.id: event for event in sheet.events if event.step == OUTSIDE_PAPER}
    for fact in sheet.situation.facts.all:
        event = events.get(fact.ref)
        # Entered again with its service it is the same paper: the facts have it once.
        if event is None or fact.code != f"issued:{event.paper_kind}":
            continue
        yield FileItem(
            id=event.id,
            kind=event.paper_kind,
            title=desk.library.procedure.papers[event.paper_kind],
            number=event.number,
            maker=bureau,
            on=event.on,
            sha256="",
            media_type="",
            note=MADE_OUTSIDE,
            pages=1,
        )


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
            pages=0 if one.media_type == PDF else 1,
        )


# ── on which pages ───────────────────────────────────────────────────────────────────────────
def _on_pages(desk: Desk, items: Iterable[FileItem]) -> tuple[Placed, ...]:
    counted = [_counted(desk, item) for item in items]
    return tuple(placed(counted, {item.id: item.pages for item in counted}))


def _counted(desk: Desk, item: FileItem) -> FileItem:
    """The item with its pages; a scan is opened to count them, one that is lost says so."""
    if item.pages:
        return item
    try:
        return replace(item, pages=count_pages(desk.files.get(item.sha256)))
    except ValueError:
        return replace(item, pages=1)  # damaged: bound as a page that says where it lies
    except OutsideError as error:
        return replace(item, pages=1, note=error.message)
