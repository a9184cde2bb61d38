"""Finds the case somebody means: by id, by number, or by any words only one case matches."""

from inspector_app.domain.cases import Case
from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery
from inspector_app.services.desk import Desk


def find_case(desk: Desk, ref: str) -> Case:
    """The case of that id or number; any text will do that only one case matches."""
    with desk.ledger.read() as view:
        found = view.first(Case, case_no=ref) or view.first(Case, id=ref)
        if found is None:
            rows = view.case_rows(CaseQuery(text=ref, limit=2)).rows
            found = view.get(Case, rows[0].id) if len(rows) == 1 else None
    if found is None:
        raise UserError(f"没有找到案件“{ref}”。", kind="not_found", field="case")
    return found
