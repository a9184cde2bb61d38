"""Real published lists import with nothing lost; the files stay outside the project."""

import csv
from decimal import Decimal

import pytest

from inspector_app.errors import UserError
from inspector_app.sheets.fields import Kind
from inspector_app.sheets.importing import ImportRead, read_rows
from inspector_app.sheets.mapping import choose, guess, guess_kind
from inspector_app.sheets.read import read_workbook
from tests.helpers.real_data import shared_data
from tests.sheets.builders import TODAY

pytestmark = pytest.mark.real_data
CASES = ("cn_cases", "wage_arrears_public_cases.csv")


def cases() -> ImportRead:
    sheet, mapping = choose(read_workbook(shared_data(*CASES)))
    assert mapping.kind is Kind.CLUES
    return read_rows(sheet, mapping, today=TODAY)


def test_the_ten_published_cases_import_with_their_amounts() -> None:
    found = cases()
    with shared_data(*CASES).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert (found.data_rows, len(found.accepted), len(found.rejected)) == (10, 10, 0)
    fen = [int(Decimal(row["金额_元"]) * 100) for row in rows]
    assert [row.values["amount_fen"] for row in found.accepted] == fen
    assert found.amount_sum_fen == sum(fen)
    written = [row.values["amount_written"] for row in found.accepted]
    assert written == [row["涉及金额(原文)"] for row in rows]
    heads = [row.values.get("workers") for row in found.accepted]
    assert heads == [int(row["涉及人数"]) if row["涉及人数"] else None for row in rows]
    assert all(row.values["published_on"] for row in found.accepted)


def test_amounts_in_wan_are_listed_as_changed_values() -> None:
    changed = {(note.written, note.understood) for note in cases().changed_values}
    assert changed == {
        ("134.66万元", 134_660_000),
        ("17.06 万元", 17_060_000),
        ("13.66 万元", 13_660_000),
    }


def test_the_code_with_the_wrong_check_digit_is_flagged_and_kept() -> None:
    flagged = [row for row in cases().accepted if row.flags]
    assert [row.values["credit_code"] for row in flagged] == ["91520382MAAJM1B991"]
    assert "校验位不符" in flagged[0].flags[0]


def test_every_foreign_wage_ledger_can_be_read() -> None:
    read = 0
    for path in sorted(shared_data("us_wage_claims").glob("*/*")):
        if path.suffix == ".pdf":
            with pytest.raises(UserError, match="PDF"):
                read_workbook(path)
            continue
        if path.suffix == ".md":
            continue
        for sheet in read_workbook(path):
            mapping = guess(sheet, guess_kind(sheet))
            found = read_rows(sheet, mapping, today=TODAY)
            assert mapping.headers
            assert found.data_rows + len(found.left_out) > 100
            read += 1
    assert read == 23


def test_a_ledger_of_another_language_imports_once_its_columns_are_named_by_hand() -> None:
    sheet = read_workbook(shared_data("us_wage_claims", "kansas", "CBS_Request.xlsx"))[0]
    mapping = guess(sheet, Kind.CLUES).with_columns(
        {"employer_name": 3, "amount": 4, "received_on": 2, "outside_no": 0}
    )
    found = read_rows(sheet, mapping, today=TODAY)
    assert found.data_rows == 1071
    vague = [row for row in found.accepted if "amount_fen" not in row.values]
    assert {row.values.get("amount_written") for row in vague} >= {"undt."}
    assert found.amount_sum_fen > 0


def test_workbooks_full_of_formulas_are_read_by_their_values() -> None:
    for path in shared_data("cn_names").glob("*.xlsx"):
        for sheet in read_workbook(path):
            assert guess(sheet, guess_kind(sheet)).headers
