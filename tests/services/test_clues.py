"""The clue register as an inspector uses it."""

from datetime import date

import pytest

from inspector_app.domain.clues import ClueState
from inspector_app.errors import UserError
from inspector_app.ledger.views import ClueQuery
from inspector_app.services.access import looks_at, reveal_clue
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import (
    clue_list,
    clue_sheet,
    conclude_clue,
    register_clue,
)
from inspector_app.services.desk import Desk
from tests.helpers.desks import MONDAY, a_clue_form


def test_a_registered_clue_has_a_number_and_stands_in_the_list(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())

    assert clue.clue_no
    assert clue.state is ClueState.OPEN
    assert [row.id for row in clue_list(desk, ClueQuery()).rows] == [clue.id]


def test_numbers_of_clues_follow_one_another(desk: Desk) -> None:
    first, second = (register_clue(desk, a_clue_form()).clue_no for _ in range(2))

    assert first != second
    assert first[:-2] == second[:-2]


def test_the_reporting_person_is_masked_until_asked_for(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())

    shown = clue_sheet(desk, clue.id).person
    revealed = clue_sheet(desk, clue.id, reveal=True).person

    assert shown is not None
    assert revealed is not None
    assert "向大山" not in shown.name
    assert "19780312" not in shown.id_number
    assert revealed.name == "向大山"


def test_what_was_said_names_the_reporter_only_after_a_look_that_is_on_record(desk: Desk) -> None:
    told = "向大山（13900000001，住湖滨路3号院）反映欠薪"
    form = a_clue_form(statement=told, person_address="湖滨路3号院")
    clue = register_clue(desk, form)

    assert clue_sheet(desk, clue.id).said == "向**（139****0001，住（已隐去））反映欠薪"
    assert reveal_clue(desk, clue.id, "核实情况").said == told
    assert [one.why for one in looks_at(desk, clue.id)] == ["核实情况"]


def test_a_bad_credit_code_is_flagged_and_kept(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(credit_code="91520382maajm1b991"))

    sheet = clue_sheet(desk, clue.id)

    assert sheet.clue.credit_code == "91520382MAAJM1B991"
    assert "校验" in sheet.code_problem


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"employer_name": "  "}, "employer_name"),
        ({"received_on": date(2026, 9, 29)}, "received_on"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(UserError) as refused:
        register_clue(desk, a_clue_form(**changes))

    assert refused.value.field == field
    assert clue_list(desk, ClueQuery()).total == 0


def test_a_clue_is_closed_with_a_reason_once(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())

    done = conclude_clue(desk, clue.id, ClueState.FORWARDED, MONDAY, "不属本部门职权", "已告知")

    assert done.state is ClueState.FORWARDED
    with pytest.raises(UserError, match="已经办结"):
        file_clue(desk, clue.id, MONDAY)


@pytest.mark.parametrize(
    ("state", "on", "why", "field"),
    [
        (ClueState.OPEN, MONDAY, "理由", "state"),
        (ClueState.REFUSED, MONDAY, " ", "conclusion"),
        (ClueState.REFUSED, date(2026, 9, 24), "理由", "on"),
        (ClueState.REFUSED, date(2026, 9, 30), "理由", "on"),
    ],
)
def test_closing_a_clue_asks_for_state_reason_and_a_possible_day(
    desk: Desk, state: ClueState, on: date, why: str, field: str
) -> None:
    clue = register_clue(desk, a_clue_form())

    with pytest.raises(UserError) as refused:
        conclude_clue(desk, clue.id, state, on, why)

    assert refused.value.field == field
