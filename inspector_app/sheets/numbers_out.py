"""The register of numbers as a workbook: every number from 1 on, and what became of it."""

from dataclasses import dataclass

from inspector_app.sheets.style_out import OutKind
from inspector_app.sheets.table_out import OutColumn

T, C, N, S = OutKind.TEXT, OutKind.CENTRE, OutKind.COUNT, OutKind.SERIAL


@dataclass(frozen=True, slots=True)
class NumberOut:
    """A number; nothing in it is of a person but who in the office holds it."""

    key: str
    series: str
    year: str
    no: int
    fate: str
    bearer: str
    where: str
    since: str
    reason: str

    def masked(self) -> "NumberOut":
        """The same: nothing in it is covered."""
        return self


NUMBERS: tuple[OutColumn[NumberOut], ...] = (
    OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
    OutColumn("series", "编号种类", 20, T, lambda one: one.series, keep=True),
    OutColumn("year", "年度", 8, C, lambda one: one.year, keep=True),
    OutColumn("no", "号", 7, N, lambda one: one.no, keep=True),
    OutColumn("fate", "去向", 10, C, lambda one: one.fate, keep=True),
    OutColumn("bearer", "字号、案号", 26, C, lambda one: one.bearer, keep=True),
    OutColumn("where", "在哪台电脑", 16, C, lambda one: one.where, keep=True),
    OutColumn("since", "从何时起", 16, C, lambda one: one.since, keep=True),
    OutColumn("reason", "作废理由", 26, T, lambda one: one.reason, keep=True),
)
