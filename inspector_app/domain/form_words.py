"""A form as a bureau reads it: blocks, marks and conditions by their Chinese names, and back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from inspector_app.domain.form_marks import SETTING
from inspector_app.domain.paper_joint import FINE, JOINT
from inspector_app.domain.papers import Field, FieldType, PaperKind
from inspector_app.errors import UserError

BLOCK_WORDS: Mapping[str, str] = {
    "title": "标题",
    "number": "字号",
    "addressee": "抬头",
    "para": "正文",
    "heading": "黑体标题",
    "subheading": "楷体标题",
    "ticks": "勾选项",
    "table": "明细表",
    "grid": "表格",
    "lines": "标签行",
    "writing": "手写行",
    "sign": "落款",
    "receipt": "签收栏",
    "foot": "页脚签名",
    "page": "另起一页",
    "end": "以下空白",
    "gap": "空行",
}
OFFICE_WORDS: Mapping[str, str] = {
    "bureau": "局名称",
    "number": "本文书字号",
    "issue_date": "制发日期",
    "address": "本局地址",
    "postcode": "本局邮编",
    "phone": "本局电话",
    "contact": "本局联系人",
    "court": "管辖法院",
    "review_body": "复议机关",
}
FILTER_WORDS: Mapping[str, str] = {
    "yuan": "元",
    "capital": "大写",
    "date": "日期",
    "weekday": "日期和星期",
    "name": "姓名",
    "certificate": "证号",
    "count": "行数",
    "sentence": "整句",
    "names": "名称",
    "lines": "逐个列明",
    "fines": "分别罚款",
}
# How a field of a type may be printed; "" is the plain way.
WAYS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.TEXT: ("", "sentence"),
    FieldType.MONEY: ("yuan", "capital"),
    FieldType.DATE: ("date", "weekday"),
    FieldType.INSPECTOR: ("", "name", "certificate"),
    FieldType.TABLE: ("count",),
    FieldType.TICKS: ("", "count"),
}
JOINT_WAYS = ("names", "lines", "fines")  # of the rows of further parties, and of no others
_NO_SETTINGS: Mapping[str, str] = {}
_MARK = re.compile(r"\{([^{}|]*)(?:\|([^{}|]*))?\}")


def ways_of(field: Field) -> tuple[str, ...]:
    """How a field may be printed; rows of further parties also by name, line by line, by fine."""
    ways = WAYS.get(field.type, ("",))
    if field.id != JOINT:
        return ways
    fined = any(column.id == FINE for column in field.columns)
    return (*ways, *(way for way in JOINT_WAYS if way != "fines" or fined))


def names_in_words(kind: PaperKind, settings: Mapping[str, str] = _NO_SETTINGS) -> dict[str, str]:
    """Each name a form may print with its Chinese one; a name used twice keeps its code."""
    labels = {field.id: field.label for field in kind.fields}
    named = {SETTING + key: f"设置：{label}" for key, label in settings.items()}
    known = {**OFFICE_WORDS, **named, **labels}
    often = Counter(known.values())
    usable = {name: label for name, label in known.items() if not set(label) & set("{}|")}
    return {
        name: label if often[label] == 1 and label not in known else name
        for name, label in usable.items()
    }


def shown(text: str, kind: PaperKind, settings: Mapping[str, str] = _NO_SETTINGS) -> str:
    """A text with its marks by their Chinese names: {拖欠金额|大写}."""
    words = names_in_words(kind, settings)

    def replaced(match: re.Match[str]) -> str:
        name = words.get(match[1], match[1])
        way = FILTER_WORDS.get(match[2], match[2]) if match[2] else ""
        return f"{{{name}|{way}}}" if way else f"{{{name}}}"

    return _MARK.sub(replaced, text)


def typed(text: str, kind: PaperKind, settings: Mapping[str, str] = _NO_SETTINGS) -> str:
    """What was typed with Chinese names, as the form keeps it; UserError names an unknown one."""
    words = names_in_words(kind, settings)
    names = {label: name for name, label in words.items()} | {name: name for name in words}
    ways = {word: way for way, word in FILTER_WORDS.items()} | {way: way for way in FILTER_WORDS}

    def replaced(match: re.Match[str]) -> str:
        name, way = match[1].strip(), (match[2] or "").strip()
        if name not in names:
            raise UserError(f"没有“{name}”这个字段或本局事项，请从“插入”里选", field="text")
        if way and way not in ways:
            known = "、".join(FILTER_WORDS.values())
            raise UserError(f"“{{{name}|{way}}}”的写法不认识，竖线后可用 {known}", field="text")
        return f"{{{names[name]}|{ways[way]}}}" if way else f"{{{names[name]}}}"

    return _MARK.sub(replaced, text)


def conditions_in_words(
    when: Iterable[str], kind: PaperKind, settings: Mapping[str, str] = _NO_SETTINGS
) -> str:
    """有“拖欠金额”、没有“拖欠人数”; "" for none."""
    return "、".join(_condition(one, kind, settings) for one in when)


def _condition(one: str, kind: PaperKind, settings: Mapping[str, str]) -> str:
    name, wanted = one.removeprefix("!"), not one.startswith("!")
    if name.startswith(SETTING):
        label = settings.get(name.removeprefix(SETTING), name)
        return f"设置“{label}”为{'是' if wanted else '否'}"
    labels = {field.id: field.label for field in kind.fields} | dict(OFFICE_WORDS)
    return f"{'有' if wanted else '没有'}“{labels.get(name, name)}”"
