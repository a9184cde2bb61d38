"""The registers of papers as columns, and what filters them."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from inspector_app.domain.papers import PaperState
from inspector_app.domain.terms import date_text
from inspector_app.services.paper_registers import (
    UNSERVED,
    MissingRow,
    RegisterRow,
    ServiceRow,
)
from inspector_app.services.register_exports import LACKS
from inspector_app.ui.tables.columns import Column, Kind

_TONES = {PaperState.DRAFT: "violet", PaperState.ISSUED: "success", PaperState.VOID: "neutral"}
STATES = (
    ("draft", "草稿"),
    ("unserved", "待送达"),
    ("served", "已送达"),
    ("void", "已作废"),
)
PERIODS = (
    ("month", "本月"),
    ("last_month", "上月"),
    ("quarter", "本季度"),
    ("year", "今年"),
    ("last_year", "去年"),
)
LONG_WAIT = 7  # days after which what is missing stands in amber


def state_key(row: RegisterRow) -> str:
    """Which of STATES a paper is in; a record and what is internal need no service."""
    if row.state is not PaperState.ISSUED:
        return str(row.state.value)
    return "unserved" if row.to_serve else "served"


def state_words(row: RegisterRow) -> str:
    """The state as one word."""
    if row.state is not PaperState.ISSUED:
        return row.state.label
    if row.to_serve:
        return "待送达"
    return "已送达" if row.served_on else "已制发"


def _tone(row: RegisterRow) -> str:
    return "info" if state_key(row) == "unserved" else _TONES[row.state]


def _day(day: date | None) -> str:
    return date_text(day) if day else "—"


def _number(row: RegisterRow) -> str:
    if row.number:
        return row.number
    return "未编号" if row.state is PaperState.DRAFT else "不编号"


PAPERS: tuple[Column[RegisterRow], ...] = (
    Column("状态", state_words, 84, Kind.PILL, tone=_tone),
    Column("字号", _number, 196),
    Column("文书", lambda row: row.title, 120, priority=2),
    Column("当事人", lambda row: row.party or "—", 200, stretch=True),
    Column("案号", lambda row: row.case_no or "—", 160, priority=5),
    Column("制发日期", lambda row: _day(row.issued_on), 126, Kind.DATE, priority=3),
    Column("送达日期", lambda row: _day(row.served_on), 126, Kind.DATE, priority=6),
    Column("期限", lambda row: _day(row.deadline), 126, Kind.DATE, priority=7),
    Column("履行、作废", lambda row: row.voided or row.performance or "—", 168, priority=4),
    Column("签发人", lambda row: row.signer or "—", 80, priority=8),
)
SERVICES: tuple[Column[ServiceRow], ...] = (
    Column("送达日期", lambda row: _day(row.served_on), 144, Kind.DATE),
    Column(
        "当事人 / 案号",
        lambda row: row.party,
        220,
        Kind.TWO_LINE,
        stretch=True,
        sub=lambda row: row.case_no,
    ),
    Column(
        "文书",
        lambda row: row.papers[0] if row.papers else "—",
        330,
        Kind.TWO_LINE,
        sub=lambda row: "；".join(row.papers[1:]),
    ),
    Column("方式", lambda row: row.method.label, 92, priority=2),
    Column("签收人", lambda row: row.receiver or "—", 84, priority=3),
    Column("凭据", lambda row: row.proof or "—", 180, priority=5),
    Column("视为送达", lambda row: _day(row.counts_on), 144, Kind.DATE, priority=4),
    Column(
        "送达回证",
        lambda row: "在卷" if row.receipt else "缺",
        84,
        Kind.PILL,
        tone=lambda row: "success" if row.receipt else "neutral",
    ),
)
MISSING: tuple[Column[MissingRow], ...] = (
    Column(
        "缺什么",
        lambda row: LACKS[row.lacks],
        108,
        Kind.PILL,
        tone=lambda row: "info" if row.lacks == UNSERVED else "violet",
    ),
    Column("字号", lambda row: row.number, 196),
    Column("文书", lambda row: row.title, 140, priority=2),
    Column("当事人", lambda row: row.party or "—", 200, stretch=True),
    Column("案号", lambda row: row.case_no or "—", 160, priority=4),
    Column("制作、送达日期", lambda row: _day(row.since), 132, Kind.DATE, priority=3),
    Column(
        "已过",
        lambda row: f"{row.days} 天",
        84,
        Kind.DEADLINE,
        tone=lambda row: "warning" if row.days > LONG_WAIT else "none",
    ),
)


def paper_text(row: RegisterRow) -> str:
    """Where a search looks."""
    return f"{row.number} {row.title} {row.case_no} {row.party}"


def service_text(row: ServiceRow) -> str:
    """Where a search looks."""
    return f"{' '.join(row.papers)} {row.case_no} {row.party} {row.receiver}"


def missing_text(row: MissingRow) -> str:
    """Where a search looks."""
    return f"{row.number} {row.title} {row.case_no} {row.party}"


def drafts_first(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Drafts, then the newest numbers."""
    return sorted(rows, key=lambda row: row.state is not PaperState.DRAFT)


def in_period(day: date | None, chosen: Sequence[str], today: date) -> bool:
    """Whether a day lies in one of the periods; no period takes any day."""
    if not chosen:
        return True
    return day is not None and any(_IN[one](day, today) for one in chosen)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _month_before(today: date) -> tuple[int, int]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.year, last.month


_IN: dict[str, Callable[[date, date], bool]] = {
    "month": lambda day, today: (day.year, day.month) == (today.year, today.month),
    "last_month": lambda day, today: (day.year, day.month) == _month_before(today),
    "quarter": lambda day, today: _quarter(day) == _quarter(today),
    "year": lambda day, today: day.year == today.year,
    "last_year": lambda day, today: day.year == today.year - 1,
}
