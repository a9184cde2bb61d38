"""Unlawful acts a case already speaks of: those of its last notice, else of its inspections."""

from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import inspection_sheet

NOTICE = "penalty_notice"


def found_codes(desk: Desk, sheet: CaseSheet) -> tuple[str, ...]:
    """Codes to begin with; an inspector takes off what is not pursued."""
    notice = sheet.situation.last_event(NOTICE)
    if notice is not None and notice.codes:
        return notice.codes
    visits = [inspection_sheet(desk, visit.id) for visit in sheet.inspections]
    codes = (code for visit in visits for one in visit.findings for code in one.violations)
    return tuple(dict.fromkeys(codes))
