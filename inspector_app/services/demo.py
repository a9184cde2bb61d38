"""An inspector's day on invented data, through the very services the window uses."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Payer
from inspector_app.domain.clues import ClueState
from inspector_app.domain.inspections import Answer, Inspection, InspectionKind
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Paper, ServiceMethod, Value
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.ledger.views import CaseQuery, ClueQuery
from inspector_app.services import inspections, papers, parties, settings
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.claims import settle_all
from inspector_app.services.clue_filing import file_clue, same_unit
from inspector_app.services.clues import clue_list, conclude_clue
from inspector_app.services.desk import Desk
from inspector_app.services.exports import blank_checklist, export_cases, export_claims
from inspector_app.services.inspection_papers import order_from, record_from
from inspector_app.services.intake import preview_import, run_import
from inspector_app.services.issuing import issue, pdf
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.steps import StepForm, take_step
from inspector_app.services.todos import add_todo, finish_todo

Painter = Callable[[Desk, str, Path], None]

PAGES = ("home", "ledger", "clues", "inspection", "paper", "parties", "settings")
TODAY = date(2026, 9, 28)  # a Monday: the order's five working days run over a make-up Saturday
MARK = "演示"
_WHY = "演示内部完整版"
LEADER = "周岚"  # approves in the demonstration


@dataclass
class Day:
    """What the day has made so far."""

    desk: Desk
    out: Path
    source: Path
    papers: list[dict[str, object]]
    workbooks: list[dict[str, object]]
    screenshots: list[str]

    def at(self, day: date) -> Desk:
        """The same desk on another day."""
        return replace(self.desk, today=lambda: day, now=lambda: datetime.combine(day, time(9, 41)))


def run_day(desk: Desk, out: Path, source: Path, paint: Painter | None = None) -> dict[str, object]:
    """Run the whole day; papers, workbooks, pictures and summary.json lie flat in `out`.

    `source` is the folder with clues.csv and answers.json (resources/demo, or an edited copy).
    """
    out.mkdir(parents=True, exist_ok=True)
    day = Day(desk, out, source, [], [], [])
    people = _inspectors(desk)
    _import_clues(day)
    case = _file_case(day, people)
    visit = _inspect(day, case, people)
    _papers(day, case, visit)
    _rest_of_the_register(day, people)
    _exports(day, case)
    if paint is not None:
        for page in PAGES:
            picture = out / f"screen_{page}.png"
            paint(day.at(date(2026, 10, 9)), page, picture)
            day.screenshots.append(picture.name)
    return _summary(day, case)


def _inspectors(desk: Desk) -> list[Inspector]:
    """Two certified inspectors of the demonstration bureau, and the leader who approves."""
    city = desk.city
    for name, certificate in (("李明", "YS-0001"), ("赵强", "YS-0002")):
        person = Inspector("", name, city, city, f"{MARK}{certificate}", "监察一科")
        settings.save_inspector(desk, person)
    leader = Inspector("", LEADER, city, city, department="局领导", title="分管负责人", leader=True)
    settings.save_inspector(desk, leader)
    settings.save(desk, {"phone": "0375-0000000", "contact": "李明", "postcode": "467000"})
    settings.save(desk, {"address": f"平顶山市新城区某路1号（{MARK}）"})
    certified = [one for one in settings.inspectors(desk) if one.certificate]
    return sorted(certified, key=lambda one: one.certificate)


def _import_clues(day: Day) -> None:
    desk = day.at(date(2026, 9, 24))
    preview = preview_import(desk, day.source / "clues.csv", "clues")
    outcome = run_import(desk, preview, rejected_dir=day.out)
    if outcome.rejected_file:
        day.workbooks.append({"file": outcome.rejected_file.name, "rows": outcome.rejected})


def _file_case(day: Day, people: list[Inspector]) -> Case:
    """The unit most people reported, filed as one case; its project gets its party chain."""
    desk = day.at(date(2026, 9, 24))
    rows = clue_list(desk, ClueQuery(text="青禾建筑")).rows
    first = min(rows, key=lambda row: row.clue_no)
    together = [clue.id for clue in same_unit(desk, first.id)]
    case = file_clue(
        desk, first.id, date(2026, 9, 24), lead_id=people[0].id, assist_id=people[1].id,
        together=together,
    )  # fmt: skip
    sheet = case_sheet(desk, case.id)
    general = parties.save_employer(
        desk,
        Employer(
            "", f"远峰建设集团有限公司（{MARK}）", desk.city, desk.city, "91410499MADEM0005E",
            legal_person="周演示", address=f"平顶山市湛河区某街8号（{MARK}）", industry="建筑业",
        ),
    )  # fmt: skip
    if sheet.project:
        chain = [
            ProjectParty("", "", general.id, PartyRole.GENERAL),
            ProjectParty("", "", sheet.employer.id, PartyRole.LABOUR),
        ]
        project = replace(sheet.project, address=f"湛河区某路与某街交叉口（{MARK}）")
        parties.save_project(desk, project, chain)
    unit = replace(
        sheet.employer, legal_person="钱演示", address=f"平顶山市湛河区某路66号（{MARK}）"
    )
    parties.save_employer(desk, unit)
    return case


def _inspect(day: Day, case: Case, people: list[Inspector]) -> Inspection:
    """The visit to the site: answers, evidence for every failed item, then finished."""
    desk = day.at(TODAY)
    wanted = json.loads((day.source / "answers.json").read_text(encoding="utf-8"))
    form = inspections.InspectionForm(
        checklist_id=wanted["checklist"], on=TODAY, scope=case.scope, kind=InspectionKind.REPORT,
        employer_id=case.employer_id, project_id=case.project_id, case_id=case.id,
        inspector_ids=tuple(person.id for person in people[:2]),
    )  # fmt: skip
    visit = inspections.start_inspection(desk, form)
    visit = inspections.change_inspection(
        desk,
        replace(
            visit, place=f"城东安置房三标段施工现场（{MARK}）", arrived_at="09:00", left_at="10:40",
            host="吴演示", host_title="项目经理", opinion="以上情况属实",
        ),
    )  # fmt: skip
    given = {
        item: (Answer(row["answer"]), row.get("note", ""))
        for item, row in wanted["answers"].items()
    }
    inspections.answer_many(desk, visit.id, given)
    for item, row in wanted["answers"].items():
        for name in row.get("evidence", ()):
            kept = day.out / f"{name}.txt"
            kept.write_text(f"演示数据：{name}（第{item}项）。{row.get('note', '')}\n", "utf-8")
            inspections.attach(desk, visit.id, item, kept)
    return inspections.finish(desk, visit.id)


def _papers(day: Day, case: Case, visit: Inspection) -> None:
    """Inspection record, inquiry, order, interview notice and their proof of service."""
    desk = day.at(TODAY)
    _issue(day, desk, record_from(desk, visit.id))
    asked = desk.library.kinds["inquiry_notice"].field("materials").options[:8]
    questions: dict[str, Value] = {
        "appear_date": date(2026, 9, 30),
        "appear_time": "09:00",
        "materials": asked,
    }
    inquiry = papers.start_draft(desk, case.id, "inquiry_notice", extra=questions)
    inquiry = _issue(day, desk, inquiry)
    order = _issue(day, desk, order_from(desk, visit.id))
    general = case_sheet(desk, case.id).parties[0].employer
    second = _issue(day, desk, order_from(desk, visit.id, general.id))
    meeting: dict[str, Value] = {
        "attendee": "法定代表人钱演示、项目负责人吴演示",
        "interview_date": date(2026, 9, 30),
        "interview_time": "10:30",
        "explain_by": date(2026, 9, 29),
    }
    notice = papers.start_draft(desk, case.id, "interview_notice", extra=meeting)
    interview = _issue(day, desk, notice)
    _issue(day, desk, papers.start_draft(desk, case.id, "proof_of_service"))
    for papers_of_one in ((inquiry.id, order.id, interview.id), (second.id,)):
        form = ServiceForm(
            papers_of_one, ServiceMethod.DIRECT, TODAY, receiver="吴演示", relation="项目经理"
        )
        record_service(desk, case.id, form)
    take_step(desk, case.id, StepForm(step="order", on=TODAY))
    answered = next(todo for todo in case_sheet(desk, case.id).todos if todo.paper_id == inquiry.id)
    finish_todo(day.at(date(2026, 9, 30)), answered.id, date(2026, 9, 30))
    add_todo(desk, case.id, "回访劳动者，核对到账情况", date(2026, 10, 12))


def _issue(day: Day, desk: Desk, draft: Paper) -> Paper:
    paper = issue(desk, draft.id)
    kind = desk.library.kinds[paper.kind]
    name = f"{len(day.papers) + 1:02d}_{kind.title}.pdf"
    (day.out / name).write_bytes(pdf(desk, paper.id))
    day.papers.append(
        {
            "kind": paper.kind,
            "number": paper.number,
            "file": name,
            "sha256": paper.sha256,
            "pages": paper.pages,
        }
    )
    return paper


# Part of a unit's name, the day it was filed (None: the clue waits), whether its money was paid.
_OTHERS: tuple[tuple[str, date | None, bool], ...] = (
    ("远洲市政", date(2026, 8, 17), True),
    ("瑞丰机械", date(2026, 8, 24), False),
    ("华垣建筑", date(2026, 9, 1), False),
    ("兴禾路桥", date(2026, 9, 8), False),
    ("同晖电子", date(2026, 9, 11), False),
    ("东序建筑", date(2026, 9, 11), False),
    ("广衡劳务", date(2026, 9, 21), False),
    ("鼎铭钢构", date(2026, 9, 22), False),
    ("恒岳市政", TODAY, True),
    ("嘉木食品", None, False),
    ("锦程装饰", None, False),
)


def _rest_of_the_register(day: Day, people: list[Inspector]) -> None:
    """Other clues are filed, paid, closed or still wait, so that the lists show every state."""
    desk = day.at(date(2026, 10, 9))
    for turn, (name, filed_on, paid) in enumerate(_OTHERS):
        row = clue_list(desk, ClueQuery(text=name)).rows[0]
        if filed_on is None:
            continue
        lead, assist = people[turn % 2], people[(turn + 1) % 2]
        case = file_clue(desk, row.id, filed_on, lead_id=lead.id, assist_id=assist.id)
        if paid:
            settle_all(desk, case.id, date(2026, 10, 8), Payer.EMPLOYER, "银行回单（演示）")
    paid_first = clue_list(desk, ClueQuery(text="远洲市政")).rows[0].case_id or ""
    _close_paid(desk, paid_first, date(2026, 10, 8))
    away = clue_list(desk, ClueQuery(text="安泽物业")).rows[0]
    conclude_clue(
        desk, away.id, ClueState.SETTLED, TODAY, "经协调，工资已当场付清", "已电话告知反映人"
    )


def _close_paid(desk: Desk, case_id: str, on: date) -> None:
    """Paid in full before any order: the filing is withdrawn, then the case closed."""
    note = "情节轻微且已改正，工资已全部付清"
    withdraw = StepForm(step="withdraw", on=on, approver=LEADER, note=note)
    take_step(desk, case_id, withdraw)
    take_step(desk, case_id, StepForm(step="close", on=on, approver=LEADER, note=note))


def _exports(day: Day, case: Case) -> None:
    desk = day.at(date(2026, 10, 9))
    for name, masked in (("案件台账_内部完整版.xlsx", False), ("案件台账_报送脱敏版.xlsx", True)):
        made = export_cases(desk, day.out / name, CaseQuery(), masked=masked, why=_WHY)
        day.workbooks.append({"file": name, "rows": made.rows})
    name = "欠薪人员及金额明细表.xlsx"
    made = export_claims(desk, day.out / name, case.id, masked=False, why=_WHY)
    day.workbooks.append({"file": name, "rows": made.rows})
    for checklist in desk.library.checklists.values():
        page = blank_checklist(desk, checklist.id)
        (day.out / f"空白检查表_{checklist.title}.pdf").write_bytes(page.pdf)


def _summary(day: Day, case: Case) -> dict[str, object]:
    sheet: CaseSheet = case_sheet(day.desk, case.id)
    with day.desk.ledger.read() as view:
        ledger = view.case_rows(CaseQuery(limit=1))
    order = next(p for p in day.papers if p["kind"] == "rectification_order")
    summary: dict[str, object] = {
        "papers": day.papers,
        "workbooks": day.workbooks,
        "screenshots": day.screenshots,
        "figures": {
            "owing_fen": ledger.sums.owing_fen,
            "workers": ledger.sums.workers,
            "cases": ledger.total,
        },
        "order": {
            "file": order["file"],
            "case_no": case.case_no,
            "owing_fen": sheet.totals.owing_fen,
            "workers": sheet.totals.workers,
        },
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (day.out / "summary.json").write_text(text + "\n", encoding="utf-8")
    return summary
