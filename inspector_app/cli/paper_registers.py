"""`paper register`, `paper services`, `paper missing`: the registers, also as workbooks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

import click

from inspector_app.cli.options import Day, full_options
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.papers import PaperState
from inspector_app.services.case_ref import find_case
from inspector_app.services.desk import Desk
from inspector_app.services.paper_registers import (
    MissingRow,
    RegisterQuery,
    RegisterRow,
    ServiceRow,
)
from inspector_app.services.papers import kind_of
from inspector_app.services.register_exports import (
    LACKS,
    MISSING_BOOK,
    PAPER_BOOK,
    SERVICE_BOOK,
    RegisterBook,
    Row,
)
from inspector_app.sheets.register_out import M

Decorated = TypeVar("Decorated", bound=Callable[..., object])
_OUT = click.Path(dir_okay=False, path_type=Path)


class _Asked(TypedDict):
    """What every register can be asked for."""

    kinds: tuple[str, ...]
    party: str
    case: str | None
    since: date | None
    until: date | None
    unserved: bool
    out: Path | None
    full: bool
    why: str


def _filters(verb: Decorated) -> Decorated:
    """The options of `_Asked`."""
    options = (
        click.option("--kind", "kinds", multiple=True, metavar="KIND", help="文种，可重复"),
        click.option("--party", default="", help="受送达人名称里的字"),
        click.option("--case", "case", help="只看某件案件"),
        click.option("--since", type=Day(), help="从哪一天起（制作日；送达登记为送达日）"),
        click.option("--until", type=Day(), help="到哪一天止"),
        click.option("--unserved", is_flag=True, help="只看还没有送达的"),
        click.option("--out", type=_OUT, help="导出 Excel 的位置"),
        *full_options(),
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
def register(session: Session, /, states: tuple[str, ...], **asked: Unpack[_Asked]) -> None:
    """文书登记簿：字号、文书、案件、当事人、送达、期限、履行、作废。"""
    known = tuple(map(PaperState, states))
    _tell(session, "papers", PAPER_BOOK, _paper_line, states=known, **asked)


@click.command("services", cls=Verb)
@_filters
@pass_session
def services(session: Session, /, **asked: Unpack[_Asked]) -> None:
    """送达登记：一次送达可以有几份文书。"""
    _tell(session, "services", SERVICE_BOOK, _service_line, **asked)


@click.command("missing", cls=Verb)
@_filters
@pass_session
def missing(session: Session, /, **asked: Unpack[_Asked]) -> None:
    """还没有送达的，和已送达但没有送达回证的文书。"""
    _tell(session, "missing", MISSING_BOOK, _missing_line, "没有缺的。", **asked)


def _paper_line(row: RegisterRow) -> str:
    return f"{row.number or '—'}  {row.title}  {row.party}  {row.state.label}  {row.performance}"


def _service_line(row: ServiceRow) -> str:
    papers = "；".join(row.papers)
    return f"{row.served_on}  {row.party}  {row.method.label}  {row.receiver}  {papers}"


def _missing_line(row: MissingRow) -> str:
    return f"{row.number}  {row.title}  {row.party}  {LACKS[row.lacks]}  {row.days} 天"


def _tell(
    session: Session,
    key: str,
    book: RegisterBook[Row, M],
    line: Callable[[Row], str],
    empty: str = "",
    /,
    *,
    states: tuple[PaperState, ...] = (),
    **asked: Unpack[_Asked],
) -> None:
    """Answer with the rows of a register under `key`; written to `out` as well when asked."""
    desk = session.desk()
    rows = book.read(desk, _query(desk, asked, states))
    document: dict[str, Json] = {key: [plain(row) for row in rows]}
    lines = [line(row) for row in rows] or [empty] * bool(empty)
    if out := asked["out"]:
        made = book.write(desk, out, rows, masked=not asked["full"], why=asked["why"])
        document |= {"file": str(out), "rows": made.rows, "sha256": made.sha256}
        lines = [f"已导出 {made.rows} 行：{out}"]
    session.answer(document, *lines)


def _query(desk: Desk, asked: _Asked, states: tuple[PaperState, ...]) -> RegisterQuery:
    return RegisterQuery(
        states=states,
        kinds=[kind_of(desk, kind).id for kind in asked["kinds"]],
        party=asked["party"],
        case_id=find_case(desk, asked["case"]).id if asked["case"] else "",
        since=asked["since"],
        until=asked["until"],
        unserved=asked["unserved"],
    )
