"""`import` and `export`: lists in, workbooks out."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from inspector_app.errors import OutsideError
from inspector_app.services import intake
from tests.cli.conftest import Commands
from tests.e2e.days import SOURCE, DayDone
from tests.helpers.real_data import shared_data

Done = Callable[..., Any]
KEYS = {
    "file", "kind", "data_rows", "accepted", "rejected", "already_known", "changed_values",
    "rejected_file", "amount_sum_fen",
}  # fmt: skip


@pytest.fixture
def clues(tmp_path: Path) -> Path:
    """The demonstration list, in a folder where rejected rows may be written."""
    path = tmp_path / "clues.csv"
    path.write_bytes((SOURCE / "clues.csv").read_bytes())
    return path


def test_a_list_is_taken_in_once(done: Done, clues: Path) -> None:
    first = done("import", clues, "--kind", "clues")
    assert set(first) >= KEYS
    rows = data_rows(clues)
    assert first["accepted"] + first["rejected"] + first["already_known"] == rows
    assert (first["data_rows"], first["rejected"]) == (rows, 1)
    assert Path(first["rejected_file"]).is_file()
    assert done("clue", "list")["total"] == rows - 1
    second = done("import", clues, "--kind", "clues")
    assert (second["accepted"], second["already_known"]) == (0, rows - 1)
    assert second["amount_sum_fen"] == 0
    assert done("clue", "list")["total"] == rows - 1


def test_refused_rows_that_cannot_be_saved_are_a_word_beside_the_success(
    at: Commands, clues: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blocked(*_: object) -> None:
        raise OutsideError("写不了文件。")

    monkeypatch.setattr(intake, "write_rejected", blocked)
    ran = at("import", clues, "--kind", "clues")
    assert (ran.code, ran.json["rejected"], ran.json["rejected_file"]) == (0, 1, None)
    assert ran.json["accepted"] == data_rows(clues) - 1
    assert ran.json["changeset_id"]
    assert ran.json["rejected_trouble"] in ran.err
    assert "没有存成文件：写不了“clues_未导入的行.xlsx”" in ran.err
    monkeypatch.undo()
    again = at("import", clues, "--kind", "clues").json
    assert (again["accepted"], again["rejected_trouble"]) == (0, None)
    assert Path(again["rejected_file"]).is_file()


def data_rows(path: Path) -> int:
    """Rows below the heading."""
    return len(path.read_text(encoding="utf-8-sig").strip().splitlines()) - 1


def test_values_understood_otherwise_than_written_are_told(done: Done, clues: Path) -> None:
    changed = done("import", clues)["changed_values"]
    assert all(set(one) == {"row", "field", "written", "understood"} for one in changed)
    assert {"2.145万元"} <= {one["written"] for one in changed}
    told = {one["written"]: one["understood"] for one in changed}
    assert told["2.145万元"] == 2_145_000


def test_a_dry_run_writes_nothing(done: Done, at: Commands, clues: Path) -> None:
    ran = at("import", clues, "--dry-run")
    assert ran.code == 0
    assert ran.json["accepted"] + ran.json["rejected"] == data_rows(clues)
    assert f"第 {ran.json['rejected_rows'][0]['row']} 行未导入：" in ran.err
    assert done("clue", "list")["total"] == 0
    assert not list(clues.parent.glob("*未导入*"))
    assert "changeset_id" not in ran.json


def test_a_dry_run_says_what_the_import_then_does(done: Done, clues: Path) -> None:
    def said(*more: str) -> tuple[int, ...]:
        ran = done("import", clues, *more)
        return tuple(ran[k] for k in ("accepted", "already_known", "rejected", "amount_sum_fen"))

    first = said("--dry-run")
    assert first == said()
    again = said("--dry-run")
    assert again == said()
    assert again[:2] == (0, first[0] + first[1])


def test_a_dry_run_of_a_roster_asks_for_no_case_but_minds_the_one_named(
    demo: Done, at: Commands, tmp_path: Path
) -> None:
    roster = tmp_path / "workers.csv"
    roster.write_text("姓名,应发工资\n王试行,1000\n李试行,2000\n", encoding="utf-8-sig")
    tried = demo("import", roster, "--kind", "workers", "--dry-run")
    assert (tried["accepted"], tried["dry_run"]) == (2, True)
    case = demo("case", "list", "--view", "rectification")["cases"][0]["case_no"]
    before = demo("case", "show", case)["claims"]["workers"]
    assert demo("import", roster, "--kind", "workers", "--dry-run", "--case", case)["accepted"] == 2
    assert demo("case", "show", case)["claims"]["workers"] == before
    demo("import", roster, "--kind", "workers", "--dry-run", "--case", "没有这件", code=1)


def test_a_file_that_cannot_be_read_is_told(at: Commands, tmp_path: Path) -> None:
    assert at("import", tmp_path / "none.xlsx").code == 1
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    assert at("import", broken).code == 1
    assert at("import", broken, "--kind", "birds").code == 1


def test_the_ledger_leaves_as_a_workbook(demo: Done, tmp_path: Path) -> None:
    out = tmp_path / "ledger.xlsx"
    made = demo("export", "ledger", "--out", out)
    assert set(made) >= {"file", "rows", "sums", "sha256"}
    assert sha256(out.read_bytes()).hexdigest() == made["sha256"]
    assert made["rows"] == demo("case", "list")["total"]
    some = demo("export", "ledger", "--out", out, "--view", "rectification", "--masked")
    assert some["rows"] == 1
    assert openpyxl.load_workbook(out).worksheets[0].max_row > 1


def test_the_wage_list_of_a_case_sums_up(demo: Done, tmp_path: Path) -> None:
    case = demo("case", "list", "--view", "rectification")["cases"][0]
    out = tmp_path / "claims.xlsx"
    made = demo("export", "claims", "--case", case["case_no"], "--out", out)
    claims = demo("case", "show", case["id"])["claims"]
    assert made["rows"] == claims["workers"]
    assert claims["owing_fen"] in made["sums"].values()


def test_a_blank_checklist_is_a_pdf(demo: Done, tmp_path: Path) -> None:
    out = tmp_path / "checklist.pdf"
    made = demo("export", "checklist", "--checklist", "construction", "--out", out)
    assert made["rows"] == 53
    assert out.read_bytes().startswith(b"%PDF")
    demo("export", "checklist", "--checklist", "nothing", "--out", out, code=1)


@pytest.mark.real_data
def test_the_public_cases_come_in_with_their_amounts(done: Done, tmp_path: Path) -> None:
    source = shared_data("cn_cases", "wage_arrears_public_cases.csv")
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    made = done("import", path)
    assert made["data_rows"] == 10
    assert made["accepted"] == 10
    told = {one["written"]: one["understood"] for one in made["changed_values"]}
    assert told["17.06 万元"] == 17_060_000
    flagged = [one for one in made["flags"] if "91520382MAAJM1B991" in one["message"]]
    assert len(flagged) == 1
    again = done("import", path)
    assert (again["accepted"], again["already_known"]) == (0, 10)


def test_the_day_sums_up_to_what_its_list_says(demo_day: DayDone) -> None:
    assert demo_day.summary["order"]["owing_fen"] == 1_860_000 + 2_145_000 + 986_050 + 3_200_000
