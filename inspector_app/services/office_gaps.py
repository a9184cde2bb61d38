"""What a form prints of the bureau itself and nobody has filled in: the label would stand alone."""

from collections.abc import Iterator

from inspector_app.domain.form_marks import marked
from inspector_app.domain.paper_text import is_empty
from inspector_app.domain.papers import PaperKind, PaperProblem, Values
from inspector_app.papers.context import PaperContext, Text
from inspector_app.services.desk import Desk

SETTING = "setting."  # with a key behind it: the place of the problem is in the settings
_MAY_BE_EMPTY = ("contact", "phone", "address", "postcode", "court")  # the others are required


def office_gaps(
    desk: Desk, kind: PaperKind, values: Values, ctx: PaperContext
) -> Iterator[PaperProblem]:
    """One problem for each group of the settings; it stops the issue.

    A party that cannot tell whom to call or where to go has not been told what the form tells.
    """
    text = Text.of(kind, values, ctx)
    printed = {name for block in kind.body if text.wanted(block.when) for name in marked(block)} - {
        field.id for field in kind.fields
    }
    groups: dict[str, list[str]] = {}
    for key in _MAY_BE_EMPTY:
        if key in printed and is_empty(text.get(key)):
            groups.setdefault(desk.library.settings[key].group, []).append(key)
    for group, keys in groups.items():
        labels = "、".join(f"“{desk.library.settings[key].label}”" for key in keys)
        message = f"文书要印的{labels}还没有填，会印成空白：请在 设置 → {group} 填写"
        yield PaperProblem(f"{SETTING}{keys[0]}", message)
