"""The register of looks at personal data as a workbook."""

from dataclasses import dataclass

from inspector_app.sheets.style_out import OutKind
from inspector_app.sheets.table_out import OutColumn

T, C, S = OutKind.TEXT, OutKind.CENTRE, OutKind.SERIAL


@dataclass(frozen=True, slots=True)
class AccessOut:
    """A look; it names the matter and the fields, never what stood in them."""

    key: str
    at: str
    who: str
    way: str
    matter: str
    person: str
    fields: str
    why: str

    def masked(self) -> "AccessOut":
        """The same: nothing in it is covered."""
        return self


ACCESS: tuple[OutColumn[AccessOut], ...] = (
    OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
    OutColumn("at", "时间", 16, C, lambda one: one.at, keep=True),
    OutColumn("who", "查看人", 10, C, lambda one: one.who, keep=True),
    OutColumn("way", "方式", 12, C, lambda one: one.way, keep=True),
    OutColumn("matter", "线索、案件", 24, T, lambda one: one.matter, keep=True),
    OutColumn("person", "谁的", 10, C, lambda one: one.person, keep=True),
    OutColumn("fields", "看了什么", 24, T, lambda one: one.fields, keep=True),
    OutColumn("why", "理由", 24, T, lambda one: one.why, keep=True),
)
