"""Steps that stand on a paper: made void it ends nothing, until another takes its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import OUTSIDE_PAPER
from inspector_app.domain.papers import Paper, PaperState

DECIDING = {
    "refer": "referral_letter",
    "transfer": "transfer_letter",
    "preserve_handled": "preservation_decision",
    "handling_decision": "handling_decision",
    "penalty_decision": "penalty_decision",
    "summary_penalty": "summary_penalty_decision",
    "no_penalty": "no_penalty_decision",
    "crime_send": "crime_transfer_letter",
    "court_apply": "enforcement_application",
    "list_decision": "list_decision",
}
"""Steps by which the office decides or sends, and the paper by which it does: no paper, no step."""

ON_A_PAPER = frozenset({
    Stage.DECIDED, Stage.SUMMARY, Stage.NO_PENALTY, Stage.TRANSFERRED, Stage.PERFORMANCE,
    Stage.ENFORCEMENT,
})  # fmt: skip
"""Stages a case is in by such a paper. The stage itself stays when the paper goes."""


def standing_events(events: Iterable[CaseEvent], papers: Iterable[Paper]) -> Iterator[CaseEvent]:
    """The events that still count, each on the day from which it does.

    A decision whose paper was made void counts from the day of the paper made in its place, and
    not at all while there is none. One that never had a paper stays: a leader let it pass.
    """
    listed, on_file = list(events), list(papers)
    for event in listed:
        kind = DECIDING.get(event.step)
        day = _counts_from(event, listed, on_file, kind) if kind else event.on
        if day is not None:
            yield event if day == event.on else replace(event, on=day, at="")


def lost_paper(stage: Stage, events: Iterable[CaseEvent], papers: Iterable[Paper]) -> str:
    """The kind of the void paper by which the case got where it is; "" where that paper holds."""
    if stage not in ON_A_PAPER:
        return ""
    listed = list(events)
    moving = [one for one in listed if one.step in DECIDING and one.to_stage]
    last = max(moving, key=lambda one: (one.on, one.id), default=None)
    if last is None or any(one.id == last.id for one in standing_events(listed, papers)):
        return ""
    return DECIDING[last.step]


def _counts_from(
    event: CaseEvent, events: Sequence[CaseEvent], papers: Sequence[Paper], kind: str
) -> date | None:
    """The day a step counts from; None when its paper is void and none was made since."""
    first = _round_of(event, events)
    void = [
        paper.issued_on
        for paper in papers
        if paper.kind == kind and paper.state is PaperState.VOID and paper.issued_on
    ]
    if not any(first <= day <= event.on for day in void):
        return event.on
    valid = [
        paper.issued_on
        for paper in papers
        if paper.kind == kind and paper.state is PaperState.ISSUED and paper.issued_on
    ]
    valid += [one.on for one in events if one.step == OUTSIDE_PAPER and one.paper_kind == kind]
    if any(first <= day <= event.on for day in valid):
        return event.on
    return min((day for day in valid if day > event.on), default=None)


def _round_of(event: CaseEvent, events: Iterable[CaseEvent]) -> date:
    """The day the case was last taken up again before the step: older papers are not its own."""
    again = (one.on for one in events if one.step == "reopen" and one.on <= event.on)
    return max(again, default=date.min)
