"""Where to mend what a review would miss: the paper, the service, the step, else the tab."""

from collections.abc import Container, Iterator, Mapping

from inspector_app.domain.review import ReviewLine
from inspector_app.library.paper_kinds import PaperKinds
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.pages.case.moves import against, option_of
from inspector_app.ui.pages.case.next_step import Act, Do, paper_act, step_act, unserved

SERVE = "serve"
PLACES: Mapping[str, str] = {
    "facts": "去案情",
    "claims": "去劳动者",
    "papers": "去文书",
    "visits": "去检查与证据",
    "todos": "去待办",
}
"""Tabs a line of the standard may point at."""


def mend(sheet: CaseSheet, line: ReviewLine, kinds: PaperKinds) -> Act:
    """The button that brings what a line lacks; where the program knows none, its place."""
    codes = [code for group in line.lacking for code in group]
    found = (act for code in codes for act in _acts(sheet, code, kinds))
    return next(found, place_act(line.item.jump))


def place_act(jump: str) -> Act:
    """The place the standard names."""
    if jump == SERVE:
        return Act("登记送达", Do.SERVE)
    return Act(PLACES.get(jump, PLACES["papers"]), Do.TAB, jump if jump in PLACES else "papers")


def _acts(sheet: CaseSheet, code: str, kinds: PaperKinds) -> Iterator[Act]:
    head, mark, group = code.partition(":")
    if mark and head == "served" and _waits(sheet, group.split("|")):
        yield Act("登记送达", Do.SERVE)
    elif mark and head in ("issued", "served"):
        yield paper_act(sheet, group, kinds, kinds.title)
    elif not mark:
        option = option_of(sheet, code.partition("=")[0])
        if option is not None and not against(sheet, option):
            yield step_act(option)


def _waits(sheet: CaseSheet, kinds: Container[str]) -> bool:
    return any(paper.kind in kinds for paper in unserved(sheet))
