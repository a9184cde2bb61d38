"""The bureau's discretion standard: steps inside what the law allows, each of them once."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.money import yuan
from inspector_app.errors import UserError
from inspector_app.services.bands import (
    BandForm,
    add_band,
    bands_of,
    change_band,
    find_violation,
    form_of,
    in_force,
)
from inspector_app.services.desk import Desk
from inspector_app.services.rules import office_rules

GENERAL = BandForm(
    name="一般",
    condition="拖欠人数三十人以下",
    effective_from=date(2026, 1, 1),
    source="演示裁量基准",
    low_fen=5_000_000,
    high_fen=7_000_000,
    person_low_fen=1_000_000,
    person_high_fen=2_000_000,
)


def a_form(**changes: object) -> BandForm:
    return replace(GENERAL, **changes)  # type: ignore[arg-type]  # tests name fields freely


def code_with(desk: Desk, *, unit: bool, person: bool) -> str:
    """A violation that fines, or does not fine, units and persons."""
    return next(
        one.code
        for one in desk.library.violations.values()
        if (one.unit_fine is not None, one.person_fine is not None) == (unit, person)
    )


def both(desk: Desk) -> str:
    return code_with(desk, unit=True, person=True)


def fit(desk: Desk, code: str) -> BandForm:
    """A form that spans the lower half of what the law allows."""
    fine, person = (
        desk.library.violations[code].unit_fine,
        desk.library.violations[code].person_fine,
    )
    return a_form(
        low_fen=fine.low_fen if fine else None,
        high_fen=(fine.low_fen + fine.high_fen) // 2 if fine else None,
        person_low_fen=person.low_fen if person else None,
        person_high_fen=(person.low_fen + person.high_fen) // 2 if person else None,
    )


def test_a_step_is_stored_and_read_with_the_rules(desk: Desk) -> None:
    code = both(desk)
    made = add_band(desk, code.lower(), fit(desk, code))
    assert bands_of(desk, code) == [made] == list(office_rules(desk).bands)
    assert form_of(made) == fit(desk, code)
    assert desk.ledger.history("discretion_band", made.id)[0].action == "登记裁量档次"


def test_steps_may_touch_and_are_told_mildest_first(desk: Desk) -> None:
    code = both(desk)
    low = fit(desk, code)
    fine = desk.library.violations[code].unit_fine
    assert fine is not None
    high = replace(
        low, name="严重", low_fen=low.high_fen, high_fen=fine.high_fen,
        person_low_fen=None, person_high_fen=None,
    )  # fmt: skip
    heavy = add_band(desk, code, high)
    mild = add_band(desk, code, low)
    assert bands_of(desk, code) == [mild, heavy]
    assert heavy.person_low_fen is None


def test_a_newer_standard_takes_the_place_of_the_older_one(desk: Desk) -> None:
    code = both(desk)
    old = add_band(desk, code, fit(desk, code))
    new = add_band(desk, code, replace(fit(desk, code), effective_from=date(2027, 1, 1)))
    found = bands_of(desk, code)
    assert found == [new, old]
    assert in_force(found, date(2026, 12, 31)) == [old]
    assert in_force(found, date(2027, 1, 1)) == [new]
    assert in_force(found, date(2025, 12, 31)) == []


def test_where_only_persons_are_fined_the_unit_has_no_step(desk: Desk) -> None:
    code = code_with(desk, unit=False, person=True)
    made = add_band(desk, code, fit(desk, code))
    assert (made.low_fen, made.high_fen) == (0, 0)
    with pytest.raises(UserError, match="对单位没有罚款幅度"):
        add_band(desk, code, replace(fit(desk, code), name="另一档", low_fen=1, high_fen=2))


def test_what_has_no_range_cannot_be_divided(desk: Desk) -> None:
    code = code_with(desk, unit=False, person=False)
    nothing = a_form(low_fen=None, high_fen=None, person_low_fen=None, person_high_fen=None)
    with pytest.raises(UserError, match="没有固定的罚款幅度"):
        add_band(desk, code, nothing)
    with pytest.raises(UserError, match="请填写罚款的下限和上限"):
        add_band(desk, both(desk), nothing)
    with pytest.raises(UserError, match="没有编号为“XX-1”"):
        find_violation(desk, "XX-1")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"condition": ""}, "condition"),
        ({"source": ""}, "source"),
        ({"low_fen": None}, "low_fen"),
        ({"high_fen": None}, "low_fen"),
        ({"low_fen": 0}, "low_fen"),
        ({"high_fen": 10**14}, "low_fen"),
        ({"low_fen": 7_000_001}, "low_fen"),
        ({"person_low_fen": 1}, "person_low_fen"),
        ({"person_high_fen": 10**14}, "person_low_fen"),
    ],
)
def test_a_step_outside_the_law_is_refused(
    desk: Desk, changes: dict[str, object], field: str
) -> None:
    code = both(desk)
    fine = desk.library.violations[code].unit_fine
    assert fine is not None
    before = desk.ledger.head()
    form = replace(fit(desk, code), **changes)  # type: ignore[arg-type]  # tests name fields freely
    if changes == {"low_fen": 7_000_001}:
        form = replace(form, low_fen=fine.high_fen)
    with pytest.raises(UserError) as caught:
        add_band(desk, code, form)
    assert caught.value.field == field
    assert desk.ledger.head() == before
    if changes == {"low_fen": 0}:
        assert yuan(fine.low_fen) in caught.value.message


def test_names_and_ranges_of_one_standard_do_not_overlap(desk: Desk) -> None:
    code = both(desk)
    form = fit(desk, code)
    add_band(desk, code, form)
    with pytest.raises(UserError, match="已有“一般”这一档"):
        add_band(desk, code, form)
    with pytest.raises(UserError, match="与“一般”一档的罚款幅度重叠"):
        add_band(desk, code, replace(form, name="较重"))
    fine = desk.library.violations[code].unit_fine
    assert fine is not None
    apart = replace(form, name="较重", low_fen=form.high_fen, high_fen=fine.high_fen)
    with pytest.raises(UserError, match="个人罚款幅度重叠"):
        add_band(desk, code, apart)
    assert len(bands_of(desk, code)) == 1


def test_a_step_is_corrected_with_a_reason(desk: Desk) -> None:
    code = both(desk)
    made = add_band(desk, code, fit(desk, code))
    wanted = replace(form_of(made), condition="改正后的情形")
    changed = change_band(desk, made.id, wanted, "录入有误")
    assert bands_of(desk, code) == [changed]
    assert (changed.id, changed.condition) == (made.id, "改正后的情形")
    with pytest.raises(UserError, match="理由"):
        change_band(desk, made.id, wanted, " ")
    with pytest.raises(UserError, match="没有找到"):
        change_band(desk, "no", wanted, "x")
    with pytest.raises(UserError, match="适用情形"):
        change_band(desk, made.id, replace(wanted, condition=""), "x")
