"""The exported ledger is what a bureau files, and holds nothing that should not leave."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.claims import Payer
from inspector_app.errors import OutsideError
from inspector_app.sheets import ledger_out
from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import read_rows
from inspector_app.sheets.ledger_columns import case_columns
from inspector_app.sheets.ledger_out import (
    LEDGER_SHEET,
    write_case_ledger,
)
from inspector_app.sheets.ledger_summary import NOTES_SHEET, SUMMARY_SHEET
from inspector_app.sheets.lines_out import CaseLine, ExportResult
from inspector_app.sheets.mapping import choose
from inspector_app.sheets.read import read_workbook
from inspector_app.sheets.stamp import STAMP_SHEET
from inspector_app.sheets.style_out import OutKind
from inspector_app.sheets.table_out import OutColumn, Table, TableWriter
from tests.sheets.builders import TODAY, case_line, head, id_number
from tests.sheets.opened import column, sheet_of


def ledger(path: Path, rows: Sequence[CaseLine], **options: bool) -> ExportResult:
    return write_case_ledger(path, rows, head(), masked=options.get("masked", False))


def test_title_unit_line_and_two_level_heading_stand_above_the_lines(tmp_path: Path) -> None:
    ledger(tmp_path / "a.xlsx", [case_line(1), case_line(2)])
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet["A1"].value == "平顶山市2026年11月拖欠农民工工资案件台账（演示数据）"
    unit_line = [cell.value for cell in sheet[2] if cell.value]
    assert unit_line == [
        "填报单位（盖章）：平顶山市人力资源和社会保障局",
        "填报时间：2026年11月22日",
        "单位：人、元",
    ]
    amount = column(sheet, "金额", "涉及")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    letter = get_column_letter(amount)
    before = get_column_letter(amount - 1)
    assert {"A3:A4", "B3:B4", f"{before}3:{letter}3"} <= merged
    assert sheet.cell(5, column(sheet, "案件号")).value == "平人社劳监立字〔2026〕第1号"


def test_the_page_is_landscape_one_page_wide_with_repeated_heading(tmp_path: Path) -> None:
    ledger(tmp_path / "a.xlsx", [case_line(1)])
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 8  # A3: more than 16 columns
    assert sheet.page_setup.fitToWidth in {None, 1}  # not written when it is the default
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.oddFooter.center.text == "第&P页 共&N页"
    assert sheet.oddFooter.left.text == "演示数据"
    assert sheet.print_options.horizontalCentered
    assert sheet.freeze_panes == "F5"
    assert sheet["E3"].value == "项目名称"
    assert sheet.auto_filter.ref.startswith("A4:")


def test_few_columns_print_on_a4(tmp_path: Path) -> None:
    bare = {"due_national": None, "due_henan": None, "filed_on": None, "project_kind": None}
    none = dict.fromkeys(("owner_name", "general_name", "sub_name", "crew_name", "credit_code"), "")
    order = {"order_no": "", "order_served_on": None, "order_due": None, "investment": None}
    people = {"lead_name": "", "assist_name": "", "period": "", "cause": "", "paid_by": {}}
    ledger(tmp_path / "a.xlsx", [case_line(1, **bare, **none, **order, **people)])
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet.max_column <= 16
    assert int(sheet.page_setup.paperSize) == 9
    notes = sheet_of(tmp_path / "a.xlsx", NOTES_SHEET)
    told = [str(row[0].value) for row in notes.iter_rows() if "没有列出" in str(row[0].value)]
    assert "建设单位、总包单位、分包/劳务单位、班组长" in told[0]


def test_cells_have_the_types_a_spreadsheet_can_work_with(tmp_path: Path) -> None:
    ledger(tmp_path / "a.xlsx", [case_line(1)])
    sheet = sheet_of(tmp_path / "a.xlsx")
    code = sheet.cell(5, column(sheet, "统一社会信用代码"))
    assert (code.value, code.number_format) == (case_line(1).credit_code, "@")
    filed = sheet.cell(5, column(sheet, "立案日期"))
    assert (filed.value.date(), filed.number_format) == (date(2026, 9, 2), "yyyy-mm-dd")
    amount = sheet.cell(5, column(sheet, "金额", "涉及"))
    assert (amount.value, amount.number_format) == (864_323.45, "#,##0.00")


def test_totals_are_formulas_with_their_value_already_in_them(tmp_path: Path) -> None:
    rows = [case_line(n) for n in range(1, 8)]
    result = ledger(tmp_path / "a.xlsx", rows)
    total = sum(row.amount_fen or 0 for row in rows)
    assert result.rows == 7
    assert result.sums["amount_fen"] == total
    assert result.sums["paid_fen"] == 7 * 15_000_000
    sheet, shown = sheet_of(tmp_path / "a.xlsx"), sheet_of(tmp_path / "a.xlsx", values=True)
    amount = column(sheet, "金额", "涉及")
    letter = get_column_letter(amount)
    assert sheet.cell(12, 2).value == "合计"
    assert sheet.cell(12, amount).value == f"=SUM({letter}5:{letter}11)"
    assert shown.cell(12, amount).value == pytest.approx(total / 100)
    signatures = [cell.value for cell in sheet[13] if cell.value]
    assert signatures == ["填报人：", "审核人：", "联系电话："]


def test_choices_are_offered_and_overdue_lines_are_red_and_say_so(tmp_path: Path) -> None:
    rows = [
        case_line(1, order_due=date(2026, 11, 21)),
        case_line(2, order_due=TODAY),
        case_line(3, order_due=date(2026, 11, 1), owing_fen=0),
        case_line(4, order_due=date(2026, 11, 1), stage=Stage.CLOSED),
        case_line(5, order_due=date(2026, 11, 1), owing_fen=None),
    ]
    ledger(tmp_path / "a.xlsx", rows)
    sheet = sheet_of(tmp_path / "a.xlsx")
    overdue = column(sheet, "超期", "限期改正指令书")
    words = [sheet.cell(row, overdue).value for row in range(5, 10)]
    assert words == ["超期", None, None, None, None]
    lists = {v.formula1 for v in sheet.data_validations.dataValidation}
    stages = ",".join(stage.label for stage in Stage)
    assert len(stages) <= 255  # what Excel takes as a list
    assert f'"{stages}"' in lists
    assert len(lists) == 4
    (rule,) = {rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules}
    assert "DATE(2026,11,22)" in rule


def test_an_empty_ledger_is_still_a_ledger(tmp_path: Path) -> None:
    result = ledger(tmp_path / "a.xlsx", [])
    assert (result.rows, result.sums["amount_fen"]) == (0, 0)
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet.cell(6, 2).value == "合计"
    assert sheet_of(tmp_path / "a.xlsx", SUMMARY_SHEET)["B4"].value == "=0"


def test_an_amount_that_is_no_number_stands_in_the_remarks(tmp_path: Path) -> None:
    line = case_line(1, amount_fen=None, amount_written="100余万元", note="已约谈")
    ledger(tmp_path / "a.xlsx", [line])
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet.cell(5, column(sheet, "金额", "涉及")).value is None
    assert sheet.cell(5, column(sheet, "备注")).value == "涉及金额写作“100余万元”；已约谈"


def test_money_may_be_shown_in_wan(tmp_path: Path) -> None:
    line = case_line(1, amount_fen=134_660_000)
    write_case_ledger(tmp_path / "a.xlsx", [line], head(unit="万元"), masked=False)
    sheet = sheet_of(tmp_path / "a.xlsx")
    amount = sheet.cell(5, column(sheet, "金额", "涉及"))
    assert (amount.value, amount.number_format) == (134.66, "#,##0.0000")
    assert "单位：人、万元" in [cell.value for cell in sheet[2]]


def test_the_summary_counts_by_county_with_formulas(tmp_path: Path) -> None:
    rows = [
        case_line(1, county="叶县", stage=Stage.CLOSED, workers=3),
        case_line(2, county="叶县", workers=4),
        case_line(3, county="", workers=None, amount_fen=None),
    ]
    ledger(tmp_path / "a.xlsx", rows)
    sheet = sheet_of(tmp_path / "a.xlsx", SUMMARY_SHEET)
    shown = sheet_of(tmp_path / "a.xlsx", SUMMARY_SHEET, values=True)
    assert [shown.cell(4, c).value for c in range(1, 5)] == ["叶县", 2, 1, 7]
    assert [shown.cell(5, c).value for c in range(1, 5)] == ["未填县区", 1, 0, 0]
    assert [shown.cell(6, c).value for c in range(1, 5)] == ["合计", 3, 1, 7]
    assert str(sheet.cell(4, 2).value).startswith(f"=COUNTIFS('{LEDGER_SHEET}'!$C$5:$C$7,$A4")
    assert '""' in str(sheet.cell(5, 4).value)
    assert sheet.cell(6, 4).value == "=SUM(D4:D5)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_can_run_as_a_formula(tmp_path: Path, start: str) -> None:
    evil = f"{start}cmd|'/c calc'!A0"
    line = case_line(1, employer_name=evil, note=evil, project_name="-", cause="—")
    ledger(tmp_path / "a.xlsx", [line])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book[LEDGER_SHEET]
    assert str(sheet.cell(5, column(sheet, "欠薪责任主体")).value).startswith("'")
    assert sheet.cell(5, column(sheet, "项目名称")).value == "-"
    for row in book[LEDGER_SHEET].iter_rows(min_row=5, max_row=5):
        assert not any(cell.data_type == "f" for cell in row)
        assert not any(str(cell.value).startswith(("=", "+", "@", "\t")) for cell in row)


def test_characters_no_workbook_can_hold_are_dropped_and_long_texts_cut(tmp_path: Path) -> None:
    line = case_line(1, employer_name="甲\x00\x0b公司\ud800", note="长" * 40_000)
    ledger(tmp_path / "a.xlsx", [line])
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet.cell(5, column(sheet, "欠薪责任主体")).value == "甲公司"
    assert str(sheet.cell(5, column(sheet, "备注")).value).endswith("…（过长，已截断）")


def whole_text(path: Path) -> str:
    """Every cell of every sheet of a workbook, hidden ones too."""
    return "\n".join(
        str(cell.value)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def test_the_masked_ledger_shows_no_names_of_people_and_no_numbers(tmp_path: Path) -> None:
    note = f"联系人宋某人，电话13803750001，证号{id_number(7)}"
    cause = f"拖欠工资，电话13803750001，证号{id_number(7)}"
    line = case_line(1, note=note, cause=cause, amount_fen=None, amount_written="宋某人说约十万")
    ledger(tmp_path / "a.xlsx", [line], masked=True)
    sheet = sheet_of(tmp_path / "a.xlsx")
    assert sheet.cell(5, column(sheet, "班组长")).value == "韩**"
    everything = whole_text(tmp_path / "a.xlsx")
    for secret in ("13803750001", id_number(7), "宋某人", "韩守义", "原文记在备注"):
        assert secret not in everything
    assert "备注" not in {str(cell.value) for row in sheet.iter_rows() for cell in row}
    notes = " ".join(
        str(row[0].value) for row in sheet_of(tmp_path / "a.xlsx", NOTES_SHEET).iter_rows()
    )
    assert "报送脱敏版" in notes


def test_same_input_gives_same_bytes_and_another_day_does_not(tmp_path: Path) -> None:
    rows = [case_line(n) for n in range(1, 20)]
    first = ledger(tmp_path / "a.xlsx", rows)
    again = ledger(tmp_path / "b.xlsx", rows)
    later = write_case_ledger(
        tmp_path / "c.xlsx", rows, head(made_on=date(2026, 11, 23)), masked=False
    )
    assert first.sha256 == again.sha256 != later.sha256


def test_a_hidden_sheet_says_which_export_it_is_and_what_stands_where(tmp_path: Path) -> None:
    rows = [case_line(1), case_line(2)]
    moment = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - local time as printed
    write_case_ledger(
        tmp_path / "a.xlsx", rows, head(made_at=moment, export_id="e-1"), masked=False
    )
    sheet = sheet_of(tmp_path / "a.xlsx", STAMP_SHEET)
    assert sheet.sheet_state == "veryHidden"
    said = list(sheet.iter_rows(values_only=True))
    assert [row[:2] for row in said[:4]] == [
        ("export_id", "e-1"),
        ("made_at", "2026-11-22T09:30:00"),
        ("content", "ledger"),
        ("masked", "no"),
    ]
    assert [row[:2] for row in said[7:]] == [(5, rows[0].case_id), (6, rows[1].case_id)]


def test_our_own_ledger_imports_again_without_loss(tmp_path: Path) -> None:
    rows = [case_line(n) for n in range(1, 31)]
    result = ledger(tmp_path / "a.xlsx", rows)
    sheet, mapping = choose(read_workbook(tmp_path / "a.xlsx"))
    found = read_rows(sheet, mapping, today=TODAY)
    assert mapping.kind is Kind.CASES
    assert (found.data_rows, len(found.accepted)) == (30, 30)
    assert found.amount_sum_fen == result.sums["amount_fen"]
    values = found.accepted[0].values
    line = rows[0]
    assert values["employer_name"] == line.employer_name
    assert values["source"] is Source.PHONE
    assert values["order_due"] == line.order_due
    assert values["paid_fen"] == line.paid_fen
    assert not any(row.flags for row in found.accepted)


def test_a_long_ledger_is_written_in_constant_memory_to_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [case_line(n) for n in range(1, 40)]
    ledger(tmp_path / "a.xlsx", rows)
    monkeypatch.setattr(ledger_out, "IN_MEMORY_LINES", 10)
    first = ledger(tmp_path / "b.xlsx", rows)
    again = ledger(tmp_path / "c.xlsx", rows)
    assert first.sha256 == again.sha256
    one, other = sheet_of(tmp_path / "a.xlsx"), sheet_of(tmp_path / "b.xlsx")
    cells = [[[c.value for c in row] for row in sheet.iter_rows()] for sheet in (one, other)]
    assert cells[0] == cells[1]
    areas = [{str(area) for area in sheet.merged_cells.ranges} for sheet in (one, other)]
    assert areas[0] == areas[1]


def test_progress_is_told_while_lines_are_written(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = [case_line(n) for n in range(600)]
    write_case_ledger(
        tmp_path / "a.xlsx", rows, head(), masked=False, progress=lambda n, of: told.append((n, of))
    )
    assert told == [(0, 600), (500, 600)]


def test_a_file_held_by_another_program_leaves_the_old_one_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError("open elsewhere")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutsideError, match="请关闭正在打开它的程序"):
        ledger(path, [case_line(1)])
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_folder_that_cannot_be_made_is_the_disks_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutsideError, match="写不了文件"):
        ledger(tmp_path / "file" / "a.xlsx", [case_line(1)])


def test_every_source_of_payment_has_its_column(tmp_path: Path) -> None:
    ledger(tmp_path / "a.xlsx", [case_line(1, paid_by=dict.fromkeys(Payer, 100))])
    sheet = sheet_of(tmp_path / "a.xlsx")
    group = "已支付"
    shown = {
        title: sheet.cell(5, column(sheet, title, group)).value
        for title in (
            "合计",
            "用人单位",
            "总包清偿",
            "建设单位清偿",
            "工资保证金",
            "应急周转金",
            "其他来源",
        )
    }
    assert shown["合计"] == 7
    assert shown["其他来源"] == 2
    assert [v for k, v in shown.items() if k not in {"合计", "其他来源"}] == [1, 1, 1, 1, 1]


def test_every_column_of_the_ledger_has_its_own_id() -> None:
    ids = [spec.id for spec in case_columns(lambda _: False)]
    assert len(ids) == len(set(ids))


def test_money_that_is_no_whole_fen_is_a_bug(tmp_path: Path) -> None:
    import xlsxwriter

    from inspector_app.sheets.style_out import Formats

    text = OutKind.TEXT
    columns = [OutColumn(name, name, 9, text, lambda n: n, keep=True) for name in "ab"]
    bad = OutColumn("c", "c", 9, OutKind.MONEY, lambda _: "1.5", formula=("a", "b"))
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        writer = TableWriter[int](book, Formats(book, "元"), head())
        with pytest.raises(TypeError, match="int fen"):
            writer.write(Table("x", [*columns, bad], [1], 1))
