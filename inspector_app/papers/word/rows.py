"""Labelled lines of a Word document: heads of records, check boxes, rules to write on."""

from collections.abc import Sequence
from itertools import zip_longest

from inspector_app.papers.fonts import Role
from inspector_app.papers.geometry import WIDTH
from inspector_app.papers.labels import GAP as COLUMN_GAP
from inspector_app.papers.signing import GAP
from inspector_app.papers.word import styles
from inspector_app.papers.word.pieces import Cell, Para, Row, Run, Tab, Table
from inspector_app.papers.word.widths import width_of

SIZE = 12.0
BOX_PITCH = 18.0
NO_EDGES: frozenset[str] = frozenset()
BELOW = frozenset(("bottom",))
LEAST = 24.0  # points left for a value however long its label
SLACK = 3.0  # points by which a font of another PC may be wider


def label_table(
    rows: Sequence[Sequence[str]], size: float, pitch: float, *, ruled: bool = True
) -> Table:
    """Each cell is "标签：内容"; the content stands on a rule to the end of its place."""
    return Table(tuple(_label_row(cells, size, pitch, ruled) for cells in rows), pad=0.0)


def _label_row(cells: Sequence[str], size: float, pitch: float, ruled: bool) -> Row:
    share = (WIDTH + COLUMN_GAP) / len(cells)
    made: list[Cell] = []
    for number, cell in enumerate(cells, 1):
        made += _labelled(cell, share - COLUMN_GAP, size, pitch, ruled)
        if number < len(cells):
            made.append(_cell("", COLUMN_GAP, size, pitch))
    return Row(tuple(made), whole=True)


def _labelled(text: str, room: float, size: float, pitch: float, ruled: bool) -> list[Cell]:
    label, colon, value = text.partition("：")
    edges = BELOW if ruled else NO_EDGES
    if not colon:
        return [_cell(label, room, size, pitch, NO_EDGES if label else edges)]
    wide = min(sum(map(width_of, label + colon)) * size + SLACK, room - LEAST)
    return [
        _cell(label + colon, wide, size, pitch),
        _cell(value, room - wide, size, pitch, edges),
    ]


def _cell(
    text: str, width: float, size: float, pitch: float, edges: frozenset[str] = NO_EDGES
) -> Cell:
    run = Run(text, Role.BODY, size)
    para = Para((run,), pitch, styles.NORMAL)
    return Cell((para,), width, middle=False, edges=edges)


def rules_table(count: int, pitch: float) -> Table:
    """Empty rules to write on by hand."""
    para = Para((), pitch, styles.NORMAL)
    cell = Cell((para,), WIDTH, edges=BELOW)
    return Table(tuple(Row((cell,), pitch, whole=True) for _ in range(count)), pad=0.0)


def box_table(options: Sequence[str], extra: str = "") -> Table:
    """Check boxes in two columns, read down the left one first; `extra` has a line of its own."""
    room = (WIDTH - COLUMN_GAP) / 2
    half = (len(options) + 1) // 2
    rows = [
        Row(
            (
                _box_cell(left, room, COLUMN_GAP),
                _box_cell(right, room, 0.0),
            ),
            whole=True,
        )
        for left, right in zip_longest(options[:half], options[half:], fillvalue="")
    ]
    if extra:
        rows.append(Row((_box_cell(extra, WIDTH, 0.0),), whole=True))
    return Table(tuple(rows), pad=0.0)


def _box_cell(text: str, width: float, gap: float) -> Cell:
    run = Run(text, Role.BODY, SIZE)
    para = Para((run,), BOX_PITCH, styles.SMALL, left=SIZE, right=gap, hanging=SIZE, after=2)
    return Cell((para,), width + gap, middle=False, edges=NO_EDGES)


def blanks_para(labels: Sequence[str], pitch: float) -> Para:
    """Labels side by side; one that ends with a colon is followed by a rule to write on."""
    share = (WIDTH + GAP) / len(labels)
    text, tabs = "", []
    for number, label in enumerate(labels, 1):
        text += label
        if label.endswith("："):
            text += "\t"
            tabs.append(Tab(number * share - GAP - SLACK, ruled=True))
        if number < len(labels):
            text += "\t"
            tabs.append(Tab(number * share))
    run = Run(text, Role.BODY, SIZE)
    return Para((run,), pitch, styles.SMALL, tabs=tuple(tabs))
