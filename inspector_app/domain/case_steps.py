"""How a case moves: 立案, 责令改正, 结案, each on a day that fits what went before."""

from dataclasses import replace
from datetime import date

from inspector_app.domain.cases import Case, Stage, Step
from inspector_app.domain.term_words import date_text
from inspector_app.errors import UserError

_MOVES: dict[Stage, dict[Step, Stage]] = {
    Stage.INTAKE: {Step.FILE: Stage.INVESTIGATION},
    Stage.INVESTIGATION: {Step.ORDER: Stage.RECTIFICATION, Step.CLOSE: Stage.CLOSED},
    Stage.RECTIFICATION: {Step.CLOSE: Stage.CLOSED},
    Stage.CLOSED: {},
}


def allowed_steps(case: Case) -> tuple[Step, ...]:
    """What may be done next, the usual step first."""
    return tuple(_MOVES[case.stage])


def check_step(
    case: Case,
    step: Step,
    on: date,
    *,
    today: date,
    why: str = "",
    not_before: date | None = None,
) -> Case:
    """The case after the step; UserError when it may not be taken, or not on that day.

    `not_before` is a later fact the case itself does not hold, such as the service of an order.
    """
    moves = _MOVES[case.stage]
    if step not in moves:
        raise UserError(_refusal(case, step), field="step")
    if on > today:
        raise UserError(f"{step.label}日期不能晚于今天（{date_text(today)}）", field="on")
    _check_order(case, step, on, not_before)
    if step is Step.FILE:
        return replace(case, stage=moves[step], filed_on=on)
    if step is Step.ORDER:
        return replace(case, stage=moves[step])
    if not why.strip():
        raise UserError("结案要写明理由", field="why")
    return replace(case, stage=moves[step], closed_on=on, closing_note=why.strip())


def _check_order(case: Case, step: Step, on: date, not_before: date | None) -> None:
    earlier = (
        ("收到线索", case.received_on),
        ("立案", case.filed_on),
        ("上一步", not_before),
    )
    for name, day in earlier:
        if day is not None and on < day:
            raise UserError(f"{step.label}日期不能早于{name}日期 {date_text(day)}", field="on")


def _refusal(case: Case, step: Step) -> str:
    labels = [one.label for one in allowed_steps(case)]
    if not labels:
        return f"本案已结案，不能再{step.label}"
    return f"本案在“{case.stage.label}”阶段，不能{step.label}，可以{'或'.join(labels)}"
