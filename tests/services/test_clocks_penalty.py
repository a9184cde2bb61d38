"""Clocks of a penalty and what follows it: hearing, payment, review, suit, and after closing."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.terms import Level, Whose
from inspector_app.services.case_facts import CaseRows
from inspector_app.services.clocks import ClockState, case_clocks
from tests.helpers.clocks import DECIDED, FILED, TOLD, clocks, timed
from tests.helpers.situations import event, november, october, paper

RUNNING, DONE, EXPIRED = ClockState.RUNNING, ClockState.DONE, ClockState.EXPIRED


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("D11", october(21)), ("D13", october(21)), ("D17", november(18)),
        ("D20", date(2027, 1, 4)), ("D21", date(2027, 5, 3)),
    ],
)  # fmt: skip
def test_what_is_the_partys_expires_and_is_never_overdue(rule: str, due: date) -> None:
    before = clocks(*TOLD, *DECIDED, today=due)[rule]
    assert (before.due, before.whose, before.state) == (due, Whose.PARTY, RUNNING)
    after = clocks(*TOLD, *DECIDED, today=date(2027, 6, 1))[rule]
    assert (after.state, after.level) == (EXPIRED, Level.EXPIRED)


def test_only_who_was_told_of_a_hearing_has_five_days_to_ask_for_it() -> None:
    plain = event("penalty_notice", october(14), outcome="plain")
    assert "D11" not in clocks(TOLD[0], plain)
    assert "D13" in clocks(TOLD[0], plain)
    asked = clocks(*TOLD, event("hearing_request", october(16)))["D11"]
    assert (asked.state, asked.done_on) == (DONE, october(16))


def test_the_notice_of_a_hearing_runs_backwards_from_its_day() -> None:
    day = event("hearing_set", october(16), until=october(28))
    assert clocks(day, today=october(16))["D12"].due == october(19)
    unserved = paper("hearing_notice", october(16))
    assert clocks(day, unserved, today=october(20))["D12"].level is Level.OVERDUE
    for served_on, late in [(october(19), False), (october(20), True)]:
        found = clocks(day, paper("hearing_notice", october(16), served_on))["D12"]
        assert (found.done_on, found.late) == (served_on, late)


def test_a_fine_on_the_spot_is_paid_in_fifteen_days_too() -> None:
    spot = paper("summary_penalty_decision", october(12), october(12))
    assert clocks(spot, today=october(12))["D17"].due == october(27)
    assert "D21" not in clocks(spot)
    paid = clocks(spot, event("cash_fine", october(12)))["D17"]
    assert (paid.state, paid.late) == (DONE, False)


def test_what_grows_day_by_day_has_no_last_day_to_keep() -> None:
    assert "D18" not in clocks(*DECIDED, today=date(2027, 1, 4))


def test_three_months_to_apply_follow_the_time_to_sue() -> None:
    apply = clocks(*DECIDED, today=date(2027, 5, 4))["D24"]
    assert (apply.start, apply.due, apply.whose) == (
        date(2027, 5, 3),
        date(2027, 8, 3),
        Whose.OFFICE,
    )
    applied = clocks(*DECIDED, event("court_apply", date(2027, 5, 4)), today=date(2027, 5, 4))[
        "D24"
    ]
    assert (applied.state, applied.late) == (DONE, False)


def test_after_a_review_they_follow_the_fifteen_days() -> None:
    received = event("review_received", november(10), outcome="ordinary")
    assert "D24" not in clocks(*DECIDED, received)
    decided = event("review_decided", november(20), outcome="upheld")
    found = clocks(*DECIDED, received, decided, today=date(2026, 12, 8))
    assert (found["D22"].start, found["D22"].due) == (november(20), date(2026, 12, 7))
    assert (found["D24"].start, found["D24"].due) == (date(2026, 12, 7), date(2027, 3, 8))


def test_who_sued_in_time_leaves_nothing_to_apply_for_yet() -> None:
    assert "D24" not in clocks(*DECIDED, event("suit_received", november(20)))


def test_a_fine_on_the_spot_is_enforced_after_the_time_for_review() -> None:
    spot = paper("summary_penalty_decision", october(12), october(12))
    found = clocks(spot, today=date(2026, 12, 31))
    assert found["D20"].due == date(2026, 12, 11)
    assert found["D24"].start == date(2026, 12, 11)


def test_of_two_decisions_the_later_end_starts_the_time_to_apply() -> None:
    second = paper("handling_decision", november(2), november(10))
    found = clocks(*DECIDED, second, today=date(2027, 5, 20))
    assert found["D24"].start == date(2027, 5, 10)


CLOSED = replace(FILED, stage=Stage.CLOSED, closed_on=november(2))


def test_a_closed_case_runs_nothing_of_what_was_going_on() -> None:
    ran = clocks(*TOLD, today=november(2), case=FILED)
    assert RUNNING in {clock.state for clock in ran.values()}
    found = clocks(*TOLD, today=november(2), case=CLOSED)
    assert {clock.state for clock in found.values()} <= {DONE, EXPIRED}
    assert (found["D11"].state, found["D05"].done_on) == (EXPIRED, november(2))
    order = paper("rectification_order", november(2))
    assert clocks(order, today=november(2), case=FILED)["D15"].state is RUNNING
    left = clocks(order, today=november(2), case=CLOSED)["D15"]
    assert (left.state, left.done_on, left.late) == (DONE, None, False)
    assert case_clocks(timed(november(2)), CaseRows(CLOSED, events=TOLD)) == []


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.ARCHIVED])
def test_a_review_after_closing_is_answered_in_ten_working_days(stage: Stage) -> None:
    case = replace(CLOSED, stage=stage)
    received = event("review_received", november(9), outcome="ordinary")
    found = clocks(received, today=november(9), case=case)
    assert (found["D63"].due, found["D63"].state) == (november(23), RUNNING)
    assert "D64" not in found
    short = clocks(replace(received, outcome="summary"), today=november(9), case=case)
    assert short["D64"].due == november(16)
    answered = clocks(received, event("review_answered", november(23)), case=case)["D63"]
    assert (answered.state, answered.late) == (DONE, False)


def test_a_suit_after_closing_is_answered_in_fifteen_days() -> None:
    found = clocks(event("suit_received", november(9)), today=november(9), case=CLOSED)["D65"]
    assert (found.due, found.state) == (november(24), RUNNING)


@pytest.mark.parametrize("outcome", ["changed", "annulled", "illegal", "void", "upheld", "settled"])
def test_a_published_fine_that_fell_is_withdrawn_in_three_working_days(outcome: str) -> None:
    published = event("publish_penalty", november(3))
    fell = event("review_decided", november(12), outcome=outcome)
    found = clocks(published, fell, today=november(12), case=CLOSED)
    if outcome in {"upheld", "settled"}:
        assert "D37" not in found
        return
    assert (found["D37"].due, found["D37"].state) == (november(17), RUNNING)
    assert "D37" not in clocks(fell, today=november(12), case=CLOSED)
