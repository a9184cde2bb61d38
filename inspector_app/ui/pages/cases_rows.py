"""Columns, filters and years of the case ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector_app.domain.law import DivisionLevel
from inspector_app.domain.money import yuan
from inspector_app.domain.office import Inspector
from inspector_app.domain.terms import date_text
from inspector_app.ledger.views import CaseQuery
from inspector_app.services import settings
from inspector_app.services.cases import CaseLine, CaseList, case_list
from inspector_app.services.desk import Desk
from inspector_app.services.home import county_name
from inspector_app.ui.pages.case.words import due_tone, due_words, stage_tone
from inspector_app.ui.tables.columns import Column, Kind

YEARS_BACK = 5  # how many years back can be filtered by
DEFAULT_ORDER = "filed_on desc"


@dataclass(frozen=True, slots=True)
class LedgerChoices:
    """What the chips offer: causes, people and the total of the whole ledger."""

    causes: tuple[str, ...]
    people: tuple[Inspector, ...]


def read_choices(desk: Desk, known: Sequence[str] = ()) -> LedgerChoices:
    """Causes of the latest cases and everybody who may lead one."""
    seen = {line.row.cause for line in case_list(desk, CaseQuery(limit=500)).lines}
    return LedgerChoices(
        tuple(sorted(seen | set(known))), tuple(settings.inspectors(desk, active_only=False))
    )


def counties(desk: Desk) -> list[tuple[str, str]]:
    """Code and name of every county, and of the city itself at the end."""
    found = desk.library.divisions.values()
    by_level = sorted(found, key=lambda one: one.level is not DivisionLevel.COUNTY)
    return [(one.code, one.name) for one in by_level]


def columns(desk: Desk) -> tuple[Column[CaseLine], ...]:
    """The columns of the ledger; those with a sort key sort the whole ledger, not the page."""
    return (
        Column(
            "期限",
            lambda line: due_words(line.level, line.days_left),
            112,
            Kind.DEADLINE,
            tone=lambda line: due_tone(line.level),
            tip="离最先到期的期限还有几天；写“工作日”的，只数工作日",
        ),
        Column("案号", lambda line: line.row.case_no, 160, sort_key="case_no"),
        Column(
            "用人单位",
            lambda line: line.row.employer_name,
            150,
            stretch=True,
            sort_key="employer_name",
        ),
        Column("工程项目", lambda line: line.row.project_name, 140, priority=5,
               sort_key="project_name"),
        Column("属地", lambda line: county_name(desk, line.row.scope), 68, priority=3,
               sort_key="scope"),
        Column("案由", lambda line: line.row.cause, 116, priority=2, sort_key="cause"),
        Column("来源", lambda line: line.row.source.label, 104, priority=7, sort_key="source"),
        Column("人数", _workers, 54, Kind.NUMBER, priority=4, sort_key="workers"),
        Column("涉及金额(元)", lambda line: yuan(line.row.amount_fen), 110, Kind.NUMBER,
               sort_key="amount_fen"),
        Column("尚欠(元)", lambda line: yuan(line.row.owing_fen), 110, Kind.NUMBER, priority=8,
               sort_key="owing_fen"),
        Column("阶段", lambda line: line.row.stage.label, 92, Kind.STAGE,
               tone=lambda line: stage_tone(line.row.stage), sort_key="stage"),
        Column("立案日期", lambda line: date_text(line.row.filed_on), 118, Kind.DATE, priority=9,
               sort_key="filed_on"),
        Column("承办人", lambda line: line.row.lead_name, 66, priority=6, sort_key="lead_name"),
    )  # fmt: skip


def _workers(line: CaseLine) -> str:
    return "—" if line.row.workers is None else f"{line.row.workers:,}"


def is_closed(line: CaseLine) -> bool:
    """Cases that are over stand back in grey."""
    return line.row.stage.ended


def sums_text(page: CaseList) -> str:
    """合计　17 件　494 人　4,399,920.50 元."""
    sums = page.sums
    return (
        f"合计　{page.total:,} 件　{sums.workers:,} 人　"
        f"涉及 {yuan(sums.amount_fen)} 元　尚欠 {yuan(sums.owing_fen)} 元"
    )


def years(today_year: int) -> list[tuple[str, str]]:
    """The years of filing the chip offers, this one first."""
    return [(str(year), f"{year}年") for year in range(today_year, today_year - YEARS_BACK, -1)]
