"""What keeps a form from being used, each with the line: marks, law, rules, examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inspector_app.domain.form_binding import demand_fault
from inspector_app.domain.form_marks import (
    NEEDS_FIELD,
    OFFICE_MARKS,
    SETTING,
    asked,
    printed,
    texts,
)
from inspector_app.domain.form_words import FILTER_WORDS, JOINT_WAYS
from inspector_app.domain.paper_joint import JOINT
from inspector_app.domain.paper_rules import rule_faults
from inspector_app.domain.paper_text import marks
from inspector_app.domain.paper_values import from_plain
from inspector_app.domain.papers import Block, PaperKind
from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.rows import Row, RowError

AREA_WIDTH = 156  # mm of an A4 page after GB/T 9704


class FormCheck(Word):
    """What is looked at, in the order of the list."""

    READS = "reads", "写法"
    NAMES = "names", "名称和代字"
    MARKS = "marks", "标记都认识"
    PRINTED = "printed", "必填的都印出"
    LAW = "law", "法律要求写明的都在"
    RULES = "rules", "制发前的检查可用"
    SAMPLES = "samples", "例子填得进去"
    PAGES = "pages", "例子排得下"
    GLYPHS = "glyphs", "每个字都有字形"


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing wrong with a form; `line` of its text, 0 for the form as a whole."""

    check: FormCheck
    line: int
    message: str
    error: UserError

    @classmethod
    def of_reading(cls, error: RowError) -> "FormFault":
        """The first thing that keeps the text from being read at all."""
        where = f"{error.field}：" if error.field else ""
        return cls(FormCheck.READS, error.line, f"{where}{error.sentence}", error)

    @classmethod
    def at(cls, check: FormCheck, row: Row, sentence: str, key: str = "") -> "FormFault":
        """What is wrong with one row, or one of its cells."""
        error = row.wrong(sentence, key)
        return cls(check, error.line, sentence, error)


# What a kind of block may be told beyond its text: a least and a greatest number, or words.
_WORDS = (0.0, 0.0)
_OPTIONS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "title": {"after": (0, 400)},
    "heading": {"indent": (0, 20)},
    "subheading": {"indent": (0, 20)},
    "para": {"indent": (0, 20), "size": (6, 30)},
    "ticks": {"field": _WORDS, "extra": _WORDS, "extra_when": _WORDS},
    "table": {"field": _WORDS, "total": _WORDS, "size": (6, 30)},
    "grid": {"widths": _WORDS},
    "lines": {"size": (6, 30), "pitch": (8, 60), "plain": _WORDS},
    "writing": {"count": (0, 40)},
    "sign": {"name": _WORDS},
    "gap": {"height": (0, 400)},
}
_WITH_ROWS = frozenset(("grid", "lines", "foot"))
_NARROWEST = 6.0  # mm: a cell that holds one character and its margins


def options_of(kind: str) -> tuple[str, ...]:
    """The options a kind of block knows."""
    return tuple(_OPTIONS.get(kind, {}))


def kind_faults(kind: PaperKind, top: Row) -> Iterator[FormFault]:
    """Everything wrong with a form that could be read."""
    for number, (block, row) in enumerate(zip(kind.body, top.rows("body", "kind"), strict=True), 1):
        for sentence in _odd_options(block):
            yield FormFault.at(FormCheck.READS, row, f"正文第 {number} 段{sentence}", "options")
    yield from _marks(kind, top.rows("body", "kind"))
    yield from _unprinted(kind, top.rows("field"))
    yield from _law(kind, top.rows("law", "article"))
    yield from _rules(kind, top)
    yield from _samples(kind, top.rows("field"))


def _odd_options(block: Block) -> Iterator[str]:
    known = _OPTIONS.get(block.kind, {})
    for name, value in block.options.items():
        if name not in known:
            told = "、".join(known) or "没有"
            yield f"的版式里不认识“{name}”，可用：{told}"
        elif known[name] is not _WORDS and not _within(value, *known[name]):
            least, most = known[name]
            yield f"的“{name}”应为 {least:g} 到 {most:g} 的数"
    if ("extra" in block.options) != ("extra_when" in block.options):
        yield "的“extra”和“extra_when”要一起写"
    if block.kind in _WITH_ROWS and not any(block.rows):
        yield "没有内容：请写“rows”"
    if block.kind == "grid":
        yield from _odd_widths(block)


def _within(text: str, least: float, most: float) -> bool:
    try:
        return least <= float(text) <= most
    except ValueError:
        return False


def _odd_widths(block: Block) -> Iterator[str]:
    parts = [part.strip() for part in block.options.get("widths", "").split(",")]
    if not all(_within(part, 1, 200) for part in parts):
        yield "的“widths”应为各列宽度（毫米），用逗号隔开，例如 28,50,28,50"
        return
    widths = [float(part) for part in parts]
    if min(widths) * AREA_WIDTH / sum(widths) < _NARROWEST:
        yield "有一列太窄"
    if max((len(row) for row in block.rows), default=0) > len(widths):
        yield f"有一行多于 {len(widths)} 格"


def _marks(kind: PaperKind, rows: tuple[Row, ...]) -> Iterator[FormFault]:
    types = {field.id: field.type for field in kind.fields}
    for number, (block, row) in enumerate(zip(kind.body, rows, strict=True), 1):
        named = block.options.get("field", "")
        if block.kind in NEEDS_FIELD and types.get(named) is not NEEDS_FIELD[block.kind]:
            wanted = NEEDS_FIELD[block.kind].label
            sentence = f"正文第 {number} 段的“field”应是{wanted}字段"
            yield FormFault.at(FormCheck.MARKS, row, sentence, "options")
        try:
            names = [*asked(block), *(mark.name for text in texts(block) for mark in marks(text))]
        except UserError as error:
            yield FormFault.at(FormCheck.MARKS, row, f"正文第 {number} 段{error.message}")
            continue
        yield from _joint_ways(number, block, row)
        for name in dict.fromkeys(names):
            if name not in types and name not in OFFICE_MARKS and not name.startswith(SETTING):
                sentence = f"正文第 {number} 段里的“{{{name}}}”不是字段，也不是本局事项"
                yield FormFault.at(FormCheck.MARKS, row, sentence, _key_of(block, name))


def _joint_ways(number: int, block: Block, row: Row) -> Iterator[FormFault]:
    """Rows of workers would be printed as parties to the case."""
    for mark in (mark for text in texts(block) for mark in marks(text)):
        if mark.filter in JOINT_WAYS and mark.name != JOINT:
            word = FILTER_WORDS[mark.filter]
            sentence = f"正文第 {number} 段里“{word}”的写法只用于共同当事人"
            yield FormFault.at(FormCheck.MARKS, row, sentence, _key_of(block, mark.name))


def _key_of(block: Block, name: str) -> str:
    """Where a name stands in a block, for the line."""
    if name in asked(block):
        return "when"
    return "text" if name in {mark.name for mark in marks(block.text)} else "rows"


def _unprinted(kind: PaperKind, rows: tuple[Row, ...]) -> Iterator[FormFault]:
    names = printed(kind)
    for field, row in zip(kind.fields, rows, strict=True):
        if field.required and field.id not in names:
            yield FormFault.at(
                FormCheck.PRINTED, row, f"必填的“{field.label}”没有印到文书上", "required"
            )


def _law(kind: PaperKind, rows: tuple[Row, ...]) -> Iterator[FormFault]:
    """What an article demands must be asked for and be printed, whatever else is filled."""
    for ref, row in zip(kind.law, rows, strict=True):
        for name in ref.demands:
            sentence = demand_fault(kind, name)
            if sentence:
                yield FormFault.at(FormCheck.LAW, row, f"该条{sentence}", "demands")


def _rules(kind: PaperKind, top: Row) -> Iterator[FormFault]:
    for rule in kind.checks:
        for fault in rule_faults(rule, kind)[:1]:
            yield FormFault.at(FormCheck.RULES, top, f"检查规则“{rule}”：{fault}", "checks")


def _samples(kind: PaperKind, rows: tuple[Row, ...]) -> Iterator[FormFault]:
    for field, row in zip(kind.fields, rows, strict=True):
        if field.required and field.example is None:
            yield FormFault.at(FormCheck.SAMPLES, row, f"字段“{field.label}”没有“example”")
        longest = None if field.longest == field.example else field.longest
        for key, sample in (("example", field.example), ("longest", longest)):
            if sample is None:
                continue
            try:
                from_plain({field.id: sample}, kind)
            except UserError as error:
                yield FormFault.at(FormCheck.SAMPLES, row, error.message, key)
                continue
            if isinstance(sample, str) and field.max_length and len(sample) > field.max_length:
                sentence = f"字段“{field.label}”的例子超过 {field.max_length} 字"
                yield FormFault.at(FormCheck.SAMPLES, row, sentence, key)
