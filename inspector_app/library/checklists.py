"""Reads forms/checklists/: what an inspector asks on site and what a failed answer stands for."""

from collections.abc import Mapping
from pathlib import Path

from inspector_app.domain.inspections import Answer, CheckItem, Checklist
from inspector_app.domain.law import Liable, Statute, Violation
from inspector_app.errors import UserError
from inspector_app.library.law import printed
from inspector_app.library.rows import Row, by_id, read_toml


def load_checklists(
    office: Path, statutes: Mapping[str, Statute], violations: Mapping[str, Violation]
) -> dict[str, Checklist]:
    """Checklists by id, in file name order."""
    found: dict[str, Checklist] = {}
    for path in sorted((office / "forms/checklists").glob("*.toml")):
        top = read_toml(office, f"forms/checklists/{path.name}")
        items = by_id(top.rows("item"), lambda row: _item(row, statutes, violations))
        one = Checklist(
            id=top.text("id"),
            title=top.text("title"),
            version=top.text("version"),
            items=tuple(items.values()),
        )
        top.finish()
        if one.id in found:
            raise UserError(f"{top.file}：检查表“{one.id}”重复", kind="library")
        found[one.id] = one
    return found


def _item(
    row: Row, statutes: Mapping[str, Statute], violations: Mapping[str, Violation]
) -> CheckItem:
    codes = row.texts("violations")
    return CheckItem(
        id=row.text("id"),
        group=row.text("group"),
        question=row.text("question"),
        method=row.text("method"),
        evidence=row.text("evidence"),
        articles=printed(row, "articles", statutes),
        violations=codes,
        triggers=_triggers(row, codes, violations),
        good_answer=row.word("good_answer", Answer, Answer.YES),
        ask_workers=row.flag("ask_workers"),
        finding=row.text("finding"),
        demand=row.text("demand", ""),
        liable=_liable(row),
    )


def _liable(row: Row) -> tuple[str, ...]:
    """Whom the item addresses, in the words of the violations."""
    words = row.texts("liable", ())
    known = [one.value for one in Liable]
    for word in words:
        if word not in known:
            raise row.wrong(f"“liable”写的是“{word}”，应为 {'、'.join(known)} 之一")
    return words


def _triggers(
    row: Row, codes: tuple[str, ...], violations: Mapping[str, Violation]
) -> tuple[str, ...]:
    """Those of the violations first, then what the item adds; each once."""
    listed: dict[str, None] = {}
    for code in codes:
        if code not in violations:
            raise row.wrong(f"违法行为“{code}”不在违法行为表里")
        listed |= dict.fromkeys(violations[code].triggers)
    return tuple(listed | dict.fromkeys(row.texts("triggers", ())))
