"""Writes one table the way a bureau files it, from the title down to the signatures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from inspector_app.sheets.lines_out import LedgerHead
from inspector_app.sheets.safe import safe_text
from inspector_app.sheets.style_out import (
    HEAD_HEIGHT,
    LEAST_HEIGHT,
    SIGN_HEIGHT,
    SIZE,
    TITLE_HEIGHT,
    UNIT_HEIGHT,
    WRAPPED,
    Book,
    Format,
    Formats,
    OutKind,
    OutSheet,
    row_height,
    set_page,
)

L = TypeVar("L")
# Row numbers of every table, from 0.
TITLE_ROW, UNIT_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 4
_FEN_PER = {"元": 100, "万元": 1_000_000}


@dataclass(frozen=True, slots=True)
class OutColumn(Generic[L]):
    """One column; money is given in fen. `keep` columns stay even when nobody filled them in."""

    id: str
    title: str
    width: float
    kind: OutKind
    value: Callable[[L], object]
    group: str = ""
    keep: bool = False
    summed: bool = False
    choices: tuple[str, ...] = ()
    formula: tuple[str, ...] = ()  # plus, minus, minus …: ids of the columns it is computed from


@dataclass(frozen=True, slots=True)
class Table(Generic[L]):
    """What to write: name of the sheet, columns in order, lines, columns that stay in view."""

    name: str
    columns: Sequence[OutColumn[L]]
    lines: Sequence[L]
    frozen: int
    headline: str = ""  # what the table is about; it takes the place of the unit that reports
    signatures: tuple[str, str, str] | None = None  # who signs, where that is not 填报、审核

    def index(self, column_id: str) -> int:
        """Position of a column."""
        return next(i for i, column in enumerate(self.columns) if column.id == column_id)

    @property
    def last_row(self) -> int:
        """Row of the last line (or the one a line would stand in), from 0."""
        return FIRST_ROW + max(len(self.lines), 1) - 1


def used_columns(columns: Sequence[OutColumn[L]], lines: Sequence[L]) -> list[OutColumn[L]]:
    """The columns that are kept or hold something, so that the print stays readable."""
    return [c for c in columns if c.keep or any(_filled(c.value(line)) for line in lines)]


def _filled(value: object) -> bool:
    return value not in (None, "", 0)


class TableWriter(Generic[L]):
    """Writes a table row by row from the top, as constant-memory workbooks demand."""

    def __init__(self, book: Book, formats: Formats, head: LedgerHead) -> None:
        self._book = book
        self._formats = formats
        self._head = head
        self._divisor = _FEN_PER[head.unit]

    def write(
        self, table: Table[L], progress: Callable[[int, int], None] | None = None
    ) -> OutSheet:
        """Write the sheet; returns it for what else the caller adds."""
        sheet = self._book.add_worksheet(table.name)
        self._page(sheet, table)
        self._above(sheet, table)
        self._heading(sheet, table)
        formats = [self._formats.cell(column.kind) for column in table.columns]
        for number, line in enumerate(table.lines):
            if progress is not None and number % 500 == 0:
                progress(number, len(table.lines))
            self._height(sheet, table, FIRST_ROW + number, line)
            for column, (spec, cell_format) in enumerate(zip(table.columns, formats, strict=True)):
                self._cell(sheet, table, FIRST_ROW + number, column, spec, line, cell_format)
        if not table.lines:
            self._empty_row(sheet, table)
        self._total(sheet, table)
        self._signatures(sheet, table)
        return sheet

    def _page(self, sheet: OutSheet, table: Table[L]) -> None:
        set_page(sheet, len(table.columns), demo=self._head.demo)
        sheet.repeat_rows(HEAD_ROW, FIRST_ROW - 1)
        sheet.freeze_panes(FIRST_ROW, table.frozen)
        sheet.autofilter(FIRST_ROW - 1, 0, table.last_row, len(table.columns) - 1)
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, self._width(column))
            if column.choices:
                sheet.data_validation(
                    FIRST_ROW,
                    index,
                    table.last_row,
                    index,
                    {
                        "validate": "list",
                        "source": list(column.choices),
                        "error_title": "请从列表中选择",
                        "error_message": "可选：" + "、".join(column.choices),
                    },
                )

    def _width(self, column: OutColumn[L]) -> float:
        """Figures and dates cannot wrap: their columns grow with the letters."""
        if column.kind in WRAPPED:
            return column.width
        return column.width * self._formats.size / SIZE

    def _above(self, sheet: OutSheet, table: Table[L]) -> None:
        last = len(table.columns) - 1
        title = self._head.title + ("（演示数据）" if self._head.demo else "")
        sheet.set_row(TITLE_ROW, TITLE_HEIGHT)
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, safe_text(title), self._formats.title())
        day = self._head.made_on
        made = f"填报时间：{day.year}年{day.month}月{day.day}日"
        figures = any(column.summed for column in table.columns)
        unit = f"单位：人、{self._head.unit}" if figures else ""
        sheet.set_row(UNIT_ROW, UNIT_HEIGHT)
        left, middle, right = _thirds(table.columns)
        if table.headline:
            parts = [
                (left[0], middle[1], table.headline, "left"),
                (*right, f"{made}  {unit}".rstrip(), "right"),
            ]
        else:
            bureau = f"填报单位（盖章）：{self._head.bureau}"
            parts = [(*left, bureau, "left"), (*middle, made, "center"), (*right, unit, "right")]
        for first, end, text, align in parts:
            _line(sheet, UNIT_ROW, first, end, safe_text(text), self._formats.plain(align))

    def _heading(self, sheet: OutSheet, table: Table[L]) -> None:
        """Both levels row by row; merged afterwards, for merging writes cells of later rows."""
        head = self._formats.head()
        groups = [column.group for column in table.columns]
        for row in (HEAD_ROW, HEAD_ROW + 1):
            sheet.set_row(row, HEAD_HEIGHT)
        for index, column in enumerate(table.columns):
            starts = index == 0 or groups[index - 1] != column.group
            text = column.group if column.group and starts else "" if column.group else column.title
            sheet.write_string(HEAD_ROW, index, text, head)
        for index, column in enumerate(table.columns):
            sheet.write_string(HEAD_ROW + 1, index, column.title if column.group else "", head)
            if not column.group:
                # merge_range would write the lower cell before the next upper one.
                sheet.merge.append([HEAD_ROW, index, HEAD_ROW + 1, index])
        for first, last in _runs(groups):
            if last > first:
                sheet.merge.append([HEAD_ROW, first, HEAD_ROW, last])

    def _height(self, sheet: OutSheet, table: Table[L], row: int, line: L) -> None:
        texts = (
            (str(value), column.width)
            for column in table.columns
            if column.kind in WRAPPED and (value := column.value(line))
        )
        sheet.set_row(row, row_height(texts, self._formats.size))

    def _cell(
        self,
        sheet: OutSheet,
        table: Table[L],
        row: int,
        column: int,
        spec: OutColumn[L],
        line: L,
        cell_format: Format,
    ) -> None:
        value = spec.value(line)
        if spec.id == "serial":
            sheet.write_number(row, column, row - FIRST_ROW + 1, cell_format)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, cell_format)
        elif spec.formula:
            cells = [_address(row, table.index(one)) for one in spec.formula]
            sheet.write_formula(row, column, "=" + "-".join(cells), cell_format, self._money(value))
        elif isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, column, value, cell_format)
        elif isinstance(value, int):
            number = self._money(value) if spec.kind is OutKind.MONEY else value
            sheet.write_number(row, column, number, cell_format)
        else:
            sheet.write_string(row, column, safe_text(str(value)), cell_format)

    def _money(self, value: object) -> float:
        if not isinstance(value, int):
            raise TypeError("money is int fen")
        return value / self._divisor

    def _empty_row(self, sheet: OutSheet, table: Table[L]) -> None:
        for index, column in enumerate(table.columns):
            sheet.write_blank(FIRST_ROW, index, None, self._formats.cell(column.kind))

    def _total(self, sheet: OutSheet, table: Table[L]) -> None:
        row = table.last_row + 1
        sheet.set_row(row, LEAST_HEIGHT)
        figures = any(column.summed for column in table.columns)
        words = "合计" if figures else f"共 {len(table.lines)} 项"
        for index, column in enumerate(table.columns):
            cell_format = self._formats.cell(column.kind, bold=True)
            if column.summed:
                area = f"{_address(FIRST_ROW, index)}:{_address(table.last_row, index)}"
                total = column_sum(column, table.lines)
                value = self._money(total) if column.kind is OutKind.MONEY else total
                sheet.write_formula(row, index, f"=SUM({area})", cell_format, value)
            elif index == 1:
                sheet.write_string(row, 1, words, self._formats.cell(OutKind.CENTRE, bold=True))
            else:
                sheet.write_blank(row, index, None, cell_format)

    def _signatures(self, sheet: OutSheet, table: Table[L]) -> None:
        row = table.last_row + 2
        sheet.set_row(row, SIGN_HEIGHT)
        people = (f"填报人：{self._head.filler}", f"审核人：{self._head.reviewer}")
        phone = f"联系电话：{self._head.phone}"
        texts = (*people, phone)
        if table.headline:
            texts = (f"填报单位（盖章）：{self._head.bureau}", "        ".join(people), phone)
        texts = table.signatures or texts
        for (first, end), text in zip(_thirds(table.columns), texts, strict=True):
            _line(sheet, row, first, end, safe_text(text), self._formats.plain())


def column_sum(column: OutColumn[L], lines: Sequence[L]) -> int:
    """Sum of a column: fen for money."""
    values = (column.value(line) for line in lines)
    return sum(value for value in values if isinstance(value, int))


def _line(sheet: OutSheet, row: int, first: int, end: int, text: str, cell_format: Format) -> None:
    if end > first:
        sheet.merge_range(row, first, row, end, text, cell_format)
    else:
        sheet.write_string(row, first, text, cell_format)


def _thirds(columns: Sequence[OutColumn[L]]) -> list[tuple[int, int]]:
    """First and last column of the left, middle and right third of the table's width."""
    total = sum(column.width for column in columns)
    ends: list[int] = []
    width = 0.0
    for index, column in enumerate(columns):
        width += column.width
        if len(ends) < 2 and width >= total * (len(ends) + 1) / 3:
            ends.append(min(index, len(columns) - 3 + len(ends)))
    return [(0, ends[0]), (ends[0] + 1, ends[1]), (ends[1] + 1, len(columns) - 1)]


def _runs(groups: Sequence[str]) -> list[tuple[int, int]]:
    """First and last index of each stretch of one group."""
    runs: list[tuple[int, int]] = []
    for index, group in enumerate(groups):
        if group and index and groups[index - 1] == group:
            runs[-1] = (runs[-1][0], index)
        elif group:
            runs.append((index, index))
    return runs


def column_letters(column: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"
