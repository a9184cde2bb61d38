"""Reads a folder of forms/papers/: what a kind of paper asks for, and how it stands on the page.

The schema is told in forms/README.md. A form that would print a mark nobody fills, leave out what
its law demands, or has no example is refused with the file and the key.
"""

from collections.abc import Iterator
from pathlib import Path

from inspector_app.domain.paper_rules import rule_faults
from inspector_app.domain.paper_text import marks
from inspector_app.domain.paper_values import from_plain
from inspector_app.domain.papers import (
    Audience,
    Block,
    Column,
    Field,
    FieldType,
    LawRef,
    Layout,
    PaperKind,
    TableRow,
)
from inspector_app.errors import UserError
from inspector_app.library.rows import Row, by_id, read_toml

OFFICE_MARKS = frozenset(
    ("bureau", "number", "issue_date", "address", "postcode", "phone", "contact", "court",
     "review_body")
)  # fmt: skip
BLOCKS = frozenset(
    ("title", "number", "addressee", "para", "heading", "subheading", "ticks", "table", "grid",
     "sign", "receipt", "gap", "lines", "writing", "end", "page", "foot")
)  # fmt: skip
NEEDS_FIELD = {"ticks": FieldType.TICKS, "table": FieldType.TABLE}
VERIFIED = ("full", "excerpt", "secondary", "unseen")
Sample = str | int | tuple[str, ...] | tuple[TableRow, ...]


def load_kind(folder: Path) -> PaperKind:
    """The kind of one folder; UserError names the file and the key that is wrong."""
    top = read_toml(folder.parent, f"{folder.name}/form.toml")
    law = top.rows("law", "article")
    kind = PaperKind(
        id=top.text("id"),
        title=top.text("title"),
        version=top.text("version"),
        effective_from=top.day("effective_from"),
        layout=top.word("layout", Layout),
        series=top.text("series", ""),
        series_char=top.text("series_char", ""),
        fields=tuple(by_id(top.rows("field"), _field).values()),
        body=tuple(_block(row) for row in top.rows("body", "kind")),
        law=tuple(_law(row) for row in law),
        checks=top.texts("checks", ()),
        copies=top.texts("copies", ("正本", "附卷")),
        approval=top.text("approval", ""),
        audience=top.word("audience", Audience, Audience.PARTY),
    )
    top.finish()
    if kind.id != folder.name:
        raise top.wrong(f"“id”写的是“{kind.id}”，应与文件夹名“{folder.name}”相同")
    _check_marks(top, kind)
    _check_law(law, kind)
    _check_rules(top, kind)
    _check_samples(top, kind)
    return kind


def _field(row: Row) -> Field:
    kind = row.word("type", FieldType)
    options = row.texts("options", ())
    columns = tuple(_column(one) for one in row.rows("columns")) if row.has("columns") else ()
    if kind in (FieldType.CHOICE, FieldType.TICKS) and not options:
        raise row.wrong("选项字段应有“options”")
    if (kind is FieldType.TABLE) != bool(columns):
        raise row.wrong("明细表应有“columns”，别的字段不应有")
    if not row.text("id").isidentifier():
        raise row.wrong("“id”只能用英文字母、数字和下划线")
    if row.text("id") in OFFICE_MARKS:
        raise row.wrong(f"“{row.text('id')}”是本局事项，字段空着时会印成本局的，请换一个“id”")
    example = _sample(row, "example", kind)
    return Field(
        id=row.text("id"),
        label=row.text("label"),
        type=kind,
        required=row.flag("required"),
        help=row.text("help"),
        group=row.text("group"),
        options=options,
        columns=columns,
        default=row.text("default", ""),
        max_length=row.number("max_length", 0),
        example=example,
        longest=_longest(row, kind, example),
    )


def _column(row: Row) -> Column:
    kind = row.text("kind", "text")
    if kind not in ("text", "money", "integer"):
        raise row.wrong("“kind”应为 text、money、integer 之一")
    column = Column(row.text("id"), row.text("title"), float(row.number("width")), kind)
    row.finish()
    return column


def _sample(row: Row, key: str, kind: FieldType) -> Sample | None:
    """An invented value, written as its field is typed; dates as "2026-11-18"."""
    if not row.has(key):
        return None
    if kind in (FieldType.MONEY, FieldType.INTEGER):
        return row.number(key)
    if kind is FieldType.TICKS:
        return row.texts(key)
    if kind is FieldType.TABLE:
        return tuple(_cells_of(one) for one in row.rows(key))
    return row.text(key)


def _longest(row: Row, kind: FieldType, example: Sample | None) -> Sample | None:
    """What strains the page: written out, or the example so many times over."""
    times = row.number("longest_repeat", 0)
    if times and example is not None:
        return _repeated(example, times)
    stretched = _sample(row, "longest", kind)
    return example if stretched is None else stretched


def _repeated(example: Sample, times: int) -> Sample:
    """Text as so many paragraphs, rows renumbered."""
    if isinstance(example, str):
        return "\n".join([example] * times)
    if isinstance(example, int):
        return example * times
    rows: list[TableRow] = []
    for number in range(1, len(example) * times + 1):
        one = example[(number - 1) % len(example)]
        if isinstance(one, dict):
            rows.append({**one, "no": str(number)} if "no" in one else dict(one))
    return tuple(rows)


def _block(row: Row) -> Block:
    kind = row.text("kind")
    if kind not in BLOCKS:
        raise row.wrong(f"没有“{kind}”这种段落，可用 {'、'.join(sorted(BLOCKS))}")
    options = row.row("options") if row.has("options") else None
    block = Block(
        kind=kind,
        text=row.text("text", ""),
        when=row.texts("when", ()),
        rows=tuple(map(_cells, row.texts("rows", ()))),
        options=_cells_of(options) if options else {},
    )
    row.finish()
    return block


def _cells_of(row: Row) -> dict[str, str]:
    names = row.keys()
    return {name: row.text(name, "") for name in names}


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("||"))


def _law(row: Row) -> LawRef:
    verified = row.text("verified")
    if verified not in VERIFIED:
        raise row.wrong(f"“verified”应为 {'、'.join(VERIFIED)} 之一")
    ref = LawRef(row.text("article"), verified, row.text("note", ""))
    row.texts("demands", ())
    row.finish()
    return ref


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    yield from (cell for row in block.rows for cell in row)
    yield from block.options.values()


def _printed(kind: PaperKind) -> set[str]:
    """Names of everything the body prints."""
    found = {mark.name for block in kind.body for text in _texts(block) for mark in marks(text)}
    return found | {block.options["field"] for block in kind.body if block.kind in NEEDS_FIELD}


def _check_marks(top: Row, kind: PaperKind) -> None:
    types = {field.id: field.type for field in kind.fields}
    for number, block in enumerate(kind.body, 1):
        where = f"body 第{number}项（{block.kind}）"
        asked = [name.removeprefix("!") for name in block.when]
        named = block.options.get("field", "")
        if block.kind in NEEDS_FIELD and types.get(named) is not NEEDS_FIELD[block.kind]:
            raise top.wrong(f"{where}的“field”应是{NEEDS_FIELD[block.kind].label}字段")
        try:
            asked += [mark.name for text in _texts(block) for mark in marks(text)]
        except UserError as error:
            raise top.wrong(f"{where}{error.message}") from error
        for name in asked:
            if name not in types and name not in OFFICE_MARKS and not name.startswith("setting."):
                raise top.wrong(f"{where}里的“{{{name}}}”不是字段，也不是本局事项")
    unused = [one.label for one in kind.fields if one.required and one.id not in _printed(kind)]
    if unused:
        raise top.wrong(f"必填的“{unused[0]}”没有印到文书上")


def _check_law(rows: tuple[Row, ...], kind: PaperKind) -> None:
    """What an article demands must be asked for and be printed."""
    printed, required = _printed(kind), {field.id for field in kind.fields if field.required}
    office = OFFICE_MARKS | ({"bureau", "issue_date"} if _signed(kind) else set())
    for row in rows:
        for name in row.texts("demands", ()):
            if name not in (required & printed) | (office & (printed | {"bureau", "issue_date"})):
                raise row.wrong(f"该条要求的“{name}”不是必填字段，或者没有印出")


def _signed(kind: PaperKind) -> bool:
    return any(block.kind == "sign" for block in kind.body)


def _check_rules(top: Row, kind: PaperKind) -> None:
    for rule in kind.checks:
        faults = rule_faults(rule, kind)
        if faults:
            raise top.wrong(f"检查规则“{rule}”：{faults[0]}")


def _check_samples(top: Row, kind: PaperKind) -> None:
    for field in kind.fields:
        if field.required and field.example is None:
            raise top.wrong(f"字段“{field.label}”没有“example”")
        for sample in (field.example, field.longest):
            if sample is None:
                continue
            from_plain({field.id: sample}, kind)
            if isinstance(sample, str) and field.max_length and len(sample) > field.max_length:
                raise top.wrong(f"字段“{field.label}”的例子超过 {field.max_length} 字")
