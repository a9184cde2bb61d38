"""`paper word` and `paper attach`: a paper out to WPS or Word, and its edited text taken back."""

import hashlib
from pathlib import Path

import click

from inspector_app.cli.lookup import find_paper
from inspector_app.cli.options import READABLE, out_option
from inspector_app.cli.paper_rows import paper_document
from inspector_app.cli.session import Json, Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.services.edited import attach as attach_edited
from inspector_app.services.edited import detach
from inspector_app.services.papers import paper_list
from inspector_app.services.word import export_word, reserve_number


@click.command("word", cls=Verb)
@click.argument("paper", metavar="ID")
@click.option("--reserve", is_flag=True, help="预留字号，文件上印出")
@out_option("Word 文件（.docx）的位置")
@pass_session
def word(session: Session, paper: str, reserve: bool, out: Path) -> None:
    """把文书存为可以用 WPS/Word 修改的文件。"""
    desk = session.desk()
    found = find_paper(desk, paper)
    if reserve:
        reserve_number(desk, found.id)
    made = export_word(desk, found.id, out)
    document = paper_document(desk, [row for row in paper_list(desk) if row.id == found.id], out)
    document |= {"sha256": made.sha256, "missing_glyphs": list(made.missing)}
    missing = f"，缺字：{'、'.join(made.missing)}" if made.missing else ""
    session.answer(document, f"已存为 {out}{missing}")


@click.command("attach", cls=Verb)
@click.argument("paper", metavar="ID")
@click.argument("files", type=READABLE, nargs=-1, metavar="F.docx F.pdf")
@click.option("--drop", is_flag=True, help="不再用修改后的文件，恢复程序排版的文本")
@pass_session
def attach(session: Session, paper: str, files: tuple[Path, ...], drop: bool) -> None:
    """核对修改后的文件，以它为正式文本；存档的是 PDF，最好同时给出 .docx。"""
    if drop == bool(files):
        raise click.UsageError("写修改后的文件，或者写 --drop。")
    desk = session.desk()
    found = find_paper(desk, paper)
    document: dict[str, Json] = {"wording": [], "pdf_sha256": "", "docx_sha256": ""}
    lines = ["已恢复程序排版的文本。"]
    if drop:
        detach(desk, found.id)
    else:
        edited = attach_edited(desk, found.id, files)
        document["wording"] = [{"was": one.was, "now": one.now} for one in edited.wording]
        document["pdf_sha256"] = hashlib.sha256(edited.pdf).hexdigest()
        document["docx_sha256"] = hashlib.sha256(edited.docx).hexdigest() if edited.docx else ""
        changed = [f"  {one.sentence}" for one in edited.wording]
        lines = [f"核对一致，以修改后的文件为准：{edited.pages} 页，文字改动 {len(changed)} 处"]
        lines += changed
    rows = [row for row in paper_list(desk) if row.id == found.id]
    session.answer(paper_document(desk, rows) | document, *lines)
