"""Any kind of paper with nothing filled in: rules and boxes to write on by hand in the field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from inspector_app.domain.paper_text import Mark, marks
from inspector_app.domain.papers import (
    Block,
    Field,
    FieldType,
    Layout,
    PaperKind,
    TableRow,
    Values,
)
from inspector_app.papers.context import PaperContext

RULE = "＿"  # a rule to write on that may go on in the next line
DATE, WEEKDAY, TIME = "____年__月__日", "____年__月__日（星期__）", "__时__分"
WIDE_DATE, WIDE_TIME = "　　　　年　　月　　日", "　　时　　分"  # where a rule is below them
LONG_TEXT = 1500  # characters a field may hold from which on it gets much room
ROWS, FEW_ROWS = 16, 5  # empty rows of a table, and of one with boxes below it
BOXES = ((LONG_TEXT, 26), (600, 16), (0, 11))  # characters a box may hold, its least height in mm
SHORT_CHOICES = 24  # characters of options that stand in a sentence
LONG_OPTION = 4  # options longer than this stand below one another in a box
_WRITTEN = frozenset(
    (FieldType.LINE, FieldType.TEXT, FieldType.INSPECTOR, FieldType.INTEGER, FieldType.MONEY)
)
_LINES = {Layout.LETTER: (2, 4), Layout.TABLE: (3, 6), Layout.RECORD: (3, 12)}


def blank_form(kind: PaperKind) -> tuple[PaperKind, Values]:
    """A form whose fields are places to write, and the empty rows of its tables."""
    listed = {block.options.get("field") for block in kind.body if block.kind == "table"}
    tables = [field for field in kind.fields if field.columns]
    # A table that only speaks in sentences (further parties) has no rows to write in.
    none = frozenset(field.id for field in tables if field.id not in listed)
    hand = _Hand(kind, {field.id: field for field in kind.fields}, none)
    body = tuple(made for block in kind.body for made in hand.blocks(block))
    values: Values = {one.id: _empty_rows(kind, one) for one in tables if one.id in listed}
    return replace(kind, body=body), values


def blank_context(ctx: PaperContext, number: str) -> PaperContext:
    """The office; the day is written by hand, `number` has rules where year and number go."""
    return replace(ctx, number=number, issue_date=None, draft=False, mark="", code="")


def _empty_rows(kind: PaperKind, field: Field) -> tuple[TableRow, ...]:
    """Numbered rows with nothing in them, and one for the sums where the form has sums."""
    at = next(n for n, block in enumerate(kind.body) if block.options.get("field") == field.id)
    total = kind.body[at].options.get("total", "")
    # Boxes that follow leave little room on the page.
    count = FEW_ROWS if any(block.kind == "grid" for block in kind.body[at:]) else ROWS
    rows = [
        {one.id: str(number) if one.id == "no" else "" for one in field.columns}
        for number in range(1, count + 1)
    ]
    if total:
        wide = (one.id for one in field.columns if one.kind != "money" and one.width >= 12)
        rows.append({next(wide, field.columns[0].id): total})
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Hand:
    """Turns the blocks of one kind into blocks to write on."""

    kind: PaperKind
    fields: Mapping[str, Field]
    none: frozenset[str]  # fields that stay empty

    def blocks(self, block: Block) -> Iterator[Block]:
        """What stands in place of a block; nothing where it says that a field is empty."""
        when = tuple(one for one in block.when if one.removeprefix("!") not in self.none)
        asked = [name.removeprefix("!") for name in when if name.startswith("!")]
        if block.kind == "end" or any(name in self.fields for name in asked):
            return
        if self.none & set(block.when):
            return
        when = tuple(name for name in when if name not in self.fields)
        block = replace(block, when=when)
        if block.kind == "para":
            yield from self._para(block)
        elif block.kind == "ticks":
            yield from self._ticks(block)
        elif block.kind == "grid":
            yield replace(block, rows=tuple(tuple(map(self._cell, row)) for row in block.rows))
        elif block.kind == "lines":
            yield replace(block, rows=tuple(self._lines(block)))
        elif block.kind == "table":
            yield replace(block, options={k: v for k, v in block.options.items() if k != "total"})
        elif block.kind == "sign":
            yield replace(block, text=_filled(block.text, self._signed))
        else:
            rows = tuple(tuple(map(self._inline, row)) for row in block.rows)
            yield replace(block, text=self._inline(block.text), rows=rows)

    # ── running text ─────────────────────────────────────────────────────────────────────────
    def _para(self, block: Block) -> Iterator[Block]:
        """A field alone in its paragraph, or behind a short label, gets whole lines."""
        head, field = self._lone(block.text)
        if field is None or "size" in block.options:
            yield replace(block, text=self._inline(block.text))
            return
        count = self._count(field)
        label = f"　　{head}" if head and "indent" not in block.options else head
        rows = ((label,), *(("",) for _ in range(count - 1)))
        yield Block("lines", when=block.when, rows=rows)

    def _lone(self, text: str) -> tuple[str, Field | None]:
        """Label and field of `标签：{field}`; no field where more stands in the text."""
        found = marks(text)
        field = self.fields.get(found[0].name) if len(found) == 1 else None
        if field is None or field.type not in (FieldType.LINE, FieldType.TEXT):
            return "", None
        head, _, rest = text.partition("{")
        labelled = not head or (head.endswith("：") and len(head) <= 10)
        alone = labelled and not rest.partition("}")[2].strip("。；")
        return (head, field) if alone else ("", None)

    def _count(self, field: Field) -> int:
        few, many = _LINES[self.kind.layout]
        if field.type is FieldType.LINE:
            return 1
        return many if field.max_length >= LONG_TEXT else few

    def _inline(self, text: str) -> str:
        return _filled(text, self._rule)

    def _rule(self, mark: Mark) -> str | None:
        field = self.fields.get(mark.name)
        return None if field is None else _rule_of(field, mark.filter)

    def _signed(self, mark: Mark) -> str | None:
        """Beside the seal there is little room."""
        field = self.fields.get(mark.name)
        if field is not None and field.type is FieldType.INSPECTOR:
            return RULE * 8
        return self._rule(mark)

    # ── boxes, lines, ticks ──────────────────────────────────────────────────────────────────
    def _cell(self, text: str) -> str:
        """A cell is itself the place to write: only what must be told apart stays in it."""
        found = [self.fields[mark.name] for mark in marks(text) if mark.name in self.fields]
        shown = "\n".join(
            self._inline(line) if line.startswith(">>") else _filled(line, self._in_cell)
            for line in text.split("\n")
        )
        held = [field.max_length for field in found if field.type is FieldType.TEXT]
        if not held or "@" in text:
            return shown
        return f"{shown}@{next(height for most, height in BOXES if max(held) >= most)}"

    def _in_cell(self, mark: Mark) -> str | None:
        field = self.fields.get(mark.name)
        return None if field is None else _cell_of(field)

    def _lines(self, block: Block) -> Iterator[tuple[str, ...]]:
        """The rule is there already; running text gets more of them."""
        plain = "plain" in block.options
        for row in block.rows:
            yield tuple(self._line(cell, plain=plain) for cell in row)
            names = [mark.name for cell in row for mark in marks(cell)]
            texts = [self.fields[one] for one in names if one in self.fields]
            if any(field.type is FieldType.TEXT for field in texts):
                yield from (("",) for _ in range(_LINES[self.kind.layout][0] - 1))

    def _line(self, cell: str, *, plain: bool) -> str:
        """Label and place to write; what stands on a rule needs none of its own."""
        label, colon, rest = cell.partition("：")
        if plain:
            return label + colon + self._inline(rest)
        field = self.fields.get(marks(rest)[0].name) if len(marks(rest)) == 1 else None
        if field is not None and field.type in _WRITTEN and rest == _written(marks(rest)[0]):
            return label + colon
        return label + colon + _filled(rest, self._on_rule)

    def _on_rule(self, mark: Mark) -> str | None:
        field = self.fields.get(mark.name)
        return None if field is None else _space_of(field)

    def _ticks(self, block: Block) -> Iterator[Block]:
        options = {"field": block.options["field"]}
        yield replace(block, options=options)
        extra = block.options.get("extra", "")
        if extra:
            label = extra.partition("{")[0]
            yield Block("lines", when=block.when, rows=((f"☐{label}",),), options={"size": "12"})


def _written(mark: Mark) -> str:
    return f"{{{mark.name}|{mark.filter}}}" if mark.filter else f"{{{mark.name}}}"


def _filled(text: str, place: Callable[[Mark], str | None]) -> str:
    """The text with each mark replaced; None leaves it (the office fills it in)."""
    for mark in dict.fromkeys(marks(text)):
        shown = place(mark)
        if shown is not None:
            text = text.replace(_written(mark), shown)
    return text


def _options(field: Field, between: str = " ") -> str:
    return between.join(f"☐{option}" for option in field.options)


def _rule_of(field: Field, as_: str) -> str:
    """What stands in a sentence in place of a field."""
    match field.type:
        case FieldType.DATE:
            return WEEKDAY if as_ == "weekday" else DATE
        case FieldType.TIME:
            return TIME
        case FieldType.MONEY:
            return RULE * (12 if as_ == "capital" else 6)
        case FieldType.INTEGER | FieldType.TABLE:
            return RULE * 3
        case FieldType.INSPECTOR:
            return {"name": RULE * 4, "certificate": RULE * 7}.get(as_, f"{RULE * 4}（{RULE * 7}）")
        case FieldType.CHOICE if len(_options(field)) <= SHORT_CHOICES:
            return _options(field)
        case FieldType.TEXT:
            return RULE * 28
        case _:
            return RULE * _length(field.max_length)


def _length(most: int) -> int:
    """Characters of a rule for a line of text that may be so long; 0: nobody said."""
    if not most:
        return 10
    return next((count for limit, count in ((30, 6), (80, 14)) if most <= limit), 20)


def _cell_of(field: Field) -> str:
    """What stands in a box in place of a field: nothing, or what is only to be completed."""
    match field.type:
        case FieldType.DATE:
            return DATE
        case FieldType.TIME:
            return TIME
        case FieldType.MONEY:
            return RULE * 5
        case FieldType.CHOICE | FieldType.TICKS:
            long = max(map(len, field.options)) > LONG_OPTION and len(field.options) > 2
            return _options(field, "\n" if long else " ")
        case _:
            return ""


def _space_of(field: Field) -> str:
    """Room on a rule that is there already."""
    match field.type:
        case FieldType.DATE:
            return WIDE_DATE
        case FieldType.TIME:
            return WIDE_TIME
        case FieldType.CHOICE | FieldType.TICKS:
            return _options(field)
        case FieldType.INTEGER:
            return "　" * 3
        case _:
            return "　" * 8
