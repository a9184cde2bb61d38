"""The demonstration day goes through the same services; one amount changed changes everything."""

import json
from pathlib import Path

import openpyxl
import pytest

from inspector_app.domain.capital import capital
from inspector_app.library.office import resources_dir
from inspector_app.services.demo import run_day
from tests.helpers.desks import make_desk
from tests.helpers.pdftext import text_of

SOURCE = resources_dir() / "demo"


def run(folder: Path, source: Path = SOURCE) -> dict[str, object]:
    desk = make_desk(folder / "data")
    summary = run_day(desk, folder / "out", source)
    assert desk.ledger.check() == []
    desk.ledger.close()
    return summary


def owing(summary: dict[str, object]) -> int:
    return int(str(part(summary, "order")["owing_fen"]))


def part(summary: dict[str, object], name: str) -> dict[str, object]:
    """One object of the summary."""
    found = summary[name]
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], Path]:
    """The day as shipped, run once."""
    folder = tmp_path_factory.mktemp("day")
    return run(folder), folder / "out"


def test_amount_figures_and_capitals_agree_with_the_worker_table(
    day: tuple[dict[str, object], Path],
) -> None:
    summary, out = day
    text = text_of(out / str(part(summary, "order")["file"]))

    assert owing(summary) == 8_191_050
    assert "81,910.50" in text
    assert capital(8_191_050) in text
    assert "龙𬱖" in text
    assert "2026年10月10日（星期六）" in text


def test_the_summary_is_what_lies_in_the_folder(day: tuple[dict[str, object], Path]) -> None:
    summary, out = day

    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == summary
    for paper in summary["papers"]:  # type: ignore[attr-defined]  # a list by contract
        assert (out / paper["file"]).read_bytes().startswith(b"%PDF")


def test_one_amount_changed_in_the_clue_list_changes_everything(
    day: tuple[dict[str, object], Path], tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for file in SOURCE.iterdir():
        (source / file.name).write_bytes(file.read_bytes())
    clues = (source / "clues.csv").read_text(encoding="utf-8")
    assert clues.count("18600元") == 1
    (source / "clues.csv").write_text(clues.replace("18600元", "20000.01元"), encoding="utf-8")

    summary = run(tmp_path, source)
    more = 2_000_001 - 1_860_000
    before, after = (part(one, "figures")["owing_fen"] for one in (day[0], summary))
    assert int(str(after)) - int(str(before)) == more

    changed = 8_191_050 - 1_860_000 + 2_000_001
    assert owing(summary) == changed
    text = text_of(tmp_path / "out" / str(part(summary, "order")["file"]))
    assert "20,000.01" in text
    assert "83,310.51" in text
    assert capital(changed) in text
    assert "18,600.00" not in text
    book = openpyxl.load_workbook(tmp_path / "out" / "案件台账_内部完整版.xlsx")
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert 83310.51 in values
