"""`paper numbers`: what became of every number, what this PC holds, giving it back."""

from pathlib import Path

import click

from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.desk import Desk
from inspector_app.services.number_register import (
    NumberRow,
    Told,
    ask,
    export,
    register,
    since_words,
    sums,
)
from inspector_app.services.number_stock import held, retire, series_words

_MODES = {"": "本机自己编号", "online": "制发时联网取号", "leased": "本机预留一批号"}


@click.command("numbers", cls=Verb)
@click.option("--year", type=int, help="年度（默认今年）；跨年连续的总是列出")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="存为 Excel")
@click.option("--all", "every", is_flag=True, help="逐号列出；不写只列每种合计")
@click.option("--offline", is_flag=True, help="不问共享库；别的电脑预留的号不知道")
@click.option("--return", "give_back", is_flag=True, help="本机停用：下次同步时交还全部预留号")
@click.option("--keep", is_flag=True, help="本机恢复预留")
@pass_session
def numbers(
    session: Session,
    year: int | None,
    out: Path | None,
    every: bool,
    offline: bool,
    give_back: bool,
    keep: bool,
) -> None:
    """每个编号的去向：已用、作废及理由、预留在哪台电脑、退回待用；本机还剩几个。"""
    if give_back and keep:
        raise click.UsageError("--return 和 --keep 只能写一个。")
    desk = session.desk()
    if give_back or keep:
        retire(desk, on=give_back)
        session.remark("下次同步时交还。" if give_back else "下次同步时重新预留。")
    when = year or session.day().year
    rows = register(desk, when, None if offline else _told(session, desk, when))
    made = export(desk, out, rows) if out is not None else None
    stock = held(desk)
    left: list[Json] = [
        {"scope": one[0], "series": one[1], "year": one[2], "left": count}
        for one, count in sorted(stock.left.items())
    ]
    document: dict[str, Json] = {
        "year": when,
        "mode": stock.mode,
        "retired": stock.retired,
        "left": left,
        "series": [
            {
                "scope": one.series[0], "series": one.series[1], "year": one.series[2],
                "last": one.last, **{fate.value: count for fate, count in one.counts.items()},
            }
            for one in sums(rows)
        ],
        "numbers": [_row(one) for one in rows],
    }  # fmt: skip
    if made is not None:
        document |= {"file": str(out), "rows": made.rows, "sha256": made.sha256}
    lines = [_MODES[stock.mode] + ("（已停用）" if stock.retired else "")]
    lines += [f"{series_words(desk, one)} 还剩 {n} 个" for one, n in sorted(stock.left.items())]
    lines += [f"{one.name} {one.series[2] or '连续'}　{one.words()}" for one in sums(rows)]
    lines += [_line(one) for one in rows if every or one.twin]
    lines += [f"已存为 {out}"] if out is not None else []
    session.answer(document, *lines)


def _told(session: Session, desk: Desk, year: int) -> Told | None:
    """What the shared database says; nothing where there is none or it cannot be reached."""
    if not held(desk).mode:
        return None
    # Loads the database driver, which takes a quarter of a second.
    from inspector_app.services.exchange import chosen_dsn, connect

    try:
        line = connect(chosen_dsn(desk))
    except (OutsideError, UserError) as error:
        session.remark(error.message)
        return None
    try:
        return ask(desk, line, year)
    except OutsideError as error:
        session.remark(error.message)
        return None
    finally:
        line.close()


def _row(one: NumberRow) -> Json:
    return {
        "scope": one.series[0], "series": one.series[1], "year": one.series[2], "no": one.no,
        "fate": one.fate.value, "bearer": one.bearer, "where": one.where, "since": one.since,
        "reason": one.reason, "twin": one.twin,
    }  # fmt: skip


def _line(one: NumberRow) -> str:
    parts = (one.bearer, one.where, since_words(one.since) if one.where else "", one.reason)
    said = "　".join(part for part in parts if part)
    return f"{one.name} 第 {one.no} 号　{one.fate_words()}　{said}".rstrip("　")
