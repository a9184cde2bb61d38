"""Reads resources/settings/: what the bureau can choose, and how far a default is verified."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.rows import Row, by_id, read_toml


class SettingKind(Word):
    """How a setting is typed."""

    TEXT = "text", "文字"
    LONG = "long", "多行文字"
    CHOICE = "choice", "选项"
    BOOL = "bool", "开关"
    INT = "int", "整数"
    DATE = "date", "日期"


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One thing the bureau may choose. Values are kept as text; `choices` pairs code and label."""

    key: str
    label: str
    group: str
    kind: SettingKind
    default: str
    help: str
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False  # a paper cannot be issued while it is empty

    def check(self, value: str) -> str:
        """What is wrong with a value, in a sentence; "" when it will do."""
        if not value:
            return f"{self.label}不能为空" if self.required else ""
        if self.kind is SettingKind.INT and not (value.isascii() and value.isdigit()):
            return f"{self.label}应为整数"
        if self.kind is SettingKind.BOOL and value not in {"yes", "no"}:
            return f"{self.label}应为 yes 或 no"
        if self.kind is SettingKind.CHOICE and value not in dict(self.choices):
            return f"{self.label}没有“{value}”这个选项"
        if self.kind is SettingKind.DATE and not _is_date(value):
            return f"{self.label}应为日期，如 2026-01-31"
        return ""


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def load_settings(office: Path) -> dict[str, SettingSpec]:
    """Settings by key, in the order and groups they are shown in."""
    top = read_toml(office, "resources/settings/settings.toml")
    found = by_id(top.rows("setting", "key"), _spec, key="key")
    top.finish()
    return found


def _spec(row: Row) -> SettingSpec:
    kind = row.word("kind", SettingKind)
    spec = SettingSpec(
        key=row.text("key"),
        label=row.text("label"),
        group=row.text("group"),
        kind=kind,
        default=row.text("default", ""),
        help=row.text("help"),
        note=row.text("note", ""),
        choices=_choices(row) if kind is SettingKind.CHOICE else (),
        required=row.flag("required"),
    )
    problem = spec.check(spec.default) if spec.default else ""
    if problem:
        raise row.wrong(f"默认值不对：{problem}")
    return spec


def _choices(row: Row) -> tuple[tuple[str, str], ...]:
    cells = row.row("choices")
    return tuple((code, cells.text(code)) for code in cells.names())


def setting(settings: dict[str, SettingSpec], key: str) -> SettingSpec:
    """The setting of that key; a key nobody declared is told to the user."""
    if key not in settings:
        raise UserError(f"没有“{key}”这项设置", field=key)
    return settings[key]
