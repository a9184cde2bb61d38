"""A recorded step of a case in words: its name and outcome, who approved it, how much, what for."""

from inspector_app.domain.cases import Stage
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.money import yuan
from inspector_app.domain.procedure import Ask, Procedure, StepRow
from inspector_app.domain.terms import date_text
from inspector_app.services.approvals import APPROVE
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.own_deadlines import OWN_RULES
from inspector_app.ui.pages.case.moves import CLOSE
from inspector_app.ui.pages.case.step_words import field_words, is_fine


def step_words(sheet: CaseSheet, event: CaseEvent) -> str:
    """复查整改：未改正; a step the procedure no longer knows by its id."""
    procedure = sheet.situation.procedure
    step = procedure.steps.get(event.step)
    if step is None:
        return event.step
    outcome = _outcome(procedure, step, event.outcome)
    paper = procedure.papers.get(event.paper_kind, event.paper_kind)
    return "：".join(part for part in (step.name, outcome, paper) if part)


def _outcome(procedure: Procedure, step: StepRow, outcome: str) -> str:
    if step.id == CLOSE and outcome in procedure.closings:
        return procedure.closings[outcome].name
    return (step.outcomes or {}).get(outcome, outcome)


def step_meta(sheet: CaseSheet, event: CaseEvent) -> str:
    """批准 周岚　对单位罚款 60,000.00 元　GZ-22　说明."""
    step = sheet.situation.procedure.steps.get(event.step)
    parts = [
        event.at,
        f"转入{Stage(event.to_stage).label}" if event.to_stage else "",
        f"批准 {event.approver}" if event.approver else "",
        event.people,
        _about(sheet, event),
        *(_amounts(step, event) if step else ()),
        _terms(sheet, event),
        _until(step, event) if step else "",
        "" if event.step == APPROVE else event.number,
        event.note,
        _passed(sheet, event),
    ]
    return "　".join(part for part in parts if part)


def _about(sheet: CaseSheet, event: CaseEvent) -> str:
    """Codes of acts, or which papers a leader approved."""
    if event.step != APPROVE:
        return "、".join(event.codes)
    return "、".join(sheet.titles.get(one, "") for one in event.codes)


def _amounts(step: StepRow, event: CaseEvent) -> list[str]:
    if not is_fine(step):
        return [] if event.amount_fen is None else [f"{yuan(event.amount_fen)} 元"]
    found = []
    for who, fen in (("单位", event.amount_fen), ("个人", event.person_fen)):
        if fen is not None:
            found.append(f"对{who}罚款 {yuan(fen)} 元")
    return found


def _terms(sheet: CaseSheet, event: CaseEvent) -> str:
    """Names of the terms it extends or stops; a term that is gone by its id."""
    names = {one.rule: one.name for one in (*sheet.past_clocks, *sheet.clocks)}
    return "、".join(names.get(rule, rule) for rule in event.rules if rule not in OWN_RULES)


def _until(step: StepRow, event: CaseEvent) -> str:
    return f"{field_words(step, Ask.UNTIL)} {date_text(event.until)}" if event.until else ""


def _passed(sheet: CaseSheet, event: CaseEvent) -> str:
    """Which guards a leader let pass."""
    guards = sheet.situation.procedure.guards
    names = [
        guards[one].name if one in guards else _PLAIN.get(one, one) for one in event.overridden
    ]
    return f"放行的事项：{'、'.join(names)}" if names else ""


_PLAIN = {"papers": "所需文书", "served": "文书送达"}


def step_tone(event: CaseEvent) -> str:
    """Moves stand out; facts are plain; the end is green."""
    if not event.to_stage:
        return "neutral"
    return "success" if Stage(event.to_stage) in (Stage.CLOSED, Stage.ARCHIVED) else "info"
