"""Puts the bureau's own values into a term or a figure, and says in it that they are its own."""

from collections.abc import Sequence
from dataclasses import replace

from inspector_app.domain.bureau_law import RuleChoice
from inspector_app.domain.law import Basis, TextLevel
from inspector_app.domain.rules import Bound, Figure
from inspector_app.domain.term_rules import Rolling, Term, TermUnit
from inspector_app.errors import UserError
from inspector_app.library.figures import setting_value
from inspector_app.library.settings import YES_NO

BUREAU = TextLevel.BUREAU
OWN = f"（{BUREAU.label}）"
YES, NO = YES_NO
MOST = 10**15  # no figure of the law comes near it; what is longer was mistyped
LONGEST = 9999
FIELD_WORDS = {
    "length": "期限长度",
    "unit": "期限单位",
    "rolling": "末日顺延",
    "low": "下限",
    "high": "上限",
    "off": "停用",
}
TERM_FIELDS = ("length", "unit", "rolling", "off")
FIGURE_FIELDS = ("low", "high", "off")
OTHER_FIELDS = ("off",)


def chosen_term(term: Term, choices: Sequence[RuleChoice]) -> Term:
    """The term with these values; its article and note say that they are the bureau's."""
    own = [one for one in choices if one.field in TERM_FIELDS and one.field != "off"]
    values = {one.field: one.value for one in own}
    if not values:
        return term
    unit = TermUnit(values.get("unit", term.unit.value))
    length = int(values["length"]) if "length" in values else term.length
    words = [f"{length} {unit.label}"] if {"length", "unit"} & values.keys() else []
    if "rolling" in values:
        words.append("末日顺延" if values["rolling"] == YES else "末日不顺延")
    said = _said(words, own)
    return replace(
        term,
        length=length,
        unit=unit,
        rolls=values["rolling"] == YES if "rolling" in values else term.rolls,
        rolling=Rolling.SETTING if "rolling" in values else term.rolling,
        article=f"{term.article}（{said}）",
        text_level=str(BUREAU.value),
        note=f"{said}。{term.note}",
    )


def chosen_figure(figure: Figure, choices: Sequence[RuleChoice]) -> Figure:
    """The figure with these values; it is no longer one that may be printed as law."""
    own = [one for one in choices if one.field in FIGURE_FIELDS and one.field != "off"]
    values = {one.field: _figure_value(figure, one.value) for one in own}
    if not values:
        return figure
    low, high = values.get("low", figure.low), values.get("high", figure.high)
    if "high" in values and (low is None or figure.bound is not Bound.EXACT):
        raise UserError(f"{figure.name}没有上限。", field="value")
    if low is not None and high is not None and low > high:
        raise UserError(f"{figure.name}的下限不能高于上限。", field="value")
    words = [f"{FIELD_WORDS[name]} {figure.unit.said(value)}" for name, value in values.items()]
    said = _said(words, own)
    return replace(figure, low=low, high=high, basis=_bureau_basis(figure.basis, said))


def _figure_value(figure: Figure, text: str) -> int:
    """1.5 in percent is 150, 5000 in yuan is 500000: as the pack counts it."""
    value = setting_value(figure.unit, text)
    if value is None or value > MOST:
        raise UserError(f"“{text}”不是{figure.name}的取值（{figure.unit.label}）。", field="value")
    return value


def _bureau_basis(basis: Basis, said: str) -> Basis:
    return replace(
        basis,
        articles=tuple(f"{one.removesuffix(OWN)}{OWN}" for one in basis.articles),
        text_level=BUREAU,
        note=f"{said}。{basis.note}",
    )


def _said(words: Sequence[str], choices: Sequence[RuleChoice]) -> str:
    """本局口径：5 个工作日，理由：…."""
    whys = dict.fromkeys(one.why.strip().rstrip("。") for one in choices)
    return f"{BUREAU.label}：{'，'.join(words)}，理由：{'；'.join(whys)}"


def read_value(field: str, value: str) -> str:
    """The text to store for what somebody typed; UserError when the field takes no such value."""
    if field in {"low", "high"}:
        return value  # what it may be depends on the unit of the figure
    if field == "length":
        if not (value.isascii() and value.isdigit() and int(value) <= LONGEST):
            raise UserError(f"“{FIELD_WORDS[field]}”应为 1 到 {LONGEST} 的整数。", field="value")
        return str(int(value))
    if field == "unit":
        unit = next((one for one in TermUnit if value.upper() == one.value), None)
        unit = unit or TermUnit.by_label(value)
        if unit is None:
            known = "、".join(f"{one.value}（{one.label}）" for one in TermUnit)
            raise UserError(f"没有“{value}”这种期限单位。可用：{known}。", field="value")
        return str(unit.value)
    if field == "off" and value != YES:
        raise UserError("停用请填“是”；恢复请用“撤回”。", field="value")
    if value not in YES_NO:
        raise UserError(f"“{FIELD_WORDS[field]}”请填“是”或“否”。", field="value")
    return value
