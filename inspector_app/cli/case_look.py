"""`case looked`: what two PCs changed in a case while apart, and that somebody has looked at it."""

import click

from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.services.case_ref import find_case
from inspector_app.services.looks import Changed, SideBySide, looked, side_by_side


@click.command("looked", cls=Verb)
@click.argument("case")
@click.option("--show", is_flag=True, help="只显示两处各改了什么，不记为看过")
@pass_session
def looked_(session: Session, case: str, show: bool) -> None:
    """两台电脑同时改过的案件：显示各改了什么，记下已经看过；之后才能制发文书。"""
    desk = session.desk()
    found = find_case(desk, case)
    sides = side_by_side(desk, found.id)
    lines = [line for one in sides for line in _lines(one)]
    rows: list[Json] = [plain(one) for one in sides]
    document: dict[str, Json] = {"id": found.id, "case_no": found.case_no, "sides": rows}
    if show or not sides:
        session.answer(document | {"looked": False}, *(lines or ["没有两处同时改动要看"]))
        return
    looked(desk, found.id)
    session.answer(document | {"looked": True}, *lines, f"{found.case_no}：已记下看过")


def _lines(one: SideBySide) -> list[str]:
    own = [f"{one.by_name}改的　{_said(change)}" for change in one.own]
    return [*own, *(f"另一台电脑改的　{_said(change)}" for change in one.other)]


def _said(one: Changed) -> str:
    return f"{one.name}　{one.old or '（没有）'} → {one.new}"
