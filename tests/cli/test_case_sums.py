"""The sums of a case are what the sheet 统计口径 of the ledger says, wherever they are told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector_app.ledger.engine import LEDGER
from inspector_app.services.case_sheet import case_sheet
from inspector_app.sheets.ledger_summary import NOTES_SHEET, SUMMARY_SHEET
from inspector_app.ui.pages.case.summary import fact_rows
from tests.cli.conftest import Commands
from tests.helpers.desks import make_desk
from tests.ledger.scenes import tamper
from tests.sheets.opened import column, sheet_of

Done = Callable[..., Any]
CLAIM = (
    "--set", "name=演示张三", "--set", "due_fen=800000", "--set", "paid_fen=300000",
    "--set", "withheld_fen=100000",
)  # fmt: skip
# As the sheet says it: owing when listed is 8,000 − 3,000 − 1,000 yuan; what was paid by then is no
# part of what was paid since.
INVOLVED, PAID, OWING = 400_000, 0, 400_000
SETTLED = 150_000


@pytest.fixture
def case(done: Done) -> str:
    """The number of a case with one worker's claim, for which much more was reported."""
    fields = ("--set", "employer=演示青禾建筑劳务有限公司", "--set", "amount_fen=9900000")
    case_no = str(done("case", "new", *fields)["case_no"])
    done("case", "claims", "add", case_no, *CLAIM)
    return case_no


def told(done: Done, case: str) -> list[tuple[int, int, int]]:
    """涉及, 已支付 and 未支付 in fen, as the list and the case itself say them."""
    (row,) = done("case", "list")["cases"]
    sums = done("case", "show", case)["claims"]
    return [
        (row["amount_fen"], row["paid_fen"], row["owing_fen"]),
        (sums["claimed_fen"], sums["settled_fen"], sums["owing_fen"]),
    ]


def shown(folder: Path, case: str) -> list[str]:
    """The same three as the window shows them in the head of a case."""
    desk = make_desk(folder)
    facts = {row[0]: row[1] for row in fact_rows(case_sheet(desk, case))}
    desk.ledger.close()
    return [facts[name] for name in ("涉及金额", "已支付", "尚欠")]


def in_ledger(path: Path, *columns: tuple[str, str]) -> list[object]:
    """Cells of the only case in an exported ledger, by title and group."""
    sheet = sheet_of(path)
    return [sheet.cell(5, column(sheet, *one)).value for one in columns]


INVOLVED_CELL, PAID_CELL, OWING_CELL = ("金额", "涉及"), ("合计", "已支付"), ("未支付", "")


def test_what_was_paid_before_the_complaint_is_neither_involved_nor_paid(
    done: Done, at: Commands, case: str, tmp_path: Path
) -> None:
    assert told(done, case) == [(INVOLVED, PAID, OWING)] * 2
    assert shown(tmp_path / "data", case) == ["4,000.00 元", "—", "4,000.00 元"]
    out = tmp_path / "before.xlsx"
    done("export", "ledger", "--out", out)
    assert in_ledger(out, INVOLVED_CELL, OWING_CELL) == [4_000, 4_000]
    assert in_ledger(out, PAID_CELL) in ([0], [None])

    done("case", "claims", "settle", case, *first(done, case), "--payer", "deposit")

    left = (INVOLVED, SETTLED, INVOLVED - SETTLED)
    assert told(done, case) == [left] * 2
    assert shown(tmp_path / "data", case) == ["4,000.00 元", "1,500.00 元（37%）", "2,500.00 元"]
    out = tmp_path / "after.xlsx"
    done("export", "ledger", "--out", out)
    deposit = ("工资保证金", "已支付")
    columns = (INVOLVED_CELL, PAID_CELL, deposit, OWING_CELL)
    assert in_ledger(out, *columns) == [4_000, 1_500, 1_500, 2_500]
    county = [cell.value for cell in sheet_of(out, SUMMARY_SHEET, values=True)[4]]
    assert county[4:] == [4_000, 1_500, 2_500]
    rules = " ".join(str(row[0].value) for row in sheet_of(out, NOTES_SHEET).iter_rows())
    assert "应发减登记时已发和代扣" in rules
    assert "未支付：涉及金额减已支付" in rules
    plain = at("case", "show", case)
    assert plain.json["claims"]["paid_fen"] == 450_000  # 已发 of the table of workers


def first(done: Done, case: str) -> tuple[str, ...]:
    """Options that pay part of the only claim."""
    (row,) = done("case", "claims", "list", case)["rows"]
    return ("--claim", row["id"], "--amount-fen", str(SETTLED))


def test_the_words_of_the_command_line_say_the_same(
    command: Commands, done: Done, case: str, tmp_path: Path
) -> None:
    done("case", "claims", "settle", case, *first(done, case))
    ran = command("--data", tmp_path / "data", "--today", "2026-09-28", "case", "show", case)
    assert "涉及金额：4,000.00 元，已支付 1,500.00 元" in ran.out
    assert "1 人，尚欠 2,500.00 元" in ran.out


@pytest.mark.parametrize("column_name", ["amount_fen", "paid_fen", "owing_fen"])
def test_a_line_somebody_tampered_with_is_found(
    at: Commands, case: str, tmp_path: Path, column_name: str
) -> None:
    assert at("check").json == {"ok": True, "problems": []}
    update = f"UPDATE case_line SET {column_name} = {column_name} + 300000"  # noqa: S608  # constants
    tamper(tmp_path / "data" / LEDGER, update)
    ran = at("check")
    assert [one["kind"] for one in ran.json["problems"]] == ["list"]
