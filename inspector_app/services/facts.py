"""What the ledger already knows of a case, under the names paper forms draw their defaults from."""

from datetime import date
from pathlib import Path

from inspector_app.domain.masking import mask_id_number
from inspector_app.domain.money import yuan
from inspector_app.domain.papers import InspectorRef, Paper, PaperState, Values
from inspector_app.domain.terms import date_text
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.claims import ClaimRow
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionSheet, inspection_sheet
from inspector_app.services.order_facts import order_facts
from inspector_app.services.settings import all_settings


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
    facts |= _claim_facts(sheet, settings)
    facts |= _inspection_facts(visit)
    facts |= order_facts(desk, sheet, visit, settings)
    facts |= _inspector_facts(sheet, visit)
    facts |= _paper_facts(desk, sheet)
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
    }


def _claim_facts(sheet: CaseSheet | None, settings: dict[str, str]) -> Values:
    rows = [row for row in sheet.claims if row.owing_fen > 0] if sheet else []
    owing = sum(row.owing_fen for row in rows)
    return {
        "claims.matter": _matter(sheet),
        "claims.workers": len({row.worker.id for row in rows})
        or (sheet.workers if sheet else None),
        "claims.owing_fen": owing or (sheet.amount_fen if sheet else None),
        "claims.period": _period(rows),
        "claims.table": tuple(_table_row(n, row, settings) for n, row in enumerate(rows, 1)),
    }


def _table_row(n: int, row: ClaimRow, settings: dict[str, str]) -> dict[str, str]:
    claim = row.claim
    masked = settings["table_mask_id"] == "是"
    return {
        "no": str(n),
        "name": row.worker.name,
        "id_number": mask_id_number(row.id_number) if masked else row.id_number,
        "trade": row.worker.trade or row.worker.crew,
        "period": month_range(claim.period_from, claim.period_to),
        "due": str(claim.due_fen),
        "paid": str(claim.paid_fen + claim.withheld_fen + row.settled_fen),
        "owing": str(row.owing_fen),
        "note": claim.note,
    }


def month_range(start: str, end: str) -> str:
    """ "2026年7月至9月", "2025年11月至2026年1月", "2026年7月"; empty without a start."""
    if not start:
        return ""
    year, month = int(start[:4]), int(start[5:7])
    text = f"{year}年{month}月"
    if not end or end == start:
        return text
    until = f"{int(end[5:7])}月"
    return f"{text}至{until}" if end[:4] == start[:4] else f"{text}至{int(end[:4])}年{until}"


def _period(rows: list[ClaimRow]) -> str:
    starts = [row.claim.period_from for row in rows if row.claim.period_from]
    ends = [row.claim.period_to or row.claim.period_from for row in rows if row.claim.period_from]
    return month_range(min(starts), max(ends)) if starts else ""


def _matter(sheet: CaseSheet | None) -> str:
    """What a case is about, without a word of whoever reported it (监察条例 9)."""
    if sheet is None:
        return ""
    where = f"{sheet.project.name}" if sheet.project else "你单位"
    text = f"{where}涉嫌{sheet.case.cause}"
    text += f"，涉及劳动者{sheet.workers}人" if sheet.workers else ""
    return text + (f"，金额{yuan(sheet.amount_fen)}元。" if sheet.amount_fen else "。")


def _inspection_facts(visit: InspectionSheet | None) -> Values:
    if visit is None:
        return dict.fromkeys(_INSPECTION_NAMES, "") | {"inspection.on": None}
    one = visit.inspection
    answered = [line for line in visit.lines if line.answer]
    return {
        "inspection.on": one.on,
        "inspection.kind": one.kind.label,
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
        "inspection.evidence": "、".join(dict.fromkeys(Path(e.name).stem for e in visit.evidence)),
    }


_INSPECTION_NAMES = tuple(
    f"inspection.{name}"
    for name in (
        "kind", "place", "arrived_at", "left_at", "host", "host_title", "opinion", "checklist",
        "checked", "failed", "record", "evidence",
    )
)  # fmt: skip


def record_text(visit: InspectionSheet) -> str:
    """What was seen, item by item: the failed ones in full, the rest as a count."""
    answered = [line for line in visit.lines if line.answer]
    head = f"按《{visit.checklist.title}》检查{len(answered)}项，发现问题{len(visit.findings)}项。"
    lines = [head]
    for number, found in enumerate(visit.findings, 1):
        note = f"（{found.note}）" if found.note else ""
        kept = [Path(e.name).stem for e in visit.evidence if e.item_id == found.item_id]
        proof = f"取证：{'、'.join(kept)}。" if kept else ""
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
    issued = [p for p in sheet.papers if p.state is PaperState.ISSUED] if sheet else []
    served = {pid for service in sheet.services for pid in service.paper_ids} if sheet else set()
    waiting = [paper for paper in issued if paper.number and paper.id not in served]
    orders = [p for p in issued if p.kind == "rectification_order"]
    return {
        "papers.to_serve": tuple(_paper_row(desk, paper) for paper in waiting),
        "papers.names": "、".join(
            f"《{desk.library.kinds[p.kind].title}》（{p.number}）" for p in waiting if p.number
        ),
        "papers.order_number": orders[-1].number if orders else "",
        "papers.order_date": orders[-1].issued_on if orders else None,
    }


def _paper_row(desk: Desk, paper: Paper) -> dict[str, str]:
    return {
        "title": desk.library.kinds[paper.kind].title,
        "number": paper.number,
        "issued_on": date_text(paper.issued_on) if isinstance(paper.issued_on, date) else "",
        "copies": "1",
    }
