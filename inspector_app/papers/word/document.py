"""From a form and its values to an editable Word document: the same input gives the same bytes."""

import hashlib
from dataclasses import dataclass, replace
from itertools import takewhile

from inspector_app.domain.papers import Block, Layout, PaperKind, Values
from inspector_app.papers.blocks import Composer
from inspector_app.papers.context import PaperContext, Text
from inspector_app.papers.flow import Placed, paginate
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.geometry import HEIGHT, LINE_PITCH, STANDARD, TIGHTER, Measure
from inspector_app.papers.render import RECORD
from inspector_app.papers.word import margins
from inspector_app.papers.word.blocks import Writer
from inspector_app.papers.word.margins import Margins
from inspector_app.papers.word.package import Part, packed
from inspector_app.papers.word.pieces import Piece, joined, new_page, words_of
from inspector_app.papers.word.styles import page_xml, settings_xml, styles_xml
from inspector_app.papers.word.xml import font_table_xml, pieces_xml

LEAST_FREE = 8.0  # points above the receipt
FOR_CHANGES = 3 * LINE_PITCH
# Rules and fonts of another program take a little more: what just fits in print is set closer.
ROOM = HEIGHT - 12
CLOSER = (*TIGHTER, replace(TIGHTER[-1], line_pitch=19.0))


@dataclass(frozen=True, slots=True)
class WordFile:
    """A finished .docx."""

    docx: bytes
    sha256: str
    missing: tuple[str, ...]  # characters no font of the office has
    lines: tuple[str, ...]  # its paragraphs, those of table cells included, in reading order


def compose(kind: PaperKind, values: Values, ctx: PaperContext, fonts: FontSet) -> WordFile:
    """The paper as a document to edit; its lines stand as close as those of the printed page."""
    text = Text.of(kind, values, ctx)
    setting = _setting(kind, ctx, text, fonts)
    pieces: list[Piece] = []
    for number, blocks in enumerate(_sections(kind)):
        measure = STANDARD if number else setting.measure
        writer = Writer(kind, ctx, text, measure, setting.free)
        made = joined(writer.pieces(blocks))
        pieces += new_page(made) if number else made
    foot = [block for block in kind.body if block.kind == "foot" and text.wanted(block.when)]
    rows = tuple(tuple(text(cell) for cell in row) for block in foot for row in block.rows)
    furniture = Margins(kind.layout, ctx, rows)
    docx = _packed(pieces, furniture, setting.measure, f"{kind.title} {ctx.number}".strip())
    lines = tuple(words for piece in pieces for words in words_of(piece) if words.strip())
    missing = fonts.missing("".join((*lines, *(cell for row in rows for cell in row))))
    return WordFile(docx, hashlib.sha256(docx).hexdigest(), tuple(missing), lines)


def _sections(kind: PaperKind) -> list[tuple[Block, ...]]:
    """The paper itself, then what begins on a page of its own (`page` blocks)."""
    found: list[tuple[Block, ...]] = [()]
    for block in kind.body:
        if block.kind == "page":
            found.append(())
        else:
            found[-1] += (block,)
    return found


@dataclass(frozen=True, slots=True)
class _Setting:
    """How close the printed page is set, and how much of it stays free above the receipt."""

    measure: Measure
    free: float = LEAST_FREE


def _setting(kind: PaperKind, ctx: PaperContext, text: Text, fonts: FontSet) -> _Setting:
    """The setting of the printed page: a letter that nearly fits on one page is set closer."""
    if kind.layout is not Layout.LETTER:
        return _Setting(RECORD if kind.layout is Layout.RECORD else STANDARD)
    blocks = tuple(takewhile(lambda block: block.kind != "page", kind.body))

    def laid(measure: Measure, height: float = ROOM) -> list[list[Placed]]:
        return paginate(Composer(kind, ctx, text, fonts, measure).items(blocks), height)

    pages = laid(STANDARD)
    if len(pages) == 1:
        return _Setting(STANDARD, _free(pages))
    for measure in CLOSER if len(pages) == 2 else ():  # three pages never fit on one
        tried = laid(measure)
        if len(tried) == 1:
            return _Setting(measure, _free(tried))
    return _Setting(STANDARD, _free(laid(STANDARD, HEIGHT)))


def _free(pages: list[list[Placed]]) -> float:
    """Room above what stands at the foot of the last page, a few lines kept for what is added."""
    placed = pages[-1]
    if len(placed) < 2 or not placed[-1].item.foot:
        return LEAST_FREE
    above, last = placed[-2:]
    room = last.top - above.top - above.item.height
    return max(LEAST_FREE, room - FOR_CHANGES)


def _packed(pieces: list[Piece], furniture: Margins, measure: Measure, title: str) -> bytes:
    ctx = furniture.ctx
    fixed = [
        Part("styles", "styles", styles_xml(measure)),
        Part("settings", "settings", settings_xml(even_and_odd=furniture.two_sided)),
        Part("fontTable", "fontTable", font_table_xml()),
    ]
    section = (
        f"<w:sectPr>{furniture.references(len(fixed) + 1)}"
        f"{page_xml(measure, margins.HEADER, margins.FOOTER)}</w:sectPr>"
    )
    body = pieces_xml(pieces) + section
    return packed(body, [*fixed, *furniture.parts()], title, ctx.bureau)
