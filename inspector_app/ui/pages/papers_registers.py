"""登记簿, 送达登记, 缺回证: the three registers of the page of papers."""

from functools import partial

from inspector_app.domain.papers import PaperState
from inspector_app.services.desk import Desk
from inspector_app.services.paper_registers import (
    MissingRow,
    RegisterRow,
    ServiceRow,
    missing_receipts,
    paper_register,
    service_register,
)
from inspector_app.services.papers import kinds
from inspector_app.services.register_exports import LACKS
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.papers_rows import (
    MISSING,
    PAPERS,
    PERIODS,
    SERVICES,
    STATES,
    drafts_first,
    in_period,
    missing_text,
    paper_text,
    service_text,
    state_key,
)
from inspector_app.ui.pages.papers_view import Filter, Register


def papers(context: UiContext) -> Register[RegisterRow]:
    """All papers, drafts first."""
    titles = [(one.id, one.title) for one in kinds(context.desk)]
    return Register(
        name="文书登记簿",
        hint="字号、文书、案号、当事人",
        columns=PAPERS,
        key=lambda row: row.id,
        read=_read_papers,
        text=paper_text,
        count="份",
        empty=("还没有文书", "选一个案件，开具第一份文书（Ctrl+D）。"),
        filters={
            "state": Filter("状态", STATES, lambda row, chosen: state_key(row) in chosen),
            "kind": Filter("文书", titles, lambda row, chosen: row.kind in chosen),
            "period": Filter("制发", PERIODS, partial(_issued_in, context)),
        },
        faded=lambda row: row.state is PaperState.VOID,
        multiple=True,
        kind="paper",
    )


def _read_papers(desk: Desk) -> list[RegisterRow]:
    return drafts_first(paper_register(desk))


def _issued_in(context: UiContext, row: RegisterRow, chosen: tuple[str, ...]) -> bool:
    return in_period(row.issued_on, chosen, context.today())


def services(context: UiContext) -> Register[ServiceRow]:
    """Services; one may cover several papers."""
    return Register(
        name="送达登记",
        hint="字号、案号、当事人、签收人",
        columns=SERVICES,
        key=lambda row: row.id,
        read=service_register,
        text=service_text,
        count="次",
        empty=("还没有登记送达", "在文书或者案件里登记送达，期限由此起算。"),
        filters={"period": Filter("送达", PERIODS, partial(_served_in, context))},
        kind="service",
    )


def _served_in(context: UiContext, row: ServiceRow, chosen: tuple[str, ...]) -> bool:
    return in_period(row.served_on, chosen, context.today())


def missing(_context: UiContext) -> Register[MissingRow]:
    """What waits for its service, or for its receipt."""
    return Register(
        name="缺回证",
        hint="字号、文书、案号、当事人",
        columns=MISSING,
        key=lambda row: row.id,
        read=missing_receipts,
        text=missing_text,
        count="份",
        empty=("没有缺的", "编号的文书都已送达，送达回证都在卷。"),
        filters={
            "lacks": Filter("缺什么", tuple(LACKS.items()), lambda row, one: row.lacks in one)
        },
    )
