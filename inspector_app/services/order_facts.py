"""From findings to the words of an order: for the unit that answers for them, with the wages."""

from collections.abc import Collection

from inspector_app.domain.findings import order_text
from inspector_app.domain.inspections import Answer, Finding
from inspector_app.domain.law import Liable, grouped
from inspector_app.domain.papers import Values
from inspector_app.domain.parties import PartyRole
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet
from inspector_app.services.parties import PartyLine
from inspector_app.services.periods import rectification_deadline

ARREARS = "GZ-22"  # 拖欠农民工工资, a code of resources/law/violations

_LIABLE = {
    PartyRole.OWNER: Liable.OWNER,
    PartyRole.GENERAL: Liable.GENERAL,
    PartyRole.SUB: Liable.SUB,
    PartyRole.LABOUR: Liable.SUB,
}
_EVERYONE = {Liable.EMPLOYER, Liable.ANYONE}


def order_facts(
    desk: Desk, sheet: CaseSheet | None, visit: InspectionSheet | None, settings: dict[str, str]
) -> Values:
    """Findings as the text of an order; unpaid wages that are listed are a finding too."""
    found: tuple[Finding, ...] = ()
    if visit:
        found = for_the_order(
            desk, visit, roles_of(sheet.parties, sheet.employer.id) if sheet else ()
        )
    wages = _wage_finding(desk, sheet, settings)
    if wages and not any(ARREARS in one.violations for one in found):
        found = (wages, *found)
    return order_words(found) | {
        "order.deadline": rectification_deadline(desk, desk.today(), settings)
    }


def order_words(found: tuple[Finding, ...]) -> Values:
    """Facts, articles and demands of an order made of these findings."""
    text = order_text(found)
    return {
        "order.facts": text.facts,
        "order.demands": text.demands,
        "order.articles": grouped([article for one in found for article in one.articles]),
    }


def roles_of(parties: Collection[PartyLine], employer_id: str) -> tuple[PartyRole, ...]:
    """The parts a unit plays on the project of a case."""
    return tuple(line.party.role for line in parties if line.employer.id == employer_id)


def for_the_order(
    desk: Desk, visit: InspectionSheet, roles: Collection[PartyRole], *, employs: bool = True
) -> tuple[Finding, ...]:
    """Findings that demand something of a unit with these parts; all when its part is unknown.

    A finding is held against a unit only when its violation can be (law.md 2, 责任主体): what an
    employer owes its workers, only against the unit that `employs` them.
    """
    parts = {_LIABLE[role] for role in roles if role in _LIABLE}
    mine = parts | (_EVERYONE if employs else {Liable.ANYONE})
    known = desk.library.violations
    return tuple(
        one
        for one in visit.findings
        if one.demand
        and (
            not parts
            or not one.violations
            or any(mine & set(known[code].liable) for code in one.violations)
        )
    )


def _wage_finding(desk: Desk, sheet: CaseSheet | None, settings: dict[str, str]) -> Finding | None:
    """Arrears as a finding, when the case has an amount that is owing."""
    violation = desk.library.violations.get(ARREARS)
    if sheet is None or violation is None or not sheet.amount_fen:
        return None
    where = f"在{sheet.project.name}施工中" if sheet.project else ""
    return Finding(
        item_id=ARREARS,
        answer=Answer.NO,
        fact=f"你单位{where}招用劳动者，未按照约定的支付周期足额支付工资。",
        demand=settings["order_pay_demand"],
        articles=violation.breaches,
        violations=(ARREARS,),
    )
