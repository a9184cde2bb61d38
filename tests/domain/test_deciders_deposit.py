"""The wage deposit of a contract: rate, reductions, increases, floor, cap, exemption."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders import share
from inspector_app.domain.deciders.deposit import (
    DepositProposal,
    DepositQuestion,
    DepositRules,
    Exempt,
    propose_deposit,
)
from inspector_app.domain.rules import Bound, Figure, FigureUnit
from tests.domain.decider_rows import WAN, a_figure

YI = 10_000 * WAN  # 1亿元
BP, FEN, YEARS, YES_NO = (
    FigureUnit.BASIS_POINTS,
    FigureUnit.FEN,
    FigureUnit.YEARS,
    FigureUnit.YES_NO,
)


def figure(low: int | None, unit: FigureUnit, name: str = "", **changes: Any) -> Figure:
    return a_figure(low, unit, name=name, **{"bound": Bound.EXACT} | changes)


# As the national rule has it, with nothing of Henan filled in.
OPEN = DepositRules(
    base=figure(100, BP, high=300),
    floor=figure(50, BP, bound=Bound.FROM),
    local_base=figure(None, BP, "本省比例"),
    local_multi=figure(None, BP, "第二个工程起的比例"),
    cap=figure(None, FEN, "上限"),
    raise_over_cap=figure(None, YES_NO, "提高后可以超过上限"),
    small_amount=figure(300 * WAN, FEN, bound=Bound.BELOW),
    small_years=figure(1, YEARS, bound=Bound.FROM),
    small_months=figure(None, FigureUnit.MONTHS, bound=Bound.BELOW),
    small_apply=figure(0, YES_NO, "免存须申请"),
    halve_years=figure(2, YEARS, bound=Bound.FROM),
    halve=figure(5_000, BP),
    exempt_years=figure(3, YEARS, bound=Bound.FROM),
    exempt_needs=figure(1, YES_NO),
    raise_years=figure(2, YEARS),
    raise_arrears=figure(5_000, BP, bound=Bound.FROM),
    raise_listed=figure(10_000, BP, bound=Bound.FROM),
)
# As a bureau that has filled everything in: 1.5 %, from the second project on 1 %, 5,000,000.
FILLED = replace(
    OPEN,
    local_base=figure(150, BP),
    local_multi=figure(100, BP),
    cap=figure(500 * WAN, FEN),
    raise_over_cap=figure(1, YES_NO),
    raise_arrears=figure(5_000, BP),
    raise_listed=figure(10_000, BP),
)
PLAIN = DepositQuestion(YI, other_projects=False, clean_years=0, arrears=False, listed=False)


def proposal(rules: DepositRules = FILLED, **changes: Any) -> DepositProposal:
    return propose_deposit(replace(PLAIN, **changes), rules)


def span(found: DepositProposal) -> tuple[int, int | None]:
    return found.low_fen, found.high_fen


def test_the_rate_of_the_province_gives_one_amount() -> None:
    found = proposal()
    assert (span(found), found.words) == ((150 * WAN, 150 * WAN), "1,500,000.00 元")
    assert [one.text for one in found.steps] == ["合同额 100,000,000.00 元，比例 1.5%"]
    assert (found.exempt, found.raised, found.missing) == (Exempt.NO, False, ())


def test_while_nobody_filled_it_in_the_national_span_gives_a_range() -> None:
    found = proposal(OPEN)
    assert span(found) == (100 * WAN, 300 * WAN)
    assert found.words == "1,000,000.00–3,000,000.00 元"
    assert "本省比例未填，按国家幅度 1%至3% 给出区间" in found.steps[0].text
    assert found.missing == ("“本省比例”未填，按国家幅度给出区间", "“上限”未填，没有封顶")


def test_several_projects_lower_the_rate_but_not_below_the_floor() -> None:
    assert span(proposal(other_projects=True)) == (100 * WAN, 100 * WAN)
    unknown = proposal(replace(FILLED, local_multi=OPEN.local_multi), other_projects=True)
    assert span(unknown) == (50 * WAN, 150 * WAN)
    assert "“第二个工程起的比例”未填，按国家幅度给出区间" in unknown.missing
    assert "同一地区有没有其他在建工程未填" in proposal(other_projects=None).missing


def test_two_clean_years_halve_it() -> None:
    found = proposal(clean_years=2)
    assert span(found) == (75 * WAN, 75 * WAN)
    assert found.steps[-1].text == "连续 2 年没有欠薪，降低 50%"
    assert span(proposal(clean_years=1)) == (150 * WAN, 150 * WAN)


def test_three_clean_years_free_where_the_conditions_hold() -> None:
    free = proposal(clean_years=3, managed=True)
    assert (span(free), free.exempt, free.words) == ((0, 0), Exempt.YES, "免存")
    unknown = proposal(clean_years=3)
    assert span(unknown) == (75 * WAN, 75 * WAN)
    assert "是否落实实名制和专用账户未填，没有按免存计算" in unknown.missing
    refused = proposal(clean_years=3, managed=False)
    assert "没有落实实名制和专用账户，不免存" in refused.missing
    loose = replace(FILLED, exempt_needs=figure(0, YES_NO))
    assert proposal(loose, clean_years=3).exempt is Exempt.YES


def test_arrears_and_the_list_raise_it_the_higher_one_alone() -> None:
    arrears = proposal(arrears=True)
    assert (span(arrears), arrears.raised) == ((225 * WAN, 225 * WAN), True)
    assert span(proposal(listed=True)) == (300 * WAN, 300 * WAN)
    assert span(proposal(listed=True, arrears=True)) == (300 * WAN, 300 * WAN)
    assert span(proposal(listed=True, arrears=None)) == (300 * WAN, 300 * WAN)


def test_a_raise_of_not_less_than_stays_open_upwards() -> None:
    found = proposal(replace(OPEN, local_base=FILLED.local_base), arrears=True)
    assert (span(found), found.words) == ((225 * WAN, None), "不低于 2,250,000.00 元")
    assert found.steps[-1].text == "存储前 2年内有欠薪，提高 50%以上"


def test_no_reduction_beside_arrears() -> None:
    found = proposal(arrears=True, clean_years=2, managed=True)
    assert span(found) == (225 * WAN, 225 * WAN)
    assert "连续没有欠薪的年数与欠薪记录相互矛盾，没有减免" in found.missing


def test_the_cap_holds_unless_a_raise_may_pass_it() -> None:
    big = 10 * YI
    assert span(proposal(contract_fen=big)) == (500 * WAN, 500 * WAN)
    assert span(proposal(contract_fen=big, arrears=True)) == (2_250 * WAN, 2_250 * WAN)
    strict = replace(FILLED, raise_over_cap=figure(0, YES_NO))
    assert span(proposal(strict, contract_fen=big, arrears=True)) == (500 * WAN, 500 * WAN)
    unknown = proposal(
        replace(FILLED, raise_over_cap=OPEN.raise_over_cap), contract_fen=big, arrears=True
    )
    assert span(unknown) == (500 * WAN, 2_250 * WAN)
    assert "“提高后可以超过上限”未填" in unknown.missing
    open_up = replace(OPEN, local_base=FILLED.local_base, cap=FILLED.cap)
    no_top = replace(open_up, raise_over_cap=figure(0, YES_NO))
    assert span(proposal(no_top, contract_fen=big, arrears=True)) == (500 * WAN, 500 * WAN)


def test_a_cap_or_floor_that_changes_nothing_is_no_step() -> None:
    exact = replace(FILLED, cap=figure(150 * WAN, FEN), local_multi=figure(50, BP))
    assert len(proposal(exact).steps) == 1
    assert len(proposal(exact, other_projects=True).steps) == 2


def test_the_floor_holds_after_reductions_as_an_inference() -> None:
    found = proposal(other_projects=True, clean_years=2)
    assert span(found) == (50 * WAN, 50 * WAN)
    thin = replace(FILLED, local_multi=figure(60, BP))
    low = proposal(thin, other_projects=True, clean_years=2)
    assert span(low) == (50 * WAN, 50 * WAN)
    assert (low.steps[-1].inferred, low.reasons[-1].inferred) == (True, True)
    open_multi = proposal(OPEN, other_projects=True, clean_years=2)
    assert span(open_multi) == (50 * WAN, 150 * WAN)


def test_a_floor_below_an_open_raise_keeps_the_top_open() -> None:
    thin = replace(FILLED, local_base=figure(10, BP), raise_arrears=OPEN.raise_arrears)
    assert span(proposal(replace(thin, cap=OPEN.cap), arrears=True)) == (50 * WAN, None)


def test_a_small_contract_may_be_exempt_and_the_step_says_it_is_no_right() -> None:
    small = proposal(contract_fen=300 * WAN - 1, clean_years=1)
    assert (small.low_fen, small.high_fen, small.exempt) == (0, 4_500_000, Exempt.MAY)
    assert small.exempt.label == "可以免存，不是当然免存"
    assert proposal(contract_fen=300 * WAN, clean_years=1).exempt is Exempt.NO
    assert proposal(contract_fen=100 * WAN, clean_years=0).exempt is Exempt.NO
    assert proposal(contract_fen=100 * WAN, clean_years=1, arrears=True).exempt is Exempt.NO
    unknown = proposal(contract_fen=100 * WAN, clean_years=None)
    assert unknown.exempt is Exempt.MAY
    assert "连续没有欠薪的年数未填" in unknown.missing


def test_a_short_contract_may_be_exempt_where_the_province_says_so() -> None:
    short = replace(FILLED, small_months=figure(3, FigureUnit.MONTHS, bound=Bound.BELOW))
    assert proposal(short, clean_years=1, months=2).exempt is Exempt.MAY
    assert proposal(short, clean_years=1, months=3).exempt is Exempt.NO
    assert proposal(clean_years=1, months=2).exempt is Exempt.NO


def test_the_exemption_says_whether_it_must_be_asked_for() -> None:
    asked = replace(FILLED, small_apply=figure(1, YES_NO))
    assert "小额免存须书面申请，经审核" in proposal(asked, contract_fen=WAN, clean_years=1).missing
    open_one = replace(FILLED, small_apply=figure(None, YES_NO, "免存须申请"))
    assert "“免存须申请”未填" in proposal(open_one, contract_fen=WAN, clean_years=1).missing


def test_not_knowing_about_arrears_is_said() -> None:
    assert "存储前 2年内有没有欠薪未填" in proposal(arrears=None, listed=None).missing
    assert proposal().articles == ("《演示条例》第一条",)


@pytest.mark.parametrize(
    ("contract", "fen"), [(33, 0), (34, 1), (99, 1), (100, 2), (333_333, 5_000), (333_300, 5_000)]
)
def test_the_amount_is_exact_to_the_fen_half_up(contract: int, fen: int) -> None:
    rules = replace(FILLED, small_amount=figure(0, FEN, bound=Bound.BELOW))
    assert span(proposal(rules, contract_fen=contract)) == (fen, fen)


ANY = st.fixed_dictionaries(
    {
        "other_projects": st.sampled_from([None, True, False]),
        "clean_years": st.one_of(st.none(), st.integers(0, 5)),
        "managed": st.sampled_from([None, True, False]),
        "arrears": st.sampled_from([None, True, False]),
        "listed": st.sampled_from([None, True, False]),
        "months": st.one_of(st.none(), st.integers(0, 60)),
    }
)
PACKS = st.builds(
    replace,
    st.sampled_from([OPEN, FILLED]),
    cap=st.sampled_from([OPEN.cap, FILLED.cap, figure(WAN, FEN)]),
    raise_over_cap=st.sampled_from([figure(value, YES_NO, "超过上限") for value in (None, 0, 1)]),
    local_multi=st.sampled_from([OPEN.local_multi, FILLED.local_multi, figure(20, BP)]),
)
FACTS = ANY
CONTRACT = st.integers(1, 20 * YI)


@given(PACKS, FACTS, CONTRACT, CONTRACT)
def test_a_larger_contract_never_asks_for_less(
    rules: DepositRules, facts: dict[str, Any], one: int, other: int
) -> None:
    small, large = (
        proposal(rules, contract_fen=fen, **facts) for fen in (min(one, other), max(one, other))
    )
    assert small.low_fen <= large.low_fen
    assert large.high_fen is None or (small.high_fen or 0) <= large.high_fen


@given(PACKS, FACTS, CONTRACT)
def test_it_lies_between_floor_and_cap(
    rules: DepositRules, facts: dict[str, Any], contract: int
) -> None:
    found = proposal(rules, contract_fen=contract, **facts)
    assert found.high_fen is None or found.low_fen <= found.high_fen
    cap = rules.cap.low
    if found.exempt is Exempt.NO:
        floor = share(contract, 50)
        assert found.low_fen >= (floor if cap is None else min(floor, cap))
    passing = found.raised and rules.raise_over_cap.low != 0
    if cap is not None and not passing:
        assert found.high_fen is not None
        assert found.high_fen <= cap


@given(FACTS, CONTRACT)
def test_filling_in_the_rate_narrows_the_range(facts: dict[str, Any], contract: int) -> None:
    wide = proposal(OPEN, contract_fen=contract, **facts)
    narrow = proposal(replace(OPEN, local_base=figure(150, BP)), contract_fen=contract, **facts)
    assert wide.low_fen <= narrow.low_fen
    assert wide.high_fen is None or (narrow.high_fen or 0) <= wide.high_fen
