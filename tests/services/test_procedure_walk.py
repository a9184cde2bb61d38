"""Whatever way a case takes: its papers are on file, and no fine comes before its order."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.cases import Stage
from inspector_app.domain.guards.penalty import UNHEEDED, codes_of
from inspector_app.domain.guards.situation import Attempt, Situation
from tests.helpers.desks import library
from tests.helpers.walks import Walk, situation_of

FINES = {"penalty_notice", "penalty_decision", "summary_penalty"}


def walked(seed: int, steps: int = 60) -> Walk:
    walk = Walk(Random(seed))  # noqa: S311 - not a secret
    walk.go(steps)
    return walk


def assert_papers(walk: Walk) -> None:
    """Each stage the case came to has the papers that belong to it, since the day it came."""
    procedure = library().procedure
    for now, attempt, after in walk.taken:
        if not attempt.step.moves or attempt.step.back:
            continue
        for kinds in procedure.stages[after.stage].papers:
            assert now.facts.has(f"issued:{kinds}"), (attempt.step.id, after.stage, kinds)


def assert_ordered_first(now: Situation, attempt: Attempt) -> None:
    """A fine that needs an order: it was served, had run out, and was found not obeyed."""
    needing = [
        code
        for code in codes_of(now, attempt)
        if code in now.violations and now.violations[code].order_first
    ]
    if not needing or not (attempt.amount_fen or attempt.person_fen):
        return
    served = now.facts.last("served:rectification_order")
    deadline = now.facts.last("deadline:rectification_order")
    assert served is not None
    assert deadline is not None
    assert served.on <= attempt.on
    assert deadline.on < attempt.on
    later = [now.facts.last(code) for code in UNHEEDED]
    assert any(fact is not None and fact.on > deadline.on for fact in later)


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_no_reachable_stage_lacks_its_papers_and_no_fine_its_order(seed: int) -> None:
    walk = walked(seed)
    assert_papers(walk)
    for now, attempt, _ in walk.taken:
        if attempt.step.id in FINES:
            assert_ordered_first(now, attempt)


@pytest.mark.parametrize("goal", Stage, ids=lambda stage: stage.value)
def test_a_walk_can_come_everywhere(goal: Stage) -> None:
    """The property above would be worth nothing if the walks ended at the door."""
    if goal is Stage.INTAKE:
        return  # where every case begins
    for seed in range(150):
        walk = Walk(Random(seed), goal=goal)  # noqa: S311 - not a secret
        walk.go(70)
        if any(after.stage is goal for _, _, after in walk.taken):
            return
    pytest.fail(f"no walk came to {goal.label}")


def test_a_walk_can_come_to_a_fine() -> None:
    for seed in range(150):
        walk = Walk(Random(seed), goal=Stage.DECIDED)  # noqa: S311 - not a secret
        walk.go(70)
        if any(a.step.id == "penalty_decision" and a.amount_fen for _, a, _ in walk.taken):
            return
    pytest.fail("no walk came to a fine")


@pytest.mark.parametrize("seed", range(5))
def test_days_never_run_backwards_on_the_way(seed: int) -> None:
    walk = walked(seed)
    moves = [attempt.on for _, attempt, _ in walk.taken if attempt.step.moves]
    assert moves == sorted(moves)


def test_an_empty_case_may_only_be_taken_up_or_sent_away() -> None:
    now = situation_of(Walk(Random(1)).case, [], date(2026, 1, 5))  # noqa: S311 - not a secret
    names = {step.id for step in now.procedure.from_stage(Stage.INTAKE) if step.moves}
    assert names == {"supplement", "file", "apply_filing", "reject", "advise", "refer"}
