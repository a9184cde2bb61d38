"""What is owed to workers, what was paid, and what then remains."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.claims import Payer
from inspector_app.errors import UserError
from inspector_app.services.case_sheet import case_history, case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.claims import (
    ClaimForm,
    SettlementForm,
    add_claims,
    remove_claim,
    save_claim,
    settle,
    settle_all,
)
from inspector_app.services.desk import Desk
from tests.helpers.desks import MONDAY, a_case_form
from tests.helpers.steps import close_case

WANG = ClaimForm("王演示", 1_000_000, 200_000, 50_000, "410499197803120113", "13900000001")
LIU = ClaimForm("刘演示", 500_000, period_from="2026-07", period_to="2026-08")


@pytest.fixture
def case_id(desk: Desk) -> str:
    """A case without claims yet."""
    return new_case(desk, a_case_form(workers=9, amount_fen=99)).id


def test_listed_claims_take_the_place_of_what_was_reported(desk: Desk, case_id: str) -> None:
    assert case_sheet(desk, case_id).amount_fen == 99

    add_claims(desk, case_id, [WANG, LIU])

    sheet = case_sheet(desk, case_id)
    assert (sheet.amount_fen, sheet.workers) == (1_250_000, 2)
    assert sheet.totals.withheld_fen == 50_000


def test_a_person_with_two_claims_is_one_worker(desk: Desk, case_id: str) -> None:
    add_claims(desk, case_id, [WANG])
    add_claims(desk, case_id, [WANG], again=True)

    assert case_sheet(desk, case_id).totals.workers == 1
    assert "确认是另一笔" in case_history(desk, case_id)[0].why


@pytest.mark.parametrize("form", [WANG, replace(LIU, period_from="2026-08", period_to="2026-09")])
def test_a_sum_that_is_listed_is_not_entered_by_hand_a_second_time(
    desk: Desk, case_id: str, form: ClaimForm
) -> None:
    add_claims(desk, case_id, [WANG, LIU])

    with pytest.raises(UserError, match=f"已有{form.name}（.*请修改那一笔") as refused:
        add_claims(desk, case_id, [form])

    assert refused.value.kind == "repeat"
    assert len(case_sheet(desk, case_id).claims) == 2


def test_rows_entered_together_are_held_against_each_other(desk: Desk, case_id: str) -> None:
    with pytest.raises(UserError, match=r"已有刘演示（2026年7月至8月，应发 5,000\.00 元）"):
        add_claims(desk, case_id, [LIU, LIU])


def test_what_repeats_in_the_list_already_does_not_stop_another_person(
    desk: Desk, case_id: str
) -> None:
    add_claims(desk, case_id, [LIU, LIU], again=True)

    assert len(add_claims(desk, case_id, [WANG])) == 1


def test_identity_data_are_masked_until_asked_for(desk: Desk, case_id: str) -> None:
    add_claims(desk, case_id, [WANG])

    masked = case_sheet(desk, case_id).claims[0]
    shown = case_sheet(desk, case_id, reveal=True).claims[0]

    assert "19780312" not in masked.id_number
    assert shown.id_number == "410499197803120113"
    assert shown.id_problem == ""


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ClaimForm(" ", 1), "name"),
        (ClaimForm("王", -1), "due_fen"),
        (ClaimForm("王", 100, 80, 30), "paid_fen"),
        (ClaimForm("王", 100, period_from="2026-03-01"), "period_from"),
        (ClaimForm("王", 100, period_to="2026年3月"), "period_to"),
        (ClaimForm("王", 100, period_from="2026-08", period_to="2026-07"), "period_to"),
    ],
)
def test_a_claim_that_cannot_be_leaves_the_list_as_it_was(
    desk: Desk, case_id: str, form: ClaimForm, field: str
) -> None:
    with pytest.raises(UserError) as refused:
        add_claims(desk, case_id, [LIU, form])

    assert refused.value.field == field
    assert case_sheet(desk, case_id).claims == ()


def test_a_claim_can_be_changed_and_taken_off_the_list(desk: Desk, case_id: str) -> None:
    claim = add_claims(desk, case_id, [LIU])[0]

    save_claim(desk, ClaimForm("刘改名", 600_000, trade="木工", claim_id=claim.id))
    row = case_sheet(desk, case_id).claims[0]
    assert (row.worker.name, row.worker.trade, row.owing_fen) == ("刘改名", "木工", 600_000)

    remove_claim(desk, claim.id)
    assert case_sheet(desk, case_id).claims == ()


def test_a_claim_cannot_fall_below_what_was_paid_nor_lose_what_is_known(
    desk: Desk, case_id: str
) -> None:
    claim = add_claims(desk, case_id, [WANG])[0]
    settle(desk, case_id, [SettlementForm(claim.id, 200_000, MONDAY)])

    with pytest.raises(UserError, match="已清偿"):
        save_claim(desk, ClaimForm("王演示", 100, claim_id=claim.id))
    save_claim(desk, ClaimForm("王演示", 1_000_000, claim_id=claim.id))

    row = case_sheet(desk, case_id, reveal=True).claims[0]
    assert (row.id_number, row.phone) == (WANG.id_number, WANG.phone)


def test_a_closed_case_takes_no_more_claims(desk: Desk, case_id: str) -> None:
    close_case(desk, case_id, MONDAY)

    with pytest.raises(UserError, match="已结案"):
        add_claims(desk, case_id, [LIU])


def test_payments_lower_what_is_owing_and_never_below_nothing(desk: Desk, case_id: str) -> None:
    claim = add_claims(desk, case_id, [LIU])[0]
    settle(desk, case_id, [SettlementForm(claim.id, 200_000, MONDAY, Payer.GENERAL)])

    assert case_sheet(desk, case_id).totals.owing_fen == 300_000
    with pytest.raises(UserError, match="超过尚欠"):
        settle(desk, case_id, [SettlementForm(claim.id, 300_001, MONDAY)])
    with pytest.raises(UserError, match="不能删除"):
        remove_claim(desk, claim.id)


@pytest.mark.parametrize(
    ("amount", "on", "field"), [(0, MONDAY, "amount_fen"), (1, date(2026, 9, 29), "paid_on")]
)
def test_a_payment_has_an_amount_and_lies_in_the_past(
    desk: Desk, case_id: str, amount: int, on: date, field: str
) -> None:
    claim = add_claims(desk, case_id, [LIU])[0]

    with pytest.raises(UserError) as refused:
        settle(desk, case_id, [SettlementForm(claim.id, amount, on)])

    assert refused.value.field == field


def test_everything_owing_is_paid_at_once(desk: Desk, case_id: str) -> None:
    add_claims(desk, case_id, [WANG, LIU])

    settle_all(desk, case_id, MONDAY, Payer.DEPOSIT, "回单001")

    assert case_sheet(desk, case_id).totals.owing_fen == 0
    with pytest.raises(UserError, match="没有尚欠"):
        settle_all(desk, case_id, MONDAY, Payer.DEPOSIT)
