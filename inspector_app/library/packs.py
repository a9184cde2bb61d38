"""A rule pack beside the shipped one: laid out as an office, checked whole, compared row by row."""

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspector_app.domain.words import Word
from inspector_app.errors import UserError
from inspector_app.library.check import check_library
from inspector_app.library.cited import NAMES
from inspector_app.library.loading import Library
from inspector_app.library.pack_zip import HEAD, PackFiles, PackHead, read_head

SHIPPED_LAW = "resources/law"
# What a library reads beside the rules; fonts, icons and the like stay where they are.
BESIDE = (
    "forms",
    "resources/archive",
    "resources/calendar",
    "resources/divisions",
    "resources/papers",
    "resources/review",
    "resources/settings",
)
KINDS = {
    "statute": "法规", "term": "期限", "violation": "违法行为", "figure": "数值",
    "wage": "最低工资", "rule": "清偿、送达规则", "remedy": "救济途径",
    "conflict": "不用的地方条款", "trigger": "去向", "evidence": "证据", "fact": "清偿情形",
    "proof": "送达凭据", "stage": "阶段", "step": "步骤", "guard": "把关", "closing": "结案方式",
    "papers": "程序文书", "ground": "依据",
}  # fmt: skip
FIELDS = {
    "name": "名称", "articles": "依据", "effective_from": "施行", "effective_to": "失效",
    "text": "文字核实", "force": "现行性", "note": "说明", "number": "文号", "last_article": "条数",
    "undivided": "整体引用", "stored": "公开文本", "length": "长度", "unit": "单位",
    "extension": "延长", "extension_note": "延长条件", "extension_approver": "延长批准人",
    "rolls": "末日顺延", "start_event": "起算", "starts": "起算事实", "ends": "完成事实",
    "when": "条件", "whose": "谁的期限", "origin": "出处", "beside": "并行期限",
    "direction": "方向", "stoppable": "可中止", "conversion": "日的含义", "setting": "由设置填",
    "daily_percent": "每日比例", "cap_percent": "上限比例", "low": "下限", "high": "上限",
    "bound": "界限", "group": "组", "liable": "责任主体", "breaches": "违反", "penalties": "罚则",
    "order_first": "先责令改正", "unit_yuan": "单位罚款（元）", "person_yuan": "个人罚款（元）",
    "per": "计罚单位", "percent": "倍数（%）", "percent_of": "倍数基数", "stop_work": "停工",
    "triggers": "去向", "evidence": "证据", "class": "类别", "month": "月标准", "hour": "小时标准",
    "history_only": "只作历史", "needs": "情形", "payers": "清偿的人", "recourse": "追偿",
    "limit": "限额", "order": "次序", "situation": "情形", "proofs": "凭据", "term": "等待期限",
    "only_kinds": "只用于", "paper": "文书", "review_term": "复议期限", "suit_term": "起诉期限",
    "review_first": "先复议", "local_says": "地方规定", "national_says": "上位法",
    "advice": "处理", "enabled": "启用", "meaning": "含义", "examples": "例如", "field": "栏目",
    "engineering": "限工程项目", "method": "方式",
}  # fmt: skip


class Change(Word):
    """What an update does to a row."""

    ADDED = "added", "新增"
    REMOVED = "removed", "删除"
    CHANGED = "changed", "修改"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row, old and new, as they are written in the pack; "" where it is absent."""

    field: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """What an inspector calls the field."""
        return FIELDS.get(self.field, self.field)


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the rules that an update adds, takes away or changes."""

    kind: str
    id: str
    name: str
    change: Change
    fields: tuple[FieldChange, ...]

    @property
    def label(self) -> str:
        """What an inspector calls such a row."""
        return KINDS.get(self.kind, self.kind)


def lay_office(pack: PackFiles, office: Path, folder: Path) -> Path:
    """An office in `folder` with the rules of the pack and all else as it is shipped."""
    for part in BESIDE:
        shutil.copytree(office / part, folder / part)
    law = folder / SHIPPED_LAW
    for name, data in pack.files.items():
        target = law / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (law / HEAD).write_bytes(pack.head_bytes)
    return folder


def pack_problems(office: Path) -> list[str]:
    """Everything that keeps the rules of an office from being used, file and line first."""
    told = [_told(one.message, one.where) for one in check_library(office)]
    try:
        _ = Library(office).procedure
    except UserError as error:
        told.append(_told(error.message, ""))
    return list(dict.fromkeys(told))


def _told(message: str, where: str) -> str:
    """The sentence with the place in the pack, not in the program."""
    told = message if not where or where in message else f"{where}：{message}"
    return told.replace(f"{SHIPPED_LAW}/", "law/").replace("，请重新安装", "，规则包不完整")


def law_head(office: Path) -> PackHead | None:
    """The version of the rules of an office; None where they bear none."""
    path = office / SHIPPED_LAW / HEAD
    return read_head(path.read_bytes()) if path.is_file() else None


def changed_rows(before: Path, after: Path) -> tuple[RowChange, ...]:
    """What differs between the rules of two offices, in the order of the later one."""
    old, new = _rows(before), _rows(after)
    return tuple(
        change
        for key in dict.fromkeys([*new, *old])
        if (change := _change(key, old.get(key), new.get(key))) is not None
    )


_Key = tuple[str, str]
_Cells = Mapping[str, object]


def _rows(office: Path) -> dict[_Key, _Cells]:
    """Every row by its kind and id; it may move to another file and stays the same row."""
    found: dict[_Key, _Cells] = {}
    for path in sorted((office / SHIPPED_LAW).rglob("*.toml")):
        if path.name != HEAD:
            found |= dict(_tables(tomllib.loads(path.read_text(encoding="utf-8"))))
    return found


def _tables(top: _Cells) -> Iterator[tuple[_Key, _Cells]]:
    for kind, value in top.items():
        for number, row in enumerate(value if isinstance(value, list) else [value], 1):
            cells = row if isinstance(row, dict) else {kind: row}
            named = next((cells[name] for name in NAMES if name in cells), number)
            yield (kind, str(named)), cells


def _change(key: _Key, old: _Cells | None, new: _Cells | None) -> RowChange | None:
    kind, row_id = key
    before, after = old or {}, new or {}
    fields = tuple(
        FieldChange(name, _text(before.get(name)), _text(after.get(name)))
        for name in dict.fromkeys([*after, *before])
        if before.get(name) != after.get(name)
    )
    if old is not None and new is not None and not fields:
        return None
    change = Change.ADDED if old is None else Change.REMOVED if new is None else Change.CHANGED
    shown = after if new is not None else before
    name = str(shown.get("name") or shown.get("situation") or row_id)
    return RowChange(kind, row_id, name, change, fields)


def _text(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "、".join(map(_text, value))
    if isinstance(value, dict):
        return "；".join(f"{name}={_text(cell)}" for name, cell in value.items())
    return str(value)
