"""Guards of being heard at their edges: what must be told, statements, hearings, who presides."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards import hearing
from inspector_app.domain.guards.situation import Limits, Situation
from tests.helpers.situations import a_situation, an_attempt, event, november, october, paper

DAY = october(14)
D13 = october(21)  # the statement may be made until then
D11 = october(21)  # and a hearing asked for
AMOUNTS = st.none() | st.integers(0, 20_000_000)


def proposed(
    unit: int | None, person: int | None, outcome: str = "plain", **changes: object
) -> str:
    attempt = an_attempt("penalty_notice", DAY, amount_fen=unit, person_fen=person, outcome=outcome)
    return hearing.hearing_told(a_situation(**changes), attempt)


@pytest.mark.parametrize(
    ("unit", "person", "said"),
    [
        (4_999_999, 499_999, ""),
        (5_000_000, None, "对单位罚款 50,000.00 元达到听证标准"),
        (None, 500_000, "对个人罚款 5,000.00 元达到听证标准"),
        (5_000_001, 500_000, "对单位罚款 50,000.01 元达到听证标准"),
        (None, None, ""),
    ],
)
def test_from_the_hearing_figures_on_the_right_is_told(
    unit: int | None, person: int | None, said: str
) -> None:
    assert proposed(unit, person) == said
    assert proposed(unit, person, "hearing") == ""
    assert proposed(unit, person, limits=Limits()) == ""


@given(AMOUNTS, AMOUNTS)
def test_no_fine_from_the_figures_on_goes_untold(unit: int | None, person: int | None) -> None:
    reached = (unit or 0) >= 5_000_000 or (person or 0) >= 500_000
    assert bool(proposed(unit, person)) is reached


@pytest.mark.parametrize("outcome", ["plain", "hearing"])
def test_stopping_the_work_is_told_whatever_the_fine(outcome: str) -> None:
    case = a_situation()
    stop = an_attempt(
        "penalty_notice", DAY, codes=("GZ-02", "GZ-05"), amount_fen=0, outcome=outcome
    )
    said = "" if outcome == "hearing" else "GZ-05 责令项目停工，没有告知听证权利"
    assert hearing.stop_work_told(case, stop) == said
    plain = an_attempt("penalty_notice", DAY, codes=("GZ-02", "ZZ-9"), outcome=outcome)
    assert hearing.stop_work_told(case, plain) == ""


def test_telling_anew_needs_a_notice_made_since() -> None:
    first = (paper("penalty_notice", DAY, DAY), event("penalty_notice", DAY, outcome="plain"))
    again = an_attempt("penalty_notice", october(20))
    assert hearing.new_notice(a_situation(first[0]), again) == ""
    refused = hearing.new_notice(a_situation(*first), again)
    assert refused == "重新告知要制作新的告知书，2026年10月14日告知以后还没有"
    same_day = paper("penalty_notice", DAY, DAY, "告2号")
    assert hearing.new_notice(a_situation(*first, same_day), again)
    assert (
        hearing.new_notice(a_situation(*first, paper("penalty_notice", october(15))), again) == ""
    )
    handling = an_attempt("handling_notice", october(20))
    assert hearing.new_notice(a_situation(*first), handling) == ""


def told(*events: CaseEvent, outcome: str = "hearing", **changes: object) -> Situation:
    """The notice of the 14th, served that day; both terms run out on the 21st."""
    ends = {"D11": D11, "D13": D13, "D12": october(19)}
    notice = (
        paper("penalty_notice", DAY, DAY, "告1号"),
        event("penalty_notice", DAY, outcome=outcome, codes=("GZ-05",)),
    )
    return a_situation(*notice, *events, **{"ends": ends, **changes})


def heard(case: Situation, on: date) -> str:
    return hearing.statement_over(case, an_attempt("penalty_decision", on))


def test_the_time_for_a_statement_has_to_pass() -> None:
    assert heard(told(), D13) == "还没有听取陈述申辩，陈述申辩的时间也没有过"
    assert heard(told(), october(22)) == ""
    assert heard(told(ends={}), november(20))


@pytest.mark.parametrize("step", ["statement", "statement_waive"])
def test_a_statement_or_giving_it_up_ends_the_waiting(step: str) -> None:
    assert heard(told(event(step, october(15))), october(15)) == ""
    assert heard(told(event(step, DAY)), DAY) == ""
    assert heard(told(event(step, october(13))), october(15))  # before the notice came


def test_an_unserved_notice_keeps_the_decision_whatever_the_calendar_says() -> None:
    made = paper("penalty_notice", DAY, number="告1号")
    notice = event("penalty_notice", DAY, outcome="plain")
    case = a_situation(made, notice, ends={"D13": october(1)})
    assert heard(case, november(20)) == "告知书告1号还没有送达"
    assert heard(a_situation(notice), november(20)) == "告知书还没有制作"


def test_each_of_two_notices_has_to_reach_its_party() -> None:
    second = paper("penalty_notice", DAY, number="告2号")
    waived = event("statement_waive", october(15))
    assert heard(told(second, waived), october(15)) == "告知书告2号还没有送达"
    served = paper("penalty_notice", DAY, october(16), "告2号")
    assert heard(told(second, served, waived), october(17))  # the waiver came before it
    assert heard(told(second, served, event("statement", october(16))), october(17)) == ""
    nameless = told(paper("penalty_notice", DAY))
    assert heard(nameless, october(30)) == "告知书还没有送达"


def test_a_second_telling_starts_the_statement_anew() -> None:
    """A statement on the first notice, and its service, say nothing of the second."""
    again = (
        paper("penalty_notice", october(20), number="告2号"),
        event("penalty_notice", october(20), outcome="plain"),
    )
    early = event("statement", october(16))
    assert heard(told(early, *again), november(20)) == "告知书告2号还没有送达"
    served = paper("penalty_notice", october(20), october(20), "告2号")
    ends = {"D13": october(27)}
    assert heard(told(early, *again, served, ends=ends), october(27))
    assert heard(told(early, *again, served, ends=ends), october(28)) == ""


def test_a_notice_that_was_replaced_need_not_reach_anybody_any_more() -> None:
    first = (paper("penalty_notice", DAY, number="告1号"), event("penalty_notice", DAY))
    again = (
        paper("penalty_notice", october(15), october(15), "告2号"),
        event("penalty_notice", october(15), outcome="plain"),
    )
    waived = event("statement_waive", october(15))
    assert heard(a_situation(*first, *again, waived), october(15)) == ""
    same_day = paper("penalty_notice", DAY, DAY, "告3号")
    anew = event("penalty_notice", october(15), outcome="plain")
    assert heard(a_situation(*first, same_day, anew, waived), october(15)) == "告知书还没有制作"


def test_an_employer_is_heard_on_a_handling_decision_too() -> None:
    made = paper("handling_notice", DAY, DAY)
    notice = event("handling_notice", DAY)
    decision = an_attempt("handling_decision", october(21))
    ends = {"D13": D13}
    assert hearing.handling_heard(a_situation(made, notice, ends=ends), decision)
    heard_out = a_situation(made, notice, event("statement", october(15)), ends=ends)
    assert hearing.handling_heard(heard_out, decision) == ""
    wrong = a_situation(paper("penalty_notice", DAY, DAY), notice, ends=ends)
    assert hearing.handling_heard(wrong, decision) == "告知书还没有制作"


def over(case: Situation, on: date) -> str:
    return hearing.hearing_over(case, an_attempt("penalty_decision", on))


def test_who_was_not_told_of_a_hearing_has_none_to_wait_for() -> None:
    assert over(told(outcome="plain"), DAY) == ""
    assert over(a_situation(), DAY) == ""


def test_the_time_to_ask_for_a_hearing_has_to_pass() -> None:
    assert over(told(), D11) == "要求听证的期限还没有届满"
    assert over(told(), october(22)) == ""
    assert over(told(ends={}), november(20)) == "要求听证的期限还没有届满"


def test_an_unserved_notice_does_not_let_the_time_to_ask_pass() -> None:
    case = told(paper("penalty_notice", DAY, number="告2号"))
    assert over(case, november(20)) == "告知书告2号还没有送达"


def test_a_hearing_that_was_asked_for_is_held_or_given_up() -> None:
    asked = event("hearing_request", october(16))
    assert over(told(asked), november(20)) == "当事人要求听证，听证还没有举行"
    assert over(told(asked, event("hearing_held", october(28))), october(28)) == ""
    assert over(told(asked, event("hearing_waive", october(20))), october(20)) == ""


def test_a_waiver_ends_the_waiting_but_asking_later_takes_it_back() -> None:
    waived = event("hearing_waive", october(15))
    assert over(told(waived), october(15)) == ""
    asked = event("hearing_request", october(16))
    assert over(told(waived, asked), november(20)) == "当事人要求听证，听证还没有举行"


def test_asked_twice_the_hearing_after_the_last_request_counts() -> None:
    first, second = event("hearing_request", october(15)), event("hearing_request", october(19))
    dropped = event("hearing_waive", october(16))
    assert over(told(first, dropped, second), november(20))
    assert over(told(first, dropped, second, event("hearing_held", october(28))), november(2)) == ""


def test_what_was_asked_on_the_first_notice_does_not_hold_up_the_second() -> None:
    asked = event("hearing_request", october(16))
    again = (
        paper("penalty_notice", october(20), october(20), "告2号"),
        event("penalty_notice", october(20), outcome="hearing"),
    )
    ends = {"D11": october(27)}
    assert over(told(asked, *again, ends=ends), october(27)) == "要求听证的期限还没有届满"
    assert over(told(asked, *again, ends=ends), october(28)) == ""


def test_a_hearing_is_asked_for_within_its_five_days() -> None:
    def asked(case: Situation, on: date) -> str:
        return hearing.hearing_request_in_time(case, an_attempt("hearing_request", on))

    assert asked(told(), D11) == ""
    assert asked(told(), october(22)) == "要求听证的期限已过"
    assert asked(told(ends={}), november(20)) == ""
    assert asked(told(outcome="plain"), DAY) == "告知书没有告知听证权利"


ASKED = event("hearing_request", october(16))
HEARING_DAY = october(28)


def test_the_hearing_is_held_on_the_day_that_was_set_or_later() -> None:
    def held(*events: CaseEvent, on: date = HEARING_DAY) -> str:
        return hearing.hearing_set(told(*events), an_attempt("hearing_held", on))

    fixed = event("hearing_set", october(16), until=october(28))
    assert held() == held(ASKED) == "没有登记听证的日期"
    assert held(fixed) == "没有登记听证的日期"
    assert held(event("hearing_set", october(15), until=october(28)), ASKED) == "没有登记听证的日期"
    assert held(ASKED, fixed) == ""
    assert held(ASKED, fixed, on=october(27)) == "听证定在2026年10月28日，日期还没有到"
    assert held(ASKED, fixed, on=october(30)) == ""
    moved = event("hearing_set", october(17), until=october(30))
    assert held(ASKED, fixed, moved) == "听证定在2026年10月30日，日期还没有到"
    assert held(ASKED, event("hearing_set", october(20))) == ""


@pytest.mark.parametrize(("served", "late"), [(19, False), (20, True)])
def test_the_notice_of_the_hearing_comes_seven_working_days_before(served: int, late: bool) -> None:
    notice = paper("hearing_notice", october(16), october(served))
    said = hearing.hearing_notice_in_time(
        told(ASKED, notice), an_attempt("hearing_held", october(28))
    )
    assert said == ("听证通知送达晚于听证的七个工作日前" if late else "")


def test_without_notice_or_day_no_hearing_is_held() -> None:
    held = an_attempt("hearing_held", october(28))
    notice = paper("hearing_notice", october(16), october(16))
    assert hearing.hearing_notice_in_time(told(ASKED), held) == "听证通知书还没有送达"
    assert hearing.hearing_notice_in_time(told(ASKED, notice, ends={}), held)
    before = paper("hearing_notice", october(15), october(15))
    assert hearing.hearing_notice_in_time(told(before, ASKED), held) == "听证通知书还没有送达"


@pytest.mark.parametrize(
    ("people", "refused"),
    [
        ("", "没有写明听证主持人"),
        ("、 ，", "没有写明听证主持人"),
        ("孙演示", ""),
        ("孙演示，调查人员李明、赵强", ""),
        ("李明", "李明是本案调查人员，不能主持听证"),
        ("主持人 李明、记录人孙演示", "李明是本案调查人员，不能主持听证"),
        ("记录人孙演示、李明主持", "李明是本案调查人员，不能主持听证"),
        ("调查人员李明；主持人孙演示", ""),
        ("李明、赵强主持", "赵强是本案调查人员，不能主持听证"),
    ],
)
def test_who_investigated_does_not_preside(people: str, refused: str) -> None:
    case = a_situation(inspectors=("李明", "赵强", ""))
    attempt = an_attempt("hearing_held", october(28), people=people)
    assert hearing.host_independent(case, attempt) == refused
