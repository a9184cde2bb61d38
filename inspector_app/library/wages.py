"""Reads minimum_wage.toml: the province's minimum wages by class and day, and a county's class."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from inspector_app.domain.law import Statute
from inspector_app.domain.rules import MinimumWage
from inspector_app.errors import UserError
from inspector_app.library.law import basis
from inspector_app.library.rows import Row, table

FILE = "resources/law/minimum_wage.toml"
CLASSES = {"一类": 1, "二类": 2, "三类": 3}
CLASS_SETTING = "wage_class_"  # followed by the code of the division


def load_minimum_wages(office: Path, statutes: Mapping[str, Statute]) -> dict[str, MinimumWage]:
    """Minimum wages by id, oldest first; of one class no two apply on the same day."""
    found = table(office, FILE, "wage", lambda row: _wage(row, statutes))
    last: dict[int, MinimumWage] = {}
    for one in found.values():
        before = last.get(one.area_class)
        if before is not None and _reaches(before, one.basis.effective_from):
            raise UserError(f"{FILE} {one.id}：与 {before.id} 的日期重叠", kind="library")
        last[one.area_class] = one
    return found


def _reaches(wage: MinimumWage, day: date) -> bool:
    """Whether a wage still runs on the day the next one begins."""
    if wage.history_only:
        return day <= wage.basis.effective_from
    end = wage.basis.effective_to
    return end is None or day <= end


def _wage(row: Row, statutes: Mapping[str, Statute]) -> MinimumWage:
    area_class = row.number("class")
    if area_class not in CLASSES.values():
        raise row.wrong("“class”应为 1、2、3 之一", "class")
    month, hour = row.hundredths("month"), row.hundredths("hour")
    if not 0 < hour < month:
        raise row.wrong("“hour”应大于零，且小于“month”", "hour")
    row.day("effective_from")
    return MinimumWage(
        id=row.text("id"),
        area_class=area_class,
        month_fen=month,
        hour_fen=hour,
        basis=basis(row, statutes),
        history_only=row.flag("history_only"),
    )


def area_class(settings: Mapping[str, str], division: str) -> int | None:
    """The class the bureau chose for a county; None while nobody verified it."""
    return CLASSES.get(settings.get(CLASS_SETTING + division, ""))
