"""Taking back what was done, as the toast offers it."""

import pytest

from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery, ClueQuery
from inspector_app.services import history
from inspector_app.services.case_ref import find_case
from inspector_app.services.cases import case_list, new_case, set_fields
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import clue_list, register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.search import search
from tests.helpers.desks import MONDAY, a_case_form, a_clue_form


def test_a_changed_field_is_as_it_was(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    set_fields(desk, case.id, {"cause": "克扣工资"})

    entry, _ = history.undo_last(desk)

    assert entry.action == "修改案件"
    assert find_case(desk, case.id).cause == "拖欠农民工工资"


def test_a_registration_taken_back_leaves_its_number_void(desk: Desk) -> None:
    register_clue(desk, a_clue_form())

    history.undo_last(desk)
    again = register_clue(desk, a_clue_form())

    assert clue_list(desk, ClueQuery()).total == 1
    assert again.clue_no.endswith("2号")
    with desk.ledger.read() as view:
        states = [entry.state for entry in view.find(NumberEntry, series="clue")]
    assert sorted(state.value for state in states) == ["issued", "void"]
    assert NumberState.VOID in states
    assert desk.ledger.check() == []


def test_a_filing_taken_back_gives_the_clue_back(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())
    file_clue(desk, clue.id, MONDAY)

    history.undo_last(desk)

    assert case_list(desk, CaseQuery()).total == 0
    assert clue_list(desk, ClueQuery(text="青禾")).rows[0].state.label == "待核查"
    assert desk.ledger.check() == []


def test_with_nothing_done_there_is_nothing_to_take_back(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有可以撤销"):
        history.undo_last(desk)


def test_one_box_finds_units_by_characters_and_by_initials(desk: Desk) -> None:
    new_case(desk, a_case_form())

    assert search(desk, " ") == []
    assert any("青禾" in hit.title for hit in search(desk, "青禾"))
    assert any("青禾" in hit.title for hit in search(desk, "qhjz"))
