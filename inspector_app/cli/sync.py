"""`sync`: exchange with the shared database, what is disputed, deciding it, where records stand."""

import random
from collections.abc import Callable, Iterator
from threading import Event

import click

from inspector_app.cli import sync_file
from inspector_app.cli.lookup import find_paper
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.errors import OtherDatabase, OutsideError
from inspector_app.services.case_ref import find_case
from inspector_app.services.choice_words import RETURNED, Choice
from inspector_app.services.choices import reveal_choice, to_decide
from inspector_app.services.exchange import (
    Progress,
    RecordState,
    Report,
    case_states,
    chosen_dsn,
    connect,
    cursors,
    keep_dsn,
    pause,
    record_states,
    remarks,
    resolve,
    sync_now,
)


@click.group(cls=VerbGroup, invoke_without_command=True)
@click.option("--once", is_flag=True, help="只同步一次（默认每分钟一次，直到中断）")
@click.option("--dsn", default="", help="共享库的连接串；会记在台账旁边，密码除外")
@click.option("--database", default="", help="改属另一个共享库：写它的编号，提示里有")
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, once: bool, dsn: str, database: str) -> None:
    """与共享库同步；密码取自 ~/.pgpass、INSPECTOR_DSN 或者当场询问，不留存。"""
    if ctx.invoked_subcommand is not None:
        return
    target = chosen_dsn(session.desk(), dsn)
    failures = 0
    password: list[str] = []

    def ask() -> str:
        if not password:
            password.append(click.prompt("共享库密码", hide_input=True, err=True))
        return password[0]

    while True:
        try:
            _exchange(session, target, ask, database)
            failures = 0
        except OtherDatabase as error:
            raise OutsideError(error.message + _on_purpose(error), kind=error.kind) from error
        except OutsideError as error:
            if once:
                raise
            if error.kind == "password":
                password.clear()  # mistyped: asked for again
            failures += 1
            session.remark(error.message)
        if dsn:
            keep_dsn(session.desk().ledger.path.parent, dsn)
            dsn = ""
        if once:
            return
        Event().wait(pause(failures, random.random()))  # noqa: S311  # spreads PCs, guards nothing


def _on_purpose(error: OtherDatabase) -> str:
    return f"确实要改属那个库的，加 --database {error.database[:8]}。"


def _exchange(session: Session, dsn: str, ask: Callable[[], str], database: str) -> None:
    desk, line = session.desk(), connect(dsn, ask)
    try:
        report = sync_now(desk, line, progress=lambda step: _tell(session, step), other=database)
    finally:
        line.close()
    _answer(session, report)
    for remark in remarks(report, session.desk()):
        session.remark(remark)


def _tell(session: Session, step: Progress) -> None:
    if step.done:
        session.remark(f"{step.step} {step.done}" + (f"/{step.total}" if step.total else " 条"))


def _answer(session: Session, report: Report) -> None:
    places: dict[str, Json] = {
        scope: [seq, hash_] for scope, (seq, hash_) in cursors(session.desk()).items()
    }
    session.answer(
        {
            "pushed": report.pushed,
            "pulled": report.received,
            "rejected": report.refused,
            "conflicts": report.disputed,
            "held": report.held,
            "files_sent": report.files_sent,
            "files_received": report.files_received,
            "cursors": places,
            "server_epoch": report.epoch,
        },
        f"上传 {report.pushed} 组改动，收到 {report.received} 条；"
        f"新冲突 {report.disputed} 处，被退回 {report.refused} 组",
    )


@command.command("conflicts")
@click.option("--case", "case", default="", help="只看这件案件")
@click.option(
    "--reveal", default="", metavar="编号", help="这一项不隐去个人信息；要有权限，留下记录"
)
@click.option("--why", default="", help="查看个人信息的理由；--reveal 必填")
@pass_session
def conflicts(session: Session, case: str, reveal: str, why: str) -> None:
    """等待处理的冲突、被退回和暂不能上传的改动；“看到的”记号处理冲突时用 --seen 写上。"""
    desk = session.desk()
    if reveal:
        found = [reveal_choice(desk, reveal, why)]
    else:
        found = to_decide(desk, find_case(desk, case).id if case else "")
    session.answer(
        {
            "conflicts": [_conflict(one) for one in found if not (one.refused or one.held)],
            "rejected": [_refused(one) for one in found if one.refused],
            "held": [_fields(one) | {"said": one.why} for one in found if one.held],
        },
        *(line for one in found for line in _lines(one)),
        *([] if found else ["没有冲突，也没有被退回或者不能上传的改动"]),
    )


def _conflict(one: Choice) -> Json:
    return {
        **_fields(one),
        "seen": one.mark,
        "legal": one.legal,
        "mine_by": one.mine_by,
        "theirs_by": one.theirs_by,
        "state": "answered" if one.answered else "open",
        "returned": one.returned,
    }


def _refused(one: Choice) -> Json:
    return {**_fields(one), "n": int(one.id), "why": one.code, "said": one.why}


def _fields(one: Choice) -> dict[str, Json]:
    return {
        "id": one.id,
        "what": one.title,
        "case_no": one.case_no,
        "at": one.at,
        "fields": [plain(each) for each in one.fields],
    }


def _lines(one: Choice) -> Iterator[str]:
    where = f"{one.case_no or '—'} {one.title}"
    if one.refused or one.held:
        state = "被退回" if one.refused else "暂不能上传"
        yield f"{one.id}  {where}（{one.at[:16]}）{state}：{one.why}"
        heads = ("本机", "改动前")
    else:
        told = "已选定，等待同步" if one.answered else f"看到的 {one.mark}"
        yield f"{one.id}  {where}（{one.at[:16]}）{told}"
        if one.returned:
            yield f"    {RETURNED}"
        heads = (_side("mine", one.mine_by), _side("theirs", one.theirs_by))
    for each in one.fields:
        yield f"    {each.name}：{heads[0]} {each.mine}；{heads[1]} {each.theirs}"


def _side(name: str, who: str) -> str:
    return f"{name}（{who}）" if who else name


@command.command("resolve")
@click.argument("which", metavar="ID")
@click.option("--take", type=click.Choice(["mine", "theirs"]), required=True, help="采用哪一方")
@click.option("--seen", default="", help="sync conflicts 里“看到的”记号；处理冲突必填")
@click.option("--reason", default="", help="理由；处理冲突、放弃改动必填")
@pass_session
def resolve_(session: Session, which: str, take: str, seen: str, reason: str) -> None:
    """处理一处冲突，或者一组被退回、暂不能上传的改动；下次同步时生效。"""
    resolve(session.desk(), which, take, reason, seen=seen)
    session.answer({"id": which, "take": take}, "已记下，下次同步时生效")


@command.command("state")
@click.argument("case", required=False)
@click.option("--paper", default="", help="改看一份文书：字号或者 ID")
@pass_session
def state(session: Session, case: str | None, paper: str) -> None:
    """一件案件、一份文书或者全部案件：本机、待上传、已确认、有冲突、已移走。"""
    desk = session.desk()
    if paper:
        one = find_paper(desk, paper)
        where = record_states(desk, "paper", [one.id])[one.id]
        session.answer(
            {"id": one.id, "number": one.number, "state": where.value},
            f"{one.number or '未编号'}：{where.label}",
        )
        return
    if case:
        found = find_case(desk, case)
        where = record_states(desk, "case", [found.id])[found.id]
        session.answer(
            {"id": found.id, "case_no": found.case_no, "state": where.value},
            f"{found.case_no}：{where.label}",
        )
        return
    counted = case_states(desk)
    session.answer(
        {"cases": dict(counted)},
        *(f"{RecordState(name).label}：{number} 件" for name, number in counted.items()),
    )


for _verb in (sync_file.command, sync_file.fetch, sync_file.files):
    command.add_command(_verb)
