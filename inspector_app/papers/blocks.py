"""Turns the blocks of a form into lines, tables and signatures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from inspector_app.domain.papers import Block, PaperKind
from inspector_app.domain.term_words import date_text
from inspector_app.papers.context import PaperContext, Text
from inspector_app.papers.flow import Item, gap, kept
from inspector_app.papers.fonts import FontSet, Role
from inspector_app.papers.geometry import TITLE_PITCH, Measure
from inspector_app.papers.labels import box_lines, label_lines
from inspector_app.papers.pen import Style
from inspector_app.papers.prose import Column, title_items
from inspector_app.papers.signing import receipt, sign_block
from inspector_app.papers.tables import DETAIL, detail_table, grid_rows

SIGNED = frozenset(("sign", "writing", "receipt"))
TIGHT = 23.0  # below this line pitch the title moves closer too


@dataclass(frozen=True, slots=True)
class Composer:
    """Everything a block may need to become items of a page."""

    kind: PaperKind
    ctx: PaperContext
    text: Text
    fonts: FontSet
    measure: Measure

    def items(self, blocks: tuple[Block, ...]) -> list[Item]:
        """The items of all blocks whose conditions hold, in order.

        What is signed never stands alone: the last line before it goes to its page.
        """
        items: list[Item] = []
        for block in blocks:
            if block.kind not in _MAKERS or not self.text.wanted(block.when):
                continue
            if block.kind in SIGNED and items:
                items[-1] = replace(items[-1], keep=True)
            items += _MAKERS[block.kind](self, block)
        return items

    def column(self, role: Role = Role.BODY) -> Column:
        """The full width of the type area in running text."""
        style = Style(role, self.measure.size, self.measure.tracking)
        return Column(style, self.measure.line_pitch)


def _title(composer: Composer, block: Block) -> list[Item]:
    lines = [line for line in composer.text(block.text).split("\n") if line.strip()]
    tight = composer.measure.line_pitch < TIGHT
    items = title_items(lines, composer.fonts, 30.0 if tight else TITLE_PITCH)
    after = gap(8.0 if tight else float(block.options.get("after", "16")))
    return kept([*items, after])


def _number(composer: Composer, block: Block) -> list[Item]:
    shown = composer.text(block.text)
    return [composer.column().line(shown, composer.fonts, "right")] if shown.strip() else []


def _addressee(composer: Composer, block: Block) -> list[Item]:
    return kept(composer.column().paragraph(composer.text(block.text), composer.fonts, 0))


def _paragraphs(composer: Composer, block: Block) -> list[Item]:
    indent = float(block.options.get("indent", "2"))
    column = composer.column()
    if "size" in block.options:
        size = float(block.options["size"])
        column = Column(Style(Role.BODY, size), size * 1.45)
    return column.paragraphs(composer.text(block.text), composer.fonts, indent)


def _heading(composer: Composer, block: Block) -> list[Item]:
    role = Role.HEI if block.kind == "heading" else Role.KAI
    indent = float(block.options.get("indent", "2"))
    column = composer.column(role)
    return kept(column.paragraphs(composer.text(block.text), composer.fonts, indent))


def _ticks(composer: Composer, block: Block) -> list[Item]:
    """Every option of the field with its box; what is not ticked stays readable."""
    field = composer.kind.field(block.options["field"])
    chosen = composer.text.get(field.id)
    ticked = set(chosen) if isinstance(chosen, tuple) else set()
    lines = [("☑" if option in ticked else "☐") + option for option in field.options]
    extra = block.options.get("extra", "")
    if extra and composer.text.wanted((block.options["extra_when"],)):
        extra = f"☑{composer.text(extra)}"
    else:
        extra = ""
    return box_lines(lines, composer.fonts, extra)


def _table(composer: Composer, block: Block) -> list[Item]:
    field = composer.kind.field(block.options["field"])
    value = composer.text.get(field.id)
    total = block.options.get("total", "")
    style = replace(DETAIL, size=float(block.options.get("size", str(DETAIL.size))))
    return detail_table(field, value, composer.fonts, total, style)


def _grid(composer: Composer, block: Block) -> list[Item]:
    widths = [float(part) for part in block.options["widths"].split(",")]
    rows = [[composer.text(cell) for cell in row] for row in block.rows]
    return grid_rows(rows, widths, composer.fonts)


def _sign(composer: Composer, block: Block) -> list[Item]:
    day = composer.ctx.issue_date
    shown = date_text(day) if day else "____年__月__日"
    name = composer.text(block.options.get("name", "{bureau}"))
    beside = composer.text(block.text)
    return [sign_block(name, shown, beside, composer.fonts, composer.measure, composer.ctx.draft)]


def _receipt(composer: Composer, block: Block) -> list[Item]:
    rows = [[composer.text(cell) for cell in row] for row in block.rows]
    return [receipt(rows, composer.text(block.text), composer.fonts)]


def _lines(composer: Composer, block: Block) -> list[Item]:
    rows = [[composer.text(cell) for cell in row] for row in block.rows]
    size = float(block.options.get("size", str(composer.measure.size)))
    pitch = float(block.options.get("pitch", str(composer.measure.line_pitch)))
    ruled = "plain" not in block.options
    return label_lines(rows, composer.fonts, Measure(size, size, pitch), ruled=ruled)


def _writing(composer: Composer, block: Block) -> list[Item]:
    """A label and empty rules to write on by hand."""
    label = composer.column().paragraphs(composer.text(block.text), composer.fonts, 0)
    rules = [[""]] * int(block.options.get("count", "2"))
    return kept([*label, *label_lines(rules, composer.fonts, composer.measure)])


def _end(composer: Composer, _block: Block) -> list[Item]:
    return [composer.column().line("（以下空白）", composer.fonts, "center")]


def _gap(_composer: Composer, block: Block) -> list[Item]:
    return [gap(float(block.options.get("height", "12")))]


_MAKERS: Mapping[str, Callable[[Composer, Block], list[Item]]] = {
    "title": _title,
    "number": _number,
    "addressee": _addressee,
    "para": _paragraphs,
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
BLOCK_KINDS = frozenset(_MAKERS) | {"page", "foot"}
