"""Head lines of a record: a label and its underlined value, one or several on a line."""

from collections.abc import Sequence
from itertools import zip_longest

from inspector_app.papers.flow import Item
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import LEFT, WIDTH, Measure, baseline
from inspector_app.papers.pen import Pen, Style, lines_of

GAP = 8.0


def label_lines(
    rows: Sequence[Sequence[str]], fonts: FontSet, measure: Measure, *, ruled: bool = True
) -> list[Item]:
    """Each cell is "标签：内容"; the content is underlined to the end of its cell and may wrap."""
    return [item for cells in rows for item in _row(cells, fonts, measure, ruled)]


def _row(cells: Sequence[str], fonts: FontSet, measure: Measure, ruled: bool) -> list[Item]:
    style = Style(Role.BODY, measure.size)
    share = (WIDTH + GAP) / len(cells)
    columns = []
    for number, cell in enumerate(cells):
        label, colon, value = cell.partition("：")
        label += colon
        start = LEFT + number * share
        inner = start + sum(fonts.width(style.role, char) for char in label) * style.size
        room = start + share - GAP - inner
        columns.append((start, label, inner, room, _broken(value, fonts, style, room)))
    high = max(len(lines) for *_, lines in columns)

    def paint_line(at: int) -> Item:
        def paint(pen: Pen, top: float) -> None:
            y = baseline(top, measure.line_pitch, style.size)
            for start, label, inner, room, lines in columns:
                if at == 0:
                    pen.text(start, y, label, style)
                if at < len(lines):
                    pen.text(inner + 2, y, lines[at], style)
                    if ruled:
                        pen.rule(inner, y - 3, inner + room, y - 3, 0.5)

        return Item(measure.line_pitch, paint)

    return [paint_line(at) for at in range(high)]


def _broken(value: str, fonts: FontSet, style: Style, room: float) -> list[str]:
    return [line for part in value.split("\n") for line in lines_of(part, fonts, style, room - 2)]


def box_lines(options: Sequence[str], fonts: FontSet, extra: str = "") -> list[Item]:
    """Check boxes in two columns, read down the left one first; `extra` has a line of its own."""
    style, pitch = Style(Role.BODY, 12), 18.0
    room = (WIDTH - GAP) / 2
    half = (len(options) + 1) // 2
    rows = []
    for left, right in zip_longest(options[:half], options[half:], fillvalue=""):
        pair = [_hanging(text, fonts, style, room) for text in (left, right)]
        rows.append(_box_row(pair, (LEFT, LEFT + room + GAP), style, pitch))
    if extra:
        rows.append(_box_row([_hanging(extra, fonts, style, WIDTH)], (LEFT,), style, pitch))
    return rows


def _hanging(option: str, fonts: FontSet, style: Style, room: float) -> list[str]:
    """The lines of an option; all but the first stand under its first word."""
    first, *rest = lines_of(option, fonts, style, room)
    under = lines_of("".join(rest), fonts, style, room - style.size) if rest else []
    return [first, *(f"\u3000{line}" for line in under)]


def _box_row(
    pair: Sequence[Sequence[str]], edges: Sequence[float], style: Style, pitch: float
) -> Item:
    def paint(pen: Pen, top: float) -> None:
        for lines, x in zip(pair, edges, strict=True):
            for number, line in enumerate(lines):
                pen.text(x, baseline(top - number * pitch, pitch, style.size), line, style)

    return Item(pitch * max(map(len, pair)) + 2, paint)
