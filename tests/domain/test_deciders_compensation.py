"""What is owed on top of wages: extra payment, surcharge on fines, minimum-wage gaps."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders import OrderState, share
from inspector_app.domain.deciders.compensation import (
    PaidMonth,
    propose_extra_pay,
    propose_minimum_wage,
    propose_surcharge,
)
from inspector_app.domain.rules import Bound, FigureUnit
from tests.domain.decider_rows import TODAY, WAN, YUAN, a_figure, a_served_order
from tests.helpers.builders import calendar_2026
from tests.helpers.desks import library

RATE = a_figure(5_000, FigureUnit.BASIS_POINTS, high=10_000, bound=Bound.EXACT)
D18 = library().terms["D18"]
DUE = date(2026, 9, 15)


def test_the_extra_payment_is_half_to_all_of_what_is_unpaid() -> None:
    found = propose_extra_pay(1_000_001, RATE, (a_served_order(),), TODAY)
    assert (found.low_fen, found.high_fen) == (500_001, 1_000_001)
    assert (found.order, found.missing) == (OrderState.UNHEEDED, ())
    assert "付给劳动者，不是罚款" in found.reasons[1].text
    assert found.articles == ("《演示条例》第一条",)


@pytest.mark.parametrize(
    ("orders", "state"),
    [
        ((), OrderState.NONE),
        ((a_served_order(demands_pay=False),), OrderState.NONE),
        ((a_served_order(deadline=TODAY),), OrderState.RUNNING),
        ((a_served_order(deadline=None),), OrderState.OPEN),
    ],
)
def test_it_waits_for_an_order_to_pay_without_effect(
    orders: tuple[Any, ...], state: OrderState
) -> None:
    found = propose_extra_pay(WAN, RATE, orders, TODAY)
    assert found.order is state
    assert found.missing == (f"加付前要有逾期未履行的责令支付文书：{state.label}",)


def test_once_nothing_is_owing_the_order_was_obeyed() -> None:
    assert propose_extra_pay(0, RATE, (a_served_order(),), TODAY).order is OrderState.OBEYED


def test_a_single_rate_and_an_unknown_one() -> None:
    single = propose_extra_pay(WAN, replace(RATE, high=None), (a_served_order(),), TODAY)
    assert (single.low_fen, single.high_fen) == (WAN // 2, WAN // 2)
    unknown = propose_extra_pay(
        WAN, replace(RATE, low=None, high=None, name="加付比例"), (a_served_order(),), TODAY
    )
    assert (unknown.low_fen, unknown.high_fen, unknown.missing) == (None, None, ("“加付比例”未填",))


@given(st.integers(0, 10**12))
def test_the_extra_payment_lies_between_half_and_all(unpaid: int) -> None:
    found = propose_extra_pay(unpaid, RATE, (), TODAY)
    assert found.low_fen is not None
    assert unpaid <= 2 * found.low_fen <= unpaid + 1
    assert found.high_fen == unpaid


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (DUE, 0),
        (DUE + timedelta(days=1), 1_500 * YUAN),
        (DUE + timedelta(days=10), 15_000 * YUAN),
        (DUE + timedelta(days=33), 49_500 * YUAN),
        (DUE + timedelta(days=34), 5 * WAN),
        (DUE + timedelta(days=400), 5 * WAN),
    ],
)
def test_the_surcharge_grows_3_percent_a_day_up_to_the_fine(on: date, amount: int) -> None:
    found = propose_surcharge(5 * WAN, DUE, on, D18, calendar_2026())
    assert (found.amount_fen, found.full_on) == (amount, DUE + timedelta(days=34))
    assert "D18" in found.reasons[1].text
    assert found.articles == (D18.article,)


def test_review_and_suit_do_not_count() -> None:
    on = DUE + timedelta(days=10)
    stop = (DUE + timedelta(days=1), DUE + timedelta(days=4))
    found = propose_surcharge(5 * WAN, DUE, on, D18, calendar_2026(), (stop,))
    assert (found.amount_fen, found.full_on) == (9_000 * YUAN, DUE + timedelta(days=38))


@given(st.integers(1, 10**10), st.integers(0, 100), st.integers(0, 100))
def test_the_surcharge_never_falls_and_never_passes_the_fine(
    fine: int, first: int, more: int
) -> None:
    early, late = (
        propose_surcharge(fine, DUE, DUE + timedelta(days=n), D18, calendar_2026()).amount_fen
        for n in (first, first + more)
    )
    assert 0 <= early <= late <= fine


def months(*rows: tuple[str, int]) -> list[PaidMonth]:
    return [PaidMonth("演示工人1", month, paid) for month, paid in rows]


def test_each_month_meets_the_minimum_wage_of_that_month() -> None:
    """Class 1 in Henan: 2,000 in 2023, 2,100 in 2024, 2,350 from December 2025 on."""
    found = propose_minimum_wage(
        months(
            ("2023-12", 1_900 * YUAN),
            ("2024-01", 1_900 * YUAN),
            ("2025-11", 2_101 * YUAN),
            ("2025-12", 2_100 * YUAN),
        ),
        library().minimum_wages.values(),
        1,
    )
    assert [one.gap_fen for one in found.months] == [100 * YUAN, 200 * YUAN, 0, 250 * YUAN]
    assert found.gap_fen == 550 * YUAN
    assert found.missing == ()
    assert [one.rule for one in found.months] == [
        "MW-2022-1",
        "MW-2024-1",
        "MW-2024-1",
        "MW-2025-1",
    ]
    assert found.reasons[-2].level == "转述 · 现行性待核"
    assert "应剔除加班费" in found.reasons[-1].text
    assert found.articles


def test_a_class_nobody_verified_gives_no_standard_and_says_so() -> None:
    found = propose_minimum_wage(months(("2026-01", 100)), library().minimum_wages.values(), None)
    assert found.missing == ("当地最低工资类别没有核实，请在设置中选定",)
    assert (found.months[0].standard_fen, found.gap_fen) == (None, 0)


def test_a_month_whose_standard_was_not_found_is_named() -> None:
    found = propose_minimum_wage(
        months(("2016-05", 100), ("2026-01", 100)), library().minimum_wages.values(), 1
    )
    assert found.missing == ("2016-05 的最低工资标准没有查到",)
    assert found.months[0].gap_fen == 0
    none = propose_minimum_wage((), library().minimum_wages.values(), 1)
    assert (none.months, none.reasons, none.gap_fen) == ((), (), 0)


@given(st.integers(0, 10**12), st.integers(0, 20_000))
def test_shares_are_rounded_to_the_nearest_fen(amount: int, basis_points: int) -> None:
    assert abs(share(amount, basis_points) * 10_000 - amount * basis_points) <= 5_000
