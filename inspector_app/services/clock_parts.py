"""Which facts start a clock, which end it, and when it stood still."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.office import Todo
from inspector_app.domain.terms import Direction, Stop, Term
from inspector_app.services.rules import OfficeRules

ORDER = "rectification_order"
INQUIRY = "inquiry_notice"
FOLLOWED = frozenset({ORDER, INQUIRY})  # the office itself checks what the party does with them
PER_PAPER = ("served:", "issued:", "deadline:")
Ends = Mapping[str, Mapping[str, date]]  # by term, then by party: "" of papers to a single one


def in_order(rules: OfficeRules) -> Iterator[Term]:
    """Terms that start from facts first, then those that start where another ends."""
    active = [term for key, term in rules.terms.items() if term.starts and key not in rules.off]
    yield from sorted(active, key=lambda term: any(s.startswith("end:") for s in term.starts))


def starts_of(term: Term, facts: Facts, ends: Ends) -> list[Fact]:
    """The facts that start the clock: one for each paper, else the last of the first code known.

    A paper to several parties starts one for each that it reached, also while others wait.
    """
    if term.when and not any(facts.has(code) for code in term.when):
        return []
    found: list[Fact] = []
    for code in term.starts:
        if code.startswith(PER_PAPER):
            found += _each_party(facts, code)
        elif code.startswith("end:"):
            rule = code.removeprefix("end:")
            mine = ends.get(rule, {}).items()
            found += [Fact(code, day, party=party) for party, day in mine]
        else:
            last = facts.last(code)
            found += [last] if last else []
        if found and not code.startswith(PER_PAPER):
            break
    return found


def _each_party(facts: Facts, code: str) -> list[Fact]:
    """The facts of papers; of a joint one that of each party in place of the one of them all."""
    kinds = code.partition(":")[2] if code.startswith("served:") else ""
    each = list(facts.each(f"reached:{kinds}")) if kinds else []
    joint = {fact.ref for fact in each}
    whole = [fact for fact in facts.each(code) if fact.ref not in joint]
    served = [replace(fact, code=f"served:{fact.code.partition(':')[2]}") for fact in each]
    return sorted([*whole, *served], key=lambda fact: fact.on) if served else whole


def followed(start: Fact) -> bool:
    """Whether the office itself looks after what this served paper asked for."""
    return start.code.startswith("served:") and start.code.removeprefix("served:") in FOLLOWED


def done_on(
    term: Term, start: Fact, facts: Facts, todos: Sequence[Todo]
) -> tuple[date | None, date | None]:
    """The first day, from the start on, on which something satisfied the term, and its minute."""
    found: list[Fact] = []
    for code in term.ends:
        for fact in facts.each(code):
            of_papers = code.startswith(PER_PAPER) and start.code.startswith(PER_PAPER)
            later = fact.on >= start.on or term.direction is Direction.BACKWARD
            if later and (not of_papers or fact.ref == start.ref):
                found.append(fact)
    if followed(start):
        whose = ("", start.party)
        own = (one for one in todos if one.paper_id == start.ref and one.party in whose)
        mine = (todo.done_on for todo in own)
        found += [Fact("todo", day) for day in mine if day]
    first = min(found, key=lambda fact: (fact.on, fact.at), default=None)
    return (first.on, first.moment) if first else (None, None)


def stops_of(term: Term, events: Iterable[CaseEvent], today: date) -> Iterator[Stop]:
    """Recorded intervals in which the term does not run; an open one lasts until today."""
    if not term.stoppable:
        return
    for event in events:
        if event.step == "stop" and (not event.rules or term.id in event.rules):
            last = event.until or today
            yield event.on, max(event.on, last)
