"""Headings made for the eye are found, and the mapping can be corrected and remembered."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from inspector_app.errors import UserError
from inspector_app.sheets.cells import Sheet, make_cell, make_sheet
from inspector_app.sheets.fields import Kind, field_of, kind_of
from inspector_app.sheets.header import find_header, heading, unit_of
from inspector_app.sheets.mapping import (
    choose,
    fingerprint,
    from_dict,
    guess,
    guess_kind,
    recall,
    sample,
)
from inspector_app.sheets.read import read_workbook
from tests.sheets.builders import clue_row, clue_workbook


def sheet_of(*rows: Sequence[object], merged: Sequence[tuple[int, int, int, int]] = ()) -> Sheet:
    return make_sheet("表", [[make_cell(value) for value in row] for row in rows], merged)


CASE_UPPER = [
    *("序号", "案件号", "立案日期", "项目名称", "总包单位", "分包/劳务", "欠薪责任主体"),
    *("涉及", "涉及", "已支付", "已支付", "未支付"),
]
CASE_LOWER = ["", "", "", "", "", "", "", "人数", "金额", "人数", "金额", ""]


def test_a_two_level_heading_under_title_and_unit_line_is_found(tmp_path: Path) -> None:
    sheet = read_workbook(clue_workbook(tmp_path / "a.xlsx", [clue_row(1, "134.66")], "万元"))[0]
    mapping = guess(sheet, Kind.CLUES)
    assert mapping.title == "平顶山市2026年8月欠薪线索核处台账"
    assert mapping.header_rows == (2, 3)
    assert mapping.first_data_row == 4
    assert mapping.headers[6:11] == (
        "反映人/姓名",
        "反映人/电话",
        "反映人/身份证号",
        "涉及/人数",
        "涉及/金额",
    )
    assert mapping.unit == "万元"
    assert mapping.units == {"amount": "万元"}
    assert mapping.columns == {
        "outside_no": 1,
        "received_on": 2,
        "employer_name": 3,
        "credit_code": 4,
        "project_name": 5,
        "person_name": 6,
        "person_phone": 7,
        "person_id_number": 8,
        "workers": 9,
        "amount": 10,
        "source": 11,
        "statement": 12,
        "note": 13,
    }
    assert mapping.missing() == ()


def test_a_case_ledger_without_told_merges_is_understood_too() -> None:
    upper = ["" if CASE_UPPER[i - 1] == text else text for i, text in enumerate(CASE_UPPER)]
    upper[0] = "序号"
    row = [1, "案1", "2026.1.5", "项目甲", "总包甲", "劳务甲", "劳务甲", 3, 100, 1, 50, 50]
    mapping = guess(sheet_of(["台账"], upper, CASE_LOWER, row), Kind.CASES)
    assert mapping.first_data_row == 3
    assert mapping.headers[7:11] == ("涉及/人数", "涉及/金额", "已支付/人数", "已支付/金额")
    wanted = {"workers": 7, "amount": 8, "paid_workers": 9, "paid": 10, "owing": 11}
    assert wanted.items() <= mapping.columns.items()


def test_a_lower_heading_under_a_foreign_group_is_not_the_matter_itself() -> None:
    merges = [(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)]
    sheet = sheet_of(
        ["单位名称", "其中农民工", "", "罚款", ""],
        ["", "人数", "金额", "字号", "金额"],
        ["甲公司", 3, 100, "x", 200],
        merged=merges,
    )
    assert guess(sheet, Kind.CASES).columns == {"employer_name": 0}


def test_a_line_that_numbers_the_columns_is_no_data() -> None:
    sheet = sheet_of(["单位名称", "涉及人数", "涉及金额"], ["甲", "1", "2"], ["甲公司", 3, 100])
    assert guess(sheet, Kind.CLUES).first_data_row == 2
    sheet = sheet_of(["单位名称", "涉及人数", "涉及金额"], ["甲公司", 3, 100])
    assert guess(sheet, Kind.CLUES).first_data_row == 1


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("★ 欠薪金额（元）", "欠薪金额"),
        ("涉及金额(原文)", "涉及金额"),
        ("金额_元", "金额"),
        ("企业名称：", "企业名称"),
        ("法定代表人（负责人）", "法定代表人(负责人)"),
    ],
)
def test_headings_are_compared_without_units_and_marks(text: str, bare: str) -> None:
    assert heading(text) == bare


def test_units_are_read_from_headings() -> None:
    assert unit_of("涉及金额（万元）") == "万元"
    assert unit_of("金额_元") == "元"
    assert unit_of("涉及金额/万元") == "万元"
    assert unit_of("元旦值班") == ""


def test_the_reporting_bureau_is_no_unit_of_money() -> None:
    sheet = sheet_of(
        ["台账", ""], ["填报单位（盖章）：三元区", "单位:件、人"], ["单位名称", "涉及金额"]
    )
    assert find_header(sheet, {"单位名称", "涉及金额"}).unit == ""


def test_a_heading_with_its_own_unit_beats_the_unit_line() -> None:
    sheet = sheet_of(
        ["单位：人、万元", "", ""], ["单位名称", "涉及金额（元）", "未支付"], ["甲", 1, 2]
    )
    assert guess(sheet, Kind.CASES).units == {"amount": "元", "owing": "万元"}


def test_the_amount_as_written_leads_and_the_number_checks_it() -> None:
    sheet = sheet_of(["企业名称", "金额_元", "涉及金额(原文)"], ["甲公司", 1346600.0, "134.66万元"])
    columns = guess(sheet, Kind.CLUES).columns
    assert (columns["amount"], columns["amount_check"]) == (2, 1)
    sheet = sheet_of(["企业名称", "欠薪金额", "涉及金额"], ["甲公司", 1346600, "134.66万元"])
    columns = guess(sheet, Kind.CLUES).columns
    assert (columns["amount"], columns["amount_check"]) == (2, 1)


def test_a_choice_column_whose_words_nobody_knows_is_left_out() -> None:
    assert "source" not in guess(sheet_of(["source", "企业名称"], ["A", "甲"]), Kind.CLUES).columns
    assert "source" in guess(sheet_of(["来源", "企业名称"], ["信访", "甲"]), Kind.CLUES).columns


def test_a_longer_heading_counts_when_the_rest_does_not_change_its_meaning() -> None:
    columns = guess(sheet_of(["拖欠工资金额总计", "总包单位联系电话"], [1, 2]), Kind.CASES).columns
    assert columns == {"amount": 0}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("姓名 身份证号 应发工资 已发工资 欠发工资 银行卡号", Kind.WORKERS),
        ("项目名称 建设单位 施工单位 监理单位 开工日期 合同价", Kind.PROJECTS),
        ("单位名称 统一社会信用代码 法定代表人 地址 联系电话", Kind.EMPLOYERS),
        ("姓名 身份证号 实发金额 发放日期 流水号", Kind.PAYMENTS),
        ("案件号 立案日期 用人单位 涉及金额 主办 协办 状态", Kind.CASES),
        ("工单编号 反映时间 被投诉单位 投诉内容 投诉人 联系电话", Kind.CLUES),
    ],
)
def test_the_kind_of_a_list_is_guessed_from_its_headings(header: str, kind: Kind) -> None:
    assert guess_kind(sheet_of(header.split(), ["x"] * len(header.split()))) is kind


def test_the_best_visible_sheet_is_chosen_and_a_named_one_obeyed() -> None:
    cover = make_sheet("封面", [[make_cell("说明")]])
    data = make_sheet("数据", [[make_cell("企业名称"), make_cell("涉及金额")], [make_cell("甲")]])
    hidden = make_sheet("藏", data.rows, hidden=True)
    assert choose([cover, hidden, data])[0].name == "数据"
    assert choose([hidden])[0].name == "藏"
    assert choose([cover, data], Kind.CLUES, "封面")[0].name == "封面"
    with pytest.raises(UserError, match="没有名为“x”的表"):
        choose([cover], name="x")


def test_a_mapping_survives_being_saved_and_fits_the_next_file(tmp_path: Path) -> None:
    first = read_workbook(clue_workbook(tmp_path / "a.xlsx", [clue_row(1, 100)]))[0]
    edited = guess(first, Kind.CLUES).with_columns({"employer_name": 5, "amount": 10})
    saved = from_dict(json.loads(json.dumps(edited.to_dict())))
    assert saved == edited
    later = sheet_of(*[[cell.value for cell in row] for row in first.rows[2:]], merged=())
    found = recall(later, [saved], Kind.CLUES)
    assert found is not None
    assert found.columns == {"employer_name": 5, "amount": 10}
    assert found.first_data_row == 2
    assert found.sheet == "表"
    assert recall(later, [saved], Kind.CASES) is None


def test_the_column_of_reasons_we_add_does_not_hide_a_known_heading() -> None:
    assert fingerprint(["企业名称", "涉及金额"]) == fingerprint(["企业名称 ", "涉及金额", "原因"])


def test_a_hand_made_mapping_is_checked() -> None:
    mapping = guess(sheet_of(["企业名称", "金额（万元）"], ["甲", 1]), Kind.CLUES)
    assert mapping.with_columns({"employer_name": 0}).units == {}
    assert mapping.with_columns({"employer_name": 0, "amount": 1}).units == {"amount": "万元"}
    with pytest.raises(UserError, match="没有“salary”这一项"):
        mapping.with_columns({"salary": 0})
    with pytest.raises(UserError, match="没有第 8 列"):
        mapping.with_columns({"employer_name": 7})


@pytest.mark.parametrize(
    "spoil",
    [
        {"columns": []},
        {"headers": "x"},
        {"units": {"amount": "美元"}},
        {"first_data_row": -1},
        {"header_rows": None},
    ],
)
def test_a_damaged_saved_mapping_is_refused(spoil: dict[str, object]) -> None:
    good = guess(sheet_of(["企业名称", "金额"], ["甲", 1]), Kind.CLUES).to_dict()
    with pytest.raises(UserError, match="已损坏"):
        from_dict({**good, **spoil})


def test_an_unknown_kind_names_the_choices() -> None:
    assert kind_of("workers") is Kind.WORKERS
    with pytest.raises(UserError, match="clues（线索）"):
        kind_of("x")
    with pytest.raises(KeyError):
        field_of(Kind.CLUES, "x")


def test_a_sheet_without_known_headings_starts_at_its_first_full_row_of_words() -> None:
    sheet = sheet_of(["报告", "", ""], ["Case", "Received", "Wages"], ["7", "2", 3])
    mapping = guess(sheet, Kind.CLUES)
    assert (mapping.header_rows, mapping.first_data_row, mapping.columns) == ((1,), 2, {})
    assert guess(sheet_of([1, 2], [3, 4]), Kind.CLUES).header_rows == (0,)


def test_a_heading_of_three_levels_is_read_whole() -> None:
    merges = [(0, 0, 2, 0), (0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 2, 3), (1, 4, 2, 4)]
    sheet = sheet_of(
        ["单位名称", "办理情况", "", "", ""],
        ["", "已支付", "", "状态", "备注"],
        ["", "人数", "金额", "", ""],
        ["甲公司", 1, 50, "在办", ""],
        merged=merges,
    )
    mapping = guess(sheet, Kind.CASES)
    assert mapping.header_rows == (0, 1, 2)
    assert mapping.headers[2] == "办理情况/已支付/金额"


def test_a_group_over_two_columns_brings_in_the_row_below_it() -> None:
    sheet = sheet_of(
        ["单位名称", "项目名称", "涉及", ""],
        ["", "", "人数", "金额"],
        ["甲公司", "项目甲", 3, 100],
        merged=[(0, 2, 0, 3)],
    )
    mapping = guess(sheet, Kind.CLUES)
    assert mapping.first_data_row == 2
    assert mapping.headers == ("单位名称", "项目名称", "涉及/人数", "涉及/金额")


def test_a_column_without_heading_is_left_out() -> None:
    mapping = guess(sheet_of(["企业名称", "", "涉及金额"], ["甲", "x", 1]), Kind.CLUES)
    assert mapping.columns == {"employer_name": 0, "amount": 2}


def test_the_preview_shows_the_first_filled_rows() -> None:
    sheet = sheet_of(["企业名称"], [""], ["甲\n公司"], ["乙"], ["丙"])
    assert sample(sheet, guess(sheet, Kind.CLUES), 2) == [["甲 公司"], ["乙"]]
