"""`paper bind`: the case file as one PDF."""

from pathlib import Path

import click

from inspector_app.cli.options import out_option
from inspector_app.cli.session import Session, pass_session
from inspector_app.cli.verbs import Verb
from inspector_app.services.binder import bind_case
from inspector_app.sheets.safe import file_sha256


@click.command("bind", cls=Verb)
@click.argument("case")
@out_option("PDF 文件")
@click.option("--part", default="main", help="main 正卷，side 副卷")
@pass_session
def bind(session: Session, case: str, out: Path, part: str) -> None:
    """把一件案件的文书和证据装订成一个 PDF 案卷。"""
    made = bind_case(session.desk(), case, out, part)
    session.answer(
        {
            "file": str(made.path),
            "part": made.part.id,
            "pages": made.pages,
            "sha256": file_sha256(made.path),
            "contents": [
                {
                    "kind": one.item.kind,
                    "title": one.item.title,
                    "number": one.item.number,
                    "pages": one.pages,
                }
                for one in made.placed
            ],
        },
        f"{made.part.name}：{len(made.placed)} 件，{made.pages} 页，已存为 {made.path}",
    )
