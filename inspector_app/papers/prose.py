"""Turns paragraphs, titles and headings into lines ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspector_app.papers.flow import Item
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import LEFT, TITLE_PITCH, TITLE_SIZE, WIDTH, baseline
from inspector_app.papers.linebreak import balanced
from inspector_app.papers.pen import Pen, Style, lines_of

LONELY = 2  # characters that should not make a line of their own
SHORT = 8  # lines of a paragraph that may be set closer
CLOSER = 0.036  # of the size: one more character goes on a line


@dataclass(frozen=True, slots=True)
class Column:
    """Where lines stand: left edge, width, style and line pitch."""

    style: Style
    pitch: float
    x: float = LEFT
    width: float = WIDTH

    def line(self, text: str, fonts: FontSet, align: str = "left", indent: float = 0.0) -> Item:
        """One line as it is; `justify` stretches it to the right edge."""

        def paint(pen: Pen, top: float) -> None:
            y = baseline(top, self.pitch, self.style.size)
            fill = self.width - indent if align == "justify" else None
            pen.text(self.x + indent + self._shift(text, fonts, align), y, text, self.style, fill)

        return Item(self.pitch, paint)

    def _shift(self, text: str, fonts: FontSet, align: str) -> float:
        if align not in ("right", "center"):
            return 0.0
        free = self.width - self._length(text, fonts)
        return free if align == "right" else free / 2

    def paragraph(self, text: str, fonts: FontSet, indent_chars: float = 2.0) -> list[Item]:
        """A justified paragraph; the last line keeps its natural length."""
        indent = indent_chars * (self.style.size + self.style.tracking)
        broken = self._broken(text, fonts, indent)
        items = []
        for number, line in enumerate(broken):
            inset = indent if number == 0 else 0.0
            full = number < len(broken) - 1 or self._length(line, fonts) > self.width - inset
            items.append(self.line(line, fonts, "justify" if full else "left", inset))
        return items

    def _broken(self, text: str, fonts: FontSet, indent: float) -> tuple[str, ...]:
        """Lines; where one or two characters would stand alone at the end, set a little closer."""
        lines = lines_of(text, fonts, self.style, self.width, indent)
        if 1 < len(lines) <= SHORT and len(lines[-1].strip()) <= LONELY:
            closer = replace(self.style, tracking=self.style.tracking - CLOSER * self.style.size)
            tried = lines_of(text, fonts, closer, self.width, indent)
            if len(tried) < len(lines):
                return tried
        return lines

    def _length(self, text: str, fonts: FontSet) -> float:
        advance = sum(fonts.width(self.style.role, char) for char in text) * self.style.size
        return advance + self.style.tracking * (len(text) - 1)

    def paragraphs(self, text: str, fonts: FontSet, indent_chars: float = 2.0) -> list[Item]:
        """One paragraph a line of `text`; empty lines are dropped."""
        parts = [part.strip() for part in text.split("\n")]
        return [
            item for part in parts if part for item in self.paragraph(part, fonts, indent_chars)
        ]


def title_items(lines: Sequence[str], fonts: FontSet, pitch: float = TITLE_PITCH) -> list[Item]:
    """The name of the office and of the paper, centred, broken like a trapezium when long."""
    column = Column(Style(Role.TITLE, TITLE_SIZE), pitch)

    def advance(char: str) -> float:
        return fonts.width(Role.TITLE, char) * TITLE_SIZE

    broken = [part for line in lines for part in balanced(line, advance, WIDTH)]
    return [column.line(part, fonts, "center") for part in broken]
