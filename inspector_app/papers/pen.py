"""Draws lines of text, rules and boxes on a page, choosing a font for each character."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from inspector_app.papers.fonts import ABSENT, DRAWN, Face, FontSet, Role
from inspector_app.papers.linebreak import break_lines

LOOSEST = 0.3


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is set."""

    role: Role = Role.BODY
    size: float = 16.0
    tracking: float = 0.0


class Pen:
    """One page surface with its fonts; remembers what it used and what it could not print."""

    def __init__(self, canvas: Canvas, fonts: FontSet) -> None:
        self.canvas = canvas
        self.fonts = fonts
        self.used: dict[str, None] = {}
        self.missing: dict[str, None] = {}

    def width(self, text: str, style: Style) -> float:
        """Length of a line of text."""
        advance = sum(self.fonts.width(style.role, char) for char in text) * style.size
        return advance + style.tracking * len(text)

    def text(self, x: float, y: float, text: str, style: Style, fill: float | None = None) -> None:
        """Set a line from `x` on baseline `y`; with `fill` stretch it to exactly that length."""
        text = text.rstrip(" ")
        tracking = style.tracking if fill is None else self._stretched(text, style, fill)
        shown = self.canvas.beginText(x, y)
        shown.setCharSpace(tracking)
        for face, run in self._runs(text, style.role):
            if face is None:
                x = self._draw_run(shown, x, y, run, style.size, tracking)
                continue
            shown.setFont(face.name, style.size)
            shown.textOut(run)
            x += sum(face.widths[ord(char)] for char in run) * style.size / 1000
            x += tracking * len(run)
        self.canvas.drawText(shown)

    def _stretched(self, text: str, style: Style, fill: float) -> float:
        if len(text) < 2:
            return style.tracking
        natural = self.width(text, style) - style.tracking  # nothing follows the last character
        more = (fill - natural) / (len(text) - 1)
        return style.tracking + min(more, LOOSEST * style.size)

    def _runs(self, text: str, role: Role) -> list[tuple[Face | None, str]]:
        runs = []
        for face, chars in groupby(map(self._shown, text), lambda char: self._face(role, char)):
            run = "".join(chars)
            if face:
                self.used[face.postscript] = None
            runs.append((face, run))
        return runs

    def _face(self, role: Role, char: str) -> Face | None:
        return None if char in DRAWN else self.fonts.face(role, char)

    def _shown(self, char: str) -> str:
        if char in DRAWN or self.fonts.face(Role.BODY, char):
            return char
        self.missing[char] = None
        return ABSENT

    def _draw_run(
        self, shown: PDFTextObject, x: float, y: float, run: str, size: float, tracking: float
    ) -> float:
        """Characters no font has: check boxes, rules to write on, wide blanks."""
        for char in run:
            advance = (0.5 if char == "_" else 1.0) * size + tracking
            if char in "_＿":
                self.rule(x, y - 0.14 * size, x + advance, y - 0.14 * size)
            elif char in "☐☑":
                self.check_box(x, y, size, ticked=char == "☑")
            x += advance
        shown.setTextOrigin(x, y)
        return x

    def check_box(self, x: float, y: float, size: float, *, ticked: bool) -> None:
        """A box in the place of a character; no font of an office has one."""
        side, left, foot = 0.72 * size, x + 0.14 * size, y - 0.02 * size
        self.canvas.setLineWidth(0.7)
        self.canvas.rect(left, foot, side, side)
        if ticked:
            tick = self.canvas.beginPath()
            tick.moveTo(left + 0.18 * side, foot + 0.5 * side)
            tick.lineTo(left + 0.42 * side, foot + 0.2 * side)
            tick.lineTo(left + 0.84 * side, foot + 0.8 * side)
            self.canvas.setLineWidth(1.1)
            self.canvas.drawPath(tick)

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.6) -> None:
        """A straight line."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x1, y1, x2, y2)

    def frame(self, x: float, y: float, width: float, height: float, line: float = 0.6) -> None:
        """A rectangle whose upper left corner is (x, y)."""
        self.canvas.setLineWidth(line)
        self.canvas.rect(x, y - height, width, height)


@lru_cache(maxsize=8192)
def lines_of(
    text: str, fonts: FontSet, style: Style, width: float, indent: float = 0.0
) -> tuple[str, ...]:
    """Break one paragraph for a column of `width`; its first line begins `indent` further in.

    Kept, because a page is tried at several line pitches and a draft is set anew at every pause.
    """
    room = width + 0.01

    def advance(char: str) -> float:
        return fonts.width(style.role, char) * style.size + style.tracking

    return tuple(break_lines(text, advance, room - indent, room))
