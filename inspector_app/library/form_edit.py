"""What the form editor does to a form's text: fields and blocks added, changed, moved, removed."""

import re
from collections.abc import Mapping

from inspector_app.domain.form_binding import READ
from inspector_app.domain.form_marks import NEEDS_FIELD, users
from inspector_app.domain.papers import Field, FieldType, PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_text import Literal, add_row, remove_row, set_key

OWN = "own_"
GROUP = "其他"
# An example of each type, so that a new field can be printed at once.
EXAMPLES: Mapping[FieldType, Literal] = {
    FieldType.LINE: "示例",
    FieldType.TEXT: "示例文字。",
    FieldType.DATE: "2026-11-18",
    FieldType.TIME: "09:30",
    FieldType.MONEY: 100_000,
    FieldType.INTEGER: 1,
    FieldType.CHOICE: "是",
    FieldType.TICKS: ["第一项"],
    FieldType.INSPECTOR: "张某某 豫D04000099",
    FieldType.TABLE: [{"no": "1", "item": "示例"}],
}
OPTIONS: Mapping[FieldType, list[str]] = {
    FieldType.CHOICE: ["是", "否"],
    FieldType.TICKS: ["第一项", "第二项"],
}
COLUMNS: list[dict[str, Literal]] = [
    {"id": "no", "title": "序号", "width": 12},
    {"id": "item", "title": "内容", "width": 100},
]
BLOCKS: Mapping[str, Mapping[str, Literal]] = {
    "title": {"text": "{bureau}\n文书名称"},
    "number": {"text": "{number}"},
    "addressee": {"text": "抬头："},
    "para": {"text": "正文。"},
    "heading": {"text": "一、标题"},
    "subheading": {"text": "（一）标题"},
    "ticks": {"options": {"field": ""}},
    "table": {"options": {"field": ""}},
    "grid": {"rows": ["标签 || 内容"], "options": {"widths": "28,128"}},
    "lines": {"rows": ["标签：内容"]},
    "writing": {"text": "手写：", "options": {"count": "2"}},
    "sign": {},
    "receipt": {"rows": ["收件人（签名或盖章）： || 收到时间：____年__月__日"]},
    "foot": {"rows": ["签名："]},
    "page": {},
    "end": {},
    "gap": {"options": {"height": "12"}},
}


# ── fields ───────────────────────────────────────────────────────────────────────────────────────
def new_id(kind: PaperKind) -> str:
    """A name for a field of the bureau's own; nobody has to type one."""
    numbers = [int(one.id[len(OWN) :]) for one in kind.fields if re.fullmatch(OWN + r"\d+", one.id)]
    return f"{OWN}{max(numbers, default=0) + 1}"


def add_field(text: str, kind: PaperKind, at: int) -> str:
    """An optional line of text at that place, in the group of the field above it."""
    group = kind.fields[at - 1].group if 0 < at <= len(kind.fields) else GROUP
    cells: dict[str, Literal] = {
        "id": new_id(kind),
        "label": f"新字段 {new_id(kind).removeprefix(OWN)}",
        "type": str(FieldType.LINE.value),
        "group": group,
        "required": False,
        "help": "本局要求",
        "example": EXAMPLES[FieldType.LINE],
    }
    return add_row(text, "field", at, cells)


def retype(text: str, number: int, wanted: FieldType) -> str:
    """Another type, with an example, options and columns that fit it."""
    cells: dict[str, Literal | None] = {
        "type": str(wanted.value),
        "options": OPTIONS.get(wanted),
        "columns": COLUMNS if wanted is FieldType.TABLE else None,
        "example": EXAMPLES[wanted],
        "longest": None,
        "longest_repeat": None,
        "max_length": None,
        "default": None,
    }
    for key, value in cells.items():
        text = set_key(text, "field", number, key, value)
    return text


def remove_field(text: str, kind: PaperKind, shipped: PaperKind, number: int) -> str:
    """Take a field out; UserError says what still needs it."""
    field = kind.fields[number]
    reason = why_kept(kind, shipped, field)
    if reason:
        raise UserError(reason, field=field.id, kind="in_use")
    return remove_row(text, "field", number)


def why_kept(kind: PaperKind, shipped: PaperKind, field: Field) -> str:
    """What keeps a field from being removed: the law, the program, the body, a check; or ""."""
    for ref in shipped.law:
        if field.id in ref.demands:
            return f"{ref.article}要求写明“{field.label}”，不能删去"
    if field.id in READ and any(one.id == field.id for one in shipped.fields):
        return f"“{field.label}”由本软件{READ[field.id]}，不能删去"
    numbers = users(kind, field.id)
    if numbers:
        listed = "、".join(map(str, numbers))
        return f"正文第 {listed} 段还用到“{field.label}”，请先改正文"
    for rule in kind.checks:
        if re.search(rf"\b{re.escape(field.id)}\b", rule):
            return f"制发前的检查“{rule}”还用到“{field.label}”，请先在源文件里删去这条检查"
    return ""


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────
def add_block(text: str, kind: PaperKind, at: int, wanted: str) -> str:
    """A block of that kind at that place, with words to be written over."""
    cells: dict[str, Literal] = {"kind": wanted, **BLOCKS[wanted]}
    if wanted in NEEDS_FIELD:
        known = [field.id for field in kind.fields if field.type is NEEDS_FIELD[wanted]]
        if not known:
            told = f"这份文书没有{NEEDS_FIELD[wanted].label}字段，请先加一个"
            raise UserError(told, field="kind")
        cells["options"] = {"field": known[0]}
    return add_row(text, "body", at, cells)
