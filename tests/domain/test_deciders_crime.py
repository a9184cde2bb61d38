"""Whether a case is ready for the police: amounts, the order to pay, evasion, ways out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders import Met, OrderState
from inspector_app.domain.deciders.crime import (
    CrimeProposal,
    Evasion,
    Exit,
    Owed,
    Respondent,
    propose_transfer,
    reached,
)
from inspector_app.domain.rules import Bound
from tests.domain.decider_rows import CRIME_RULES, TODAY, WAN, YUAN, a_figure, a_served_order


def workers(number: int, each_fen: int, months: int | None = 1) -> tuple[Owed, ...]:
    return tuple(Owed(f"演示工人{n}", each_fen, months) for n in range(1, number + 1))


def proposal(
    owed: tuple[Owed, ...], *, today: date = TODAY, rules: Any = CRIME_RULES, **changes: Any
) -> CrimeProposal:
    asked = Respondent("青禾建筑劳务有限公司", owed, (a_served_order(),), frozenset({Evasion.FLED}))
    return propose_transfer(replace(asked, **changes), rules, today)


@pytest.mark.parametrize(
    ("fen", "months", "henan", "nation"),
    [
        (8_000 * YUAN, 3, Met.MET, Met.POSSIBLE),
        (8_000 * YUAN - 1, 3, Met.NOT, Met.POSSIBLE),
        (8_000 * YUAN, 2, Met.NOT, Met.NOT),
        (5_000 * YUAN, 3, Met.NOT, Met.POSSIBLE),
        (5_000 * YUAN - 1, 12, Met.NOT, Met.NOT),
        (2 * WAN, 3, Met.MET, Met.MET),
        (2 * WAN, None, Met.UNKNOWN, Met.UNKNOWN),
        (1, None, Met.NOT, Met.NOT),
    ],
)
def test_one_worker_needs_three_months_and_the_amount(
    fen: int, months: int | None, henan: Met, nation: Met
) -> None:
    found = proposal((Owed("演示工人1", fen, months),))
    assert (found.single, found.single_national) == (henan, nation)
    assert found.single_met == (henan is Met.MET)
    assert found.many is Met.NOT


@pytest.mark.parametrize(
    ("number", "total", "henan", "nation"),
    [
        (10, 4 * WAN, Met.MET, Met.POSSIBLE),
        (10, 4 * WAN - 10, Met.NOT, Met.POSSIBLE),
        (9, 90 * WAN, Met.NOT, Met.NOT),
        (10, 3 * WAN, Met.NOT, Met.POSSIBLE),
        (10, 3 * WAN - 10, Met.NOT, Met.NOT),
        (10, 10 * WAN, Met.MET, Met.MET),
    ],
)
def test_many_workers_need_ten_people_and_the_sum(
    number: int, total: int, henan: Met, nation: Met
) -> None:
    found = proposal(workers(number, total // number))
    assert (found.many, found.many_national, found.many_met) == (henan, nation, henan is Met.MET)


def test_who_was_paid_is_not_counted() -> None:
    found = proposal((*workers(10, 4_000 * YUAN), Owed("已付清", 0, 3)))
    assert (found.workers, found.owing_fen) == (10, 4 * WAN)
    assert proposal((*workers(9, 4_000 * YUAN), Owed("已付清", 0, 3))).many is Met.NOT


@pytest.mark.parametrize(
    ("orders", "state"),
    [
        ((), OrderState.NONE),
        ((a_served_order(demands_pay=False),), OrderState.NONE),
        ((a_served_order(deadline=None),), OrderState.OPEN),
        ((a_served_order(deadline=TODAY),), OrderState.RUNNING),
        ((a_served_order(deadline=date(2026, 9, 27)),), OrderState.UNHEEDED),
        ((a_served_order(deadline=TODAY), a_served_order(number="2")), OrderState.UNHEEDED),
    ],
)
def test_an_order_to_pay_must_have_run_out_with_wages_owing(
    orders: tuple[Any, ...], state: OrderState
) -> None:
    found = proposal(workers(10, 4_000 * YUAN), orders=orders)
    assert (found.order, found.ordered_unheeded) == (state, state is OrderState.UNHEEDED)
    assert ("经责令支付逾期未付" in found.words) == (state is not OrderState.UNHEEDED)


def test_an_order_is_obeyed_once_nothing_is_owing() -> None:
    found = proposal(workers(10, 0))
    assert (found.order, found.ordered_unheeded, found.ready) == (OrderState.OBEYED, False, False)
    assert any("欠薪已付清" in one.text for one in found.reasons)


def test_all_three_elements_make_it_ready_and_each_missing_one_is_named() -> None:
    ready = proposal(workers(10, 4_000 * YUAN))
    assert (ready.ready, ready.words) == (True, "具备移送审查条件")
    none = proposal(workers(1, 100), orders=(), evasion=frozenset())
    assert not none.ready
    assert none.words == "尚缺：数额标准、经责令支付逾期未付、逃避支付或者有能力支付的证据"
    without = proposal(workers(10, 4_000 * YUAN), evasion=frozenset())
    assert (without.amount_met, without.ready) == (True, False)
    assert without.words == "尚缺：逃避支付或者有能力支付的证据"


def test_the_reasons_say_number_amount_and_order_with_their_articles() -> None:
    found = proposal(workers(10, 4_000 * YUAN, 3))
    text = "\n".join(one.text for one in found.reasons)
    assert "单人：0 人达到河南标准（3个月以上且8000元以上）" in text
    assert "单人：0 人达到全国幅度高限，0 人在幅度内（3个月以上且5000元至2万元）" in text
    assert "多人：10 人，累计尚欠 40,000.00 元，河南标准（10人以上且4万元以上）达到" in text
    assert "全国幅度（10人以上且3万元至10万元）可能达到" in text
    assert "限期改正指令书平人社监令字〔2026〕第1号于2026年9月1日送达" in text
    assert "期限至2026年9月10日，期满仍有欠薪" in text
    assert "逃避支付或者有能力支付：逃跑、藏匿" in text
    assert set(found.articles) >= {"《拒付解释》第四条", "《拒付解释》第六条"}


def test_ways_out_are_notes_and_change_no_answer() -> None:
    plain = proposal(workers(10, 4_000 * YUAN))
    assert len(plain.notes) == 2
    told = proposal(workers(10, 4_000 * YUAN), exits=frozenset(Exit))
    assert len(told.notes) == 5
    assert (told.ready, told.words) == (plain.ready, plain.words)


def test_workers_without_a_period_are_missing_by_name() -> None:
    assert proposal(workers(2, 100, None)).missing == (
        "演示工人1、演示工人2的欠薪起止月未填，不能算月数",
    )
    assert proposal(workers(5, 100, None)).missing == (
        "演示工人1、演示工人2、演示工人3等 5 人的欠薪起止月未填，不能算月数",
    )


def test_a_figure_nobody_knows_leaves_the_answer_open() -> None:
    rules = replace(CRIME_RULES, one=a_figure(None, name="河南（单人）"))
    found = proposal(workers(1, 9 * WAN, 3), rules=rules)
    assert (found.single, found.single_met) == (Met.UNKNOWN, False)
    assert found.missing == ("“河南（单人）”未填",)


@given(
    st.lists(
        st.tuples(st.integers(0, 5 * WAN), st.one_of(st.none(), st.integers(0, 24))), max_size=15
    ),
    st.integers(0, 5 * WAN),
)
def test_more_owing_never_makes_it_less(owed: list[tuple[int, int | None]], more: int) -> None:
    order = [Met.NOT, Met.UNKNOWN, Met.POSSIBLE, Met.MET]
    before = proposal(tuple(Owed(str(n), fen, m) for n, (fen, m) in enumerate(owed)))
    after = proposal(tuple(Owed(str(n), fen + more, m) for n, (fen, m) in enumerate(owed)))
    for name in ("single", "many", "single_national", "many_national"):
        assert order.index(getattr(before, name)) <= order.index(getattr(after, name))


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_a_span_is_met_at_its_high_end_and_possible_within(value: int, low: int, more: int) -> None:
    span = a_figure(low, high=low + more, bound=Bound.EXACT)
    wanted = Met.POSSIBLE if value >= low else Met.NOT
    assert reached(value, span) is (Met.MET if value >= low + more else wanted)
