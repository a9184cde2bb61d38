"""Reads a folder of forms/papers/: what a kind of paper asks for, and how it stands on the page.

The schema is told in forms/README.md. A form that would print a mark nobody fills, leave out what
its law demands, or has no example is refused with the file and the key.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from pathlib import Path

from inspector_app.domain.form_marks import OFFICE_MARKS
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
from inspector_app.library.form_text import odd_array
from inspector_app.library.kind_checks import FormFault, kind_faults
from inspector_app.library.rows import Row, RowError, by_id, parse_toml, read_toml

BLOCKS = frozenset(
    ("title", "number", "addressee", "para", "heading", "subheading", "ticks", "table", "grid",
     "sign", "receipt", "gap", "lines", "writing", "end", "page", "foot")
)  # fmt: skip
MOST_CHARACTERS, MOST_ROWS = 20_000, 2_000  # of a sample: some thirty pages
WIDEST = 200  # mm of a column: an A4 page is 210
VERIFIED = ("full", "excerpt", "secondary", "unseen")
Sample = str | int | tuple[str, ...] | tuple[TableRow, ...]


class PaperKinds(Mapping[str, PaperKind]):
    """The kinds below an office by id, in folder name order; each is read when first asked for.

    A window that shows the papers of one case must not wait for all the others to be read. Asking
    for a form that is broken raises as `load_kind` does. Kinds the bureau has added are learnt
    from its ledger and stand behind the shipped ones.
    """

    def __init__(self, office: Path) -> None:
        forms = sorted((office / "forms/papers").glob("*/form.toml"))
        self._folders = {form.parent.name: form.parent for form in forms}
        self._read: dict[str, PaperKind] = {}
        self._added: Mapping[str, PaperKind] = {}
        self.titles: Mapping[str, str] = {}  # what the bureau calls a kind now, where it differs

    def apart(self) -> "PaperKinds":
        """The same shipped kinds, with what another ledger adds."""
        made = copy(self)
        made._added, made.titles = {}, {}
        return made

    def learn(self, kind: PaperKind) -> None:
        """A kind the bureau has added, by its first form; others may be reading meanwhile."""
        self._added = {**self._added, kind.id: kind}

    def title(self, name: str) -> str:
        """What new papers of a kind are called in this bureau; the id of a kind nobody knows."""
        if name in self.titles:
            return self.titles[name]
        return self[name].title if name in self else name

    def is_shipped(self, name: str) -> bool:
        """Whether a kind came with the program."""
        return name in self._folders

    def __getitem__(self, name: str) -> PaperKind:
        if name in self._added:
            return self._added[name]
        if name not in self._read:
            self._read[name] = load_kind(self._folders[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._folders or name in self._added

    def __iter__(self) -> Iterator[str]:
        return iter((*self._folders, *self._added))

    def __len__(self) -> int:
        return len(self._folders) + len(self._added)


def load_kind(folder: Path) -> PaperKind:
    """The kind of one folder; UserError names the file and the key that is wrong."""
    top = read_toml(folder.parent, f"{folder.name}/form.toml")
    kind = _kind(top)
    if kind.id != folder.name:
        raise top.wrong(f"“id”写的是“{kind.id}”，应与文件夹名“{folder.name}”相同")
    return _checked(kind, top)


def load_kept(office: Path, kind_id: str, version: str) -> PaperKind | None:
    """An earlier version that lies beside the form as VERSION.toml; papers made with it keep it."""
    name = f"forms/papers/{kind_id}/{version}.toml"
    if not (office / name).is_file():
        return None
    top = read_toml(office, name)
    return _checked(_kind(top), top)


def read_kind(text: str, name: str = "form.toml") -> PaperKind:
    """The kind a text holds, such as a version of the bureau's own; UserError as `load_kind`."""
    top = parse_toml(text, name)
    return _checked(_kind(top), top)


def examine(text: str, name: str = "form.toml") -> tuple[PaperKind | None, tuple[FormFault, ...]]:
    """The kind a text holds, as far as it can be read, and everything that is wrong with it."""
    try:
        top = parse_toml(text, name)
        kind = _kind(top)
    except RowError as error:
        return None, (FormFault.of_reading(error),)
    counts = {"law": len(kind.law), "field": len(kind.fields), "body": len(kind.body)}
    odd = odd_array(text, counts)
    if odd:
        told = f"“{odd}”要一项一段，每段以 [[{odd}]] 开头"
        return None, (FormFault.of_reading(top.wrong(told, odd)),)
    return kind, tuple(kind_faults(kind, top))


def _checked(kind: PaperKind, top: Row) -> PaperKind:
    """The kind, if nothing is wrong with it; else the first thing that is."""
    for fault in kind_faults(kind, top):
        raise fault.error
    return kind


def _kind(top: Row) -> PaperKind:
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
        law=tuple(_law(row) for row in top.rows("law", "article")),
        checks=top.texts("checks", ()),
        copies=top.texts("copies", ("正本", "附卷")),
        approval=top.text("approval", ""),
        audience=top.word("audience", Audience, Audience.PARTY),
        copy_of=top.text("copy_of", ""),
    )
    top.finish()
    return kind


def _field(row: Row) -> Field:
    kind = row.word("type", FieldType)
    options = row.texts("options", ())
    columns = tuple(_column(one) for one in row.rows("columns")) if row.has("columns") else ()
    if kind in (FieldType.CHOICE, FieldType.TICKS) and not options:
        raise row.wrong("选项字段应有“options”")
    if (kind is FieldType.TABLE) != bool(columns):
        raise row.wrong("明细表应有“columns”，别的字段不应有")
    if not (row.text("id").isidentifier() and row.text("id").isascii()):
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
        max_length=_within(row, "max_length", 0, 100_000, 0),
        example=example,
        longest=_longest(row, kind, example),
    )


def _column(row: Row) -> Column:
    kind = row.text("kind", "text")
    if kind not in ("text", "money", "integer"):
        raise row.wrong("“kind”应为 text、money、integer 之一")
    column = Column(
        row.text("id"), row.text("title"), float(_within(row, "width", 1, WIDEST)), kind
    )
    row.finish()
    return column


def _within(row: Row, key: str, least: int, most: int, default: int | None = None) -> int:
    """A whole number in bounds; the default when the key is absent."""
    if default is not None and not row.has(key):
        return default
    number = row.number(key)
    if not least <= number <= most:
        raise row.wrong(f"“{key}”应为 {least} 到 {most}", key)
    return number


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
    times = _within(row, "longest_repeat", 1, MOST_ROWS, 0)
    if times and example is not None:
        size = len(example) if isinstance(example, str | tuple) else 1
        most = MOST_CHARACTERS if isinstance(example, str) else MOST_ROWS
        if size * times > most:
            raise row.wrong(f"例子重复 {times} 遍太长，最多 {most} 字或行", "longest_repeat")
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
    demands = row.texts("demands", ())
    ref = LawRef(row.text("article"), verified, row.text("note", ""), demands)
    row.finish()
    return ref
