"""`import`: lists that others wrote, looked at (`--dry-run`) or taken in."""

from collections.abc import Sequence
from pathlib import Path

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.money import yuan
from inspector_app.services.intake import ImportOutcome, ImportPreview, preview_import, run_import
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
        session.answer(_preview_document(preview), _told(preview, None))
        return
    outcome = run_import(desk, preview, case_ref=case)
    for row in outcome.refused[len(preview.read.rejected) :]:
        session.remark(f"第 {row.row_no} 行未导入：{row.reason}")
    if outcome.blocked is not None:
        session.remark(_not_saved(outcome.rejected, outcome.blocked))
    session.answer(_outcome_document(preview, outcome), _told(preview, outcome))


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


def _preview_document(preview: ImportPreview) -> dict[str, Json]:
    read = preview.read
    return _head(preview, read.rejected) | {
        "accepted": len(read.accepted),
        "already_known": len(read.repeated),
        "changed_values": plain(read.changed_values),
        "rejected_file": None,
        "rejected_trouble": None,
        "amount_sum_fen": read.amount_sum_fen,
        "dry_run": True,
    }


def _outcome_document(preview: ImportPreview, outcome: ImportOutcome) -> dict[str, Json]:
    blocked = outcome.blocked
    return _head(preview, outcome.refused) | {
        "accepted": outcome.accepted,
        "already_known": outcome.already_known,
        "changed_values": plain(outcome.changed_values),
        "rejected_file": str(outcome.rejected_file) if outcome.rejected_file else None,
        "rejected_trouble": _not_saved(outcome.rejected, blocked) if blocked else None,
        "amount_sum_fen": outcome.amount_sum_fen,
        "changeset_id": outcome.changeset_id,
        "dry_run": False,
    }


def _told(preview: ImportPreview, outcome: ImportOutcome | None) -> str:
    read = preview.read
    known = outcome.already_known if outcome else len(read.repeated)
    taken = outcome.accepted if outcome else len(read.accepted)
    rejected = outcome.rejected if outcome else len(read.rejected)
    amount = outcome.amount_sum_fen if outcome else read.amount_sum_fen
    verb = "已导入" if outcome else "可导入"
    return (
        f"{preview.path.name}：{read.data_rows} 行，{verb} {taken} 行，已有 {known} 行，"
        f"未导入 {rejected} 行，金额合计 {yuan(amount)} 元"
    )
