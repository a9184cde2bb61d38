"""Whom a text means that names an inspector: by id, by certificate number or by name."""

from collections.abc import Sequence

from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError


def meant(people: Sequence[Inspector], ref: str, field: str) -> Inspector | None:
    """The one of these people that is meant, None for nobody; UserError for several of one name."""
    found = [one for one in people if ref in (one.id, one.certificate)]
    found = found or [one for one in people if one.name == ref]
    if len(found) > 1:
        message = f"有 {len(found)} 名监察员叫“{ref}”，请写执法证号。"
        raise UserError(message, field=field, kind="ambiguous")
    return found[0] if found else None
