"""What stands on every page outside the text: page numbers, marks, watermarks, signature lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.papers import Layout
from inspector_app.papers.context import VOID_MARK, PaperContext
from inspector_app.papers.fonts import Role
from inspector_app.papers.geometry import (
    BOTTOM,
    CHAR_PITCH,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WIDTH,
    baseline,
)
from inspector_app.papers.pen import Pen, Style
from inspector_app.papers.qr import paint_code, paint_place
from inspector_app.papers.signing import blanks

NUMBER_SIZE = 14.0  # 四号
FOOT_PITCH = 24.0
VERY_FAINT, FAINT = 0.93, 0.82


@dataclass(frozen=True, slots=True)
class Furniture:
    """The marks of a paper's pages; `foot` holds the lines signed on every page of a record."""

    layout: Layout
    ctx: PaperContext
    foot: tuple[tuple[str, ...], ...] = ()

    @property
    def foot_height(self) -> float:
        """What the signature lines take from the type area."""
        return FOOT_PITCH * len(self.foot) + 6 if self.foot else 0.0

    def under(self, pen: Pen) -> None:
        """Before the text: a watermark must not cover it."""
        if self.ctx.mark == VOID_MARK:
            _watermark(pen, VOID_MARK, FAINT)
        elif self.ctx.draft:
            _watermark(pen, "草稿", VERY_FAINT)

    def over(self, pen: Pen, page: int, pages: int) -> None:
        """After the text."""
        if self.layout is Layout.LETTER:
            _letter_number(pen, page)
        elif self.layout is Layout.RECORD or pages > 1:
            _centred(pen, f"第 {page} 页　共 {pages} 页", BOTTOM - 7 * MM - 10, 10.5)
        if self.ctx.mark:
            _mark(pen, self.ctx.mark)
        if self.ctx.code and page == 1:
            (paint_place if self.ctx.draft else paint_code)(pen, self.ctx.code)
        if self.ctx.demo:
            _centred(pen, "演示数据", 12 * MM, 9)
        _foot(pen, self.foot)


def _letter_number(pen: Pen, page: int) -> None:
    """— 1 — one character in from the outer edge, 7 mm below the type area (GB/T 9704)."""
    style = Style(Role.LATIN, NUMBER_SIZE)
    text = f"— {page} —"
    right = LEFT + WIDTH - CHAR_PITCH - pen.width(text, style)
    y = BOTTOM - 7 * MM - 0.35 * NUMBER_SIZE
    pen.text(right if page % 2 else LEFT + CHAR_PITCH, y, text, style)


def _centred(pen: Pen, text: str, y: float, size: float) -> None:
    style = Style(Role.BODY, size)
    pen.text((PAGE_WIDTH - pen.width(text, style)) / 2, y, text, style)


def _mark(pen: Pen, text: str) -> None:
    """副本, 附卷, 作废: boxed at the upper right, outside the text."""
    style = Style(Role.HEI, 12)
    width = pen.width(text, style) + 12
    x, top = LEFT + WIDTH - width, PAGE_HEIGHT - 20 * MM
    pen.frame(x, top, width, 20, 0.8)
    pen.text(x + 6, baseline(top, 20, 12), text, style)


def _watermark(pen: Pen, text: str, grey: float) -> None:
    style = Style(Role.HEI, 120, 40)
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillGray(grey)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(45)
    pen.text(-(pen.width(text, style) - style.tracking) / 2, -40, text, style)
    canvas.restoreState()


def _foot(pen: Pen, rows: Sequence[Sequence[str]]) -> None:
    y = BOTTOM + FOOT_PITCH * len(rows)
    for row in rows:
        blanks(pen, row, baseline(y, FOOT_PITCH, 12), Style(Role.BODY, 12))
        y -= FOOT_PITCH
