"""What of a paper's words is law and not style: amounts, dates, articles, numbers, and who."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest

from inspector_app.domain.papers import Field, FieldType, InspectorRef, PaperKind, Value, Values
from inspector_app.papers.context import PaperContext
from inspector_app.papers.tables import row_cells, rows_of
from inspector_app.papers.word.plain import plain

SHOWN = 40  # characters at each end of a long piece
_N = r"零〇一二三四五六七八九十百千两\d"
_KINDS = {
    "金额大写": r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆][零壹贰叁肆伍陆柒捌玖角分整正]*",
    "日期": r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日",
    "时间": r"\d{1,2}[:：]\d{2}|\d{1,2}时(?:\d{1,2}分)?",
    "字号": r"〔\d{4}〕第?\d+号",
    "金额": (
        r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?:万?元)?|\d+(?:\.\d+)?(?:万|亿)?元|\d+\.\d{2}(?![%％])"
    ),
    "比例": r"\d+(?:\.\d+)?[%％]|\d+倍",
    "人数": r"\d+[人名]",
    "期限": rf"[{_N}]+个?(?:工作日|日|月|年|小时)(?:以内|之内|内|之前|前)",
    "条款": (
        rf"《[^《》]{{2,60}}》|第[{_N}]+条(?:之[{_N}]+)?(?:第[{_N}]+款)?(?:第（[{_N}]+）项)?"
        rf"|第[{_N}]+款(?:第（[{_N}]+）项)?|第（[{_N}]+）项"
    ),
    "编号": r"[A-Za-z]{0,3}\d[\dA-Za-z*-]{4,}",
}
_FACT = re.compile("|".join(f"(?P<k{at}>{one})" for at, one in enumerate(_KINDS.values())))
_LABELS = tuple(_KINDS)
_FIXED = frozenset((FieldType.LINE, FieldType.CHOICE, FieldType.TIME))


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was and is now said otherwise; `field` where it can be changed."""

    what: str
    was: str
    now: str
    field: str = ""

    @property
    def sentence(self) -> str:
        """In words, with both values."""
        if not self.was:
            return f"{self.what}：草稿中没有“{_short(self.now)}”"
        now = f"文件中为“{_short(self.now)}”" if self.now else "文件中没有"
        return f"{self.what}：草稿为“{_short(self.was)}”，{now}"


def _short(text: str) -> str:
    """A long piece without its middle."""
    if len(text) <= 2 * SHOWN:
        return text
    return f"{text[:SHOWN]}……{text[-SHOWN:]}"


@dataclass(frozen=True, slots=True)
class _Token:
    """A fact as it is written; `key` is the same for 64,200.00元 and 64200元."""

    key: str
    shown: str


def facts_of(lines: Sequence[str]) -> dict[str, list[_Token]]:
    """Everything that reads like a fact, by kind, in the order of the text."""
    found: dict[str, list[_Token]] = {label: [] for label in _LABELS}
    for line in lines:
        for match in _FACT.finditer(line):
            label = _LABELS[int(str(match.lastgroup)[1:])]
            found[label].append(_Token(_key(label, match[0]), match[0]))
    return found


def _key(label: str, shown: str) -> str:
    if label == "人数":
        return shown[:-1]
    if label == "日期":
        return re.sub(r"\b0|(?<=[年月])0", "", shown)
    if label != "金额":
        return shown
    figure, *unit = re.split("(?=[万亿元])", shown.replace(",", ""), maxsplit=1)
    times = {"万": 10_000, "亿": 100_000_000}.get("".join(unit)[:1], 1)
    return str((Decimal(figure) * times).normalize())


def fact_counts(lines: Sequence[str]) -> Counter[tuple[str, str]]:
    """How often each fact is said, whatever the order."""
    return Counter((label, one.key) for label, found in facts_of(lines).items() for one in found)


def changed_facts(draft: Sequence[str], final: Sequence[str]) -> Iterator[Difference]:
    """Facts that are gone, new, or stand in another order; saying one again is no difference."""
    was, now = facts_of(draft), facts_of(final)
    for label in _LABELS:
        yield from _changed(label, was[label], now[label])


def _changed(label: str, was: list[_Token], now: list[_Token]) -> Iterator[Difference]:
    old, new = [one.key for one in was], [one.key for one in now]
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    matcher = SequenceMatcher(None, old[start:], new[start:], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        for gone, come in zip_longest(was[start + a : start + b], now[start + c : start + d]):
            if gone is None and come.key in old:
                continue
            yield Difference(label, gone.shown if gone else "", come.shown if come else "")


@dataclass(frozen=True, slots=True)
class Printed:
    """A value of the draft that stands on the paper word for word."""

    what: str
    text: str
    field: str


def printed_values(kind: PaperKind, values: Values, ctx: PaperContext) -> Iterator[Printed]:
    """Who and where: short fields, inspectors, ticks, rows of tables; who signs, which number."""
    yield Printed("落款机关", plain(ctx.bureau), "")
    yield Printed("字号", plain(ctx.number), "")
    listed = {block.options.get("field") for block in kind.body if block.kind == "table"}
    for field in kind.fields:
        value = values.get(field.id)
        for text in _texts(field, value, rows=field.id in listed):
            yield Printed(f"“{field.label}”", plain(text), field.id)


def _texts(field: Field, value: Value, *, rows: bool) -> Iterator[str]:
    """`rows`: the rows of a table stand on the paper as such, else their cells in its sentences."""
    if isinstance(value, str) and field.type in _FIXED:
        yield value
    elif isinstance(value, InspectorRef):
        yield value.name
        yield value.certificate
    elif field.type is FieldType.TICKS and isinstance(value, tuple):
        yield from (f"☑{one}" for one in value if isinstance(one, str))
    elif field.type is FieldType.TABLE:
        for row in rows_of(value):
            cells = [cell.text for cell in row_cells(field.columns, row)]
            yield from ["".join(cells)] if rows else cells


def lost_values(printed: Sequence[Printed], draft: str, final: str) -> Iterator[Printed]:
    """Values that stand on the edited paper less often than on the draft."""
    for one in dict.fromkeys(printed):
        if one.text and final.count(one.text) < draft.count(one.text):
            yield one
