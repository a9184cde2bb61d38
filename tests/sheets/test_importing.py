"""Each row of a foreign list becomes values, or says why it cannot."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.cases import Source
from inspector_app.domain.claims import Payer
from inspector_app.domain.parties import Investment, ProjectKind
from inspector_app.sheets.cells import Sheet, make_cell, make_sheet
from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import ChangedValue, ImportRead, read_rows, row_amount
from inspector_app.sheets.mapping import guess
from inspector_app.sheets.read import read_workbook
from tests.sheets.builders import TODAY, clue_row, clue_workbook, code, id_number


def sheet_of(*rows: Sequence[object], merged: Sequence[tuple[int, int, int, int]] = ()) -> Sheet:
    return make_sheet("表", [[make_cell(value) for value in row] for row in rows], merged)


def read(kind: Kind, header: str, *rows: Sequence[object]) -> ImportRead:
    sheet = sheet_of(header.split(), *rows)
    return read_rows(sheet, guess(sheet, kind), today=TODAY)


def read_file(path: Path, kind: Kind = Kind.CLUES) -> ImportRead:
    sheet = read_workbook(path)[0]
    return read_rows(sheet, guess(sheet, kind), today=TODAY)


def test_the_clue_ledger_of_an_office_becomes_clues(tmp_path: Path) -> None:
    rows = [
        clue_row(1, "134.66万元"),
        clue_row(2, "100余万元"),
        ["一、卫东区", *[None] * 13],
        clue_row(3, 2000, employer=None),
        clue_row(4, "60,200"),
        [None, "小计", *[None] * 12],
        [5, *[None] * 13],
    ]
    found = read_file(clue_workbook(tmp_path / "a.xlsx", rows))
    assert found.data_rows == 4
    assert [row.row_no for row in found.accepted] == [5, 6, 9]
    assert [(row.row_no, row.reason) for row in found.rejected] == [(8, "没有单位名称")]
    assert [(line.row_no, line.why) for line in found.left_out] == [
        (7, "分节标题"),
        (10, "合计行"),
        (11, "只有序号"),
        (12, "合计行"),
        (13, "落款或说明"),
    ]
    assert found.amount_sum_fen == 134_660_000 + 6_020_000
    first = found.accepted[0]
    assert first.values == {
        "employer_name": "平顶山市瑞禾第1建筑劳务有限公司",
        "credit_code": code(1),
        "project_name": "云栖花园二期",
        "source": Source.NATIONAL,
        "workers": 28,
        "amount_fen": 134_660_000,
        "amount_written": "134.66万元",
        "outside_no": "XS20260001",
        "received_on": date(2026, 8, 31),
        "statement": "木工班组工资未结清",
        "person_name": "张守",
        "person_phone": "13803750001",
        "person_id_number": id_number(1),
    }
    assert first.extras == {"序号": "1"}
    assert first.flags == ()
    assert ChangedValue(5, "amount_fen", "134.66万元", 134_660_000) in found.changed_values


def test_a_vague_amount_is_kept_as_text_and_flagged(tmp_path: Path) -> None:
    found = read_file(clue_workbook(tmp_path / "a.xlsx", [clue_row(1, "100余万元")]))
    row = found.accepted[0]
    assert "amount_fen" not in row.values
    assert row.values["amount_written"] == "100余万元"
    assert row.flags == ("涉及金额：“100余万元”是约数，未当作金额",)
    assert found.amount_sum_fen == 0


def test_plain_numbers_under_a_unit_line_of_wan_are_wan(tmp_path: Path) -> None:
    rows = [clue_row(1, 134.66), clue_row(2, "60200元"), clue_row(3, "17.06")]
    found = read_file(clue_workbook(tmp_path / "a.xlsx", rows, unit="万元"))
    amounts = [row.values["amount_fen"] for row in found.accepted]
    assert amounts == [134_660_000, 6_020_000, 17_060_000]
    assert found.accepted[0].values["amount_written"] == "134.66万元"
    assert found.accepted[1].values["amount_written"] == "60200元"
    assert found.notes == (
        "表内金额单位是万元，“涉及/金额”列中不带单位的数已乘以 10000 折算为元。",
    )


def test_a_bad_credit_code_is_flagged_and_kept() -> None:
    found = read(Kind.CLUES, "企业名称 统一社会信用代码", ["甲公司", "91520382maajm1b991"])
    row = found.accepted[0]
    assert row.values["credit_code"] == "91520382MAAJM1B991"
    assert row.flags == ("统一社会信用代码：91520382MAAJM1B991 校验位不符，应为 J，现为 1",)
    assert row.notes[0].understood == "91520382MAAJM1B991"


def test_numbers_that_lost_their_digits_are_said_so_not_repaired() -> None:
    row = ["张三", 410402199001011234, 915203820000000000, 100]
    found = read(Kind.WORKERS, "姓名 身份证号 银行卡号 欠发工资", row)
    assert "id_number" not in found.accepted[0].values
    assert "bank_card" not in found.accepted[0].values
    assert len(found.accepted[0].flags) == 2
    assert "末几位已丢失" in found.accepted[0].flags[0]
    found = read(Kind.CLUES, "企业名称 统一社会信用代码", ["甲", 914104000000000000])
    assert found.accepted[0].flags[0].startswith("统一社会信用代码：长号码")


def test_a_bad_identity_number_is_flagged_and_kept() -> None:
    found = read(Kind.WORKERS, "姓名 身份证号 欠发工资", ["张三", "41040219900101123x", 100])
    assert found.accepted[0].values["id_number"] == "41040219900101123X"
    assert found.accepted[0].flags[0].startswith("身份证号：")


def test_a_phone_that_is_none_is_flagged_and_kept_without_being_repeated() -> None:
    found = read(Kind.CLUES, "企业名称 联系电话", ["甲", "138037"], ["乙", "1.38E10"], ["丙", "无"])
    assert [row.values["person_phone"] for row in found.accepted] == ["138037", "13800000000", "无"]
    assert [row.flags for row in found.accepted] == [
        ("反映人电话：应为 7 至 12 位数字，现有 6 位",),
        ("反映人电话：写成科学计数法，末几位可能已丢失，请核对原件",),
        ("反映人电话：应为 7 至 12 位数字，现有 0 位",),
    ]


@pytest.mark.parametrize(
    ("kind", "header"),
    [(Kind.CLUES, "接收时间"), (Kind.CLUES, "公布日期"), (Kind.CASES, "立案日期")],
)
def test_a_matter_does_not_reach_the_office_tomorrow(kind: Kind, header: str) -> None:
    found = read(kind, f"企业名称 {header}", ["甲", TODAY], ["乙", TODAY + timedelta(days=1)])
    assert [one.values["employer_name"] for one in found.accepted] == ["甲"]
    assert [one.reason for one in found.rejected] == [f"{header} 2026-11-23 晚于今天，请核对"]


@pytest.mark.parametrize(
    ("kind", "header", "row", "label"),
    [
        (Kind.CLUES, "企业名称 接收时间 公布日期", ["甲", TODAY], "公布日期"),
        (Kind.CASES, "企业名称 结案日期", ["甲"], "结案日"),
        (Kind.PAYMENTS, "姓名 支付金额 支付日期", ["王五", 100], "支付日期"),
    ],
)
def test_what_has_happened_does_not_lie_ahead(
    kind: Kind, header: str, row: list[object], label: str
) -> None:
    found = read(kind, header, [*row, TODAY], [*row, TODAY + timedelta(days=1)])
    rows = sorted((*found.accepted, *found.repeated), key=lambda one: one.row_no)
    assert [one.flags for one in rows] == [(), (f"{label}：2026-11-23 在今天之后，请核对",)]


def test_a_limit_may_lie_ahead() -> None:
    found = read(Kind.CLUES, "企业名称 办结时限", ["甲", "2027-01-31"])
    assert found.accepted[0].flags == ()


@pytest.mark.parametrize(
    ("period", "flags"),
    [
        ("2026年3月至11月", ()),
        ("2026年3月至12月", ("欠薪月份：2026-12 还没有到，请核对",)),
        ("2027年3月", ("欠薪月份：2027-03 还没有到，请核对",)),
    ],
)
def test_wages_of_months_to_come_are_flagged(period: str, flags: tuple[str, ...]) -> None:
    found = read(Kind.WORKERS, "姓名 欠发工资 欠薪月份", ["王五", 100, period])
    assert found.accepted[0].flags == flags
    assert found.accepted[0].values["period"]


def test_the_amount_as_written_is_checked_against_the_number_beside_it() -> None:
    header = "企业名称 涉及金额(原文) 金额_元"
    rows = (["甲", "134.66万元", 1346600.0], ["乙", "13万元", 13.0], ["丙", "100余万元", 1e6])
    found = read(Kind.CLUES, header, *rows, ["丁", "5万元", None])
    assert [row.flags[-1:] for row in found.accepted] == [
        (),
        ("金额“13万元”与“金额_元”列的 13.00 不一致，以前者为准",),
        ("“金额_元”列写的是 1,000,000.00，未采用，请核实后填写金额",),
        (),
    ]
    assert "amount_fen" not in found.accepted[2].values


def test_the_debtor_of_a_case_may_be_named_only_in_the_party_chain() -> None:
    header = "案件号 欠薪责任主体 总包单位 分包/劳务 涉及金额"
    rows = (
        ["案1", "", "总包甲", "劳务乙", 1],
        ["案2", "", "总包甲", "", 1],
        ["案3", "", "", "", 1],
    )
    found = read(Kind.CASES, header, *rows)
    assert [row.values["employer_name"] for row in found.accepted] == ["劳务乙", "总包甲"]
    assert found.accepted[0].flags == ("没有写单位名称，取分包单位",)
    assert [row.reason for row in found.rejected] == ["没有单位名称"]


def test_values_merged_over_rows_belong_to_each_but_money_only_to_the_first() -> None:
    sheet = sheet_of(
        ["单位名称", "班组长", "涉及金额"],
        ["甲公司", "张三", 100],
        ["", "李四", ""],
        merged=[(1, 0, 2, 0), (1, 2, 2, 2)],
    )
    found = read_rows(sheet, guess(sheet, Kind.CLUES), today=TODAY)
    assert [row.values["employer_name"] for row in found.accepted] == ["甲公司", "甲公司"]
    assert found.accepted[1].flags == ("“涉及金额”与上一行合并为一格，本行按空白计",)
    assert found.amount_sum_fen == 10_000


def test_sections_sums_and_repeated_headings_are_no_rows() -> None:
    sheet = sheet_of(
        ["序号", "单位名称", "涉及金额"],
        ["湛河区", "", ""],
        [1, "甲公司", 100],
        ["", "湛河区小计：", 100],
        ["序号", "单位名称", "涉及金额"],
        ["", "", ""],
        ["（二）叶县", "", ""],
        ["", "乙公司", ""],
        ["注：本表按月报送", "", ""],
        merged=[(1, 0, 1, 2)],
    )
    found = read_rows(sheet, guess(sheet, Kind.CLUES), today=TODAY)
    assert [row.values["employer_name"] for row in found.accepted] == ["甲公司", "乙公司"]
    whys = [line.why for line in found.left_out]
    assert whys == ["分节标题", "合计行", "重复的表头", "分节标题", "落款或说明"]


def test_workers_become_claims_whose_parts_agree() -> None:
    header = "姓名 身份证号 应发工资 已发工资 代扣 欠发工资 欠薪月份 进场日期"
    found = read(
        Kind.WORKERS,
        header,
        ["张三", id_number(1), 24000, 8000, 500, 15500, "2026年3月-2026年6月", "2026.3.1"],
        ["李四", id_number(2), 24000, "8000元", "", 15500, "2026年3月", ""],
        ["王五", id_number(3), 1000, 2000, "", "", "春节后", ""],
        ["赵六", id_number(4), "约5000元", "", "", "", "", ""],
        ["钱七", id_number(5), "", "", "", "", "", ""],
    )
    first, second, third = found.accepted
    assert first.values["due_fen"] == 2_400_000
    assert first.values["period"] == ("2026-03", "2026-06")
    assert first.values["entered_on"] == date(2026, 3, 1)
    assert "owing_fen" not in first.values
    assert first.flags == ()
    assert second.flags == ("欠发写的是 15,500.00，应发减已发、代扣是 16,000.00，以计算为准",)
    assert third.flags == ("欠薪月份：“春节后”看不出起止月份", "已发与代扣之和超过应发，请核对")
    assert [row.reason for row in found.rejected] == [
        "应发：“约5000元”是约数，未当作金额",
        "没有应发或欠发金额",
    ]
    assert found.amount_sum_fen == 1_550_000 + 1_600_000 - 100_000


def test_a_list_of_what_is_owed_alone_makes_it_the_due_amount() -> None:
    found = read(Kind.WORKERS, "姓名 欠薪金额 已发", ["张三", "15500元", 500])
    assert found.accepted[0].values == {"name": "张三", "due_fen": 1_600_000, "paid_fen": 50_000}
    assert found.notes == ("表中没有应发金额，应发按欠发加已发、代扣计。",)
    assert found.amount_sum_fen == 1_550_000


def test_a_roster_without_amounts_is_taken_as_it_is() -> None:
    found = read(Kind.WORKERS, "姓名 身份证号 工种", ["张三", id_number(1), "木工"])
    assert found.accepted[0].values["trade"] == "木工"
    assert found.amount_sum_fen == 0


def test_projects_carry_their_parties_and_contract_sum() -> None:
    header = "项目名称 项目类型 投资性质 建设单位 施工单位 劳务公司 开工日期 合同价(万元) 项目经理"
    row = ["云栖花园", "房建", "社会资本", "置业", "恒岳", "瑞禾", "2026/3/1", 8600, "韩守义"]
    values = read(Kind.PROJECTS, header, row).accepted[0].values
    assert values == {
        "name": "云栖花园",
        "kind": ProjectKind.BUILDING,
        "investment": Investment.PRIVATE,
        "owner_name": "置业",
        "general_name": "恒岳",
        "labour_name": "瑞禾",
        "starts_on": date(2026, 3, 1),
        "contract_fen": 8_600_000_000,
        "general_contact": "韩守义",
    }
    assert row_amount(Kind.PROJECTS, values) == 8_600_000_000


def test_payments_need_an_exact_amount() -> None:
    header = "姓名 身份证号 实发金额 发放日期 资金来源 流水号"
    found = read(
        Kind.PAYMENTS,
        header,
        ["张三", id_number(1), "16010.01", "2026年11月20日", "工资保证金", "L1"],
        ["李四", id_number(2), "", "2026年11月20日", "", "L2"],
        ["", id_number(2), 5, "", "", ""],
    )
    assert found.accepted[0].values["payer"] is Payer.DEPOSIT
    assert found.accepted[0].values["amount_fen"] == 1_601_001
    assert "amount_written" in found.accepted[0].values
    assert [row.reason for row in found.rejected] == ["没有支付金额", "没有姓名"]


def test_employers_are_known_again_by_their_code() -> None:
    header = "单位名称 统一社会信用代码 法定代表人"
    rows = (["甲公司", code(1), "张 三"], ["甲公司（分）", code(1), ""], ["乙", "", ""])
    found = read(Kind.EMPLOYERS, header, *rows)
    assert [row.values["name"] for row in found.accepted] == ["甲公司", "乙"]
    assert [row.repeat_of for row in found.repeated] == [2]
    assert found.accepted[0].values["legal_person"] == "张三"


def test_the_same_row_twice_in_a_file_counts_once(tmp_path: Path) -> None:
    path = clue_workbook(tmp_path / "a.xlsx", [clue_row(1, 100), clue_row(1, 100), clue_row(2, 5)])
    found = read_file(path)
    assert (len(found.accepted), len(found.repeated), found.data_rows) == (2, 1, 3)
    assert found.repeated[0].repeat_of == 5
    assert found.repeated[0].import_key == found.accepted[0].import_key
    assert found.amount_sum_fen == 10_500


def test_a_second_reading_gives_the_same_keys(tmp_path: Path) -> None:
    first = read_file(clue_workbook(tmp_path / "a.xlsx", [clue_row(n, n) for n in range(1, 9)]))
    again = read_file(clue_workbook(tmp_path / "b.xlsx", [clue_row(n, n) for n in range(8, 0, -1)]))
    assert {row.import_key for row in first.accepted} == {row.import_key for row in again.accepted}


def test_two_workers_of_one_name_without_numbers_stay_two() -> None:
    rows = (["张三", 100], ["张三", 100])
    first, again = (read(Kind.WORKERS, "姓名 欠发工资", *rows) for _ in range(2))
    keys = [row.import_key for row in first.accepted]
    assert len(set(keys)) == 2
    assert keys == [row.import_key for row in again.accepted]


@given(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=12))
def test_no_row_is_lost_or_counted_twice(names: list[str]) -> None:
    rows = [[name if name != "丁" else "", "5万元"] for name in names]
    found = read(Kind.CLUES, "企业名称 涉及金额", *rows)
    assert found.data_rows == len(names)
    assert len(found.accepted) == len({name for name in names if name != "丁"})
    assert found.amount_sum_fen == 5_000_000 * len(found.accepted)


@given(st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=3), max_size=8))
def test_no_text_whatever_breaks_the_reader(rows: list[list[str]]) -> None:
    for kind in (Kind.CLUES, Kind.WORKERS, Kind.PAYMENTS):
        found = read(
            kind, "姓名 身份证号 金额" if kind is not Kind.CLUES else "单位名称 日期 金额", *rows
        )
        told = found.data_rows + len(found.left_out)
        assert told == sum(any(text.strip() for text in row) for row in rows)


def test_long_lists_report_how_far_they_are() -> None:
    told: list[tuple[int, int]] = []
    sheet = sheet_of(["企业名称", "案由"], *[[f"企{n}", "欠薪"] for n in range(1200)])
    mapping = guess(sheet, Kind.CLUES)
    read_rows(sheet, mapping, today=TODAY, progress=lambda done, all_: told.append((done, all_)))
    assert told == [(500, 1200), (1000, 1200)]


def test_odd_choices_and_dates_are_flagged_and_the_row_kept() -> None:
    header = "项目名称 投资性质 开工日期"
    rows = (["甲", "政府投资", "2026.3"], ["乙", "其他资金", ""])
    found = read(Kind.PROJECTS, header, *rows)
    assert found.accepted[0].flags == ("开工日期：“2026.3”不是完整的日期",)
    assert found.accepted[1].flags[0].startswith("投资性质：“其他资金”不在选项中")


def test_what_was_understood_otherwise_is_listed_in_words() -> None:
    header = "姓名 实发金额 发放日期 资金来源"
    found = read(Kind.PAYMENTS, header, ["张三", 5, 46000, "动用保证金"])
    listed = {note.field: note.understood for note in found.changed_values}
    assert listed == {"paid_on": "2025-12-09", "payer": "工资保证金"}
    found = read(Kind.WORKERS, "姓名 欠薪月份", ["张三", "2023年"])
    assert [note.understood for note in found.changed_values] == ["2023-01 至 2023-12"]


@pytest.mark.parametrize("name", ["张　三", "张三\n"])
def test_how_a_name_was_stretched_is_noted(name: str) -> None:
    found = read(Kind.WORKERS, "姓名 工种", [name, "木工"])
    assert found.accepted[0].values["name"] == "张三"


@pytest.mark.parametrize("column", ["单位名称", "项目名称", "建设单位"])
def test_a_page_in_the_place_of_a_name_is_refused_with_its_length(column: str) -> None:
    header = "单位名称" if column == "单位名称" else f"单位名称 {column}"
    row = ["演示" * 150] if column == "单位名称" else ["演示单位", "演示" * 150]
    result = read(Kind.CLUES, header, row)
    (rejected,) = result.rejected
    assert "最多 200 个字，这里有 300 个" in rejected.reason
