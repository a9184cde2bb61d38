"""`import`: lists that others wrote, looked at (`--dry-run`) or taken in."""

from collections.abc import Sequence
from pathlib import Path

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.money import yuan
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.intake import (
    ImportOutcome,
    ImportPreview,
    as_read,
    preview_import,
    run_import,
    try_import,
)
from inspector_app.sheets.importing import RejectedRow


@click.command("import", cls=Verb)
@click.argument("file", type=READABLE)
@click.option("--kind", default="", help="clues、cases、workers、projects、employers、payments")
@click.option("--sheet", default="", help="工作表名称（默认自动选择）")
@click.option("--case", "case", default="", help="名单所属的案件（表中没有案件号时）")
@click.option("--dry-run", is_flag=True, help="只看结果，不写入台账")
@pass_session
def command(session: Session, file: Path, kind: str, sheet: str, case: str, dry_run: bool) -> None:
    """导入名单：xlsx、xls、xlsb、ods、csv、网页另存的 xls。"""
    desk = session.desk()
    preview = preview_import(desk, file, kind, sheet=sheet)
    for line in _looked_at(preview):
        session.remark(line)
    if dry_run:
        tried = _tried(desk, preview, case)
        _remark_refused(session, preview, tried)
        session.answer(_outcome_document(preview, tried, dry=True), _told(tried, dry=True))
        return
    outcome = run_import(desk, preview, case_ref=case)
    _remark_refused(session, preview, outcome)
    if outcome.blocked is not None:
        session.remark(_not_saved(outcome.rejected, outcome.blocked))
    session.answer(_outcome_document(preview, outcome), _told(outcome))


def _tried(desk: Desk, preview: ImportPreview, case: str) -> ImportOutcome:
    """What the import would do; of a list whose case was not named, what its rows say alone."""
    try:
        return try_import(desk, preview, case_ref=case)
    except UserError as error:
        if error.field != "case" or case:
            raise
    return as_read(preview)


def _remark_refused(session: Session, preview: ImportPreview, outcome: ImportOutcome) -> None:
    """The rows that only the ledger refused; those the sheet refused were told before."""
    for row in outcome.refused[len(preview.read.rejected) :]:
        session.remark(f"第 {row.row_no} 行未导入：{row.reason}")


def _looked_at(preview: ImportPreview) -> list[str]:
    """How the columns were understood, and why rows stay out: beside the answer."""
    read = preview.read
    columns = "、".join(
        f"{field}←第{column + 1}列" for field, column in preview.mapping.columns.items()
    )
    lines = [f"{preview.kind.label}：{columns}", *read.notes]
    lines += [f"第 {row.row_no} 行未导入：{row.reason}" for row in read.rejected]
    lines += [
        f"第 {note.row} 行 {note.field}：“{note.written}”读作 {note.understood}"
        for note in read.changed_values
    ]
    return lines + [f"第 {row.row_no} 行：{flag}" for row in read.accepted for flag in row.flags]


def _not_saved(rejected: int, blocked: Path) -> str:
    return (
        f"名单已导入，但未导入的 {rejected} 行没有存成文件：写不了“{blocked.name}”。请关闭正在打开"
        "它的程序，或把名单拷到能写的文件夹，再导入一次：已有的行不会重复，只补存这些行。"
    )


def _head(preview: ImportPreview, rejected: Sequence[RejectedRow]) -> dict[str, Json]:
    return {
        "file": preview.path.name,
        "kind": preview.kind.value,
        "sheet": preview.sheet.name,
        "mapping": plain(dict(preview.mapping.columns)),
        "data_rows": preview.read.data_rows,
        "rejected": len(rejected),
        "rejected_rows": [{"row": row.row_no, "reason": row.reason} for row in rejected],
        "flags": [
            {"row": row.row_no, "message": flag}
            for row in preview.read.accepted
            for flag in row.flags
        ],
    }


def _outcome_document(
    preview: ImportPreview, outcome: ImportOutcome, *, dry: bool = False
) -> dict[str, Json]:
    blocked = outcome.blocked
    return (
        _head(preview, outcome.refused)
        | {
            "accepted": outcome.accepted,
            "already_known": outcome.already_known,
            "changed_values": plain(outcome.changed_values),
            "rejected_file": str(outcome.rejected_file) if outcome.rejected_file else None,
            "rejected_trouble": _not_saved(outcome.rejected, blocked) if blocked else None,
            "amount_sum_fen": outcome.amount_sum_fen,
            "dry_run": dry,
        }
        | ({} if dry else {"changeset_id": outcome.changeset_id})
    )


def _told(outcome: ImportOutcome, *, dry: bool = False) -> str:
    verb = "可导入" if dry else "已导入"
    return (
        f"{outcome.file}：{outcome.data_rows} 行，{verb} {outcome.accepted} 行，"
        f"已有 {outcome.already_known} 行，未导入 {outcome.rejected} 行，"
        f"金额合计 {yuan(outcome.amount_sum_fen)} 元"
    )
