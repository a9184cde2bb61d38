"""Blocks of a form as pieces of a Word document: titles, paragraphs, headings, signatures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from inspector_app.domain.papers import Block, PaperKind
from inspector_app.domain.term_words import date_text
from inspector_app.papers.blocks import SIGNED, TIGHT
from inspector_app.papers.context import PaperContext, Text
from inspector_app.papers.fonts import Role
from inspector_app.papers.geometry import SEAL, TITLE_PITCH, TITLE_SIZE, WIDTH, Measure
from inspector_app.papers.linebreak import balanced
from inspector_app.papers.signing import GAP, SMALL_PITCH
from inspector_app.papers.signing import SMALL as SMALL_SIZE
from inspector_app.papers.word import styles
from inspector_app.papers.word.pieces import Cell, Para, Piece, Row, Run, Table, blank, kept
from inspector_app.papers.word.rows import SLACK, blanks_para, box_table, label_table, rules_table
from inspector_app.papers.word.tables import detail_table, grid_table
from inspector_app.papers.word.widths import width_of

NO_EDGES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Writer:
    """Everything a block may need to become pieces of a Word document."""

    kind: PaperKind
    ctx: PaperContext
    text: Text
    measure: Measure
    free: float = 8.0  # room above the receipt, in points

    def pieces(self, blocks: tuple[Block, ...]) -> list[Piece]:
        """The pieces of all blocks whose conditions hold; what is signed never stands alone."""
        made: list[Piece] = []
        for block in blocks:
            if block.kind not in _WRITERS or not self.text.wanted(block.when):
                continue
            if block.kind in SIGNED and made:
                made[-1] = kept(made[-1])
            made += _WRITERS[block.kind](self, block)
        return made

    def para(self, text: str, role: Role = Role.BODY, style: str = styles.BODY) -> Para:
        """A line or paragraph of running text."""
        run = Run(text, role, self.measure.size, self.measure.tracking)
        return Para((run,), self.measure.line_pitch, style)

    def rows(self, block: Block) -> list[list[str]]:
        """The cells of a block, filled."""
        return [[self.text(cell) for cell in row] for row in block.rows]


def _paragraphs(writer: Writer, text: str, role: Role, style: str, indent: float) -> list[Para]:
    parts = (part.strip() for part in text.split("\n"))
    return [
        replace(writer.para(part, role, style), align="both", first=indent)
        for part in parts
        if part
    ]


def _title(writer: Writer, block: Block) -> list[Piece]:
    tight = writer.measure.line_pitch < TIGHT
    pitch = 30.0 if tight else TITLE_PITCH
    after = 8.0 if tight else float(block.options.get("after", "16"))
    lines = [line for line in writer.text(block.text).split("\n") if line.strip()]
    made = []
    for number, line in enumerate(lines, 1):
        broken = "\n".join(balanced(line, lambda char: width_of(char) * TITLE_SIZE, WIDTH))
        below = after if number == len(lines) else 0.0
        run = Run(broken, Role.TITLE, TITLE_SIZE)
        made.append(Para((run,), pitch, styles.TITLE, "center", after=below, keep=True))
    return [*made]


def _number(writer: Writer, block: Block) -> list[Piece]:
    shown = writer.text(block.text)
    if not shown.strip():
        return []
    return [replace(writer.para(shown, style=styles.NUMBER), align="right")]


def _addressee(writer: Writer, block: Block) -> list[Piece]:
    return [replace(writer.para(writer.text(block.text), style=styles.ADDRESSEE), keep=True)]


def _para(writer: Writer, block: Block) -> list[Piece]:
    indent = float(block.options.get("indent", "2"))
    made = _paragraphs(writer, writer.text(block.text), Role.BODY, styles.BODY, indent)
    if "size" not in block.options:
        return [*made]
    size = float(block.options["size"])
    return [
        replace(
            one,
            runs=tuple(replace(run, size=size, tracking=0.0) for run in one.runs),
            pitch=size * 1.45,
        )
        for one in made
    ]


def _heading(writer: Writer, block: Block) -> list[Piece]:
    first = block.kind == "heading"
    role, style = (Role.HEI, styles.HEADING) if first else (Role.KAI, styles.SUBHEADING)
    indent = float(block.options.get("indent", "2"))
    made = _paragraphs(writer, writer.text(block.text), role, style, indent)
    return [replace(one, keep=True) for one in made]


def _ticks(writer: Writer, block: Block) -> list[Piece]:
    field = writer.kind.field(block.options["field"])
    chosen = writer.text.get(field.id)
    ticked = set(chosen) if isinstance(chosen, tuple) else set()
    lines = [("☑" if option in ticked else "☐") + option for option in field.options]
    extra = block.options.get("extra", "")
    if extra and writer.text.wanted((block.options["extra_when"],)):
        return [box_table(lines, f"☑{writer.text(extra)}")]
    return [box_table(lines)]


def _table(writer: Writer, block: Block) -> list[Piece]:
    field = writer.kind.field(block.options["field"])
    size = float(block.options.get("size", "10.5"))
    value = writer.text.get(field.id)
    return [detail_table(field, value, block.options.get("total", ""), size)]


def _grid(writer: Writer, block: Block) -> list[Piece]:
    widths = [float(part) for part in block.options["widths"].split(",")]
    return [grid_table(writer.rows(block), widths)]


def _lines(writer: Writer, block: Block) -> list[Piece]:
    size = float(block.options.get("size", str(writer.measure.size)))
    pitch = float(block.options.get("pitch", str(writer.measure.line_pitch)))
    return [label_table(writer.rows(block), size, pitch, ruled="plain" not in block.options)]


def _writing(writer: Writer, block: Block) -> list[Piece]:
    text = writer.text(block.text)
    label = _paragraphs(writer, text, Role.BODY, styles.BODY, 0.0)
    count = int(block.options.get("count", "2"))
    made: list[Piece] = [*label]
    if count:
        made.append(rules_table(count, writer.measure.line_pitch))
    return [kept(piece) for piece in made]


def _sign(writer: Writer, block: Block) -> list[Piece]:
    """Bureau and date at the right with room for the seal, small lines of contact at the left."""
    measure = writer.measure
    day = writer.ctx.issue_date
    shown = date_text(day) if day else "____年__月__日"

    def advance(char: str) -> float:
        return width_of(char) * measure.char_pitch

    name = writer.text(block.options.get("name", "{bureau}"))
    lines = (*balanced(name, advance, 17 * measure.char_pitch), shown)
    widest = max(sum(map(advance, line)) for line in lines)
    widest = min(widest + SLACK, WIDTH)
    margin = min(2 * measure.char_pitch, WIDTH - widest)
    width = max(widest, SEAL)
    signed = tuple(
        replace(writer.para(line, style=styles.NORMAL), align="center", right=margin)
        for line in lines
    )
    left = tuple(_contact(line) for line in writer.text(block.text).split("\n") if line.strip())
    cells = (
        Cell(left, WIDTH - width - margin, edges=NO_EDGES),
        Cell(signed, width + margin, edges=NO_EDGES),
    )
    return [kept(Table((Row(cells, SEAL + 2, whole=True),), pad=0.0))]


def _contact(text: str) -> Para:
    """A small line; what does not fit goes on under its first character."""
    text = text.strip()
    head, colon, _ = text.partition("：")
    hang = SMALL_SIZE * len(head + colon) if len(head) <= 4 else 0.0
    run = Run(text, Role.BODY, SMALL_SIZE)
    return Para((run,), SMALL_PITCH, styles.SMALL, left=hang, right=GAP, hanging=hang)


def _receipt(writer: Writer, block: Block) -> list[Piece]:
    """Lines for the receiver, as far down as they stand on the printed page less a few lines.

    A floating frame would stay at the foot by itself, but every program puts it elsewhere.
    """
    made = [blanks_para(labels, 22.0) for labels in writer.rows(block)]
    note = writer.text(block.text)
    if note:
        run = Run(note, Role.BODY, 10.5)
        made.append(Para((run,), 14.0, styles.SMALL))
    cell = Cell(tuple(made), WIDTH, middle=False, edges=frozenset(("top",)))
    return [kept(blank(writer.free)), Table((Row((cell,), whole=True),), pad=0.0)]


def _end(writer: Writer, _block: Block) -> list[Piece]:
    return [replace(writer.para("（以下空白）", style=styles.NORMAL), align="center")]


def _gap(_writer: Writer, block: Block) -> list[Piece]:
    return [blank(float(block.options.get("height", "12")))]


_WRITERS: Mapping[str, Callable[[Writer, Block], list[Piece]]] = {
    "title": _title,
    "number": _number,
    "addressee": _addressee,
    "para": _para,
    "heading": _heading,
    "subheading": _heading,
    "ticks": _ticks,
    "table": _table,
    "grid": _grid,
    "sign": _sign,
    "receipt": _receipt,
    "lines": _lines,
    "writing": _writing,
    "end": _end,
    "gap": _gap,
}
WRITTEN = frozenset(_WRITERS) | {"page", "foot"}
