"""What the ledger already knows of a case, under the names paper forms draw their defaults from."""

from datetime import date

from inspector_app.domain.inspections import InspectionKind
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_joint import all_parties
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import InspectorRef, Paper, PaperState, Values
from inspector_app.domain.terms import date_text
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.claim_facts import claim_facts
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet, inspection_sheet
from inspector_app.services.order_facts import evidence_kinds, order_facts
from inspector_app.services.record_facts import record_facts
from inspector_app.services.settings import all_settings
from inspector_app.services.templates import forms_of


def case_facts(desk: Desk, case_id: str | None, inspection_id: str | None = None) -> Values:
    """All facts a paper of this case (or of this inspection) may start from."""
    settings = all_settings(desk)
    sheet = case_sheet(desk, case_id, reveal=True) if case_id else None
    visit = inspection_sheet(desk, inspection_id) if inspection_id else None
    facts: Values = {"today": desk.today(), "": ""}
    facts |= {f"setting.{key}": value for key, value in settings.items()}
    facts |= {f"bureau.{key}": settings[key] for key in settings if not key.startswith("order_")}
    facts["bureau.name"] = settings["bureau_name"]
    facts |= _party_facts(sheet, visit)
    facts |= claim_facts(sheet, settings) | _matters(sheet)
    facts |= _inspection_facts(visit)
    facts |= order_facts(desk, sheet, visit, settings)
    facts |= _inspector_facts(sheet, visit)
    facts |= _paper_facts(desk, sheet)
    facts |= record_facts(desk.library, sheet)
    return facts


def _party_facts(sheet: CaseSheet | None, visit: InspectionSheet | None) -> Values:
    unit = sheet.employer if sheet else visit.employer if visit else None
    project = sheet.project if sheet else visit.project if visit else None
    case = sheet.case if sheet else None
    return {
        "employer.name": unit.name if unit else "",
        "employer.credit_code": unit.credit_code if unit else "",
        "employer.legal_person": unit.legal_person if unit else "",
        "employer.address": unit.address if unit else "",
        "employer.phone": unit.phone if unit else "",
        "project.name": project.name if project else "",
        "project.address": project.address if project else "",
        "case.case_no": case.case_no if case else "",
        "case.cause": case.cause if case else "",
        "case.facts": case.facts if case else "",
        "case.source": case.source.label if case else "",
        "case.filed_on": case.filed_on if case else None,
        "case.received_on": case.received_on if case else None,
        "case.stated_workers": case.stated_workers if case else None,
        "case.stated_fen": case.stated_fen if case else None,
        "case.closed_on": case.closed_on if case else None,
        "case.closing_note": case.closing_note if case else "",
        "case.leader": case.leader if case else "",
        "employer.industry": unit.industry if unit else "",
    }


def _matters(sheet: CaseSheet | None) -> Values:
    """What a case is about, for the unit itself and for whoever else reads of it."""
    return {
        "claims.matter": _matter(sheet, "你单位"),
        "claims.matter_named": _matter(sheet, sheet.employer.name if sheet else ""),
    }


def _matter(sheet: CaseSheet | None, unit: str) -> str:
    """Without a word of whoever reported it (监察条例 9)."""
    if sheet is None:
        return ""
    where = sheet.project.name if sheet.project else unit
    text = f"{where}涉嫌{sheet.case.cause}"
    text += f"，涉及劳动者{sheet.workers}人" if sheet.workers else ""
    return text + (f"，金额{yuan(sheet.owing_fen)}元。" if sheet.owing_fen else "。")


def _inspection_facts(visit: InspectionSheet | None) -> Values:
    if visit is None:
        return dict.fromkeys(_INSPECTION_NAMES, "") | {"inspection.on": None}
    one = visit.inspection
    answered = [line for line in visit.lines if line.answer]
    return {
        "inspection.on": one.on,
        "inspection.kind": _open_kind(one.kind).label,
        "inspection.place": one.place,
        "inspection.arrived_at": one.arrived_at,
        "inspection.left_at": one.left_at,
        "inspection.host": one.host,
        "inspection.host_title": one.host_title,
        "inspection.opinion": one.opinion,
        "inspection.checklist": visit.checklist.title,
        "inspection.checked": str(len(answered)),
        "inspection.failed": str(len(visit.findings)),
        "inspection.record": record_text(visit),
        "inspection.evidence": evidence_kinds(visit.evidence),
    }


_INSPECTION_NAMES = tuple(
    f"inspection.{name}"
    for name in (
        "kind", "place", "arrived_at", "left_at", "host", "host_title", "opinion", "checklist",
        "checked", "failed", "record", "evidence",
    )
)  # fmt: skip


def _open_kind(kind: InspectionKind) -> InspectionKind:
    """What a party may read: that somebody reported it is not said (监察条例 9: 保密)."""
    return InspectionKind.SPECIAL if kind is InspectionKind.REPORT else kind


def record_text(visit: InspectionSheet) -> str:
    """What was seen, item by item: the failed ones in full, the rest as a count."""
    answered = [line for line in visit.lines if line.answer]
    head = f"按《{visit.checklist.title}》检查{len(answered)}项，发现问题{len(visit.findings)}项。"
    lines = [head]
    for number, found in enumerate(visit.findings, 1):
        note = f"（{found.note}）" if found.note else ""
        kept = evidence_kinds(e for e in visit.evidence if e.item_id == found.item_id)
        proof = f"取证：{kept}。" if kept else ""
        lines.append(f"{number}．{found.fact.rstrip('。')}{note}。{proof}")
    return "\n".join(lines)


def _inspector_facts(sheet: CaseSheet | None, visit: InspectionSheet | None) -> Values:
    people = list(visit.inspectors) if visit else []
    if not people and sheet:
        people = [one for one in (sheet.lead, sheet.assist) if one]
    refs = [InspectorRef(one.name, one.certificate) for one in people[:2]]
    padded = [*refs, None, None]
    return {"inspectors.0": padded[0], "inspectors.1": padded[1]}


def _paper_facts(desk: Desk, sheet: CaseSheet | None) -> Values:
    """Issued papers that the unit the case is about still waits for, joint ones among them."""
    issued = [p for p in sheet.papers if p.state is PaperState.ISSUED] if sheet else []
    own = [p for p in issued if p.number and sheet and party_of(desk, p) == sheet.employer.name]
    ours = {"", sheet.employer.name} if sheet else set()
    waiting = [paper for paper in own if sheet and ours.intersection(sheet.waiting(paper.id))]
    rows = (_paper_row(paper, sheet.title(paper)) for paper in waiting if sheet)
    return {"papers.to_serve": tuple(rows)}


def party_of(desk: Desk, paper: Paper) -> str:
    """Whom a paper is addressed to."""
    return str(loads(paper.values, desk.library.kinds[paper.kind]).get("party") or "")


def parties_of(desk: Desk, paper: Paper) -> tuple[str, ...]:
    """Everybody a paper is addressed to; each of them is served by itself."""
    return all_parties(loads(paper.values, forms_of(desk).of_paper(paper)))


def _paper_row(paper: Paper, title: str) -> dict[str, str]:
    return {
        "title": title,
        "number": paper.number,
        "issued_on": date_text(paper.issued_on) if isinstance(paper.issued_on, date) else "",
        "copies": "1",
    }
