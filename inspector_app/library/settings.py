"""Reads resources/settings/: what the bureau can choose, and how far a default is verified."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from inspector_app.domain.odd_characters import odd_characters
from inspector_app.library.rows import Row, by_id, read_toml

YES_NO = ("是", "否")
LONGEST = 100  # of a setting that is one line
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")


class SettingKind(StrEnum):
    """How a setting is typed."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One thing the bureau may choose. Values are kept as the text that is shown."""

    key: str
    label: str
    group: str
    kind: SettingKind
    default: str
    help: str
    note: str = ""  # what is not verified about the default
    options: tuple[str, ...] = ()
    required: bool = False

    def problem(self, value: str) -> str:
        """What is wrong with a value, in a sentence; "" when it will do."""
        if not value.strip():
            return f"请填写“{self.label}”" if self.required else ""
        if self.kind is SettingKind.TEXT and (len(value) > LONGEST or odd_characters(value)):
            return f"“{self.label}”应写成一行，最多 {LONGEST} 字"
        if self.kind is SettingKind.INT and not (value.isascii() and value.isdigit()):
            return f"“{self.label}”请填整数，例如 5"
        if self.kind is SettingKind.DECIMAL and not _DECIMAL.fullmatch(value):
            return f"“{self.label}”请填数字，最多两位小数，例如 1.5"
        if self.options and value not in self.options:
            return f"“{self.label}”只能是：{'、'.join(self.options)}"
        if self.kind is SettingKind.DATE and not _is_date(value):
            return f"“{self.label}”请填日期，例如 2026-01-31"
        return ""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def load_settings(office: Path) -> dict[str, SettingSpec]:
    """Settings by key, in the order and groups they are shown in."""
    top = read_toml(office, "resources/settings/settings.toml")
    found = by_id(top.rows("setting", "key"), _spec, key="key")
    top.finish()
    return found


def _spec(row: Row) -> SettingSpec:
    kind = _kind(row)
    spec = SettingSpec(
        key=row.text("key"),
        label=row.text("label"),
        group=row.text("group"),
        kind=kind,
        default=row.text("default", ""),
        help=row.text("help"),
        note=row.text("note", ""),
        options=YES_NO if kind is SettingKind.BOOL else row.texts("options", ()),
        required=row.flag("required"),
    )
    if (kind is SettingKind.CHOICE) != bool(row.has("options")):
        raise row.wrong("只有 choice 才有“options”，而且必须有")
    if spec.default and spec.problem(spec.default):
        raise row.wrong(f"默认值不对：{spec.problem(spec.default)}")
    if spec.kind in {SettingKind.CHOICE, SettingKind.BOOL} and not spec.default:
        raise row.wrong("选项要有默认值")
    return spec


def _kind(row: Row) -> SettingKind:
    code = row.text("kind")
    if code not in set(SettingKind):
        raise row.wrong(f"“kind”写的是“{code}”，应为 {'、'.join(SettingKind)} 之一")
    return SettingKind(code)
