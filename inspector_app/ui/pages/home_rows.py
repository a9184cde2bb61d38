"""What the lists of the first page show: things due, and papers that wait."""

from dataclasses import dataclass
from datetime import date

from inspector_app.domain.money import yuan
from inspector_app.domain.papers import PaperState
from inspector_app.domain.terms import date_text
from inspector_app.services.desk import Desk
from inspector_app.services.home import DueRow, Overview, overview
from inspector_app.services.papers import PaperRow, paper_list
from inspector_app.ui.pages.case.words import due_tone, due_words, short_no, stage_tone
from inspector_app.ui.tables.columns import Column, Kind

CARDS = (
    ("overdue", "已超期", "warning_20", "danger", "件"),
    ("today", "今日到期", "clock_alarm_20", "warning", "件"),
    ("soon", "三个工作日内", "calendar_clock_20", "warning", "件"),
    ("unserved", "待送达文书", "mail_20", "info", "份"),
    ("drafts", "文书草稿", "document_edit_20", "violet", "份"),
)
PAPER_CARDS = ("unserved", "drafts")


@dataclass(frozen=True, slots=True)
class HomeNews:
    """All that the first page reads at once."""

    overview: Overview
    papers: tuple[PaperRow, ...]
    counties: tuple[str, ...] = ()  # what the list can be narrowed to
    causes: tuple[str, ...] = ()


def read_home(desk: Desk, *, mine: bool) -> HomeNews:
    """What is due, and the papers that are unfinished or not yet served."""
    waiting = [
        row
        for row in paper_list(desk)
        if row.state is PaperState.DRAFT
        or (row.state is PaperState.ISSUED and row.number and row.served_on is None)
    ]
    seen = overview(desk, mine=mine)
    counties = {row.county for row in seen.rows if row.county}
    causes = {row.cause for row in seen.rows if row.cause and row.kind != "todo"}
    return HomeNews(seen, tuple(waiting), tuple(sorted(counties)), tuple(sorted(causes)))


def row_key(row: DueRow) -> str:
    """Names a row over refreshes; a case and its to-do share no key."""
    return f"{row.kind}:{row.id}"


def _below(row: DueRow) -> str:
    parts = (short_no(row.case_no), row.county, row.project)
    return "　".join(part for part in parts if part)


def _cause(row: DueRow) -> str:
    return "待办" if row.kind == "todo" else row.cause


def _stage(row: DueRow) -> str:
    if row.kind == "clue":
        return "待核查"
    return row.stage.label if row.stage else "—"


DUE_COLUMNS: tuple[Column[DueRow], ...] = (
    Column(
        "办理期限",
        lambda row: due_words(row.level, row.days_left),
        112,
        Kind.DEADLINE,
        tone=lambda row: due_tone(row.level),
        tip="离最先到期的期限还有几天；写“工作日”的，只数工作日",
    ),
    Column(
        "单位 / 项目",
        lambda row: row.title,
        180,
        Kind.TWO_LINE,
        stretch=True,
        sub=_below,
    ),
    Column("案由", _cause, 120, priority=3),
    Column(
        "人数",
        lambda row: "—" if row.workers is None else f"{row.workers:,}",
        56,
        Kind.NUMBER,
        priority=4,
    ),
    Column("涉及金额(元)", lambda row: yuan(row.amount_fen), 118, Kind.NUMBER, priority=2),
    Column("阶段", _stage, 98, Kind.STAGE, tone=lambda row: stage_tone(row.stage)),
)


def _paper_state(row: PaperRow) -> str:
    return "草稿" if row.state is PaperState.DRAFT else "待送达"


def _paper_tone(row: PaperRow) -> str:
    return "violet" if row.state is PaperState.DRAFT else "info"


def _day(day: date | None) -> str:
    return "—" if day is None else date_text(day)


PAPER_COLUMNS: tuple[Column[PaperRow], ...] = (
    Column("状态", _paper_state, 96, Kind.PILL, tone=_paper_tone),
    Column(
        "文书 / 单位",
        lambda row: row.title,
        240,
        Kind.TWO_LINE,
        stretch=True,
        sub=lambda row: row.employer,
    ),
    Column("文号", lambda row: row.number or "未编号", 220, priority=2),
    Column("案号", lambda row: row.case_no, 180, priority=3),
    Column("制发日期", lambda row: _day(row.issued_on), 120, Kind.DATE, priority=4),
)
