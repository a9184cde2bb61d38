"""Inspectors of a paper named as a script names them: by name, by id or by certificate number."""

from inspector_app.domain.papers import FieldType, InspectorRef, PaperKind, Values
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.inspector_ref import meant
from inspector_app.services.settings import inspectors


def with_inspectors(desk: Desk, kind: PaperKind, values: Values) -> Values:
    """The values with name and certificate number of everybody who was named by one of them only.

    Who was written with both stays as written. UserError when nobody of the register is meant,
    or several of one name.
    """
    named = {
        field: value
        for field in kind.fields
        if field.type is FieldType.INSPECTOR
        and isinstance(value := values.get(field.id), InspectorRef)
        and value.name.strip()
        and not value.certificate.strip()
    }
    return values | {
        field.id: _registered(desk, value.name.strip(), field.id) for field, value in named.items()
    }


def _registered(desk: Desk, ref: str, field: str) -> InspectorRef:
    found = meant(inspectors(desk), ref, field)
    if found is None:
        message = (
            f"没有登记“{ref}”这名监察员，请在 设置 → 监察员 登记，或者把姓名和执法证号都写上。"
        )
        raise UserError(message, field=field, kind="not_found")
    return InspectorRef(found.name, found.certificate)
