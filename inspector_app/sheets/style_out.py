"""How exported tables look: fonts, borders and number formats of office ledgers, made to print."""

import math
import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import Any, TypeAlias

# xlsxwriter has no types; these names say what is meant.
Book: TypeAlias = Any
OutSheet: TypeAlias = Any
Format: TypeAlias = Any

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
A4, A3 = 9, 8
A3_FROM_COLUMNS = 17
MARGIN_INCHES = 0.59  # 1.5 cm
LINE_HEIGHT, LEAST_HEIGHT = 1.3, 20.0  # a line is 1.3 times its letters
# A wide table is shrunk to the page: larger letters in columns of the same width stay readable.
SIZE, WIDE_SIZE = 10, 12
TITLE_HEIGHT, UNIT_HEIGHT, HEAD_HEIGHT, SIGN_HEIGHT = 36, 20, 24, 28


class OutKind(Enum):
    """What a column of an exported table holds."""

    TEXT = "text"
    CENTRE = "centre"
    SERIAL = "serial"
    DIGITS = "digits"  # numbers that are names: identity, card, phone, credit code
    DATE = "date"
    COUNT = "count"
    MONEY = "money"


_NUMBER_FORMATS = {
    OutKind.DIGITS: "@",
    OutKind.TEXT: "@",
    OutKind.CENTRE: "@",
    OutKind.DATE: "yyyy-mm-dd",
    OutKind.COUNT: "#,##0",
    OutKind.SERIAL: "0",
}
_CENTRED = {OutKind.CENTRE, OutKind.SERIAL, OutKind.DIGITS, OutKind.DATE}
WRAPPED = {OutKind.TEXT, OutKind.CENTRE, OutKind.DIGITS}
_RIGHT = {OutKind.MONEY, OutKind.COUNT}


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Book, unit: str, size: int = SIZE) -> None:
        self._book = book
        self.size = size
        self._money = "#,##0.00" if unit == "元" else "#,##0.0000"
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> Format:
        """The format with these properties, in the body font unless they say otherwise."""
        wanted = {"font_name": BODY_FONT, "font_size": self.size, "valign": "vcenter", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def title(self) -> Format:
        """The table's title."""
        return self.of(font_size=self.size + 8, bold=True, align="center")

    def plain(self, align: str = "left") -> Format:
        """Lines above and below the table."""
        return self.of(font_size=self.size + 1, align=align)

    def head(self) -> Format:
        """Headings: light grey, so that they survive a black-and-white printer."""
        return self.of(
            font_name=HEAD_FONT,
            bold=True,
            align="center",
            border=1,
            text_wrap=True,
            bg_color="#EDEDED",
        )

    def cell(self, kind: OutKind, *, bold: bool = False) -> Format:
        """A cell of a column of that kind."""
        align = "center" if kind in _CENTRED else "right" if kind in _RIGHT else "left"
        number = self._money if kind is OutKind.MONEY else _NUMBER_FORMATS[kind]
        wrap = kind in WRAPPED
        return self.of(num_format=number, align=align, border=1, text_wrap=wrap, bold=bold)

    def overdue(self) -> Format:
        """Red means overdue and nothing else."""
        return self._book.add_format({"font_color": "#C00000", "bold": True})


def row_height(texts: Iterable[tuple[str, float]], size: int = SIZE) -> float:
    """Height that shows every text of a row in a column of its width.

    Said outright because a program that converts to PDF does not work it out for itself.
    """
    lines = max((_lines(text, width * SIZE / size) for text, width in texts), default=1)
    return max(LEAST_HEIGHT, lines * size * LINE_HEIGHT + 4)


def _lines(text: str, width: float) -> int:
    room = max(width - 1, 2)
    return sum(max(1, math.ceil(_span(part) / room)) for part in text.split("\n"))


def _span(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def font_size(columns: int) -> int:
    """Letters of a table with so many columns."""
    return WIDE_SIZE if columns >= A3_FROM_COLUMNS else SIZE


def set_page(sheet: OutSheet, columns: int, *, demo: bool) -> None:
    """Landscape, one page wide, centred, page numbers at the foot."""
    sheet.set_landscape()
    sheet.set_paper(A3 if columns >= A3_FROM_COLUMNS else A4)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, 0.79)
    mark = "&L演示数据" if demo else ""
    sheet.set_footer(f"{mark}&C第&P页 共&N页", {"margin": 0.39})
