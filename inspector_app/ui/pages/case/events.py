"""经过: what happened in a case, drawn from its own facts, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.money import yuan
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.domain.terms import date_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.pages.case.step_events import step_meta, step_tone, step_words
from inspector_app.ui.pages.case.words import people_text

STEP_ICONS = {
    "file": "checkmark_circle_20",
    "close": "archive_20",
    "archive": "archive_20",
    "recheck": "clipboard_checkmark_20",
    "outside_paper": "document_add_20",
    "extend": "calendar_clock_20",
    "stop": "calendar_clock_20",
}
MOVE, FACT, OVERRIDE = "arrow_right_20", "note_20", "document_signature_20"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, a line of particulars, and who let it pass and why."""

    on: date
    title: str
    meta: str
    icon: str
    tone: str = "neutral"
    passed: str = ""


def events(sheet: CaseSheet) -> list[Event]:
    """Everything with a date, the newest first; of one day the later step first."""
    found = [*_start(sheet), *_work(sheet), *_money(sheet), *_steps(sheet), *_end(sheet)]
    return [one for _, one in sorted(enumerate(found), key=lambda p: (p[1].on, p[0]), reverse=True)]


def _start(sheet: CaseSheet) -> Iterator[Event]:
    case = sheet.case
    yield Event(case.received_on, "登记受理", case.source.label, "mail_inbox_20")
    if case.filed_on and not _taken(sheet, "file"):
        who = people_text(sheet.lead, sheet.assist)
        yield Event(case.filed_on, "立案", f"承办 {who}", "checkmark_circle_20", "info")


def _taken(sheet: CaseSheet, step: str) -> bool:
    return any(event.step == step for event in sheet.events)


def _work(sheet: CaseSheet) -> Iterator[Event]:
    for visit in sheet.inspections:
        state = "已完成" if visit.finished else "进行中"
        yield Event(visit.on, "现场检查", state, "clipboard_checkmark_20")
    papers = {paper.id: paper for paper in sheet.papers}
    for paper in sheet.papers:
        yield from _of_paper(paper, sheet.title(paper))
    for service in sheet.services:
        named = [sheet.title(papers[one]) for one in service.paper_ids if one in papers]
        parts = (service.party, service.method.label, service.receiver)
        meta = "　".join(part for part in parts if part)
        yield Event(service.served_on, f"送达{'、'.join(named)}", meta, "send_20", "info")


def _of_paper(paper: Paper, title: str) -> Iterator[Event]:
    if paper.state is PaperState.DRAFT or paper.issued_on is None:
        return
    meta = "　".join(part for part in (paper.number, paper.issued_by) if part)
    yield Event(paper.issued_on, f"制作{title}", meta, "document_text_20")
    if paper.voided_on:
        meta = f"{paper.number}　{paper.void_reason}"
        yield Event(paper.voided_on, f"作废{title}", meta, "prohibited_20", "danger")


def _money(sheet: CaseSheet) -> Iterator[Event]:
    by_day: dict[tuple[date, str], list[int]] = {}
    for one in sheet.settlements:
        by_day.setdefault((one.paid_on, one.payer.label), []).append(one.amount_fen)
    for (day, payer), sums in by_day.items():
        title = f"清偿 {yuan(sum(sums))} 元"
        yield Event(day, title, f"{payer}　{len(sums)} 笔", "money_20", "success")


def _steps(sheet: CaseSheet) -> Iterator[Event]:
    """Steps of the procedure and facts recorded, in the order they were entered."""
    for event in sheet.events:
        icon = STEP_ICONS.get(event.step, MOVE if event.to_stage else FACT)
        title, meta = step_words(sheet, event), step_meta(sheet, event)
        if not event.overridden:
            yield Event(event.on, title, meta, icon, step_tone(event))
            continue
        passed = f"负责人放行（{event.override_by}）：{event.override_why}"
        yield Event(event.on, title, meta, OVERRIDE, "violet", passed)


def _end(sheet: CaseSheet) -> Iterator[Event]:
    for todo in sheet.todos:
        if todo.done_on:
            due = f"应于 {date_text(todo.due_on)} 前完成"
            yield Event(todo.done_on, f"完成待办：{todo.title}", due, "task_list_ltr_20")
    if sheet.case.closed_on and not _taken(sheet, "close"):
        note = sheet.case.closing_note
        yield Event(sheet.case.closed_on, "结案", note, "archive_20", "success")
