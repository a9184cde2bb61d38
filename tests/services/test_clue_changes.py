"""A clue that says what is wrong is put right with a reason; one concluded wrongly comes back."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.clues import Clue, ClueState
from inspector_app.errors import UserError
from inspector_app.services.access import reveal_clue
from inspector_app.services.clue_changes import Corrected, correct_clue, form_of, reopen_clue
from inspector_app.services.clue_filing import file_clue
from inspector_app.services.clues import clue_sheet, conclude_clue, register_clue
from inspector_app.services.desk import Desk
from tests.helpers.desks import MONDAY, a_clue_form

WHY = "登记时看错"


def corrected(desk: Desk, clue: Clue, why: str = WHY, **changes: object) -> Corrected:
    person = clue_sheet(desk, clue.id).person
    was = form_of(clue, confidential=person.confidential if person else True)
    now = replace(was, **changes)  # type: ignore[arg-type]  # tests name fields freely
    return correct_clue(desk, clue.id, was, now, why)


def test_what_was_registered_wrongly_is_put_right_and_the_trail_says_why(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(statement="活干完了没给钱"))
    day = date(2026, 9, 21)

    done = corrected(
        desk, clue, employer_name=" 青禾劳务有限公司 ", received_on=day, amount_fen=1_680_000,
        amount_written="16800元", period_from="2026-06", period_to="2026-08", credit_code="9a",
    )  # fmt: skip

    sheet = clue_sheet(desk, clue.id)
    assert sheet.clue == done.clue
    assert (sheet.clue.employer_name, sheet.clue.received_on) == ("青禾劳务有限公司", day)
    assert (sheet.clue.amount_fen, sheet.clue.credit_code) == (1_680_000, "9A")
    assert sheet.clue.statement == "活干完了没给钱"
    assert sheet.clue.clue_no == clue.clue_no
    assert set(done.changed) == {
        "用人单位", "接收日期", "涉及金额", "金额原文", "欠薪起月", "欠薪止月", "统一社会信用代码",
    }  # fmt: skip
    assert (sheet.decide_by or day) < date(2026, 10, 1)  # the term starts from the day as it was
    newest = desk.ledger.history("clue", clue.id)[0]
    assert (newest.action, newest.why) == ("修改线索", WHY)


def test_the_reporter_is_changed_without_being_shown_and_blank_leaves_him_alone(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(confidential=False))

    done = corrected(desk, clue, person_phone="13900000009", confidential=True, person_name=" ")

    person = reveal_clue(desk, clue.id, "核对").person
    assert person is not None
    assert (person.name, person.phone, person.confidential) == ("向大山", "13900000009", True)
    assert done.changed == ("反映人电话", "反映人保密")
    case = file_clue(desk, clue.id, MONDAY)
    assert case.stated_fen == 1_860_000


def test_a_reporter_nobody_registered_can_be_added_later(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(person_name="", person_phone="", person_id_number=""))
    with pytest.raises(UserError, match="没有登记反映人"):
        corrected(desk, clue, confidential=False)

    assert corrected(desk, clue, person_name="龙𬱖").changed == ("反映人姓名",)
    assert reveal_clue(desk, clue.id, "核对").person is not None


@pytest.mark.parametrize(
    ("changes", "why", "field"),
    [
        ({"cause": "克扣工资"}, " ", "why"),
        ({"employer_name": ""}, WHY, "employer_name"),
        ({"received_on": date(2026, 9, 29)}, WHY, "received_on"),
        ({"scope": "999999"}, WHY, "scope"),
    ],
)
def test_a_correction_needs_a_reason_and_says_only_what_can_be(
    desk: Desk, changes: dict[str, object], why: str, field: str
) -> None:
    clue = register_clue(desk, a_clue_form())

    with pytest.raises(UserError) as refused:
        corrected(desk, clue, why, **changes)

    assert refused.value.field == field
    assert clue_sheet(desk, clue.id).clue == clue


def test_only_what_the_person_changed_is_written(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())
    corrected(desk, clue, cause="克扣工资")

    assert corrected(desk, clue, workers=3).clue.cause == "克扣工资"
    assert corrected(desk, clue).changed == ()
    assert len(desk.ledger.history("clue", clue.id)) == 3


def test_a_clue_concluded_wrongly_comes_back_and_a_filed_one_does_not(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form())
    with pytest.raises(UserError, match="还没有办结"):
        reopen_clue(desk, clue.id, WHY)
    conclude_clue(desk, clue.id, ClueState.REFUSED, MONDAY, "不属本局", "已告知")
    with pytest.raises(UserError, match="先重新打开"):
        corrected(desk, clue, cause="克扣工资")
    with pytest.raises(UserError) as refused:
        reopen_clue(desk, clue.id, "")
    assert refused.value.field == "why"

    assert reopen_clue(desk, clue.id, "核实后属本局管辖") == clue

    assert desk.ledger.history("clue", clue.id)[0].why == "核实后属本局管辖"
    file_clue(desk, clue.id, MONDAY)
    with pytest.raises(UserError, match="撤销立案"):
        reopen_clue(desk, clue.id, WHY)
    with pytest.raises(UserError, match="在案件里修改"):
        corrected(desk, clue, cause="克扣工资")
