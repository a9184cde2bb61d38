"""Inspectors named by a script are those of the register."""

from dataclasses import replace

import pytest

from inspector_app.domain.papers import InspectorRef
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.paper_inspectors import with_inspectors
from inspector_app.services.papers import kind_of
from inspector_app.services.settings import save_inspector
from tests.helpers.desks import two_inspectors
from tests.helpers.ready import ORDER


def test_a_name_an_id_or_a_certificate_is_enough(desk: Desk) -> None:
    first, second = two_inspectors(desk)
    kind = kind_of(desk, ORDER)
    whole = InspectorRef(second.name, second.certificate)
    other = InspectorRef("外地监察员", "WD-1")

    for ref in (second.id, f" {second.name} ", second.certificate):
        given = {"inspector_1": other, "inspector_2": InspectorRef(ref, ""), "party": first.name}
        found = with_inspectors(desk, kind, given)
        assert found == {"inspector_1": other, "inspector_2": whole, "party": first.name}
    empty = {"inspector_1": None, "inspector_2": InspectorRef("", "")}
    assert with_inspectors(desk, kind, empty) == empty


def test_who_is_not_registered_or_not_one_person_is_told(desk: Desk) -> None:
    first, _ = two_inspectors(desk)
    save_inspector(desk, replace(first, id="", certificate="YS-0009"))
    kind = kind_of(desk, ORDER)

    for ref, kind_of_error in (("王芳", "not_found"), (first.name, "ambiguous")):
        with pytest.raises(UserError, match=f"“{ref}”") as refused:
            with_inspectors(desk, kind, {"inspector_2": InspectorRef(ref, "")})
        assert (refused.value.field, refused.value.kind) == ("inspector_2", kind_of_error)
