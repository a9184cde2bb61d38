"""A site inspection: questions answered on screen, evidence attached, findings that follow."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspector_app.domain.findings import OpenPoint, findings, open_points
from inspector_app.domain.inspections import (
    Answer,
    CheckItem,
    Checklist,
    Evidence,
    Finding,
    Inspection,
    InspectionKind,
    ItemAnswer,
)
from inspector_app.domain.office import Inspector
from inspector_app.domain.parties import Employer, PartyRole, Project, ProjectParty
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import firsts, natural_id, new_id
from inspector_app.ledger.rows import Rows
from inspector_app.ledger.unit import UnitOfWork
from inspector_app.ledger.views import View
from inspector_app.services.desk import Desk

LARGEST_EVIDENCE = 200 * 1024 * 1024  # bytes: a phone video of some minutes


@dataclass(frozen=True, slots=True)
class InspectionForm:
    """Where one goes and who goes; a project or an employer is a must."""

    checklist_id: str
    on: date
    scope: str
    kind: InspectionKind = InspectionKind.ROUTINE
    employer_id: str | None = None
    project_id: str | None = None
    case_id: str | None = None
    inspector_ids: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One question with what was answered."""

    item: CheckItem
    answer: Answer | None
    note: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class InspectionSheet:
    """An inspection with all answers and what follows from them."""

    inspection: Inspection
    checklist: Checklist
    employer: Employer | None
    project: Project | None
    inspectors: tuple[Inspector, ...]
    lines: tuple[ItemLine, ...]
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]
    open_points: tuple[OpenPoint, ...]


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """A row of the inspection list."""

    inspection: Inspection
    title: str
    checklist: str
    answered: int
    failed: int


def start_inspection(desk: Desk, form: InspectionForm) -> Inspection:
    """Open an inspection; its answers are saved one by one as they are given."""
    checklist = desk.library.checklists.get(form.checklist_id)
    if checklist is None:
        known = "、".join(desk.library.checklists)
        message = f"没有“{form.checklist_id}”这份检查表。可用：{known}。"
        raise UserError(message, field="checklist")
    if not (form.employer_id or form.project_id):
        raise UserError("请选择被检查的项目或单位。", field="project")
    if form.on > desk.today():
        raise UserError("检查日期不能晚于今天。", field="on")
    if len(set(form.inspector_ids)) != len(form.inspector_ids):
        raise UserError("两名检查人员不能是同一人（监察条例第十六条）。", field="inspectors")
    made = Inspection(
        id=new_id(),
        scope=form.scope,
        city=desk.city,
        checklist_id=checklist.id,
        checklist_version=checklist.version,
        kind=form.kind,
        on=form.on,
        employer_id=form.employer_id,
        project_id=form.project_id,
        case_id=form.case_id,
        place=form.place,
        inspector_ids=form.inspector_ids,
    )
    with desk.work("开始现场检查") as uow:
        uow.add(made)
        uow.commit()
    return made


def change_inspection(desk: Desk, wanted: Inspection) -> Inspection:
    """Change the head of an inspection (times, place, host, opinion, inspectors)."""
    with desk.work("修改现场检查") as uow:
        _unfinished(uow, wanted.id)
        if wanted.arrived_at and wanted.left_at and wanted.left_at < wanted.arrived_at:
            raise UserError("离开时间不能早于到达时间。", field="left_at")
        uow.save(wanted)
        uow.commit()
    return wanted


def answer(
    desk: Desk, inspection_id: str, item_id: str, given: Answer, note: str = ""
) -> ItemAnswer:
    """Answer one question, or answer it anew."""
    return answer_many(desk, inspection_id, {item_id: (given, note)})[0]


def answer_many(
    desk: Desk, inspection_id: str, given: Mapping[str, tuple[Answer, str]]
) -> list[ItemAnswer]:
    """Answer several questions in one action; an unknown question changes nothing."""
    with desk.work("填写检查表") as uow:
        one = _unfinished(uow, inspection_id)
        checklist = desk.library.checklists[one.checklist_id]
        known = {item.id for item in checklist.items}
        before = _answers(uow, inspection_id)
        saved = []
        for item_id, (value, note) in given.items():
            if item_id not in known:
                message = f"《{checklist.title}》没有第 {item_id} 项。"
                raise UserError(message, field=item_id)
            old = before.get(item_id)
            if old is None:
                made = natural_id(uow, ItemAnswer, inspection_id, item_id)
                row = ItemAnswer(made, inspection_id, item_id, value, note.strip())
                uow.add(row)
            else:
                row = replace(old, answer=value, note=note.strip())
                if row != old:
                    uow.save(row)
            saved.append(row)
        uow.commit()
    return saved


def _answers(rows: Rows, inspection_id: str) -> dict[str, ItemAnswer]:
    """The answers by question."""
    return firsts(rows.find(ItemAnswer, inspection_id=inspection_id), lambda row: row.item_id)


def attach(desk: Desk, inspection_id: str, item_id: str, path: Path, note: str = "") -> Evidence:
    """Keep a file as evidence of one item: stored by its hash before the ledger speaks of it."""
    if not path.is_file():
        raise UserError(f"没有找到文件“{path.name}”。", field="evidence")
    if path.stat().st_size > LARGEST_EVIDENCE:
        raise UserError(f"“{path.name}”超过 200 MB，请截取后再添加。", field="evidence")
    if path.stat().st_size == 0:
        raise UserError(f"“{path.name}”是空文件，请重新选择。", field="evidence")
    try:
        sha256 = desk.files.put(path)
    except OSError as error:
        raise OutsideError(f"“{path.name}”没有存下来：{error.strerror}。") from error
    kept = Evidence(
        id=new_id(),
        sha256=sha256,
        name=path.name,
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        size=path.stat().st_size,
        added_on=desk.today(),
        inspection_id=inspection_id,
        item_id=item_id,
        note=note.strip(),
    )
    with desk.work("添加证据") as uow:
        _unfinished(uow, inspection_id)
        uow.add(kept)
        uow.commit()
    return kept


def detach(desk: Desk, evidence_id: str) -> None:
    """Take a wrongly attached file off an inspection that is not finished."""
    with desk.work("移除证据") as uow:
        kept = uow.get(Evidence, evidence_id)
        if kept.inspection_id:
            _unfinished(uow, kept.inspection_id)
        uow.remove(kept)
        uow.commit()


def finish(desk: Desk, inspection_id: str) -> Inspection:
    """Close an inspection once nothing is open: every failed item has its evidence."""
    sheet = inspection_sheet(desk, inspection_id)
    if sheet.open_points:
        first = sheet.open_points[0]
        more = len(sheet.open_points) - 1
        tail = f"（另有 {more} 项）" if more else ""
        raise UserError(f"{first.message}{tail}", field=first.item_id, kind="open_points")
    with desk.work("完成现场检查") as uow:
        done = replace(_unfinished(uow, inspection_id), finished=True)
        uow.save(done)
        uow.commit()
    return done


def _unfinished(uow: UnitOfWork, inspection_id: str) -> Inspection:
    one = uow.get(Inspection, inspection_id)
    if one.finished:
        raise UserError("这次检查已经完成，不能再改。", kind="state")
    return one


def inspection_sheet(desk: Desk, inspection_id: str) -> InspectionSheet:
    """One inspection with its answers in the order of the checklist."""
    with desk.ledger.read() as view:
        return read_sheet(desk, view, inspection_id)


def read_sheet(desk: Desk, view: View | UnitOfWork, inspection_id: str) -> InspectionSheet:
    """The sheet within a transaction or snapshot that already runs."""
    one = view.get(Inspection, inspection_id)
    checklist = desk.library.checklists[one.checklist_id]
    answers = _answers(view, one.id)
    evidence = tuple(view.find(Evidence, inspection_id=one.id))
    proven = frozenset(kept.item_id for kept in evidence)
    project = view.get(Project, one.project_id) if one.project_id else None
    unit = view.get(Employer, one.employer_id) if one.employer_id else None
    return InspectionSheet(
        inspection=one,
        checklist=checklist,
        employer=unit or (_general_contractor(view, project) if project else None),
        project=project,
        inspectors=tuple(
            found
            for person in one.inspector_ids
            if (found := view.peek(Inspector, person)) is not None
        ),
        lines=tuple(
            ItemLine(
                item=item,
                answer=answers[item.id].answer if item.id in answers else None,
                note=answers[item.id].note if item.id in answers else "",
                evidence=tuple(kept for kept in evidence if kept.item_id == item.id),
            )
            for item in checklist.items
        ),
        evidence=evidence,
        findings=findings(checklist, answers.values(), proven),
        open_points=open_points(checklist, answers.values(), proven),
    )


def _general_contractor(view: View | UnitOfWork, project: Project) -> Employer | None:
    """On a project the general contractor answers for the site (保障农民工工资支付条例 28、30)."""
    for role in (PartyRole.GENERAL, PartyRole.SUB, PartyRole.LABOUR, PartyRole.OWNER):
        link = view.first(ProjectParty, project_id=project.id, role=role)
        if link:
            return view.get(Employer, link.employer_id)
    return None


def inspection_list(desk: Desk, limit: int = 500) -> list[InspectionRow]:
    """Inspections, the newest first."""
    with desk.ledger.read() as view:
        visits = sorted(view.find(Inspection), key=lambda v: (v.on, v.id), reverse=True)[:limit]
        rows = []
        for visit in visits:
            sheet = read_sheet(desk, view, visit.id)
            target = sheet.project or sheet.employer
            rows.append(
                InspectionRow(
                    inspection=visit,
                    title=target.name if target else "—",
                    checklist=sheet.checklist.title,
                    answered=sum(1 for line in sheet.lines if line.answer),
                    failed=len(sheet.findings),
                )
            )
    return rows
