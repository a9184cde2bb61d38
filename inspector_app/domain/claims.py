"""Workers and what is owed to them; owing is always derived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.words import Word


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of a case; child of the case. Identity data stand in WorkerPrivate."""

    id: str
    case_id: str
    name: str
    trade: str = ""
    crew: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class WorkerPrivate:
    """Sensitive personal data (个人信息保护法 28); child of the case, same id as the worker."""

    id: str
    case_id: str
    id_number: str = ""
    phone: str = ""
    bank: str = ""
    bank_card: str = ""


@dataclass(frozen=True, slots=True)
class WageClaim:
    """What one worker is due for one period, in fen; child of the case."""

    id: str
    case_id: str
    worker_id: str
    due_fen: int
    paid_fen: int = 0  # before it was listed; what is paid later is a Settlement
    withheld_fen: int = 0
    period_from: str = ""  # YYYY-MM
    period_to: str = ""  # YYYY-MM
    note: str = ""

    @property
    def owing_fen(self) -> int:
        """欠发 = 应发 − 已发 − 代扣 (documents.md 3.5)."""
        return self.due_fen - self.paid_fen - self.withheld_fen


class Payer(Word):
    """Where the money of a settlement came from (documents.md 3.2; seed S14, S15)."""

    EMPLOYER = "employer", "用人单位支付"
    GENERAL = "general", "总包清偿"
    OWNER = "owner", "建设单位清偿"
    DEPOSIT = "deposit", "工资保证金"
    FUND = "fund", "应急周转金"
    PRESALE = "presale", "预售款"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Money that reached one worker after the claim was listed; child of the case."""

    id: str
    case_id: str
    claim_id: str
    amount_fen: int
    paid_on: date
    payer: Payer = Payer.EMPLOYER
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class ClaimTotals:
    """Sums over claims and settlements, in fen; `workers` counts different workers.

    A table of workers says 应发 `due_fen`, 已发 `paid_fen`, 尚欠 `owing_fen`. A case, and a ledger
    of cases, says 涉及金额 `claimed_fen`, 已支付 `settled_fen`, 未支付 `owing_fen`.
    """

    workers: int
    due_fen: int
    before_fen: int  # paid before the claims were listed
    withheld_fen: int
    settled_fen: int  # paid since: 已支付 of a case

    @property
    def paid_fen(self) -> int:
        """已发: whatever reached the workers, before the claims were listed and since."""
        return self.before_fen + self.settled_fen

    @property
    def claimed_fen(self) -> int:
        """涉及金额: what was owing when the claims were listed, 应发 − 已发 − 代扣."""
        return self.due_fen - self.before_fen - self.withheld_fen

    @property
    def owing_fen(self) -> int:
        """尚欠, 未支付: what is still owing, 涉及金额 − 已支付."""
        return self.claimed_fen - self.settled_fen


def totals(claims: Iterable[WageClaim], settlements: Iterable[Settlement] = ()) -> ClaimTotals:
    """Add up claims, and what was paid since they were listed."""
    listed = list(claims)
    return ClaimTotals(
        workers=len({c.worker_id for c in listed}),
        due_fen=sum(c.due_fen for c in listed),
        before_fen=sum(c.paid_fen for c in listed),
        withheld_fen=sum(c.withheld_fen for c in listed),
        settled_fen=sum(s.amount_fen for s in settlements),
    )
