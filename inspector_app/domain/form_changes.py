"""What differs between two versions of a form, in words: the bureau's beside the shipped one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from inspector_app.domain.form_words import BLOCK_WORDS, conditions_in_words, shown
from inspector_app.domain.papers import Block, Field, LawRef, PaperKind
from inspector_app.domain.words import Word

YES, NO, NONE = "是", "否", "无"
ROW_BREAK, LINE_BREAK = "；", "⏎"


class FormDiff(Word):
    """What became of one piece."""

    ADDED = "added", "新增"
    REMOVED = "removed", "删除"
    CHANGED = "changed", "修改"
    MOVED = "moved", "移动"


@dataclass(frozen=True, slots=True)
class FormChange:
    """One difference: `where` it is, `what` of it (必填, 文字 …), and both wordings."""

    diff: FormDiff
    where: str
    what: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The difference as one line."""
        head = f"{self.diff.label}　{self.where}"
        if self.diff is FormDiff.CHANGED:
            return f"{head}　{self.what}：{self.before or NONE} → {self.after or NONE}"
        told = self.before or self.after
        return f"{head}：{told}" if told else head


def form_changes(
    before: PaperKind, after: PaperKind, settings: Mapping[str, str] | None = None
) -> tuple[FormChange, ...]:
    """Every difference but version and date, in the order of a form."""
    return (
        *_top(before, after),
        *_law(before.law, after.law),
        *_fields(before, after),
        *_body(before, after, settings or {}),
    )


def _changed(where: str, pairs: Mapping[str, tuple[str, str]]) -> Iterator[FormChange]:
    for what, (old, new) in pairs.items():
        if old != new:
            yield FormChange(FormDiff.CHANGED, where, what, old, new)


def _top(old: PaperKind, new: PaperKind) -> Iterator[FormChange]:
    pairs = {
        "名称": (old.title, new.title),
        "版式": (old.layout.label, new.layout.label),
        "编号序列": (old.series, new.series),
        "文种代字": (old.series_char, new.series_char),
        "各联": ("、".join(old.copies), "、".join(new.copies)),
        "给谁看": (old.audience.label, new.audience.label),
        "制发前批准的依据": (old.approval, new.approval),
    }
    yield from _changed("文书", pairs)
    for rule in old.checks:
        if rule not in new.checks:
            yield FormChange(FormDiff.REMOVED, "制发前的检查", "", rule, "")
    for rule in new.checks:
        if rule not in old.checks:
            yield FormChange(FormDiff.ADDED, "制发前的检查", "", "", rule)


def _law(old: Sequence[LawRef], new: Sequence[LawRef]) -> Iterator[FormChange]:
    before, after = ({ref.article: ref for ref in refs} for refs in (old, new))
    for article, ref in before.items():
        if article not in after:
            yield FormChange(FormDiff.REMOVED, "依据", "", article, "")
            continue
        pairs = {
            "核实": (ref.verified, after[article].verified),
            "要求写明": ("、".join(ref.demands), "、".join(after[article].demands)),
            "说明": (ref.note, after[article].note),
        }
        yield from _changed(f"依据“{article}”", pairs)
    for article in after:
        if article not in before:
            yield FormChange(FormDiff.ADDED, "依据", "", "", article)


# ── fields ───────────────────────────────────────────────────────────────────────────────────────
def _fields(old: PaperKind, new: PaperKind) -> Iterator[FormChange]:
    before, after = ({field.id: field for field in kind.fields} for kind in (old, new))
    for name, field in before.items():
        where = f"字段“{field.label}”"
        if name not in after:
            yield FormChange(FormDiff.REMOVED, where, "", field.type.label, "")
        else:
            yield from _changed(where, _field_pairs(field, after[name]))
    for name, field in after.items():
        if name not in before:
            need = "，必填" if field.required else ""
            added = f"{field.type.label}{need}"
            yield FormChange(FormDiff.ADDED, f"字段“{field.label}”", "", "", added)
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    for name in _moved(kept, order):
        yield FormChange(FormDiff.MOVED, f"字段“{after[name].label}”", "", "", "")


def _field_pairs(old: Field, new: Field) -> dict[str, tuple[str, str]]:
    return {
        "名称": (old.label, new.label),
        "类型": (old.type.label, new.type.label),
        "必填": (YES if old.required else NO, YES if new.required else NO),
        "分组": (old.group, new.group),
        "说明": (old.help, new.help),
        "默认": (old.default, new.default),
        "最多字数": (str(old.max_length or NONE), str(new.max_length or NONE)),
        "选项": ("、".join(old.options), "、".join(new.options)),
        "列": (_columns(old), _columns(new)),
        "例子": (_sample(old.example), _sample(new.example)),
        "最长的例子": (_sample(old.longest), _sample(new.longest)),
    }


def _columns(field: Field) -> str:
    return "、".join(f"{one.title}（{one.width:g} 毫米）" for one in field.columns)


def _sample(value: object) -> str:
    """A sample, long ones by their length."""
    if isinstance(value, tuple):
        rows = [row for row in value if not isinstance(row, str)]
        return f"{len(rows)} 行" if rows else "、".join(map(str, value))
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:40]}…（{len(text)} 字）"


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The fewest names whose moving explains the new order."""
    matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
    stay: set[str] = set()
    for block in matcher.get_matching_blocks():
        stay.update(old[block.a : block.a + block.size])
    return [name for name in new if name not in stay]


# ── body ─────────────────────────────────────────────────────────────────────────────────────────
_Part = tuple[str, str, tuple[str, ...], tuple[tuple[str, ...], ...], tuple[tuple[str, str], ...]]


def _key(block: Block) -> _Part:
    options = tuple(sorted(block.options.items()))
    return block.kind, block.text, block.when, block.rows, options


def _body(old: PaperKind, new: PaperKind, settings: Mapping[str, str]) -> Iterator[FormChange]:
    left, right = [_key(one) for one in old.body], [_key(one) for one in new.body]
    gone: list[int] = []
    come: list[int] = []
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        both = min(b - a, d - c) if tag == "replace" else 0
        alike = [n for n in range(both) if left[a + n][0] == right[c + n][0]]
        pairs += [(a + n, c + n) for n in alike]
        gone += [n for n in range(a, b) if n - a not in alike]
        come += [n for n in range(c, d) if n - c not in alike]
    for one in list(come):
        twin = next((n for n in gone if left[n] == right[one]), None)
        if twin is not None:
            gone.remove(twin)
            come.remove(one)
            words = block_in_words(new.body[one], new, settings)
            yield FormChange(
                FormDiff.MOVED, f"正文第 {twin + 1} 段到第 {one + 1} 段", "", "", words
            )
    for a, c in pairs:
        where = f"正文第 {c + 1} 段（{BLOCK_WORDS.get(new.body[c].kind, new.body[c].kind)}）"
        yield from _changed(where, _block_pairs((old, old.body[a]), (new, new.body[c]), settings))
    for n in gone:
        words = block_in_words(old.body[n], old, settings)
        yield FormChange(FormDiff.REMOVED, f"正文原第 {n + 1} 段", "", words, "")
    for n in come:
        words = block_in_words(new.body[n], new, settings)
        yield FormChange(FormDiff.ADDED, f"正文第 {n + 1} 段", "", "", words)


def _block_pairs(
    old: tuple[PaperKind, Block], new: tuple[PaperKind, Block], settings: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    def both(read: str) -> tuple[str, str]:
        first, second = (
            _piece(read, kind, block, settings) for kind, block in (old, new)
        )  # each in the words of its own form
        return first, second

    return {name: both(name) for name in ("文字", "条件", "行", "版式")}


def _piece(what: str, kind: PaperKind, block: Block, settings: Mapping[str, str]) -> str:
    if what == "文字":
        return shown(block.text, kind, settings).replace("\n", LINE_BREAK)
    if what == "条件":
        return conditions_in_words(block.when, kind, settings)
    if what == "行":
        rows = (" || ".join(row) for row in block.rows)
        return shown(ROW_BREAK.join(rows), kind, settings).replace("\n", LINE_BREAK)
    options = (f"{name}={value}" for name, value in block.options.items())
    return shown("、".join(options), kind, settings)


def block_in_words(block: Block, kind: PaperKind, settings: Mapping[str, str]) -> str:
    """正文　依据……（有“拖欠金额”时）: a block as one line."""
    texts = (_piece(what, kind, block, settings) for what in ("文字", "行"))
    words = "　".join(text for text in (BLOCK_WORDS.get(block.kind, block.kind), *texts) if text)
    when = conditions_in_words(block.when, kind, settings)
    return f"{words}（{when}时）" if when else words
