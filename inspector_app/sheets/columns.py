"""Gives each field the column whose heading, and whose contents, fit it best."""

from collections.abc import Callable

from inspector_app.sheets.cells import EMPTY, Cell, Sheet, squeeze
from inspector_app.sheets.fields import AMOUNT_CHECK, FIELDS, FieldKind, FieldSpec, Kind
from inspector_app.sheets.header import Header, heading
from inspector_app.sheets.values import (
    Understood,
    understand_investment,
    understand_payer,
    understand_project_kind,
    understand_source,
)

EXACT, CHILD, PART = 100, 80, 40
# A lower heading of this kind means the matter itself only under a neutral upper heading.
_GENERIC = {
    *(
        "人数",
        "金额",
        "电话",
        "联系电话",
        "联系方式",
        "地址",
        "姓名",
        "名称",
        "日期",
        "时间",
        "编号",
    ),
    *("身份证号", "负责人", "说明", "其他", "合计", "类型", "性质"),
}
_NEUTRAL = (
    "涉及",
    "欠薪",
    "拖欠",
    "基本",
    "情况",
    "信息",
    "案件",
    "线索",
    "项目",
    "工程",
    "反映",
    "投诉",
)
_NOT_NEUTRAL = (
    "其中",
    "已",
    "未",
    "支付",
    "清偿",
    "罚",
    "移送",
    "指令",
    "化解",
    "追",
    "保证金",
    "专户",
)
_PARTIES = ("单位", "企业", "公司", "人", "方")
# What is left of a heading after a known name is taken out must not change what it is about.
_CHANGES_MEANING = (
    *("电话", "联系", "地址", "日期", "时间", "人数", "金额", "号", "代码", "类型", "类别", "性质"),
    *("负责人", "姓名", "是否", "已", "未", "其中", "比例", "率", "数", "期", "单位", "人", "情况"),
    *("总包", "总承包", "分包", "建设", "施工", "监理"),
)

WORD_READERS: dict[FieldKind, Callable[[Cell], Understood]] = {
    FieldKind.SOURCE: understand_source,
    FieldKind.PROJECT_KIND: understand_project_kind,
    FieldKind.INVESTMENT: understand_investment,
    FieldKind.PAYER: understand_payer,
}


def assign_columns(sheet: Sheet, header: Header, kind: Kind) -> dict[str, int]:
    """Field id to column, each column once; the best fit first, the left column on a tie."""
    scored = [
        (-fit, column, order, spec)
        for order, spec in enumerate(FIELDS[kind])
        for column, path in enumerate(header.paths)
        if (fit := _fit(path, spec)) and _contents_fit(sheet, header, column, spec)
    ]
    columns: dict[str, int] = {}
    for _, column, _, spec in sorted(scored, key=lambda entry: entry[:3]):
        if spec.id not in columns and column not in columns.values():
            columns[spec.id] = column
    if kind in {Kind.CLUES, Kind.CASES}:
        _pair_amounts(sheet, header, kind, columns)
    return columns


def _fit(path: tuple[str, ...], spec: FieldSpec) -> int:
    """How surely a column's headings name the field; 0 for not at all."""
    if not path:
        return 0
    names = {heading(name) for name in spec.names}
    if heading("".join(path)) in names:
        return EXACT
    child = heading(path[-1])
    if child in names and len(path) > 1:
        return CHILD if child not in _GENERIC or _is_neutral(path[:-1]) else 0
    if len(path) == 1 and any(_is_part(name, child) for name in names):
        return PART
    return 0


def _is_neutral(parents: tuple[str, ...]) -> bool:
    above = heading("".join(parents))
    if above.endswith(_PARTIES) or any(word in above for word in _NOT_NEUTRAL):
        return False
    return any(word in above for word in _NEUTRAL)


def _is_part(name: str, text: str) -> bool:
    if len(name) < 3 or name not in text:
        return False
    rest = text.replace(name, "", 1)
    return not any(word in rest for word in _CHANGES_MEANING)


def _contents_fit(sheet: Sheet, header: Header, column: int, spec: FieldSpec) -> bool:
    """A column of choices must hold at least one choice we know, or nothing yet."""
    reader = WORD_READERS.get(spec.kind)
    if reader is None:
        return True
    cells = _data(sheet, header, column)
    return not cells or any(reader(cell).value is not None for cell in cells)


def _data(sheet: Sheet, header: Header, column: int) -> list[Cell]:
    rows = sheet.rows[header.first_data_row : header.first_data_row + 200]
    return [row[column] for row in rows if row[column] is not EMPTY]


def _pair_amounts(sheet: Sheet, header: Header, kind: Kind, columns: dict[str, int]) -> None:
    """Where the amount stands twice, the one as written leads and the number only checks it."""
    spec = next(spec for spec in FIELDS[kind] if spec.id == "amount")
    found = [c for c, path in enumerate(header.paths) if _fit(path, spec) == EXACT]
    taken = {column for field_id, column in columns.items() if field_id != "amount"}
    free = [column for column in found if column not in taken]
    if len(free) < 2:
        return
    first, second = sorted(free, key=lambda c: (not _as_written(sheet, header, c), c))[:2]
    columns["amount"], columns[AMOUNT_CHECK.id] = first, second


def _as_written(sheet: Sheet, header: Header, column: int) -> bool:
    if "原文" in squeeze("".join(header.paths[column])):
        return True
    texts = [cell.text.strip() for cell in _data(sheet, header, column)]
    return any(not _is_number(text) for text in texts)


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdigit()
