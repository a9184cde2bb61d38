"""The exported wage list computes what is owed and protects whom it names."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl.utils import get_column_letter

from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import read_rows
from inspector_app.sheets.ledger_out import CLAIMS_SHEET, write_claims
from inspector_app.sheets.lines_out import ClaimLine, ClaimsHead, ExportResult
from inspector_app.sheets.mapping import choose
from inspector_app.sheets.read import read_workbook
from tests.sheets.builders import TODAY, claim_line, head
from tests.sheets.opened import column, sheet_of

CASE = ClaimsHead("平人社劳监立字〔2026〕第1号", "平顶山市瑞禾建筑劳务有限公司", "云栖花园二期")


def claims(path: Path, rows: Sequence[ClaimLine], *, masked: bool = False) -> ExportResult:
    return write_claims(path, rows, head(title="欠薪人员及金额明细表"), CASE, masked=masked)


def test_the_wage_list_computes_what_is_owed(tmp_path: Path) -> None:
    rows = [claim_line(1, settled_fen=100_000), claim_line(2, withheld_fen=5_000)]
    result = claims(tmp_path / "a.xlsx", rows)
    sheet = sheet_of(tmp_path / "a.xlsx", CLAIMS_SHEET)
    shown = sheet_of(tmp_path / "a.xlsx", CLAIMS_SHEET, values=True)
    due, paid = column(sheet, "应发", "工资"), column(sheet, "已发", "工资")
    owing, withheld = column(sheet, "欠发", "工资"), column(sheet, "代扣", "工资")
    letters = [get_column_letter(c) for c in (due, paid, withheld)]
    assert sheet.cell(5, owing).value == "=" + "-".join(f"{letter}5" for letter in letters)
    assert shown.cell(5, owing).value == rows[0].owing_fen / 100
    assert shown.cell(7, owing).value == result.sums["owing_fen"] / 100
    assert result.sums["owing_fen"] == sum(row.owing_fen for row in rows)
    assert rows[0].left_fen == rows[0].owing_fen - 100_000
    about = f"案件号：{CASE.case_no}  用工单位：{CASE.employer_name}  项目：云栖花园二期"
    assert sheet["A2"].value == about
    assert column(sheet, "本人签名捺印")


def test_the_wage_list_keeps_identity_and_card_numbers_as_text(tmp_path: Path) -> None:
    claims(tmp_path / "a.xlsx", [claim_line(3)])
    sheet = sheet_of(tmp_path / "a.xlsx", CLAIMS_SHEET)
    for title, wanted in (
        ("身份证号", claim_line(3).id_number),
        ("银行卡号", claim_line(3).bank_card),
    ):
        cell = sheet.cell(5, column(sheet, title))
        assert (cell.value, cell.number_format, cell.data_type) == (wanted, "@", "s")


def test_the_masked_wage_list_hides_who_they_are(tmp_path: Path) -> None:
    line = claim_line(4, note="宋某人代领")
    claims(tmp_path / "a.xlsx", [line], masked=True)
    sheet = sheet_of(tmp_path / "a.xlsx", CLAIMS_SHEET)
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for secret in (line.name, line.id_number, line.phone, line.bank_card, line.crew):
        assert secret not in text
    assert "欧**" in text
    assert "签名" not in text
    assert "备注" not in text
    assert "宋某人" not in text


def test_a_wage_list_without_project_and_with_one_period_imports_again(tmp_path: Path) -> None:
    rows = [claim_line(n) for n in range(1, 6)]
    write_claims(tmp_path / "a.xlsx", rows, head(), ClaimsHead("案1", "甲公司"), masked=False)
    sheet, mapping = choose(read_workbook(tmp_path / "a.xlsx"))
    found = read_rows(sheet, mapping, today=TODAY)
    assert mapping.kind is Kind.WORKERS
    assert [row.values["due_fen"] for row in found.accepted] == [row.due_fen for row in rows]
    assert [row.values["id_number"] for row in found.accepted] == [row.id_number for row in rows]
    assert found.accepted[0].values["period"] == ("2026-03", "2026-06")
