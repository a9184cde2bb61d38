"""Writes runs, paragraphs and tables as WordprocessingML; lengths in points become twips."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from math import floor
from xml.sax.saxutils import escape, quoteattr

from inspector_app.papers.fonts import Role
from inspector_app.papers.word.package import W
from inspector_app.papers.word.pieces import (
    Cell,
    Para,
    Piece,
    Row,
    Run,
    Tab,
    Table,
    blank,
    open_below,
)

# East Asian and Latin font by role. 仿宋 of Windows and WPS has the rare characters that
# 仿宋_GB2312 lacks; digits of running text stand in the Latin font, as office letters have them.
FONTS = {
    Role.TITLE: ("方正小标宋简体", "Times New Roman"),
    Role.BODY: ("仿宋", "Times New Roman"),
    Role.HEI: ("黑体", "黑体"),
    Role.KAI: ("楷体", "Times New Roman"),
    Role.LATIN: ("宋体", "宋体"),
}
SYMBOLS = "Segoe UI Symbol"  # every Windows has it, and it has the check boxes
BOXES = frozenset("☐☑")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PARTS = re.compile(r"([\n\t])")
# No space between Chinese and digits, no mark beyond the margin, and each line where its exact
# pitch puts it: the grid of the page is told, but LibreOffice blows lines apart that follow it.
PLAIN_LINES = (
    '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/>'
)
RULE = 0.5  # points; Word adds it to the height of a row, the printed page does not
_EDGES = ("top", "left", "bottom", "right")


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def pitch_of(points: float) -> int:
    """A line pitch in twips, rounded down: 22 lines must fit on a page."""
    return max(1, floor(points * 20))


def fonts_of(role: Role) -> str:
    """Names for every script; the hint keeps “ ” — … in the East Asian font."""
    asian, latin = FONTS[role]
    return _fonts(asian, latin)


def _fonts(asian: str, latin: str) -> str:
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" '
        f'w:eastAsia="{asian}" w:cs="{latin}"/>'
    )


def size_of(points: float) -> str:
    """Font size, in half points."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def tracking_of(points: float) -> str:
    """Space added after each character, rounded down: 28 of them and an indent fit on a line."""
    return f'<w:spacing w:val="{floor(points * 20 - 0.5)}"/>' if points else ""


def run_xml(run: Run) -> str:
    """A run, or several where check boxes need a font of their own."""
    if run.field:
        return _field_xml(run)
    pieces = groupby(run.text, lambda char: char in BOXES)
    return "".join(_one_run("".join(chars), run, boxes) for boxes, chars in pieces)


def _one_run(text: str, run: Run, boxes: bool) -> str:
    return f"<w:r>{_run_props(run, boxes)}{''.join(_text_parts(text))}</w:r>"


def _run_props(run: Run, boxes: bool = False) -> str:
    fonts = _fonts(SYMBOLS, SYMBOLS) if boxes else fonts_of(run.role)
    frame = '<w:bdr w:val="single" w:sz="6" w:space="4" w:color="000000"/>' if run.framed else ""
    return f"<w:rPr>{fonts}{tracking_of(run.tracking)}{size_of(run.size)}{frame}</w:rPr>"


def _text_parts(text: str) -> Iterator[str]:
    for part in _PARTS.split(_UNPRINTABLE.sub("", text)):
        if part == "\n":
            yield "<w:br/>"
        elif part == "\t":
            yield "<w:tab/>"
        elif part:
            yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'


def _field_xml(run: Run) -> str:
    """A field in five runs: the long form is the one that WPS and Word both write."""
    props = _run_props(run)

    def part(inner: str) -> str:
        return f"<w:r>{props}{inner}</w:r>"

    return "".join(
        (
            part('<w:fldChar w:fldCharType="begin"/>'),
            part(f'<w:instrText xml:space="preserve"> {run.field} </w:instrText>'),
            part('<w:fldChar w:fldCharType="separate"/>'),
            part(f"<w:t>{run.text}</w:t>"),
            part('<w:fldChar w:fldCharType="end"/>'),
        )
    )


def para_xml(para: Para) -> str:
    """One paragraph."""
    return f"<w:p>{_para_props(para)}{''.join(map(run_xml, para.runs))}</w:p>"


def _para_props(para: Para) -> str:
    """The schema wants the properties in exactly this order."""
    size = para.runs[-1].size if para.runs else min(para.pitch, 10.5)
    role = para.runs[-1].role if para.runs else Role.BODY
    parts = (
        f"<w:pStyle w:val={quoteattr(para.style)}/>",
        "<w:keepNext/>" if para.keep else "",
        "<w:pageBreakBefore/>" if para.new_page else "",
        _tabs_xml(para.tabs) if para.tabs else "",
        PLAIN_LINES,
        _spacing(para),
        _indent(para, size),
        f'<w:jc w:val="{para.align}"/>',
        f"<w:rPr>{fonts_of(role)}{size_of(size)}</w:rPr>",
    )
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _spacing(para: Para) -> str:
    return (
        f'<w:spacing w:before="{twips(para.before)}" w:after="{twips(para.after)}" '
        f'w:line="{pitch_of(para.pitch)}" w:lineRule="exact"/>'
    )


def _indent(para: Para, size: float) -> str:
    first = ""
    if para.first:
        chars = round(para.first * 100)
        first = f' w:firstLineChars="{chars}" w:firstLine="{twips(para.first * size)}"'
    elif para.hanging:
        first = f' w:hanging="{twips(para.hanging)}"'
    else:
        first = ' w:firstLineChars="0" w:firstLine="0"'
    return f'<w:ind w:left="{twips(para.left)}" w:right="{twips(para.right)}"{first}/>'


def _tabs_xml(tabs: Iterable[Tab]) -> str:
    stops = "".join(
        f'<w:tab w:val="left" w:leader="{"underscore" if tab.ruled else "none"}" '
        f'w:pos="{twips(tab.at)}"/>'
        for tab in tabs
    )
    return f"<w:tabs>{stops}</w:tabs>"


def table_xml(table: Table) -> str:
    """One table. Its columns are all the places where any of its rows is divided."""
    stops = sorted({stop for row in table.rows for stop in _stops(row)} | {0})
    grid = "".join(f'<w:gridCol w:w="{end - start}"/>' for start, end in pairwise(stops))
    margins = "".join(
        f'<w:{edge} w:w="{twips(max(table.pad - less, 0))}" w:type="dxa"/>'
        for edge, less in (("top", RULE / 2), ("left", 0), ("bottom", RULE / 2), ("right", 0))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{stops[-1]}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row_xml(row, stops) for row in table.rows)}</w:tbl>"
    )


def _stops(row: Row) -> list[int]:
    """Where the cells of a row end, in twips."""
    ends, at = [], 0.0
    for cell in row.cells:
        at += cell.width
        ends.append(twips(at))
    return ends


def _row_xml(row: Row, stops: Sequence[int]) -> str:
    props = (
        "<w:cantSplit/>" if row.whole else "",
        f'<w:trHeight w:val="{twips(row.height - RULE)}" w:hRule="atLeast"/>' if row.height else "",
        "<w:tblHeader/>" if row.header else "",
    )
    cells = []
    start = 0
    for cell, end in zip(row.cells, _stops(row), strict=True):
        span = stops.index(end) - stops.index(start)
        cells.append(_cell_xml(cell, end - start, span))
        start = end
    return f"<w:tr><w:trPr>{''.join(props)}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(cell: Cell, width: int, span: int) -> str:
    joined = {"down": '<w:vMerge w:val="restart"/>', "up": "<w:vMerge/>"}.get(cell.joined, "")
    edges = "".join(
        f'<w:{edge} w:val="{"single" if edge in cell.edges else "nil"}" w:sz="4" w:space="0" '
        'w:color="000000"/>'
        for edge in _EDGES
    )
    props = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        joined,
        f"<w:tcBorders>{edges}</w:tcBorders>",
        f'<w:vAlign w:val="{"center" if cell.middle else "top"}"/>',
    )
    paras = "".join(map(para_xml, cell.paras or (blank(12.0),)))
    return f"<w:tc><w:tcPr>{''.join(props)}</w:tcPr>{paras}</w:tc>"


def pieces_xml(pieces: Sequence[Piece]) -> str:
    """A body's content: between two tables stands a line nobody sees, else Word joins them."""
    parts: list[str] = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        if isinstance(piece, Para):
            parts.append(para_xml(piece))
            continue
        joined = isinstance(after, Table)
        parts.append(table_xml(open_below(piece) if joined else piece))
        if not isinstance(after, Para):  # the schema wants one at the end, too
            parts.append(para_xml(blank(1.0)))
    return "".join(parts)


def font_table_xml() -> str:
    """What to take where a font is not installed: 小标宋 is bought, not part of Windows."""
    kin = {"方正小标宋简体": "小标宋体", "仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312"}
    names = dict.fromkeys(name for pair in FONTS.values() for name in pair)
    fonts = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{kin[name]}"/>' if name in kin else "")
        + f'<w:charset w:val="{"00" if name.isascii() else "86"}"/></w:font>'
        for name in (*names, SYMBOLS)
    )
    return f'<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'
