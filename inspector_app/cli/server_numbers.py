"""`server numbers`: how the shared database gives numbers out, what became of each."""

import click

from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import VerbGroup
from inspector_app.services import shared_server as shared

_WORDS = {"leased": "每台电脑预留一批号，离线可编", "online": "制发时联网取号"}
_STATES = {"issued": "已用", "void": "作废", "leased": "预留", "free": "退回待用"}


def _dsn() -> click.Option:
    return click.Option(
        ["--dsn"], default="", help=f"管理员的连接串（默认：环境变量 {shared.ENV}）"
    )


@click.group("numbers", cls=VerbGroup)
def numbers() -> None:
    """编号：怎样发号，每个号的去向，收回不再回来的电脑的号。"""


@numbers.command("mode")
@click.argument("mode", required=False, type=click.Choice(list(_WORDS)))
@pass_session
def mode(session: Session, mode: str | None, dsn: str) -> None:
    """看或者改发号的办法；各台电脑下次同步时跟着改。"""
    now = shared.number_mode(shared.admin_dsn(dsn), mode or "")
    session.answer({"numbers": now}, f"{now}：{_WORDS[now]}")


@numbers.command("list")
@click.option("--scope", required=True, help="区划代码；市里的号写市的代码")
@click.option("--year", type=int, help="年度（默认今年）")
@pass_session
def list_(session: Session, scope: str, year: int | None, dsn: str) -> None:
    """一个辖区一年里每个号的去向：已用、作废及理由、预留在谁的电脑、退回待用。"""
    when = year or session.day().year
    found = shared.number_register(shared.admin_dsn(dsn), scope, when)
    rows: list[Json] = [
        {
            "series": series, "year": of, "no": no, "state": state, "device": device, "who": who,
            "reason": reason, "since": at,
        }
        for series, of, no, state, device, who, reason, at, _ in found["numbers"]
    ]  # fmt: skip
    twins: list[Json] = [
        {"series": series, "year": of, "no": no, "device": device, "who": who}
        for series, of, no, device, who in found["twins"]
    ]
    lines = [_line(row) for row in found["numbers"]] or ["还没有编号"]
    lines += [f"重号：{one[0]} {one[1] or ''} 第 {one[2]} 号（{one[4]}）" for one in found["twins"]]
    session.answer({"scope": scope, "year": when, "numbers": rows, "twins": twins}, *lines)


def _line(row: list[object]) -> str:
    series, year, no, state, device, who, reason, at, _ = row
    where = f"　{who}的电脑 {device}" if state == "leased" else ""
    why = f"　{reason}" if state == "void" else ""
    return f"{series} {year or '连续'} 第 {no} 号 {_STATES[str(state)]}{where}{why}　{str(at)[:10]}"


@numbers.command("held")
@pass_session
def held(session: Session, dsn: str) -> None:
    """每台电脑预留着几个号。"""
    found = shared.number_holders(shared.admin_dsn(dsn))
    rows: list[Json] = [{"device": d, "login": who, "count": n} for d, who, n in found]
    lines = [f"{who}的电脑 {d}：{n} 个" for d, who, n in found] or ["没有预留的号"]
    session.answer({"held": rows}, *lines)


@numbers.command("void")
@click.argument("device")
@click.option("--why", required=True, help="理由：遗失、报废，并已核对纸面文书")
@pass_session
def void(session: Session, device: str, why: str, dsn: str) -> None:
    """一台不再回来的电脑：它预留的号全部作废，不再发给别人。"""
    gone = shared.void_numbers(shared.admin_dsn(dsn), device, why)
    session.answer({"device": device, "void": gone}, f"已作废 {gone} 个号")


for _verb in numbers.commands.values():
    _verb.params.append(_dsn())
