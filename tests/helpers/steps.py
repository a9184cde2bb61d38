"""Steps of a case in one line, for tests that are about something else."""

from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.office import Inspector
from inspector_app.services import settings
from inspector_app.services.desk import Desk
from inspector_app.services.steps import StepForm, take_step

LEADER = "周岚"


def step(desk: Desk, case_id: str, name: str, on: date, note: str = "", **said: object) -> Case:
    """Take a step approved by the leader; `said` are further fields of StepForm."""
    form = StepForm(step=name, on=on, note=note, approver=LEADER, **said)  # type: ignore[arg-type]  # tests name fields freely
    return take_step(desk, case_id, form).case


def a_leader(desk: Desk) -> Inspector:
    """The leader who may let a step pass."""
    person = Inspector("", LEADER, desk.city, desk.city, title="分管负责人", leader=True)
    settings.save_inspector(desk, person)
    return next(one for one in settings.inspectors(desk) if one.name == LEADER)


def close_case(desk: Desk, case_id: str, on: date, note: str = "轻微且已改正") -> Case:
    """Withdraw a case under investigation and close it."""
    step(desk, case_id, "withdraw", on, note)
    return step(desk, case_id, "close", on, note)
