"""What keeps a draft from being issued, in words, with the field to jump to.

Every kind is checked for what any paper needs. A form adds rules of its own in `checks`, see
`domain.paper_rules`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from inspector_app.domain.fine_words import fines_named
from inspector_app.domain.guards.written import AMOUNT, PENALTY, written
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_rules import run_rule, table_rows
from inspector_app.domain.paper_text import is_empty, plain_text
from inspector_app.domain.papers import (
    Field,
    FieldType,
    InspectorRef,
    PaperKind,
    PaperProblem,
    Value,
    Values,
)
from inspector_app.domain.workdays import WorkCalendar

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_FEN = re.compile(r"-?\d+")


def check(
    kind: PaperKind,
    values: Values,
    *,
    today: date,
    calendar: WorkCalendar,
    missing_glyphs: Iterable[str] = (),
) -> list[PaperProblem]:
    """Everything wrong with a draft, in the order of the form; blocking ones stop the issue."""
    problems: list[PaperProblem] = []
    for field in kind.fields:
        value = values.get(field.id)
        if is_empty(value):
            if field.required:
                problems.append(PaperProblem(field.id, f"请填写“{field.label}”"))
            continue
        problems += _value_problems(field, value)
    problems += _inspector_problems(kind, values)
    problems += _fine_problems(kind, values)
    for rule in kind.checks:
        problems += run_rule(rule, kind, values, today, calendar)
    problems += _glyph_problems(kind, values, list(missing_glyphs))
    return problems


def _value_problems(field: Field, value: Value) -> Iterator[PaperProblem]:
    for message in _messages(field, value):
        yield PaperProblem(field.id, f"“{field.label}”{message}")


def _messages(field: Field, value: Value) -> Iterator[str]:
    if isinstance(value, str):
        if field.max_length and len(value) > field.max_length:
            yield f"最多 {field.max_length} 字，现有 {len(value)} 字"
        if field.type is FieldType.TIME and not _TIME.fullmatch(value):
            yield "请写成 09:30 这样"
        if field.type is FieldType.CHOICE and field.options and value not in field.options:
            yield f"只能选 {'、'.join(field.options)}"
    elif isinstance(value, int):
        if value < 0:
            yield "不能是负数"
    elif isinstance(value, InspectorRef):
        if not value.certificate.strip():
            yield f"缺少{value.name}的执法证号"
    else:
        yield from _cell_messages(field, value)


def _cell_messages(field: Field, value: Value) -> Iterator[str]:
    for number, row in enumerate(table_rows(value), start=1):
        for column in field.columns:
            cell = row.get(column.id, "").strip()
            if column.kind != "text" and cell and not _FEN.fullmatch(cell):
                yield f"第 {number} 行的“{column.title}”不是数字"


def _inspector_problems(kind: PaperKind, values: Values) -> Iterator[PaperProblem]:
    """监察条例 16、处罚法 42: two inspectors. A third field (记录人) may repeat one of them."""
    fields = [field for field in kind.fields if field.type is FieldType.INSPECTOR][:2]
    if len(fields) < 2:
        return
    first, second = (values.get(field.id) for field in fields)
    if not isinstance(first, InspectorRef) or not isinstance(second, InspectorRef):
        return
    if not first.name.strip() or not second.name.strip():
        return
    one, other = first.certificate.strip(), second.certificate.strip()
    same_name = first.name.strip() == second.name.strip()
    if (one and one == other) or (same_name and not (one and other)):
        message = f"“{fields[0].label}”和“{fields[1].label}”不能是同一人"
        yield PaperProblem(fields[1].id, message)


def _fine_problems(kind: PaperKind, values: Values) -> Iterator[PaperProblem]:
    """The fine in words is the one in figures: a decision must not impose two (处罚法 59)."""
    labels = {field.id: field.label for field in kind.fields}
    if not {PENALTY, AMOUNT} <= labels.keys():
        return
    said = written("", kind.id, "", date.min, values)
    wrong = [fen for fen in fines_named(plain_text(values.get(PENALTY))) if fen not in said.sums]
    if wrong:
        named = f"“{labels[PENALTY]}”写的罚款 {yuan(wrong[0])} 元"
        known = f"与“{labels[AMOUNT]}” {yuan(said.total)} 元不一致"
        what = known if said.fines else f"没有填在“{labels[AMOUNT]}”"
        yield PaperProblem(PENALTY, f"{named}{what}")


def _glyph_problems(kind: PaperKind, values: Values, missing: list[str]) -> Iterator[PaperProblem]:
    """One problem a field; characters that stand in none of them (the bureau's name) come last."""
    elsewhere = list(missing)
    for field in kind.fields:
        text = _all_text(values.get(field.id))
        here = [char for char in missing if char in text]
        if here:
            elsewhere = [char for char in elsewhere if char not in here]
            yield PaperProblem(field.id, f"“{field.label}”里的{_no_glyph(here)}")
    if elsewhere:
        yield PaperProblem("", f"文书里的{_no_glyph(elsewhere)}")


def _no_glyph(chars: list[str]) -> str:
    listed = "".join(f"“{char}”" for char in chars)
    return f"{listed}字库里没有，打印会缺字，请先安装含此字的字体"


def _all_text(value: Value) -> str:
    rows = table_rows(value)
    return "".join("".join(row.values()) for row in rows) if rows else plain_text(value)
