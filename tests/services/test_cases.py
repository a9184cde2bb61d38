"""Cases as an inspector opens, changes and moves them."""

from dataclasses import replace
from datetime import date

import pytest

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.parties import Employer
from inspector_app.domain.terms import DaysLeft, Level
from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery
from inspector_app.services import parties
from inspector_app.services.case_ref import find_case
from inspector_app.services.case_sheet import case_history, case_sheet
from inspector_app.services.cases import case_list, new_case, read_count, read_source, set_fields
from inspector_app.services.desk import Desk
from inspector_app.services.settings import save, save_inspector
from tests.helpers.desks import MONDAY, a_case_form, on, two_inspectors
from tests.helpers.steps import step


def test_a_new_case_has_the_next_number_of_the_year(desk: Desk) -> None:
    numbers = [new_case(desk, a_case_form()).case_no for _ in range(2)]

    assert numbers == ["平人社监〔2026〕1号", "平人社监〔2026〕2号"]


def test_employer_and_project_are_entered_once(desk: Desk) -> None:
    first = new_case(desk, a_case_form())
    second = new_case(desk, a_case_form(credit_code=""))

    assert first.employer_id == second.employer_id
    assert first.project_id == second.project_id
    assert len(parties.employers(desk)) == 1


def test_two_units_of_one_name_but_other_codes_stay_two(desk: Desk) -> None:
    first = new_case(desk, a_case_form())
    second = new_case(desk, a_case_form(credit_code="91410499MADEM00025"))

    assert first.employer_id != second.employer_id


def test_a_number_an_imported_ledger_bears_is_passed_over_and_accounted_for(desk: Desk) -> None:
    new_case(desk, a_case_form(case_no="平人社监〔2026〕1号"))

    assert new_case(desk, a_case_form()).case_no == "平人社监〔2026〕2号"
    assert desk.ledger.check() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"employer": " "}, "employer"),
        ({"received_on": date(2026, 9, 29), "filed_on": None}, "received_on"),
        ({"scope": "999999"}, "scope"),
        ({"received_on": date(1900, 1, 1), "filed_on": None}, "received_on"),
        ({"filed_on": date(2026, 9, 24)}, "on"),
    ],
)
def test_a_case_that_cannot_be_is_refused_and_changes_nothing(
    desk: Desk, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(UserError) as refused:
        new_case(desk, a_case_form(**changes))

    assert refused.value.field == field
    assert case_list(desk, CaseQuery()).total == 0
    assert parties.employers(desk) == []


def test_a_case_is_found_by_number_id_or_the_only_match(desk: Desk) -> None:
    case = new_case(desk, a_case_form())

    assert find_case(desk, case.case_no) == case
    assert find_case(desk, case.id) == case
    assert find_case(desk, "青禾") == case
    with pytest.raises(UserError, match="没有找到案件"):
        find_case(desk, "不存在")


def test_a_case_moves_step_by_step_to_its_end(desk: Desk) -> None:
    case = new_case(desk, a_case_form(filed_on=None))

    assert step(desk, case.id, "file", MONDAY).stage is Stage.INVESTIGATION
    assert step(desk, case.id, "withdraw", MONDAY, "轻微且已改正").stage is Stage.WITHDRAWN
    closed = step(desk, case.id, "close", MONDAY, "工资已全部付清")

    assert (closed.stage, closed.closed_on) == (Stage.CLOSED, MONDAY)
    assert case_sheet(desk, case.id).clocks == ()


def test_a_step_out_of_turn_is_refused_with_what_is_possible(desk: Desk) -> None:
    case = new_case(desk, a_case_form(filed_on=None))

    with pytest.raises(UserError, match="现在可以立案"):
        step(desk, case.id, "close", MONDAY, "理由")


def test_fields_are_changed_by_name_and_the_trail_says_who_and_why(desk: Desk) -> None:
    case = new_case(desk, a_case_form())

    changed = set_fields(desk, case.id, {"cause": "克扣工资", "workers": "12"}, "核实后更正")

    assert changed == ["cause", "workers"]
    last = case_history(desk, case.id)[0]
    assert (last.actor, last.why, last.action) == ("李明", "核实后更正", "修改案件")
    assert set_fields(desk, case.id, {"cause": "克扣工资"}) == []


def test_every_field_of_the_command_line_can_be_set(desk: Desk) -> None:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form())

    set_fields(
        desk,
        case.id,
        {
            "employer": "恒岳市政工程有限公司",
            "project": "沿河路改造工程",
            "scope": "410402",
            "source": "12345热线",
            "note": "备注",
            "facts": "事实",
            "leader": "王局长",
            "amount_fen": "1234500",
            "received_on": "2026-09-24",
            "lead": lead.id,
            "assist": assist.id,
        },
    )

    sheet = case_sheet(desk, case.id)
    assert sheet.employer.name == "恒岳市政工程有限公司"
    assert sheet.project is not None
    assert sheet.project.name == "沿河路改造工程"
    assert sheet.case.source is Source.HOTLINE_12345
    assert sheet.amount_fen == 1_234_500
    assert (sheet.lead, sheet.assist) == (lead, assist)
    set_fields(desk, case.id, {"amount": "23,456.70", "project": ""})
    assert case_sheet(desk, case.id).amount_fen == 2_345_670
    assert case_sheet(desk, case.id).project is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"workers": "十二"}, "workers"),
        ({"amount_fen": "99999999999999999999"}, "amount_fen"),
        ({"cause": " "}, "cause"),
        ({"scope": "1"}, "scope"),
        ({"source": "梦里"}, "source"),
        ({"received_on": "昨天"}, "received_on"),
        ({"received_on": "2026-10-01"}, "received_on"),
        ({"employer": ""}, "employer"),
        ({"lead": "没有此人"}, "lead"),
        ({"assist": "没有此人"}, "assist"),
    ],
)
def test_a_value_that_will_not_do_names_its_field(
    desk: Desk, values: dict[str, str], field: str
) -> None:
    case = new_case(desk, a_case_form())

    with pytest.raises(UserError) as refused:
        set_fields(desk, case.id, values)

    assert refused.value.field == field


def test_inspectors_are_set_by_name_or_certificate_and_are_two(desk: Desk) -> None:
    lead, assist = two_inspectors(desk)
    case = new_case(desk, a_case_form())
    set_fields(desk, case.id, {"lead": lead.name, "assist": assist.certificate})
    sheet = case_sheet(desk, case.id)
    assert (sheet.lead, sheet.assist) == (lead, assist)
    with pytest.raises(UserError, match="另一名监察员") as refused:
        set_fields(desk, case.id, {"assist": lead.name})
    assert refused.value.field == "assist"
    with pytest.raises(UserError, match="另一名监察员"):
        new_case(desk, a_case_form(lead_id=lead.id, assist_id=lead.id))
    save_inspector(desk, replace(assist, id="", certificate="YS-0003"))
    with pytest.raises(UserError, match=f"有 2 名监察员叫“{assist.name}”"):
        set_fields(desk, case.id, {"assist": assist.name})
    set_fields(desk, case.id, {"lead": ""})
    assert case_sheet(desk, case.id).lead is None


def test_a_case_whose_inspector_is_not_here_opens_all_the_same(desk: Desk) -> None:
    """It came from another county, or by a hand that knew no register."""
    case = new_case(desk, a_case_form())
    with desk.work("演示") as uow:
        uow.save(replace(uow.get(Case, case.id), lead_id="somewhere-else"))
        uow.commit()
    assert case_sheet(desk, case.id).lead is None


def test_what_came_in_cannot_come_in_after_it_was_filed(desk: Desk) -> None:
    case = new_case(desk, a_case_form(received_on=date(2026, 9, 21), filed_on=date(2026, 9, 23)))
    with pytest.raises(UserError, match="不能晚于立案日期 2026年9月23日") as refused:
        set_fields(desk, case.id, {"received_on": "2026-09-24"})
    assert refused.value.field == "received_on"
    assert set_fields(desk, case.id, {"received_on": "2026-09-22"}) == ["received_on"]


def test_texts_become_values_at_the_edge() -> None:
    assert read_source("12333") is Source.HOTLINE_12333
    assert read_count("") is None
    assert read_count("0") == 0


def test_the_list_shows_the_clock_that_runs_out_first(desk: Desk) -> None:
    case = new_case(desk, a_case_form(filed_on=None))

    line = case_list(on(desk, date(2026, 10, 12)), CaseQuery()).lines[0]

    assert line.row.id == case.id
    # Seven days from 25 September end in the holidays and roll to the 8th (D03, Henan); the five
    # working days of D01 end a day later: the stricter leads.
    assert line.due == date(2026, 10, 8)
    assert line.level is Level.OVERDUE
    assert line.days_left is not None
    assert line.days_left == DaysLeft(-4)


def test_the_list_counts_in_the_unit_of_each_clock(desk: Desk) -> None:
    new_case(desk, a_case_form(filed_on=None))
    today = on(desk, date(2026, 9, 26))

    henan = case_list(today, CaseQuery()).lines[0]
    save(desk, {"term_lead": "国家规定"})
    national = case_list(today, CaseQuery()).lines[0]

    assert (henan.due, henan.days_left) == (date(2026, 10, 8), DaysLeft(12))
    assert (national.due, national.days_left) == (date(2026, 10, 9), DaysLeft(5, working=True))


def test_every_clock_of_a_filed_case_says_why(desk: Desk) -> None:
    case = new_case(desk, a_case_form())

    clocks = {clock.rule: clock for clock in case_sheet(desk, case.id).clocks}

    assert {"D05", "D06"} <= set(clocks)
    assert clocks["D05"].due == date(2026, 12, 24)
    assert "跳过" in clocks["D05"].why
    assert clocks["D05"].article


def test_units_and_projects_know_their_cases_and_one_another(desk: Desk) -> None:
    case = new_case(desk, a_case_form(credit_code="91520382MAAJM1B991"))
    sheet = parties.employer_sheet(desk, case.employer_id)

    assert "校验" in sheet.code_problem
    assert [row.id for row in sheet.cases] == [case.id]
    assert case.project_id is not None
    assert [row.id for row in parties.project_sheet(desk, case.project_id).cases] == [case.id]


def test_a_unit_is_not_entered_twice(desk: Desk) -> None:
    blank = Employer("", "青禾", desk.city, desk.city, "91410499MADEM00012")
    made = parties.save_employer(desk, blank)

    assert made.id
    with pytest.raises(UserError, match="已登记在"):
        parties.save_employer(desk, Employer("", "另名", "1", "1", "91410499MADEM00012"))
    with pytest.raises(UserError, match="已经登记过"):
        parties.save_employer(desk, Employer("", "青禾", "1", "1"))
    with pytest.raises(UserError, match="单位名称"):
        parties.save_employer(desk, Employer("", " ", "1", "1"))
