"""Clocks of a case in memory, from its events, papers and services."""

from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import Paper, PaperState, Service, ServiceMethod
from inspector_app.services.case_facts import CaseRows
from inspector_app.services.clocks import CaseClock, Timing, clocks_of
from tests.helpers.builders import a_case
from tests.helpers.desks import library
from tests.helpers.situations import event, november, october, paper
from tests.helpers.walks import rules

FRIDAY = date(2026, 9, 25)  # Mid-Autumn: a day off
MONDAY = date(2026, 9, 28)
CASE = a_case(received_on=FRIDAY, stage=Stage.INVESTIGATION)
FILED = replace(CASE, filed_on=MONDAY)
LATER = november(20)


def timed(today: date, **settings: str) -> Timing:
    """The rules of an office on that day, with these of its settings."""
    found = rules()
    return Timing(replace(found, settings={**found.settings, **settings}), library(), today)


def clocks(
    *events: CaseEvent, today: date = LATER, case: Case = CASE, **rows: object
) -> dict[str, CaseClock]:
    """The clocks by rule; of several of one rule the last."""
    found = CaseRows(case, events=events, **rows)  # type: ignore[arg-type]  # tests name fields freely
    return {clock.rule: clock for clock in clocks_of(timed(today), found)}


def made(paper_id: str, kind: str, on: date, deadline: date | None = None) -> Paper:
    form = library().kinds[kind]
    values = dumps({"deadline": deadline} if deadline else {}, form)
    return Paper(
        paper_id, "case-1", kind, form.version, PaperState.ISSUED, values, None, f"{paper_id}号", on
    )


def served(paper_id: str, on: date, method: ServiceMethod = ServiceMethod.DIRECT) -> Service:
    return Service(f"s-{paper_id}", "case-1", (paper_id,), method, on)


TOLD = (
    paper("penalty_notice", october(14), october(14)),
    event("penalty_notice", october(14), outcome="hearing"),
)
DECIDED = (
    event("penalty_decision", november(2)),
    paper("penalty_decision", november(2), november(3)),
)
