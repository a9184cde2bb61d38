"""Reads the HTML tables that web systems hand out under the name of .xls."""

import re

from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types

from inspector_app.errors import UserError
from inspector_app.sheets.cells import EMPTY, Cell, MergedRange, Sheet, make_sheet, text_cell
from inspector_app.sheets.read_text import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
MAX_SPAN = 1000


def looks_like_html(data: bytes) -> bool:
    """Whether the bytes are mark-up with a table in it, or the XML spreadsheet of 2003."""
    head = data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not head.startswith(b"<"):
        return False
    return b"<table" in data[:200_000].lower() or b"<html" in head or b"<?xml" in head


def read_html(data: bytes, name: str) -> list[Sheet]:
    """Every outermost table of the page that holds cells."""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:4000]:
        raise UserError("这是旧式 XML 表格。请在表格软件中另存为 xlsx 后再导入。", kind="file")
    try:
        page = html.document_fromstring(_text(data))
    except (etree.ParserError, ValueError) as error:
        raise UserError("网页表格已损坏，打不开。请另存为 xlsx 后再导入。", kind="file") from error
    tables = page.xpath("//table[not(ancestor::table)]")
    sheets = [_sheet(table, name, number) for number, table in enumerate(tables, start=1)]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UserError("这是网页，其中没有表格。", kind="file")
    return filled


def _text(data: bytes) -> str:
    named = _CHARSET.search(data[:4000])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = named[1].decode("ascii").lower()
        # Pages that say gb2312 hold GBK characters: read them as their superset.
        wide = "gb18030" if encoding in {"gb2312", "gbk"} else encoding
        try:
            return _without_declaration(data.decode(wide))
        except (UnicodeDecodeError, LookupError):
            pass  # the page lies about its encoding: fall through to looking at the bytes
    return _without_declaration(decode(data))


def _without_declaration(text: str) -> str:
    """lxml refuses decoded text that still names an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _sheet(table: "etree._Element", name: str, number: int) -> Sheet:
    grid: dict[tuple[int, int], Cell] = {}
    merged: list[MergedRange] = []
    rows = table.xpath(".//tr[not(ancestor::tr)]")
    for row_index, row in enumerate(rows):
        column = 0
        for element in row.xpath("./td | ./th"):
            while (row_index, column) in grid:
                column += 1
            down, across = _span(element, "rowspan"), _span(element, "colspan")
            for r in range(row_index, row_index + down):
                for c in range(column, column + across):
                    grid[r, c] = EMPTY
            grid[row_index, column] = text_cell(_words(element))
            if down > 1 or across > 1:
                merged.append((row_index, column, row_index + down - 1, column + across - 1))
            column += across
    width = max((c for _, c in grid), default=-1) + 1
    cells = [[grid.get((r, c), EMPTY) for c in range(width)] for r in range(len(rows))]
    return make_sheet(f"{name} {number}" if number > 1 else name, cells, merged)


def _words(element: "etree._Element") -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return re.sub(r"[ \t\r\xa0]+", " ", element.text_content()).strip()


def _span(element: "etree._Element", attribute: str) -> int:
    written = element.get(attribute, "1").strip()
    return min(max(int(written), 1), MAX_SPAN) if written.isascii() and written.isdigit() else 1
