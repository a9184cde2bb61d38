"""The values everything stands on: sums of claims, words with codes, look-ups by id."""

from datetime import date
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain import (
    campaigns,
    cases,
    claims,
    clues,
    inspections,
    office,
    papers,
    parties,
)
from inspector_app.domain.cases import Source
from inspector_app.domain.claims import ClaimTotals, Settlement, WageClaim, totals
from inspector_app.domain.terms import Level, TermUnit
from inspector_app.domain.words import Word
from tests.helpers.builders import (
    a_check_item,
    a_checklist,
    a_kind,
    a_project,
    a_worker_claim,
    an_inspector,
)

MODULES = (campaigns, cases, claims, clues, inspections, office, papers, parties)
WORDS = sorted(
    {
        thing
        for module in MODULES
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Word) and thing is not Word
    }
    | {Level, TermUnit},
    key=lambda word: word.__name__,
)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_a_code_of_its_own_and_a_label_of_its_own(word: type[Word]) -> None:
    members = list(word)
    assert isinstance(members[0], Enum)
    assert all(member.label for member in members)
    assert len({member.label for member in members}) == len(members)
    for member in members:
        assert word(member.value) is member
        assert word.by_label(f" {member.label} ") is member


def test_a_label_nobody_uses_gives_nothing() -> None:
    assert Source.by_label("飞鸽传书") is None


def test_what_is_owed_is_due_less_paid_less_withheld() -> None:
    claim = a_worker_claim(due_fen=1_000, paid_fen=300, withheld_fen=50).claim
    assert claim.owing_fen == 650


def test_totals_count_workers_once_and_settlements_as_paid() -> None:
    first = a_worker_claim(1, due_fen=1_000, paid_fen=100, withheld_fen=10).claim
    again = a_worker_claim(1, due_fen=500, id="claim-again").claim
    second = a_worker_claim(2, due_fen=2_000).claim
    paid = Settlement("s1", "case-1", "claim-2", 700, date(2026, 10, 9))
    summed = totals([first, again, second], [paid])
    assert summed == ClaimTotals(2, 3_500, 100, 10, 700)
    assert (summed.paid_fen, summed.claimed_fen, summed.owing_fen) == (800, 3_390, 2_690)
    assert totals([]) == ClaimTotals(0, 0, 0, 0, 0)


money = st.integers(0, 10**9)


@given(st.lists(st.tuples(money, money, money), max_size=8), st.lists(money, max_size=4))
def test_what_is_owed_in_all_is_what_each_owes(
    parts: list[tuple[int, int, int]], later: list[int]
) -> None:
    listed = [
        WageClaim(f"c{n}", "case-1", f"w{n}", due, paid, withheld)
        for n, (due, paid, withheld) in enumerate(parts)
    ]
    settled = [
        Settlement(f"s{n}", "case-1", "c0", fen, date(2026, 10, 9)) for n, fen in enumerate(later)
    ]
    summed = totals(listed, settled)
    assert summed.owing_fen == sum(claim.owing_fen for claim in listed) - sum(later)
    assert summed.due_fen - summed.paid_fen - summed.withheld_fen == summed.owing_fen
    assert summed.claimed_fen == sum(claim.owing_fen for claim in listed)
    assert summed.settled_fen == sum(later)


def test_items_and_fields_are_found_by_their_id() -> None:
    checklist = a_checklist(a_check_item("C01"), a_check_item("C02"))
    assert checklist.item("C02").id == "C02"
    assert a_kind().field("amount").label == "金额"
    with pytest.raises(KeyError):
        checklist.item("C99")
    with pytest.raises(KeyError):
        a_kind().field("typo")


def test_builders_take_changes() -> None:
    assert a_project(name="翠湖").name == "翠湖"
    assert an_inspector(2, title="组长").certificate == "16040002"
