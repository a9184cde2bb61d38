"""Ledgers out of the program: workbooks for reporting, blank checklists for the field."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from inspector_app.domain.access import Field
from inspector_app.domain.cases import Stage
from inspector_app.domain.claims import Payer, Settlement, WageClaim
from inspector_app.domain.paper_values import loads
from inspector_app.domain.papers import Paper, PaperState, Service, Value
from inspector_app.domain.parties import Employer, PartyRole, Project, ProjectParty
from inspector_app.domain.serving import by_paper, served_on
from inspector_app.domain.term_words import month_range
from inspector_app.errors import UserError
from inspector_app.ledger.views import CaseQuery, CaseRow, View
from inspector_app.papers.checklist import blank_checklist as draw_checklist
from inspector_app.papers.context import RenderedPaper
from inspector_app.services.access import note_export
from inspector_app.services.case_facts import CaseRows, many_rows
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.clock_parts import ORDER
from inspector_app.services.clocks import Timing, case_clocks, deadline_of, timing
from inspector_app.services.desk import Desk
from inspector_app.services.home import county_name
from inspector_app.services.settings import all_settings
from inspector_app.services.templates import forms_of
from inspector_app.sheets.ledger_out import write_case_ledger, write_claims
from inspector_app.sheets.lines_out import (
    CaseLine,
    ClaimLine,
    ClaimsHead,
    ExportResult,
    LedgerHead,
)

Progress = Callable[[int, int], None]
EVERYTHING = 1_000_000


def export_cases(
    desk: Desk,
    path: Path,
    query: CaseQuery,
    *,
    masked: bool = True,
    why: str = "",
    progress: Progress | None = None,
) -> ExportResult:
    """The case ledger of a view as a workbook; what is not `masked` needs the right and a reason.

    Whoever takes personal data out in the open is on record before the file is written.
    """
    with desk.ledger.read() as view:
        rows = view.case_rows(replace(query, limit=EVERYTHING, after=None)).rows
        if not rows:
            raise UserError("当前视图没有案件，没有可导出的内容。", kind="empty")
        lines = _lines(desk, view, rows)
    if not masked:
        note_export(desk, why, (Field.NAME, Field.STATEMENT), len(lines))
    return write_case_ledger(path, lines, ledger_head(desk), masked=masked, progress=progress)


def export_claims(
    desk: Desk, path: Path, case_ref: str, *, masked: bool = True, why: str = ""
) -> ExportResult:
    """The wage list of one case as a workbook; see export_cases for what is not `masked`."""
    sheet = case_sheet(desk, case_ref, reveal=True)
    if not sheet.claims:
        raise UserError("这件案件还没有登记欠薪明细。", kind="empty")
    lines = [
        ClaimLine(
            claim_id=row.claim.id,
            name=row.worker.name,
            due_fen=row.claim.due_fen,
            paid_fen=row.claim.paid_fen,
            withheld_fen=row.claim.withheld_fen,
            settled_fen=row.settled_fen,
            id_number=row.id_number,
            phone=row.phone,
            crew=row.worker.crew,
            trade=row.worker.trade,
            period=month_range(row.claim.period_from, row.claim.period_to),
            bank=row.bank,
            bank_card=row.bank_card,
            note=row.claim.note,
        )
        for row in sheet.claims
    ]
    project = sheet.project.name if sheet.project else ""
    case = ClaimsHead(sheet.case.case_no, sheet.employer.name, project)
    head = replace(ledger_head(desk), title="欠薪人员及金额明细表")
    if not masked:
        fields = (Field.NAME, Field.ID_NUMBER, Field.PHONE, Field.BANK_CARD)
        note_export(desk, why, fields, sheet.totals.workers, case=sheet.case)
    return write_claims(path, lines, head, case, masked=masked)


def blank_checklist(desk: Desk, checklist_id: str) -> RenderedPaper:
    """A checklist without answers, to be filled in by hand."""
    checklist = desk.library.checklists.get(checklist_id)
    if checklist is None:
        known = "、".join(desk.library.checklists)
        message = f"没有“{checklist_id}”这份检查表。可用：{known}。"
        raise UserError(message, field="checklist")
    bureau = all_settings(desk)["bureau_name"]
    return draw_checklist(checklist, bureau, desk.fonts(), demo=desk.demo)


def ledger_head(desk: Desk) -> LedgerHead:
    settings = all_settings(desk)
    today = desk.today()
    forms_of(desk)  # what the bureau calls its kinds
    return LedgerHead(
        title=f"{desk.library.city.name}{today.year}年{today.month}月拖欠农民工工资案件台账",
        bureau=settings["bureau_name"],
        made_on=today,
        made_at=desk.now(),
        demo=desk.demo,
        filler=desk.actor if desk.actor_id else "",  # the name of a login is nobody who signs
        phone=settings["phone"],
        order=desk.library.title(ORDER),
    )


def _lines(desk: Desk, view: View, rows: Iterable[CaseRow]) -> list[CaseLine]:
    """Everything each line says, read with one query a table."""
    rows = list(rows)
    ids = [row.id for row in rows]
    known = {one.case.id: one for one in many_rows(view, ids)}
    units = {u.id: u for u in view.find_in(Employer, "id", {row.employer_id for row in rows})}
    projects = _projects(view, [row.project_id for row in rows if row.project_id])
    paid = _paid(view, ids)
    periods = _periods(view, ids)
    by = timing(desk)
    return [
        _line(
            desk, by, row, known[row.id], units[row.employer_id],
            projects.get(row.project_id or ""), paid[row.id], periods.get(row.id, ""),
        )
        for row in rows
    ]  # fmt: skip


def _projects(view: View, ids: list[str]) -> dict[str, tuple[Project, dict[PartyRole, str]]]:
    """Projects with the name of the first unit in each part."""
    links = view.find_in(ProjectParty, "project_id", set(ids))
    names = {u.id: u.name for u in view.find_in(Employer, "id", {p.employer_id for p in links})}
    found: dict[str, tuple[Project, dict[PartyRole, str]]] = {
        project.id: (project, {}) for project in view.find_in(Project, "id", set(ids))
    }
    for link in sorted(links, key=lambda link: link.order):
        found[link.project_id][1].setdefault(link.role, names[link.employer_id])
    return found


def _paid(view: View, ids: list[str]) -> dict[str, dict[Payer, int]]:
    """What was paid per case and source since its claims were listed; what came before is no part
    of 涉及金额 either."""
    paid: dict[str, dict[Payer, int]] = defaultdict(lambda: defaultdict(int))
    for payment in view.find_in(Settlement, "case_id", ids):
        paid[payment.case_id][payment.payer] += payment.amount_fen
    return paid


def _periods(view: View, ids: list[str]) -> dict[str, str]:
    months: dict[str, list[str]] = defaultdict(list)
    for claim in view.find_in(WageClaim, "case_id", ids):
        months[claim.case_id] += [m for m in (claim.period_from, claim.period_to) if m]
    return {
        case_id: month_range(min(found), max(found)) for case_id, found in months.items() if found
    }


def _line(
    desk: Desk,
    by: Timing,
    row: CaseRow,
    rows: CaseRows,
    unit: Employer,
    project: tuple[Project, dict[PartyRole, str]] | None,
    paid: dict[Payer, int],
    period: str,
) -> CaseLine:
    case, services = rows.case, rows.services
    clocks = {clock.rule: clock.ends for clock in case_clocks(by, rows)}
    order = _own_order(desk, rows.papers, unit)
    chain = project[1] if project else {}
    return CaseLine(
        case_id=case.id,
        case_no=case.case_no,
        county=county_name(desk, case.scope),
        employer_name=unit.name,
        source=case.source,
        # A case filed away is a closed case to whoever counts them.
        stage=Stage.CLOSED if case.stage is Stage.ARCHIVED else case.stage,
        cause=case.cause,
        project_name=project[0].name if project else "",
        credit_code=unit.credit_code,
        filed_on=case.filed_on,
        due_national=clocks.get("D05"),
        due_henan=clocks.get("D06"),
        project_kind=project[0].kind if project else None,
        investment=project[0].investment if project else None,
        owner_name=chain.get(PartyRole.OWNER, ""),
        general_name=chain.get(PartyRole.GENERAL, ""),
        sub_name=chain.get(PartyRole.SUB, "") or chain.get(PartyRole.LABOUR, ""),
        crew_name=chain.get(PartyRole.CREW, ""),
        workers=row.workers,
        amount_fen=row.amount_fen,
        amount_written=case.stated_amount,
        period=period,
        lead_name=row.lead_name,
        assist_name=row.assist_name,
        order_no=order.number if order else "",
        order_served_on=_served_on(order, services),
        order_due=deadline_of(desk, order) if order else None,
        paid_by=dict(paid),
        owing_fen=row.owing_fen,
        closed_on=case.closed_on,
        leader=case.leader,
        note=case.note,
    )


def _own_order(desk: Desk, papers: Sequence[Paper], unit: Employer) -> Paper | None:
    """The last order to the unit the case is about; other units of the site get their own."""
    orders = [p for p in papers if p.kind == ORDER and p.state is PaperState.ISSUED]
    orders.sort(key=lambda p: (p.issued_on or date.min, p.id), reverse=True)
    own = (p for p in orders if _value(desk, p, "party") == unit.name)
    return next(own, orders[0] if orders else None)


def _value(desk: Desk, paper: Paper, field: str) -> Value:
    return loads(paper.values, desk.library.kinds[paper.kind]).get(field)


def _served_on(order: Paper | None, services: Sequence[Service]) -> date | None:
    """The day its last party had it; None while one waits."""
    found = by_paper([order] if order else [], services).values()
    return next((served_on(each) for each in found), None)
