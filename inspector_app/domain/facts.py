"""Facts of a case in one list: what happened on which day, whoever recorded it where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from inspector_app.domain.events import CaseEvent

OUTSIDE_PAPER = "outside_paper"
# Facts that speak of the day they set, not of the day they were recorded on.
SETS_A_DAY = {
    "hearing_set": "hearing_set",
    "order_deadline": "deadline:rectification_order",
}
ANNULLING = frozenset({"changed", "annulled", "illegal", "void"})
"""Outcomes of a review or suit after which a decision no longer stands as it was."""
CONTESTS = ("review_decided", "suit_judged")
UNNUMBERED = "无"
# What belongs to one attempt at a decision, and begins anew once the decision was taken away.
ROUND_STEPS = frozenset({
    "handling_notice", "handling_decision", "penalty_notice", "penalty_decision",
    "summary_penalty", "deliver", "summary_deliver", "statement", "statement_waive",
    "hearing_request", "hearing_waive", "hearing_set", "hearing_held", "legal_review", "discuss",
    "no_penalty", "performed", "fine_paid", "court_apply", "court_done",
})  # fmt: skip
ROUND_PAPERS = frozenset({
    "handling_notice", "handling_decision", "penalty_notice", "penalty_decision",
    "summary_penalty_decision", "hearing_notice", "hearing_record", "statement_record",
    "legal_review_opinion", "discussion_record", "no_penalty_decision", "demand_letter",
    "enforcement_application",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """`code` is a step id, step=outcome, or issued:, served:, deadline:, published: with a kind.

    `at` is HH:MM where a term counts hours; `ref` the paper or event it comes from. A paper to
    several parties is served: once each of them is; reached: says it of one, named by `party`.
    """

    code: str
    on: date
    at: str = ""
    ref: str = ""
    number: str = ""
    party: str = ""

    @property
    def moment(self) -> date:
        """The day, or the minute when it is known."""
        if not self.at:
            return self.on
        hour, minute = self.at.split(":")
        return datetime.combine(self.on, time(int(hour), int(minute)))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known, by day."""

    all: tuple[Fact, ...]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "Facts":
        """Sorted by day; of one day in the order given."""
        return cls(tuple(sorted(facts, key=lambda fact: fact.on)))

    def each(self, code: str) -> Iterator[Fact]:
        """All of one code; of kinds joined by | any of them: served:a|b."""
        head, mark, kinds = code.partition(":")
        codes = {f"{head}:{kind}" for kind in kinds.split("|")} if mark else {code}
        return (fact for fact in self.all if fact.code in codes)

    def has(self, code: str) -> bool:
        """Whether it ever happened."""
        return next(self.each(code), None) is not None

    def last(self, code: str) -> Fact | None:
        """The latest one; of one day the one recorded last."""
        found = list(self.each(code))
        return found[-1] if found else None

    def since(self, code: str, after: str) -> Fact | None:
        """The latest `code` not before the latest `after`; None when `after` never happened."""
        start, found = self.last(after), self.last(code)
        return found if start and found and found.on >= start.on else None

    def as_of(self, day: date) -> "Facts":
        """What had happened by that day; days that were set for later stay."""
        if not self.all or self.all[-1].on <= day:
            return self
        set_days = ("hearing_set", "deadline:")
        return Facts(tuple(f for f in self.all if f.on <= day or f.code.startswith(set_days)))

    def this_round(self) -> "Facts":
        """Without what belonged to a decision that was taken away before the case reopened."""
        again = self.last("reopen")
        if again is None:
            return self
        return Facts(tuple(f for f in self.all if f.on >= again.on or not of_round(f.code)))


def of_round(code: str) -> bool:
    """Whether a fact belongs to one attempt at a decision."""
    head, mark, kind = code.partition(":")
    return kind in ROUND_PAPERS if mark else head.partition("=")[0] in ROUND_STEPS


def event_facts(events: Iterable[CaseEvent]) -> Iterator[Fact]:
    """The facts of the recorded steps; a paper made outside counts as issued, and as served."""
    listed = list(events)
    papers: dict[tuple[str, ...], str] = {}
    hearing = max((e for e in listed if e.step == "hearing_set"), key=_by_day, default=None)
    for event in listed:
        if event.step == OUTSIDE_PAPER:
            yield from _outside(event, papers)
        elif event.step != "hearing_set" or event is hearing:  # a new day replaces the old one
            yield from _recorded(event)


def _by_day(event: CaseEvent) -> tuple[date, str]:
    return event.on, event.id


def _outside(event: CaseEvent, papers: dict[tuple[str, ...], str]) -> Iterator[Fact]:
    """A paper made outside; entered again with the day of its service it is still the same."""
    unnumbered = event.number in {"", UNNUMBERED}
    key = (event.paper_kind, event.number, event.on.isoformat() if unnumbered else "")
    paper = Fact(f"issued:{event.paper_kind}", event.on, "", event.id, event.number)
    if key not in papers:
        papers[key] = event.id
        yield paper
    if event.until:
        served = f"served:{event.paper_kind}"
        yield replace(paper, code=served, on=event.until, ref=papers[key])
        if unnumbered:
            del papers[key]  # the next one without a number is another paper


def _recorded(event: CaseEvent) -> Iterator[Fact]:
    code = SETS_A_DAY.get(event.step, event.step)
    on = event.until if event.step in SETS_A_DAY and event.until else event.on
    yield Fact(code, on, event.at, event.id, event.number)
    if event.outcome:
        yield Fact(f"{event.step}={event.outcome}", event.on, event.at, event.id)
    if event.step in CONTESTS and event.outcome in ANNULLING:
        yield Fact("annulled", event.on, "", event.id)


def open_states(facts: Facts, pairs: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """States beside the stage that are open: `pairs` are (state, opening step, closing step)."""
    found = []
    for state, opening, closing in pairs:
        start = facts.last(opening)
        if start is not None and facts.since(closing, opening) is None:
            found.append(state)
    return tuple(found)
