"""The rule browser as a read model: the rows, the sheet of one rule, and where it is used."""

from inspector_app.services.desk import Desk
from inspector_app.services.law_cases import cases_under
from inspector_app.services.law_detail import LawDetail, find_applied, rule_detail
from inspector_app.services.law_items import item_detail
from inspector_app.services.law_rows import LawKind, LawRow, law_rows, search_rows
from inspector_app.services.law_uses import ITEM, Use, UseGroup, used_by

__all__ = [
    "LawDetail",
    "LawKind",
    "LawRow",
    "Use",
    "UseGroup",
    "law_detail",
    "law_rows",
    "open_cases_of",
    "search_rows",
    "uses_of",
]


def law_detail(desk: Desk, key: str) -> LawDetail:
    """The sheet of one rule by its key, or of a check item (item:checklist/id)."""
    return item_detail(desk, key) if key.startswith(ITEM) else rule_detail(desk, key)


def uses_of(desk: Desk, key: str) -> tuple[UseGroup, ...]:
    """Everything in the library that refers to a rule."""
    return used_by(desk, find_applied(desk, key))


def open_cases_of(desk: Desk, key: str) -> tuple[tuple[Use, ...], int]:
    """Open cases a rule bears on: asked for by itself, as it looks at every one of them."""
    return cases_under(desk, find_applied(desk, key))
