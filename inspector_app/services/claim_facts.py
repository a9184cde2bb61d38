"""The worker list of a case as papers print it: one row a worker, and the sums over the rows."""

from collections.abc import Sequence
from itertools import groupby

from inspector_app.domain.masking import mask_id_number
from inspector_app.domain.papers import TableRow, Values
from inspector_app.domain.parties import PartyRole
from inspector_app.domain.term_words import month_range
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.claims import ClaimRow

_EMPLOYING = {PartyRole.SUB, PartyRole.LABOUR, PartyRole.CREW}


def claim_facts(sheet: CaseSheet | None, settings: dict[str, str]) -> Values:
    """What is owing by the list of the case; nothing is taken from what was only reported."""
    rows = owing_rows(sheet)
    people = [list(group) for _, group in groupby(rows, key=lambda row: row.worker.id)]
    masked = settings["table_mask_id"] == "是"
    return {
        "claims.workers": len(people) or None,
        "claims.owing_fen": sum(row.owing_fen for row in rows) or None,
        "claims.period": period_of(rows),
        "claims.table": tuple(_row(n, own, masked=masked) for n, own in enumerate(people, 1)),
    }


def owing_rows(sheet: CaseSheet | None) -> list[ClaimRow]:
    """Claims not paid yet, where the unit the case is about is the one that employs."""
    if sheet is None or not employs(sheet):
        return []
    return [row for row in sheet.claims if row.owing_fen > 0]


def employs(sheet: CaseSheet) -> bool:
    """Whether the unit of a case is the employer of its workers, by its part on the project.

    A general contractor with subcontractors below it pays first but does not employ
    (保障农民工工资支付条例 30); an owner never does.
    """
    own = {line.party.role for line in sheet.parties if line.employer.id == sheet.employer.id}
    if not own or own & _EMPLOYING:
        return True
    others = {line.party.role for line in sheet.parties}
    return PartyRole.GENERAL in own and not others & _EMPLOYING


def _row(number: int, own: Sequence[ClaimRow], *, masked: bool) -> TableRow:
    first = own[0]
    gone = sum(row.claim.paid_fen + row.claim.withheld_fen + row.settled_fen for row in own)
    return {
        "no": str(number),
        "name": first.worker.name,
        "id_number": mask_id_number(first.id_number) if masked else first.id_number,
        "trade": first.worker.trade or first.worker.crew,
        "period": period_of(own),
        "due": str(sum(row.claim.due_fen for row in own)),
        "paid": str(gone),
        "owing": str(sum(row.owing_fen for row in own)),
    }


def period_of(rows: Sequence[ClaimRow]) -> str:
    """From the first to the last month of these claims."""
    starts = [row.claim.period_from for row in rows if row.claim.period_from]
    ends = [row.claim.period_to or row.claim.period_from for row in rows if row.claim.period_from]
    return month_range(min(starts), max(ends)) if starts else ""
