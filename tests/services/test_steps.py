"""A case goes through the procedure of the law, and only through it."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.cases import Source, Stage
from inspector_app.errors import UserError
from inspector_app.services import settings
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims
from inspector_app.services.desk import Desk
from inspector_app.services.steps import StepForm, StepRefusedError, options, take_step
from tests.helpers.desks import MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import LEADER, a_leader, close_case, step

NOVEMBER = date(2026, 11, 2)
CLAIM = ClaimForm("王演示", 1_000_000, period_from="2026-05", period_to="2026-08")


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A filed case with two certified inspectors and one worker's wages."""
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    add_claims(desk, case.id, [CLAIM])
    return case.id


def paper(
    desk: Desk, case_id: str, kind: str, made: date, served: date | None = None, number: str = "无"
) -> None:
    """A paper made outside the program."""
    form = StepForm(step="outside_paper", on=made, until=served, paper_kind=kind, number=number)
    take_step(desk, case_id, form)


def refused(desk: Desk, case_id: str, form: StepForm) -> StepRefusedError:
    with pytest.raises(StepRefusedError) as error:
        take_step(desk, case_id, form)
    return error.value


def form_of(said: dict[str, object], **more: object) -> StepForm:
    return StepForm(**{**said, **more})  # type: ignore[arg-type]  # tests name fields freely


def guards(error: StepRefusedError) -> set[str]:
    return {refusal.guard for refusal in error.refusals}


def ordered(desk: Desk, case_id: str) -> Desk:
    """The order of 28 September was served and ran out on 12 October unheeded."""
    later = on(desk, date(2026, 10, 13))
    paper(later, case_id, "rectification_order", MONDAY, MONDAY, "令1号")
    step(later, case_id, "order", MONDAY)
    step(later, case_id, "order_deadline", MONDAY, until=date(2026, 10, 12))
    step(later, case_id, "recheck", date(2026, 10, 13), outcome="unheeded")
    step(later, case_id, "submit", date(2026, 10, 13), outcome="plain")
    return later


def told(desk: Desk, case_id: str, code: str, fen: int, outcome: str) -> Desk:
    """The advance notice was made and served on 14 October."""
    day = date(2026, 10, 14)
    later = on(desk, day)
    paper(later, case_id, "penalty_notice", day, day, "告1号")
    step(later, case_id, "penalty_notice", day, amount_fen=fen, codes=(code,), outcome=outcome)
    return later


def test_a_step_out_of_its_stage_names_the_way(desk: Desk, case_id: str) -> None:
    with pytest.raises(UserError) as error:
        step(desk, case_id, "court_apply", MONDAY)

    assert error.value.kind == "illegal_step"
    assert "强制执行" in error.value.message
    assert "现在可以" in error.value.message
    assert "第五十三条" in error.value.message


def test_an_unknown_step_names_the_known_ones(desk: Desk, case_id: str) -> None:
    with pytest.raises(UserError, match=r"没有名为“fly”的步骤.*file（立案）"):
        step(desk, case_id, "fly", MONDAY)


def test_an_order_needs_its_paper(desk: Desk, case_id: str) -> None:
    error = refused(desk, case_id, StepForm(step="order", on=MONDAY))

    assert "没有限期改正指令书" in error.message
    assert "《劳动保障监察条例》第十八条第一款第（二）项" in error.message
    assert "补登" in error.message
    paper(desk, case_id, "rectification_order", MONDAY, MONDAY)
    assert step(desk, case_id, "order", MONDAY).stage is Stage.RECTIFICATION


def test_no_fine_under_article_55_without_a_served_expired_unheeded_order(
    desk: Desk, case_id: str
) -> None:
    day = date(2026, 9, 29)
    later = on(desk, day)
    step(later, case_id, "submit", day, outcome="plain")
    paper(later, case_id, "penalty_notice", day, day)
    fine = StepForm(
        step="penalty_notice", on=day, codes=("GZ-05",), amount_fen=5_000_000, outcome="hearing"
    )

    error = refused(later, case_id, fine)

    assert guards(error) == {"order_unheeded"}
    assert not error.may_pass
    assert "第五十五条" in error.message
    assert "法律不允许放行" in error.message
    a_leader(later)
    passed = replace(fine, override_by=LEADER, override_why="急")
    assert guards(refused(later, case_id, passed)) == {"order_unheeded"}


def test_the_whole_way_of_a_fine_with_a_hearing(desk: Desk, case_id: str) -> None:
    told(ordered(desk, case_id), case_id, "GZ-05", 5_000_000, "hearing")
    day = date(2026, 10, 16)
    later = on(desk, day)
    assert step(later, case_id, "hearing_request", day).stage is Stage.HEARING
    step(later, case_id, "hearing_set", day, until=date(2026, 10, 28))
    (notice,) = (c for c in case_sheet(later, case_id).clocks if c.rule == "D12")
    assert notice.due == date(2026, 10, 19)  # seven working days before the 28th
    paper(later, case_id, "hearing_notice", day, day)

    heard = on(desk, date(2026, 10, 28))
    paper(heard, case_id, "hearing_record", date(2026, 10, 28))
    host = StepForm(step="hearing_held", on=date(2026, 10, 28), people="李明主持")
    assert guards(refused(heard, case_id, host)) == {"host_independent"}
    step(heard, case_id, "hearing_held", date(2026, 10, 28), people="主持人孙演示")

    decided = on(desk, NOVEMBER)
    paper(decided, case_id, "penalty_decision", NOVEMBER)
    decision = StepForm(step="penalty_decision", on=NOVEMBER, approver=LEADER, amount_fen=5_000_000)
    # The five working days for a statement have passed since the notice.
    assert guards(refused(decided, case_id, decision)) == {"legal_review"}
    step(decided, case_id, "legal_review", NOVEMBER, outcome="passed", people="法规科钱演示")
    more = StepForm(step="penalty_decision", on=NOVEMBER, approver=LEADER, amount_fen=6_000_000)
    assert guards(refused(decided, case_id, more)) == {"not_heavier"}
    done = take_step(decided, case_id, decision)
    assert done.case.stage is Stage.DECIDED
    assert {"D14"} <= {clock.rule for clock in case_sheet(decided, case_id).clocks}


def test_the_right_to_a_hearing_must_be_told_from_the_figure_on(desk: Desk, case_id: str) -> None:
    later = ordered(desk, case_id)
    paper(later, case_id, "penalty_notice", date(2026, 10, 13), date(2026, 10, 13))
    fine = StepForm(
        step="penalty_notice",
        on=date(2026, 10, 13),
        codes=("GZ-02",),
        amount_fen=5_000_000,
        outcome="plain",
    )

    error = refused(later, case_id, fine)

    assert guards(error) == {"hearing_told"}
    assert "达到听证标准" in error.message


def test_a_leader_may_let_pass_what_the_law_leaves_open(desk: Desk, case_id: str) -> None:
    later = ordered(desk, case_id)
    day = date(2026, 10, 13)
    paper(later, case_id, "penalty_notice", day, day)
    said: dict[str, object] = {
        "step": "penalty_notice", "on": day, "codes": ("GZ-02",), "amount_fen": 1_000_000,
        "outcome": "plain",
    }  # fmt: skip
    assert guards(refused(later, case_id, form_of(said))) == {"in_range"}

    with pytest.raises(UserError, match="不是登记的负责人"):
        take_step(later, case_id, form_of(said, override_by="李明", override_why="减轻"))
    a_leader(later)
    with pytest.raises(UserError, match="放行要写明理由"):
        take_step(later, case_id, form_of(said, override_by=LEADER))
    taken = take_step(
        later,
        case_id,
        form_of(said, override_by=LEADER, override_why="依处罚法第三十二条减轻"),
    )

    assert taken.event.overridden == ("in_range",)
    assert (taken.event.override_by, taken.case.stage) == (LEADER, Stage.NOTICE)
    last = later.ledger.history("case", case_id)[0]
    assert last.why == "依处罚法第三十二条减轻"


def test_the_filing_form_only_reminds_until_the_bureau_says_otherwise(desk: Desk) -> None:
    case = new_case(desk, a_case_form(filed_on=None))
    form = StepForm(step="file", on=MONDAY)

    settings.save(desk, {"advised_guards": "拦住"})
    assert guards(refused(desk, case.id, form)) == {"approved", "papers"}
    settings.save(desk, {"advised_guards": "只提醒"})
    taken = take_step(desk, case.id, form)

    assert {one.guard for one in taken.reminders} == {"approved", "papers"}
    assert taken.case.filed_on == MONDAY


def test_a_case_from_above_closes_only_after_its_four_things(desk: Desk) -> None:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form(source=Source.SUPERIOR, lead_id=lead.id, assist_id=assist.id))
    step(desk, case.id, "withdraw", MONDAY, "轻微且已改正")
    closing = StepForm(step="close", on=MONDAY, note="已改正")
    error = refused(desk, case.id, closing)
    assert "上级交办案件还没有到现场、面见当事人、提出处理意见" in error.message

    for name in ("site_visit", "met_party", "opinion"):
        step(desk, case.id, name, MONDAY, "演示")
    assert take_step(desk, case.id, closing).case.stage is Stage.CLOSED


@pytest.mark.parametrize("outcome", ["performed", "corrected", ""])
def test_a_way_to_close_that_does_not_fit_is_told(desk: Desk, case_id: str, outcome: str) -> None:
    step(desk, case_id, "withdraw", MONDAY, "轻微且已改正")
    form = StepForm(step="close", on=MONDAY, note="演示", outcome=outcome)
    if not outcome:
        assert take_step(desk, case_id, form).event.outcome == "withdrawn"
        return
    assert guards(refused(desk, case_id, form)) == {"closing"}


def test_a_case_suspends_only_where_the_bureau_wants_it_and_comes_back(
    desk: Desk, case_id: str
) -> None:
    form = StepForm(step="suspend", on=MONDAY, approver=LEADER, note="等待鉴定")
    assert guards(refused(desk, case_id, form)) == {"suspension"}
    settings.save(desk, {"suspension_allowed": "是"})

    assert take_step(desk, case_id, form).case.stage is Stage.SUSPENDED
    assert step(desk, case_id, "resume", MONDAY).stage is Stage.INVESTIGATION


def test_states_beside_the_stage_open_and_close(desk: Desk, case_id: str) -> None:
    paper(desk, case_id, "preservation_notice", MONDAY, MONDAY)
    step(desk, case_id, "preserve", MONDAY)
    sheet = case_sheet(desk, case_id)
    assert (sheet.case.stage, sheet.beside) == (Stage.INVESTIGATION, ("Z3a",))
    assert "D09" in {clock.rule for clock in sheet.clocks}

    later = on(desk, date(2026, 9, 30))
    paper(later, case_id, "preservation_decision", date(2026, 9, 30))
    step(later, case_id, "preserve_handled", date(2026, 9, 30))
    sheet = case_sheet(later, case_id)
    assert sheet.beside == ()
    (past,) = (clock for clock in sheet.past_clocks if clock.rule == "D09")
    assert (past.done_on, past.late) == (date(2026, 9, 30), False)


def test_an_extension_moves_the_date_once_and_in_time(desk: Desk, case_id: str) -> None:
    before = {clock.rule: clock.due for clock in case_sheet(desk, case_id).clocks}
    form = StepForm(step="extend", on=MONDAY, rules=("D05",), approver=LEADER, note="情况复杂")

    take_step(desk, case_id, form)

    (clock,) = (one for one in case_sheet(desk, case_id).clocks if one.rule == "D05")
    assert clock.due == before["D05"]
    assert clock.extended_due is not None
    assert clock.extended_due > before["D05"]
    assert guards(refused(desk, case_id, form)) == {"extension_in_time"}
    late = on(desk, date(2027, 3, 1))
    form = StepForm(
        step="extend", on=date(2027, 3, 1), rules=("D06",), approver=LEADER, note="情况复杂"
    )
    assert "已经到期" in refused(late, case_id, form).message


def test_a_stop_moves_the_date_by_the_working_days_it_covers(desk: Desk, case_id: str) -> None:
    later = on(desk, date(2026, 10, 20))
    before = next(c for c in case_sheet(later, case_id).clocks if c.rule == "D05")
    step(
        later, case_id, "stop", date(2026, 10, 12), "委托审计", until=date(2026, 10, 16),
        rules=("D05",), outcome="appraisal",
    )  # fmt: skip

    after = next(c for c in case_sheet(later, case_id).clocks if c.rule == "D05")

    assert later.library.calendar.working_days_between(before.due, after.due) == 5
    assert after.stops == ((date(2026, 10, 12), date(2026, 10, 16)),)
    assert "中止计时" in after.why


def test_what_stands_against_each_step_is_known_beforehand(desk: Desk, case_id: str) -> None:
    found = {option.step.id: option for option in options(desk, case_id)}

    assert "没有限期改正指令书" in found["order"].against[0].message
    assert found["submit"].against == ()
    assert "court_apply" not in found
    first = options(desk, case_id)[0]
    assert first.step.usual


def test_a_step_can_be_taken_back(desk: Desk, case_id: str) -> None:
    step(desk, case_id, "withdraw", MONDAY, "轻微且已改正")
    last = desk.ledger.last_undoable(desk.actor)
    assert last is not None

    desk.ledger.undo(last.changeset_id, actor=desk.actor, at=desk.now())

    sheet = case_sheet(desk, case_id)
    assert (sheet.case.stage, sheet.events) == (Stage.INVESTIGATION, ())
    assert desk.ledger.check() == []


def test_a_closed_case_takes_up_again_only_after_a_judgment(desk: Desk, case_id: str) -> None:
    close_case(desk, case_id, MONDAY)
    again = StepForm(step="reopen", on=MONDAY, note="演示", approver=LEADER)
    with pytest.raises(UserError, match=r"不能告知拟处罚.*现在可以归档、重新处理"):
        step(desk, case_id, "penalty_notice", MONDAY)
    assert guards(refused(desk, case_id, again)) == {"annulled"}
    step(desk, case_id, "review_received", MONDAY, outcome="ordinary")
    assert "D63" in {clock.rule for clock in case_sheet(desk, case_id).clocks}
    step(desk, case_id, "review_decided", MONDAY, outcome="annulled")

    case = take_step(desk, case_id, again).case

    assert (case.stage, case.closed_on) == (Stage.APPROVAL, None)


def test_what_is_typed_wrong_is_told(desk: Desk, case_id: str) -> None:
    bad = [
        (StepForm(step="outside_paper", on=MONDAY, paper_kind="letter", number="1"), "请写明文种"),
        (StepForm(step="outside_paper", on=MONDAY, paper_kind="demand_letter"), "字号"),
        (StepForm(step="order_deadline", on=MONDAY), "哪一天"),
        (StepForm(step="submit", on=MONDAY, outcome="maybe"), "要写明结果"),
        (StepForm(step="submit", on=date(2026, 9, 29), outcome="plain"), "不能晚于今天"),
        (StepForm(step="submit", on=date(2026, 9, 1), outcome="plain"), "不能早于收到线索"),
        (StepForm(step="site_visit", on=MONDAY, at="9点"), "09:30"),
        (StepForm(step="site_visit", on=MONDAY, at="25:00"), "09:30"),
        (StepForm(step="crime_send", on=MONDAY), "之前要先登记“批准移送”"),
    ]
    for form, sentence in bad:
        with pytest.raises(UserError, match=sentence):
            take_step(desk, case_id, form)
    assert case_sheet(desk, case_id).events == ()
