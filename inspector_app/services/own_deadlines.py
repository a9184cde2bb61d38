"""The last days that papers set themselves: an order to put right, a decision to perform."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.guards.ending import REPLACED, contested
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper
from inspector_app.domain.terms import weekday_text
from inspector_app.library.loading import Library
from inspector_app.services.case_facts import DECISION, CaseRows, deadline_of_paper
from inspector_app.services.clock_parts import ORDER

OWN_DEADLINE, PERFORMANCE = "ORDER", "DECISION"


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of paper that sets a day itself; `rule` is the id of its clock, `asks` its words."""

    kind: str
    rule: str
    name: str
    start_event: str
    asks: str


SETTINGS = (
    Setting(ORDER, OWN_DEADLINE, "整改期限", "指令书送达", "责令于{}前改正"),
    Setting(DECISION, PERFORMANCE, "履行期限", "处理决定书送达", "应当于{}前履行"),
)
OWN_RULES = frozenset(one.rule for one in SETTINGS)
"""Clocks that no term of the law knows: nobody extends or stops them."""


@dataclass(frozen=True, slots=True)
class SetDay:
    """A day that a served paper sets, the parties it reached in order, and when it was settled."""

    setting: Setting
    services: tuple[Fact, ...]
    day: date
    done: date | None = None

    @property
    def served(self) -> Fact:
        """It runs from the first party on that has the paper."""
        return self.services[0]

    @property
    def why(self) -> str:
        """Which paper, served when and to whom, and what it asks for by when."""
        whom = "、".join(f"于{weekday_text(one.on)}送达{one.party}" for one in self.services)
        return f"{self.served.number}{whom}，{self.setting.asks.format(weekday_text(self.day))}。"


def set_days(library: Library, facts: Facts, rows: CaseRows) -> Iterator[SetDay]:
    """Every day a served paper set; each holds until it was followed up."""
    for setting in SETTINGS:
        partly = _partly_served(library, setting.kind, facts, rows.papers)
        for fact in (*facts.each(f"deadline:{setting.kind}"), *partly):
            services = _services_of(setting.kind, facts, fact)
            if services:
                done = _done(library, setting, facts, rows, services[0], fact.on)
                yield SetDay(setting, tuple(services), fact.on, done)


def set_day(library: Library, paper: Paper, served: Fact) -> SetDay | None:
    """The day an order sets that was just served; None for other kinds."""
    deadline = deadline_of_paper(library, paper) if paper.kind == ORDER else None
    return SetDay(SETTINGS[0], (served,), deadline) if deadline else None


def _done(
    library: Library, setting: Setting, facts: Facts, rows: CaseRows, start: Fact, last: date
) -> date | None:
    """The day it was settled: by a look at it, by its to-do, or by what took its place."""
    followed_up = {todo.paper_id: todo.done_on for todo in rows.todos if todo.done_on}
    if ticked := followed_up.get(start.ref):
        return ticked
    # A look before the last day settles it only when all was put right.
    looks = [one.on for one in facts.each("recheck") if one.on >= max(start.on, last)]
    looks += [one.on for one in facts.each("recheck=corrected") if one.on >= start.on]
    if setting.kind == ORDER:
        looks += [one.on for one in facts.each("handling_decision") if one.on >= start.on]
    else:
        looks += _performed(library, facts, rows, start, last)
    return min(looks, default=None)


def _performed(
    library: Library, facts: Facts, rows: CaseRows, start: Fact, last: date
) -> Iterator[date]:
    """When a decision was performed, paid, brought to court, or taken away."""
    yield from (one.on for one in facts.each("performed") if one.on >= start.on)
    yield from (one.on for one in facts.each("court_apply") if one.on >= max(start.on, last))
    gone = contested(facts, REPLACED)
    if gone and gone.on >= start.on:
        yield gone.on
    if rows.paid_off_on and not _pays_more(library, rows.papers, start.ref):
        yield max(rows.paid_off_on, start.on)


def _pays_more(library: Library, papers: Iterable[Paper], paper_id: str) -> bool:
    """Whether a decision orders more than the wages: what is paid on top is on no list."""
    return any(
        loads(paper.values, library.kinds[paper.kind]).get("extra_amount")
        for paper in papers
        if paper.id == paper_id and paper.kind in library.kinds
    )


def _partly_served(
    library: Library, kind: str, facts: Facts, papers: Iterable[Paper]
) -> Iterator[Fact]:
    """The days that joint papers set which some of their parties already have."""
    whole = {fact.ref for fact in facts.each(f"served:{kind}")}
    some = {fact.ref for fact in facts.each(f"reached:{kind}")} - whole
    for paper in papers:
        day = deadline_of_paper(library, paper) if paper.id in some else None
        if day:
            yield Fact(f"deadline:{kind}", day, "", paper.id, paper.number)


def _services_of(kind: str, facts: Facts, deadline: Fact) -> Sequence[Fact]:
    """The service of the paper that set the day, of a joint one that of each party it reached;
    of one made outside, the last one before it."""
    each = [fact for fact in facts.each(f"reached:{kind}") if fact.ref == deadline.ref]
    if each:
        return each
    served = list(facts.each(f"served:{kind}"))
    own = [fact for fact in served if fact.ref == deadline.ref]
    return (own or [fact for fact in served if fact.on <= deadline.on])[-1:]
