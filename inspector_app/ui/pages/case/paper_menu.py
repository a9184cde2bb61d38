"""Which papers can be made for a case, as entries of a menu."""

from collections.abc import Callable
from functools import partial

from inspector_app.services.papers import kinds
from inspector_app.ui.actions import Entry
from inspector_app.ui.context import UiContext


def paper_entries(context: UiContext, start: Callable[[str], object]) -> list[Entry]:
    """One entry for each kind of paper; the library is in memory, so the main thread may ask."""
    return [
        Entry(f"开具{kind.title}", partial(start, kind.id), "document_add_20")
        for kind in kinds(context.desk)
    ]
