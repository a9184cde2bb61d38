"""What the law proposes for a case, read from the ledger and the rules of the bureau."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import Payer
from inspector_app.domain.deciders import Met, OrderState
from inspector_app.domain.deciders.compensation import PaidMonth
from inspector_app.domain.deciders.deposit import DepositQuestion, Exempt
from inspector_app.domain.deciders.hearings import Hearing
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.inspections import Answer, Evidence
from inspector_app.domain.papers import ServiceMethod
from inspector_app.domain.parties import (
    Employer,
    Investment,
    PartyRole,
    Project,
    ProjectKind,
    ProjectParty,
)
from inspector_app.domain.rules import Bound
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.library.grounds import load_grounds
from inspector_app.services import papers, parties
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import ClaimForm, add_claims, settle_all
from inspector_app.services.decider_rules import decider_rules
from inspector_app.services.deciders import (
    ActCount,
    Proposals,
    Typed,
    decide,
    record_situation,
    tickable,
)
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, answer, attach, start_inspection
from inspector_app.services.issuing import issue
from inspector_app.services.rules import choose
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.settings import save
from tests.helpers.desks import COUNTY, MONDAY, a_case_form, library, on, two_inspectors
from tests.helpers.steps import step

YUAN, WAN = 100, 1_000_000
LATER = date(2026, 11, 2)
ITEM_SUB = "C30"  # a wage table the subcontractor did not draw up: GZ-09


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A filed case of a subcontractor on a project with owner and general contractor."""
    lead, assist = two_inspectors(desk)
    save(desk, {"address": "平顶山市某路1号", "phone": "0375-0000000", "contact": "李明"})
    case = new_case(desk, a_case_form(lead_id=lead.id, assist_id=assist.id))
    build_chain(desk, case.id)
    return case.id


def build_chain(desk: Desk, case_id: str, own: PartyRole = PartyRole.SUB) -> None:
    """Owner, general contractor and the unit of the case in a part of its own."""
    sheet = case_sheet(desk, case_id)
    assert sheet.project
    chain = [
        ProjectParty("", sheet.project.id, unit(desk, name).id, role)
        for name, role in (
            ("演示城投公司", PartyRole.OWNER),
            ("演示建工集团", PartyRole.GENERAL),
        )
        if role is not own
    ]
    chain.append(ProjectParty("", sheet.project.id, sheet.employer.id, own))
    project = replace(
        sheet.project,
        contract_fen=10_000 * WAN,
        kind=ProjectKind.TRANSPORT,
        investment=Investment.STATE,
        starts_on=date(2026, 1, 10),
        ends_on=date(2027, 3, 15),
    )
    parties.save_project(desk, project, chain)


def unit(desk: Desk, name: str) -> Employer:
    known = [row for row in parties.employers(desk, name) if row.name == name]
    if known:
        return parties.employer_sheet(desk, known[0].id).employer
    return parties.save_employer(desk, Employer("", name, desk.city, desk.city))


def ten_workers(desk: Desk, case_id: str, each_fen: int = 4_000 * YUAN) -> None:
    forms = [
        ClaimForm(f"演示工人{n}", each_fen, period_from="2026-05", period_to="2026-07")
        for n in range(10)
    ]
    add_claims(desk, case_id, forms)


def order_served(desk: Desk, case_id: str) -> None:
    """An order to pay, issued and served today; it runs out on 10 October."""
    paper = issue(desk, papers.start_draft(desk, case_id, "rectification_order").id)
    form = ServiceForm((paper.id,), ServiceMethod.DIRECT, MONDAY, receiver="王演示")
    record_service(desk, case_id, form)


def visit(desk: Desk, case_id: str, failed: str) -> str:
    """An inspection of the case on which one item failed."""
    case = case_sheet(desk, case_id).case
    form = InspectionForm(
        "construction", MONDAY, COUNTY, project_id=case.project_id, case_id=case.id
    )
    started = start_inspection(desk, form)
    answer(desk, started.id, failed, Answer.NO)
    return started.id


def fine_decided(desk: Desk, case_id: str) -> None:
    """A fine of 10,000, its decision made elsewhere and served on 28 September."""
    record(
        desk,
        CaseEvent(new_id(), case_id, "penalty_decision", MONDAY, amount_fen=WAN),
        CaseEvent(
            new_id(),
            case_id,
            "outside_paper",
            MONDAY,
            until=MONDAY,
            paper_kind="penalty_decision",
            number="演示1号",
        ),
    )
    with desk.work("处罚决定") as uow:
        uow.save(replace(uow.get(Case, case_id), stage=Stage.PERFORMANCE))
        uow.commit()


def record(desk: Desk, *made: CaseEvent) -> None:
    with desk.work("登记") as uow:
        uow.add_all(made)
        uow.commit()


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


def test_the_deposit_follows_the_contract_and_the_bureaus_figures(desk: Desk, case_id: str) -> None:
    found = decide(desk, case_id).deposit
    assert found
    assert (found.low_fen, found.high_fen) == (100 * WAN, 300 * WAN)
    assert "“工资保证金比例（河南）”未填，按国家幅度给出区间" in found.missing
    save(
        desk,
        {"deposit_base_rate": "1.5", "deposit_cap": "5000000", "deposit_cap_traffic": "1000000"},
    )
    capped = decide(desk, case_id).deposit
    assert capped
    assert (capped.low_fen, capped.high_fen) == (100 * WAN, 100 * WAN)
    question = DepositQuestion(
        10_000 * WAN, other_projects=False, clean_years=0, arrears=True, listed=False
    )
    raised = decide(desk, case_id, Typed(deposit=question)).deposit
    assert raised
    assert (raised.low_fen, raised.high_fen) == (100 * WAN, None)
    save(desk, {"deposit_raise_arrears": "60", "deposit_raise_over_cap": "是"})
    exact = decide(desk, case_id, Typed(deposit=question)).deposit
    assert exact
    assert (exact.low_fen, exact.high_fen, exact.exempt) == (240 * WAN, 240 * WAN, Exempt.NO)


def test_another_project_of_the_general_contractor_lowers_the_rate(
    desk: Desk, case_id: str
) -> None:
    general = unit(desk, "演示建工集团")
    links = (ProjectParty("", "", general.id, PartyRole.GENERAL),)
    over = Project("", "演示旧项目", desk.city, desk.city, ends_on=date(2025, 1, 1))
    parties.save_project(desk, over, links)
    found = decide(desk, case_id).deposit
    assert found
    assert "同一地区有没有其他在建工程未填" in found.missing
    parties.save_project(desk, Project("", "演示新项目", desk.city, desk.city), links)
    lowered = decide(desk, case_id).deposit
    assert lowered
    assert lowered.low_fen == 50 * WAN


def test_a_fine_that_is_not_paid_grows_until_it_is(desk: Desk, case_id: str) -> None:
    fine_decided(desk, case_id)
    assert decide(desk, case_id).surcharge is None
    late = on(desk, date(2026, 10, 23))  # ten days after the last day for paying
    found = decide(late, case_id).surcharge
    assert found
    assert (found.fine_fen, found.due_on) == (WAN, date(2026, 10, 13))
    assert found.amount_fen == 3_000 * YUAN
    step(late, case_id, "fine_paid", date(2026, 10, 15), amount_fen=WAN)
    paid = decide(on(desk, LATER), case_id).surcharge
    assert paid
    assert (paid.on, paid.amount_fen) == (date(2026, 10, 15), 600 * YUAN)


def test_typed_months_meet_the_minimum_wage_of_the_county(desk: Desk, case_id: str) -> None:
    typed = Typed(paid_months=(PaidMonth("王演示", "2026-01", 2_000 * YUAN),))
    unknown = decide(desk, case_id, typed).minimum_wage
    assert unknown
    assert unknown.missing == ("当地最低工资类别没有核实，请在设置中选定",)
    save(desk, {f"wage_class_{COUNTY}": "一类"})
    known = decide(desk, case_id, typed).minimum_wage
    assert known
    assert known.gap_fen == 350 * YUAN


def test_a_figure_the_bureau_switched_off_is_as_good_as_unknown(desk: Desk, case_id: str) -> None:
    choose(desk, "TH-HEARING-UNIT", "off", "是", "另有规定")
    visit(desk, case_id, ITEM_SUB)
    found = decide(desk, case_id)
    assert found.fines.hearing_unit is Hearing.DEPENDS
    assert "“告知听证的罚款数额（法人、其他组织）”未填" in found.fines.missing


def test_a_bureaus_own_raise_is_exact(desk: Desk, case_id: str) -> None:
    assert decider_rules(desk).deposit(ProjectKind.WATER).raise_listed.bound is Bound.FROM
    choose(desk, "DP-RAISE-LISTED", "low", "120", "省里规定")
    figure = decider_rules(desk).deposit(ProjectKind.WATER).raise_listed
    assert (figure.bound, figure.low) == (Bound.EXACT, 12_000)


def test_a_rule_the_pack_lacks_is_told(desk: Desk) -> None:
    rules = decider_rules(desk)
    with pytest.raises(UserError, match="TH-NONE"):
        rules.figure("TH-NONE")
    with pytest.raises(UserError, match="nothing"):
        rules.ground("nothing")


def test_every_ground_names_an_article_with_its_level() -> None:
    grounds = load_grounds(library().office, library().statutes)
    assert len(grounds) == 15
    assert all(one.articles and one.cited for one in grounds.values())
    assert not grounds["crime_evasion"].settled, "刑法 was not seen in full"
