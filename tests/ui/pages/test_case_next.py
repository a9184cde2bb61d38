"""The next lawful step of a case in every stage: the usual one, or what it still lacks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.inspections import Answer
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.cases import set_fields
from inspector_app.services.inspections import (
    InspectionForm,
    answer,
    inspection_sheet,
    start_inspection,
)
from inspector_app.services.issuing import void
from inspector_app.services.steps import StepRefusedError
from inspector_app.ui.pages.case.found_codes import found_codes
from inspector_app.ui.pages.case.moves import Group, group_of
from inspector_app.ui.pages.case.next_step import Do, NextStep, next_step
from tests.helpers.desks import make_desk, on
from tests.helpers.steps import step
from tests.ui.pages.scene import TODAY, Row, Scene, build, issued_paper, serve

ROWS: tuple[Row, ...] = (
    ("甲公司", "甲工程", "湛河区", "拖欠农民工工资", Source.VISIT, 2, 1_000_000, "served", 4, 0),
    ("乙公司", "", "湛河区", "拖欠农民工工资", Source.VISIT, 2, 1_000_000, "new", -3, 0),
    ("丙公司", "", "湛河区", "拖欠农民工工资", Source.VISIT, 2, 1_000_000, "paid", 12, 0),
)
LATER = date(2026, 11, 25)  # the day after the order of 甲公司 ran out


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    desk = make_desk(tmp_path, TODAY)
    yield build(desk, ROWS)
    desk.ledger.close()


class Walk:
    """Takes one case along and asks for its next step."""

    def __init__(self, scene: Scene, unit: str, day: date = TODAY) -> None:
        self.desk, self.case_id, self.day = on(scene.desk, day), scene.cases[unit].id, day

    def take(self, name: str, note: str = "", **said: object) -> "Walk":
        step(self.desk, self.case_id, name, self.day, note, **said)
        return self

    def paper(self, kind: str) -> "Walk":
        """A paper made and served outside the program."""
        return self.take("outside_paper", paper_kind=kind, number="无", until=self.day)

    def sheet(self) -> CaseSheet:
        return case_sheet(self.desk, self.case_id)

    def next(self) -> NextStep:
        return next_step(self.sheet(), self.day)

    def labels(self) -> list[str]:
        return [act.label for act in self.next().acts]


def test_every_step_of_the_procedure_has_a_group(scene: Scene) -> None:
    steps = scene.desk.library.procedure.steps
    groups = {name: group_of(row) for name, row in steps.items()}
    assert groups["penalty_notice"] is Group.ON
    assert groups["site_visit"] is Group.FACT
    assert {groups[name] for name in ("crime_send", "list_notice", "transfer")} == {Group.AWAY}
    assert groups["review_received"] is groups["reopen"] is Group.CONTEST
    assert set(groups.values()) == set(Group)


def test_before_filing_the_case_is_supplemented_approved_and_filed(scene: Scene) -> None:
    walk = Walk(scene, "乙公司").paper("supplement_notice")
    walk.take("supplement", "补充考勤记录")
    assert walk.next().title == "下一步：收到补正"
    walk.take("supplemented").take("apply_filing")
    assert walk.sheet().case.stage is Stage.FILING
    assert (walk.next().title, walk.labels()) == ("下一步：立案", ["立案"])


def test_what_is_not_taken_up_says_so(scene: Scene) -> None:
    walk = Walk(scene, "乙公司").paper("rejection_notice").take("reject", "不属于监察事项")
    found = walk.next()
    assert (found.title, found.body, found.tone) == ("本案不予受理", "不属于监察事项", "neutral")


def test_paid_before_any_order_the_case_is_withdrawn_or_submitted(scene: Scene) -> None:
    walk = Walk(scene, "丙公司")
    assert walk.labels() == ["撤销立案", "呈报处理"]
    walk.take("withdraw", "轻微且已改正")
    assert (walk.next().title, walk.labels()) == ("下一步：结案", ["结案"])
    walk.take("close", "轻微且已改正")
    assert walk.labels() == ["归档"]
    walk.take("archive", number="2026-1")
    assert walk.next().title == "本案已归档"
    assert walk.next().acts == ()


def test_an_order_unheeded_leads_to_the_penalty_step_by_step(scene: Scene) -> None:
    walk = Walk(scene, "甲公司", LATER).take("recheck", "到现场查看", outcome="unheeded")
    assert walk.next().title == "下一步：呈报处理"
    assert "复查为“未改正”" in walk.next().body
    walk.take("submit", outcome="plain")
    found = walk.next()
    assert (found.title, found.tone) == ("下一步：告知拟处罚", "warning")
    assert [one.message for one in found.against] == ["没有行政处罚事先告知书"]
    assert [(act.do, act.preset) for act in found.acts] == [(Do.STEP, "penalty_notice")]
    walk.paper("penalty_notice")
    assert walk.labels() == ["告知拟处罚"]
    fine = {"codes": ("GZ-05",), "amount_fen": 6_000_000, "person_fen": 0, "outcome": "hearing"}
    walk.take("penalty_notice", **fine)
    found = walk.next()
    assert found.title == "下一步：作出处罚决定"
    assert {one.guard for one in found.against} >= {"papers", "statement_over", "hearing_over"}
    assert walk.labels()[:3] == ["补登行政处罚决定书", "听取陈述申辩", "放弃陈述申辩"]
    walk.take("statement", "认为处罚过重", outcome="refused").take("hearing_waive", "书面放弃")
    walk.paper("penalty_decision")
    assert (walk.labels(), walk.next().against) == (["作出处罚决定"], ())
    assert walk.next().body.startswith("依据《中华人民共和国行政处罚法》第五十七条")


def decided(scene: Scene) -> Walk:
    """The penalty is decided and served."""
    walk = Walk(scene, "甲公司", LATER).take("recheck", "到现场查看", outcome="unheeded")
    walk.take("submit", outcome="plain").paper("penalty_notice")
    fine = {"amount_fen": 6_000_000, "person_fen": 0}
    walk.take("penalty_notice", codes=("GZ-05",), outcome="hearing", **fine)
    walk.take("statement_waive", "书面放弃").take("hearing_waive", "书面放弃")
    walk.paper("penalty_decision").take("penalty_decision", **fine)
    return walk


def test_a_decision_is_served_performed_and_the_case_closed(scene: Scene) -> None:
    walk = decided(scene)
    assert (walk.next().title, walk.labels()) == ("下一步：决定书已送达", ["决定书已送达"])
    walk.take("deliver")
    found = walk.next()
    assert found.title == "下一步：督促履行"
    assert walk.labels()[:2] == ["决定已履行", "罚款已缴"]
    assert {"demand_over", "suit_over"} & {one.guard for one in found.against}
    walk.take("fine_paid", amount_fen=6_000_000).take("performed", "罚款已缴")
    assert (walk.next().title, walk.labels()) == ("下一步：结案", ["结案"])


def test_a_decision_to_pay_is_looked_after_and_a_void_one_is_made_anew(scene: Scene) -> None:
    walk = Walk(scene, "甲公司", LATER).take("recheck", "到现场查看", outcome="unheeded")
    walk.take("submit", outcome="plain").paper("handling_notice").take("handling_notice")
    walk.take("statement_waive", "书面放弃")
    case, last = walk.sheet().case, date(2026, 12, 4)
    paper = issued_paper(walk.desk, case, "handling_decision", 960, last)
    walk.take("handling_decision")
    assert walk.next().title == "下一步：登记送达"
    serve(walk.desk, case, paper)
    found = walk.next()
    assert (found.title, found.acts[0].target) == ("下一步：核查履行情况", "recheck")
    assert "第960号于2026年11月25日（星期三）送达，应当于2026年12月4日（星期五）前" in found.body
    assert {clock.rule for clock in walk.sheet().clocks} >= {"DECISION"}
    void(walk.desk, paper.id, "数额写错")
    assert {clock.rule for clock in walk.sheet().clocks} >= {"D07"}
    found = walk.next()
    assert found.title == "下一步：重新制作行政处理决定书"
    assert found.body.startswith("行政处理决定书已作废，本案现在没有有效的行政处理决定书")
    assert [act.do for act in found.acts] == [Do.STEP]  # it is not among the kinds made here
    with pytest.raises(StepRefusedError, match="没有已送达、有效的"):
        walk.take("performed", "付清了")
    again = issued_paper(walk.desk, case, "handling_decision", 961, last)
    assert walk.next().title == "下一步：登记送达"
    serve(walk.desk, case, again)
    assert walk.next().title == "下一步：核查履行情况"
    assert walk.take("performed", "付清了").next().title == "下一步：结案"


def test_a_corrected_order_closes(scene: Scene) -> None:
    walk = Walk(scene, "甲公司", LATER).take("recheck", "已补发", outcome="corrected")
    found = walk.next()
    assert (found.title, found.tone) == ("下一步：结案", "success")
    assert "违法行为已改正" in found.body


def test_a_file_that_lacks_two_inspectors_says_who_to_name(scene: Scene) -> None:
    walk = Walk(scene, "甲公司", LATER).take("recheck", "到现场查看", outcome="unheeded")
    walk.take("submit", outcome="plain").paper("penalty_notice")
    set_fields(walk.desk, walk.case_id, {"assist": ""})
    found = walk.next()
    assert [one.guard for one in found.against] == ["two_inspectors"]
    assert [(act.label, act.do, act.target) for act in found.acts] == [
        ("指定监察员", Do.TAB, "facts")
    ]


# ── what a notice begins with ────────────────────────────────────────────────────────────────
def test_acts_found_on_a_visit_are_offered_until_a_notice_names_its_own(scene: Scene) -> None:
    walk = Walk(scene, "甲公司", LATER)
    assert found_codes(walk.desk, walk.sheet()) == ()
    case = scene.cases["甲公司"]
    form = InspectionForm(
        "construction",
        LATER,
        case.scope,
        employer_id=case.employer_id,
        project_id=case.project_id,
        case_id=case.id,
        inspector_ids=tuple(one.id for one in scene.people),
    )
    visit = start_inspection(walk.desk, form)
    items = inspection_sheet(walk.desk, visit.id).lines
    line = next(one for one in items if one.item.violations)
    bad = Answer.NO if line.item.good_answer is Answer.YES else Answer.YES
    answer(walk.desk, visit.id, line.item.id, bad)
    assert found_codes(walk.desk, walk.sheet()) == line.item.violations
    walk.take("recheck", "到现场查看", outcome="unheeded").take("submit", outcome="plain")
    walk.paper("penalty_notice")
    fine = {"amount_fen": 6_000_000, "person_fen": 0, "outcome": "hearing"}
    walk.take("penalty_notice", codes=("GZ-05",), **fine)
    assert found_codes(walk.desk, walk.sheet()) == ("GZ-05",)
