"""From a form and its values to the finished PDF: the same input gives the same bytes."""

import threading
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from inspector_app.domain.papers import Block, Layout, PaperKind, Values
from inspector_app.papers.blocks import Composer
from inspector_app.papers.context import PaperContext, RenderedPaper, Text
from inspector_app.papers.flow import Placed, paginate
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.furniture import Furniture
from inspector_app.papers.geometry import (
    HEIGHT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    STANDARD,
    TIGHTER,
    TOP,
    WIDTH,
    Measure,
)
from inspector_app.papers.pen import Pen

Pages = list[list[Placed]]
_ONE_AT_A_TIME = threading.Lock()  # reportlab's fonts keep a reading position of their own
RECORD = Measure(14.0, WIDTH / 32, 24.0)


def render(kind: PaperKind, values: Values, ctx: PaperContext, fonts: FontSet) -> RenderedPaper:
    """The paper as it is previewed, printed and filed."""
    pages, furniture = lay_out(kind, values, ctx, fonts)
    return draw(pages, fonts, furniture, kind.title)


def lay_out(
    kind: PaperKind, values: Values, ctx: PaperContext, fonts: FontSet
) -> tuple[Pages, Furniture]:
    """Where everything stands on which page, and what every page bears besides."""
    text = Text.of(kind, values, ctx)
    foot = [block for block in kind.body if block.kind == "foot" and text.wanted(block.when)]
    lines = tuple(tuple(text(cell) for cell in row) for block in foot for row in block.rows)
    furniture = Furniture(kind.layout, ctx, lines)
    height = HEIGHT - furniture.foot_height
    first, *others = _sections(kind.body)
    pages = _first_pages(kind, first, ctx, text, fonts, height)
    for blocks in others:
        items = Composer(kind, ctx, text, fonts, STANDARD).items(blocks)
        pages += paginate(items, height) if items else []
    return pages, furniture


def _sections(body: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The letter itself, then what begins on a page of its own (`page` blocks)."""
    sections: list[list[Block]] = [[]]
    for block in body:
        if block.kind == "page":
            sections.append([])
        else:
            sections[-1].append(block)
    return [tuple(section) for section in sections]


def _first_pages(
    kind: PaperKind,
    blocks: tuple[Block, ...],
    ctx: PaperContext,
    text: Text,
    fonts: FontSet,
    height: float,
) -> Pages:
    def laid(measure: Measure) -> Pages:
        return paginate(Composer(kind, ctx, text, fonts, measure).items(blocks), height)

    if kind.layout is not Layout.LETTER:
        return laid(RECORD if kind.layout is Layout.RECORD else STANDARD)
    pages = laid(STANDARD)
    if len(pages) != 2:  # what fills three pages never fits on one
        return pages
    for measure in TIGHTER:
        tried = laid(measure)
        if len(tried) == 1:
            return tried
    return pages


def draw(pages: Pages, fonts: FontSet, furniture: Furniture, title: str) -> RenderedPaper:
    """Paint laid-out pages into a PDF whose fonts are all embedded."""
    with _ONE_AT_A_TIME:
        return _draw(pages, fonts, furniture, title)


def _draw(pages: Pages, fonts: FontSet, furniture: Furniture, title: str) -> RenderedPaper:
    ctx = furniture.ctx
    out = BytesIO()
    # Else reportlab names Helvetica, not embedded, in every file; its stub wants a number here.
    first_font: dict[str, Any] = {"initialFontName": fonts.chains[Role.BODY][0].name}
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang="zh-CN",
        **first_font,
    )
    canvas.setTitle(f"{title} {ctx.number}".strip())
    canvas.setAuthor(ctx.bureau)
    canvas.setSubject(title)
    canvas.setCreator("inspector-app")
    pen = Pen(canvas, fonts)
    for number, page in enumerate(pages, 1):
        furniture.under(pen)
        for placed in page:
            placed.item.paint(pen, PAGE_HEIGHT - TOP - placed.top)
        furniture.over(pen, number, len(pages))
        canvas.showPage()
    canvas.save()
    return RenderedPaper.of(out.getvalue(), len(pages), tuple(pen.missing), tuple(pen.used))
