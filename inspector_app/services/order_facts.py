"""From findings to the words of an order: for the unit that answers for them, with the wages."""

from collections.abc import Collection, Iterable

from inspector_app.domain.findings import order_text
from inspector_app.domain.inspections import Answer, Evidence, Finding
from inspector_app.domain.law import Liable, grouped
from inspector_app.domain.papers import Values
from inspector_app.domain.parties import PartyRole
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.claim_facts import employs, owing_rows
from inspector_app.services.consequences import overdue_text
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet
from inspector_app.services.parties import PartyLine
from inspector_app.services.periods import rectification_deadline

# Codes of resources/law/violations: arrears of migrant workers, and of everybody else.
MIGRANT_ARREARS, OTHER_ARREARS = "GZ-22", "WG-01"

_LIABLE = {
    PartyRole.OWNER: Liable.OWNER,
    PartyRole.GENERAL: Liable.GENERAL,
    PartyRole.SUB: Liable.SUB,
    PartyRole.LABOUR: Liable.SUB,
}
_ADDRESSED, _SPOKEN_OF = "你单位", "该单位"
_KINDS = {"image": "现场照片", "video": "现场录像", "audio": "录音"}


def order_facts(
    desk: Desk, sheet: CaseSheet | None, visit: InspectionSheet | None, settings: dict[str, str]
) -> Values:
    """Findings as the text of an order; unpaid wages that are listed are a finding too."""
    found: tuple[Finding, ...] = ()
    if visit:
        roles = roles_of(sheet.parties, sheet.employer.id) if sheet else ()
        found = for_the_order(desk, visit, roles, employer=sheet is None or employs(sheet))
    wages = _wage_finding(desk, sheet, settings)
    if wages and not any(set(wages.violations) & set(one.violations) for one in found):
        found = (wages, *found)
    deadline = rectification_deadline(desk, desk.today(), settings)
    words = order_words(desk, found, visit, wages=wages is not None)
    unit = sheet.employer if sheet else visit.employer if visit else None
    named = named_unit(str(words["order.facts"]), unit.name if unit else "")
    return words | {"order.deadline": deadline, "order.facts_named": named}


def named_unit(text: str, unit: str) -> str:
    """The same text for a reader who is not the unit: its name first, 该单位 from then on."""
    return text.replace(_ADDRESSED, unit or _SPOKEN_OF, 1).replace(_ADDRESSED, _SPOKEN_OF)


def order_words(
    desk: Desk, found: tuple[Finding, ...], visit: InspectionSheet | None, *, wages: bool
) -> Values:
    """Facts, evidence, articles, demands and consequences of an order made of these findings."""
    text = order_text(found)
    kept = {one.item_id for one in found}
    seen = evidence_kinds(e for e in visit.evidence if e.item_id in kept) if visit else ""
    return {
        "order.facts": text.facts,
        "order.evidence": "、".join(
            part for part in ("现场检查笔录" if visit else "", seen) if part
        ),
        "order.demands": text.demands,
        "order.articles": grouped([article for one in found for article in one.articles]),
        "order.overdue": overdue_text(desk.library, text.violations, wages=wages),
    }


def evidence_kinds(evidence: Iterable[Evidence]) -> str:
    """What sort of evidence there is; never a file's name, which may name a witness."""
    kinds = (_KINDS.get(one.media_type.split("/")[0], "调取的书面资料") for one in evidence)
    return "、".join(dict.fromkeys(kinds))


def roles_of(parties: Collection[PartyLine], employer_id: str) -> tuple[PartyRole, ...]:
    """The parts a unit plays on the project of a case."""
    return tuple(line.party.role for line in parties if line.employer.id == employer_id)


def for_the_order(
    desk: Desk, visit: InspectionSheet, roles: Collection[PartyRole], *, employer: bool
) -> tuple[Finding, ...]:
    """Findings that demand something of a unit with these parts; all when its part is unknown.

    A finding is held against a unit only when it can be (law.md 2, 责任主体): what an employer
    owes its workers, only against the unit that employs them.
    """
    parts = {_LIABLE[role] for role in roles if role in _LIABLE}
    mine = parts | {Liable.ANYONE} | ({Liable.EMPLOYER, Liable.HOST} if employer else set())
    return tuple(
        one for one in visit.findings if one.demand and (not parts or mine & _liable(desk, one))
    )


def _liable(desk: Desk, finding: Finding) -> set[Liable]:
    """Whom a finding addresses: as its item says, else as its violations do."""
    if finding.liable:
        return {Liable(code) for code in finding.liable}
    known = desk.library.violations
    return {who for code in finding.violations for who in known[code].liable}


def _wage_finding(desk: Desk, sheet: CaseSheet | None, settings: dict[str, str]) -> Finding | None:
    """Arrears as a finding, when workers are listed to whom money is owing."""
    if sheet is None or not owing_rows(sheet):
        return None
    migrant = sheet.project is not None or "农民工" in sheet.case.cause
    code = MIGRANT_ARREARS if migrant else OTHER_ARREARS
    where = f"在{sheet.project.name}施工中" if sheet.project else ""
    return Finding(
        item_id=code,
        answer=Answer.NO,
        fact=f"{_ADDRESSED}{where}招用劳动者，未按照约定的支付周期足额支付工资。",
        demand=settings["order_pay_demand"],
        articles=desk.library.violations[code].breaches,
        violations=(code,),
    )
