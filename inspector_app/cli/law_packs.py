"""`law pack`: updates of the rule pack, looked at first, then accepted."""

from collections.abc import Iterator
from pathlib import Path

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.terms import date_text
from inspector_app.library.packs import Change, RowChange
from inspector_app.services.law_packs import PackCase, PackDiff, accept, list_packs, read_diff


@click.group("pack", cls=VerbGroup)
def pack() -> None:
    """规则包更新：先看差别，再接受。"""


@pack.command("diff")
@click.argument("file", type=READABLE)
@pass_session
def diff(session: Session, file: Path) -> None:
    """规则包（文件夹或 .zip）与现在规则的差别，和受影响的在办案件；不改变任何东西。"""
    found = read_diff(session.desk(), file)
    session.answer(_document(found), *_lines(found))


@pack.command("accept")
@click.argument("file", type=READABLE)
@pass_session
def accept_(session: Session, file: Path) -> None:
    """接受规则包；到施行日期后下一次启动时生效。"""
    made, found = accept(session.desk(), file)
    document = _document(found) | {"id": made.id, "sha256": made.sha256}
    done = f"已接受规则包 {made.version}，{made.effective_from} 起，下一次启动时生效。"
    session.answer(document, *_lines(found), done)


@pack.command("list")
@pass_session
def list_(session: Session) -> None:
    """接受过的规则包和是否生效。"""
    lines = list_packs(session.desk())
    rows: list[Json] = [
        {
            "id": one.pack.id,
            "version": one.pack.version,
            "effective_from": plain(one.pack.effective_from),
            "accepted_on": plain(one.pack.accepted_on),
            "accepted_by": one.pack.accepted_by,
            "sha256": one.pack.sha256,
            "note": one.pack.note,
            "state": one.state,
        }
        for one in lines
    ]
    told = [
        f"{one.pack.version}：{one.pack.effective_from} 起，{one.state}（{one.pack.accepted_by} "
        f"{one.pack.accepted_on} 接受）"
        for one in lines
    ]
    session.answer({"packs": rows}, *(told or ["没有接受过规则包，用随程序的规则。"]))


def _document(found: PackDiff) -> dict[str, Json]:
    return {
        "version": found.head.version,
        "effective_from": plain(found.head.effective_from),
        "note": found.head.note,
        "rows": [_row(one) for one in found.rows],
        "cases": [_case(one) for one in found.cases],
        "stale_choices": [
            {"rule": one.rule, "field": one.field, "value": one.value} for one in found.stale
        ],
    }


def _row(one: RowChange) -> Json:
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "change": str(one.change.value),
        "fields": [
            {"field": field.field, "before": field.before, "after": field.after}
            for field in one.fields
        ],
    }


def _case(one: PackCase) -> Json:
    return {
        "id": one.case_id,
        "case_no": one.case_no,
        "employer": one.employer,
        "rules": list(one.rules),
        "moves": [
            {"rule": move.rule, "before": plain(move.before), "after": plain(move.after)}
            for move in one.moves
        ],
        "hint": one.hint,
    }


def _lines(found: PackDiff) -> Iterator[str]:
    head = found.head
    yield f"规则包 {head.version}（{head.effective_from} 起）：{head.note or '没有说明'}"
    yield f"差别 {len(found.rows)} 条"
    for row in found.rows:
        yield f"{row.change.label} {row.label} {row.id} {row.name}"
        if row.change is Change.CHANGED:
            for field in row.fields:
                yield f"  {field.label}：{field.before or '—'} → {field.after or '—'}"
    yield f"受影响的在办案件 {len(found.cases)} 件"
    for case in found.cases:
        yield f"{case.case_no} {case.employer}：{'、'.join(case.rules)}"
        for move in case.moves:
            before = date_text(move.before) if move.before else "—"
            after = date_text(move.after) if move.after else "—"
            yield f"  {move.name}（{move.rule}）：{before} → {after}"
        yield f"  {case.hint}"
    for choice in found.stale:
        yield f"本局口径 {choice.rule} {choice.field} 不再适用"
