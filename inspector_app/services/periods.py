"""Dates the bureau sets itself: the law gives the order no fixed length (law.md Z5)."""

from datetime import date

from inspector_app.domain.terms import Due, Term, TermUnit, compute
from inspector_app.services.desk import Desk
from inspector_app.services.rules import office_rules

UNITS = {"工作日": TermUnit.WORKING_DAYS, "自然日": TermUnit.CALENDAR_DAYS}


def own_period(desk: Desk, start: date, length: int, unit: TermUnit) -> Due:
    """A period of the bureau's own choice from a day on; it rolls off a non-working last day."""
    term = Term(
        id="OWN",
        name="改正期限",
        start_event="文书制发之日",
        length=length,
        unit=unit,
        rolls=True,
        article="期限由文书确定",
        effective_from=date.min,  # the bureau's own: bound to no statute
    )
    return compute(term, start, office_rules(desk).calendar)


def rectification_deadline(desk: Desk, start: date, settings: dict[str, str]) -> date | None:
    """The default last day of a rectification order made on `start`."""
    length, unit = int(settings["rectification_days"]), UNITS[settings["rectification_unit"]]
    return own_period(desk, start, length, unit).due
