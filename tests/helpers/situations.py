"""Situations and attempts in memory, for what guards look at: name only what a test is about."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import Fact, Facts, event_facts
from inspector_app.domain.guards.situation import Attempt, Limits, Situation
from inspector_app.domain.law import Basis, ForceLevel, TextLevel, Violation
from tests.helpers.builders import a_case
from tests.helpers.desks import library

YUAN = 100
LIMITS = Limits(50_000 * YUAN, 5_000 * YUAN, 3_000 * YUAN, 200 * YUAN)
PEOPLE = ("演示监察员1", "演示监察员2")
NUMBERS = count(1)


def october(day: int) -> date:
    """A day of October 2026."""
    return date(2026, 10, day)


def november(day: int) -> date:
    """A day of November 2026."""
    return date(2026, 11, day)


TODAY = date(2026, 12, 31)


def event(step: str, on: date, **said: Any) -> CaseEvent:
    """A recorded step; each has a later id than the one made before it."""
    number = next(NUMBERS)
    return CaseEvent(
        **{"id": f"event-{number:06d}", "case_id": "case-1", "step": step, "on": on, **said}
    )


def paper(kind: str, made: date, served: date | None = None, number: str = "无") -> CaseEvent:
    """A paper made outside the program."""
    return event("outside_paper", made, until=served, paper_kind=kind, number=number)


def a_situation(*events: CaseEvent, facts: Iterable[Fact] = (), **changes: Any) -> Situation:
    """A case in which these events were recorded; `stage` puts it there."""
    stage = changes.pop("stage", Stage.INVESTIGATION)
    case = changes.pop("case", a_case(received_on=date(2026, 9, 1), stage=stage))
    return Situation(
        **{
            "case": case,
            "facts": Facts.of([*facts, *event_facts(events)]),
            "events": tuple(events),
            "procedure": library().procedure,
            "violations": library().violations,
            "today": TODAY,
            "limits": LIMITS,
            "inspectors": PEOPLE,
            "certified": PEOPLE,
            "has_evidence": True,
            **changes,
        }
    )


def an_attempt(step: str, on: date, **said: Any) -> Attempt:
    """Somebody wants to take the step on that day."""
    return Attempt(step=library().procedure.steps[step], on=on, **said)


def a_violation(code: str = "XX-01", **changes: Any) -> Violation:
    """An invented act without a fine."""
    basis = Basis(("《演示条例》第一条",), TextLevel.FULL, ForceLevel.CHECKED, date(2020, 1, 1))
    return Violation(
        **{
            "code": code,
            "name": "演示违法行为",
            "liable": (),
            "breaches": ("《演示条例》第一条",),
            "penalties": (f"《演示条例》第{code[-1]}条",),
            "order_first": False,
            "triggers": (),
            "evidence": (),
            "basis": basis,
            **changes,
        }
    )
