"""The clue register as an inspector uses it."""

from datetime import date

import pytest

from inspector_app.domain.clues import ClueState
from inspector_app.errors import UserError
from inspector_app.ledger.views import ClueQuery
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.clues import (
    clue_list,
    clue_sheet,
    conclude_clue,
    file_clue,
    register_clue,
    same_unit,
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


def test_clues_about_one_unit_become_one_case_with_a_claim_for_each_person(desk: Desk) -> None:
    first = register_clue(desk, a_clue_form())
    register_clue(desk, a_clue_form(person_name="龙𬱖", amount_fen=2_145_000, person_id_number=""))
    register_clue(desk, a_clue_form(employer_name="别家公司"))
    together = [clue.id for clue in same_unit(desk, first.id)]

    case = file_clue(desk, first.id, MONDAY, together=together)

    sheet = case_sheet(desk, case.id, reveal=True)
    assert [row.worker.name for row in sheet.claims] == ["向大山", "龙𬱖"]
    assert sheet.totals.owing_fen == 4_005_000
    assert case.filed_on == MONDAY
    assert clue_sheet(desk, first.id).clue.state is ClueState.FILED
    assert clue_list(desk, ClueQuery(states=(ClueState.OPEN,))).total == 1


def test_who_asked_for_confidence_never_reaches_the_list_of_workers(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(confidential=True, statement="电话13900000001"))

    sheet = case_sheet(desk, file_clue(desk, clue.id, MONDAY).id, reveal=True)

    assert sheet.claims == ()
    assert sheet.amount_fen == 1_860_000
    assert "13900000001" not in sheet.case.facts


def test_a_clue_about_another_unit_cannot_join_a_case(desk: Desk) -> None:
    first = register_clue(desk, a_clue_form())
    other = register_clue(desk, a_clue_form(employer_name="别家公司"))

    with pytest.raises(UserError, match="另一家单位"):
        file_clue(desk, first.id, MONDAY, together=[other.id])

    assert clue_sheet(desk, first.id).clue.state is ClueState.OPEN


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
