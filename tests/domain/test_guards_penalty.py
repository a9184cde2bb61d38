"""Guards of a penalty at their edges: order first, what was told, review, how high it may be."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards import penalty
from inspector_app.domain.guards.situation import Limits, Situation
from inspector_app.domain.law import Fine, FinePer, Multiple, Violation
from tests.helpers.situations import (
    YUAN,
    a_situation,
    a_violation,
    an_attempt,
    event,
    november,
    october,
    paper,
)

DAY = october(14)
LOOKED = october(13)
ORDER = "rectification_order"
ORDERED = (
    paper(ORDER, october(1), october(2)),
    event("order_deadline", october(1), until=october(12)),
)
AMOUNTS = st.none() | st.integers(0, 20_000_000)


def acts(*violations: Violation) -> Mapping[str, Violation]:
    return {one.code: one for one in violations}


def notice(on: date = DAY, **said: object) -> CaseEvent:
    return event("penalty_notice", on, **{"outcome": "plain", "codes": ("GZ-02",), **said})


def test_the_violations_are_named_and_known() -> None:
    case = a_situation()
    assert penalty.violations(case, an_attempt("penalty_notice", DAY)) == "没有写明违法行为"
    known = an_attempt("penalty_notice", DAY, codes=("GZ-02", "GZ-05"))
    assert penalty.violations(case, known) == ""
    strange = an_attempt("penalty_notice", DAY, codes=("GZ-02", "ZZ-9", "ZZ-8"))
    assert penalty.violations(case, strange) == "没有编号为ZZ-9、ZZ-8的违法行为"


def test_an_amount_is_written_down_and_nothing_is_one() -> None:
    case = a_situation()
    assert penalty.amount(case, an_attempt("penalty_notice", DAY)) == "没有写明拟处罚的数额"
    assert penalty.amount(case, an_attempt("penalty_notice", DAY, amount_fen=0)) == ""
    assert penalty.amount(case, an_attempt("penalty_notice", DAY, person_fen=0)) == ""


def test_a_decision_is_about_what_the_notice_told_unless_it_says_so() -> None:
    case = a_situation(notice(codes=("GZ-02", "GZ-05")))
    decision = an_attempt("penalty_decision", DAY)
    assert penalty.codes_of(case, decision) == ("GZ-02", "GZ-05")
    assert penalty.codes_of(case, an_attempt("penalty_decision", DAY, codes=("GZ-02",))) == (
        "GZ-02",
    )
    assert penalty.codes_of(a_situation(), decision) == ()


def fine(on: date, *codes: str, unit: int | None = 2_000_000, person: int | None = None) -> str:
    attempt = an_attempt("penalty_notice", on, codes=codes, amount_fen=unit, person_fen=person)
    return penalty.order_unheeded(UNHEEDED, attempt)


UNHEEDED = a_situation(*ORDERED, event("recheck", october(13), outcome="unheeded"))


def held(*events: CaseEvent, on: date = LOOKED) -> str:
    attempt = an_attempt("penalty_notice", on, codes=("GZ-02",), amount_fen=2_000_000)
    return penalty.order_unheeded(a_situation(*events), attempt)


def test_no_fine_before_the_order_was_served_ran_out_and_was_looked_at_in_vain() -> None:
    made, deadline = ORDERED
    look = event("recheck", october(13), outcome="unheeded")
    assert "还没有送达" in held()
    assert "还没有送达" in held(paper(ORDER, october(1)), deadline, look)
    assert "还没有届满" in held(made, look)
    assert "复查" in held(*ORDERED)
    assert held(*ORDERED, look) == ""


def test_the_last_day_of_the_order_still_belongs_to_the_party() -> None:
    early = event("recheck", october(12), outcome="unheeded")
    look = event("recheck", october(13), outcome="unheeded")
    assert "还没有届满" in held(*ORDERED, look, on=october(12))
    assert "复查" in held(*ORDERED, early)
    assert held(*ORDERED, early, look) == ""


@pytest.mark.parametrize(("outcome", "refused"), [("corrected", True), ("partly", False)])
def test_only_what_was_not_put_right_is_fined(outcome: str, refused: bool) -> None:
    assert bool(held(*ORDERED, event("recheck", october(13), outcome=outcome))) is refused


def test_an_order_that_reached_the_party_too_late_orders_nothing() -> None:
    late = paper(ORDER, october(1), october(13))
    deadline = event("order_deadline", october(1), until=october(12))
    look = event("recheck", october(14), outcome="unheeded")
    assert "送达时改正期限已过" in held(late, deadline, look, on=october(14))
    on_the_day = paper(ORDER, october(1), october(12))
    assert held(on_the_day, deadline, look, on=october(14)) == ""


def test_of_two_orders_the_later_one_must_have_run_out_too() -> None:
    second = (
        paper(ORDER, october(14), october(14)),
        event("order_deadline", october(14), until=october(20)),
    )
    look = event("recheck", october(13), outcome="unheeded")
    assert "还没有届满" in held(*ORDERED, look, *second, on=october(20))
    assert "复查" in held(*ORDERED, look, *second, on=october(21))
    again = event("recheck", october(21), outcome="partly")
    assert held(*ORDERED, look, *second, again, on=october(21)) == ""


def test_only_acts_that_need_an_order_wait_for_it_and_each_has_its_article() -> None:
    case = a_situation()
    several = an_attempt("penalty_notice", DAY, codes=("KJ-01", "GZ-02", "GZ-05"), amount_fen=1)
    said = penalty.order_unheeded(case, several)
    assert said.startswith("GZ-02、GZ-05 须先责令限期改正")
    articles = penalty.order_articles(case, several)
    assert articles == case.violations["GZ-02"].penalties + case.violations["GZ-05"].penalties
    alone = an_attempt("penalty_notice", DAY, codes=("KJ-01",), amount_fen=1)
    assert (penalty.order_unheeded(case, alone), penalty.order_articles(case, alone)) == ("", ())
    assert penalty.penalty_articles(case, alone) == case.violations["KJ-01"].penalties


def test_a_fine_of_the_person_alone_waits_as_well_and_a_warning_does_not() -> None:
    bare = a_situation()
    person = an_attempt("penalty_notice", DAY, codes=("GZ-02",), person_fen=1)
    assert penalty.order_unheeded(bare, person)
    warning = an_attempt("penalty_notice", DAY, codes=("GZ-02",), amount_fen=0, person_fen=0)
    assert penalty.order_unheeded(bare, warning) == ""


def test_stopping_the_work_needs_the_order_even_without_a_fine() -> None:
    stop = an_attempt("penalty_notice", DAY, codes=("GZ-05",), amount_fen=0)
    assert penalty.order_unheeded(a_situation(), stop)
    assert penalty.order_unheeded(UNHEEDED, stop) == ""


def test_a_decision_without_codes_is_held_to_the_acts_of_its_notice() -> None:
    decision = an_attempt("penalty_decision", DAY, amount_fen=2_000_000)
    assert penalty.order_unheeded(a_situation(notice()), decision)
    assert penalty.order_unheeded(a_situation(), decision) == ""


def reviewed(*events: CaseEvent) -> str:
    case = a_situation(notice(), *events)
    return penalty.legal_review(case, an_attempt("penalty_decision", november(2)))


def test_after_a_hearing_and_in_complex_cases_the_review_has_passed() -> None:
    hearing = event("hearing_held", october(28))
    complex_case = event("submit", october(10), outcome="complex")
    passed = event("legal_review", october(30), outcome="passed")
    returned = event("legal_review", october(31), outcome="returned")
    assert reviewed() == ""
    assert reviewed(event("submit", october(10), outcome="plain")) == ""
    for reason in (hearing, complex_case):
        assert reviewed(reason)
        assert reviewed(reason, passed) == ""
        assert reviewed(reason, passed, returned)
    early = event("legal_review", october(13), outcome="passed")
    assert reviewed(complex_case, early)


def test_complex_cases_are_discussed_after_the_notice() -> None:
    complex_case = event("submit", october(10), outcome="complex")
    decision = an_attempt("penalty_decision", november(2))

    def discussed(*events: CaseEvent) -> str:
        return penalty.discussion(a_situation(notice(), *events), decision)

    assert discussed() == ""
    assert discussed(complex_case)
    assert discussed(complex_case, event("discuss", october(13)))
    assert discussed(complex_case, event("discuss", october(14))) == ""


def test_nothing_is_punished_of_which_the_party_was_not_told() -> None:
    case = a_situation(notice(codes=("GZ-02", "GZ-03")))

    def told(*codes: str) -> str:
        return penalty.told_before(case, an_attempt("penalty_decision", DAY, codes=codes))

    assert told() == told("GZ-02") == told("GZ-03", "GZ-02") == ""
    assert told("GZ-02", "KJ-01") == "KJ-01 没有告知过当事人"
    never = penalty.told_before(a_situation(), an_attempt("penalty_decision", DAY))
    assert never == "没有登记过告知拟处罚"


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_decision_is_never_heavier_than_the_notice(
    unit: int | None, person: int | None, told_unit: int | None, told_person: int | None
) -> None:
    case = a_situation(notice(amount_fen=told_unit, person_fen=told_person))
    attempt = an_attempt("penalty_decision", DAY, amount_fen=unit, person_fen=person)
    heavier = (unit or 0) > (told_unit or 0) or (person or 0) > (told_person or 0)
    assert bool(penalty.not_heavier(case, attempt)) is heavier


def test_of_two_notices_the_later_one_is_the_measure() -> None:
    first, second = (
        notice(october(14), amount_fen=2_000_000),
        notice(october(20), amount_fen=3_000_000),
    )
    attempt = an_attempt("penalty_decision", november(2), amount_fen=3_000_000)
    assert penalty.not_heavier(a_situation(first, second), attempt) == ""
    assert penalty.not_heavier(a_situation(second, first), attempt) == ""
    assert penalty.not_heavier(a_situation(first), attempt)
    assert penalty.not_heavier(a_situation(), attempt) == ""


@pytest.mark.parametrize(
    ("unit", "person", "said"),
    [
        (300_000, 20_000, ""),
        (None, None, ""),
        (300_001, None, "当场对单位罚款不能超过 3,000.00 元"),
        (None, 20_001, "当场对个人罚款不能超过 200.00 元"),
    ],
)
def test_fines_on_the_spot_are_small(unit: int | None, person: int | None, said: str) -> None:
    attempt = an_attempt("summary_penalty", DAY, amount_fen=unit, person_fen=person)
    assert penalty.summary_limits(a_situation(), attempt) == said
    assert penalty.summary_limits(a_situation(limits=Limits()), attempt) == ""


def ranged(case: Situation, *codes: str, unit: int | None = None, person: int | None = None) -> str:
    attempt = an_attempt("penalty_notice", DAY, codes=codes, amount_fen=unit, person_fen=person)
    return penalty.in_range(case, attempt)


SHIPPED = a_situation()


@pytest.mark.parametrize(
    ("unit", "person", "said"),
    [
        (2_000_000, 1_000_000, ""),
        (5_000_000, 3_000_000, ""),
        (1_999_999, None, "对单位罚款应在 20,000.00 元至 50,000.00 元之间"),
        (5_000_001, None, "对单位罚款应在 20,000.00 元至 50,000.00 元之间"),
        (2_000_000, 999_999, "对个人罚款应在 10,000.00 元至 30,000.00 元之间"),
        (0, 3_000_001, "对个人罚款应在 10,000.00 元至 30,000.00 元之间"),
        (0, 0, ""),
        (None, None, ""),
    ],
)
def test_a_fine_of_article_54_lies_in_its_range(
    unit: int | None, person: int | None, said: str
) -> None:
    assert ranged(SHIPPED, "GZ-02", unit=unit, person=person) == said


def test_several_acts_reach_up_to_their_sum_and_not_below_the_highest_least() -> None:
    assert ranged(SHIPPED, "GZ-02", "GZ-05", unit=15_000_000) == ""
    assert ranged(SHIPPED, "GZ-02", "GZ-05", unit=15_000_001)
    assert ranged(SHIPPED, "GZ-02", "GZ-05", unit=4_999_999)
    assert ranged(SHIPPED, "GZ-02", "GZ-05", unit=5_000_000) == ""


def test_who_cannot_be_fined_for_it_is_not() -> None:
    assert ranged(SHIPPED, "GZ-05", unit=5_000_000, person=1) == "这些违法行为没有对个人的罚款"
    nobody = a_situation(violations=acts(a_violation("XX-01")))
    assert ranged(nobody, "XX-01", unit=1) == "这些违法行为没有对单位的罚款"


def test_what_is_counted_by_heads_or_shares_is_left_to_people() -> None:
    heads = a_violation("XX-01", unit_fine=Fine(10_000, 50_000, FinePer.PERSON))
    share = a_violation("XX-02", multiple=Multiple(100, 300, "演示"), unit_fine=Fine(1, 2))
    case = a_situation(violations=acts(heads, share))
    assert ranged(case, "XX-01", unit=99_999_999) == ""
    assert ranged(case, "XX-02", unit=99_999_999) == ""
    assert ranged(case, unit=99_999_999) == ""


@given(st.integers(1, 30_000_000))
def test_between_least_and_most_every_amount_is_in_range(fen: int) -> None:
    assert (ranged(SHIPPED, "GZ-05", unit=fen) == "") is (50_000 * YUAN <= fen <= 100_000 * YUAN)
