"""Tables of a form: the detail table with its total, the grid of a form, the list of papers."""

from collections.abc import Sequence

from inspector_app.domain.money import yuan
from inspector_app.domain.papers import Column, Field, TableRow, Value
from inspector_app.papers.flow import Item, kept
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import MM, WIDTH
from inspector_app.papers.grid import Cell, RowStyle, row

DETAIL = RowStyle(10.5, 1.35)
GRID = RowStyle(12.0, 1.5)
ALIGN = {"money": "right", "integer": "right"}


def rows_of(value: Value) -> tuple[TableRow, ...]:
    """The rows of a table field; none for anything else."""
    if not isinstance(value, tuple):
        return ()
    return tuple(one for one in value if isinstance(one, dict))


def detail_table(
    field: Field, value: Value, fonts: FontSet, total: str, style: RowStyle
) -> list[Item]:
    """Header (repeated on each page), a row for each entry, and a row of sums named `total`."""
    widths = column_widths(field.columns)
    titles = [Cell(column.title, "center", role=Role.HEI) for column in field.columns]
    header = row(titles, widths, fonts, style)
    rows = rows_of(value)
    body = [row(row_cells(field.columns, one), widths, fonts, style, (header,)) for one in rows]
    if total:
        body = [*body[:-1], *kept(body[-1:])]
        body.append(row(sum_cells(field.columns, rows, total), widths, fonts, style, (header,)))
    return [*kept([header]), *body]


def column_widths(columns: Sequence[Column]) -> list[float]:
    """Widths in points that fill the type area."""
    scale = WIDTH / sum(column.width * MM for column in columns)
    return [column.width * MM * scale for column in columns]


def row_cells(columns: Sequence[Column], values: TableRow) -> list[Cell]:
    """The cells of one entry, as they are printed."""
    return [
        Cell(_shown(column, values.get(column.id, "")), _align(column, values.get(column.id, "")))
        for column in columns
    ]


def _shown(column: Column, text: str) -> str:
    if column.kind == "money" and text.strip():
        return yuan(int(text))
    return text


def _align(column: Column, text: str) -> str:
    short = len(text) <= 4
    return ALIGN.get(column.kind, "center" if short else "left")


def sum_cells(columns: Sequence[Column], rows: Sequence[TableRow], total: str) -> list[Cell]:
    """合计 under the first wide enough column, sums under the money columns."""
    cells = []
    named = False
    for column in columns:
        if column.kind == "money":
            cells.append(Cell(yuan(sum(int(one.get(column.id) or "0") for one in rows)), "right"))
        elif not named and column.width >= 12:
            cells.append(Cell(total, "center", role=Role.HEI))
            named = True
        else:
            cells.append(Cell(""))
    return cells


def grid_rows(rows: Sequence[Sequence[str]], widths: Sequence[float], fonts: FontSet) -> list[Item]:
    """Rows of a form: label, value, label, value; a row with fewer cells stretches its last one.

    A cell may say how high it is at least (`@30` in mm at its end) and what stays at its lower
    right (lines that begin with `>>`).
    """
    return [row(grid_cells(one), spread(len(one), widths), fonts, GRID) for one in rows]


def spread(count: int, widths: Sequence[float]) -> list[float]:
    """Widths in points of so many cells; the last one takes what is left."""
    points = [width * WIDTH / sum(widths) for width in widths]
    return [*points[: count - 1], sum(points[count - 1 :])]


def grid_cells(texts: Sequence[str]) -> list[Cell]:
    """The cells of a grid row: labels and contents by turns."""
    cells = []
    for number, text in enumerate(texts):
        body, least = _least(text)
        lines = body.split("\n")
        foot = tuple(line.removeprefix(">>").strip() for line in lines if line.startswith(">>"))
        shown = "\n".join(line for line in lines if not line.startswith(">>")).strip()
        label = number % 2 == 0 and len(texts) > 1
        cells.append(
            Cell(
                shown,
                "center" if label else "left",
                middle=label or not foot,
                foot=foot,
                least=least,
            )
        )
    return cells


def _least(text: str) -> tuple[str, float]:
    body, mark, height = text.rstrip().rpartition("@")
    if mark and height.isdigit():
        return body, float(height) * MM
    return text, 0.0
