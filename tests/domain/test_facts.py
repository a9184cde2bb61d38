"""Facts of a case: by day and as recorded; papers made outside, days set, decisions undone."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.bureau_law import CalendarYear, DiscretionBand, RuleChoice
from inspector_app.domain.facts import (
    ANNULLING,
    ROUND_PAPERS,
    ROUND_STEPS,
    Fact,
    Facts,
    event_facts,
    of_round,
    open_states,
)
from tests.helpers.desks import library
from tests.helpers.situations import event, november, october, paper


def of(*facts: Fact) -> Facts:
    return Facts.of(facts)


def codes(facts: Facts) -> list[str]:
    return [fact.code for fact in facts.all]


def test_a_fact_knows_its_minute_only_when_it_was_written_down() -> None:
    assert Fact("crime_approve", october(9)).moment == october(9)
    assert Fact("crime_approve", october(9), "09:30").moment == datetime(2026, 10, 9, 9, 30)  # noqa: DTZ001 - wall clock


def test_facts_stand_by_day_and_of_one_day_in_the_order_given() -> None:
    facts = of(Fact("b", october(2)), Fact("a", october(1)), Fact("c", october(1)))
    assert codes(facts) == ["a", "c", "b"]
    assert facts.has("a")
    assert not facts.has("d")


def test_kinds_joined_by_a_stroke_are_any_of_them() -> None:
    facts = of(
        Fact("served:x", october(1)), Fact("served:y", october(2)), Fact("issued:x", october(3))
    )
    assert [fact.on.day for fact in facts.each("served:x|y")] == [1, 2]
    assert not facts.has("served:z")


def test_the_last_fact_of_one_day_is_the_one_recorded_last() -> None:
    first, second = Fact("recheck", october(1), ref="1"), Fact("recheck", october(1), ref="2")
    assert of(first, second).last("recheck") == second
    assert of().last("recheck") is None


@pytest.mark.parametrize(("day", "counts"), [(4, False), (5, True), (6, True)])
def test_since_asks_for_the_same_day_or_a_later_one(day: int, counts: bool) -> None:
    facts = of(Fact("notice", october(5)), Fact("statement", october(day)))
    assert (facts.since("statement", "notice") is not None) is counts


def test_since_something_that_never_happened_there_is_nothing() -> None:
    facts = of(Fact("statement", october(5)))
    assert facts.since("statement", "notice") is None
    assert facts.since("notice", "statement") is None


def test_by_a_day_only_what_had_happened_is_known_and_the_days_set_for_later() -> None:
    facts = of(
        Fact("file", october(1)),
        Fact("statement", october(6)),
        Fact("hearing_set", october(20)),
        Fact("deadline:rectification_order", october(21)),
    )
    kept = facts.as_of(october(5))
    assert codes(kept) == ["file", "hearing_set", "deadline:rectification_order"]
    assert codes(facts.as_of(october(6))) == codes(facts)
    assert facts.as_of(october(21)) is facts
    assert of().as_of(october(1)).all == ()


DAYS = st.integers(0, 60).map(lambda days: date(2026, 9, 1) + timedelta(days=days))


@given(st.lists(DAYS), DAYS, DAYS)
def test_what_was_known_stays_known(days: list[date], one: date, other: date) -> None:
    facts = of(*(Fact("visit", day) for day in days))
    early, late = sorted((one, other))
    assert set(facts.as_of(early).all) <= set(facts.as_of(late).all)
    assert all(fact.on <= early for fact in facts.as_of(early).all)


def test_a_reopened_case_starts_anew_but_keeps_its_orders_and_lists() -> None:
    facts = of(
        Fact("served:rectification_order", october(1)),
        Fact("penalty_notice=hearing", october(2)),
        Fact("served:penalty_notice", october(2)),
        Fact("list_decision", october(3)),
        Fact("annulled", october(5)),
        Fact("reopen", october(6)),
        Fact("penalty_notice", october(6)),
    )
    kept = ["served:rectification_order", "list_decision", "annulled", "reopen", "penalty_notice"]
    assert codes(facts.this_round()) == kept
    assert of(Fact("penalty_notice", october(1))).this_round().has("penalty_notice")


def test_what_belongs_to_a_round_is_known_to_the_procedure() -> None:
    assert set(library().procedure.steps) >= ROUND_STEPS
    assert set(library().procedure.papers) >= ROUND_PAPERS
    assert of_round("hearing_held")
    assert of_round("legal_review=passed")
    assert of_round("served:demand_letter")
    assert not of_round("recheck=unheeded")
    assert not of_round("issued:rectification_order")


def test_a_step_is_a_fact_and_its_outcome_another() -> None:
    made = event("recheck", october(9), outcome="partly", number="复1")
    first, second = event_facts([made])
    assert (first.code, first.ref, first.number) == ("recheck", made.id, "复1")
    assert (second.code, second.ref, second.on) == ("recheck=partly", made.id, october(9))


@pytest.mark.parametrize("step", ["review_decided", "suit_judged"])
@pytest.mark.parametrize("outcome", ["upheld", "changed", "annulled", "illegal", "void", "settled"])
def test_a_decision_no_longer_stands_as_it_was(step: str, outcome: str) -> None:
    found = {fact.code for fact in event_facts([event(step, october(9), outcome=outcome)])}
    assert ("annulled" in found) is (outcome in ANNULLING)
    assert outcome in (library().procedure.steps[step].outcomes or {})


def test_an_outcome_of_another_step_undoes_nothing() -> None:
    found = {fact.code for fact in event_facts([event("recheck", october(9), outcome="changed")])}
    assert "annulled" not in found


def test_an_order_made_outside_has_the_day_that_was_recorded_for_it() -> None:
    (fact,) = event_facts([event("order_deadline", october(1), until=october(12))])
    assert (fact.code, fact.on) == ("deadline:rectification_order", october(12))


def test_a_new_day_of_the_hearing_replaces_the_old_one_also_an_earlier() -> None:
    first = event("hearing_set", october(14), until=october(28))
    second = event("hearing_set", october(15), until=october(26))
    facts = of(*event_facts([first, second]))
    assert [fact.on for fact in facts.each("hearing_set")] == [october(26)]


def test_a_paper_made_outside_is_issued_and_when_a_day_is_given_served() -> None:
    (issued,) = event_facts([paper("penalty_notice", october(1), number="告1号")])
    assert (issued.code, issued.number) == ("issued:penalty_notice", "告1号")
    issued, served = event_facts([paper("penalty_notice", october(1), october(2), "告1号")])
    assert (served.code, served.on) == ("served:penalty_notice", october(2))
    assert issued.ref == served.ref


def test_a_numbered_paper_entered_again_with_its_service_is_the_same_paper() -> None:
    twice = [
        paper("penalty_notice", october(1), number="告1号"),
        paper("penalty_notice", november(1), november(2), "告1号"),
    ]
    issued, served = event_facts(twice)
    assert (issued.on, served.on, served.code) == (october(1), november(2), "served:penalty_notice")
    assert issued.ref == served.ref == twice[0].id


def test_without_a_number_only_the_unserved_paper_of_that_day_is_the_same() -> None:
    made = [
        paper("penalty_notice", october(1)),
        paper("penalty_notice", october(1), october(2)),  # its service
        paper("penalty_notice", october(1), october(3)),  # another paper of that day
        paper("penalty_notice", october(4), october(5)),
    ]
    found = [(fact.code.partition(":")[0], fact.ref) for fact in event_facts(made)]
    first, third, fourth = made[0].id, made[2].id, made[3].id
    assert found == [
        ("issued", first), ("served", first), ("issued", third), ("served", third),
        ("issued", fourth), ("served", fourth),
    ]  # fmt: skip


def test_without_a_number_a_paper_of_another_day_is_another_paper() -> None:
    made = [paper("penalty_notice", october(1)), paper("penalty_notice", october(4), october(5))]
    found = [(fact.code.partition(":")[0], fact.ref) for fact in event_facts(made)]
    first, second = made[0].id, made[1].id
    assert found == [("issued", first), ("issued", second), ("served", second)]


def test_only_what_sets_a_day_stands_on_that_day() -> None:
    (asked,) = event_facts([event("supplement", october(1), until=october(9))])
    assert asked.on == october(1)
    (unsaid,) = event_facts([event("hearing_set", october(2))])
    assert unsaid.on == october(2)


def test_a_state_beside_the_stage_is_open_until_it_is_closed() -> None:
    pairs = [("Z3a", "preserve", "preserve_handled")]
    assert open_states(of(), pairs) == ()
    opened = Fact("preserve", october(5))
    assert open_states(of(opened), pairs) == ("Z3a",)
    assert open_states(of(opened, Fact("preserve_handled", october(6))), pairs) == ()
    assert open_states(of(Fact("preserve_handled", october(4)), opened), pairs) == ("Z3a",)


def test_rows_of_the_bureau_need_only_what_they_say() -> None:
    choice = RuleChoice("1", "D05", "length", "50", "演示", october(1), "周岚", "410400", "410400")
    band = DiscretionBand("1", "GZ-05", "一般", "", 1, 2, october(1), "410400", "410400")
    year = CalendarYear("1", 2027, "演示", ("01-01=元旦",), (), "410400", "410400")
    assert (choice.value, band.person_low_fen, year.workdays) == ("50", None, ())
