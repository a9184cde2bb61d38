"""The paper register as columns, and its filters."""

from datetime import date

from inspector_app.domain.papers import PaperState
from inspector_app.domain.terms import date_text
from inspector_app.services.papers import PaperRow
from inspector_app.ui.tables.columns import Column, Kind

_TONES = {PaperState.DRAFT: "violet", PaperState.ISSUED: "success", PaperState.VOID: "neutral"}
STATES = (
    ("draft", "草稿"),
    ("unserved", "待送达"),
    ("served", "已送达"),
    ("void", "已作废"),
)


def state_key(row: PaperRow) -> str:
    """Which of STATES a paper is in; a record and what is internal need no service."""
    if row.state is not PaperState.ISSUED:
        return str(row.state.value)
    return "unserved" if row.number and not row.internal and row.served_on is None else "served"


def state_words(row: PaperRow) -> str:
    """The state as one word."""
    if row.state is PaperState.ISSUED:
        if not row.number or row.internal:
            return "已制发"
        return "已送达" if row.served_on else "待送达"
    return row.state.label


def _tone(row: PaperRow) -> str:
    return "info" if state_key(row) == "unserved" else _TONES[row.state]


def _day(day: date | None) -> str:
    return date_text(day) if day else "—"


def _number(row: PaperRow) -> str:
    if row.number:
        return row.number
    return "未编号" if row.state is PaperState.DRAFT else "不编号"


COLUMNS: tuple[Column[PaperRow], ...] = (
    Column("状态", state_words, 84, Kind.PILL, tone=_tone),
    Column("字号", _number, 196),
    Column("文书", lambda row: row.title, 120, priority=2),
    Column("当事人", lambda row: row.employer or "—", 200, stretch=True),
    Column("案号", lambda row: row.case_no or "—", 160, priority=4),
    Column("制发日期", lambda row: _day(row.issued_on), 126, Kind.DATE, priority=3),
    Column("送达日期", lambda row: _day(row.served_on), 126, Kind.DATE, priority=5),
    Column("期限", lambda row: _day(row.deadline), 126, Kind.DATE, priority=6),
)


def matches(row: PaperRow, text: str, states: tuple[str, ...], kinds: tuple[str, ...]) -> bool:
    """Whether a paper is in the view: the text is in its number, title, case number or unit."""
    if states and state_key(row) not in states:
        return False
    if kinds and row.kind not in kinds:
        return False
    found = f"{row.number} {row.title} {row.case_no} {row.employer}"
    return all(word in found for word in text.split())
