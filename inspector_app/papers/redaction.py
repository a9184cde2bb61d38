"""The version of a paper that may be published: nobody is named, no number leads to anybody.

What must go is known from the form (a field that asks for a phone holds one), from what the ledger
knows of the people of a case, and from how such numbers look (个人信息保护法 25、28, 监察条例 9).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from inspector_app.domain.masking import mask_text
from inspector_app.domain.money import yuan
from inspector_app.domain.papers import (
    Block,
    Column,
    Field,
    FieldType,
    PaperKind,
    TableRow,
    Value,
    Values,
)
from inspector_app.papers.context import PaperContext

PUBLIC_MARK = "公开版"
SOMEBODY, STARS, SOMEWHERE = "某某", "***", "（略）"
# What is signed by hand has no place in a copy for the public.
_LEFT_OUT = frozenset(("receipt", "foot", "writing"))
_NUMBERS = re.compile("电话|手机|身份证|证件号|银行卡|卡号|账号|邮箱|联系方式|出生|年龄")
_PLACES = re.compile("住址|住所|送达地址|家庭|户籍")
_PEOPLE = re.compile(
    "姓名|投诉|举报|反映|劳动者|被询问人|被约谈人|见证人|在场人|被邀请|现场负责人|主要负责人|"
    "收件人|代收人|保管人|陈述人|联系人|(?<!直接)责任人(?!员)|劳资|班组长"
)
_NOT_PEOPLE = re.compile("法定代表人|人数|单位|事项|类别|内容|总承包|说明|意见|事由|请求|日期")
_MASKED = re.compile(r"[0-9-]*\*{2,}[0-9Xx]*")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,15}")
_CODE = re.compile(r"[0-9A-Z]{18}")  # of a unit: public
_BETWEEN = re.compile(r"[、，,；;\s（）()]+")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be read in the copy; `keep` are public names that may contain one."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        numbers: Iterable[str],
        places: Iterable[str],
        keep: Iterable[str] = (),
    ) -> "Secrets":
        """Without empty ones; a name of one character would blot out half the text."""
        return cls(
            frozenset(one.strip() for one in names if len(one.strip()) > 1),
            frozenset(one.strip() for one in numbers if len(one.strip()) > 3),
            frozenset(one.strip() for one in places if len(one.strip()) > 3),
            frozenset(one.strip() for one in keep if one.strip()),
        )


def redacted(kind: PaperKind, values: Values, secrets: Secrets) -> tuple[PaperKind, Values]:
    """Form and values of the copy: tables of people become sums, the rest is blotted out."""
    known = _with_fields(kind, values, secrets)
    shown = {
        field.id: _public(field, values[field.id], known)
        for field in kind.fields
        if field.id in values
    }
    body = tuple(_blocks(kind, values))
    return replace(kind, body=body), shown


def public_context(ctx: PaperContext) -> PaperContext:
    """The office without the person to ask and that person's telephone; marked 公开版."""
    return replace(ctx, contact=SOMEBODY, phone=STARS, mark=PUBLIC_MARK, code="", draft=False)


# ── what is secret ───────────────────────────────────────────────────────────────────────────
def _with_fields(kind: PaperKind, values: Values, secrets: Secrets) -> Secrets:
    """The ledger's secrets and those the paper itself holds in fields made for them."""
    names, numbers, places = set(secrets.names), set(secrets.numbers), set(secrets.places)
    for label, text in _labelled(kind, values):
        if _is_person(label):
            names |= {part for part in _BETWEEN.split(text) if _NAME.fullmatch(part)}
        elif _NUMBERS.search(label):
            numbers.add(text)
        elif _PLACES.search(label):
            places.add(text)
    return Secrets.of(names, numbers, places, secrets.keep)


def _labelled(kind: PaperKind, values: Values) -> Iterator[tuple[str, str]]:
    """Every text with the label it was asked under."""
    for field in kind.fields:
        value = values.get(field.id)
        if isinstance(value, str) and field.type is FieldType.LINE:
            yield field.label, value
        for row in _rows(value):
            for column in field.columns:
                yield column.title, row.get(column.id, "")


def _is_person(label: str) -> bool:
    return bool(_PEOPLE.search(label)) and not _NOT_PEOPLE.search(label)


def _rows(value: Value) -> tuple[TableRow, ...]:
    if not isinstance(value, tuple):
        return ()
    return tuple(row for row in value if isinstance(row, dict))


def is_personal(field: Field) -> bool:
    """Whether a table lists people: it has a column of their names or numbers."""
    return any(one.title == "姓名" or _NUMBERS.search(one.title) for one in field.columns)


# ── what is shown instead ────────────────────────────────────────────────────────────────────
def _public(field: Field, value: Value, secrets: Secrets) -> Value:
    if field.type is FieldType.TABLE:
        return tuple(_public_row(field.columns, row, secrets) for row in _rows(value))
    if isinstance(value, str):
        return _public_text(field.label, value, secrets)
    return value


def _public_row(columns: tuple[Column, ...], row: TableRow, secrets: Secrets) -> TableRow:
    return {
        one.id: row[one.id] if one.kind != "text" else _public_text(one.title, row[one.id], secrets)
        for one in columns
        if one.id in row
    }


def _public_text(label: str, text: str, secrets: Secrets) -> str:
    if not text.strip() or ("信用代码" in label and _CODE.fullmatch(text.strip())):
        return text
    if _is_person(label):
        return SOMEBODY
    if _NUMBERS.search(label):
        return STARS
    if _PLACES.search(label):
        return SOMEWHERE
    return blotted(text, secrets)


def blotted(text: str, secrets: Secrets) -> str:
    """Running text without names, numbers and places; public names in it stay whole."""
    if secrets.keep:
        public = "|".join(re.escape(one) for one in _longest_first(secrets.keep))
        parts = re.split(f"({public})", text)
        return "".join(part if at % 2 else _blotted(part, secrets) for at, part in enumerate(parts))
    return _blotted(text, secrets)


def _blotted(text: str, secrets: Secrets) -> str:
    for place in _longest_first(secrets.places):
        text = text.replace(place, SOMEWHERE)
    for number in _longest_first(secrets.numbers):
        text = text.replace(number, STARS)
    for name in _longest_first(secrets.names):
        text = text.replace(name, f"{name[0]}某")
    return _MASKED.sub(STARS, mask_text(text))


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda one: (-len(one), one))


def _blocks(kind: PaperKind, values: Values) -> Iterator[Block]:
    for block in kind.body:
        if block.kind in _LEFT_OUT:
            continue
        if block.kind == "sign":
            yield replace(block, text="")  # who handled it, and the telephone beside the name
        elif block.kind == "table" and is_personal(kind.field(block.options["field"])):
            field = kind.field(block.options["field"])
            words = _summed(field, _rows(values.get(field.id)))
            yield Block("para", words, block.when)
        else:
            yield block


def _summed(field: Field, rows: tuple[TableRow, ...]) -> str:
    """共 3 人，应付 108,500.00 元……；名单不公开。"""
    money = [one for one in field.columns if one.kind == "money"]
    sums = [
        f"{one.title}{yuan(sum(int(row.get(one.id) or '0') for row in rows))}元" for one in money
    ]
    return f"{'，'.join([f'共{len(rows)}人', *sums])}。名单不公开。"
