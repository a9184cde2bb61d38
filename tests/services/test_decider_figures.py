"""Deposit, surcharge, minimum wage of a case, and the bureau's figures behind all proposals."""

from datetime import date

import pytest

from inspector_app.domain.deciders.compensation import PaidMonth
from inspector_app.domain.deciders.deposit import DepositQuestion, Exempt
from inspector_app.domain.deciders.hearings import Hearing
from inspector_app.domain.parties import (
    PartyRole,
    Project,
    ProjectKind,
    ProjectParty,
)
from inspector_app.domain.rules import Bound
from inspector_app.errors import UserError
from inspector_app.services import parties
from inspector_app.services.decider_rules import decider_rules
from inspector_app.services.deciders import (
    Typed,
    decide,
)
from inspector_app.services.desk import Desk
from inspector_app.services.rules import choose
from inspector_app.services.settings import save
from tests.helpers.decider_cases import (
    ITEM_SUB,
    LATER,
    WAN,
    YUAN,
    a_chained_case,
    fine_decided,
    unit,
    visit,
)
from tests.helpers.desks import COUNTY, library, on
from tests.helpers.steps import step


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A subcontractor's case on a project with owner and general contractor."""
    return a_chained_case(desk)


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


def test_a_project_without_a_cap_of_its_trade_has_the_general_one(desk: Desk, case_id: str) -> None:
    save(desk, {"deposit_base_rate": "1.5", "deposit_cap": "1200000"})
    found = decide(desk, case_id).deposit
    assert found
    assert (found.low_fen, found.high_fen) == (120 * WAN, 120 * WAN)


def test_the_length_of_the_works_counts_begun_months_whole(desk: Desk, case_id: str) -> None:
    """10 January 2026 to 15 March 2027: fourteen months and some days."""
    save(desk, {"deposit_small_months": "15"})
    full = decide(desk, case_id).deposit
    save(desk, {"deposit_small_months": "16"})
    short = decide(desk, case_id).deposit
    assert full
    assert short
    assert (full.exempt, short.exempt) == (Exempt.NO, Exempt.MAY)


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
    assert decide(on(desk, date(2026, 10, 13)), case_id).surcharge is None
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
    grounds = library().grounds
    assert len(grounds) == 15
    assert all(one.articles and one.cited for one in grounds.values())
    assert not grounds["crime_evasion"].settled, "刑法 was not seen in full"
