"""The list of untrustworthy wage debtors: conditions, days, and two time tables side by side."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders.blacklist import (
    ListDate,
    ListFact,
    ListProposal,
    ListQuestion,
    ListRules,
    propose_listing,
)
from inspector_app.domain.deciders.crime import CrimeProposal, Owed, Respondent, propose_transfer
from inspector_app.domain.rules import Bound, FigureUnit
from inspector_app.domain.terms import TermUnit
from tests.domain.decider_rows import (
    CRIME_RULES,
    TODAY,
    WAN,
    a_basis,
    a_figure,
    a_served_order,
)
from tests.helpers.builders import a_term, calendar_2026

RULES = ListRules(
    decide=a_term(
        id="D33", name="列入决定", start_event="期限届满", length=20, extension=20, article="第八条"
    ),
    object=a_term(id="D34", name="异议", start_event="收到告知", length=5, article="第六条"),
    check=a_term(id="D56", name="核实异议", start_event="收到异议", length=5, article="第六条"),
    years=a_figure(3, FigureUnit.YEARS, bound=Bound.EXACT, name="名单期限"),
    early=a_figure(6, FigureUnit.MONTHS, name="提前移出"),
    repair={
        "轻微": a_figure(3, FigureUnit.MONTHS, bound=Bound.UP_TO),
        "一般": a_figure(3, FigureUnit.MONTHS, high=12, bound=Bound.EXACT),
        "严重": a_figure(1, FigureUnit.YEARS, high=3, bound=Bound.EXACT),
    },
    conditions=a_basis("《名单办法》第五条"),
    leave_out=a_basis("《名单办法》第七条"),
    notice=a_basis("《名单办法》第六条"),
    early_removal=a_basis("《名单办法》第十二条"),
    early_barred=a_basis("《名单办法》第十三条"),
)


def crime(fen: int = 10 * WAN, *, ordered: bool = True) -> CrimeProposal:
    orders = (a_served_order(),) if ordered else ()
    asked = Respondent("青禾建筑劳务有限公司", (Owed("演示工人1", fen, 3),), orders)
    return propose_transfer(asked, CRIME_RULES, TODAY)


def proposal(
    *facts: ListFact, rules: ListRules = RULES, found: CrimeProposal | None = None, **changes: Any
) -> ListProposal:
    asked = ListQuestion(found or crime(), frozenset(facts))
    return propose_listing(replace(asked, **changes), rules, calendar_2026(), TODAY)


def day(found: ListProposal, name: str) -> ListDate:
    rows = (*found.dates, *(row for table in found.tables for row in table.rows))
    return next(one for one in rows if one.name == name)


@pytest.mark.parametrize("fen", [100, 10 * WAN])
@pytest.mark.parametrize("incident", [True, False])
@pytest.mark.parametrize("ordered", [True, False])
def test_amount_or_incident_and_an_order_without_effect(
    fen: int, incident: bool, ordered: bool
) -> None:
    facts = [ListFact.INCIDENT] if incident else []
    found = proposal(*facts, found=crime(fen, ordered=ordered))
    reason = fen >= 10 * WAN or incident
    assert (found.amount, found.incident) == (fen >= 10 * WAN, incident)
    assert found.met == (reason and ordered)
    assert ("犯罪数额标准" in found.words) == (not reason)
    assert ("经责令限期支付逾期未付" in found.words) == (not ordered)
    assert (found.words == "符合列入条件") == found.met


def test_the_decision_is_due_20_working_days_after_the_order_and_20_more_with_leave() -> None:
    """From 10 September over make-up days, mid-autumn and National Day; then over weekends."""
    last = day(proposal(), "最迟作出决定")
    assert (last.day, last.later, last.planned) == (
        date(2026, 10, 14),
        date(2026, 11, 11),
        False,
    )
    assert "D33" in last.reason.text


def test_the_objection_runs_from_the_notice_even_when_it_is_only_planned() -> None:
    planned = proposal()
    assert day(planned, "告知").reason.text == "假定2026年9月28日送达拟列入告知"
    assert (day(planned, "异议期至").day, day(planned, "异议期至").planned) == (
        date(2026, 10, 10),
        True,
    )
    told = proposal(notice_served_on=date(2026, 9, 14), objected_on=date(2026, 9, 18))
    assert (day(told, "异议期至").day, day(told, "异议期至").planned) == (date(2026, 9, 20), False)
    assert day(told, "核实异议至").day == date(2026, 9, 24)


def test_a_notice_too_late_for_a_decision_in_time_is_said() -> None:
    assert proposal().missing == ()
    late = proposal(notice_served_on=date(2026, 11, 6))
    assert late.missing == ("异议期至2026年11月13日，不早于最迟决定日2026年11月11日",)
    assert proposal(notice_served_on=date(2026, 11, 6), decided_on=TODAY).missing == ()
    same_day = proposal(notice_served_on=date(2026, 11, 4))
    assert day(same_day, "异议期至").day == day(same_day, "最迟作出决定").later
    assert len(same_day.missing) == 1
    assert proposal(notice_served_on=date(2026, 11, 3)).missing == ()


def test_three_years_run_from_the_decision_and_the_two_tables_stand_side_by_side() -> None:
    found = proposal(decided_on=date(2026, 10, 12), corrected_on=date(2026, 10, 30))
    own, repair = found.tables
    assert (own.name, repair.name) == ("名单办法", "信用修复办法")
    assert own.level == "已核全文 · 现行性已核"
    assert [(row.name, row.day, row.later) for row in own.rows] == [
        ("期满移出", date(2029, 10, 12), None),
        ("最早提前移出", date(2027, 4, 30), None),
    ]
    assert [(row.name, row.day, row.later) for row in repair.rows] == [
        ("轻微失信信息公示期", None, date(2027, 1, 12)),
        ("一般失信信息公示期", date(2027, 1, 12), date(2027, 10, 12)),
        ("严重失信信息公示期", date(2027, 10, 12), date(2029, 10, 12)),
    ]
    assert not any(row.planned for row in own.rows)


def test_the_half_year_runs_from_the_later_of_listing_and_correction() -> None:
    found = proposal(decided_on=date(2026, 10, 12), corrected_on=date(2026, 9, 20))
    assert day(found, "最早提前移出").day == date(2027, 4, 12)


def test_without_a_decision_the_tables_build_on_the_last_day_for_it() -> None:
    found = proposal()
    assert day(found, "期满移出").day == date(2029, 11, 11)
    assert day(found, "期满移出").planned
    early = day(found, "最早提前移出")
    assert (early.day, early.reason.text) == (
        None,
        "改正并列入满 6个月以上后可以申请提前移出，改正日期未填",
    )


@pytest.mark.parametrize("bar", [ListFact.AGAIN, ListFact.PROSECUTED])
def test_who_owes_again_or_is_prosecuted_does_not_leave_early(bar: ListFact) -> None:
    found = proposal(bar, decided_on=TODAY, corrected_on=TODAY)
    early = day(found, "最早提前移出")
    assert (early.day, early.reason.basis) == (None, RULES.early_barred)
    assert any(one.text.startswith("不得提前移出：") for one in found.reasons)


def test_who_corrects_and_promises_before_the_decision_may_be_left_out() -> None:
    assert proposal(ListFact.CORRECTED, ListFact.PROMISED).may_be_left_out
    assert not proposal(ListFact.CORRECTED).may_be_left_out
    assert not proposal(ListFact.CORRECTED, ListFact.PROMISED, decided_on=TODAY).may_be_left_out
    found = proposal(ListFact.CORRECTED, ListFact.PROMISED)
    assert any(one.basis is RULES.leave_out for one in found.reasons)
    assert "《名单办法》第七条" in found.articles


def test_what_is_not_known_leaves_no_invented_day() -> None:
    found = proposal(found=crime(ordered=False))
    assert found.missing == ("责令支付文书没有期限，决定期限不能起算",)
    assert [one.name for one in found.dates] == ["告知", "异议期至"]
    assert found.tables == ()
    off = proposal(rules=replace(RULES, decide=None, object=None, check=None, repair={}))
    assert [one.name for one in off.dates] == ["告知"]
    open_years = replace(RULES, years=a_figure(None, FigureUnit.YEARS, name="期限"), repair={})
    unknown = proposal(rules=open_years, decided_on=TODAY)
    assert (day(unknown, "期满移出").day, unknown.missing) == (None, ("“期限”未填",))
    assert unknown.tables[1].level == ""


def test_a_decision_term_without_extension_has_one_last_day() -> None:
    term = a_term(length=20, unit=TermUnit.WORKING_DAYS)
    assert day(proposal(rules=replace(RULES, decide=term)), "最迟作出决定").later is None


@given(st.dates(date(2026, 9, 1), date(2026, 12, 1)), st.dates(date(2026, 9, 1), date(2027, 6, 1)))
def test_nobody_leaves_early_before_half_a_year_on_the_list(decided: date, corrected: date) -> None:
    found = proposal(decided_on=decided, corrected_on=corrected)
    early, end = day(found, "最早提前移出").day, day(found, "期满移出").day
    assert early is not None
    assert end is not None
    assert (early - max(decided, corrected)).days >= 181
    assert decided < end
