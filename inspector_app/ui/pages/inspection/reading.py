"""What the inspection page reads of one inspection, and its items by group with their progress."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.inspections import Answer
from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.parties import Employer
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet, ItemLine, inspection_sheet
from inspector_app.services.order_facts import for_the_order
from inspector_app.services.parties import PartyLine, project_sheet
from inspector_app.services.settings import inspectors

ORDER, RECORD = "rectification_order", "inspection_record"
SITE = "现场情况"  # the group that is no group: times, people, opinion
ANSWERS = (Answer.YES, Answer.NO, Answer.PARTLY, Answer.NOT_APPLICABLE, Answer.UNCHECKED)


@dataclass(frozen=True, slots=True)
class OrderTarget:
    """A unit that can be ordered to put things right; `paper_id` of its order, "" when none yet.

    `employer_id` is empty for the unit the case is about.
    """

    employer_id: str
    name: str
    part: str = ""
    paper_id: str = ""


@dataclass(frozen=True, slots=True)
class VisitNews:
    """An inspection as the ledger has it now; `record_id` is the 笔录 already made from it."""

    sheet: InspectionSheet
    people: tuple[Inspector, ...]
    orders: tuple[OrderTarget, ...]
    record_id: str
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
    case = case_sheet(desk, sheet.inspection.case_id) if sheet.inspection.case_id else None
    papers = [
        paper
        for paper in (case.papers if case else ())
        if paper.inspection_id == inspection_id and paper.state is not PaperState.VOID
    ]
    main = case.employer if case else sheet.employer
    return VisitNews(
        sheet=sheet,
        people=tuple(inspectors(desk)),
        orders=_targets(desk, sheet, main, papers) if main else (),
        record_id=next((paper.id for paper in papers if paper.kind == RECORD), ""),
        case_no=case.case.case_no if case else "",
    )


def _targets(
    desk: Desk, sheet: InspectionSheet, main: Employer, papers: Sequence[Paper]
) -> tuple[OrderTarget, ...]:
    """The unit of the case first, then every unit of the site that answers for a finding."""
    made = {
        str(loads(paper.values, desk.library.kinds[ORDER]).get("party") or main.name): paper.id
        for paper in papers
        if paper.kind == ORDER
    }
    found = [OrderTarget("", main.name, paper_id=made.get(main.name, ""))]
    parts: dict[str, list[PartyLine]] = {}
    for line in project_sheet(desk, sheet.project.id).parties if sheet.project else ():
        parts.setdefault(line.employer.id, []).append(line)
    for employer_id, lines in parts.items():
        roles = [line.party.role for line in lines]
        if employer_id != main.id and for_the_order(desk, sheet, roles, employer=False):
            name, part = lines[0].employer.name, "、".join(role.label for role in roles)
            found.append(OrderTarget(employer_id, name, part, made.get(name, "")))
    return tuple(found)


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
