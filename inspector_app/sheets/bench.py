"""Times the import and export of a long ledger against the bare libraries underneath."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

import python_calamine as calamine
import xlsxwriter  # type: ignore[import-untyped]  # xlsxwriter ships no types

from inspector_app.sheets.importing import read_rows
from inspector_app.sheets.ledger_columns import case_columns
from inspector_app.sheets.ledger_out import write_case_ledger
from inspector_app.sheets.lines_out import CaseLine, LedgerHead
from inspector_app.sheets.mapping import choose
from inspector_app.sheets.read import read_workbook


@dataclass(frozen=True, slots=True)
class Timing:
    """Processor seconds of our way and of the bare library on the same data, the best run."""

    name: str
    rows: int
    seconds: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times the floor our way takes."""
        return self.seconds / self.floor


def bench_export(lines: Sequence[CaseLine], head: LedgerHead, folder: Path) -> Timing:
    """Write the case ledger, and the same values without any format."""
    ours = _best(lambda: write_case_ledger(folder / "ours.xlsx", lines, head, masked=False))
    floor = _best(lambda: _raw_export(lines, folder / "raw.xlsx"))
    return Timing("export", len(lines), ours, floor)


def bench_import(path: Path, today: date) -> Timing:
    """Read a workbook row by row as an import does, and with the bare reader."""
    rows: list[int] = []
    ours = _best(lambda: rows.append(_import(path, today)))
    floor = _best(lambda: _raw_import(path))
    return Timing("import", rows[-1], ours, floor)


def _import(path: Path, today: date) -> int:
    sheet, mapping = choose(read_workbook(path))
    return read_rows(sheet, mapping, today=today).data_rows


def _raw_import(path: Path) -> int:
    book = calamine.CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def _raw_export(lines: Sequence[CaseLine], path: Path) -> None:
    columns = case_columns(lambda _: False)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row, line in enumerate(lines):
        for column, spec in enumerate(columns):
            value = spec.value(line)
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value is not None:
                sheet.write_string(row, column, str(value))
    book.close()


def _best(run: Callable[[], object], times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        start = process_time()
        run()
        best = min(best, process_time() - start)
    return best
