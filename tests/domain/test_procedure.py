"""The procedure as rows: what can be done in a stage, what facts and papers are called."""

from inspector_app.domain.cases import Stage
from inspector_app.domain.procedure import SUB_STATES, Procedure, StageRow, StepRow
from tests.helpers.desks import library

FACT = StepRow("fact", "演示事实", (Stage.INTAKE,), rule="本局要求")
MOVE = StepRow("move", "演示步骤", (Stage.INTAKE,), to=Stage.FILING, articles=("甲", "乙"))
USUAL = StepRow("usual", "演示常用", (Stage.INTAKE,), usual=True)
BACK = StepRow("back", "演示恢复", (Stage.SUSPENDED,), back=True)


def made(*steps: StepRow) -> Procedure:
    stages = {Stage.INTAKE: StageRow(Stage.INTAKE, 0)}
    return Procedure(stages, {step.id: step for step in steps}, {}, {}, {"a": "甲书", "b": "乙书"})


def test_the_usual_step_comes_first_then_moves_then_facts() -> None:
    procedure = made(FACT, MOVE, USUAL, BACK)
    assert [step.id for step in procedure.from_stage(Stage.INTAKE)] == ["usual", "move", "fact"]
    assert procedure.from_stage(Stage.ARCHIVED) == ()


def test_a_step_moves_forward_back_or_not_at_all() -> None:
    assert [step.moves for step in (MOVE, BACK, FACT)] == [True, True, False]
    assert (MOVE.basis, FACT.basis) == ("甲、乙", "本局要求")


def test_each_state_beside_the_stage_has_a_step_that_opens_and_one_that_closes_it() -> None:
    steps = [
        StepRow(f"{key}_{state}", "演示", (Stage.INTAKE,), **{key: state})  # type: ignore[arg-type]  # opens or closes
        for state in SUB_STATES
        for key in ("opens", "closes")
    ]
    pairs = made(*steps).beside()
    assert pairs[0] == ("Z3a", "opens_Z3a", "closes_Z3a")
    assert [state for state, _, _ in pairs] == ["Z3a", "Z3b", "Z3c", "Z3d"]


def test_papers_of_which_one_is_enough_are_named_with_or() -> None:
    assert made().title("a") == "甲书"
    assert made().title("a|b") == "甲书或者乙书"


def test_a_fact_is_called_by_its_step_its_outcome_or_what_it_follows_from() -> None:
    name = library().procedure.fact_name
    assert name("file") == "立案"
    assert name("recheck=corrected") == "复查整改为“已改正”"
    assert name("recheck=fled") == "复查整改为“fled”"
    assert name("file=odd") == "立案为“odd”"
    assert name("paid_off") == "欠薪全部清偿"
    assert name("source:visit") == "source:visit"
