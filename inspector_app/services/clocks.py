"""What runs for a case: each clock from the fact that started it, with the reason of its date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import Fact, Facts
from inspector_app.domain.office import Todo
from inspector_app.domain.papers import Paper, Service
from inspector_app.domain.term_words import day_of
from inspector_app.domain.terms import (
    DaysLeft,
    Level,
    Stop,
    Term,
    Whose,
    compute,
    level,
    level_for,
    time_left,
)
from inspector_app.domain.words import Word
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.ledger.views import View
from inspector_app.library.loading import Library
from inspector_app.services.case_facts import (
    CaseRows,
    case_facts,
    deadline_of_paper,
    effective_day,
    many_rows,
)
from inspector_app.services.clock_parts import (
    INQUIRY,
    PER_PAPER,
    done_on,
    followed,
    in_order,
    starts_of,
    stops_of,
)
from inspector_app.services.desk import Desk
from inspector_app.services.own_deadlines import OWN_RULES, SetDay, set_day, set_days
from inspector_app.services.rules import OfficeRules, office_rules

_LEADS = {"国家规定": False, "河南规定": True}


class ClockState(Word):
    """Whether a clock still runs."""

    RUNNING = "running", "计时中"
    DONE = "done", "已办"
    EXPIRED = "expired", "已届满"


@dataclass(frozen=True, slots=True)
class Timing:
    """What dates are computed with: the rules as the bureau applies them, and today."""

    rules: OfficeRules
    library: Library
    today: date

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the office."""
        return self.rules.calendar

    def left(self, due: date, *, working: bool = False) -> DaysLeft:
        """Calendar days until a date, or working days where its term counts those."""
        return time_left(due, self.today, self.calendar, working=working)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One clock of a case; `rule` is a term id; ORDER, DECISION: the date the paper itself set.

    `leading` is False for the national or Henan term the bureau does not go by; `whose` says who
    must act; `done_on` is the day it was satisfied.
    """

    rule: str
    name: str
    start_event: str
    start: date
    due: date
    extended_due: date | None
    level: Level
    days_left: DaysLeft
    why: str
    article: str
    provisional: bool
    skipped: tuple[date, ...] = ()
    leading: bool = True
    whose: Whose = Whose.OFFICE
    state: ClockState = ClockState.RUNNING
    done_on: date | None = None
    stops: tuple[Stop, ...] = ()
    beside: str = ""
    henan: bool = False
    paper_id: str = ""
    start_fact: str = ""  # the code of the fact that started it
    past_hour: bool = False  # done on its last day, but after its hour
    party: str = ""  # of a paper to several: the one whose service started it

    @property
    def title(self) -> str:
        """What it is called, with the party it runs for where a paper has several."""
        return f"{self.name}（{self.party}）" if self.party else self.name

    @property
    def ends(self) -> date:
        """The day that counts, also of a term that runs in hours."""
        return day_of(self.extended_due or self.due)

    @property
    def late(self) -> bool:
        """Done, but after its day; a look after the date a paper sets is not late."""
        if self.rule in OWN_RULES:
            return False
        return self.past_hour or (self.done_on is not None and self.done_on > self.ends)


@dataclass(frozen=True, slots=True)
class NextDue:
    """The clock that runs out first."""

    due: date | None
    level: Level | None
    days_left: DaysLeft | None
    name: str


def timing(desk: Desk) -> Timing:
    """Read the bureau's choices about terms once."""
    return Timing(office_rules(desk), desk.library, desk.today())


def clocks_of(by: Timing, rows: CaseRows) -> list[CaseClock]:
    """Every clock a case ever had, the running ones first, each by its day."""
    facts = case_facts(by.rules, by.library, rows, by.today)
    found: list[CaseClock] = []
    ends: dict[str, dict[str, date]] = {}
    for term in in_order(by.rules):
        for start in starts_of(term, facts, ends):
            clock = _clock(by, term, start, facts, rows.events, rows.todos)
            if clock is None:
                continue
            found.append(clock)
            if clock.done_on is None or clock.late:  # what was kept in time starts nothing
                mine = ends.setdefault(term.id, {})
                mine[clock.party] = max(clock.ends, mine.get(clock.party, clock.ends))
    found += [_own_deadline(by, one) for one in set_days(by.library, facts, rows)]
    if rows.case.stage.ended:
        found = _outliving(by.library, found)
    return sorted(_with_leaders(by, found), key=_order)


def case_clocks(by: Timing, rows: CaseRows) -> list[CaseClock]:
    """The clocks that run, the earliest first."""
    return [clock for clock in clocks_of(by, rows) if clock.state is ClockState.RUNNING]


def latest_ends(clocks: Iterable[CaseClock]) -> dict[str, date]:
    """The day each term of a case runs out, of several the latest."""
    found: dict[str, date] = {}
    for clock in clocks:
        found[clock.rule] = max(clock.ends, found.get(clock.rule, clock.ends))
    return found


def _order(clock: CaseClock) -> tuple[bool, date, str]:
    return clock.state is not ClockState.RUNNING, clock.ends, clock.rule


def _outliving(library: Library, clocks: Sequence[CaseClock]) -> list[CaseClock]:
    """The clocks of an ended case: only what can still happen then runs on (review, publication).

    That is what a step starts which the procedure allows after closing.
    """
    steps = library.procedure.steps.values()
    alive = {step.id for step in steps if Stage.CLOSED in step.sources} | {"annulled"}
    found = []
    for clock in clocks:
        if clock.start_fact in alive:
            alive.add(f"end:{clock.rule}")
            found.append(clock)
        else:
            over = clock.state is ClockState.RUNNING
            found.append(replace(clock, state=ClockState.DONE) if over else clock)
    return found


def _clock(
    by: Timing,
    term: Term,
    start: Fact,
    facts: Facts,
    events: Sequence[CaseEvent] = (),
    todos: Sequence[Todo] = (),
) -> CaseClock | None:
    """The clock of one start; None when nobody knows how long it is."""
    extended = any(one.step == "extend" and term.id in one.rules for one in events)
    stops = tuple(stops_of(term, events, by.today))
    due = compute(term, start.moment, by.calendar, extended=extended, stops=stops)
    if due.due is None or due.ends is None:
        return None
    done, moment = done_on(term, start, facts, todos)
    whose = Whose.OFFICE if followed(start) else term.whose
    how_near = level_for(due.ends, by.today, by.calendar, whose)
    expired = how_near is Level.EXPIRED
    return CaseClock(
        rule=term.id,
        name=term.name,
        start_event=term.start_event,
        start=due.start,
        due=due.due,
        extended_due=due.extended_due,
        level=how_near,
        days_left=by.left(
            day_of(due.ends),
            working=term.in_working_days(extended=due.extended_due is not None),
        ),
        why=f"{start.party}：{due.why}" if start.party else due.why,
        article=term.article,
        provisional=due.provisional,
        skipped=due.skipped,
        whose=whose,
        state=_state(done, expired=expired),
        done_on=done,
        stops=stops,
        beside=term.beside,
        henan=bool(term.beside),
        paper_id=start.ref if start.code.startswith(PER_PAPER) else "",
        start_fact=start.code,
        past_hour=_past_hour(moment, due.ends),
        party=start.party,
    )


def _past_hour(done: date | None, due: date) -> bool:
    """Whether it was done too late by the clock; both must know the time of day."""
    return isinstance(done, datetime) and isinstance(due, datetime) and done > due


def _state(done: date | None, *, expired: bool) -> ClockState:
    if done is not None:
        return ClockState.DONE
    return ClockState.EXPIRED if expired else ClockState.RUNNING


def _with_leaders(by: Timing, clocks: Sequence[CaseClock]) -> list[CaseClock]:
    """National and Henan terms run side by side; which one leads is the bureau's choice.

    They differ in unit and length and the Henan text is of 2010 (law.md 1.2, conflict 1).
    """
    henan = {clock.beside: clock for clock in clocks if clock.beside}
    chosen = _LEADS.get(by.rules.settings.get("term_lead", ""))
    followers: set[str] = set()
    for clock in clocks:
        other = henan.get(clock.rule)
        if other is None:
            continue
        henan_leads = other.ends < clock.ends if chosen is None else chosen
        followers.add(clock.rule if henan_leads else other.rule)
    return [replace(one, leading=False) if one.rule in followers else one for one in clocks]


def clue_due(by: Timing, received_on: date) -> CaseClock | None:
    """The clock for deciding on a clue that nobody has taken up (D01, D03)."""
    start = Fact("received", received_on)
    found = [
        clock
        for rule in ("D01", "D03")
        if (term := by.rules.term(rule)) and (clock := _clock(by, term, start, Facts.of([start])))
    ]
    return next((clock for clock in _with_leaders(by, found) if clock.leading), None)


def _own_deadline(by: Timing, found: SetDay) -> CaseClock:
    """The clock of a day that an order or a decision sets itself."""
    served, setting = found.served, found.setting
    return CaseClock(
        rule=setting.rule,
        name=setting.name,
        start_event=setting.start_event,
        start=served.on,
        due=found.day,
        extended_due=None,
        level=level(found.day, by.today, by.calendar),
        days_left=by.left(found.day),
        why=found.why,
        article=served.number,
        provisional=not by.calendar.known(found.day),
        state=_state(found.done, expired=False),
        done_on=found.done,
        paper_id=served.ref,
    )


def paper_clock(by: Timing, paper: Paper, service: Service, party: str = "") -> CaseClock | None:
    """The clock a served paper starts and the office follows up: answering it, or its deadline.

    `party`: the one of several that was served.
    """
    day = effective_day(by.rules, service)
    served = Fact(f"served:{paper.kind}", day, "", paper.id, paper.number, party)
    if paper.kind == INQUIRY:
        term = by.rules.term("D10")
        return _clock(by, term, served, Facts.of([served])) if term else None
    found = set_day(by.library, paper, served)
    return _own_deadline(by, found) if found else None


def deadline_of(desk: Desk, paper: Paper) -> date | None:
    """The last day an order sets itself; None for other kinds."""
    return deadline_of_paper(desk.library, paper)


def next_dues(desk: Desk, view: View, case_ids: Iterable[str]) -> dict[str, NextDue]:
    """For each open case the clock that runs out first; cases without a clock are left out.

    Only what the office has to do itself counts, by the term the bureau goes by.
    """
    ids = list(case_ids)
    by, found = timing(desk), {}
    for rows in many_rows(view, ids):
        own = (
            clock
            for clock in case_clocks(by, rows)
            if clock.leading and clock.whose is Whose.OFFICE
        )
        first = next(own, None)
        if first is not None:
            found[rows.case.id] = NextDue(first.ends, first.level, first.days_left, first.title)
    return found
