"""Table rows: cells that wrap and grow, rows that are cut at the end of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspector_app.papers.flow import Item
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import LEFT, baseline
from inspector_app.papers.linebreak import groups
from inspector_app.papers.pen import Pen, Style, lines_of

PAD = 3.5  # between text and rule, points
SMALLEST = 6.5


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, how it stands, and lines that stay at its lower right (签名、日期)."""

    text: str
    align: str = "left"
    middle: bool = True
    role: Role = Role.BODY
    foot: tuple[str, ...] = ()
    least: float = 0.0  # least height in points


@dataclass(frozen=True, slots=True)
class _Set:
    """A cell broken into lines for its width."""

    cell: Cell
    x: float
    width: float
    style: Style
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowStyle:
    """Size of the text and how close its lines stand."""

    size: float = 12.0
    leading: float = 1.45

    @property
    def pitch(self) -> float:
        return self.size * self.leading


def row(
    cells: Sequence[Cell],
    widths: Sequence[float],
    fonts: FontSet,
    style: RowStyle,
    head: tuple[Item, ...] = (),
) -> Item:
    """A row of bordered cells as high as its highest cell."""
    placed, x = [], LEFT
    for cell, width in zip(cells, widths, strict=True):
        placed.append(_set(cell, x, width, fonts, style))
        x += width
    return _item(tuple(placed), fonts, style, head)


def _set(cell: Cell, x: float, width: float, fonts: FontSet, style: RowStyle) -> _Set:
    room = width - 2 * PAD
    size = _fitting(cell, room, fonts, style.size)
    text_style = Style(cell.role, size)
    lines = [
        line
        for part in cell.text.split("\n")
        for line in lines_of(part.strip(), fonts, text_style, room)
    ]
    return _Set(cell, x, width, text_style, tuple(lines))


def _fitting(cell: Cell, room: float, fonts: FontSet, size: float) -> float:
    """A number is never split: where it is too wide for its cell it is set smaller."""
    widest = max(
        (
            sum(fonts.width(cell.role, char) for char in piece.rstrip(" "))
            for part in cell.text.split("\n")
            for piece in groups(part)
        ),
        default=0.0,
    )
    return max(SMALLEST, min(size, room / widest)) if widest else size


def _item(cells: tuple[_Set, ...], fonts: FontSet, style: RowStyle, head: tuple[Item, ...]) -> Item:
    height = max(_height(cell, style) for cell in cells)

    def paint(pen: Pen, top: float) -> None:
        for cell in cells:
            _paint(pen, cell, top, height, style)

    def cut(room: float) -> tuple[Item, Item] | None:
        return _cut(cells, room, fonts, style, head)

    return Item(height, paint, head=head, cut=cut)


def _height(cell: _Set, style: RowStyle) -> float:
    lines = len(cell.lines) + len(cell.cell.foot)
    return max(lines * style.pitch + 2 * PAD, cell.cell.least)


def _paint(pen: Pen, one: _Set, top: float, height: float, style: RowStyle) -> None:
    pen.frame(one.x, top, one.width, height)
    foot = len(one.cell.foot) * style.pitch
    free = height - foot - 2 * PAD - len(one.lines) * style.pitch
    y = top - PAD - (free / 2 if one.cell.middle else 0.0)
    for line in one.lines:
        _paint_line(pen, one, y, line, one.cell.align, style)
        y -= style.pitch
    y = top - height + PAD + foot
    for line in one.cell.foot:
        _paint_line(pen, one, y, line, "right", style)
        y -= style.pitch


def _paint_line(pen: Pen, one: _Set, top: float, line: str, align: str, style: RowStyle) -> None:
    free = one.width - 2 * PAD - pen.width(line.rstrip(" "), one.style)
    shift = {"left": 0.0, "center": free / 2, "right": free}[align]
    y = baseline(top, style.pitch, one.style.size)
    pen.text(one.x + PAD + shift, y, line, one.style)


def _cut(
    cells: tuple[_Set, ...], room: float, fonts: FontSet, style: RowStyle, head: tuple[Item, ...]
) -> tuple[Item, Item] | None:
    """The lines that fit in `room`, and the rest; what is signed stays with at least one line."""
    count = int((room - 2 * PAD) / style.pitch)
    count = min([count, *(len(cell.lines) - 1 for cell in cells if cell.cell.foot)])
    if count < 2 or all(len(cell.lines) <= count for cell in cells):
        return None
    first = tuple(
        replace(
            cell,
            lines=cell.lines[:count],
            cell=replace(cell.cell, foot=(), least=0.0, middle=False),
        )
        for cell in cells
    )
    rest = tuple(
        replace(cell, lines=cell.lines[count:], cell=replace(cell.cell, middle=False))
        for cell in cells
    )
    return _item(first, fonts, style, head), _item(rest, fonts, style, head)
