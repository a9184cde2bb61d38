"""What the law proposes for a case, each proposal with its reasons: a person decides, never this.

A decider reads facts and rows of the rule pack and says what would follow, why, on which articles,
how far those were checked, and what is missing. None of them stores or changes anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.law import Basis, ForceLevel, TextLevel
from inspector_app.domain.rules import Figure
from inspector_app.domain.term_rules import Term
from inspector_app.domain.words import Word

INFERRED = "推论"


class Met(Word):
    """Whether a condition of the law holds on what is on file."""

    MET = "met", "达到"
    POSSIBLE = "possible", "可能达到"
    NOT = "not", "未达到"
    UNKNOWN = "unknown", "资料不足"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a proposal and what it stands on.

    `inferred`: the product concludes it, no article says so; such a sentence is never settled.
    """

    text: str
    basis: Basis | None = None
    inferred: bool = False

    @property
    def level(self) -> str:
        """推论 · 已核全文 · 现行性已核; "" for a plain fact of the case."""
        parts = [INFERRED] if self.inferred else []
        if self.basis is not None:
            parts.append(self.basis.level_words)
        return " · ".join(parts)

    @property
    def settled(self) -> bool:
        """Whether a paper may print it as law."""
        return self.basis is not None and self.basis.settled and not self.inferred


class OrderState(Word):
    """How an order to put things right stands: fines of arts 54 to 57 need an unheeded one."""

    NOT_NEEDED = "not_needed", "不以责令改正为前提"
    NONE = "none", "没有已送达的责令文书"
    OPEN = "open", "文书没有写明期限"
    RUNNING = "running", "改正期限未满"
    UNCHECKED = "unchecked", "期限已满，未登记复查结果"
    OBEYED = "obeyed", "已按期改正"
    UNHEEDED = "unheeded", "逾期未改正"


@dataclass(frozen=True, slots=True)
class ServedOrder:
    """An order that reached its party: an order to rectify, or a decision that orders payment."""

    title: str
    number: str
    effective_on: date  # the day it counts as served
    deadline: date | None  # the last day it sets
    obeyed: bool | None = None  # None: nobody has recorded it
    demands_pay: bool = False

    def state(self, today: date) -> OrderState:
        """Whether the order has been obeyed, as far as is on record."""
        if self.obeyed:
            return OrderState.OBEYED
        if self.deadline is None:
            return OrderState.OPEN
        if today <= self.deadline:
            return OrderState.RUNNING
        return OrderState.UNCHECKED if self.obeyed is None else OrderState.UNHEEDED


_NEAREST = (
    OrderState.UNHEEDED,
    OrderState.UNCHECKED,
    OrderState.RUNNING,
    OrderState.OPEN,
    OrderState.OBEYED,
)


def nearest_order(orders: Iterable[ServedOrder], today: date) -> ServedOrder | None:
    """The order that goes furthest towards a fine: an unheeded one before one that still runs."""
    return min(orders, key=lambda one: _NEAREST.index(one.state(today)), default=None)


def pay_order(
    orders: Iterable[ServedOrder], today: date, *, owing: bool
) -> tuple[ServedOrder | None, OrderState]:
    """The order to pay that has gone furthest, and how it stands: wages owed tell by themselves.

    It is unheeded once its last day has passed and wages are still owing.
    """
    paying = [one for one in orders if one.demands_pay]
    expired = [one for one in paying if one.deadline is not None and one.deadline < today]
    order = min(expired or paying, key=lambda one: one.effective_on, default=None)
    if order is None:
        return None, OrderState.NONE
    if not owing:
        return order, OrderState.OBEYED
    if order.deadline is None:
        return order, OrderState.OPEN
    return order, OrderState.UNHEEDED if expired else OrderState.RUNNING


def articles_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Every article the reasons cite, each once."""
    return tuple(dict.fromkeys(text for one in reasons if one.basis for text in one.basis.articles))


def term_basis(term: Term) -> Basis:
    """What a term stands on; it says so in fields of its own."""
    return Basis(
        articles=(term.article,) if term.article else (),
        text_level=TextLevel(term.text_level or TextLevel.UNSEEN.value),
        force_level=ForceLevel(term.force_level or ForceLevel.UNCHECKED.value),
        effective_from=term.effective_from,
        effective_to=term.effective_to,
        note=term.note,
    )


def not_filled(figures: Iterable[Figure]) -> tuple[str, ...]:
    """A sentence for each figure nobody has filled in."""
    return tuple(f"“{one.name}”未填" for one in figures if one.low is None)


def share(amount_fen: int, basis_points: int) -> int:
    """So many hundredths of a percent of an amount, to the fen, half up."""
    return (amount_fen * basis_points * 2 + 10_000) // 20_000
