"""Which papers can be made for a case, as entries of a menu: the usual ones, and a way to all."""

from collections.abc import Callable
from functools import partial

from inspector_app.domain.cases import Case
from inspector_app.services.paper_choice import paper_choices
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.papers_new import NewFor


def paper_entries(
    context: UiContext, case: Case, start: Callable[[str], object]
) -> list[Entry | None]:
    """The papers of the case's stage, then all kinds on the page of a new paper.

    The library is in memory, so the main thread may ask.
    """
    usual = [one.kind for one in paper_choices(context.desk, case.stage) if one.usual]
    every = partial(context.open_page, "papers", NewFor(case.case_no))
    entries: list[Entry | None] = [
        Entry(f"开具{kind.title}", partial(start, kind.id), "document_add_20") for kind in usual
    ]
    line: list[Entry | None] = [None] if usual else []
    return [*entries, *line, Entry("其他文书…", every, "list_20")]
