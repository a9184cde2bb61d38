"""What was entered into a paper, as JSON text for the ledger and for scripts, and back."""

import json
from collections.abc import Callable, Mapping
from datetime import date

from inspector_app.domain.papers import (
    Field,
    FieldType,
    InspectorRef,
    PaperKind,
    TableRow,
    Value,
    Values,
)
from inspector_app.errors import UserError


def dumps(values: Values, kind: PaperKind) -> str:
    """JSON in the order of the form; a field emptied on purpose is null, an absent one is not."""
    known = {field.id for field in kind.fields}
    strange = sorted(set(values) - known)
    if strange:
        raise UserError(f"“{kind.title}”没有字段 {'、'.join(strange)}", field=strange[0])
    plain = {field.id: _to_plain(values[field.id]) for field in kind.fields if field.id in values}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def loads(text: str, kind: PaperKind, *, strict: bool = False) -> Values:
    """The typed values of a JSON text; see `from_plain` for `strict`."""
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(f"字段内容不是 JSON：第 {error.lineno} 行第 {error.colno} 列") from error
    if not isinstance(plain, dict):
        raise UserError("字段内容应是 {字段: 值}")
    return from_plain(plain, kind, strict=strict)


def from_plain(plain: Mapping[str, object], kind: PaperKind, *, strict: bool = False) -> Values:
    """Typed values from JSON or TOML values.

    A field the form no longer asks is dropped (a draft may be older than its form), or told when
    `strict` (a script must know of its typing error).
    """
    known = {field.id for field in kind.fields}
    strange = [name for name in plain if name not in known]
    if strict and strange:
        raise UserError(f"“{kind.title}”没有字段 {'、'.join(strange)}", field=strange[0])
    return {
        field.id: None if plain[field.id] is None else _from_plain(plain[field.id], field)
        for field in kind.fields
        if field.id in plain
    }


def example_values(kind: PaperKind, *, longest: bool = False) -> Values:
    """The invented values of the form; `longest` takes the ones that strain the page."""
    plain: dict[str, object] = {}
    for field in kind.fields:
        stretched = field.longest if longest else None
        sample = field.example if stretched is None else stretched
        if sample is not None:
            plain[field.id] = sample
    return from_plain(plain, kind)


def _to_plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, InspectorRef):
        return {"name": value.name, "certificate": value.certificate}
    if isinstance(value, tuple):
        return list(value)
    return value


def _from_plain(plain: object, field: Field) -> Value:
    value = _READERS.get(field.type, _text)(plain)
    if value is None:
        raise UserError(f"字段“{field.label}”应是{_WANTED[field.type]}", field=field.id)
    return value


def _text(plain: object) -> str | None:
    return plain if isinstance(plain, str) else None


def _whole(plain: object) -> int | None:
    return plain if isinstance(plain, int) and not isinstance(plain, bool) else None


def _day(plain: object) -> date | None:
    if isinstance(plain, date):
        return plain
    try:
        return date.fromisoformat(plain) if isinstance(plain, str) else None
    except ValueError:
        return None


def _ticks(plain: object) -> tuple[str, ...] | None:
    if not isinstance(plain, list | tuple) or not all(isinstance(item, str) for item in plain):
        return None
    return tuple(plain)


def _inspector(plain: object) -> InspectorRef | None:
    """{"name", "certificate"}, or "姓名 证号" as a form's example has it."""
    if isinstance(plain, str):
        name, _, certificate = plain.strip().partition(" ")
        return InspectorRef(name, certificate.strip())
    if not isinstance(plain, dict):
        return None
    parts = (plain.get("name"), plain.get("certificate", ""))
    if not all(isinstance(part, str) for part in parts):
        return None
    return InspectorRef(*(str(part) for part in parts))


def _table(plain: object) -> tuple[TableRow, ...] | None:
    if not isinstance(plain, list | tuple):
        return None
    rows: list[TableRow] = []
    for row in plain:
        if not isinstance(row, dict):
            return None
        if not all(isinstance(part, str) for pair in row.items() for part in pair):
            return None
        rows.append(dict(row))
    return tuple(rows)


_READERS: Mapping[FieldType, Callable[[object], Value]] = {
    FieldType.DATE: _day,
    FieldType.MONEY: _whole,
    FieldType.INTEGER: _whole,
    FieldType.TICKS: _ticks,
    FieldType.INSPECTOR: _inspector,
    FieldType.TABLE: _table,
}

_WANTED: Mapping[FieldType, str] = {
    FieldType.LINE: "文字",
    FieldType.TEXT: "文字",
    FieldType.TIME: "文字，如 09:30",
    FieldType.CHOICE: "文字",
    FieldType.DATE: "日期，如 2026-11-18",
    FieldType.MONEY: "整数，单位分",
    FieldType.INTEGER: "整数",
    FieldType.TICKS: "文字列表",
    FieldType.INSPECTOR: "姓名和证号",
    FieldType.TABLE: "行的列表，每行是 {列: 文字}",
}
