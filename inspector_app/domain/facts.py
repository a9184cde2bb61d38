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
ANNULLING = frozenset({"changed", "annulled", "illegal"})
"""Outcomes of a review or suit after which a decision no longer stands as it was."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`code` is a step id, step=outcome, or issued:, served:, deadline:, published: with a kind.

    `at` is HH:MM where a term counts hours; `ref` the paper or event it comes from.
    """

    code: str
    on: date
    at: str = ""
    ref: str = ""
    number: str = ""

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
        """The latest one."""
        return max(self.each(code), key=lambda fact: fact.on, default=None)

    def since(self, code: str, after: str) -> Fact | None:
        """The latest `code` not before the latest `after`; None when `after` never happened."""
        start, found = self.last(after), self.last(code)
        return found if start and found and found.on >= start.on else None


def event_facts(events: Iterable[CaseEvent]) -> Iterator[Fact]:
    """The facts of the recorded steps; a paper made outside counts as issued, and as served."""
    for event in events:
        if event.step == OUTSIDE_PAPER:
            paper = Fact(f"issued:{event.paper_kind}", event.on, "", event.id, event.number)
            yield paper
            if event.until:
                yield replace(paper, code=f"served:{event.paper_kind}", on=event.until)
            continue
        code = SETS_A_DAY.get(event.step, event.step)
        on = event.until if event.step in SETS_A_DAY and event.until else event.on
        yield Fact(code, on, event.at, event.id, event.number)
        if event.outcome:
            yield Fact(f"{event.step}={event.outcome}", event.on, event.at, event.id)
        if (event.step, event.outcome) == ("review_received", "summary"):
            yield Fact("review_summary", event.on, "", event.id)
        if event.step in {"review_decided", "suit_judged"} and event.outcome in ANNULLING:
            yield Fact("annulled", event.on, "", event.id)


def open_states(facts: Facts, pairs: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """States beside the stage that are open: `pairs` are (state, opening step, closing step)."""
    found = []
    for state, opening, closing in pairs:
        start = facts.last(opening)
        if start is not None and facts.since(closing, opening) is None:
            found.append(state)
    return tuple(found)
