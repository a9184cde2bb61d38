"""How much a fine may be: fixed ranges, by the head, by head and month, or so many times a sum."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.deciders import Reason
from inspector_app.domain.law import Fine, FinePer, Multiple, Violation
from inspector_app.domain.rules import FigureUnit

PAY_ORDER = "TP"  # trigger 责令限期支付: what is paid on top goes to the worker and is no fine


@dataclass(frozen=True, slots=True)
class Act:
    """One violation as found, with what its fine is counted by.

    Violations that bear the same `act` are one act under several laws; an empty one stands alone.
    `on` is the day of the act, the last one when it lasted. `band` is the id of the band chosen.
    Where months differ from one person to the next, `people` is 1 and `months` their sum.
    """

    violation: Violation
    on: date | None = None
    people: int | None = None
    months: int | None = None
    base_fen: int | None = None
    act: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class FineRange:
    """From `low_fen` to `high_fen`; both None when what it is counted by is not known yet."""

    low_fen: int | None
    high_fen: int | None
    how: str

    @property
    def known(self) -> bool:
        """Whether it could be counted."""
        return self.low_fen is not None


def is_payment(violation: Violation) -> bool:
    """Whether its multiple is paid to the workers on top of the wages, and so is no fine."""
    return PAY_ORDER in violation.triggers


def bands_of(
    violation: Violation, bands: Iterable[DiscretionBand], today: date
) -> tuple[DiscretionBand, ...]:
    """The steps of the newest discretion standard for it that has begun, mildest first."""
    begun = [b for b in bands if b.violation == violation.code and b.effective_from <= today]
    newest = max((one.effective_from for one in begun), default=today)
    found = (one for one in begun if one.effective_from == newest)
    return tuple(sorted(found, key=lambda band: (band.low_fen, band.person_low_fen or 0)))


def unit_range(act: Act, band: DiscretionBand | None) -> FineRange | None:
    """The fine of the unit; a share of an amount goes before a fixed range (劳动合同法 92(1))."""
    violation = act.violation
    if violation.multiple and not is_payment(violation):
        if act.base_fen is None:
            return FineRange(None, None, f"{violation.code} 的{violation.multiple.of}未填")
        if act.base_fen or violation.unit_fine is None:
            return _share_of(violation.multiple, act.base_fen)
    if violation.unit_fine is None:
        return None
    fine = violation.unit_fine
    if band and _of_unit(band, violation):
        fine = replace(fine, low_fen=band.low_fen, high_fen=band.high_fen)
    return _counted(act, fine)


def person_range(violation: Violation, band: DiscretionBand | None) -> FineRange | None:
    """The fine of each person who answers for it."""
    fine = violation.person_fine
    if fine is None:
        return None
    span = _of_person(band, violation) if band else None
    if span is not None:
        fine = replace(fine, low_fen=span[0], high_fen=span[1])
    return FineRange(fine.low_fen, fine.high_fen, f"每名责任人员{_span(fine)}")


def band_reason(act: Act, band: DiscretionBand | None) -> tuple[Reason, ...]:
    """What was made of the band that was chosen."""
    if not act.band:
        return ()
    if band is None:
        return (Reason(f"{act.violation.code} 没有所选的裁量档次，按法定幅度列出"),)
    if not (_of_unit(band, act.violation) or _of_person(band, act.violation)):
        return (Reason(f"裁量档次“{band.name}”不在法定幅度内，未采用"),)
    source = f"（{band.source}）" if band.source else ""
    return (Reason(f"按裁量档次“{band.name}”{source}：{band.condition}"),)


def _of_unit(band: DiscretionBand, violation: Violation) -> bool:
    """Whether the band lies within what the law allows for the unit."""
    fine = violation.unit_fine
    return fine is not None and _inside(band.low_fen, band.high_fen, fine)


def _of_person(band: DiscretionBand, violation: Violation) -> tuple[int, int] | None:
    """The band for persons where it lies within what the law allows."""
    low, high, fine = band.person_low_fen, band.person_high_fen, violation.person_fine
    if low is None or high is None or fine is None or not _inside(low, high, fine):
        return None
    return low, high


def _inside(low: int, high: int, fine: Fine) -> bool:
    return fine.low_fen <= low <= high <= fine.high_fen


def _counted(act: Act, fine: Fine) -> FineRange:
    """The range for so many people, or people and months."""
    if fine.per is FinePer.CASE:
        return FineRange(fine.low_fen, fine.high_fen, _span(fine))
    if act.people is None:
        return FineRange(None, None, f"{act.violation.code} 涉及的人数未填")
    how, times = f"{fine.per.label}{_span(fine)}，{act.people} 人", act.people
    if fine.per is FinePer.PERSON_MONTH:
        if act.months is None:
            return FineRange(None, None, f"{act.violation.code} 的月数未填")
        how, times = f"{how}，{act.months} 个月", times * act.months
    return FineRange(fine.low_fen * times, fine.high_fen * times, how)


def _share_of(share: Multiple, base_fen: int) -> FineRange:
    low, high = (percent_of(base_fen, part) for part in (share.low_percent, share.high_percent))
    span = f"{_times(share.low_percent)}至{_times(share.high_percent)}倍"
    return FineRange(low, high, f"{share.of} {FigureUnit.FEN.said(base_fen)}的{span}")


def percent_of(amount_fen: int, percent: int) -> int:
    """So many percent of an amount, to the fen, half up."""
    return (amount_fen * percent * 2 + 100) // 200


def _times(percent: int) -> str:
    whole, rest = divmod(percent, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def _span(fine: Fine) -> str:
    low, high = FigureUnit.FEN.said(fine.low_fen), FigureUnit.FEN.said(fine.high_fen)
    return high if fine.low_fen == fine.high_fen else f"{low}至{high}"
