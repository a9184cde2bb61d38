"""How much wage deposit a contract asks for: rate, reductions, increases, floor, cap, exemption."""

from dataclasses import dataclass
from fractions import Fraction

from inspector_app.domain.deciders import Reason, articles_of
from inspector_app.domain.law import Basis
from inspector_app.domain.money import yuan
from inspector_app.domain.rules import Bound, Figure
from inspector_app.domain.words import Word

_WHOLE = 10_000  # basis points


class Exempt(Word):
    """Whether nothing need be stored."""

    NO = "no", "应当存储"
    MAY = "may", "可以免存，不是当然免存"
    YES = "yes", "免存"


@dataclass(frozen=True, slots=True)
class DepositRules:
    """National figures and the province's, which the bureau fills in; `cap` is the trade's own.

    A raise whose figure is bound FROM is "not less than": the amount stays open upwards.
    """

    base: Figure
    floor: Figure
    local_base: Figure
    local_multi: Figure
    cap: Figure
    raise_over_cap: Figure
    small_amount: Figure
    small_years: Figure
    small_months: Figure
    small_apply: Figure
    halve_years: Figure
    halve: Figure
    exempt_years: Figure
    exempt_needs: Figure
    raise_years: Figure
    raise_arrears: Figure
    raise_listed: Figure


@dataclass(frozen=True, slots=True)
class DepositQuestion:
    """A contract and the record of the general contractor; None is not known.

    `clean_years`: whole years without arrears before the deposit. `managed`: real-name management
    and the wage account are in place.
    """

    contract_fen: int
    other_projects: bool | None = None
    clean_years: int | None = None
    managed: bool | None = None
    arrears: bool | None = None
    listed: bool | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the computation with what it leaves, in fen; `high_fen` None is open upwards."""

    text: str
    low_fen: int
    high_fen: int | None
    basis: Basis | None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class DepositProposal:
    """The amount due, one number or a range; proposed for a person to decide on."""

    low_fen: int
    high_fen: int | None
    exempt: Exempt
    raised: bool
    steps: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """免存; 120,000.00 元; 60,000.00–180,000.00 元; 不低于 60,000.00 元."""
        if self.exempt is Exempt.YES:
            return self.exempt.label
        if self.high_fen is None:
            return f"不低于 {yuan(self.low_fen)} 元"
        if self.low_fen == self.high_fen:
            return f"{yuan(self.low_fen)} 元"
        return f"{yuan(self.low_fen)}–{yuan(self.high_fen)} 元"

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article the proposal cites."""
        return articles_of(self.reasons)


class _Sum:
    """The running amount as an exact range, with its steps; rounded only where it is shown."""

    def __init__(self) -> None:
        self.low = Fraction(0)
        self.high: Fraction | None = Fraction(0)
        self.steps: list[Step] = []
        self.missing: list[str] = []

    def set(
        self,
        low: Fraction,
        high: Fraction | None,
        text: str,
        basis: Basis | None,
        *,
        inferred: bool = False,
    ) -> None:
        self.low, self.high = low, high
        top = None if high is None else _fen(high)
        self.steps.append(Step(text, _fen(low), top, basis, inferred))


def _fen(amount: Fraction) -> int:
    """To the fen, half up."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def propose_deposit(asked: DepositQuestion, rules: DepositRules) -> DepositProposal:
    """Step by step in whole fen: what the bureau has not filled in leaves a range."""
    run = _Sum()
    _base(run, asked, rules)
    _multi(run, asked, rules)
    exempt = _clean(run, asked, rules)
    raised = _raise(run, asked, rules)
    _floor(run, asked, rules)
    _cap(run, rules, raised=raised)
    if exempt is Exempt.YES:
        run.set(Fraction(0), Fraction(0), "连续没有欠薪，免存", rules.exempt_years.basis)
    elif not raised and _small(run, asked, rules):
        exempt = Exempt.MAY
        text = f"合同额{rules.small_amount.said}等条件具备的可以免存"
        run.set(Fraction(0), run.high, text, rules.small_amount.basis)
    last = run.steps[-1]
    return DepositProposal(
        low_fen=last.low_fen,
        high_fen=last.high_fen,
        exempt=exempt,
        raised=raised,
        steps=tuple(run.steps),
        reasons=tuple(Reason(one.text, one.basis, one.inferred) for one in run.steps),
        missing=tuple(run.missing),
    )


def _part(asked: DepositQuestion, rate: int) -> Fraction:
    return Fraction(asked.contract_fen * rate, _WHOLE)


def _base(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> None:
    """The province's rate; the national span while nobody has filled it in."""
    head = f"合同额 {yuan(asked.contract_fen)} 元"
    local = rules.local_base
    if local.low is not None:
        amount = _part(asked, local.low)
        run.set(amount, amount, f"{head}，比例 {local.said}", local.basis)
        return
    low, high = rules.base.low or 0, rules.base.high or rules.base.low or 0
    text = f"{head}，本省比例未填，按国家幅度 {rules.base.said} 给出区间"
    run.set(_part(asked, low), _part(asked, high), text, rules.base.basis)
    run.missing.append(f"“{local.name}”未填，按国家幅度给出区间")


def _multi(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> None:
    """Several projects in one area: the rate may go down, not below the floor."""
    if asked.other_projects is None:
        run.missing.append("同一地区有没有其他在建工程未填")
    if not asked.other_projects:
        return
    multi = rules.local_multi
    if multi.low is not None:
        amount = _part(asked, multi.low)
        run.set(amount, amount, f"有其他在建工程，比例 {multi.said}", multi.basis)
        return
    low = min(run.low, _part(asked, rules.floor.low or 0))
    text = f"有其他在建工程，可以下浮，最低 {rules.floor.said}"
    run.set(low, run.high, text, rules.floor.basis)
    run.missing.append(f"“{multi.name}”未填，按国家幅度给出区间")


def _clean(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> Exempt:
    """Years without arrears: half after two, nothing after three where the conditions hold."""
    if asked.arrears or asked.listed:
        if asked.clean_years:
            run.missing.append("连续没有欠薪的年数与欠薪记录相互矛盾，没有减免")
        return Exempt.NO
    if asked.clean_years is None:
        run.missing.append("连续没有欠薪的年数未填")
        return Exempt.NO
    if rules.exempt_years.meets(asked.clean_years) and _managed(run, asked, rules):
        return Exempt.YES
    if rules.halve_years.meets(asked.clean_years):
        kept = Fraction(_WHOLE - (rules.halve.low or 0), _WHOLE)
        high = None if run.high is None else run.high * kept
        text = f"连续 {asked.clean_years} 年没有欠薪，降低 {rules.halve.said}"
        run.set(run.low * kept, high, text, rules.halve.basis)
    return Exempt.NO


def _managed(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> bool:
    """The exemption asks for real-name management and the account unless the bureau says no."""
    if rules.exempt_needs.low == 0 or asked.managed:
        return True
    run.missing.append(
        "没有落实实名制和专用账户，不免存"
        if asked.managed is False
        else "是否落实实名制和专用账户未填，没有按免存计算"
    )
    return False


def _raise(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> bool:
    """Arrears or the list raise the rate; the higher of the two, not both."""
    if asked.arrears is None and not asked.listed:
        run.missing.append(f"存储前 {rules.raise_years.said}内有没有欠薪未填")
    if not (asked.arrears or asked.listed):
        return False
    figure = rules.raise_listed if asked.listed else rules.raise_arrears
    times = Fraction(_WHOLE + (figure.low or 0), _WHOLE)
    open_up = figure.bound is Bound.FROM or run.high is None
    high = None if open_up or run.high is None else run.high * times
    why = "因欠薪列入名单" if asked.listed else f"存储前 {rules.raise_years.said}内有欠薪"
    run.set(run.low * times, high, f"{why}，提高 {figure.said}", figure.basis)
    return True


def _floor(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> None:
    """Never below the floor; whether it holds for the halved rate too was not seen."""
    floor = _part(asked, rules.floor.low or 0)
    if run.low >= floor:
        return
    high = None if run.high is None else max(run.high, floor)
    text = f"减免后不低于 {rules.floor.said}计算"
    run.set(floor, high, text, rules.floor.basis, inferred=True)


def _cap(run: _Sum, rules: DepositRules, *, raised: bool) -> None:
    """The cap for large projects; whether a raise may pass it is the province's choice."""
    cap = rules.cap
    if cap.low is None:
        run.missing.append(f"“{cap.name}”未填，没有封顶")
        return
    if raised and rules.raise_over_cap.low == 1:
        return
    limit = Fraction(cap.low)
    if run.high is not None and run.high <= limit:
        return
    high: Fraction | None = limit
    if raised and rules.raise_over_cap.low is None:
        high = run.high
        run.missing.append(f"“{rules.raise_over_cap.name}”未填")
    text = f"上限 {cap.unit.said(cap.low)}"
    run.set(min(run.low, limit), high, text, cap.basis)


def _small(run: _Sum, asked: DepositQuestion, rules: DepositRules) -> bool:
    """A small contract, or a short one where the province has that rule, with a clean record."""
    short = asked.months is not None and rules.small_months.meets(asked.months)
    if not (rules.small_amount.meets(asked.contract_fen) or short):
        return False
    if asked.clean_years is not None and not rules.small_years.meets(asked.clean_years):
        return False
    if rules.small_apply.low is None:
        run.missing.append(f"“{rules.small_apply.name}”未填")
    elif rules.small_apply.low:
        run.missing.append("小额免存须书面申请，经审核")
    return True
