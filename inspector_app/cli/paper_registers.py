"""`paper register`, `paper services`, `paper missing`: the registers, also as workbooks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from inspector_app.cli.options import Day
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.papers import PaperState
from inspector_app.services.case_ref import find_case
from inspector_app.services.desk import Desk
from inspector_app.services.paper_registers import (
    RegisterQuery,
    missing_receipts,
    paper_register,
    service_register,
)
from inspector_app.services.papers import kind_of
from inspector_app.services.register_exports import (
    LACKS,
    export_missing,
    export_papers,
    export_services,
)
from inspector_app.sheets.lines_out import ExportResult

Decorated = TypeVar("Decorated", bound=Callable[..., object])
Export = Callable[..., ExportResult]
_OUT = click.Path(dir_okay=False, path_type=Path)


def _filters(verb: Decorated) -> Decorated:
    """What every register can be asked for."""
    options = (
        click.option("--kind", "kinds", multiple=True, metavar="KIND", help="文种，可重复"),
        click.option("--party", default="", help="受送达人名称里的字"),
        click.option("--case", "case", help="只看某件案件"),
        click.option("--since", type=Day(), help="从哪一天起（制作日；送达登记为送达日）"),
        click.option("--until", type=Day(), help="到哪一天止"),
        click.option("--unserved", is_flag=True, help="只看还没有送达的"),
        click.option("--out", type=_OUT, help="导出 Excel 的位置"),
        click.option("--masked", is_flag=True, help="导出隐去个人信息的报送版"),
    )
    for option in reversed(options):
        verb = option(verb)
    return verb


@click.command("register", cls=Verb)
@click.option(
    "--state", "states", multiple=True, type=click.Choice([one.value for one in PaperState]),
    help="状态，可重复",
)  # fmt: skip
@_filters
@pass_session
def register(
    session: Session, /, states: tuple[str, ...], out: Path | None, masked: bool, **asked: object
) -> None:
    """文书登记簿：字号、文书、案件、当事人、送达、期限、履行、作废。"""
    desk = session.desk()
    known = tuple(map(PaperState, states))
    query = _query(desk, states=known, **asked)  # type: ignore[arg-type]  # as declared
    rows = paper_register(desk, query)
    lines = [
        f"{row.number or '—'}  {row.title}  {row.party}  {row.state.label}  {row.performance}"
        for row in rows
    ]
    document: dict[str, Json] = {"papers": [plain(row) for row in rows]}
    _answer(session, document, lines, out, lambda path: export_papers(
        desk, path, query, masked=masked
    ))  # fmt: skip


@click.command("services", cls=Verb)
@_filters
@pass_session
def services(session: Session, /, out: Path | None, masked: bool, **asked: object) -> None:
    """送达登记：一次送达可以有几份文书。"""
    desk = session.desk()
    query = _query(desk, **asked)  # type: ignore[arg-type]  # as the options declare
    rows = service_register(desk, query)
    lines = [
        f"{row.served_on}  {row.party}  {row.method.label}  {row.receiver}  {'；'.join(row.papers)}"
        for row in rows
    ]
    document: dict[str, Json] = {"services": [plain(row) for row in rows]}
    _answer(session, document, lines, out, lambda path: export_services(
        desk, path, query, masked=masked
    ))  # fmt: skip


@click.command("missing", cls=Verb)
@_filters
@pass_session
def missing(session: Session, /, out: Path | None, masked: bool, **asked: object) -> None:
    """还没有送达的，和已送达但没有送达回证的文书。"""
    desk = session.desk()
    query = _query(desk, **asked)  # type: ignore[arg-type]  # as the options declare
    rows = missing_receipts(desk, query)
    lines = [
        f"{row.number}  {row.title}  {row.party}  {LACKS[row.lacks]}  {row.days} 天" for row in rows
    ]
    document: dict[str, Json] = {"missing": [plain(row) for row in rows]}
    _answer(session, document, lines or ["没有缺的。"], out, lambda path: export_missing(
        desk, path, query, masked=masked
    ))  # fmt: skip


def _query(
    desk: Desk,
    *,
    kinds: tuple[str, ...],
    party: str,
    case: str | None,
    since: date | None,
    until: date | None,
    unserved: bool,
    states: tuple[PaperState, ...] = (),
) -> RegisterQuery:
    return RegisterQuery(
        states=states,
        kinds=[kind_of(desk, kind).id for kind in kinds],
        party=party,
        case_id=find_case(desk, case).id if case else "",
        since=since,
        until=until,
        unserved=unserved,
    )


def _answer(
    session: Session,
    document: dict[str, Json],
    lines: list[str],
    out: Path | None,
    export: Callable[[Path], ExportResult],
) -> None:
    if out is not None:
        made = export(out)
        document |= {"file": str(out), "rows": made.rows, "sha256": made.sha256}
        lines = [f"已导出 {made.rows} 行：{out}"]
    session.answer(document, *lines)
