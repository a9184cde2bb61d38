"""A case moves forward only, on days that fit, and closes with a reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.case_steps import allowed_steps, check_step
from inspector_app.domain.cases import Stage, Step
from inspector_app.errors import UserError
from tests.helpers.builders import a_case

TODAY = date(2026, 11, 22)
FILED = date(2026, 9, 23)


def test_a_case_goes_from_intake_to_its_closing() -> None:
    case = a_case()
    filed = check_step(case, Step.FILE, FILED, today=TODAY)
    ordered = check_step(filed, Step.ORDER, date(2026, 10, 9), today=TODAY)
    closed = check_step(ordered, Step.CLOSE, TODAY, today=TODAY, why=" 已全部支付 ")
    assert (filed.stage, filed.filed_on) == (Stage.INVESTIGATION, FILED)
    assert (ordered.stage, ordered.filed_on) == (Stage.RECTIFICATION, FILED)
    assert (closed.stage, closed.closed_on, closed.closing_note) == (
        Stage.CLOSED,
        TODAY,
        "已全部支付",
    )
    assert case.stage is Stage.INTAKE


def test_a_case_may_close_without_an_order() -> None:
    case = a_case(stage=Stage.INVESTIGATION, filed_on=FILED)
    assert check_step(case, Step.CLOSE, FILED, today=TODAY, why="撤销立案").stage is Stage.CLOSED


@pytest.mark.parametrize(
    ("stage", "steps"),
    [
        (Stage.INTAKE, (Step.FILE,)),
        (Stage.INVESTIGATION, (Step.ORDER, Step.CLOSE)),
        (Stage.RECTIFICATION, (Step.CLOSE,)),
        (Stage.CLOSED, ()),
    ],
)
def test_each_stage_offers_its_steps(stage: Stage, steps: tuple[Step, ...]) -> None:
    assert allowed_steps(a_case(stage=stage)) == steps


@pytest.mark.parametrize(
    ("stage", "step", "sentence"),
    [
        (Stage.INTAKE, Step.CLOSE, "本案在“登记受理”阶段，不能结案，可以立案"),
        (Stage.INVESTIGATION, Step.FILE, "本案在“调查取证”阶段，不能立案，可以责令改正或结案"),
        (Stage.RECTIFICATION, Step.ORDER, "本案在“责令改正”阶段，不能责令改正，可以结案"),
        (Stage.CLOSED, Step.FILE, "本案已结案，不能再立案"),
    ],
)
def test_a_step_out_of_turn_is_refused(stage: Stage, step: Step, sentence: str) -> None:
    with pytest.raises(UserError) as told:
        check_step(a_case(stage=stage), step, TODAY, today=TODAY, why="演示")
    assert (told.value.message, told.value.field) == (sentence, "step")


def test_closing_needs_a_reason() -> None:
    case = a_case(stage=Stage.RECTIFICATION, filed_on=FILED)
    with pytest.raises(UserError, match="结案要写明理由") as told:
        check_step(case, Step.CLOSE, TODAY, today=TODAY, why="  ")
    assert told.value.field == "why"


@pytest.mark.parametrize(
    ("step", "on", "sentence"),
    [
        (Step.CLOSE, date(2026, 11, 23), "结案日期不能晚于今天（2026年11月22日）"),
        (Step.ORDER, date(2026, 9, 22), "责令改正日期不能早于立案日期 2026年9月23日"),
        (Step.ORDER, date(2026, 9, 1), "责令改正日期不能早于收到线索日期 2026年9月21日"),
        (Step.CLOSE, date(2026, 10, 8), "结案日期不能早于上一步日期 2026年10月9日"),
    ],
)
def test_days_do_not_go_backwards_nor_into_the_future(step: Step, on: date, sentence: str) -> None:
    case = a_case(stage=Stage.INVESTIGATION, filed_on=FILED)
    with pytest.raises(UserError) as told:
        check_step(case, step, on, today=TODAY, why="演示", not_before=date(2026, 10, 9))
    assert (told.value.message, told.value.field) == (sentence, "on")


@given(st.lists(st.tuples(st.sampled_from(Step), st.dates(date(2026, 9, 1), date(2026, 12, 1)))))
def test_whatever_is_tried_dates_stay_in_order(tries: list[tuple[Step, date]]) -> None:
    case = a_case()
    for step, on in tries:
        try:
            case = check_step(case, step, on, today=TODAY, why="演示")
        except UserError:
            continue
    days = [day for day in (case.received_on, case.filed_on, case.closed_on) if day]
    assert days == sorted(days)
    assert days[-1] <= TODAY
    assert (case.closed_on is not None) == (case.stage is Stage.CLOSED)
    assert (case.filed_on is None) == (case.stage is Stage.INTAKE)
