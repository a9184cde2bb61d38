"""`paper kinds`, `paper fields`, `paper render`: forms of the office, without any case."""

import hashlib
from pathlib import Path

import click

from inspector_app.cli.inspection import read_json
from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.domain.paper_values import example_values, from_plain
from inspector_app.domain.papers import Field, PaperKind, Values
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.papers import draft_page
from inspector_app.services.word import word_preview


@click.command("kinds", cls=Verb)
@pass_session
def kinds(session: Session) -> None:
    """全部文种。"""
    found = session.kinds()
    rows: list[Json] = [
        {
            "id": kind.id,
            "title": kind.title,
            "layout": kind.layout.value,
            "version": kind.version,
            "series": kind.series,
        }
        for kind in found
    ]
    session.answer({"kinds": rows}, *(f"{kind.id}  {kind.title}" for kind in found))


@click.command("fields", cls=Verb)
@click.argument("kind")
@pass_session
def fields(session: Session, kind: str) -> None:
    """一种文书要填的字段。"""
    form = form_of(session, kind)
    rows = [_field(field) for field in form.fields]
    lines = [
        f"{field.id}  {field.label}  {field.type.label}{'（必填）' if field.required else ''}"
        for field in form.fields
    ]
    document: dict[str, Json] = {"kind": form.id, "title": form.title, "fields": rows}
    session.answer(document, *lines)


@click.command("render", cls=Verb)
@click.option("--form", "kind", required=True, metavar="KIND", help="文种")
@click.option("--fields", "typed", type=READABLE, help="字段内容（JSON）")
@click.option("--example", is_flag=True, help="用示例内容")
@click.option("--longest", is_flag=True, help="与 --example 同用：取最长的示例")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@pass_session
def render(
    session: Session, kind: str, typed: Path | None, example: bool, longest: bool, out: Path
) -> None:
    """不经台账，直接把一份文书排成 PDF，或者存为 Word 文件（.docx）。"""
    if (typed is None) != example or (longest and not example):
        raise click.UsageError("--fields 与 --example 写其中一个；--longest 与 --example 同用。")
    form = form_of(session, kind)
    ending = out.suffix.lower()
    if ending not in {".pdf", ".docx"}:
        raise UserError("文书只能存为 .pdf 或 .docx 文件。", field="out")
    values = example_values(form, longest=longest) if typed is None else _read(typed, form)
    with session.parts.scratch(session.day()) as desk:
        page = draft_page(desk, form, values)
        data = page.pdf if ending == ".pdf" else word_preview(desk, form, values).docx
    write(out, data)
    document: dict[str, Json] = {
        "file": str(out),
        "pages": page.pages,
        "sha256": hashlib.sha256(data).hexdigest(),
        "missing_glyphs": list(page.missing),
    }
    missing = f"，缺字：{'、'.join(page.missing)}" if page.missing else ""
    session.answer(document, f"{form.title}：{page.pages} 页，{out}{missing}")


def form_of(session: Session, kind: str) -> PaperKind:
    """The form in force of a kind, the shipped one where there is no ledger.

    The sentence of refusal names the known kinds.
    """
    form = next((one for one in session.kinds() if one.id == kind), None)
    if form is None:
        known = "、".join(session.parts.library().kinds)
        raise UserError(f"没有“{kind}”这种文书。可用：{known}。", field="kind", kind="unknown")
    return form


def write(out: Path, data: bytes) -> None:
    """Write a file where the user asked."""
    try:
        out.write_bytes(data)
    except OSError as error:
        raise OutsideError(f"文件“{out}”没有写成：{error.strerror}。") from error


def _read(path: Path, form: PaperKind) -> Values:
    return from_plain(read_json(path), form, strict=True)


def _field(field: Field) -> Json:
    return {
        "id": field.id,
        "label": field.label,
        "type": field.type.value,
        "required": field.required,
        "help": field.help,
        "options": list(field.options),
        "columns": [{"id": one.id, "title": one.title, "kind": one.kind} for one in field.columns],
        "max_length": field.max_length,
    }
