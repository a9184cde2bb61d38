"""Sentences of a paper with {field} marks, filled from what the inspector entered."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.capital import capital
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_joint import fines_text, joint_rows, names_text, party_lines
from inspector_app.domain.papers import InspectorRef, Value
from inspector_app.domain.term_words import date_text, weekday_text
from inspector_app.errors import UserError

_MARK = re.compile(r"\{([A-Za-z_][\w.]*)(?:\|([a-z]+))?\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One {name|filter} of a text; `filter` is "" when there is none."""

    name: str
    filter: str


def marks(text: str) -> tuple[Mark, ...]:
    """The marks of a text in order; UserError for a filter or a brace nobody understands."""
    found = tuple(Mark(match[1], match[2] or "") for match in _MARK.finditer(text))
    for mark in found:
        if mark.filter and mark.filter not in FILTERS:
            known = "、".join(FILTERS)
            raise UserError(f"“{{{mark.name}|{mark.filter}}}”的写法不认识，竖线后可用 {known}")
    if not set(_MARK.sub("", text)).isdisjoint("{}"):
        raise UserError(f"花括号不成对或字段名不对：{text}")
    return found


def fill(
    text: str,
    values: Mapping[str, Value],
    extra: Mapping[str, Value] | None = None,
    *,
    blank: str = "",
) -> str:
    """The text with its marks replaced; `extra` (number, bureau …) gives way to `values`.

    A field without a value becomes `blank`: nothing on paper, an underline in a preview.
    """
    marks(text)
    known = {**(extra or {}), **values}

    def replaced(match: re.Match[str]) -> str:
        value = known.get(match[1])
        if is_empty(value):
            return blank
        return FILTERS[match[2]](value) if match[2] else plain_text(value)

    return _MARK.sub(replaced, text)


def is_empty(value: Value) -> bool:
    """Nothing entered: None, blanks, no rows, an inspector without a name. 0 is a value."""
    if isinstance(value, InspectorRef):
        return not value.name.strip()
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == ()


def plain_text(value: Value) -> str:
    """A value as it stands in a sentence when no filter says otherwise."""
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, InspectorRef):
        return f"{value.name}（{value.certificate}）" if value.certificate else value.name
    if isinstance(value, tuple):
        return "、".join(_listed(value))
    return "" if value is None else str(value)


def _listed(value: tuple[object, ...]) -> list[str]:
    if any(not isinstance(item, str) for item in value):
        raise UserError("明细表不能写进句子，可用 |count 写行数")
    return [str(item) for item in value]


def _capital(value: Value) -> str:
    return capital(_money(value))


def _yuan(value: Value) -> str:
    return yuan(_money(value))


def _money(value: Value) -> int:
    if not isinstance(value, int):
        raise UserError(f"“{plain_text(value)}”不是金额")
    return value


def _date(value: Value) -> str:
    return date_text(_as_date(value))


def _weekday(value: Value) -> str:
    return weekday_text(_as_date(value))


def _as_date(value: Value) -> date:
    if not isinstance(value, date):
        raise UserError(f"“{plain_text(value)}”不是日期")
    return value


def _name(value: Value) -> str:
    return _inspector(value).name


def _certificate(value: Value) -> str:
    return _inspector(value).certificate


def _inspector(value: Value) -> InspectorRef:
    if not isinstance(value, InspectorRef):
        raise UserError(f"“{plain_text(value)}”不是监察员")
    return value


def _count(value: Value) -> str:
    if not isinstance(value, tuple):
        raise UserError(f"“{plain_text(value)}”没有行数")
    return str(len(value))


def _sentence(value: Value) -> str:
    """Closed by a full stop, where whoever typed it left that to the form."""
    text = plain_text(value).rstrip()
    return text if text.endswith(("。", "；", "：", "！", "？")) else f"{text.rstrip('，、,;.')}。"


FILTERS: Mapping[str, Callable[[Value], str]] = {
    "capital": _capital,
    "yuan": _yuan,
    "date": _date,
    "weekday": _weekday,
    "name": _name,
    "certificate": _certificate,
    "count": _count,
    "sentence": _sentence,
    "names": lambda value: names_text(joint_rows(value)),
    "lines": lambda value: party_lines(joint_rows(value)),
    "fines": lambda value: fines_text(joint_rows(value)),
}
