"""Which open cases would have another next due date under another calendar or rule pack."""

from dataclasses import dataclass
from datetime import date

from inspector_app.ledger.views import CaseQuery
from inspector_app.services.clocks import next_dues
from inspector_app.services.desk import Desk

MOST = 100_000


@dataclass(frozen=True, slots=True)
class AffectedCase:
    """An open case whose next due date moves; None where there is none before or after."""

    case_id: str
    case_no: str
    employer: str
    rule_before: str
    before: date | None
    rule_after: str
    after: date | None


def changed_dues(desk: Desk, trial: Desk) -> tuple[AffectedCase, ...]:
    """Open cases whose first clock differs between the two desks; later clocks are not compared."""
    with desk.ledger.read() as view:
        rows = view.case_rows(CaseQuery(open_only=True, limit=MOST)).rows
        ids = [row.id for row in rows]
        before, after = next_dues(desk, view, ids), next_dues(trial, view, ids)
    return tuple(
        AffectedCase(
            case_id=row.id,
            case_no=row.case_no,
            employer=row.employer_name,
            rule_before=one.name if one else "",
            before=one.due if one else None,
            rule_after=other.name if other else "",
            after=other.due if other else None,
        )
        for row in rows
        for one, other in ((before.get(row.id), after.get(row.id)),)
        if (one and (one.due, one.name)) != (other and (other.due, other.name))
    )
