"""Who handles a case: inspectors of the register, and two different ones."""

from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.ledger.rows import Rows
from inspector_app.services.inspector_ref import meant


def person_id(rows: Rows, ref: str, field: str) -> str | None:
    """The id behind the id, certificate number or name of an inspector; None for empty text.

    UserError when nobody of the register is meant, or several of one name.
    """
    if not ref:
        return None
    # Of two rows of one person that met by exchange, the one that was not given up.
    known = rows.peek(Inspector, ref) or rows.first(Inspector, certificate=ref, active=True)
    known = known or rows.first(Inspector, certificate=ref)
    known = known or meant(rows.find(Inspector, name=ref, active=True), ref, field)
    if known is None:
        message = f"没有名为“{ref}”的在岗监察员，请先在设置里登记。"
        raise UserError(message, field=field, kind="not_found")
    return known.id


def require_two(lead_id: str | None, assist_id: str | None) -> None:
    """UserError when the same person is to lead and to assist (see domain.guards.people)."""
    if lead_id and lead_id == assist_id:
        raise UserError("协办应是另一名监察员，执法须由两人进行。", field="assist")
