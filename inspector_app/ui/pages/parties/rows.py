"""Employers, projects and their cases as columns."""

from inspector_app.domain.money import yuan
from inspector_app.domain.terms import date_text
from inspector_app.ledger.views import CaseRow, EmployerRow, ProjectRow
from inspector_app.services.desk import Desk
from inspector_app.services.home import county_name
from inspector_app.ui.tables.columns import Column, Kind


def _cases(row: EmployerRow | ProjectRow) -> str:
    if not row.cases:
        return "—"
    return f"{row.cases}（未结 {row.open_cases}）" if row.open_cases else str(row.cases)


def employer_columns(desk: Desk) -> tuple[Column[EmployerRow], ...]:
    """Name and code, where, how many cases, what is owing."""
    return (
        Column(
            "单位名称",
            lambda row: row.name,
            240,
            Kind.TWO_LINE,
            stretch=True,
            sub=lambda row: row.credit_code or "未登记信用代码",
        ),
        Column("属地", lambda row: county_name(desk, row.county) if row.county else "—", 100,
               priority=3),
        Column("案件", _cases, 110, Kind.NUMBER, priority=2),
        Column("尚欠(元)", lambda row: yuan(row.owing_fen) if row.owing_fen else "—", 122,
               Kind.NUMBER, priority=4),
    )  # fmt: skip


def project_columns(desk: Desk) -> tuple[Column[ProjectRow], ...]:
    """Name and general contractor, trade, where, cases, owing."""
    return (
        Column(
            "项目名称",
            lambda row: row.name,
            240,
            Kind.TWO_LINE,
            stretch=True,
            sub=lambda row: row.general or "未登记施工总承包单位",
        ),
        Column("类别", lambda row: row.kind.label, 100, priority=4),
        Column("属地", lambda row: county_name(desk, row.county) if row.county else "—", 100,
               priority=3),
        Column("案件", _cases, 110, Kind.NUMBER, priority=2),
        Column("尚欠(元)", lambda row: yuan(row.owing_fen) if row.owing_fen else "—", 122,
               Kind.NUMBER, priority=5),
    )  # fmt: skip


CASE_COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("案号", lambda row: row.case_no, 150, Kind.TWO_LINE, stretch=True,
           sub=lambda row: f"{row.cause}　{date_text(row.received_on)}"),
    Column("阶段", lambda row: row.stage.label, 88, priority=2),
    Column("尚欠(元)", lambda row: yuan(row.owing_fen) if row.owing_fen else "—", 104,
           Kind.NUMBER, priority=3),
)  # fmt: skip
