"""A clue at a glance, for the pane beside a list: what was reported, and where it goes next."""

from collections.abc import Callable
from datetime import date

from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.terms import date_text, weekday_text
from inspector_app.services.clues import ClueSheet
from inspector_app.ui.pages.case.words import amount_text, month_text, workers_text

STATE_TONES = {
    ClueState.OPEN: "warning",
    ClueState.FILED: "info",
    ClueState.REFUSED: "neutral",
    ClueState.FORWARDED: "neutral",
    ClueState.SETTLED: "success",
    ClueState.DUPLICATE: "neutral",
}


def clue_facts(sheet: ClueSheet, county: Callable[[str], str]) -> list[tuple[str, ...]]:
    """What was reported, name and value; free text has its numbers hidden."""
    clue = sheet.clue
    code = f"{clue.credit_code}　{sheet.code_problem}" if sheet.code_problem else clue.credit_code
    facts: list[tuple[str, ...]] = [
        ("来源", clue.source.label),
        ("接收日期", date_text(clue.received_on)),
        ("属地", county(clue.scope)),
        ("案由", clue.cause),
        ("涉及人数", workers_text(clue.workers)),
        ("涉及金额", _amount(clue)),
        ("欠薪期间", month_text(clue.period_from, clue.period_to)),
        ("工程项目", clue.project_name),
        ("单位地址", clue.employer_address),
        ("统一社会信用代码", code, "warning" if sheet.code_problem else ""),
    ]
    if clue.outside_no:
        facts.append(("平台编号", clue.outside_no))
    return facts


def _amount(clue: Clue) -> str:
    if clue.amount_fen is None:
        return f"{clue.amount_written}（未作为金额）" if clue.amount_written else "—"
    return amount_text(clue.amount_fen)


def person_facts(sheet: ClueSheet) -> list[tuple[str, ...]]:
    """Who reported; masked unless the sheet was asked for in the open."""
    person = sheet.person
    if person is None:
        return []
    return [
        ("反映人", person.name + ("（要求保密）" if person.confidential else "")),
        ("电话", person.phone),
        ("身份证号", person.id_number),
        ("地址", person.address),
    ]


def statement(sheet: ClueSheet) -> str:
    """What was said, with whoever reported and numbers of persons hidden."""
    return sheet.said


def next_words(sheet: ClueSheet, due: date | None, today: date) -> tuple[str, str, str]:
    """Title, sentence and tone of the box that says what comes next."""
    clue = sheet.clue
    if clue.state is ClueState.OPEN:
        if due is None:
            return "下一步：核查", "核查后立案，或写明理由办结。", "info"
        late = "，已超期" if due < today else ""
        body = f"应在 {weekday_text(due)} 前决定是否立案{late}；不立案的写明理由办结。"
        return "下一步：核查", body, "warning"
    day = date_text(clue.concluded_on)
    return f"{day} {clue.state.label}", clue.conclusion, STATE_TONES[clue.state]
