"""Whether a form fits its pages: what would stand outside the type area or has no glyph."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from inspector_app.domain.papers import PaperKind, Values
from inspector_app.papers.context import PaperContext
from inspector_app.papers.fonts import FontSet
from inspector_app.papers.geometry import BOTTOM, LEFT, PAGE_HEIGHT, TOP, WIDTH
from inspector_app.papers.pen import Pen, Style
from inspector_app.papers.render import lay_out

SLACK = 1.0  # points: rounding, and the last character of a justified line


@dataclass(frozen=True, slots=True)
class Fit:
    """How a form stands on its pages with certain values."""

    pages: int
    outside: tuple[str, ...]  # lines that leave the type area
    missing: tuple[str, ...]  # characters no font has


class Gauge(Pen):
    """A pen that draws nothing and notes which lines leave the type area."""

    def __init__(self, fonts: FontSet, lowest: float) -> None:
        super().__init__(Canvas(BytesIO()), fonts)
        self._lowest = lowest
        self.outside: dict[str, None] = {}

    def text(self, x: float, y: float, text: str, style: Style, fill: float | None = None) -> None:
        text = text.rstrip(" ")
        for char in text:
            self._shown(char)
        end = x + (self.width(text, style) - style.tracking if fill is None else fill)
        across = x >= LEFT - SLACK and end <= LEFT + WIDTH + SLACK
        down = self._lowest - SLACK <= y <= PAGE_HEIGHT - TOP + SLACK
        if text and not (across and down):
            self.outside[text] = None

    def check_box(self, x: float, y: float, size: float, *, ticked: bool) -> None:
        """Boxes stand within their line."""

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.6) -> None:
        """Rules stand under their line."""

    def frame(self, x: float, y: float, width: float, height: float, line: float = 0.6) -> None:
        """Frames stand around their text."""


def fit(kind: PaperKind, values: Values, ctx: PaperContext, fonts: FontSet) -> Fit:
    """Lay a paper out without drawing it."""
    pages, furniture = lay_out(kind, values, ctx, fonts)
    gauge = Gauge(fonts, BOTTOM + furniture.foot_height)
    for page in pages:
        for placed in page:
            placed.item.paint(gauge, PAGE_HEIGHT - TOP - placed.top)
    return Fit(len(pages), tuple(gauge.outside), tuple(gauge.missing))
