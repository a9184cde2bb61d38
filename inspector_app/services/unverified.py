"""Law that was not read in full must not stand in a paper as if it were settled."""

import re
from collections.abc import Iterator, Mapping

from inspector_app.domain.law import Statute, TextLevel
from inspector_app.domain.papers import FieldType, PaperKind, PaperProblem, Values
from inspector_app.services.desk import Desk
from inspector_app.services.statutes import current_texts

REPUBLIC = "中华人民共和国"  # forms leave it out: 行政处罚法
_NAME = re.compile(r"《([^《》]+)》")


def unverified(desk: Desk, kind: PaperKind, values: Values) -> Iterator[PaperProblem]:
    """Problems that stop the issue: a statute is cited whose wording nobody here has read in full.

    It may be cited once the bureau has brought in the official text (法规与规则).
    """
    doubtful = _doubtful(desk)
    for field in kind.fields:
        value = values.get(field.id)
        if field.type not in {FieldType.LINE, FieldType.TEXT} or not isinstance(value, str):
            continue
        for name, statute in _named(value, doubtful):
            yield PaperProblem(
                field.id,
                f"“{field.label}”引用的《{name}》{statute.text_level.label}，没有核实全文，"
                "不能作为依据印在文书上：请删去，或者在“法规与规则”导入原文",
            )


def unread_names(desk: Desk, text: str) -> list[tuple[str, str]]:
    """Statutes a text cites that nobody here has read in full, with how far each was read."""
    return [(name, one.text_level.label) for name, one in _named(text, _doubtful(desk))]


def full_names(desk: Desk) -> frozenset[str]:
    """Statutes read in full here, or brought in by the bureau, as forms call them."""
    known = current_texts(desk)
    return frozenset(
        one.name.removeprefix(REPUBLIC)
        for one in desk.library.statutes.values()
        if one.text_level is TextLevel.FULL or one.short in known
    )


def _named(text: str, doubtful: Mapping[str, Statute]) -> Iterator[tuple[str, Statute]]:
    for name in dict.fromkeys(_NAME.findall(text)):
        if name in doubtful:
            yield name, doubtful[name]


def _doubtful(desk: Desk) -> dict[str, Statute]:
    """Statutes by the name papers cite them with, less those whose text the bureau has."""
    known = current_texts(desk)
    return {
        one.name.replace("《", "〈").replace("》", "〉"): one
        for one in desk.library.statutes.values()
        if one.text_level is not TextLevel.FULL and one.short not in known
    }
