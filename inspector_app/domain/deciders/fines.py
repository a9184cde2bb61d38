"""From violations to what may follow: articles, evidence, the order first, and the fine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.deciders import OrderState, Reason, ServedOrder, nearest_order
from inspector_app.domain.deciders.fine_ranges import (
    Act,
    FineRange,
    band_reason,
    bands_of,
    is_payment,
    person_range,
    unit_range,
)
from inspector_app.domain.law import Basis, Violation
from inspector_app.domain.term_words import date_text


@dataclass(frozen=True, slots=True)
class EvidencePoint:
    """A sort of evidence a violation asks for, and what of it is on file."""

    code: str
    name: str
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        """The sources, else 未登记."""
        return "、".join(self.sources) or "未登记"


@dataclass(frozen=True, slots=True)
class FineLine:
    """What one violation leads to. `unit` and `person` are None where no fine is provided.

    `unit_counts` and `person_counts` are False where a heavier fine for the same act displaces it
    (处罚法 29), or where the rule was not in force on the day of the act.
    """

    code: str
    name: str
    act: str
    breaches: tuple[str, ...]
    penalties: tuple[str, ...]
    basis: Basis
    in_force: bool
    unit: FineRange | None
    person: FineRange | None
    unit_counts: bool
    person_counts: bool
    stop_work: bool
    order: OrderState
    order_number: str
    evidence: tuple[EvidencePoint, ...]
    bands: tuple[DiscretionBand, ...]
    band: DiscretionBand | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnFile:
    """What a case holds: orders, sources of evidence by code, and the bureau's bands."""

    orders: Sequence[ServedOrder] = ()
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence_names: Mapping[str, str] = field(default_factory=dict)
    bands: Sequence[DiscretionBand] = ()


@dataclass(frozen=True, slots=True)
class ActRules:
    """What all violations stand under: one act, one fine (处罚法 29); old or milder law (37)."""

    one_act: Basis
    old_law: Basis


def fine_lines(
    acts: Iterable[Act], file: OnFile, rules: ActRules, today: date
) -> tuple[FineLine, ...]:
    """Each violation with its range; of one act under several laws only the highest fine counts."""
    lines = [_line(act, file, rules, today) for act in acts]
    settled = [
        _displaced(line, [one for one in lines if line.act and one.act == line.act], rules)
        for line in lines
    ]
    return tuple(_hinted(line, settled) for line in settled)


def _line(act: Act, file: OnFile, rules: ActRules, today: date) -> FineLine:
    violation = act.violation
    bands = bands_of(violation, file.bands, today)
    band = next((one for one in bands if one.id == act.band), None)
    unit, person = unit_range(act, band), person_range(violation, band)
    in_force = violation.basis.in_force(act.on or today)
    order = nearest_order(file.orders, today) if violation.order_first else None
    state = _order_state(violation, order, today)
    evidence = tuple(
        EvidencePoint(code, file.evidence_names.get(code, ""), file.evidence.get(code, ()))
        for code in violation.evidence
    )
    return FineLine(
        code=violation.code,
        name=violation.name,
        act=act.act,
        breaches=violation.breaches,
        penalties=violation.penalties,
        basis=violation.basis,
        in_force=in_force,
        unit=unit,
        person=person,
        unit_counts=in_force and unit is not None,
        person_counts=in_force and person is not None,
        stop_work=violation.stop_work,
        order=state,
        order_number=order.number if order else "",
        evidence=evidence,
        bands=bands,
        band=band,
        reasons=(*_said(violation), *_law_in_time(act, rules, today), *band_reason(act, band)),
        missing=_missing(act, unit, state, evidence),
    )


def _order_state(violation: Violation, order: ServedOrder | None, today: date) -> OrderState:
    if not violation.order_first:
        return OrderState.NOT_NEEDED
    return order.state(today) if order else OrderState.NONE


def _missing(
    act: Act, unit: FineRange | None, state: OrderState, evidence: Iterable[EvidencePoint]
) -> tuple[str, ...]:
    """What the line still lacks: a day, a count, an unheeded order, evidence."""
    code = act.violation.code
    found = [] if act.on else [f"{code} 的违法行为发生日未填"]
    if unit and not unit.known:
        found.append(unit.how)
    if state not in (OrderState.NOT_NEEDED, OrderState.UNHEEDED):
        found.append(f"{code} 须先责令限期改正，逾期不改正才可罚款：{state.label}")
    bare = "、".join(f"{one.code} {one.name}".strip() for one in evidence if not one.sources)
    return (*found, f"{code} 的证据未登记：{bare}") if bare else tuple(found)


def _said(violation: Violation) -> tuple[Reason, ...]:
    reasons = [Reason(violation.note, violation.basis)] if violation.note else []
    if is_payment(violation):
        reasons.append(Reason("先责令限期支付，逾期加付给劳动者，不是罚款", violation.basis))
    return tuple(reasons)


def _law_in_time(act: Act, rules: ActRules, today: date) -> tuple[Reason, ...]:
    """A rule that did not apply on the day of the act, or no longer does: only a hint."""
    code, basis, day = act.violation.code, act.violation.basis, act.on or today
    hint = Reason("行为后规定有变化的，从旧兼从轻，由人比对", rules.old_law)
    if not basis.in_force(day):
        when = "尚未施行" if day < basis.effective_from else "已经失效"
        return (Reason(f"{code} 的规定在{date_text(day)}{when}，不计入幅度", basis), hint)
    if not basis.in_force(today):
        return (Reason(f"{code} 的规定行为时有效，现已失效", basis), hint)
    return ()


def _displaced(line: FineLine, group: Sequence[FineLine], rules: ActRules) -> FineLine:
    """Of one act under several laws the highest fine counts, for the unit and for persons apart.

    What cannot be counted yet cannot be compared either: it stays beside the highest.
    """
    unit, person = _beaten_by(line, group, unit_counting), _beaten_by(line, group, person_counting)
    winner = unit or person
    if winner is None:
        return line
    text = f"与 {winner.code} 是同一行为，按罚款数额高的 {winner.code} 处罚"
    return replace(
        line,
        unit_counts=line.unit_counts and unit is None,
        person_counts=line.person_counts and person is None,
        reasons=(*line.reasons, Reason(text, rules.one_act)),
    )


def unit_counting(line: FineLine) -> FineRange | None:
    """The unit's fine where it counts."""
    return line.unit if line.unit_counts else None


def person_counting(line: FineLine) -> FineRange | None:
    """The fine of each responsible person where it counts."""
    return line.person if line.person_counts else None


def _beaten_by(
    line: FineLine, group: Sequence[FineLine], of: Callable[[FineLine], FineRange | None]
) -> FineLine | None:
    """The line of the same act with a higher fine; of equal ones the first stays."""
    sizes = [(size, one) for one in group if (size := _size(of(one))) is not None]
    if _size(of(line)) is None or not sizes:
        return None
    best = max(sizes, key=lambda pair: pair[0])[1]
    return None if best is line else best


def _size(span: FineRange | None) -> tuple[int, int] | None:
    if span is None or span.low_fen is None or span.high_fen is None:
        return None
    return span.high_fen, span.low_fen


def _hinted(line: FineLine, lines: Sequence[FineLine]) -> FineLine:
    """Says which other violations are punished by the same article: they may be one act."""
    same = [
        one.code
        for one in lines
        if one.code != line.code
        and line.unit_counts
        and one.unit_counts
        and one.penalties[:1] == line.penalties[:1]
    ]
    if not same:
        return line
    text = f"与 {'、'.join(same)} 罚则相同，是不是同一行为请核对"
    return replace(line, reasons=(*line.reasons, Reason(text, line.basis, inferred=True)))
