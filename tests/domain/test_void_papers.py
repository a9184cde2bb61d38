"""A step whose paper was made void counts from the paper made in its place, or not at all."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.void_papers import DECIDING, lost_paper, standing_events
from tests.helpers.desks import library
from tests.helpers.situations import event, november, october, paper

KIND = "penalty_decision"
DECIDED = event(KIND, october(12), at="09:30")


def made(on: date, state: PaperState = PaperState.ISSUED, kind: str = KIND) -> Paper:
    return Paper(f"p-{on}-{state.value}", "case-1", kind, "1", state, "{}", issued_on=on)


def void(on: date, kind: str = KIND) -> Paper:
    return made(on, PaperState.VOID, kind)


def day(event_: CaseEvent, *papers: Paper, others: tuple[CaseEvent, ...] = ()) -> date | None:
    """The day the event counts from."""
    found = [one for one in standing_events([*others, event_], papers) if one.id == event_.id]
    return found[0].on if found else None


def test_what_never_had_a_paper_and_what_still_has_one_stays() -> None:
    assert day(DECIDED) == october(12)
    assert day(DECIDED, made(october(10))) == october(12)
    assert day(DECIDED, void(october(9)), made(october(10))) == october(12)
    outside = paper(KIND, october(11))
    assert day(DECIDED, void(october(9)), others=(outside,)) == october(12)


def test_without_its_paper_a_decision_is_none() -> None:
    assert day(DECIDED, void(october(12))) is None
    assert day(DECIDED, void(october(12)), made(october(12), kind="handling_decision")) is None
    assert day(DECIDED, void(october(13))) == october(12)  # that one was never its paper
    assert day(DECIDED, void(october(12), "handling_decision")) == october(12)
    assert day(DECIDED, replace(void(october(12)), issued_on=None)) == october(12)
    assert day(DECIDED, void(october(12)), made(october(12), PaperState.DRAFT)) is None


def test_the_paper_made_in_its_place_is_the_decision_from_its_day_on() -> None:
    again = [made(october(20)), made(october(25)), void(october(12))]
    found = next(standing_events([DECIDED], again))
    assert (found.on, found.at, found.id) == (october(20), "", DECIDED.id)
    assert day(DECIDED, void(october(12)), others=(paper(KIND, october(16)),)) == october(16)


def test_a_paper_of_an_undone_decision_holds_no_later_one() -> None:
    first, again = event(KIND, october(2)), event("reopen", october(9))
    old, second = made(october(2)), void(october(12))
    assert day(DECIDED, old, second, others=(first, again)) is None
    assert day(first, old, second, others=(DECIDED, again)) == october(2)
    assert day(DECIDED, void(october(2)), made(october(12)), others=(first, again)) == october(12)


def test_what_is_no_decision_stays_whatever_became_of_its_paper() -> None:
    kept = event("preserve", october(12))
    assert day(kept, void(october(12), "preservation_notice")) == october(12)


def test_a_case_that_stands_on_a_void_paper_says_which() -> None:
    moved = replace(DECIDED, from_stage="Z7", to_stage="Z7c")
    other = event("deliver", october(13), to_stage="Z12")
    stage = Stage.PERFORMANCE
    assert lost_paper(stage, [moved, other], [void(october(12))]) == KIND
    assert lost_paper(stage, [moved, other], [void(october(12)), made(october(14))]) == ""
    assert lost_paper(stage, [moved], [made(october(12))]) == ""
    assert lost_paper(stage, [other], [void(october(12))]) == ""
    sent = event("crime_send", october(20))  # a fact beside the stage
    assert lost_paper(stage, [moved, sent], [void(october(20), "crime_transfer_letter")]) == ""
    later = event("handling_decision", october(19), to_stage="Z12")
    assert lost_paper(stage, [moved, later], [void(october(12))]) == ""
    assert lost_paper(Stage.NOTICE, [moved, other], [void(october(12))]) == ""  # gone on since


def test_every_deciding_step_asks_for_that_very_paper() -> None:
    steps = library().procedure.steps
    assert {step: steps[step].papers for step in DECIDING} == {
        step: (kind,) for step, kind in DECIDING.items()
    }


DAYS = st.integers(0, 40).map(lambda number: october(1) + timedelta(number))
PAPERS = st.lists(st.builds(made, DAYS, st.sampled_from(PaperState)), max_size=5)


@given(DAYS, PAPERS)
def test_it_counts_only_with_a_paper_and_never_before_it_was_taken(
    on: date, papers: list[Paper]
) -> None:
    step = event(KIND, on)
    from_day = day(step, *papers)
    valid = {one.issued_on for one in papers if one.state is PaperState.ISSUED}
    gone = [one for one in papers if one.state is PaperState.VOID and one.issued_on]
    lost = any(one.issued_on and one.issued_on <= on for one in gone)
    assert from_day is None or from_day >= on
    assert from_day == on or from_day is None or from_day in valid
    assert lost or from_day == on
    assert from_day is not None or lost
    if lost and from_day == on:
        assert any(one and one <= on for one in valid)


@given(DAYS, PAPERS)
def test_a_new_paper_always_brings_the_decision_back(on: date, papers: list[Paper]) -> None:
    last = november(30)
    assert day(event(KIND, on), *papers, made(last)) is not None
