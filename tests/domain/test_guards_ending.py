"""Guards of the end at their edges: enforcement, crimes and lists, reopening, closing."""

from datetime import date

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import Fact
from inspector_app.domain.guards import ending
from inspector_app.domain.guards.situation import Situation
from inspector_app.domain.procedure import ClosingRow
from tests.helpers.situations import a_situation, an_attempt, event, november, october, paper

DECIDED = paper("penalty_decision", october(1), october(2), "罚1号")
MARCH = date(2027, 3, 1)


def applied(case: Situation, guard: str, on: date) -> str:
    said: str = getattr(ending, guard)(case, an_attempt("court_apply", on))
    return said


def test_ten_working_days_pass_after_the_demand() -> None:
    demand = paper("demand_letter", october(12), october(12))
    ends = {"D23": october(26)}
    case = a_situation(DECIDED, demand, ends=ends)
    assert applied(case, "demand_over", october(26)) == "催告书送达还没有满十个工作日"
    assert applied(case, "demand_over", october(27)) == ""
    assert applied(a_situation(DECIDED, demand), "demand_over", november(20))


def test_only_a_demand_after_the_decision_demands_anything() -> None:
    refused = "决定送达以后还没有送达催告书"
    early = paper("demand_letter", october(1), october(1))
    ends = {"D23": october(15)}
    for events in [(DECIDED,), (early, DECIDED), (paper("demand_letter", october(3), october(3)),)]:
        assert applied(a_situation(*events, ends=ends), "demand_over", november(20)) == refused
    unserved = paper("demand_letter", october(3))
    assert (
        applied(a_situation(DECIDED, unserved, ends=ends), "demand_over", november(20)) == refused
    )


@pytest.mark.parametrize(
    ("step", "outcome", "stands"),
    [
        ("review_decided", "upheld", True), ("review_decided", "illegal", True),
        ("review_decided", "settled", True), ("review_decided", "changed", False),
        ("review_decided", "annulled", False), ("review_decided", "void", False),
        ("suit_judged", "upheld", True), ("suit_judged", "changed", False),
        ("suit_judged", "annulled", False),
    ],
)  # fmt: skip
def test_a_decision_that_was_taken_away_is_not_enforced(
    step: str, outcome: str, stands: bool
) -> None:
    case = a_situation(DECIDED, event(step, november(1), outcome=outcome))
    refused = "" if stands else "决定已被撤销、变更或者确认无效"
    assert applied(case, "decision_stands", MARCH) == refused


def test_a_decision_made_anew_stands_and_one_never_served_does_not() -> None:
    gone = event("review_decided", october(20), outcome="annulled")
    anew = paper("penalty_decision", november(1), november(2), "罚2号")
    assert applied(a_situation(DECIDED, gone, anew), "decision_stands", MARCH) == ""
    same_day = event("review_decided", october(2), outcome="annulled")
    assert applied(a_situation(DECIDED, same_day), "decision_stands", MARCH)
    unserved = paper("penalty_decision", october(1))
    assert applied(a_situation(unserved), "decision_stands", MARCH) == "没有已送达的决定"


def test_the_time_to_sue_has_to_pass() -> None:
    ends = {"D21": date(2027, 4, 2), "D20": date(2026, 12, 1)}
    case = a_situation(DECIDED, ends=ends)
    assert applied(case, "suit_over", date(2027, 4, 2)) == "复议、起诉的期限还没有届满"
    assert applied(case, "suit_over", date(2027, 4, 3)) == ""
    assert applied(a_situation(DECIDED), "suit_over", date(2027, 4, 3))


def test_a_fine_on_the_spot_goes_to_review_only() -> None:
    spot = paper("summary_penalty_decision", october(1), october(1))
    case = a_situation(spot, ends={"D20": date(2026, 11, 30)})
    assert applied(case, "suit_over", date(2026, 11, 30))
    assert applied(case, "suit_over", date(2026, 12, 1)) == ""


def test_after_a_review_fifteen_days_have_to_pass() -> None:
    received = event("review_received", october(20), outcome="ordinary")
    ends = {"D21": date(2027, 4, 2), "D22": date(2026, 12, 16)}
    assert applied(a_situation(received, ends=ends), "suit_over", MARCH) == "行政复议还没有结果"
    upheld = event("review_decided", date(2026, 12, 1), outcome="upheld")
    case = a_situation(received, upheld, ends=ends)
    assert applied(case, "suit_over", date(2026, 12, 16))
    assert applied(case, "suit_over", date(2026, 12, 17)) == ""


def test_who_withdrew_the_review_may_still_sue_in_the_six_months() -> None:
    events = (
        event("review_received", october(20), outcome="ordinary"),
        event("review_decided", november(1), outcome="settled"),
    )
    case = a_situation(*events, ends={"D21": date(2027, 4, 2), "D22": november(16)})
    assert applied(case, "suit_over", november(17))
    assert applied(case, "suit_over", date(2027, 4, 3)) == ""


def test_while_a_suit_runs_nothing_is_enforced() -> None:
    sued, judged = (
        event("suit_received", november(1)),
        event("suit_judged", MARCH, outcome="upheld"),
    )
    ends = {"D21": date(2027, 4, 2)}
    late = date(2027, 5, 1)
    assert applied(a_situation(sued, ends=ends), "suit_over", late) == "行政诉讼还没有结果"
    assert applied(a_situation(sued, judged, ends=ends), "suit_over", MARCH) == ""
    again = event("suit_received", date(2027, 3, 2))
    assert applied(a_situation(sued, judged, again, ends=ends), "suit_over", late)


def test_three_months_are_left_to_apply() -> None:
    case = a_situation(DECIDED, ends={"D24": MARCH})
    assert applied(case, "apply_in_time", MARCH) == ""
    assert applied(case, "apply_in_time", date(2027, 3, 2)) == "申请强制执行的期限已过"
    assert applied(a_situation(DECIDED), "apply_in_time", MARCH) == ""
    judged = event("suit_judged", november(1), outcome="upheld")
    assert (
        applied(a_situation(judged, ends={"D24": MARCH}), "apply_in_time", date(2027, 9, 1)) == ""
    )


ORDER = paper("rectification_order", october(1), october(2))
UNTIL = event("order_deadline", october(1), until=october(12))
AFTER = october(13)


@pytest.mark.parametrize("guard", ["crime_ordered", "list_ordered"])
def test_wages_were_ordered_paid_in_time_and_were_not(guard: str) -> None:
    def ordered(*events: CaseEvent, on: date = AFTER, owing: int | None = 1) -> str:
        case = a_situation(*events, owing_fen=owing)
        said: str = getattr(ending, guard)(case, an_attempt("crime_report", on))
        return said

    missing = "没有已送达、期限已届满的责令支付文书"
    assert ordered(ORDER, UNTIL) == ""
    assert ordered(ORDER, UNTIL, on=october(12)) == missing
    assert ordered(ORDER) == ordered(UNTIL) == missing
    assert ordered(paper("rectification_order", october(1)), UNTIL) == missing
    late = paper("rectification_order", october(1), october(13))
    assert ordered(late, UNTIL, on=october(14)) == missing
    assert ordered(paper("rectification_order", october(1), october(12)), UNTIL) == ""


def test_who_paid_or_was_not_looked_at_is_not_reported() -> None:
    def reported(*events: CaseEvent, owing: int | None) -> str:
        case = a_situation(ORDER, UNTIL, *events, owing_fen=owing)
        return ending.crime_ordered(case, an_attempt("crime_report", october(20)))

    assert reported(owing=0) == reported(owing=None) == "没有期满仍未支付的记录"
    assert reported(event("recheck", october(12), outcome="unheeded"), owing=None)
    assert reported(event("recheck", october(13), outcome="partly"), owing=None)
    assert reported(event("recheck", october(13), outcome="unheeded"), owing=None) == ""


def test_of_two_orders_one_that_ran_out_is_enough() -> None:
    second = paper("rectification_order", october(12), october(12), "令2号")
    later = event("order_deadline", october(12), until=october(30))
    case = a_situation(ORDER, UNTIL, second, later, owing_fen=1)
    assert ending.crime_ordered(case, an_attempt("crime_report", october(13))) == ""


def test_a_decision_to_handle_orders_payment_as_well() -> None:
    facts = [
        Fact("served:handling_decision", october(1), "", "p1"),
        Fact("deadline:handling_decision", october(12), "", "p1"),
    ]
    case = a_situation(facts=facts, owing_fen=1)
    assert ending.crime_ordered(case, an_attempt("crime_report", october(13))) == ""


LISTED_ON = october(20)


def listed(*events: CaseEvent, on: date = LISTED_ON, **changes: object) -> str:
    case = a_situation(*events, **{"ends": {"D34": october(19)}, **changes})
    return ending.list_heard(case, an_attempt("list_decision", on))


def test_nobody_is_listed_unheard() -> None:
    told = paper("list_notice", october(12), october(12))
    objected = event("list_objection", october(15))
    assert listed() == listed(paper("list_notice", october(12))) == "列入名单事先告知书还没有送达"
    assert listed(told, on=october(19)) == "提出异议的期限还没有届满"
    assert listed(told) == ""
    assert listed(told, ends={}) == "提出异议的期限还没有届满"
    assert listed(told, objected) == "当事人的异议还没有核实"
    refused = event("list_checked", october(16), outcome="refused")
    accepted = event("list_checked", october(17), outcome="accepted")
    assert listed(told, objected, refused, on=october(17)) == ""
    assert listed(told, objected, accepted) == "当事人的异议成立，不能列入名单"
    assert listed(told, objected, accepted, event("list_objection", october(18)))


@pytest.mark.parametrize(
    ("outcome", "may"),
    [("annulled", True), ("void", True), ("changed", False), ("illegal", False), ("upheld", False)],
)
@pytest.mark.parametrize("step", ["review_decided", "suit_judged"])
def test_a_case_is_taken_up_again_after_its_decision_was_annulled(
    step: str, outcome: str, may: bool
) -> None:
    case = a_situation(event(step, october(9), outcome=outcome))
    assert (ending.annulled(case, an_attempt("reopen", october(10))) == "") is may


def test_one_judgment_reopens_a_case_once() -> None:
    first = event("review_decided", october(9), outcome="annulled")
    reopened = event("reopen", october(10))
    again = an_attempt("reopen", november(20))
    assert ending.annulled(a_situation(first, reopened), again)
    assert ending.annulled(a_situation(first, event("reopen", october(9))), again)
    second = event("suit_judged", november(9), outcome="annulled")
    assert ending.annulled(a_situation(first, reopened, second), again) == ""
    assert ending.annulled(a_situation(), again)


def closed(case: Situation, outcome: str) -> str:
    return ending.closing(case, an_attempt("close", november(20), outcome=outcome))


def test_closing_says_how_and_names_the_ways_there_are() -> None:
    case = a_situation(stage=Stage.RECTIFICATION)
    ways = "corrected（责令改正后已改正）、police（移送公安且行政事项已处理）"
    assert closed(case, "") == f"没有写明结案方式，本阶段可用：{ways}"
    assert closed(a_situation(stage=Stage.HEARING), "odd").endswith("可用：无")
    assert closed(case, "performed") == "“决定履行完毕”不能从“责令改正”阶段结案"


def test_what_a_way_to_close_lacks_is_named() -> None:
    lacking = "按“责令改正后已改正”结案还缺：限期改正指令书送达、复查整改为“已改正”或者欠薪全部清偿"
    assert closed(a_situation(stage=Stage.RECTIFICATION), "corrected") == lacking
    paid = Fact("paid_off", october(20))
    assert closed(a_situation(ORDER, facts=[paid], stage=Stage.RECTIFICATION), "corrected") == ""
    police = closed(a_situation(stage=Stage.RECTIFICATION), "police")
    assert "涉嫌犯罪案件移送书" in police
    assert "公安机关立案" in police


def test_the_last_look_counts_when_a_case_closes_as_corrected() -> None:
    good = event("recheck", october(20), outcome="corrected")
    bad = event("recheck", october(20), outcome="unheeded")
    stage = Stage.RECTIFICATION
    assert closed(a_situation(ORDER, bad, good, stage=stage), "corrected") == ""
    assert "已改正" in closed(a_situation(ORDER, good, bad, stage=stage), "corrected")


def test_an_undone_decision_closes_nothing() -> None:
    row = ClosingRow(
        "x", "演示", (Stage.PERFORMANCE,), served=("penalty_decision",), facts=(("fine_paid",),)
    )
    done = (DECIDED, event("fine_paid", october(9)))
    assert ending.missing(a_situation(*done), row) == []
    again = a_situation(*done, event("reopen", october(20)))
    assert ending.missing(again, row) == ["行政处罚决定书送达", "罚款已缴"]


@pytest.mark.parametrize(
    ("guard", "kinds"),
    [
        ("decision_served", ("handling_decision", "penalty_decision", "summary_penalty_decision")),
        ("fine_served", ("penalty_decision", "summary_penalty_decision")),
    ],
)
def test_only_a_served_decision_is_performed_or_paid(guard: str, kinds: tuple[str, ...]) -> None:
    assert applied(a_situation(), guard, MARCH).startswith("没有已送达、有效的")
    for kind in ("handling_decision", "penalty_decision", "summary_penalty_decision"):
        unserved = a_situation(paper(kind, october(1)))
        assert applied(unserved, guard, MARCH).startswith("没有已送达、有效的")
        stands = applied(a_situation(paper(kind, october(1), october(2))), guard, MARCH) == ""
        assert stands is (kind in kinds)


def test_a_fine_on_the_spot_is_collected_with_the_decision_in_hand() -> None:
    told = "没有有效的行政处罚决定书或者当场行政处罚决定书"
    assert applied(a_situation(), "fine_made", MARCH) == told
    assert applied(a_situation(paper("handling_decision", october(1))), "fine_made", MARCH) == told
    spot = a_situation(paper("summary_penalty_decision", october(1)))
    assert applied(spot, "fine_made", MARCH) == ""


@pytest.mark.parametrize("guard", ["decision_served", "fine_served", "fine_made"])
@pytest.mark.parametrize(
    ("outcome", "pays"),
    [("changed", True), ("illegal", True), ("upheld", True), ("annulled", False), ("void", False)],
)
def test_a_lowered_fine_is_paid_and_an_undone_one_is_not(
    guard: str, outcome: str, pays: bool
) -> None:
    case = a_situation(DECIDED, event("review_decided", november(1), outcome=outcome))
    assert applied(case, guard, MARCH) == ("" if pays else "决定已被撤销或者确认无效")
    earlier = event("review_decided", date(2026, 9, 30), outcome=outcome)
    assert applied(a_situation(DECIDED, earlier), guard, MARCH) == ""
