"""What a Word document is built of here: runs, paragraphs, cells, tables; sizes in points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from inspector_app.papers.fonts import Role


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font. A tab in it goes to the next tab stop, a line end to a new line."""

    text: str
    role: Role = Role.BODY
    size: float = 16.0
    tracking: float = 0.0  # added after each character
    framed: bool = False  # a box around it: 副本, 作废
    field: str = ""  # PAGE, NUMPAGES: what Word fills in


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop at `at` points from the left edge; `ruled` draws a line up to it."""

    at: float
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; its lines are exactly `pitch` high."""

    runs: tuple[Run, ...]
    pitch: float
    style: str = "Normal"
    align: str = "left"  # left, center, right, both
    first: float = 0.0  # indent of its first line, in characters
    left: float = 0.0
    right: float = 0.0
    hanging: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tabs: tuple[Tab, ...] = ()
    keep: bool = False  # stays on the page of the next piece
    new_page: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `joined` "down" or "up" makes it one with the cell below or above."""

    paras: tuple[Para, ...]
    width: float
    middle: bool = True
    joined: str = ""
    edges: frozenset[str] = frozenset(("top", "left", "bottom", "right"))


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, at least `height` high; one that is `whole` is never cut by a page."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    header: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; rows may be divided in different places."""

    rows: tuple[Row, ...]
    pad: float = 3.5  # between text and rule

    def continues(self, before: "Table") -> bool:
        """Whether its rows may stand in the table before it."""
        return self.pad == before.pad and not any(row.header for row in self.rows)


Piece: TypeAlias = Para | Table


def kept_row(row: Row) -> Row:
    """The same row, on the page of what follows."""
    cells = tuple(
        replace(cell, paras=tuple(replace(one, keep=True) for one in cell.paras))
        for cell in row.cells
    )
    return replace(row, cells=cells)


def kept(piece: Piece) -> Piece:
    """The same piece, whose end does not leave the page of what follows."""
    if isinstance(piece, Para):
        return replace(piece, keep=True)
    *rows, last = piece.rows
    return replace(piece, rows=(*rows, kept_row(last)))


def open_below(table: Table) -> Table:
    """The same table without its lowest rule: the next one begins with it."""
    *rows, last = table.rows
    cells = tuple(replace(cell, edges=cell.edges - {"bottom"}) for cell in last.cells)
    return replace(table, rows=(*rows, replace(last, cells=cells)))


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Tables that follow one another become one; one with a header has to begin a new one."""
    made: list[Piece] = []
    for piece in pieces:
        before = made[-1] if made else None
        if isinstance(before, Table) and isinstance(piece, Table) and piece.continues(before):
            made[-1] = replace(before, rows=(*before.rows, *piece.rows))
        else:
            made.append(piece)
    return made


def blank(height: float, *, new_page: bool = False) -> Para:
    """White space: Word wants a paragraph even where nothing is said."""
    return Para((), max(height, 1.0), new_page=new_page)


def new_page(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces on a page of their own; a table needs a line before it that turns it."""
    if not pieces:
        return []
    first, *rest = pieces
    if isinstance(first, Para):
        return [replace(first, new_page=True), *rest]
    return [blank(1.0, new_page=True), first, *rest]


def words_of(piece: Piece) -> Iterator[str]:
    """The text of its paragraphs in reading order."""
    if isinstance(piece, Para):
        yield piece.text
        return
    for row in piece.rows:
        for cell in row.cells:
            yield from (para.text for para in cell.paras)
