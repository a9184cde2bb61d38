"""A case whose order can be issued as it stands: two inspectors, an address, two workers."""

from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.papers import start_draft
from inspector_app.services.settings import save
from tests.helpers.desks import REACHED, a_case_form, two_inspectors

ORDER = "rectification_order"


def ready_case(desk: Desk) -> str:
    """The case; call it once a ledger."""
    lead, assist = two_inspectors(desk)
    save(desk, REACHED)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000), ClaimForm("龙𬱖", 500_050)])
    return case.id


def ready_draft(desk: Desk, kind: str = ORDER) -> str:
    """A draft of a case of its own; nothing keeps it from being issued."""
    return start_draft(desk, ready_case(desk), kind).id
