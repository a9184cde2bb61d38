"""Reading and writing long lists stays within a small multiple of the bare libraries."""

from pathlib import Path

import pytest

from inspector_app.sheets.bench import bench_export, bench_import
from tests.sheets.builders import TODAY, case_line, head

# Measured on 10,000 rows: export 2.5 times, import 9 times the bare library. The limits leave
# room for the counting of coverage, which slows our side only; they catch what grows too fast.
EXPORT_LIMIT, IMPORT_LIMIT = 12, 60


def timings(rows: int, folder: Path) -> None:
    lines = [case_line(n) for n in range(rows)]
    export = bench_export(lines, head(), folder)
    taken = bench_import(folder / "ours.xlsx", TODAY)
    assert (export.rows, taken.rows) == (rows, rows)
    assert export.ratio < EXPORT_LIMIT
    assert taken.ratio < IMPORT_LIMIT


def test_a_list_of_a_year_is_quick_enough(tmp_path: Path) -> None:
    timings(600, tmp_path)


@pytest.mark.long
def test_ten_thousand_rows_are_quick_enough(tmp_path: Path) -> None:
    timings(10_000, tmp_path)
