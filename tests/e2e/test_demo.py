"""The demonstration day: papers, workbooks and figures that belong to one another."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import DictionaryObject

from inspector_app.domain.capital import capital
from inspector_app.domain.money import yuan
from inspector_app.services.demo import TODAY
from tests.e2e.days import A4, SOURCE, DayDone, changed_source, reader, run_day

KINDS = {
    "rectification_order", "interview_notice", "inquiry_notice", "inspection_record",
    "proof_of_service",
}  # fmt: skip
RARE = "龙𬱖"
OLD_AMOUNT, OLD_FEN = "18600元", 1_860_000
NEW_AMOUNT, NEW_FEN = "19850.5元", 1_985_050


def test_the_summary_names_what_lies_in_the_folder(day: DayDone) -> None:
    made = day.summary
    assert {paper["kind"] for paper in made["papers"]} == KINDS
    for paper in made["papers"]:
        assert set(paper) >= {"kind", "number", "file", "sha256", "pages"}
        stored = (day.out / paper["file"]).read_bytes()
        assert hashlib.sha256(stored).hexdigest() == paper["sha256"]
        assert len(reader(day.out / paper["file"]).pages) == paper["pages"]
    for book in made["workbooks"]:
        assert (day.out / book["file"]).is_file()
    assert set(made["figures"]) == {"owing_fen", "workers", "cases"}


def test_every_page_is_a4_and_says_that_it_is_invented(day: DayDone) -> None:
    for path in sorted(day.out.glob("*.pdf")):
        for page in reader(path).pages:
            assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
                A4, abs=0.5
            )


def fonts_of(path: Path) -> dict[str, DictionaryObject]:
    """Every font a PDF names, with its descriptor."""
    found: dict[str, DictionaryObject] = {}
    for page in reader(path).pages:
        resources: Any = page["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            found[name] = font.get_object()
    return found


def test_every_font_is_embedded(day: DayDone) -> None:
    for path in sorted(day.out.glob("*.pdf")):
        fonts = fonts_of(path)
        assert fonts, path.name
        for name, font in fonts.items():
            descriptor: Any = font.get("/FontDescriptor")
            assert descriptor is not None, f"{path.name} {name} is not embedded"
            assert "/FontFile2" in descriptor.get_object(), f"{path.name} {name}"


def test_the_order_can_be_copied_with_a_rare_name_whole(day: DayDone) -> None:
    text = day.text("rectification_order")
    assert RARE in text
    assert "限期改正指令书" in text
    number = next(p["number"] for p in day.summary["papers"] if p["kind"] == "rectification_order")
    assert "".join(number.split()) in text


def test_figures_capitals_and_the_table_agree(day: DayDone) -> None:
    owing = day.summary["order"]["owing_fen"]
    text = day.text("rectification_order")
    assert yuan(owing) in text
    assert capital(owing) in text
    rows = [row for row in day.cells("欠薪人员及金额明细表.xlsx") if isinstance(row[0], int)]
    assert len(rows) == day.summary["order"]["workers"]


def test_the_deadline_runs_over_the_make_up_saturday(day: DayDone) -> None:
    """Five working days after Monday 28 September 2026: the holiday is skipped, Saturday counts."""
    assert date(2026, 9, 28) == TODAY
    assert "2026年10月10日" in day.text("rectification_order")


def test_what_failed_on_site_stands_in_record_and_order_without_retyping(day: DayDone) -> None:
    answers = json.loads((SOURCE / "answers.json").read_text(encoding="utf-8"))["answers"]
    failed = [row for row in answers.values() if row["answer"] == "no"]
    record, order = day.text("inspection_record"), day.text("rectification_order")
    assert f"发现问题{len(failed)}项" in record
    for row in failed:
        assert row["note"][-6:] in record  # its beginning may stand on the page before
    assert "未按月" in order  # what the unit of this case answers for


def test_a_row_without_an_employer_is_kept_with_its_reason(day: DayDone) -> None:
    book = next(book for book in day.summary["workbooks"] if "未导入" in book["file"])
    assert book["rows"] == 1
    told = [cell for row in day.cells(book["file"]) for cell in row if isinstance(cell, str)]
    assert "没有说明被反映的单位" in told


def test_an_amount_that_is_no_number_stays_text(day: DayDone) -> None:
    rows = [row for row in day.cells("案件台账_内部完整版.xlsx") if "约50万元" in row]
    assert all(50_0000 not in row and 500_000.0 not in row for row in rows)


def test_the_masked_ledger_holds_no_identity_number(day: DayDone) -> None:
    cells = [cell for row in day.cells("案件台账_报送脱敏版.xlsx") for cell in row if cell]
    text = " ".join(str(cell) for cell in cells)
    for secret in ("410499197803120113", "13900000001", "向大山"):
        assert secret not in text


def test_one_changed_amount_changes_everything_that_follows(day: DayDone, tmp_path: Path) -> None:
    """18600元 becomes 19850.5元 in the clue list; nothing else is touched."""
    other = run_day(tmp_path / "demo", changed_source(tmp_path / "list", OLD_AMOUNT, NEW_AMOUNT))
    for part in ("figures", "order"):
        change = other.summary[part]["owing_fen"] - day.summary[part]["owing_fen"]
        assert change == NEW_FEN - OLD_FEN  # summary.json
        assert other.summary[part]["workers"] == day.summary[part]["workers"]
    before, after = day.summary["order"], other.summary["order"]
    old, new = day.text("rectification_order"), other.text("rectification_order")
    assert yuan(before["owing_fen"]) in old
    assert yuan(before["owing_fen"]) not in new
    assert yuan(after["owing_fen"]) in new  # the order
    assert capital(after["owing_fen"]) in new  # 大写
    assert capital(before["owing_fen"]) not in new
    assert yuan(NEW_FEN) in new  # the worker's own row of the table
    assert yuan(OLD_FEN) not in new
    assert amounts(other) == [
        NEW_FEN if fen == OLD_FEN else fen for fen in amounts(day)
    ]  # the workbook
    digests = {p["kind"]: p["sha256"] for p in day.summary["papers"]}
    changed = {p["kind"] for p in other.summary["papers"] if p["sha256"] != digests[p["kind"]]}
    assert "rectification_order" in changed
    assert "inspection_record" not in changed


def amounts(day: DayDone) -> list[int]:
    """What each worker is due by the wage workbook, in fen."""
    rows = day.cells("欠薪人员及金额明细表.xlsx")
    heading = next(row for row in rows if any(str(cell).startswith("应发") for cell in row if cell))
    column = next(n for n, cell in enumerate(heading) if cell and str(cell).startswith("应发"))
    return [
        round(row[column] * 100)
        for row in rows
        if isinstance(row[0], int) and isinstance(row[column], int | float)
    ]


def test_the_same_list_gives_the_same_bytes(day: DayDone, tmp_path: Path) -> None:
    again = run_day(tmp_path / "demo")
    assert [p["sha256"] for p in again.summary["papers"]] == [
        p["sha256"] for p in day.summary["papers"]
    ]
