"""Columns and states of the clue register."""

from collections.abc import Mapping

from inspector_app.domain.clues import ClueState
from inspector_app.domain.money import yuan
from inspector_app.domain.terms import date_text
from inspector_app.ledger.views import ClueRow
from inspector_app.ui.pages.case.words import short_no
from inspector_app.ui.pages.clue.brief import STATE_TONES
from inspector_app.ui.tables.columns import Column, Kind

STATES: tuple[tuple[str, tuple[ClueState, ...]], ...] = (
    ("待核查", (ClueState.OPEN,)),
    ("已立案", (ClueState.FILED,)),
    (
        "已办结",
        (ClueState.REFUSED, ClueState.FORWARDED, ClueState.SETTLED, ClueState.DUPLICATE),
    ),
    ("全部", ()),
)


def _amount(row: ClueRow) -> str:
    if row.amount_fen is None:
        return row.amount_written or "—"
    return yuan(row.amount_fen)


def columns(county: Mapping[str, str]) -> tuple[Column[ClueRow], ...]:
    """The columns of the register; nobody who reported is named here."""
    return (
        Column("状态", lambda row: row.state.label, 88, Kind.PILL,
               tone=lambda row: STATE_TONES[row.state], sort_key="state"),
        Column(
            "被反映单位 / 项目",
            lambda row: row.employer_name,
            180,
            Kind.TWO_LINE,
            stretch=True,
            sub=lambda row: "　".join(
                p for p in (short_no(row.clue_no), county.get(row.scope, ""), row.project_name) if p
            ),
            sort_key="employer_name",
        ),
        Column("来源", lambda row: row.source.label, 112, priority=3, sort_key="source"),
        Column("案由", lambda row: row.cause, 116, priority=4, sort_key="cause"),
        Column("涉及金额(元)", _amount, 112, Kind.NUMBER, priority=2, sort_key="amount_fen"),
        Column("接收日期", lambda row: date_text(row.received_on), 134, Kind.DATE,
               sort_key="received_on"),
    )  # fmt: skip
