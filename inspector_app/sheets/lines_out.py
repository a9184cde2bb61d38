"""What one line of an exported ledger or wage list says, already put together by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.claims import Payer
from inspector_app.domain.masking import (
    mask_card,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_text,
)
from inspector_app.domain.parties import Investment, ProjectKind

ORDER = "限期改正指令书"  # as the program calls it


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """What stands above and below an exported table. `unit` of the amounts: 元 or 万元."""

    title: str
    bureau: str  # 填报单位
    made_on: date
    unit: str = "元"
    period: str = ""  # 统计期间, in words
    demo: bool = False
    filler: str = ""  # 填报人
    reviewer: str = ""  # 审核人
    phone: str = ""
    made_at: datetime | None = None
    order: str = ORDER  # what the bureau calls its orders
    export_id: str = ""  # told apart when the workbook comes back; "" derives one from the contents


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as a line of the ledger (columns of documents.md 3.2). Never names an informant."""

    case_id: str
    case_no: str
    county: str
    employer_name: str
    source: Source
    stage: Stage
    cause: str = ""
    project_name: str = ""
    credit_code: str = ""
    filed_on: date | None = None
    due_national: date | None = None  # 监察条例 17
    due_henan: date | None = None  # 豫监察条例 16
    extended_to: date | None = None
    project_kind: ProjectKind | None = None
    investment: Investment | None = None
    owner_name: str = ""
    general_name: str = ""
    sub_name: str = ""
    crew_name: str = ""
    workers: int | None = None
    amount_fen: int | None = None  # 涉及金额: owing when the wages were listed, or as reported
    amount_written: str = ""  # shown in the remarks when it is no number
    period: str = ""
    lead_name: str = ""
    assist_name: str = ""
    order_no: str = ""
    order_served_on: date | None = None
    order_due: date | None = None
    paid_by: Mapping[Payer, int] = field(default_factory=dict)
    owing_fen: int | None = None
    closed_on: date | None = None
    leader: str = ""
    note: str = ""

    @property
    def paid_fen(self) -> int:
        """What has been paid since the wages were listed, whoever paid it: 已支付."""
        return sum(self.paid_by.values())

    def overdue(self, today: date) -> bool:
        """Whether the order's time ran out with money still owed."""
        running = not self.stage.ended and (self.owing_fen or 0) > 0
        return running and self.order_due is not None and self.order_due < today

    def masked(self) -> "CaseLine":
        """The line as it may leave the office: no names of natural persons, no free text."""
        return replace(
            self,
            crew_name=mask_name(self.crew_name),
            project_name=mask_text(self.project_name),
            cause=mask_text(self.cause),
            note="",
        )


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One worker's claim as a line of the wage list (documents.md 3.5)."""

    claim_id: str
    name: str
    due_fen: int
    paid_fen: int = 0  # before the list was made
    withheld_fen: int = 0
    settled_fen: int = 0  # paid after the list was made
    id_number: str = ""
    phone: str = ""
    crew: str = ""
    trade: str = ""
    period: str = ""
    bank: str = ""
    bank_card: str = ""
    note: str = ""

    @property
    def owing_fen(self) -> int:
        """欠发 = 应发 − 已发 − 代扣."""
        return self.due_fen - self.paid_fen - self.withheld_fen

    @property
    def left_fen(self) -> int:
        """What is still owed after later settlements."""
        return self.owing_fen - self.settled_fen

    def masked(self) -> "ClaimLine":
        """The line with name, identity number, phone and card hidden in part, no free text."""
        return replace(
            self,
            name=mask_name(self.name),
            crew=mask_name(self.crew),  # crews are called after their foreman
            id_number=mask_id_number(self.id_number),
            phone=mask_phone(self.phone),
            bank_card=mask_card(self.bank_card),
            note="",
        )


@dataclass(frozen=True, slots=True)
class ClaimsHead:
    """What stands above the wage list of one case."""

    case_no: str
    employer_name: str
    project_name: str = ""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written; `sums` in fen by column."""

    rows: int
    sums: dict[str, int]
    sha256: str
