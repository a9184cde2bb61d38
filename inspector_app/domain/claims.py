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
    paid_fen: int = 0
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
    """Sums over claims and settlements, in fen; `workers` counts different workers."""

    workers: int
    due_fen: int
    paid_fen: int
    withheld_fen: int
    owing_fen: int


def totals(claims: Iterable[WageClaim], settlements: Iterable[Settlement] = ()) -> ClaimTotals:
    """Add up claims; settlements count as paid."""
    listed = list(claims)
    later = sum(s.amount_fen for s in settlements)
    return ClaimTotals(
        workers=len({c.worker_id for c in listed}),
        due_fen=sum(c.due_fen for c in listed),
        paid_fen=sum(c.paid_fen for c in listed) + later,
        withheld_fen=sum(c.withheld_fen for c in listed),
        owing_fen=sum(c.owing_fen for c in listed) - later,
    )
