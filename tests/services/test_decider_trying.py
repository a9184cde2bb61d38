"""What an inspector may try with the deciders before anything is recorded."""

from datetime import date

import pytest

from inspector_app.services.deciders import Typed, decide, record_situation
from inspector_app.services.desk import Desk
from tests.helpers.decider_cases import LATER, WAN, a_chained_case, order_served, ten_workers
from tests.helpers.desks import on


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A subcontractor's case on a project with owner and general contractor."""
    return a_chained_case(desk)


def test_facts_are_tried_in_place_of_what_was_recorded(desk: Desk, case_id: str) -> None:
    ten_workers(desk, case_id)
    record_situation(desk, case_id, ["sub_owes", "incident"])
    tried = decide(
        desk, case_id, Typed(ticked=frozenset({"owner_behind", "fled"}), unpaid_price_fen=WAN)
    )
    assert tried.crime.evasion_shown
    assert not tried.blacklist.incident
    assert [one.code for one in tried.liability.facts if one.ticked] == ["owner_behind"]
    assert [one.limit_fen for one in tried.liability.lines if one.limit] == [WAN]
    stored = decide(desk, case_id)
    assert stored.blacklist.incident
    assert [one.code for one in stored.liability.facts if one.ticked] == ["sub_owes"]


def test_trying_no_fact_at_all_lets_the_chain_speak(desk: Desk, case_id: str) -> None:
    record_situation(desk, case_id, ["project_resold"])
    tried = decide(desk, case_id, Typed(ticked=frozenset()))
    assert [one.code for one in tried.liability.facts if one.ticked] == ["sub_owes"]


def test_a_day_of_correction_can_be_tried(desk: Desk, case_id: str) -> None:
    ten_workers(desk, case_id)
    order_served(desk, case_id)
    late = on(desk, LATER)

    def early(typed: Typed) -> date | None:
        rows = {row.name: row for row in decide(late, case_id, typed).blacklist.tables[0].rows}
        return rows["最早提前移出"].day

    assert early(Typed()) is None
    assert early(Typed(corrected_on=date(2027, 1, 4))) == date(2027, 7, 4)


def test_the_contract_asked_about_is_told(desk: Desk, case_id: str) -> None:
    found = decide(desk, case_id)
    assert found.contract is not None
    assert (found.contract.contract_fen, found.contract.months) == (10_000 * WAN, 15)
    assert found.contract.other_projects is None
