"""Clues become a case: what people reported is listed, and nothing of it twice."""

from dataclasses import replace

import pytest

from inspector_app.domain.clues import Clue, ClueState
from inspector_app.errors import UserError
from inspector_app.ledger.views import ClueQuery
from inspector_app.services.case_sheet import CaseSheet, case_history, case_sheet
from inspector_app.services.claim_repeats import REPEAT
from inspector_app.services.clue_filing import Twice, file_clue, same_unit
from inspector_app.services.clues import clue_list, clue_sheet, register_clue
from inspector_app.services.desk import Desk
from tests.helpers.desks import MONDAY, a_clue_form


def test_clues_about_one_unit_become_one_case_with_a_claim_for_each_person(desk: Desk) -> None:
    first = register_clue(desk, a_clue_form())
    register_clue(desk, a_clue_form(person_name="龙𬱖", amount_fen=2_145_000, person_id_number=""))
    register_clue(desk, a_clue_form(employer_name="别家公司"))
    together = [clue.id for clue in same_unit(desk, first.id)]

    case = file_clue(desk, first.id, MONDAY, together=together)

    sheet = case_sheet(desk, case.id, reveal=True)
    assert [row.worker.name for row in sheet.claims] == ["向大山", "龙𬱖"]
    assert sheet.totals.owing_fen == 4_005_000
    assert case.filed_on == MONDAY
    assert clue_sheet(desk, first.id).clue.state is ClueState.FILED
    assert clue_list(desk, ClueQuery(states=(ClueState.OPEN,))).total == 1


def test_who_asked_for_confidence_never_reaches_the_list_of_workers(desk: Desk) -> None:
    clue = register_clue(desk, a_clue_form(confidential=True, statement="电话13900000001"))

    sheet = case_sheet(desk, file_clue(desk, clue.id, MONDAY).id, reveal=True)

    assert sheet.claims == ()
    assert sheet.amount_fen == 1_860_000
    assert "13900000001" not in sheet.case.facts


def test_the_facts_of_a_case_name_nobody_who_reported_it(desk: Desk) -> None:
    first = register_clue(desk, a_clue_form(confidential=True, statement="向大山和龙𬱖反映欠薪"))
    again = a_clue_form(person_name="龙𬱖", statement="龙𬱖住湖滨路3号院", person_id_number="")
    other = register_clue(desk, replace(again, person_address="湖滨路3号院"))

    case = file_clue(desk, first.id, MONDAY, together=[other.id])

    facts = case_sheet(desk, case.id).case.facts
    assert facts == "向**和龙*反映欠薪\n龙*住（已隐去）"


def test_a_clue_about_another_unit_cannot_join_a_case(desk: Desk) -> None:
    first = register_clue(desk, a_clue_form())
    other = register_clue(desk, a_clue_form(employer_name="别家公司"))

    with pytest.raises(UserError, match="另一家单位"):
        file_clue(desk, first.id, MONDAY, together=[other.id])

    assert clue_sheet(desk, first.id).clue.state is ClueState.OPEN


# ── one sum reported twice ───────────────────────────────────────────────────────────────────
def reported(desk: Desk, *months: str, **first: object) -> list[Clue]:
    """By one person, each clue of the months named ("5-7"); `first` is of the first one alone."""
    made = []
    for number, span in enumerate(months):
        begin, end = (f"2026-{int(one):02}" for one in span.split("-"))
        form = a_clue_form(period_from=begin, period_to=end, **(first if number == 0 else {}))
        made.append(register_clue(desk, form))
    return made


def filed(desk: Desk, clues: list[Clue], twice: Twice) -> CaseSheet:
    first, *others = (one.id for one in clues)
    case = file_clue(desk, first, MONDAY, together=others, twice=twice)
    return case_sheet(desk, case.id, reveal=True)


def spans(sheet: CaseSheet) -> list[str]:
    return [f"{int(r.claim.period_from[5:])}-{int(r.claim.period_to[5:])}" for r in sheet.claims]


def test_one_sum_in_two_clues_is_asked_about_and_nothing_is_filed(desk: Desk) -> None:
    first, other = reported(desk, "6-8", "8-8")

    with pytest.raises(UserError) as refused:
        filed(desk, [first, other], Twice.ASK)

    assert refused.value.kind == REPEAT
    assert refused.value.message == (
        f"像是同一人、月份重叠的：{first.clue_no}（2026年6月至8月，应发 18,600.00 元）"
        f"与 {other.clue_no}（2026年8月，应发 18,600.00 元）。"
    )
    assert "向大山" not in refused.value.message
    assert {clue_sheet(desk, one.id).clue.state for one in (first, other)} == {ClueState.OPEN}


def test_one_sum_in_two_clues_is_listed_once_and_both_say_where_it_went(desk: Desk) -> None:
    first, other = reported(desk, "6-8", "8-8")

    sheet = filed(desk, [first, other], Twice.ONCE)

    assert spans(sheet) == ["6-8"]
    assert (sheet.case.stated_workers, sheet.case.stated_fen) == (1, 1_860_000)
    assert "只登记一笔" in case_history(desk, sheet.case.id)[0].why
    number = sheet.case.case_no
    assert clue_sheet(desk, first.id).clue.conclusion == f"已立案，案件编号 {number}"
    assert clue_sheet(desk, other.id).clue.conclusion == (
        f"已立案，案件编号 {number}；反映的欠薪与 {first.clue_no} 是同一笔，只登记一笔"
    )


def test_two_sums_of_one_person_are_both_listed_once_somebody_said_so(desk: Desk) -> None:
    sheet = filed(desk, reported(desk, "6-8", "8-8"), Twice.BOTH)

    assert spans(sheet) == ["6-8", "8-8"]
    assert sheet.totals.owing_fen == 3_720_000
    assert "分别登记" in case_history(desk, sheet.case.id)[0].why


@pytest.mark.parametrize("twice", Twice)
def test_sums_of_other_months_or_other_people_are_never_asked_about(
    desk: Desk, twice: Twice
) -> None:
    clues = reported(desk, "5-6", "7-8")
    clues.append(register_clue(desk, a_clue_form(person_name="龙𬱖", person_id_number="")))

    assert len(filed(desk, clues, twice).claims) == 3


def test_of_a_report_in_confidence_and_a_complaint_the_complaint_is_listed(desk: Desk) -> None:
    sheet = filed(desk, reported(desk, "6-8", "6-7", confidential=True), Twice.ONCE)

    assert spans(sheet) == ["6-7"]


def test_what_is_left_out_leaves_nothing_else_out(desk: Desk) -> None:
    """The second is the first again, the third is the second again but not the first."""
    sheet = filed(desk, reported(desk, "5-6", "6-7", "7-8"), Twice.ONCE)

    assert spans(sheet) == ["5-6", "7-8"]
