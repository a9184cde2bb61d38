"""The list of inspections as columns, the unfinished ones first."""

from collections.abc import Sequence

from inspector_app.domain.terms import date_text
from inspector_app.services.inspections import InspectionRow
from inspector_app.ui.tables.columns import Column, Kind

STATES = (("open", "进行中"), ("done", "已完成"))


def state_key(row: InspectionRow) -> str:
    """Which of STATES an inspection is in."""
    return "done" if row.inspection.finished else "open"


def ordered(rows: Sequence[InspectionRow]) -> list[InspectionRow]:
    """What is not finished comes first; the service gives the newest first."""
    return sorted(rows, key=lambda row: row.inspection.finished)


def matches(row: InspectionRow, text: str, states: tuple[str, ...]) -> bool:
    """Whether an inspection is in the view."""
    if states and state_key(row) not in states:
        return False
    found = f"{row.title} {row.checklist} {row.inspection.place} {row.inspection.kind.label}"
    return all(word in found for word in text.split())


def columns(totals: dict[str, int]) -> tuple[Column[InspectionRow], ...]:
    """`totals`: how many items each checklist has."""

    def answered(row: InspectionRow) -> str:
        return f"{row.answered}/{totals.get(row.inspection.checklist_id, 0)}"

    return (
        Column(
            "状态",
            lambda row: "已完成" if row.inspection.finished else "进行中",
            96,
            Kind.PILL,
            tone=lambda row: "success" if row.inspection.finished else "violet",
        ),
        Column(
            "检查对象",
            lambda row: row.title,
            240,
            Kind.TWO_LINE,
            stretch=True,
            sub=lambda row: row.checklist,
        ),
        Column("检查日期", lambda row: date_text(row.inspection.on), 130, Kind.DATE),
        Column("类型", lambda row: row.inspection.kind.label, 110, priority=3),
        Column("地点", lambda row: row.inspection.place or "—", 180, priority=4),
        Column("已答", answered, 80, Kind.NUMBER, priority=2),
        Column("不合格", lambda row: str(row.failed) if row.failed else "—", 80, Kind.NUMBER),
    )
