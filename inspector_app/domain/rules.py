"""Rows of the rule pack beyond terms and violations: figures, wages, liability, service …"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from inspector_app.domain.law import Basis as Basis
from inspector_app.domain.words import Word

_WAN = 1_000_000  # fen


class FigureUnit(Word):
    """What a figure of the law counts; money is whole fen, shares and days are hundredths."""

    FEN = "fen", "元"
    BASIS_POINTS = "bp", "%"
    CENTIDAYS = "centidays", "天"
    HOURS = "hours", "小时"
    PEOPLE = "people", "人"
    DAYS = "days", "日"
    MONTHS = "months", "个月"
    YEARS = "years", "年"
    TIMES = "times", "次"
    YES_NO = "yes_no", "是否"  # 1 yes, 0 no

    @property
    def hundredths(self) -> bool:
        """Kept as hundredths of what is written and said."""
        return self in (FigureUnit.FEN, FigureUnit.BASIS_POINTS, FigureUnit.CENTIDAYS)

    def said(self, value: int) -> str:
        """5000元, 5万元, 1.5%, 21.75天, 是."""
        if self is FigureUnit.YES_NO:
            return "是" if value else "否"
        if self is FigureUnit.FEN and value and value % _WAN == 0:
            return f"{value // _WAN}万元"
        number = Decimal(value) / 100 if self.hundredths else Decimal(value)
        return f"{number.normalize():f}{self.label}"


class Bound(Word):
    """On which side of a figure the rule bites: 以上 and 不超过 include it, 不满 does not."""

    EXACT = "exact", ""
    FROM = "from", "以上"
    UP_TO = "up_to", "不超过"
    BELOW = "below", "不满"


@dataclass(frozen=True, slots=True)
class Figure:
    """A threshold, rate or choice: `low` to `high` (None: a single figure), in `unit`.

    `low` is None where no figure is known. `setting` names the bureau's choice that fills it, or
    that replaces a figure the province may change.
    """

    id: str
    group: str  # hearing, summary, crime, blacklist, announcement, credit, deposit, surcharge …
    name: str
    unit: FigureUnit
    low: int | None
    basis: Basis
    high: int | None = None
    bound: Bound = Bound.EXACT
    setting: str = ""

    def meets(self, value: int) -> bool:
        """Whether a value is one the rule speaks of; no value meets a figure nobody knows."""
        if self.low is None:
            return False
        if self.high is not None:
            return self.low <= value <= self.high
        if self.bound is Bound.FROM:
            return value >= self.low
        if self.bound is Bound.UP_TO:
            return value <= self.low
        return value < self.low if self.bound is Bound.BELOW else value == self.low

    @property
    def said(self) -> str:
        """5000元以上, 不超过200元, 1%至3%; 未定 where no figure is known."""
        if self.low is None:
            return "未定"
        one = self.unit.said(self.low)
        if self.high is not None:
            return f"{one}至{self.unit.said(self.high)}"
        side = self.bound.label
        return f"{one}{side}" if self.bound is Bound.FROM else f"{side}{one}"


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """One class of a province's minimum wage from a day on; fen a month and fen an hour.

    `history_only`: what followed it was not seen, so that it answers for no day.
    """

    id: str
    area_class: int  # 1, 2, 3
    month_fen: int
    hour_fen: int
    basis: Basis
    history_only: bool = False


def minimum_wage_on(
    rows: Iterable[MinimumWage], day: date, area_class: int | None
) -> MinimumWage | None:
    """The wage of a class on a day; None when nobody knows it, or which class it is."""
    begun = [
        row for row in rows if row.area_class == area_class and row.basis.effective_from <= day
    ]
    latest = max(begun, key=lambda row: row.basis.effective_from, default=None)
    if latest is None or latest.history_only or not latest.basis.in_force(day):
        return None
    return latest


@dataclass(frozen=True, slots=True)
class LiabilityRule:
    """One row of the table of who pays (law.md 3.8), tried in `order`.

    `needs` are the facts that must be ticked for the row to apply. `payers` are who answers, in
    words of the law; `limit` "" or "unpaid_price" (未结清工程款为限).
    """

    id: str
    order: int
    situation: str
    needs: tuple[str, ...]
    payers: tuple[str, ...]
    recourse: str
    limit: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class SituationFact:
    """A fact an inspector can tick when asked who is liable."""

    code: str
    name: str
    engineering: bool  # only asked on a construction project


@dataclass(frozen=True, slots=True)
class Remedy:
    """Ways to contest one sort of paper, from a day on."""

    id: str
    paper: str  # paper kind it is printed on
    name: str
    review_term: str  # D20
    suit_term: str  # D21; D22 where the review comes first
    review_first: bool
    review_body: str  # who reviews, in words; "" when the setting says
    setting: str  # the bureau's switch that prints it at all; "" when it is always printed
    basis: Basis


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """One rung of the service ladder (law.md 1.4): what proves it, when it counts as served.

    `proofs`: each group is a choice, one of its codes must be on record; `term`: the id of the term
    that must pass before the paper counts as served, "" when it counts at once.
    """

    id: str
    method: str  # domain.papers.ServiceMethod code
    order: int
    name: str
    proofs: tuple[tuple[str, ...], ...]
    term: str
    only_kinds: tuple[str, ...]  # paper kinds it may be used for; () all
    when: str  # under which condition this rung may be used, in words
    basis: Basis


@dataclass(frozen=True, slots=True)
class ProofKind:
    """A sort of proof of service: receiver, witness, video, consent, waybill …"""

    code: str
    name: str
    field: str  # the field of the service record that bears it


@dataclass(frozen=True, slots=True)
class LocalConflict:
    """A local clause that goes beyond superior law: shown as a hint, never applied (law.md 2.7)."""

    id: str
    name: str
    local_says: str
    national_says: str
    advice: str
    basis: Basis
