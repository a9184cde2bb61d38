"""`sync`: exchange with the shared database, what is disputed, deciding it, where records stand."""

import random
from collections.abc import Callable
from threading import Event

import click

from inspector_app.cli import sync_file
from inspector_app.cli.lookup import find_paper
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.errors import OutsideError
from inspector_app.services.case_ref import find_case
from inspector_app.services.exchange import (
    Dispute,
    Progress,
    RecordState,
    Refused,
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
    waiting_decisions,
)


@click.group(cls=VerbGroup, invoke_without_command=True)
@click.option("--once", is_flag=True, help="只同步一次（默认每分钟一次，直到中断）")
@click.option("--dsn", default="", help="共享库的连接串；会记在台账旁边，密码除外")
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, once: bool, dsn: str) -> None:
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
            _exchange(session, target, ask)
            failures = 0
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


def _exchange(session: Session, dsn: str, ask: Callable[[], str]) -> None:
    line = connect(dsn, ask)
    try:
        report = sync_now(session.desk(), line, progress=lambda step: _tell(session, step))
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
@pass_session
def conflicts(session: Session, case: str) -> None:
    """等待处理的冲突和被退回的改动。"""
    desk = session.desk()
    found = waiting_decisions(desk, case=find_case(desk, case) if case else None)
    session.answer(
        {
            "conflicts": [
                {**_fields(one.conflict), "what": one.what, "case_no": one.case_no}
                for one in found.conflicts
            ],
            "rejected": [plain(one) for one in found.refused],
        },
        *(_conflict_line(one) for one in found.conflicts),
        *(_refused_line(one) for one in found.refused),
        *([] if found.conflicts or found.refused else ["没有冲突，也没有被退回的改动"]),
    )


def _fields(value: object) -> dict[str, Json]:
    fields = plain(value)
    return fields if isinstance(fields, dict) else {}


def _conflict_line(dispute: Dispute) -> str:
    one = dispute.conflict
    theirs, mine = _said(one.theirs), _said(one.mine)
    where = f"{dispute.case_no or '—'} {dispute.what}"
    return f"{one.id}  {where}：现为 {theirs}（{one.theirs_by}），另一处 {mine}（{one.mine_by}）"


def _said(cells: dict[str, object] | None) -> str:
    if cells is None:
        return "已删除"
    return "、".join(
        f"{name}={value if value not in ('', None) else '—'}" for name, value in cells.items()
    )


def _refused_line(one: Refused) -> str:
    return f"{one.n}  {one.action}（{one.at[:16]}）被退回：{one.why}"


@command.command("resolve")
@click.argument("which", metavar="ID")
@click.option("--take", type=click.Choice(["mine", "theirs"]), required=True, help="采用哪一方")
@click.option("--reason", default="", help="理由；处理冲突必填")
@pass_session
def resolve_(session: Session, which: str, take: str, reason: str) -> None:
    """处理一处冲突或者一组被退回的改动；下次同步时生效。"""
    resolve(session.desk(), which, take, reason)
    session.answer({"id": which, "take": take}, "已记下，下次同步时生效")


@command.command("state")
@click.argument("case", required=False)
@click.option("--paper", default="", help="改看一份文书：字号或者 ID")
@pass_session
def state(session: Session, case: str | None, paper: str) -> None:
    """一件案件、一份文书或者全部案件：本机、待上传、已确认、有冲突。"""
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
