"""Clocks of a case from its facts: which run, until when, whose they are, and what ends them."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from inspector_app.domain.cases import Source
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.domain.papers import PaperState, ServiceMethod
from inspector_app.domain.terms import DaysLeft, Level, Whose
from inspector_app.services.case_facts import CaseRows
from inspector_app.services.clocks import (
    CaseClock,
    ClockState,
    clocks_of,
    clue_due,
    latest_ends,
    paper_clock,
)
from tests.helpers.builders import a_case
from tests.helpers.clocks import CASE, FILED, FRIDAY, MONDAY, TOLD, clocks, made, served, timed
from tests.helpers.desks import library
from tests.helpers.situations import event, november, october, paper

RUNNING, DONE, EXPIRED = ClockState.RUNNING, ClockState.DONE, ClockState.EXPIRED
AFTER = october(13)


@pytest.mark.parametrize(
    ("choice", "leads"),
    [("", "D03"), ("从严", "D03"), ("国家规定", "D01"), ("河南规定", "D03")],
)
def test_the_stricter_of_nation_and_henan_leads_unless_the_bureau_chose(
    choice: str, leads: str
) -> None:
    found = {c.rule: c for c in clocks_of(timed(MONDAY, term_lead=choice), CaseRows(CASE))}
    assert (found["D01"].due, found["D03"].due) == (october(9), october(8))
    assert [rule for rule in ("D01", "D03") if found[rule].leading] == [leads]
    assert (found["D01"].henan, found["D03"].henan) == (False, True)


def test_of_two_terms_that_end_on_one_day_the_national_one_leads() -> None:
    case = a_case(received_on=november(4))
    found = {c.rule: c for c in clocks_of(timed(november(4)), CaseRows(case))}
    assert found["D01"].due == found["D03"].due == november(11)
    assert (found["D01"].leading, found["D03"].leading) == (True, False)


def test_what_runs_comes_first_and_each_by_its_day() -> None:
    found = clocks_of(timed(october(7)), CaseRows(FILED, events=TOLD))
    states = [clock.state is RUNNING for clock in found]
    assert states == sorted(states, reverse=True)
    running = [clock.ends for clock in found if clock.state is RUNNING]
    assert running == sorted(running)
    assert len(running) > 1


def test_only_the_clock_of_a_paper_names_its_paper() -> None:
    filed = event("file", MONDAY)
    order = paper("rectification_order", MONDAY)
    found = clocks(filed, order)
    assert (found["D05"].paper_id, found["D15"].paper_id) == ("", order.id)


def test_the_shipped_choice_is_the_stricter_one() -> None:
    assert library().settings["term_lead"].default not in {"国家规定", "河南规定"}


@pytest.mark.parametrize(("choice", "leads"), [("", "D06"), ("国家规定", "D05")])
def test_the_investigation_has_its_two_terms(choice: str, leads: str) -> None:
    found = {c.rule: c for c in clocks_of(timed(MONDAY, term_lead=choice), CaseRows(FILED))}
    assert (found["D05"].start, found["D05"].due) == (MONDAY, date(2026, 12, 25))
    assert found["D06"].due == october(28)
    assert [rule for rule in ("D05", "D06") if found[rule].leading] == [leads]
    assert found["D01"].state is found["D03"].state is DONE


def test_a_case_the_office_found_itself_has_no_complaint_to_answer() -> None:
    found = clocks(case=a_case(received_on=FRIDAY, source=Source.PATROL))
    assert "D01" not in found
    assert "D03" in found


def test_supplementing_starts_the_decision_anew() -> None:
    asked = event("supplement", MONDAY, note="演示")
    assert clocks(asked, today=MONDAY)["D01"].state is DONE
    found = clocks(asked, event("supplemented", october(12)), today=october(12))
    assert (found["D01"].start, found["D01"].state) == (october(12), RUNNING)


def test_a_published_notice_counts_thirty_days_later_and_starts_the_next_clocks_then() -> None:
    decided = event("penalty_decision", MONDAY)
    papers = [made("p1", "inquiry_notice", MONDAY)]
    services = [served("p1", MONDAY, ServiceMethod.PUBLICATION)]

    def on(day: date) -> dict[str, CaseClock]:
        return clocks(decided, today=day, papers=papers, services=services)

    assert on(october(27))["D16"].due == october(28)
    assert on(october(27))["D16"].whose is Whose.OTHER
    assert "D10" not in on(october(27))
    assert on(october(28))["D10"].start == october(28)
    assert on(october(28))["D10"].due == november(4)


def test_each_paper_has_its_clock_and_only_its_own_service_ends_it() -> None:
    papers = [
        made("p1", "rectification_order", MONDAY),
        made("p2", "rectification_order", MONDAY),
    ]
    found = clocks_of(timed(MONDAY), CaseRows(CASE, papers, [served("p1", MONDAY)]))
    orders = {clock.paper_id: clock for clock in found if clock.rule == "D15"}
    assert (orders["p1"].state, orders["p1"].done_on) == (DONE, MONDAY)
    assert (orders["p2"].state, orders["p2"].done_on) == (RUNNING, None)
    both = CaseRows(CASE, papers, [replace(served("p1", MONDAY), paper_ids=("p1", "p2"))])
    assert {c.state for c in clocks_of(timed(MONDAY), both) if c.rule == "D15"} == {DONE}


def test_a_voided_paper_has_no_clock() -> None:
    gone = replace(made("p1", "rectification_order", MONDAY), state=PaperState.VOID)
    assert "D15" not in clocks(papers=[gone], services=[served("p1", MONDAY)])


def test_the_order_sets_its_own_day_until_somebody_looked() -> None:
    papers = [made("p1", "rectification_order", MONDAY, october(12))]
    services = [served("p1", MONDAY)]

    def own(*events: CaseEvent, today: date = AFTER, todos: tuple[Todo, ...] = ()) -> CaseClock:
        return clocks(*events, today=today, papers=papers, services=services, todos=todos)["ORDER"]

    assert (own().due, own().level, own().state) == (october(12), Level.OVERDUE, RUNNING)
    assert own(today=october(12)).level is Level.TODAY
    early = event("recheck", october(9), outcome="unheeded")
    assert own(early).state is RUNNING
    assert own(early, event("recheck", october(13), outcome="partly")).done_on == october(13)
    assert own(event("recheck", october(9), outcome="corrected")).done_on == october(9)
    assert own(event("recheck", october(11), outcome="partly")).state is RUNNING
    assert own(event("recheck", october(12), outcome="partly")).done_on == october(12)
    assert own(event("recheck", MONDAY, outcome="corrected")).done_on == MONDAY
    follow = Todo("t", "case-1", "核查", october(12), TodoOrigin.ORDER, october(10), "p1")
    assert own(todos=(follow,)).done_on == october(10)
    assert own(todos=(replace(follow, paper_id="p2"),)).state is RUNNING


def test_an_order_made_outside_has_the_day_recorded_for_it() -> None:
    order = paper("rectification_order", MONDAY, october(8), "令1号")
    until = event("order_deadline", MONDAY, until=october(20))
    found = clocks(order, until, today=october(9))["ORDER"]
    assert (found.start, found.due, found.article) == (october(8), october(20), "令1号")
    assert "ORDER" not in clocks(paper("rectification_order", MONDAY), until)
    late = paper("rectification_order", MONDAY, october(21))
    assert "ORDER" not in clocks(late, until)
    on_the_day = paper("rectification_order", MONDAY, october(20))
    assert clocks(on_the_day, until)["ORDER"].start == october(20)


@pytest.mark.parametrize(
    ("day", "open_year"), [(date(2026, 12, 31), False), (date(2027, 1, 4), True)]
)
def test_a_day_in_a_year_not_yet_announced_is_provisional(day: date, open_year: bool) -> None:
    papers = [made("p1", "rectification_order", MONDAY, day)]
    found = clocks(papers=papers, services=[served("p1", MONDAY)])["ORDER"]
    assert found.provisional is open_year


def test_an_unserved_order_of_the_program_lends_its_day_to_no_other() -> None:
    papers = [made("p1", "rectification_order", MONDAY, october(12))]
    found = clocks(paper("rectification_order", MONDAY, MONDAY), papers=papers)
    assert "ORDER" not in found


@pytest.mark.parametrize(
    ("hour", "late"), [("09:59", False), ("10:00", False), ("10:01", True), ("", False)]
)
def test_a_crime_goes_to_the_police_within_twenty_four_hours(hour: str, late: bool) -> None:
    approved = event("crime_approve", october(9), at="10:00")
    found = clocks(approved, event("crime_send", october(10), at=hour))["D29"]
    assert found.due == datetime(2026, 10, 10, 10, 0)  # noqa: DTZ001 - wall clock
    assert (found.ends, found.done_on, found.late) == (october(10), october(10), late)


def test_hours_without_a_time_of_day_end_with_the_next_day() -> None:
    found = clocks(event("crime_approve", october(9)), event("crime_send", october(11)))["D29"]
    assert (found.due, found.late) == (october(10), True)


def test_a_clock_in_hours_stands_among_those_in_days() -> None:
    """A minute and a day are not compared as they are."""
    found = clocks(event("crime_approve", october(8), at="10:00"), today=october(8))
    assert (found["D29"].state, found["D03"].state) == (RUNNING, RUNNING)
    assert (found["D29"].ends, found["D03"].ends) == (october(9), october(8))


def test_an_extension_moves_the_day_of_its_own_term_only() -> None:
    more = event("extend", october(9), rules=("D05",))
    found = clocks(more, case=FILED)
    assert found["D05"].due == date(2026, 12, 25)
    assert found["D05"].extended_due == found["D05"].ends == date(2027, 2, 5)
    assert found["D06"].extended_due is None


def test_what_is_left_is_counted_as_each_term_counts() -> None:
    found = clocks(case=FILED, today=october(12))
    assert found["D05"].days_left == DaysLeft(54, working=True)  # until 25 December
    assert found["D06"].days_left == DaysLeft((found["D06"].due - october(12)).days)
    order = made("p1", "rectification_order", MONDAY, october(20))
    set_by_order = paper_clock(timed(october(12)), order, served("p1", MONDAY))
    assert set_by_order is not None
    assert set_by_order.days_left == DaysLeft(8)


def test_a_stop_pushes_the_days_of_the_terms_it_names() -> None:
    calm = clocks(case=FILED)
    rest = event("stop", october(12), until=october(16), rules=("D05",), outcome="appraisal")
    stopped = clocks(rest, case=FILED)
    moved = library().calendar.working_days_between(calm["D05"].due, stopped["D05"].due)
    assert (moved, stopped["D05"].stops) == (5, ((october(12), october(16)),))
    assert (stopped["D06"].due, stopped["D06"].stops) == (calm["D06"].due, ())
    every = clocks(replace(rest, rules=()), case=FILED)
    assert every["D06"].due == november(2)


def test_an_open_stop_lasts_until_today_and_some_terms_never_stop() -> None:
    rest = event("stop", october(12), outcome="other")
    for today, until in [
        (october(13), october(13)),
        (october(12), october(12)),
        (MONDAY, october(12)),
    ]:
        found = clocks(rest, today=today, case=FILED)["D05"]
        assert found.stops == ((october(12), until),)
    told = clocks(*TOLD, rest)["D11"]
    assert (told.due, told.stops) == (october(21), ())


def test_done_in_time_or_late_is_seen_afterwards() -> None:
    for day, late in [(october(8), False), (october(9), True)]:
        found = clocks(event("file", day))["D03"]
        assert (found.state, found.done_on, found.late) == (DONE, day, late)
    assert not clocks()["D03"].late


def test_what_was_done_before_a_clock_started_does_not_end_it() -> None:
    early = event("unpublish_penalty", october(1)), event("publish_penalty", october(1))
    fell = event("review_decided", october(9), outcome="annulled")
    assert clocks(*early, fell)["D37"].state is RUNNING


def test_the_office_itself_follows_up_an_inquiry() -> None:
    papers, services = [made("p1", "inquiry_notice", MONDAY)], [served("p1", MONDAY)]
    found = clocks(today=november(20), papers=papers, services=services)["D10"]
    assert (found.whose, found.level, found.state) == (Whose.OFFICE, Level.OVERDUE, RUNNING)
    todo = Todo("t", "case-1", "核对", october(9), TodoOrigin.INQUIRY, october(8), "p1")
    answered = clocks(papers=papers, services=services, todos=[todo])["D10"]
    assert (answered.state, answered.done_on) == (DONE, october(8))
    found_at_once = paper_clock(timed(MONDAY), papers[0], services[0])
    assert found_at_once is not None
    assert found_at_once.due == october(8)
    off = timed(MONDAY)
    without = replace(off, rules=replace(off.rules, off=frozenset({"D10"})))
    assert paper_clock(without, papers[0], services[0]) is None


def test_a_served_order_is_looked_at_by_the_day_it_sets_itself() -> None:
    order = made("p1", "rectification_order", MONDAY, october(12))
    found = paper_clock(timed(MONDAY), order, served("p1", MONDAY))
    assert found is not None
    assert (found.rule, found.due) == ("ORDER", october(12))
    endless = made("p1", "rectification_order", MONDAY)
    assert paper_clock(timed(MONDAY), endless, served("p1", MONDAY)) is None
    other = made("p1", "interview_notice", MONDAY)
    assert paper_clock(timed(MONDAY), other, served("p1", MONDAY)) is None


def test_the_last_end_of_a_rule_is_what_guards_go_by() -> None:
    second = paper("penalty_notice", october(16), october(16), "告2号")
    found = clocks_of(timed(november(2)), CaseRows(CASE, events=[*TOLD, second]))
    assert [c.due for c in found if c.rule == "D11"] == [october(21), october(23)]
    assert latest_ends(found)["D11"] == latest_ends(reversed(found))["D11"] == october(23)


def test_a_clue_waits_for_the_stricter_of_its_two_terms() -> None:
    found = clue_due(timed(MONDAY), FRIDAY)
    assert found is not None
    assert (found.rule, found.due) == ("D03", october(8))
    national = clue_due(timed(MONDAY, term_lead="国家规定"), FRIDAY)
    assert national is not None
    assert national.rule == "D01"
    off = timed(MONDAY)
    nothing = replace(off, rules=replace(off.rules, off=frozenset({"D01", "D03"})))
    assert clue_due(nothing, FRIDAY) is None


def test_a_rule_the_bureau_switched_off_has_no_clock() -> None:
    timing = timed(MONDAY)
    off = replace(timing, rules=replace(timing.rules, off=frozenset({"D03"})))
    found = {clock.rule for clock in clocks_of(off, CaseRows(CASE))}
    assert "D03" not in found
    assert "D01" in found
