"""Which setting, rule, question, year or form a row of the office's own is about, in words."""

from collections.abc import Callable, Mapping

from inspector_app.domain.bureau_law import CalendarYear, RuleChoice
from inspector_app.domain.inspections import Inspection, ItemAnswer
from inspector_app.domain.office import Setting
from inspector_app.domain.templates import Template
from inspector_app.domain.terms import date_text
from inspector_app.ledger.rows import Rows
from inspector_app.library.loading import Library
from inspector_app.library.pack import find_row
from inspector_app.services.rule_values import FIELD_WORDS

_QUESTION = 40  # characters of a question that tell it from the others


def office_subjects(view: Rows, library: Library) -> Mapping[str, Callable[[str], str]]:
    """Table -> what a row of it is about, by its id; empty for one that is not here."""
    return {
        "setting": lambda row_id: _setting(view.peek(Setting, row_id), library),
        "rule_choice": lambda row_id: _choice(view.peek(RuleChoice, row_id), library),
        "calendar_year": lambda row_id: _year(view.peek(CalendarYear, row_id)),
        "item_answer": lambda row_id: _answer(view, view.peek(ItemAnswer, row_id), library),
        "template": lambda row_id: _form(view.peek(Template, row_id), library),
    }


def _setting(row: Setting | None, library: Library) -> str:
    spec = library.settings.get(row.key) if row else None
    return spec.label if spec else row.key if row else ""


def _choice(row: RuleChoice | None, library: Library) -> str:
    if row is None:
        return ""
    rule = find_row(library, row.rule)
    name = rule.name if rule else row.rule
    return f"{name}的{FIELD_WORDS.get(row.field, row.field)}"


def _year(row: CalendarYear | None) -> str:
    return f"{row.year} 年" if row else ""


def _answer(view: Rows, row: ItemAnswer | None, library: Library) -> str:
    visit = view.peek(Inspection, row.inspection_id) if row else None
    if row is None or visit is None:
        return ""
    checklist = library.checklists.get(visit.checklist_id)
    items = checklist.items if checklist else ()
    asked = next((item.question for item in items if item.id == row.item_id), "")
    short = asked if len(asked) <= _QUESTION else f"{asked[:_QUESTION]}…"
    return f"{date_text(visit.on)}的检查，{row.item_id} {short}".strip()


def _form(row: Template | None, library: Library) -> str:
    return f"{library.title(row.kind)} {row.version}" if row else ""
