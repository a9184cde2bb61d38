"""What a fine of that size asks for: hearing, legal review, discussion, or on the spot."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.deciders import Met
from inspector_app.domain.deciders.fine_ranges import Act
from inspector_app.domain.deciders.fines import OnFile
from inspector_app.domain.deciders.hearings import (
    FineProposal,
    FineQuestion,
    Follow,
    Hearing,
    Heavy,
    propose_fines,
)
from inspector_app.domain.law import Fine, FinePer, Violation
from tests.domain.decider_rows import (
    FINE_RULES,
    TODAY,
    WAN,
    YUAN,
    a_basis,
    a_figure,
    a_small_violation,
    a_violation,
)
from tests.helpers.desks import library

ACT_DAY = date(2026, 8, 1)


def proposal(*violations: Violation, rules: Any = FINE_RULES, **changes: Any) -> FineProposal:
    people = changes.pop("people", None)
    acts = tuple(Act(one, on=ACT_DAY, people=people) for one in violations)
    return propose_fines(FineQuestion(acts, OnFile(), **changes), rules, TODAY)


def texts(found: FineProposal) -> str:
    return "\n".join(one.text for one in found.reasons)


@pytest.mark.parametrize(
    "code",
    [f"GZ-{number:02d}" for number in (*range(5, 16), 20)],
)
def test_articles_55_to_57_always_ask_for_the_hearing_of_the_unit(code: str) -> None:
    found = proposal(library().violations[code])
    assert (found.hearing_unit, found.hearing_person, found.hearing) == (
        Hearing.MUST,
        Hearing.NO,
        Hearing.MUST,
    )
    assert (found.unit.low_fen, found.unit.high_fen) == (5 * WAN, 10 * WAN)


@pytest.mark.parametrize("code", ["GZ-01", "GZ-02", "GZ-03", "GZ-04"])
def test_article_54_asks_for_it_by_the_person_and_by_the_unit_only_at_50000(code: str) -> None:
    violation = library().violations[code]
    found = proposal(violation)
    assert (found.hearing_person, found.hearing_unit) == (Hearing.MUST, Hearing.DEPENDS)
    assert proposal(violation, unit_fen=5 * WAN).hearing_unit is Hearing.MUST
    below = proposal(violation, unit_fen=5 * WAN - 1)
    assert (below.hearing_unit, below.hearing) == (Hearing.NO, Hearing.MUST)
    assert below.hearing_person is Hearing.MUST


@pytest.mark.parametrize("code", ["KJ-01", "KJ-02", "KJ-03"])
def test_article_30_of_the_inspection_rules_asks_for_none(code: str) -> None:
    found = proposal(library().violations[code])
    assert (found.hearing_unit, found.hearing) == (Hearing.NO, Hearing.NO)
    assert "最高 20,000.00 元，未达到听证标准（5万元以上）" in texts(found)


def test_fines_by_the_head_ask_for_it_once_they_add_up() -> None:
    overtime = library().violations["GS-01"]  # 100 to 500 a head
    assert proposal(overtime, people=99).hearing is Hearing.NO
    assert proposal(overtime, people=100).hearing is Hearing.DEPENDS
    assert proposal(overtime, people=500).hearing is Hearing.MUST
    deposit = library().violations["HT-05"]  # 500 to 2,000 a head
    assert proposal(deposit, people=25).hearing is Hearing.DEPENDS
    assert proposal(deposit, people=100).hearing is Hearing.MUST
    unknown = proposal(deposit)
    assert (unknown.hearing, unknown.unit.high_fen) == (Hearing.DEPENDS, None)
    assert unknown.unit.words == "0.00 元以上，上限待补数据"


def test_different_acts_add_up_and_their_sum_asks_for_a_hearing_by_inference() -> None:
    one = a_small_violation("A", unit_fine=Fine(3 * WAN, 4 * WAN))
    found = proposal(one, replace(one, code="B"))
    assert (found.unit.low_fen, found.unit.high_fen) == (6 * WAN, 8 * WAN)
    assert found.hearing is Hearing.MUST
    assert [one.text for one in found.reasons if one.inferred] == [
        "多个行为合计达到标准的，按合计告知"
    ]
    alone = proposal(a_violation(stop_work=False))
    assert not any(one.inferred for one in alone.reasons)


def test_a_stop_of_work_asks_for_a_hearing_by_inference() -> None:
    found = proposal(a_small_violation(stop_work=True))
    assert (found.hearing_unit, found.hearing) == (Hearing.NO, Hearing.MUST)
    (reason,) = [one for one in found.reasons if one.inferred]
    assert reason.text == "KJ-01 责令项目停工，按责令停产停业告知听证"
    assert reason.basis == FINE_RULES.stop_work
    late = a_small_violation(stop_work=True, basis=a_basis(effective_from=date(2026, 9, 1)))
    assert proposal(late).hearing is Hearing.NO


@pytest.mark.parametrize("heavy", list(Heavy))
def test_heavier_sanctions_ask_for_a_hearing_whatever_the_fine(heavy: Heavy) -> None:
    found = proposal(a_small_violation(), heavy=frozenset({heavy}))
    assert found.hearing is Hearing.MUST
    assert f"拟{heavy.label}，应当告知听证" in texts(found)
    assert found.summary is Met.NOT


def test_a_seizure_is_held_against_its_own_amount() -> None:
    assert proposal(a_small_violation(), confiscate_fen=5 * WAN).hearing is Hearing.MUST
    assert proposal(a_small_violation(), confiscate_fen=5 * WAN - 1).hearing is Hearing.NO


def test_a_figure_nobody_knows_is_missing_and_leaves_it_open() -> None:
    rules = replace(FINE_RULES, hearing_unit=a_figure(None, name="听证（单位）"))
    found = proposal(a_small_violation(), rules=rules)
    assert found.hearing is Hearing.DEPENDS
    assert found.missing == ("“听证（单位）”未填",)


def test_legal_review_follows_a_hearing_and_discussion_is_for_the_leaders() -> None:
    plain = proposal(a_small_violation())
    assert (plain.legal_review, plain.discussion) == (Follow.JUDGE, Follow.JUDGE)
    assert proposal(a_violation()).legal_review is Follow.IF_HEARD
    heard = proposal(a_violation(), heard=True)
    assert (heard.legal_review, heard.discussion) == (Follow.MUST, Follow.JUDGE)
    assert proposal(a_violation(), grave=True).discussion is Follow.MUST
    assert "法制审核：必须" in texts(heard)


@pytest.mark.parametrize(
    ("fine", "proposed", "summary"),
    [
        (Fine(0, 3_000 * YUAN), None, Met.MET),
        (Fine(2_000 * YUAN, 2 * WAN), None, Met.POSSIBLE),
        (Fine(2_000 * YUAN, 2 * WAN), 3_000 * YUAN, Met.MET),
        (Fine(2_000 * YUAN, 2 * WAN), 3_000 * YUAN + 1, Met.NOT),
        (Fine(3_000 * YUAN + 1, 2 * WAN), None, Met.NOT),
    ],
)
def test_small_fines_may_be_imposed_on_the_spot(
    fine: Fine, proposed: int | None, summary: Met
) -> None:
    found = proposal(a_small_violation(unit_fine=fine), unit_fen=proposed)
    assert found.summary is summary


def test_the_fine_of_a_person_keeps_the_spot_fine_away_too() -> None:
    person = a_small_violation(unit_fine=None, person_fine=Fine(500 * YUAN, 3_000 * YUAN))
    assert proposal(person).summary is Met.NOT
    assert proposal(person, person_fen=100 * YUAN).summary is Met.NOT


def test_without_a_fine_only_a_warning_is_given_on_the_spot() -> None:
    found = proposal(a_small_violation(unit_fine=None))
    assert found.summary is Met.NOT
    assert "没有罚款；只给予警告的可以当场处罚" in texts(found)


def test_a_proposal_outside_the_range_is_pointed_out() -> None:
    assert "拟罚低于幅度下限，属于减轻处罚" in texts(proposal(a_violation(), unit_fen=WAN))
    above = texts(proposal(a_violation(), unit_fen=11 * WAN))
    assert "拟罚 110,000.00 元，高于幅度上限 100,000.00 元" in above
    for inside in (5 * WAN, 10 * WAN):
        told = texts(proposal(a_violation(), unit_fen=inside))
        assert "幅度下限" not in told
        assert "高于" not in told


def test_totals_in_words() -> None:
    assert proposal(a_small_violation(unit_fine=None)).unit.words == "没有罚款"
    exact = proposal(a_small_violation(unit_fine=Fine(WAN, WAN)))
    assert exact.unit.words == "10,000.00 元"
    assert proposal(a_violation()).unit.words == "50,000.00–100,000.00 元"


def test_every_article_of_the_proposal_is_listed_once() -> None:
    found = proposal(a_violation(), a_violation("GZ-06"))
    assert found.articles[:2] == a_violation().breaches + a_violation().penalties
    assert len(set(found.articles)) == len(found.articles)
    assert "《处罚法》第六十三条第一款" in found.articles


def test_a_rule_not_in_force_is_named_and_leaves_the_sum() -> None:
    late = a_violation("GZ-06", basis=a_basis(effective_from=date(2026, 9, 1)))
    found = proposal(a_violation(), late)
    assert found.not_in_force == ("GZ-06",)
    assert (found.unit.low_fen, found.unit.parts) == (5 * WAN, 1)


@given(st.lists(st.tuples(st.integers(0, 20 * WAN), st.integers(0, 20 * WAN)), max_size=5))
def test_the_hearing_follows_the_range(fines: list[tuple[int, int]]) -> None:
    """Low end reached: always told. High end not reached: never. Else it depends."""
    acts = [
        a_small_violation(f"V{n}", unit_fine=Fine(min(pair), max(pair)))
        for n, pair in enumerate(fines)
    ]
    found = proposal(*acts)
    low, high = sum(map(min, fines)), sum(map(max, fines))
    wanted = Hearing.DEPENDS if high >= 5 * WAN else Hearing.NO
    assert found.hearing_unit is (Hearing.MUST if low >= 5 * WAN else wanted)


@given(st.integers(0, 30 * WAN), st.integers(1, 200))
def test_a_proposed_amount_settles_the_hearing(proposed: int, people: int) -> None:
    violation = a_small_violation(unit_fine=Fine(100, 20 * WAN, FinePer.PERSON))
    found = proposal(violation, people=people, unit_fen=proposed)
    assert (found.hearing_unit is Hearing.MUST) == (proposed >= 5 * WAN)
