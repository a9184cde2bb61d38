"""Bordered tables of a Word document: the detail table with its total, the grid of a form."""

from collections.abc import Sequence
from dataclasses import replace

from inspector_app.domain.papers import Field, Value
from inspector_app.papers.fonts import Role
from inspector_app.papers.grid import PAD
from inspector_app.papers.grid import Cell as Drawn
from inspector_app.papers.tables import (
    DETAIL,
    GRID,
    column_widths,
    grid_cells,
    row_cells,
    rows_of,
    spread,
    sum_cells,
)
from inspector_app.papers.word import styles
from inspector_app.papers.word.pieces import Cell, Para, Row, Run, Table, kept_row
from inspector_app.papers.word.widths import fitting

NOT_BELOW = frozenset(("top", "left", "right"))
NOT_ABOVE = frozenset(("bottom", "left", "right"))


def detail_table(field: Field, value: Value, total: str, size: float) -> Table:
    """Header (repeated on each page), a row for each entry, and a row of sums named `total`."""
    widths = column_widths(field.columns)
    entries = rows_of(value)
    titles = [Drawn(column.title, "center", role=Role.HEI) for column in field.columns]
    drawn = [row_cells(field.columns, one) for one in entries]
    pitch = size * DETAIL.leading
    header = replace(_row(titles, widths, size, pitch), header=True)
    rows = [_row(cells, widths, size, pitch) for cells in drawn]
    if total:
        if rows:
            rows[-1] = kept_row(rows[-1])
        rows.append(_row(sum_cells(field.columns, entries, total), widths, size, pitch))
    return Table((kept_row(header), *rows))


def _row(cells: Sequence[Drawn], widths: Sequence[float], size: float, pitch: float) -> Row:
    made = [_cell(one, width, size, pitch) for one, width in zip(cells, widths, strict=True)]
    return Row(tuple(made), whole=True)


def _cell(drawn: Drawn, width: float, size: float, pitch: float) -> Cell:
    shown = fitting(drawn.text, width, size)
    lines = [part.strip() for part in drawn.text.split("\n")]
    paras = tuple(_line(line, shown, pitch, drawn.role, drawn.align) for line in lines)
    return Cell(paras, width, drawn.middle)


def _line(text: str, size: float, pitch: float, role: Role, align: str) -> Para:
    return Para((Run(text, role, size),), pitch, styles.IN_TABLE, align)


def grid_table(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """Rows of a form: label, content, label, content; see forms/README.md for `@20` and `>>`."""
    made: list[Row] = []
    for texts in rows:
        made += _grid_rows(grid_cells(texts), spread(len(texts), widths))
    return Table(tuple(made))


def _grid_rows(drawn: Sequence[Drawn], widths: Sequence[float]) -> list[Row]:
    """One row; where something stays at the lower right, a second one below it without a rule.

    Only so do text that grows and a signature line both keep their place in Word.
    """
    size, pitch = GRID.size, GRID.pitch
    least = max(cell.least for cell in drawn)
    upper = [_cell(one, width, size, pitch) for one, width in zip(drawn, widths, strict=True)]
    if not any(cell.foot for cell in drawn):
        return [Row(tuple(upper), least)]
    lower: list[Cell] = []
    for at, (one, width) in enumerate(zip(drawn, widths, strict=True)):
        if one.foot:
            paras = tuple(_line(line, size, pitch, one.role, "right") for line in one.foot)
            upper[at] = replace(upper[at], edges=NOT_BELOW)
            lower.append(Cell(paras, width, edges=NOT_ABOVE))
        else:
            upper[at] = replace(upper[at], joined="down")
            lower.append(Cell((), width, joined="up"))
    foot = max(len(cell.foot) for cell in drawn) * pitch + 2 * PAD
    above = max(least - foot, pitch)
    return [kept_row(Row(tuple(upper), above)), Row(tuple(lower), whole=True)]
