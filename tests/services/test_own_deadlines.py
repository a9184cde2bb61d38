"""The day a decision sets itself, and what a paper made void does to the office's clocks."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.office import Todo, TodoOrigin
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import PaperState
from inspector_app.domain.terms import Level, Whose
from inspector_app.services.case_facts import many_rows
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, SettlementForm, add_claims, settle
from inspector_app.services.clocks import CaseClock, ClockState, case_clocks, timing
from inspector_app.services.desk import Desk
from tests.helpers.clocks import FILED, MONDAY, clocks, made, served
from tests.helpers.desks import a_case_form, library, on
from tests.helpers.situations import event, november, october, paper

RUNNING, DONE = ClockState.RUNNING, ClockState.DONE
DECISION = made("d1", "handling_decision", MONDAY, october(9))
SERVED = served("d1", date(2026, 9, 30))
LATE = october(12)


def with_rows(*events: CaseEvent, today: date = LATE, **rows: object) -> dict[str, CaseClock]:
    """The clocks of a case with these papers and services."""
    return clocks(*events, today=today, **rows)  # type: ignore[arg-type]  # tests name fields freely


def own(*events: CaseEvent, today: date = LATE, **rows: object) -> CaseClock:
    """The clock of the day the decision sets."""
    said: dict[str, object] = {"papers": [DECISION], "services": [SERVED], **rows}
    return with_rows(*events, today=today, **said)["DECISION"]


def test_a_served_decision_is_performed_by_the_day_it_sets_itself() -> None:
    found = own()
    assert (found.name, found.start_event) == ("履行期限", "处理决定书送达")
    assert (found.start, found.due, found.article) == (date(2026, 9, 30), october(9), "d1号")
    assert (found.level, found.state, found.whose) == (Level.OVERDUE, RUNNING, Whose.OFFICE)
    assert (found.leading, found.late, found.paper_id) == (True, False, "d1")
    asked = "d1号于2026年9月30日（星期三）送达，应当于2026年10月9日（星期五）前履行。"
    assert found.why == asked
    assert own(today=october(9)).level is Level.TODAY


def test_without_service_or_a_day_of_its_own_nothing_runs() -> None:
    assert "DECISION" not in clocks(papers=[DECISION], today=LATE)
    bare = made("d1", "handling_decision", MONDAY)
    assert "DECISION" not in clocks(papers=[bare], services=[SERVED], today=LATE)
    gone = replace(DECISION, state=PaperState.VOID)
    assert "DECISION" not in clocks(papers=[gone], services=[SERVED], today=LATE)


def test_it_ends_when_performed_checked_or_brought_to_court() -> None:
    assert own(event("performed", october(8))).done_on == october(8)
    assert own(event("performed", MONDAY)).state is RUNNING
    assert own(event("recheck", october(8), outcome="unheeded")).state is RUNNING
    assert own(event("recheck", october(8), outcome="corrected")).done_on == october(8)
    looked = own(event("recheck", october(12), outcome="unheeded"))
    assert (looked.done_on, looked.state, looked.late) == (october(12), DONE, False)
    assert own(event("court_apply", october(8))).state is RUNNING
    assert own(event("court_apply", october(10))).done_on == october(10)
    ticked = Todo("t", "case-1", "核查", october(9), TodoOrigin.HAND, october(11), "d1")
    assert own(todos=(ticked,)).done_on == october(11)


@pytest.mark.parametrize("outcome", ["changed", "annulled", "void", "illegal", "upheld"])
def test_a_decision_that_was_taken_away_sets_no_day(outcome: str) -> None:
    told = own(event("review_decided", october(8), outcome=outcome))
    assert told.done_on == (october(8) if outcome in {"changed", "annulled", "void"} else None)
    assert own(event("review_decided", MONDAY, outcome=outcome)).state is RUNNING


def test_wages_paid_in_full_perform_a_decision_about_wages() -> None:
    assert own(paid_off_on=october(8)).done_on == october(8)
    assert own(paid_off_on=MONDAY).done_on == SERVED.served_on
    values = dumps({"deadline": october(9), "extra_amount": 100}, library().kinds[DECISION.kind])
    assert own(paid_off_on=october(8), papers=[replace(DECISION, values=values)]).state is RUNNING


def test_the_order_is_over_once_a_decision_was_made_on_it() -> None:
    order = made("p1", "rectification_order", MONDAY, october(8))
    rows: dict[str, Any] = {"papers": [order, DECISION], "services": [served("p1", MONDAY), SERVED]}
    step = event("handling_decision", MONDAY)
    found = with_rows(step, **rows)
    assert (found["ORDER"].state, found["ORDER"].done_on) == (DONE, MONDAY)
    assert found["DECISION"].state is RUNNING
    gone = {**rows, "papers": [order, replace(DECISION, state=PaperState.VOID)]}
    assert with_rows(step, **gone)["ORDER"].state is RUNNING
    early = event("handling_decision", date(2026, 9, 25))
    assert with_rows(early, **rows)["ORDER"].state is RUNNING


def test_the_office_decides_again_when_its_decision_was_made_void() -> None:
    submit, step = event("submit", october(12)), event("penalty_decision", october(16))
    fine = made("f1", "penalty_decision", october(16))
    service = served("f1", october(19))
    case = replace(FILED, stage=Stage.DECIDED)

    def found(*papers: object) -> dict[str, CaseClock]:
        rows: dict[str, Any] = {"papers": papers, "services": [service], "case": case}
        return with_rows(submit, step, today=november(20), **rows)

    stands = found(fine)
    assert {stands[rule].state for rule in ("D05", "D07", "D08", "D77", "D14")} == {DONE}
    gone = found(replace(fine, state=PaperState.VOID))
    assert {gone[rule].state for rule in ("D07", "D08", "D77")} == {RUNNING}
    assert gone["D05"].state is DONE  # the investigation was submitted all the same
    assert not {"D14", "D17", "D20", "D21"} & set(gone)
    again = found(replace(fine, state=PaperState.VOID), made("f2", "penalty_decision", october(23)))
    assert {again[rule].done_on for rule in ("D07", "D08", "D77")} == {october(23)}
    assert (again["D14"].start, again["D14"].state) == (october(23), RUNNING)


def test_a_decision_made_outside_has_no_day_the_program_knows() -> None:
    assert "DECISION" not in clocks(paper("handling_decision", MONDAY, october(2), "处1号"))


def test_the_first_page_knows_that_a_decision_was_paid(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    claim = add_claims(desk, case.id, [ClaimForm("向大山", 100_000)])[0]
    page = {"sha256": "0" * 64, "pages": 1, "issued_by": "演示"}
    decision = made("d1", "handling_decision", MONDAY, MONDAY)
    decision = replace(decision, case_id=case.id, **page)  # type: ignore[arg-type]  # a page
    with desk.work("制发") as uow:
        uow.add(decision)
        uow.add(replace(served("d1", MONDAY), case_id=case.id))
        uow.commit()
    later = on(desk, LATE)

    def running() -> set[str]:
        with later.ledger.read() as view:
            rows = next(many_rows(view, [case.id]))
        return {clock.rule for clock in case_clocks(timing(later), rows)}

    assert "DECISION" in running()
    settle(later, case.id, [SettlementForm(claim.id, 40_000, LATE)])
    assert "DECISION" in running()
    settle(later, case.id, [SettlementForm(claim.id, 60_000, LATE)])
    assert "DECISION" not in running()
