"""The words cases speak in: pills, months, sums, what comes next."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.papers import PaperState
from inspector_app.domain.terms import DaysLeft, Level
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.desk import Desk
from inspector_app.ui.pages.case.events import events
from inspector_app.ui.pages.case.next_step import Do, next_step
from inspector_app.ui.pages.case.words import (
    STAGES,
    due_tone,
    due_words,
    month_text,
    paid_text,
    short_no,
    skipped_places,
    stage_place,
    stage_tone,
)
from tests.helpers.desks import make_desk
from tests.ui.pages.scene import TODAY, Row, Scene, build


@pytest.mark.parametrize(
    ("level", "days", "words", "tone"),
    [
        (Level.OVERDUE, DaysLeft(-2), "超期 2 天", "danger"),
        (Level.TODAY, DaysLeft(0), "今日到期", "warning"),
        (Level.SOON, DaysLeft(5), "剩 5 天", "warning"),
        (Level.SOON, DaysLeft(3, working=True), "剩 3 个工作日", "warning"),
        (Level.SOON, DaysLeft(0, working=True), "休息日到期", "warning"),
        (Level.FAR, DaysLeft(28), "剩 28 天", "neutral"),
        (Level.FAR, DaysLeft(20, working=True), "剩 20 个工作日", "neutral"),
        (Level.EXPIRED, DaysLeft(-3), "已届满", "neutral"),
        (None, None, "", "none"),
    ],
)
def test_a_deadline_speaks_in_words_and_never_by_colour_alone(
    level: Level | None, days: DaysLeft | None, words: str, tone: str
) -> None:
    assert (due_words(level, days), due_tone(level)) == (words, tone)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("", "", "—"),
        ("2026-06", "2026-06", "2026年6月"),
        ("2026-06", "2026-08", "2026年6月至8月"),
        ("2025-12", "2026-02", "2025年12月至2026年2月"),
        ("2026-06", "", "2026年6月"),
    ],
)
def test_months_are_written_as_people_say_them(first: str, last: str, words: str) -> None:
    assert month_text(first, last) == words


def test_what_was_paid_is_told_with_its_share() -> None:
    assert paid_text(32_000_000, 86_420_000) == "320,000.00 元（37%）"
    assert paid_text(0, 86_420_000) == "—"
    assert paid_text(100, 0) == "1.00 元"


def test_a_number_is_shortened_only_where_it_has_a_year() -> None:
    assert short_no("平人社监〔2026〕137号") == "137号"
    assert short_no("演字1号") == "演字1号"


ROWS: tuple[Row, ...] = (
    ("甲公司", "甲工程", "湛河区", "拖欠农民工工资", Source.VISIT, 2, 1_000_000, "served", 4, 0),
    ("乙公司", "", "湛河区", "拖欠农民工工资", Source.VISIT, 2, 1_000_000, "new", -3, 0),
    ("丙公司", "", "湛河区", "拖欠农民工工资", Source.VISIT, 2, 1_000_000, "closed", None, 0),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder: Path = tmp_path_factory.mktemp("small")
    desk: Desk = make_desk(folder, TODAY)
    scene = build(desk, ROWS)
    yield scene
    desk.ledger.close()


def sheet(scene: Scene, unit: str) -> CaseSheet:
    return case_sheet(scene.desk, scene.cases[unit].id)


def test_a_decision_that_is_late_is_asked_for_in_amber(small: Scene) -> None:
    step = next_step(sheet(small, "乙公司"), TODAY)
    assert (step.title, step.tone) == ("下一步：立案", "warning")
    assert [act.do for act in step.acts] == [Do.STEP]


def test_an_order_whose_deadline_runs_is_checked_before_it_ends(small: Scene) -> None:
    served = sheet(small, "甲公司")
    step = next_step(served, TODAY)
    assert "届满前核查" in step.body
    assert [act.do for act in step.acts] == [Do.STEP, Do.SETTLE, Do.PAPER]
    unstarted = replace(served, clocks=(), todos=())
    assert next_step(unstarted, TODAY).title == "下一步：督促清偿"


def test_the_story_of_a_closed_case_is_told_backwards(small: Scene) -> None:
    told = [one.title for one in events(sheet(small, "丙公司"))]
    assert told == ["结案：撤销立案", "撤销立案", "清偿 10,000.00 元", "立案", "登记受理"]


def test_each_stage_has_its_place_on_the_line_and_its_tone(small: Scene) -> None:
    procedure = small.desk.library.procedure
    assert [stage_place(procedure, stage) for stage in Stage if not stage.ended] == [
        1, 1, 1, 2, 4, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 2, 5, 5,
    ]  # fmt: skip
    assert {stage_place(procedure, stage) for stage in Stage if stage.ended} == {len(STAGES)}
    assert stage_tone(Stage.APPROVAL) == stage_tone(Stage.LEGAL_REVIEW) == "violet"
    assert {stage_tone(stage) for stage in Stage} == {
        "neutral", "info", "violet", "warning", "success",
    }  # fmt: skip
    assert stage_tone(None) == "neutral"


def test_places_a_case_never_was_at_are_not_ticked(small: Scene) -> None:
    procedure, closed = small.desk.library.procedure, sheet(small, "丙公司")
    passed = skipped_places(procedure, closed.case, closed.events)
    assert [STAGES[place] for place in sorted(passed)] == ["责令改正", "告知"]
    assert skipped_places(procedure, closed.case, ()) == frozenset()
    rejected = replace(
        closed.events[0], step="reject", from_stage="Z1", to_stage=Stage.REJECTED.value
    )
    gone = replace(closed.case, stage=Stage.REJECTED, filed_on=None)
    names = [STAGES[place] for place in sorted(skipped_places(procedure, gone, (rejected,)))]
    assert names == ["立案", "调查", "责令改正", "告知", "决定"]


def test_a_voided_paper_stays_in_the_story(small: Scene) -> None:
    served = sheet(small, "甲公司")
    paper = replace(
        served.papers[0], state=PaperState.VOID, voided_on=TODAY, void_reason="当事人名称有误"
    )
    told = events(replace(served, papers=(paper,)))
    gone = next(one for one in told if one.title == "作废限期改正指令书")
    assert "当事人名称有误" in gone.meta
    assert served.case.stage is Stage.RECTIFICATION
