"""`case show` and `case why`: one case, and the reason of each of its dates."""

import click

from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.money import yuan
from inspector_app.domain.papers import Paper
from inspector_app.domain.terms import weekday_text
from inspector_app.domain.void_papers import lost_paper
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.clocks import CaseClock
from inspector_app.services.papers import kind_of_paper


@click.command("show", cls=Verb)
@click.argument("case")
@pass_session
def show(session: Session, case: str) -> None:
    """一件案件的全貌。"""
    desk = session.desk()
    sheet = case_sheet(desk, case)
    seq, head = desk.ledger.head()
    document: dict[str, Json] = {
        "id": sheet.case.id,
        "case_no": sheet.case.case_no,
        "stage": sheet.case.stage.value,
        "scope": sheet.case.scope,
        "employer": sheet.employer.name,
        "credit_code": sheet.employer.credit_code,
        "project": sheet.project.name if sheet.project else "",
        "source": sheet.case.source.value,
        "cause": sheet.case.cause,
        "note": sheet.case.note,
        "received_on": plain(sheet.case.received_on),
        "filed_on": plain(sheet.case.filed_on),
        "closed_on": plain(sheet.case.closed_on),
        "stated": {
            "workers": sheet.case.stated_workers,
            "amount_fen": sheet.case.stated_fen,
            "written": sheet.case.stated_amount,
        },
        "claims": {
            "due_fen": sheet.totals.due_fen,
            "paid_fen": sheet.totals.paid_fen,
            "claimed_fen": sheet.totals.claimed_fen,
            "settled_fen": sheet.totals.settled_fen,
            "owing_fen": sheet.totals.owing_fen,
            "workers": sheet.totals.workers,
        },
        "clocks": [clock_row(clock) for clock in sheet.clocks],
        "papers": [_paper(paper) for paper in sheet.papers],
        "substates": list(sheet.beside),
        "events": [plain(event) for event in sheet.events],
        "looks": [],
        "trail_head": [seq, head],
    }
    titles = {paper.id: kind_of_paper(desk, paper).title for paper in sheet.papers}
    session.answer(document, *_lines(sheet, titles))


@click.command("why", cls=Verb)
@click.argument("case")
@pass_session
def why(session: Session, case: str) -> None:
    """每个期限为什么是这一天。"""
    sheet = case_sheet(session.desk(), case)
    clocks = sheet.clocks + sheet.past_clocks
    rows: list[Json] = [
        {
            "rule": clock.rule,
            "start_event": clock.start_event,
            "start": plain(clock.start),
            "due": plain(clock.due),
            "extended_due": plain(clock.extended_due),
            "stops": [[plain(first), plain(last)] for first, last in clock.stops],
            "skipped": plain(clock.skipped),
            "article": clock.article,
            "why": clock.why,
            "name": clock.name,
            "party": clock.party,
            "state": clock.state.value,
            "done_on": plain(clock.done_on),
            "whose": clock.whose.value,
            "leading": clock.leading,
            "provisional": clock.provisional,
        }
        for clock in clocks
    ]
    lines = [
        f"{clock.rule} {clock.title}（{clock.state.label}）\n  {clock.why}" for clock in clocks
    ]
    session.answer({"clocks": rows}, *(lines or ["这件案件没有正在计算的期限。"]))


def clock_row(clock: CaseClock) -> Json:
    """A clock in short, the same in every verb."""
    return {
        "rule": clock.rule,
        "start": plain(clock.start),
        "due": plain(clock.due),
        "level": clock.level.value,
        "name": clock.name,
        "party": clock.party,
        "whose": clock.whose.value,
        "leading": clock.leading,
    }


def _paper(paper: Paper) -> Json:
    return {
        "id": paper.id,
        "number": paper.number,
        "kind": paper.kind,
        "state": paper.state.value,
        "sha256": paper.sha256,
        "issued_on": plain(paper.issued_on),
    }


def owing_words(sheet: CaseSheet) -> str:
    """How many are owed what by the list; without one nothing is known to be paid off."""
    if sheet.claims:
        return f"{sheet.totals.workers} 人，尚欠 {yuan(sheet.totals.owing_fen)} 元"
    reported = sheet.case.stated_workers
    return "明细未登记" + (f"，反映 {reported} 人" if reported else "")


def _lines(sheet: CaseSheet, titles: dict[str, str]) -> list[str]:
    totals, amount = sheet.totals, sheet.amount_fen
    involved = f"{yuan(amount)} 元" if amount is not None else sheet.case.stated_amount or "—"
    lines = [
        f"{sheet.case.case_no}  {sheet.case.stage.label}",
        f"用人单位：{sheet.employer.name}",
        f"工程项目：{sheet.project.name if sheet.project else '—'}",
        f"案由：{sheet.case.cause}",
        f"涉及金额：{involved}，已支付 {yuan(totals.settled_fen)} 元",
        f"劳动者：{owing_words(sheet)}",
    ]
    if lost := lost_paper(sheet.case.stage, sheet.events, sheet.papers):
        name = sheet.situation.procedure.papers[lost]
        lines.append(f"{name}已作废，本案现在没有有效的{name}，要重新制作")
    lines += [
        f"{clock.title}：{weekday_text(clock.due) if clock.due else '—'}（{clock.level.label}）"
        for clock in sheet.clocks
    ]
    return lines + [
        f"{titles[paper.id]}：{paper.number or '—'}（{paper.state.label}）"
        for paper in sheet.papers
    ]
