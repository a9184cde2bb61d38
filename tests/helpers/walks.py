"""A case that wanders through the procedure at random, in memory: whatever is legal may happen."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.guards.situation import Attempt, Limits, Situation
from inspector_app.domain.procedure import EITHER, Ask, StepRow
from inspector_app.domain.steps import check_place, examine, moved
from inspector_app.errors import UserError
from inspector_app.services.case_facts import CaseRows, case_facts
from inspector_app.services.clocks import Timing, clocks_of, latest_ends
from inspector_app.services.rules import OfficeRules, shipped_rules
from tests.helpers.builders import a_case
from tests.helpers.desks import library

PEOPLE = ("演示监察员1", "演示监察员2")
CODES = ("GZ-02", "GZ-05", "KJ-01", "HT-05")
AMOUNTS = (0, 100_000, 300_000, 2_000_000, 5_000_000)


@cache
def rules() -> OfficeRules:
    """The rules of an office that has chosen nothing."""
    return shipped_rules(library())


def situation_of(case: Case, events: list[CaseEvent], today: date) -> Situation:
    """The situation of a case that has nothing but its events."""
    by = Timing(rules(), library(), today)
    rows = CaseRows(case, events=events)
    figures = library().figures
    return Situation(
        case=case,
        facts=case_facts(by.rules, library(), rows, today),
        events=tuple(events),
        procedure=library().procedure,
        violations=library().violations,
        today=today,
        limits=Limits(
            figures["TH-HEARING-UNIT"].low,
            figures["TH-HEARING-PERSON"].low,
            figures["TH-SUMMARY-UNIT"].low,
            figures["TH-SUMMARY-PERSON"].low,
        ),
        ends=latest_ends(clocks_of(by, rows)),
        extendable=frozenset(k for k, term in by.rules.terms.items() if term.extension),
        inspectors=PEOPLE,
        certified=PEOPLE,
        has_evidence=True,
        owing_fen=100,
        suspension=True,
    )


@cache
def distance(start: Stage | None, goal: Stage) -> int:
    """How many moves lie between two stages; 99 when no way leads there."""
    reached, steps = {start}, 0
    while goal not in reached and steps < 99:
        rows = library().procedure.steps.values()
        reached |= {row.to for row in rows if reached & set(row.sources)}
        steps += 1
    return steps


@dataclass
class Walk:
    """One case on its way. `taken` holds each step with the situation it was taken in."""

    chance: Random
    today: date = date(2026, 1, 5)
    case: Case = field(default_factory=lambda: a_case(received_on=date(2026, 1, 5)))
    events: list[CaseEvent] = field(default_factory=list)
    taken: list[tuple[Situation, Attempt, Case]] = field(default_factory=list)
    goal: Stage | None = None  # where it would like to get; none: drawn by chance

    def go(self, steps: int) -> None:
        """Try that many steps."""
        self.goal = self.goal or self.chance.choice([*Stage, *[Stage.DECIDED] * 12])
        if self.chance.random() < 0.2:
            self.case = a_case(received_on=self.today, source=Source.SUPERIOR)
        for _ in range(steps):
            if self.case.stage is Stage.ARCHIVED:
                return
            self.today += timedelta(days=self.chance.choice((0, 0, 1, 3, 12, 45, 80)))
            self._try()

    def _try(self) -> None:
        now = situation_of(self.case, self.events, self.today)
        able = [
            step
            for step in now.procedure.from_stage(self.case.stage)
            if all(now.facts.has(fact) for fact in step.needs)
        ]
        if not able:
            return
        # What leads to the goal more often than the rest, or no walk would come far.
        (step,) = self.chance.choices(able, [self._weight(step) for step in able])
        if self.chance.random() < 0.8:
            self._make_papers(now, step)
            now = situation_of(self.case, self.events, self.today)
        if "order_unheeded" in step.guards and self.chance.random() < 0.6:
            self._order_in_vain()
            now = situation_of(self.case, self.events, self.today)
        self._take_if_legal(now, self._attempt(step))

    def _weight(self, step: StepRow) -> int:
        here, there = (
            distance(stage, self.goal or Stage.CLOSED) for stage in (self.case.stage, step.to)
        )
        if step.to is not None and there < here:
            return 30
        return 4 if step.guards else 1

    def _order_in_vain(self) -> None:
        """An order is served, its time passes, and the second look finds nothing done."""
        steps = library().procedure.steps
        paper = {"paper_kind": "rectification_order", "number": "无", "until": self.today}
        events: list[tuple[str, dict[str, object]]] = [
            ("outside_paper", paper),
            ("order_deadline", {"until": self.today + timedelta(days=5)}),
            ("recheck", {"outcome": "unheeded"}),
        ]
        for name, said in events:
            if name == "recheck":
                self.today += timedelta(days=9)
            attempt = Attempt(step=steps[name], on=self.today, **said)  # type: ignore[arg-type]  # tests name fields freely
            self._take_if_legal(situation_of(self.case, self.events, self.today), attempt)

    def _take_if_legal(self, now: Situation, attempt: Attempt) -> None:
        try:
            check_place(now, attempt)
        except UserError:
            return
        if not examine(now, attempt).refusals:
            self._take(now, attempt)

    def _make_papers(self, now: Situation, step: StepRow) -> None:
        wanted = [*step.papers, *step.served]
        if step.id == "close":
            rows = [r for r in now.procedure.closings.values() if self.case.stage in r.sources]
            wanted += [kind for row in rows for kind in (*row.papers, *row.served)]
        paper = now.procedure.steps["outside_paper"]
        for kinds in wanted:
            if now.facts.has(f"served:{kinds}"):
                continue  # served anew it would begin its time anew
            kind = kinds.split(EITHER)[0]
            served = self.today if self.chance.random() < 0.8 else None
            self._take(
                now, Attempt(step=paper, on=self.today, until=served, paper_kind=kind, number="无")
            )

    def _attempt(self, step: StepRow) -> Attempt:
        pick = self.chance.choice
        outcomes = list(step.outcomes or ())
        if step.id == "close":
            outcomes = list(library().procedure.closings)
        until = self.today if Ask.UNTIL in step.asks else None
        if step.future and until:
            until += timedelta(days=pick((0, 5, 15, 30)))
        money = Ask.AMOUNT in step.asks
        code = pick(CODES)
        return Attempt(
            step=step,
            on=self.today,
            at="09:30" if Ask.TIME in step.asks else "",
            until=until,
            rules=(pick(("D05", "D06")),) if Ask.RULES in step.asks else (),
            codes=(code,) if Ask.CODES in step.asks else (),
            outcome=pick(outcomes) if outcomes else "",
            approver=pick(("周岚", "周岚", "")),
            people=pick(("孙演示", "演示监察员1")),
            amount_fen=self._amount(step, code) if money else None,
            person_fen=pick((None, None, 0, 1_000_000)) if money else None,
            note=pick(("演示", "演示", "")),
        )

    def _amount(self, step: StepRow, code: str) -> int | None:
        """Mostly what the notice told, where there was one, else the least of the range."""
        told = [event.amount_fen for event in self.events if event.step == "penalty_notice"]
        if step.id == "penalty_decision" and told and self.chance.random() < 0.8:
            return told[-1]
        fine = library().violations[code].unit_fine
        least = fine.low_fen if fine else 0
        return least if self.chance.random() < 0.6 else self.chance.choice(AMOUNTS)

    def _take(self, now: Situation, attempt: Attempt) -> None:
        after = moved(now, attempt)
        went = attempt.step.moves
        self.events.append(
            CaseEvent(
                id=f"event-{len(self.events):04d}",
                case_id=self.case.id,
                step=attempt.step.id,
                on=attempt.on,
                at=attempt.at,
                until=attempt.until,
                rules=attempt.rules,
                codes=attempt.codes,
                outcome=attempt.outcome,
                approver=attempt.approver,
                people=attempt.people,
                amount_fen=attempt.amount_fen,
                person_fen=attempt.person_fen,
                paper_kind=attempt.paper_kind,
                number=attempt.number,
                note=attempt.note,
                from_stage=now.case.stage.value if went else "",
                to_stage=after.stage.value if went else "",
            )
        )
        self.case = after
        self.taken.append((now, attempt, after))
