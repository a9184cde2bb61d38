"""Ways round the procedure that somebody might try, and honest ways that must stay open."""

from datetime import date

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.errors import UserError
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.steps import StepForm, StepRefusedError, take_step
from tests.helpers.desks import MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import LEADER, a_leader, step

TOLD = date(2026, 10, 14)
D13 = date(2026, 10, 21)
NOVEMBER = date(2026, 11, 2)


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A filed case with two certified inspectors and one worker's wages."""
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000)])
    return case.id


def paper(
    desk: Desk, case_id: str, kind: str, made: date, served: date | None = None, number: str = "无"
) -> None:
    form = StepForm(step="outside_paper", on=made, until=served, paper_kind=kind, number=number)
    take_step(desk, case_id, form)


def guards(desk: Desk, case_id: str, form: StepForm) -> set[str]:
    """What refuses the step."""
    with pytest.raises(StepRefusedError) as error:
        take_step(desk, case_id, form)
    return {refusal.guard for refusal in error.value.refusals}


def told(desk: Desk, case_id: str, fen: int = 300_000, outcome: str = "plain") -> Desk:
    """KJ-01 needs no order first: the notice was made and served on 14 October."""
    later = on(desk, NOVEMBER)
    step(later, case_id, "submit", TOLD, outcome="plain")
    paper(later, case_id, "penalty_notice", TOLD, TOLD, "告1号")
    step(later, case_id, "penalty_notice", TOLD, amount_fen=fen, codes=("KJ-01",), outcome=outcome)
    return later


def decision(day: date, fen: int = 300_000, **said: object) -> StepForm:
    fields: dict[str, object] = {"approver": LEADER, "amount_fen": fen, **said}
    return StepForm(step="penalty_decision", on=day, **fields)  # type: ignore[arg-type]  # tests name fields freely


def test_a_decision_dated_back_before_the_statement_is_refused(desk: Desk, case_id: str) -> None:
    later = told(desk, case_id)
    paper(later, case_id, "penalty_decision", date(2026, 10, 16))
    step(later, case_id, "statement_waive", date(2026, 10, 20))
    assert guards(later, case_id, decision(date(2026, 10, 19))) == {"statement_over"}
    assert guards(later, case_id, decision(date(2026, 10, 15))) == {"papers", "statement_over"}
    assert step(
        later, case_id, "penalty_decision", date(2026, 10, 20), amount_fen=300_000
    ).stage is (Stage.DECIDED)


def test_a_paper_cannot_be_served_before_it_was_made(desk: Desk, case_id: str) -> None:
    later = on(desk, NOVEMBER)
    with pytest.raises(UserError, match="早于办理日期") as error:
        paper(later, case_id, "penalty_notice", TOLD, date(2026, 10, 1))
    assert error.value.field == "until"


def test_a_decision_names_no_act_that_was_not_told(desk: Desk, case_id: str) -> None:
    later = told(desk, case_id)
    paper(later, case_id, "penalty_decision", NOVEMBER)
    other = decision(NOVEMBER, codes=("HT-05",))
    assert "told_before" in guards(later, case_id, other)
    assert (
        take_step(later, case_id, decision(NOVEMBER, codes=("KJ-01",))).case.stage is Stage.DECIDED
    )


def test_nobody_lets_a_notice_pass_that_names_no_act_or_amount(desk: Desk, case_id: str) -> None:
    later = on(desk, NOVEMBER)
    a_leader(later)
    step(later, case_id, "submit", TOLD, outcome="plain")
    paper(later, case_id, "penalty_notice", TOLD, TOLD)
    empty = StepForm(
        step="penalty_notice", on=TOLD, outcome="plain", override_by=LEADER, override_why="演示"
    )
    assert guards(later, case_id, empty) == {"violations", "amount"}


def test_one_inspector_is_not_enough_whoever_says_so(desk: Desk) -> None:
    lead, _ = two_inspectors(desk)
    a_leader(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id))
    add_claims(desk, case.id, [ClaimForm("王演示", 1_000_000)])
    form = StepForm(
        step="submit", on=MONDAY, outcome="plain", override_by=LEADER, override_why="人手不足"
    )
    assert guards(desk, case.id, form) == {"two_inspectors"}


def test_a_heavier_fine_is_told_anew_and_the_time_runs_again(desk: Desk, case_id: str) -> None:
    later = told(desk, case_id)
    paper(later, case_id, "penalty_decision", NOVEMBER)
    assert guards(later, case_id, decision(NOVEMBER, 400_000)) == {"not_heavier"}
    again = StepForm(
        step="penalty_notice", on=NOVEMBER, outcome="plain", codes=("KJ-01",), amount_fen=400_000
    )
    assert guards(later, case_id, again) == {"new_notice"}
    paper(later, case_id, "penalty_notice", NOVEMBER, NOVEMBER, "告2号")
    assert take_step(later, case_id, again).case.stage is Stage.NOTICE

    assert guards(later, case_id, decision(NOVEMBER, 400_000)) == {"statement_over"}
    after = on(desk, date(2026, 11, 10))
    decided = take_step(after, case_id, decision(date(2026, 11, 10), 400_000))
    assert decided.case.stage is Stage.DECIDED


def test_a_hearing_moved_to_an_earlier_day_needs_its_notice_in_time(
    desk: Desk, case_id: str
) -> None:
    later = told(desk, case_id, 2_000_000, "hearing")
    step(later, case_id, "hearing_request", date(2026, 10, 16))
    step(later, case_id, "hearing_set", date(2026, 10, 16), until=date(2026, 10, 28))
    paper(later, case_id, "hearing_notice", date(2026, 10, 19), date(2026, 10, 19))
    paper(later, case_id, "hearing_record", date(2026, 10, 26))
    held = StepForm(step="hearing_held", on=date(2026, 10, 26), people="主持人孙演示")
    assert guards(later, case_id, held) == {"hearing_set"}
    step(later, case_id, "hearing_set", date(2026, 10, 20), until=date(2026, 10, 26))
    assert guards(later, case_id, held) == {"hearing_notice_in_time"}


def test_an_undone_decision_is_made_anew_from_its_notice_on(desk: Desk, case_id: str) -> None:
    later = told(desk, case_id)
    paper(later, case_id, "penalty_decision", NOVEMBER, NOVEMBER, "罚1号")
    take_step(later, case_id, decision(NOVEMBER))
    step(later, case_id, "deliver", NOVEMBER)
    day = date(2026, 12, 1)
    fell = on(desk, day)
    step(fell, case_id, "review_received", day, outcome="ordinary")
    step(fell, case_id, "review_decided", day, outcome="annulled")
    assert step(fell, case_id, "reopen", day, "演示").stage is Stage.APPROVAL
    again = StepForm(
        step="penalty_notice", on=day, outcome="plain", codes=("KJ-01",), amount_fen=300_000
    )
    assert guards(fell, case_id, again) == {"papers"}
    with pytest.raises(UserError, match="不能重新处理"):
        step(fell, case_id, "reopen", day, "演示")


def test_an_annulled_decision_is_not_taken_to_court(desk: Desk, case_id: str) -> None:
    later = told(desk, case_id)
    paper(later, case_id, "penalty_decision", NOVEMBER, NOVEMBER, "罚1号")
    take_step(later, case_id, decision(NOVEMBER))
    step(later, case_id, "deliver", NOVEMBER)
    day = date(2027, 1, 20)
    late = on(desk, day)
    step(late, case_id, "review_received", date(2026, 12, 1), outcome="ordinary")
    step(late, case_id, "review_decided", date(2026, 12, 20), outcome="annulled")
    paper(late, case_id, "demand_letter", date(2026, 12, 25), date(2026, 12, 25))
    paper(late, case_id, "enforcement_application", day)
    form = StepForm(step="court_apply", on=day, approver=LEADER)
    assert guards(late, case_id, form) == {"decision_stands"}


def test_a_case_that_left_the_stage_still_ends_what_runs_beside_it(
    desk: Desk, case_id: str
) -> None:
    later = on(desk, NOVEMBER)
    paper(later, case_id, "preservation_notice", TOLD, TOLD)
    step(later, case_id, "preserve", TOLD)
    told(desk, case_id)
    paper(later, case_id, "preservation_decision", date(2026, 10, 20))
    step(later, case_id, "preserve_handled", date(2026, 10, 20))
    assert case_sheet(later, case_id).beside == ()


@pytest.mark.parametrize("stage", ["reject", "advise"])
def test_who_was_turned_away_may_sue_and_the_office_answers_in_time(desk: Desk, stage: str) -> None:
    case = new_case(desk, a_case_form(filed_on=None))
    step(desk, case.id, stage, MONDAY, "演示")
    step(desk, case.id, "suit_received", MONDAY)
    (clock,) = (one for one in case_sheet(desk, case.id).clocks if one.rule == "D65")
    assert clock.due == date(2026, 10, 13)


def test_supplements_are_asked_for_until_a_day_to_come(desk: Desk) -> None:
    case = new_case(desk, a_case_form(filed_on=None))
    form = StepForm(step="supplement", on=MONDAY, until=date(2026, 10, 12))
    taken = take_step(desk, case.id, form)
    assert taken.case.stage is Stage.SUPPLEMENT
    assert {one.guard for one in taken.reminders} == {"papers", "reason"}


def test_the_list_hears_the_party_first(desk: Desk, case_id: str) -> None:
    later = on(desk, NOVEMBER)
    paper(later, case_id, "rectification_order", MONDAY, MONDAY, "令1号")
    step(later, case_id, "order_deadline", MONDAY, until=date(2026, 10, 12))
    step(later, case_id, "order", MONDAY)
    paper(later, case_id, "list_notice", date(2026, 10, 26), date(2026, 10, 26))
    early = StepForm(step="list_notice", on=date(2026, 10, 12))
    assert "list_ordered" in guards(later, case_id, early)
    step(later, case_id, "list_notice", date(2026, 10, 26))
    paper(later, case_id, "list_decision", NOVEMBER)
    form = StepForm(step="list_decision", on=NOVEMBER, approver=LEADER)
    with pytest.raises(StepRefusedError, match="名单管理暂行办法") as error:
        take_step(later, case_id, form)
    assert "提出异议的期限还没有届满" in error.value.message
    step(on(desk, date(2026, 11, 3)), case_id, "list_decision", date(2026, 11, 3))


def test_the_clock_of_a_list_is_extended_wherever_the_case_stands(desk: Desk, case_id: str) -> None:
    later = on(desk, NOVEMBER)
    paper(later, case_id, "rectification_order", MONDAY, MONDAY, "令1号")
    step(later, case_id, "order_deadline", MONDAY, until=date(2026, 10, 12))
    step(later, case_id, "order", MONDAY)
    paper(later, case_id, "list_notice", date(2026, 10, 26), date(2026, 10, 26))
    step(later, case_id, "list_notice", date(2026, 10, 26))
    step(later, case_id, "extend", NOVEMBER, "情况复杂", rules=("D33",))
    (clock,) = (one for one in case_sheet(later, case_id).clocks if one.rule == "D33")
    assert clock.extended_due == date(2026, 12, 7)
    late = StepForm(step="extend", on=NOVEMBER, rules=("D06",), approver=LEADER, note="演示")
    with pytest.raises(StepRefusedError, match="河南省劳动保障监察条例》第十六条"):
        take_step(later, case_id, late)


def test_only_terms_that_can_stop_are_stopped(desk: Desk, case_id: str) -> None:
    for rule in ("D11", "D99"):
        form = StepForm(step="stop", on=MONDAY, rules=(rule,), outcome="other", note="演示")
        with pytest.raises(UserError, match=f"{rule}不能中止计时，可以中止的有D05"):
            take_step(desk, case_id, form)
    step(desk, case_id, "stop", MONDAY, "演示", rules=("D05",), outcome="other")
