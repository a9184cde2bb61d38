"""Who answers for unpaid wages: the rows of law.md 3.8 with names from the party chain."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders.liability import (
    ChainLink,
    LiabilityLine,
    LiabilityProposal,
    Situation,
    propose_liability,
    told_by_chain,
)
from inspector_app.domain.parties import PartyRole
from tests.helpers.desks import library

OWNER = ChainLink(PartyRole.OWNER, "演示城投公司")
GENERAL = ChainLink(PartyRole.GENERAL, "演示建工集团")
OWN_SUB = ChainLink(PartyRole.SUB, "青禾建筑劳务有限公司", own=True)
CHAIN = (OWNER, GENERAL, OWN_SUB)
SITE = Situation(
    employer="青禾建筑劳务有限公司", engineering=True, chain=CHAIN, owing_fen=1_000_000
)
SHOP = Situation(employer="演示物业有限公司", engineering=False)


def proposal(situation: Situation, *ticked: str, **changes: Any) -> LiabilityProposal:
    facts = {"ticked": frozenset(ticked)} if ticked else {}
    asked = replace(situation, **facts, **changes)
    return propose_liability(asked, library().liability.values(), library().situation_facts)


def row(found: LiabilityProposal, rule: str) -> LiabilityLine:
    return next(one for one in found.lines if one.rule == rule)


@pytest.mark.parametrize(
    ("fact", "rule", "article", "engineering"),
    [
        ("direct_hire", "LB-01", "第十六条", False),
        ("no_licence", "LB-02", "第十七条", False),
        ("bad_dispatch", "LB-03", "第十八条", False),
        ("task_let", "LB-04", "第十九条第一款", False),
        ("name_lent", "LB-05", "第十九条第二款", False),
        ("investor_unit", "LB-06", "第二十条", False),
        ("merger", "LB-07", "第二十一条", False),
        ("closed", "LB-08", "第二十二条第一款", False),
        ("sub_owes", "LB-09", "第三十条第一款", True),
        ("project_resold", "LB-10", "第三十条第四款", True),
        ("owner_behind", "LB-11", "第二十九条第二款", True),
        ("let_to_unqualified", "LB-12", "第三十六条第一款", True),
        ("project_name_lent", "LB-13", "第三十六条第二款", True),
        ("project_unlawful", "LB-14", "第三十七条", True),
        ("public_funds_short", "LB-15", "第五十九条", True),
    ],
)
def test_each_row_of_the_table_answers_to_its_fact(
    fact: str, rule: str, article: str, engineering: bool
) -> None:
    found = proposal(SITE if engineering else SHOP, fact)
    first = found.lines[0]
    assert (first.rule, first.main, first.last_resort) == (rule, True, False)
    assert any(article in text for text in first.basis.articles)
    assert set(first.basis.articles) <= set(found.articles)


def test_the_first_row_leads_and_the_others_stand_beside_it() -> None:
    found = proposal(SITE, "owner_behind", "sub_owes", "direct_hire")
    assert [(one.rule, one.main) for one in found.lines] == [
        ("LB-01", True),
        ("LB-09", False),
        ("LB-11", False),
        ("LB-16", False),
    ]


def test_payers_are_named_from_the_chain() -> None:
    found = row(proposal(SITE, "sub_owes"), "LB-09")
    assert [(one.words, one.names) for one in found.payers] == [
        ("施工总承包单位先行清偿", ("演示建工集团",)),
        ("分包单位负直接责任", ("青禾建筑劳务有限公司",)),
    ]
    assert found.recourse == "施工总承包单位依法追偿"
    assert found.missing == ()


def test_a_labour_unit_counts_as_a_subcontractor() -> None:
    labour = ChainLink(PartyRole.LABOUR, "青禾建筑劳务有限公司", own=True)
    found = row(proposal(SITE, "sub_owes", chain=(GENERAL, labour)), "LB-09")
    assert found.payers[1].names == ("青禾建筑劳务有限公司",)


def test_a_payer_that_is_not_on_the_chain_is_said() -> None:
    found = proposal(SITE, "sub_owes", chain=(OWN_SUB,))
    assert "“施工总承包单位先行清偿”是哪一家没有登记" in found.missing
    assert "项目没有登记建设单位" in found.missing
    assert "项目没有登记施工总承包单位" in found.missing
    lent = row(proposal(SITE, "project_name_lent"), "LB-13")
    assert lent.missing == ("“被挂靠的施工单位”是哪一家没有登记",)
    assert "项目没有登记参建单位" in proposal(SITE, "sub_owes", chain=()).missing
    stranger = proposal(SITE, "sub_owes", chain=(OWNER, GENERAL))
    assert "青禾建筑劳务有限公司不在项目的参建单位中" in stranger.missing


def test_both_units_that_may_have_let_the_work_are_named() -> None:
    found = row(proposal(SITE, "let_to_unqualified"), "LB-12")
    assert found.payers[0].names == ("演示城投公司", "演示建工集团")


def test_the_unit_of_the_case_is_the_employer_the_law_speaks_of() -> None:
    (line,) = proposal(SHOP, "no_licence").lines
    assert [one.names for one in line.payers] == [("演示物业有限公司",), ()]
    assert line.missing == ("“该单位的出资人”是哪一家没有登记",)


def test_the_owner_answers_up_to_the_price_it_still_owes() -> None:
    unknown = row(proposal(SITE, "owner_behind"), "LB-11")
    assert (unknown.limit_fen, unknown.limit) == (None, "以未结清的工程款为限（未填）")
    assert "未结清的工程款未填，限额没有确定" in unknown.missing
    short = row(proposal(SITE, "owner_behind", unpaid_price_fen=400_000), "LB-11")
    assert short.limit_fen == 400_000
    assert short.limit == "以未结清的工程款 4,000.00 元为限，不足部分 6,000.00 元"
    enough = row(proposal(SITE, "owner_behind", unpaid_price_fen=1_000_000), "LB-11")
    assert (enough.limit_fen, enough.missing) == (1_000_000, ())
    assert "足以清偿" in enough.limit
    assert row(proposal(SITE, "sub_owes", unpaid_price_fen=1), "LB-09").limit_fen is None


def test_the_deposit_and_the_fund_come_last_on_a_project() -> None:
    last = proposal(SITE, "sub_owes").lines[-1]
    assert (last.rule, last.last_resort, last.main) == ("LB-16", True, False)
    assert last.missing == ()
    said = proposal(SITE, "sub_owes").reasons[-1]
    assert said.text.startswith("以上都不能及时支付的：工资保证金→应急周转金")
    assert said.level == "推论 · 已核全文 · 现行性已核"
    alone = proposal(SITE, "nobody_pays")
    assert [(one.rule, one.main) for one in alone.lines] == [("LB-16", True)]
    assert "没有勾选能够确定清偿责任的情形" in alone.missing
    assert proposal(SHOP, "nobody_pays").lines == ()


def test_a_fact_of_projects_is_not_asked_elsewhere() -> None:
    assert {one.code for one in proposal(SHOP).facts} == {
        code for code, fact in library().situation_facts.items() if not fact.engineering
    }
    assert len(proposal(SITE).facts) == len(library().situation_facts)


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        (CHAIN, {"sub_owes"}),
        ((GENERAL, ChainLink(PartyRole.LABOUR, "甲", own=True)), {"sub_owes"}),
        ((OWN_SUB,), set()),
        ((ChainLink(PartyRole.GENERAL, "甲", own=True),), {"direct_hire"}),
        ((ChainLink(PartyRole.GENERAL, "甲", own=True), ChainLink(PartyRole.SUB, "乙")), set()),
        ((GENERAL, ChainLink(PartyRole.CREW, "演示班组", own=True)), {"let_to_unqualified"}),
        ((), set()),
    ],
)
def test_the_chain_tells_only_what_it_shows(chain: tuple[ChainLink, ...], told: set[str]) -> None:
    assert set(told_by_chain(replace(SITE, chain=chain))) == told


def test_what_the_chain_tells_is_ticked_beforehand_and_said() -> None:
    found = proposal(SITE)
    assert [one.code for one in found.facts if one.ticked] == ["sub_owes"]
    assert found.lines[0].rule == "LB-09"
    first = found.reasons[0]
    assert first.inferred
    assert first.text.startswith("预先勾选“分包单位拖欠所招用的农民工工资”：")
    assert first.text.endswith("，请核对")
    assert [one.code for one in proposal(SHOP).facts if one.ticked] == ["direct_hire"]


def test_an_inspector_has_the_last_word_on_the_facts() -> None:
    found = proposal(SITE, "project_resold")
    assert [(one.code, one.source) for one in found.facts if one.ticked] == [
        ("project_resold", "监察员勾选")
    ]
    assert found.lines[0].rule == "LB-10"
    assert found.reasons[0].text.startswith("没有勾选“分包单位拖欠所招用的农民工工资”，但")
    assert not any(one.text.startswith("没有勾选") for one in proposal(SITE, "sub_owes").reasons)


@given(st.sets(st.sampled_from(sorted(library().situation_facts))))
def test_every_ticked_row_is_there_in_order_with_one_leading(ticked: set[str]) -> None:
    found = proposal(replace(SITE, ticked=frozenset(ticked)))
    orders = [library().liability[one.rule].order for one in found.lines]
    assert orders == sorted(orders)
    leading = [one for one in found.lines if one.main]
    assert len(leading) == (1 if ticked else 0)
    assert len(found.lines) == len(ticked | {"nobody_pays"})
    assert all(one is found.lines[0] for one in leading)
