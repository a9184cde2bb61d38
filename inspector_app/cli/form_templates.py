"""`forms list|show|add|take-back|export|update`: the bureau's own versions of the forms."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import READABLE, Day, out_option
from inspector_app.cli.paper_render import write
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.form_changes import FormChange
from inspector_app.domain.templates import Template
from inspector_app.domain.terms import date_text
from inspector_app.library.pack_zip import PackHead
from inspector_app.services.template_copies import NewKind, save_kind
from inspector_app.services.template_packs import FormPackDiff, accept_pack, export_pack, pack_diff
from inspector_app.services.template_rows import (
    FormRow,
    form_rows,
    older_drafts,
    update_draft,
    version_rows,
)
from inspector_app.services.template_saving import changes_from_shipped, return_to_shipped
from inspector_app.services.templates import BACK, form_text, known_kind


@click.command("list", cls=Verb)
@click.option("--own", is_flag=True, help="只列本局自己的格式")
@pass_session
def list_(session: Session, own: bool) -> None:
    """各文种现用的格式：随程序的，或者本局的版本。"""
    rows = [row for row in form_rows(session.desk()) if row.own or row.waiting or not own]
    document: dict[str, Json] = {"forms": [_row(row) for row in rows]}
    session.answer(document, *([_row_line(row) for row in rows] or ["没有本局自己的格式。"]))


def _row(row: FormRow) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "version": row.version,
        "effective_from": plain(row.effective_from),
        "source": "bureau" if row.own else "shipped",
        "waiting": [
            {"version": version, "effective_from": plain(day)} for version, day in row.waiting
        ],
        "older_drafts": row.drafts,
        "problem": row.problem,
    }


def _row_line(row: FormRow) -> str:
    source = "本局" if row.own else "随程序"
    parts = [row.id, row.title, f"{source} {row.version}（{row.effective_from} 起）"]
    parts += [f"{day} 起 {version}" for version, day in row.waiting]
    parts += [f"{row.drafts} 份草稿仍用旧格式"] if row.drafts else []
    return "  ".join(part for part in (*parts, row.problem) if part)


@click.command("show", cls=Verb)
@click.argument("kind")
@click.option("--version", default="", help="哪个版本；不写为现用的")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="把格式存为文件")
@pass_session
def show(session: Session, kind: str, version: str, out: Path | None) -> None:
    """一种文书的格式、版本，以及与随程序的差别。"""
    desk = session.desk()
    text = form_text(desk, kind, version)
    changes = changes_from_shipped(desk, kind, text)
    versions = version_rows(desk, kind)
    if out is not None:
        write(out, text.encode())
    document: dict[str, Json] = {
        "id": kind,
        "title": known_kind(desk, kind).title,
        "form": text,
        "changes": [_change(one) for one in changes],
        "versions": [
            {
                "version": one.version,
                "effective_from": plain(one.effective_from),
                "state": one.state,
                "source": "bureau" if one.own else "shipped",
            }
            for one in versions
        ],
    }
    lines = [f"{one.version}　{one.effective_from} 起　{one.state}" for one in versions]
    told = [one.words for one in changes] or ["与随程序的格式没有差别。"]
    session.answer(document, *lines, *told, *([f"已存为 {out}"] if out else []))


def _change(one: FormChange) -> Json:
    return {
        "change": str(one.diff.value),
        "where": one.where,
        "what": one.what,
        "before": one.before,
        "after": one.after,
        "words": one.words,
    }


@click.command("add", cls=Verb)
@click.argument("file", type=READABLE)
@click.option("--version", default="", help="版本；格式包自带，单个格式要写")
@click.option("--from", "day", type=Day(), help="施行日期；格式包自带，单个格式要写")
@click.option("--why", default="", help="理由")
@click.option("--dry-run", is_flag=True, help="只看差别和检查结果")
@pass_session
def add(
    session: Session, file: Path, version: str, day: date | None, why: str, dry_run: bool
) -> None:
    """把一个格式（form.toml）或格式包（.zip）存为本局的新版本，先通过全部检查。"""
    diff = pack_diff(session.desk(), file)
    if dry_run:
        document = _diff(diff) | {"added": []}
        if diff.usable:
            session.answer(document, *_diff_lines(diff))
            return
        for line in _diff_lines(diff):
            session.remark(line)
        session.refuse(document, "form", "不能用：没有差别，或者没有通过检查。")
        return
    made = accept_pack(session.desk(), diff, why, version=version, effective_from=day)
    done = [
        f"{one.kind} {one.version}，{date_text(one.effective_from)}起新拟的文书使用。"
        for one in made
    ]
    session.answer(_diff(diff) | {"added": _added(made)}, *_diff_lines(diff), *done)


def _added(made: Sequence[Template]) -> list[Json]:
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "version": one.version,
            "effective_from": plain(one.effective_from),
        }
        for one in made
    ]


def _diff(diff: FormPackDiff) -> dict[str, Json]:
    head: Json = None
    if diff.head:
        head = {
            "version": diff.head.version,
            "effective_from": plain(diff.head.effective_from),
            "note": diff.head.note,
        }
    forms: list[Json] = [
        {
            "kind": one.kind,
            "title": one.title,
            "changes": [_change(change) for change in one.changes],
            "problems": [
                {"check": str(fault.check.value), "line": fault.line, "message": fault.message}
                for fault in one.faults
            ],
        }
        for one in diff.forms
    ]
    return {"pack": head, "forms": forms}


def _diff_lines(diff: FormPackDiff) -> Iterator[str]:
    for one in diff.forms:
        told = f"差别 {len(one.changes)} 处" if one.changes else "没有差别"
        yield f"{one.kind}　{one.title}：{told}"
        yield from (f"  {change.words}" for change in one.changes)
        for fault in one.faults:
            line = f"第 {fault.line} 行：" if fault.line else ""
            yield f"  未通过　{fault.check.label}：{line}{fault.message}"


@click.command("copy", cls=Verb)
@click.argument("kind")
@click.option("--title", default="", help="新文种的名称")
@click.option("--char", default="", help="文种代字；要编号的文种必须写")
@click.option("--why", default="", help="理由")
@pass_session
def copy(session: Session, kind: str, title: str, char: str, why: str) -> None:
    """把一种文书另存为本局的新文种，从今天起可以开具；不起算期限。"""
    desk = session.desk()
    made = save_kind(desk, NewKind(form_text(desk, kind), title, char, why))
    document: dict[str, Json] = {"kind": made.kind, "version": made.version, "title": title}
    session.answer(document, f"已另存为“{title}”：{made.kind}")


@click.command("take-back", cls=Verb)
@click.argument("kind")
@click.option("--from", "day", type=Day(), help="从哪一天起；不写为今天")
@click.option("--why", default="", help="理由，必填")
@pass_session
def take_back(session: Session, kind: str, day: date | None, why: str) -> None:
    """从某一天起恢复随程序的格式，另存的新文种则停用；已制发的文书不变。"""
    desk = session.desk()
    made = return_to_shipped(desk, kind, day or desk.today(), why)
    title = known_kind(desk, kind).title
    document: dict[str, Json] = {
        "kind": kind,
        "effective_from": plain(made.effective_from),
        "back": made.form == BACK,
    }
    shipped = desk.library.kinds.is_shipped(kind)
    now = "用随程序的格式" if shipped else "停用"
    session.answer(document, f"{title}自{date_text(made.effective_from)}起{now}。")


@click.command("export", cls=Verb)
@click.argument("kinds", nargs=-1, metavar="[KIND]…")
@click.option("--version", required=True, help="格式包的版本，如 2026.1")
@click.option("--from", "day", type=Day(), required=True, help="格式包的施行日期")
@click.option("--note", default="", help="说明")
@out_option("格式包（.zip）")
@pass_session
def export(
    session: Session, kinds: tuple[str, ...], version: str, day: date, note: str, out: Path
) -> None:
    """把本局现用的格式写成格式包，给别的局或别的电脑用。"""
    path, written = export_pack(session.desk(), out, PackHead(version, day, note), kinds)
    document: dict[str, Json] = {"file": str(path), "kinds": list(written)}
    session.answer(document, f"已写出 {len(written)} 种格式：{path}")


@click.command("update", cls=Verb)
@click.argument("papers", nargs=-1, metavar="[ID]…")
@click.option("--kind", default="", help="只要这一文种的")
@pass_session
def update(session: Session, papers: tuple[str, ...], kind: str) -> None:
    """让草稿改用现在的格式；不写 ID 只列出仍用旧格式的草稿。"""
    desk = session.desk()
    done = [update_draft(desk, find_paper(desk, one).id) for one in papers]
    left = older_drafts(desk, kind)
    document: dict[str, Json] = {
        "updated": [{"id": one.id, "version": one.form_version} for one in done],
        "older": [
            {"id": one.id, "kind": one.kind, "version": one.version, "now": one.now} for one in left
        ],
    }
    lines = [f"已改用 {one.form_version}：{one.id}" for one in done]
    lines += [f"{one.id}　{one.title}　{one.case_no}　{one.version} → {one.now}" for one in left]
    session.answer(document, *(lines or ["没有仍用旧格式的草稿。"]))
