"""What of a shipped form stays binding on a bureau's own version: law, number series, readers."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.domain.form_marks import OFFICE_MARKS, unprinted_when
from inspector_app.domain.form_words import OFFICE_WORDS, conditions_in_words
from inspector_app.domain.papers import Field, PaperKind

# Fields the program reads by their name, and what for.
READ = {
    "party": "认当事人",
    "deadline": "算期限",
    "amount": "判断是否责令支付工资",
    "papers": "排卷内目录",
}


@dataclass(frozen=True, slots=True)
class BindingFault:
    """One thing a bureau's version may not do; `field` or top-level `key` says where."""

    message: str
    field: str = ""
    key: str = ""


def demand_fault(kind: PaperKind, name: str) -> str:
    """Why a form does not meet what an article demands; "" when it does."""
    required = {field.id for field in kind.fields if field.required}
    if name not in required and name not in OFFICE_MARKS:
        return f"要求的“{_label(kind, name)}”不是必填字段"
    gap = unprinted_when(kind, name)
    if gap is None:
        return ""
    when = f"在{conditions_in_words(gap, kind)}时" if gap else ""
    return f"要求的“{_label(kind, name)}”{when}没有印出"


def _label(kind: PaperKind, name: str) -> str:
    labels = {field.id: field.label for field in kind.fields} | dict(OFFICE_WORDS)
    return labels.get(name, name)


def binding_faults(shipped: PaperKind, own: PaperKind) -> Iterator[BindingFault]:
    """Everything of the shipped form that the bureau's version leaves out or turns around."""
    yield from _top(shipped, own)
    yield from _law(shipped, own)
    fields = {field.id: field for field in own.fields}
    for field in shipped.fields:
        if field.id in fields:
            yield from _same(field, fields[field.id])
        elif field.id in READ and not _demanded(shipped, field.id):
            yield BindingFault(f"“{field.label}”由本软件{READ[field.id]}，不能删去")


def _top(shipped: PaperKind, own: PaperKind) -> Iterator[BindingFault]:
    if own.series != shipped.series:
        told = "编号序列不能改，否则字号登记会断号" if shipped.series else "这种文书不编号"
        yield BindingFault(told, key="series")
    if own.audience is not shipped.audience:
        told = f"给谁看不能改：随程序的是“{shipped.audience.label}”，保密检查按它进行"
        yield BindingFault(told, key="audience")
    if shipped.approval and own.approval != shipped.approval:
        told = f"{shipped.approval}要求制发前经负责人批准，“approval”不能删改"
        yield BindingFault(told, key="approval")
    kept = {field.id for field in own.fields}
    for rule in shipped.checks:
        if rule not in own.checks and _fields_of(rule, shipped) <= kept:
            yield BindingFault(f"随程序的检查“{rule}”不能删去", key="checks")


def _fields_of(rule: str, kind: PaperKind) -> set[str]:
    """Fields a rule is about."""
    words = "".join(char if char.isalnum() or char == "_" else " " for char in rule).split()
    return set(words[1:]) & {field.id for field in kind.fields}


def _law(shipped: PaperKind, own: PaperKind) -> Iterator[BindingFault]:
    names = {field.id: field.label for field in shipped.fields}
    told: set[str] = set()
    for ref in shipped.law:
        for name in ref.demands:
            fault = demand_fault(own, name)
            if fault and name not in told:
                told.add(name)
                if name not in {field.id for field in own.fields}:
                    fault = fault.replace(f"“{name}”", f"“{names.get(name, name)}”")
                yield BindingFault(f"{ref.article}{fault}", field=name)


def _demanded(kind: PaperKind, name: str) -> bool:
    return any(name in ref.demands for ref in kind.law)


def _same(shipped: Field, own: Field) -> Iterator[BindingFault]:
    """A field of the same name is filled from the ledger and read by it: its type stays."""
    if own.type is not shipped.type:
        told = f"“{own.label}”的类型不能改：本软件按“{shipped.type.label}”填写和读取"
        yield BindingFault(told, field=own.id)
    kinds = {column.id: column.kind for column in shipped.columns}
    for column in own.columns:
        if kinds.get(column.id, column.kind) != column.kind:
            yield BindingFault(f"“{own.label}”的“{column.title}”列的类型不能改", field=own.id)
