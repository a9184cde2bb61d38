"""The bureau's discretion standard: steps between the lowest and highest fine of a violation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.bureau_law import DiscretionBand
from inspector_app.domain.law import Fine, Violation
from inspector_app.domain.money import yuan
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services.desk import Desk
from inspector_app.services.rules import office_rules


@dataclass(frozen=True, slots=True)
class BandForm:
    """One step as it is typed; fen. `low_fen` and `high_fen` are None where only persons pay."""

    name: str
    condition: str
    effective_from: date
    source: str
    low_fen: int | None = None
    high_fen: int | None = None
    person_low_fen: int | None = None
    person_high_fen: int | None = None


def find_violation(desk: Desk, code: str) -> Violation:
    """The violation of that code."""
    found = desk.library.violations.get(code.strip().upper())
    if found is None:
        raise UserError(f"没有编号为“{code}”的违法行为。", field="violation", kind="unknown")
    return found


def bands_of(desk: Desk, code: str) -> list[DiscretionBand]:
    """Every step ever entered for a violation: the newest standard first, low fines first."""
    wanted = find_violation(desk, code).code
    found = [one for one in office_rules(desk).bands if one.violation == wanted]
    return sorted(found, key=lambda one: (-one.effective_from.toordinal(), _low(one), one.id))


def in_force(bands: Iterable[DiscretionBand], on: date) -> list[DiscretionBand]:
    """The steps of the standard that applies on a day: those that began last, all on one day."""
    begun = [one for one in bands if one.effective_from <= on]
    newest = max((one.effective_from for one in begun), default=on)
    return sorted((one for one in begun if one.effective_from == newest), key=_low)


def _low(band: DiscretionBand) -> tuple[int, int]:
    return band.low_fen, band.person_low_fen or 0


def add_band(desk: Desk, code: str, form: BandForm) -> DiscretionBand:
    """Enter one step of a standard."""
    violation = find_violation(desk, code)
    made = _checked(desk, violation, new_id(), form)
    with desk.work("登记裁量档次", form.source.strip()) as uow:
        uow.add(made)
        uow.commit()
    return made


def change_band(desk: Desk, band_id: str, form: BandForm, why: str) -> DiscretionBand:
    """Correct one step; what it was stays in the history."""
    if not why.strip():
        raise UserError("请写明理由。", field="why")
    old = next((one for one in office_rules(desk).bands if one.id == band_id), None)
    if old is None:
        raise UserError("没有找到这一裁量档次。", field="band", kind="not_found")
    made = _checked(desk, find_violation(desk, old.violation), band_id, form)
    with desk.work("修改裁量档次", why.strip()) as uow:
        uow.save(made)
        uow.commit()
    return made


def form_of(band: DiscretionBand) -> BandForm:
    """A stored step as it was typed."""
    return BandForm(
        name=band.name,
        condition=band.condition,
        effective_from=band.effective_from,
        source=band.source,
        low_fen=band.low_fen,
        high_fen=band.high_fen,
        person_low_fen=band.person_low_fen,
        person_high_fen=band.person_high_fen,
    )


def _checked(desk: Desk, violation: Violation, band_id: str, form: BandForm) -> DiscretionBand:
    for value, words, field in (
        (form.name, "档次名称，例如：一般", "name"),
        (form.condition, "适用情形", "condition"),
        (form.source, "出处（文件名称、文号）", "source"),
    ):
        if not value.strip():
            raise UserError(f"请填写{words}。", field=field)
    low, high = _range(violation.unit_fine, form.low_fen, form.high_fen, "low_fen", "单位")
    persons = (form.person_low_fen, form.person_high_fen)
    person_low, person_high = _range(violation.person_fine, *persons, "person_low_fen", "个人")
    if low is None and person_low is None:
        raise UserError(_no_range(violation), field="low_fen")
    made = DiscretionBand(
        id=band_id,
        violation=violation.code,
        name=form.name.strip(),
        condition=form.condition.strip(),
        low_fen=low or 0,
        high_fen=high or 0,
        effective_from=form.effective_from,
        scope=desk.city,
        city=desk.city,
        person_low_fen=person_low,
        person_high_fen=person_high,
        source=form.source.strip(),
    )
    _check_beside(made, [one for one in bands_of(desk, violation.code) if one.id != band_id])
    return made


def _no_range(violation: Violation) -> str:
    if violation.unit_fine or violation.person_fine:
        return "请填写罚款的下限和上限。"
    return f"{violation.code} 没有固定的罚款幅度，不能分档。"


def _range(
    fine: Fine | None, low: int | None, high: int | None, field: str, whom: str
) -> tuple[int | None, int | None]:
    """Both ends inside what the law allows; nothing where it fines nobody of that sort."""
    if fine is None:
        if low or high:
            raise UserError(f"这一违法行为对{whom}没有罚款幅度。", field=field)
        return None, None
    if low is None and high is None:
        return None, None
    if low is None or high is None or low > high:
        raise UserError(f"{whom}罚款的下限和上限都要填，下限不能高于上限。", field=field)
    if low < fine.low_fen or high > fine.high_fen:
        span = f"{yuan(fine.low_fen)} 元至 {yuan(fine.high_fen)} 元"
        raise UserError(f"{whom}罚款应在法定幅度（{span}）以内。", field=field)
    return low, high


def _check_beside(made: DiscretionBand, others: Sequence[DiscretionBand]) -> None:
    """Within one standard each name stands once and no two steps overlap; ends may touch."""
    for one in others:
        if one.effective_from != made.effective_from:
            continue
        if one.name == made.name:
            message = f"{one.effective_from} 起的标准里已有“{one.name}”这一档，请修改原档。"
            raise UserError(message, field="name", kind="exists")
        if _overlap(one.low_fen, one.high_fen, made.low_fen, made.high_fen):
            raise UserError(f"与“{one.name}”一档的罚款幅度重叠。", field="low_fen")
        if _overlap(
            one.person_low_fen, one.person_high_fen, made.person_low_fen, made.person_high_fen
        ):
            raise UserError(f"与“{one.name}”一档的个人罚款幅度重叠。", field="person_low_fen")


def _overlap(low: int | None, high: int | None, low2: int | None, high2: int | None) -> bool:
    if low is None or high is None or low2 is None or high2 is None:
        return False
    return low < high2 and low2 < high
