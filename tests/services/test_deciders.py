"""What the law proposes for a case, read from the ledger and the rules of the bureau."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.cases import Stage
from inspector_app.domain.claims import Payer
from inspector_app.domain.deciders import Met, OrderState
from inspector_app.domain.deciders.hearings import Follow, Hearing
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.inspections import Evidence
from inspector_app.domain.parties import (
    PartyRole,
)
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims, settle_all
from inspector_app.services.deciders import (
    ActCount,
    Proposals,
    Typed,
    decide,
    record_situation,
    tickable,
)
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import attach
from tests.helpers.decider_cases import (
    ITEM_BOTH,
    ITEM_SUB,
    LATER,
    WAN,
    YUAN,
    a_chained_case,
    build_chain,
    order_served,
    record,
    set_stage,
    ten_workers,
    visit,
)
from tests.helpers.desks import MONDAY, a_case_form, on
from tests.helpers.steps import step


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A subcontractor's case on a project with owner and general contractor."""
    return a_chained_case(desk)


def codes(found: Proposals) -> list[str]:
    return [line.code for line in found.fines.lines]


def test_a_case_without_anything_proposes_nothing_and_says_what_is_missing(desk: Desk) -> None:
    case = new_case(desk, a_case_form(project=""))
    found = decide(desk, case.case_no)
    assert (found.case_id, found.respondent) == (case.id, "青禾建筑劳务有限公司")
    assert (found.fines.lines, found.fines.hearing) == ((), Hearing.NO)
    assert found.liability.lines[0].rule == "LB-01"
    assert (found.crime.ready, found.blacklist.met) == (False, False)
    assert (found.deposit, found.surcharge, found.minimum_wage, found.situation) == (None,) * 4
    assert found.notes == ()


def test_the_ledger_is_only_read(desk: Desk, case_id: str) -> None:
    before = desk.ledger.head()
    decide(desk, case_id)
    assert desk.ledger.head() == before


def test_unpaid_wages_are_a_violation_that_goes_on_today(desk: Desk, case_id: str) -> None:
    ten_workers(desk, case_id)
    (line,) = decide(desk, case_id).fines.lines
    assert (line.code, line.unit, line.in_force) == ("GZ-22", None, True)
    assert not any("发生日" in text for text in line.missing)


def test_findings_of_a_visit_are_held_against_the_unit_that_answers_for_them(
    desk: Desk, case_id: str
) -> None:
    visit(desk, case_id, "C23")  # 总包未开专户
    visit(desk, case_id, ITEM_SUB)  # 分包未编制工资支付表
    found = decide(desk, case_id)
    assert codes(found) == ["GZ-09"]
    assert (found.fines.hearing_unit, found.fines.unit.low_fen) == (Hearing.MUST, 5 * WAN)
    build_chain(desk, case_id, PartyRole.GENERAL)
    assert codes(decide(desk, case_id)) == ["GZ-05"]


def test_of_a_finding_against_two_units_each_answers_for_its_own_part(
    desk: Desk, case_id: str
) -> None:
    visit(desk, case_id, ITEM_BOTH)
    assert codes(decide(desk, case_id)) == []
    build_chain(desk, case_id, PartyRole.OWNER)
    assert codes(decide(desk, case_id)) == ["GZ-14"]
    build_chain(desk, case_id, PartyRole.GENERAL)
    assert codes(decide(desk, case_id)) == ["GZ-06"]


def test_a_hearing_held_and_a_grave_case_bring_review_and_discussion(
    desk: Desk, case_id: str
) -> None:
    before = decide(desk, case_id).fines
    assert (before.legal_review, before.discussion) == (Follow.JUDGE, Follow.JUDGE)
    record(
        desk,
        CaseEvent(new_id(), case_id, "submit", MONDAY, outcome="complex"),
        CaseEvent(new_id(), case_id, "hearing_held", MONDAY),
    )
    after = decide(desk, case_id).fines
    assert (after.legal_review, after.discussion) == (Follow.MUST, Follow.MUST)


def test_all_findings_are_listed_while_the_part_of_the_unit_is_unknown(desk: Desk) -> None:
    case = new_case(desk, a_case_form())
    visit(desk, case.id, "C23")
    assert codes(decide(desk, case.id)) == ["GZ-05"]


def test_codes_of_recorded_steps_and_typed_ones_count_once(desk: Desk, case_id: str) -> None:
    typed = Typed({"HT-05": ActCount(on=date(2026, 6, 1), people=25)})
    with pytest.raises(UserError, match="没有编号为“没有”的违法行为"):
        decide(desk, case_id, Typed({"没有": ActCount()}))
    assert codes(decide(desk, case_id, typed)) == ["HT-05"]
    add_claims(desk, case_id, [ClaimForm("王演示", 500_000)])
    record(
        desk,
        CaseEvent(new_id(), case_id, "penalty_notice", MONDAY, codes=("KJ-01",), amount_fen=WAN),
    )
    found = decide(desk, case_id, typed)
    assert codes(found) == ["KJ-01", "GZ-22", "HT-05"]
    heads = found.fines.lines[2].unit
    assert heads
    assert (heads.low_fen, heads.high_fen) == (12_500 * YUAN, 5 * WAN)
    assert found.fines.hearing_unit is Hearing.NO, "the notice proposed 10,000"
    more = decide(desk, case_id, replace(typed, unit_fen=5 * WAN))
    assert more.fines.hearing_unit is Hearing.MUST


def test_the_bureaus_bands_are_listed_and_one_is_chosen_by_hand(desk: Desk, case_id: str) -> None:
    band = DiscretionBand(
        id=new_id(),
        violation="GZ-09",
        name="一般",
        condition="涉及一个班组",
        low_fen=6 * WAN,
        high_fen=8 * WAN,
        effective_from=date(2026, 1, 1),
        scope=desk.city,
        city=desk.city,
    )
    with desk.work("裁量档次") as uow:
        uow.add(band)
        uow.commit()
    visit(desk, case_id, ITEM_SUB)
    (line,) = decide(desk, case_id).fines.lines
    assert [one.name for one in line.bands] == ["一般"]
    chosen = decide(desk, case_id, Typed({"GZ-09": ActCount(band=band.id)})).fines
    assert (chosen.unit.low_fen, chosen.unit.high_fen) == (6 * WAN, 8 * WAN)


def test_evidence_on_file_is_known_by_papers_visits_and_codes_in_notes(
    desk: Desk, case_id: str, tmp_path: Path
) -> None:
    visited = visit(desk, case_id, ITEM_SUB)
    photo, scan = tmp_path / "告示牌.jpg", tmp_path / "考勤表E11.pdf"
    photo.write_bytes(b"photo")
    scan.write_bytes(b"scan")
    attach(desk, visited, ITEM_SUB, photo)
    attach(desk, visited, ITEM_SUB, scan, "工资表 E3")
    with desk.work("证据") as uow:
        uow.add(
            Evidence(new_id(), "0" * 64, "流水.pdf", "application/pdf", 1, MONDAY,
                     case_id=case_id, note="E4 专户流水")
        )  # fmt: skip
        uow.add(Evidence(new_id(), "0" * 64, "聊天.jpg", "image/jpeg", 1, MONDAY, case_id=case_id))
        uow.commit()
    ten_workers(desk, case_id)
    order_served(desk, case_id)
    step(desk, case_id, "outside_paper", MONDAY, paper_kind="hearing_record", number="无")
    typed = Typed({"KJ-03": ActCount(), "KJ-01": ActCount()})
    found = {
        point.code: point.words
        for line in decide(desk, case_id, typed).fines.lines
        for point in line.evidence
    }
    assert found["E11"] == "检查附件 C30"
    assert found["E3"] == "检查附件 C30"
    assert found["E7"] == "2026-09-28 现场检查、检查附件 C30"
    assert found["E4"] == "附件"
    assert found["E13"] == "限期改正指令书平人社监令字〔2026〕第1号"
    assert found["E5"] == "未登记"


def test_an_order_served_and_not_obeyed_leads_on(desk: Desk, case_id: str) -> None:
    ten_workers(desk, case_id)
    visit(desk, case_id, ITEM_SUB)
    order_served(desk, case_id)
    lines = {line.code: line for line in decide(desk, case_id).fines.lines}
    assert lines["GZ-09"].order is OrderState.RUNNING
    assert lines["GZ-22"].order is OrderState.NOT_NEEDED

    late = on(desk, LATER)
    found = decide(late, case_id)
    assert {line.code: line.order for line in found.fines.lines}["GZ-09"] is OrderState.UNCHECKED
    assert (found.crime.many_met, found.crime.ordered_unheeded) == (True, True)
    assert found.crime.many_national is Met.POSSIBLE
    assert (found.blacklist.met, found.crime.ready) == (True, False)
    assert found.extra_pay.order is OrderState.UNHEEDED
    assert (found.extra_pay.low_fen, found.extra_pay.high_fen) == (2 * WAN, 4 * WAN)
    first = found.blacklist.dates[0]
    assert (first.day, first.later) == (date(2026, 11, 6), date(2026, 12, 4))

    early = CaseEvent(new_id(), case_id, "recheck", date(2026, 10, 10), outcome="unheeded")
    other = CaseEvent(
        new_id(), case_id, "order_deadline", LATER, until=date(2026, 12, 1), note="另一份"
    )
    record(desk, early, other)
    lines = {line.code: line for line in decide(late, case_id).fines.lines}
    assert lines["GZ-09"].order is OrderState.UNCHECKED, "its last day was not over"
    step(late, case_id, "order", LATER, "逾期")
    step(late, case_id, "recheck", LATER, "未改", outcome="partly")
    lines = {line.code: line for line in decide(late, case_id).fines.lines}
    assert lines["GZ-09"].order is OrderState.UNHEEDED
    assert lines["GZ-09"].order_number == "平人社监令字〔2026〕第1号"
    step(late, case_id, "recheck", LATER, "已改", outcome="corrected")
    lines = {line.code: line for line in decide(late, case_id).fines.lines}
    assert lines["GZ-09"].order is OrderState.OBEYED


def test_a_decision_to_pay_made_elsewhere_is_an_order_to_pay(desk: Desk, case_id: str) -> None:
    ten_workers(desk, case_id)
    step(
        desk, case_id, "outside_paper", date(2026, 9, 26), paper_kind="handling_decision",
        number="平人社监处字〔2026〕第1号", until=date(2026, 9, 26),
    )  # fmt: skip
    found = decide(desk, case_id)
    assert found.crime.order is OrderState.OPEN
    assert any("平人社监处字〔2026〕第1号" in one.text for one in found.crime.reasons)


def test_what_an_inspector_ticks_is_kept_and_replaces_what_was_ticked(
    desk: Desk, case_id: str
) -> None:
    ten_workers(desk, case_id)
    found = decide(desk, case_id)
    assert [one.code for one in found.liability.facts if one.ticked] == ["sub_owes"]
    record_situation(desk, case_id, ["owner_behind", "sub_owes", "fled"], "现场核实", 1 * WAN)
    found = decide(desk, case_id)
    assert found.situation
    assert (found.situation.codes, found.situation.on, found.situation.note) == (
        ("owner_behind", "sub_owes", "fled"),
        MONDAY,
        "现场核实",
    )
    assert [line.rule for line in found.liability.lines] == ["LB-09", "LB-11", "LB-16"]
    assert found.liability.lines[1].limit_fen == 1 * WAN
    assert found.liability.lines[0].payers[0].names == ("演示建工集团",)
    assert found.crime.evasion_shown
    record_situation(desk, case_id, ["incident", "licence"])
    found = decide(desk, case_id)
    assert not found.crime.evasion_shown
    assert found.blacklist.incident
    assert [one.code for one in found.liability.facts if one.ticked] == ["sub_owes"]


def test_a_fact_nobody_knows_is_refused(desk: Desk, case_id: str) -> None:
    with pytest.raises(UserError, match="没有“月亮”这种情形") as refused:
        record_situation(desk, case_id, ["sub_owes", "月亮"])
    assert refused.value.field == "facts"
    assert decide(desk, case_id).situation is None


def test_every_fact_has_one_code_and_a_name(desk: Desk) -> None:
    known = tickable(desk)
    assert known["fled"] == "逃跑、藏匿"
    assert len(known) == len(desk.library.situation_facts) + 5 + 3 + 5 + 3
    assert all(known.values())


def test_paying_all_ends_the_crime_and_counts_as_correction(desk: Desk, case_id: str) -> None:
    ten_workers(desk, case_id)
    order_served(desk, case_id)
    late = on(desk, LATER)
    settle_all(late, case_id, LATER, Payer.EMPLOYER)
    found = decide(late, case_id)
    assert (found.crime.owing_fen, found.crime.order) == (0, OrderState.OBEYED)
    early = found.blacklist.tables[0].rows[1]
    assert early.name == "最早提前移出"
    assert early.day


def test_months_of_several_claims_of_a_worker_count_once(desk: Desk, case_id: str) -> None:
    number = "410499197803120113"
    half = 4_000 * YUAN
    add_claims(
        desk,
        case_id,
        [
            ClaimForm("王演示", half, id_number=number, period_from="2025-12", period_to="2026-01"),
            ClaimForm("王演示", half, id_number=number, period_from="2026-01", period_to="2026-02"),
            ClaimForm("李演示", half),
            ClaimForm("赵演示", half, period_from="2026-05"),
        ],
        again=True,  # two sums of one person with a month in common
    )
    found = decide(desk, case_id).crime
    assert [(one.worker, one.owing_fen, one.months) for one in found.worker_tests] == [
        ("王演示", 2 * half, 3),
        ("李演示", half, None),
        ("赵演示", half, 1),
    ]
    assert (found.single_met, found.workers) == (True, 3)


def test_other_open_cases_of_the_unit_are_pointed_out(desk: Desk, case_id: str) -> None:
    other = new_case(desk, a_case_form())
    assert decide(desk, case_id).notes == ()
    ten_workers(desk, other.id)
    set_stage(desk, other.id, Stage.CLOSED)
    assert decide(desk, case_id).notes == ()
    set_stage(desk, other.id, Stage.INVESTIGATION)
    (note,) = decide(desk, case_id).notes
    assert note.text == (
        "青禾建筑劳务有限公司另有 1 件在办案件，10 人尚欠 40,000.00 元，"
        "数额没有计入，是否合并计算请核对"
    )


def test_a_unit_that_does_not_employ_is_said(desk: Desk, case_id: str) -> None:
    build_chain(desk, case_id, PartyRole.OWNER)
    (note,) = decide(desk, case_id).notes
    assert note.inferred
    assert "不是用工单位" in note.text
