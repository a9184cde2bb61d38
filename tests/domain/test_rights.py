"""The table of roles and acts, walked whole; what a change needs; what a look says."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain import rights
from inspector_app.domain.access import Field, fields_text
from inspector_app.domain.office import Inspector
from inspector_app.domain.rights import Act, Role, Touched, against, clash, may

C, L, V, M, U = Role  # inspector (cases), leader, reviewer, administrator, auditor
# The table once more, by act: who may, and so also who may not.
WHO = {
    Act.WORK: {C},
    Act.APPROVE: {L},
    Act.REVIEW: {V},
    Act.MANAGE: {M},
    Act.REVEAL: {C, L},
    Act.REVEAL_INFORMANT: {C, L},
    Act.EXPORT_FULL: {C, L},
    Act.SEE_ACCESS: {M, U},
    Act.PURGE: {M},
}
EVERY = [frozenset(some) for n in range(6) for some in combinations(Role, n)]


@pytest.mark.parametrize("act", Act)
def test_every_set_of_roles_may_what_one_of_them_may(act: Act) -> None:
    assert set(WHO) == set(Act)
    assert set(rights.GRANTED) == set(Role)
    for roles in EVERY:
        assert may(roles, act) is bool(roles & WHO[act])
    assert may(None, act)
    assert all(role.label in rights.refused(act) for role in WHO[act])


def test_an_auditor_does_nothing_but_look_and_is_nothing_else() -> None:
    for roles in EVERY:
        assert bool(clash(roles)) is (not roles or (U in roles and len(roles) > 1))
    assert rights.GRANTED[U] == {Act.SEE_ACCESS}


def test_what_an_account_of_the_shared_database_gets() -> None:
    assert [role for role in Role if not rights.writes(frozenset({role}))] == [U]
    masked = [role for role in Role if not rights.takes_personal_data(frozenset({role}))]
    assert masked == [M, U]
    assert rights.writes(frozenset())
    assert rights.takes_personal_data(frozenset())


EVENT = "case_event"
ON_PAPER = Touched(EVENT, {"step": "approve_paper", "outcome": "paper"})
ON_SCREEN = Touched(EVENT, {"step": "approve_paper", "outcome": "screen"})
REVIEW = Touched(EVENT, {"step": "legal_review", "outcome": "passed"})
STEPS: list[tuple[list[Touched], set[Role]]] = [
    ([Touched("case")], {C}),
    ([Touched("clue_person")], {C}),
    ([Touched("saved_view")], {C}),
    ([Touched("inspector")], {M}),
    ([Touched("setting")], {M}),
    ([Touched("template")], {M}),
    ([Touched("law_pack"), Touched("statute_article")], {M}),
    ([ON_PAPER, Touched("paper")], {C, L}),
    ([ON_SCREEN, Touched("paper")], {L}),
    ([REVIEW, Touched("case"), Touched("todo")], {C, V}),
    ([REVIEW, Touched("wage_claim")], {C}),
    ([Touched("paper", {"kind": "legal_review_opinion"})], {C, V}),
    ([Touched("paper", {"kind": "rectification_order"})], {C}),
    ([Touched("access_entry")], set(Role)),
    ([], set(Role)),
]


@pytest.mark.parametrize(("changes", "who"), STEPS)
def test_a_change_is_made_by_those_it_is_for(changes: list[Touched], who: set[Role]) -> None:
    assert {role for role in Role if not against(frozenset({role}), changes)} == who
    assert against(None, changes) == ""
    if who != set(Role):
        assert against(frozenset(), changes).startswith("你的职责不能")


@given(st.lists(st.sampled_from(list(chain.from_iterable(step for step, _ in STEPS))), max_size=5))
def test_more_changes_or_fewer_roles_never_allow_more(changes: list[Touched]) -> None:
    for roles in EVERY:
        if not against(roles, changes):
            assert all(not against(roles | {more}, changes) for more in Role)
        elif changes:
            assert against(roles, [*changes, Touched("wage_claim")])


def test_a_person_holds_exactly_the_roles_given() -> None:
    person = Inspector("1", "李明", "410400", "410400")
    assert person.roles == {C}
    for roles in EVERY:
        assert person.with_roles(roles).roles == roles
    assert person.with_roles(frozenset({C})) == person


def test_fields_are_named_in_words() -> None:
    assert fields_text((Field.ID_NUMBER.value, "phone", "later")) == "身份证号、电话、later"
