"""What the inspection page reads of one inspection, and its items by group with their progress."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.inspections import Answer
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import PaperState
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet, ItemLine, inspection_sheet
from inspector_app.services.settings import inspectors

ORDER, RECORD = "rectification_order", "inspection_record"
SITE = "现场情况"  # the group that is no group: times, people, opinion
ANSWERS = (Answer.YES, Answer.NO, Answer.PARTLY, Answer.NOT_APPLICABLE, Answer.UNCHECKED)


@dataclass(frozen=True, slots=True)
class VisitNews:
    """An inspection as the ledger has it now; `papers` are those made from it, by kind."""

    sheet: InspectionSheet
    people: tuple[Inspector, ...]
    papers: dict[str, str]
    case_no: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of items with how far it is."""

    title: str
    total: int
    answered: int
    failed: int


def read_visit(desk: Desk, inspection_id: str) -> VisitNews:
    """Everything the page shows; runs on the worker."""
    sheet = inspection_sheet(desk, inspection_id)
    made: dict[str, str] = {}
    case_no = ""
    if sheet.inspection.case_id:
        case = case_sheet(desk, sheet.inspection.case_id)
        case_no = case.case.case_no
        made = {
            paper.kind: paper.id
            for paper in case.papers
            if paper.inspection_id == inspection_id and paper.state is not PaperState.VOID
        }
    return VisitNews(sheet, tuple(inspectors(desk)), made, case_no)


def grouped(lines: Sequence[ItemLine]) -> dict[str, list[ItemLine]]:
    """Items by group, groups in the order in which they first appear."""
    groups: dict[str, list[ItemLine]] = {}
    for line in lines:
        groups.setdefault(line.item.group, []).append(line)
    return groups


def group_rows(sheet: InspectionSheet) -> list[GroupRow]:
    """Each group with its counts."""
    failed = {found.item_id for found in sheet.findings}
    return [
        GroupRow(
            title,
            len(lines),
            sum(line.answer is not None for line in lines),
            sum(line.item.id in failed for line in lines),
        )
        for title, lines in grouped(sheet.lines).items()
    ]


def target_name(sheet: InspectionSheet) -> str:
    """Whom or what was inspected."""
    target = sheet.project or sheet.employer
    return target.name if target else "—"
