"""The foot of a letter: who signs, where the seal goes, and who received it."""

from collections.abc import Sequence

from inspector_app.papers.flow import Item
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import LEFT, SEAL, WIDTH, Measure, baseline
from inspector_app.papers.linebreak import balanced
from inspector_app.papers.pen import Pen, Style, lines_of
from inspector_app.papers.prose import Column

SMALL = 12.0  # 小四
SMALL_PITCH = 17.0
GAP = 12.0
FAINT = 0.72


def sign_block(
    name: str, day: str, beside: str, fonts: FontSet, measure: Measure, draft: bool
) -> Item:
    """Bureau and date at the right with room for the seal; small lines of contact at the left.

    The seal's edge comes within a line of the text above it, its middle upon name and date.
    """
    style = Style(Role.BODY, measure.size, measure.tracking)

    def advance(char: str) -> float:
        return fonts.width(style.role, char) * style.size + style.tracking

    names = balanced(name, advance, 17 * measure.char_pitch)
    widest = max(sum(map(advance, text)) for text in (*names, day))
    margin = min(2 * measure.char_pitch, WIDTH - widest)
    width = max(widest, SEAL)
    column = Column(style, measure.line_pitch, LEFT + WIDTH - margin - width, width)
    signed = [column.line(text, fonts, "center") for text in (*names, day)]
    left = _beside(beside, fonts, column.x - LEFT - GAP)
    height = max(SEAL, len(left) * SMALL_PITCH, len(signed) * measure.line_pitch) + 2

    def paint(pen: Pen, top: float) -> None:
        if draft:
            _seal_guide(pen, column.x + width / 2, top - height / 2)
        y = top - (height - len(signed) * measure.line_pitch) / 2
        for item in signed:
            item.paint(pen, y)
            y -= item.height
        y = top - (height - len(left) * SMALL_PITCH) / 2
        for item in left:
            item.paint(pen, y)
            y -= item.height

    return Item(height, paint, keep=True)


def _beside(text: str, fonts: FontSet, width: float) -> list[Item]:
    """Contact lines; what does not fit a line goes on under its first character."""
    style = Style(Role.BODY, SMALL)
    items: list[Item] = []
    for line in filter(None, (part.strip() for part in text.split("\n"))):
        head, colon, _ = line.partition("：")
        hang = SMALL * len(head + colon) if len(head) <= 4 else 0.0
        first, *rest = lines_of(line, fonts, style, width)
        column = Column(style, SMALL_PITCH, LEFT, width)
        items.append(column.line(first, fonts))
        remaining = "".join(rest)
        if remaining:
            inner = Column(style, SMALL_PITCH, LEFT + hang, width - hang)
            broken = lines_of(remaining, fonts, style, width - hang)
            items += [inner.line(part, fonts) for part in broken]
    return items


def _seal_guide(pen: Pen, x: float, y: float) -> None:
    canvas = pen.canvas
    canvas.saveState()
    canvas.setStrokeGray(FAINT)
    canvas.setFillGray(FAINT)
    canvas.setLineWidth(0.6)
    canvas.setDash(3, 2)
    canvas.circle(x, y, SEAL / 2)
    style = Style(Role.HEI, 8)
    label = "印章位置"
    pen.text(x - pen.width(label, style) / 2, y + SEAL / 2 - 16, label, style)
    canvas.restoreState()


def receipt(rows: list[list[str]], note: str, fonts: FontSet) -> Item:
    """Ruled lines at the foot of the page for the receiver to fill by hand."""
    pitch, style = 22.0, Style(Role.BODY, SMALL)
    small = Style(Role.BODY, 10.5)
    notes = lines_of(note, fonts, small, WIDTH) if note else ()
    height = 8 + pitch * len(rows) + 14 * len(notes)

    def paint(pen: Pen, top: float) -> None:
        pen.rule(LEFT, top - 4, LEFT + WIDTH, top - 4, 0.6)
        y = top - 6
        for labels in rows:
            blanks(pen, labels, baseline(y, pitch, SMALL), style)
            y -= pitch
        for line in notes:
            pen.text(LEFT, baseline(y, 14, small.size), line, small)
            y -= 14

    return Item(height, paint, foot=True)


def blanks(pen: Pen, labels: Sequence[str], y: float, style: Style) -> None:
    """Labels side by side; one that ends with a colon is followed by a rule to write on."""
    share = (WIDTH + GAP) / len(labels)
    x = LEFT
    for label in labels:
        pen.text(x, y, label, style)
        start = x + pen.width(label, style) + 2
        if label.endswith("："):
            pen.rule(start, y - 2, x + share - GAP, y - 2, 0.5)
        x += share
