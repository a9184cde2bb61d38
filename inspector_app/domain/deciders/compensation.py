"""What is owed on top of unpaid wages: extra payment, surcharge on fines, minimum-wage gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.counting import Stop
from inspector_app.domain.deciders import (
    OrderState,
    Reason,
    ServedOrder,
    articles_of,
    not_filled,
    pay_order,
    share,
    term_basis,
)
from inspector_app.domain.money import yuan
from inspector_app.domain.rules import Figure, MinimumWage, minimum_wage_on
from inspector_app.domain.term_words import date_text
from inspector_app.domain.terms import Term, compute, surcharge_series
from inspector_app.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class ExtraPayProposal:
    """What a unit may be told to pay its workers beyond the wages; proposed for a person."""

    unpaid_fen: int
    low_fen: int | None
    high_fen: int | None
    order: OrderState
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        return articles_of(self.reasons)


def propose_extra_pay(
    unpaid_fen: int, rate: Figure, orders: Iterable[ServedOrder], today: date
) -> ExtraPayProposal:
    """The extra payment to the workers once an order to pay has run out (监察条例 26)."""
    _order, state = pay_order(orders, today, owing=unpaid_fen > 0)
    low = None if rate.low is None else share(unpaid_fen, rate.low)
    high = None if rate.low is None else share(unpaid_fen, rate.high or rate.low)
    reasons = [Reason(f"先责令限期支付，逾期不支付的才加付：{state.label}", rate.basis)]
    if low is not None:
        text = f"应付 {yuan(unpaid_fen)} 元的 {rate.said}，{yuan(low)}–{yuan(high)} 元"
        reasons.append(Reason(f"{text}，付给劳动者，不是罚款", rate.basis))
    unheeded = state is OrderState.UNHEEDED
    return ExtraPayProposal(
        unpaid_fen=unpaid_fen,
        low_fen=low,
        high_fen=high,
        order=state,
        reasons=tuple(reasons),
        missing=(
            *(() if unheeded else (f"加付前要有逾期未履行的责令支付文书：{state.label}",)),
            *not_filled((rate,)),
        ),
    )


@dataclass(frozen=True, slots=True)
class SurchargeProposal:
    """The surcharge on a fine as it stands on a day; proposed for a person to decide on."""

    fine_fen: int
    due_on: date
    on: date
    amount_fen: int
    full_on: date
    reasons: tuple[Reason, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        return articles_of(self.reasons)


def propose_surcharge(
    fine_fen: int,
    due_on: date,
    on: date,
    term: Term,
    calendar: WorkCalendar,
    stops: Sequence[Stop] = (),
) -> SurchargeProposal:
    """What has been added up to `on` when the fine was due on `due_on` (处罚法 72)."""
    series = surcharge_series(term, fine_fen, due_on, stops)
    amount = max((sum_fen for day, sum_fen in series if day <= on), default=0)
    text = f"截至{date_text(on)}加处 {yuan(amount)} 元，{date_text(series[-1][0])}封顶"
    why = compute(term, due_on, calendar, stops=stops).why
    basis = term_basis(term)
    return SurchargeProposal(
        fine_fen=fine_fen,
        due_on=due_on,
        on=on,
        amount_fen=amount,
        full_on=series[-1][0],
        reasons=(Reason(text, basis), Reason(why, basis)),
    )


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """What one worker got for a month of full work, without overtime pay, allowances, benefits."""

    worker: str
    month: str  # YYYY-MM
    paid_fen: int


@dataclass(frozen=True, slots=True)
class MonthGap:
    """One month against the wage of that month; `standard_fen` None where none is known."""

    worker: str
    month: str
    paid_fen: int
    standard_fen: int | None
    gap_fen: int
    rule: str


@dataclass(frozen=True, slots=True)
class MinimumWageProposal:
    """How far pay lies below the minimum wage of each month; proposed for a person to decide on."""

    area_class: int | None
    months: tuple[MonthGap, ...]
    gap_fen: int
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        return articles_of(self.reasons)


def propose_minimum_wage(
    months: Iterable[PaidMonth], wages: Iterable[MinimumWage], area_class: int | None
) -> MinimumWageProposal:
    """Each month by the wage that applied in it: arrears over years meet several (WG-02)."""
    rows = tuple(wages)
    found = [(one, _standard(one.month, rows, area_class)) for one in months]
    gaps = tuple(_gap(one, wage) for one, wage in found)
    used = {wage.id: wage for _, wage in found if wage}
    unknown = sorted({one.month for one, wage in found if wage is None})
    reasons = tuple(
        Reason(f"自{date_text(one.basis.effective_from)}起每月 {yuan(one.month_fen)} 元", one.basis)
        for one in used.values()
    )
    missing = ["当地最低工资类别没有核实，请在设置中选定"] if area_class is None else []
    if unknown and area_class is not None:
        missing.append(f"{'、'.join(unknown)} 的最低工资标准没有查到")
    if gaps:
        reasons = (*reasons, Reason("应剔除加班费、特殊津贴、福利后比较，按提供正常劳动的整月计"))
    return MinimumWageProposal(
        area_class=area_class,
        months=gaps,
        gap_fen=sum(one.gap_fen for one in gaps),
        reasons=reasons,
        missing=tuple(missing),
    )


def _standard(
    month: str, rows: Sequence[MinimumWage], area_class: int | None
) -> MinimumWage | None:
    first = date.fromisoformat(f"{month}-01")
    return minimum_wage_on(rows, first, area_class)


def _gap(one: PaidMonth, wage: MinimumWage | None) -> MonthGap:
    standard = wage.month_fen if wage else None
    gap = max(0, standard - one.paid_fen) if standard is not None else 0
    rule = wage.id if wage else ""
    return MonthGap(one.worker, one.month, one.paid_fen, standard, gap, rule)
