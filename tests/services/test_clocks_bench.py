"""The case that is measured really has the clocks of a long story."""

from inspector_app.services.clocks import ClockState, clocks_of
from inspector_app.services.clocks_bench import busy_case, case_clocks
from tests.helpers.clocks import timed
from tests.helpers.desks import library
from tests.helpers.situations import november


def test_nearly_every_clock_of_a_case_is_reckoned() -> None:
    found = clocks_of(timed(november(2)), busy_case(library()))
    rules = {clock.rule for clock in found}
    assert {"D01", "D05", "D09", "D11", "D12", "D17", "D23", "D24", "D29", "D63", "ORDER"} <= rules
    assert len(found) >= 30
    assert {clock.state for clock in found} == set(ClockState)


def test_work_and_floor_are_about_as_many_dates() -> None:
    ours, floor = case_clocks(library())
    reckoned, written = ours(), floor()
    assert isinstance(reckoned, list)
    assert isinstance(written, list)
    assert len(reckoned) == len(written)
