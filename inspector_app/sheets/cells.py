"""What a workbook holds once it is read: sheets of cells that remember how they were written."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from inspector_app.domain.words import Word
from inspector_app.sheets.safe import unguarded

CellValue: TypeAlias = str | int | float | bool | date | datetime | None
# First row, first column, last row, last column; all counted from 0, all inside.
MergedRange: TypeAlias = tuple[int, int, int, int]

# A spreadsheet keeps 15 digits of a number, an identity number has 18.
MAX_EXACT = 10**15
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?(\d{2})")


class CellFlag(Word):
    """What is wrong with a cell before anybody asks what it means."""

    NONE = "", ""
    LOST_DIGITS = "lost_digits", "长号码被存成数值，末几位已丢失，请核对原件"
    NO_VALUE = "no_value", "公式没有计算结果，请在表格软件中打开并保存一次"
    ERROR = "error", "单元格是错误值（如 #N/A）"


class Cell(NamedTuple):
    """One cell: the text as a person sees it, the value behind it, and what is wrong with it."""

    text: str
    value: CellValue
    flag: CellFlag = CellFlag.NONE


EMPTY = Cell("", None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; rows have one width, blank ones at the end are gone."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


def make_cell(value: object) -> Cell:
    """A cell from whatever a reader hands over."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, str):
        return text_cell(unguarded(value))
    if isinstance(value, bool):
        return Cell("是" if value else "否", value)
    if isinstance(value, int | float):
        return _number_cell(value)
    if isinstance(value, datetime):
        if value.time() == time(0, 0):
            return Cell(value.date().isoformat(), value.date())
        return Cell(value.isoformat(" "), value)
    if isinstance(value, date):
        return Cell(value.isoformat(), value)
    if isinstance(value, time | timedelta):
        return Cell(str(value), str(value))
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def text_cell(text: str) -> Cell:
    """A cell that holds text; error marks and spoiled long numbers are seen even as text."""
    if not text.strip():
        return EMPTY
    bare = text.strip()
    if bare.startswith("#") and bare.rstrip("!?").upper() in _ERRORS:
        return Cell(bare, None, CellFlag.ERROR)
    spoiled = _SCIENTIFIC.fullmatch(bare)
    if spoiled and int(spoiled[1]) >= 15:
        return Cell(bare, bare, CellFlag.LOST_DIGITS)
    return Cell(text, text)


_ERRORS = {"#N/A", "#REF", "#VALUE", "#NAME", "#DIV/0", "#NUM", "#NULL"}


def number_text(value: int | float) -> str:
    """The number as a person would type it: no trailing .0, no binary dust."""
    if isinstance(value, float) and value.is_integer() and abs(value) < MAX_EXACT:
        return str(int(value))
    return format(value, ".15g") if isinstance(value, float) else str(value)


def _number_cell(value: int | float) -> Cell:
    flag = CellFlag.LOST_DIGITS if abs(value) >= MAX_EXACT else CellFlag.NONE
    return Cell(number_text(value), value, flag)


def make_sheet(
    name: str,
    rows: Iterable[list[Cell]],
    merged: Iterable[MergedRange] = (),
    *,
    hidden: bool = False,
) -> Sheet:
    """A sheet with what is blank at its end cut off and its rows made equally long."""
    kept = list(rows)
    while kept and not any(cell is not EMPTY for cell in kept[-1]):
        kept.pop()
    width = max((_last_filled(row) for row in kept), default=0)
    padded = [(row + [EMPTY] * (width - len(row)))[:width] for row in kept]
    inside = tuple(m for m in merged if m[0] < len(padded) and m[1] < width)
    return Sheet(name, padded, inside, hidden)


def _last_filled(row: list[Cell]) -> int:
    for index in range(len(row), 0, -1):
        if row[index - 1] is not EMPTY:
            return index
    return 0


def squeeze(text: str) -> str:
    """Text for comparing: full-width forms made half-width, all white space gone, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
