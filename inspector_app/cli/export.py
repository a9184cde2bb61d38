"""`export`: case ledger, wage claims of a case, files for the archive, a blank checklist."""

import hashlib
from pathlib import Path

import click

from inspector_app.cli.case import VIEWS, view_query
from inspector_app.cli.options import full_options, out_option, with_options
from inspector_app.cli.paper_render import write
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.services.archive_list import export_archive_list
from inspector_app.services.case_ref import find_case
from inspector_app.services.exports import blank_checklist, export_cases, export_claims
from inspector_app.sheets.lines_out import ExportResult

EVERYTHING = 1_000_000


@click.group(cls=VerbGroup)
def command() -> None:
    """导出 Excel 台账、欠薪明细、档案移交清单，空白检查表。"""


@command.command("ledger")
@out_option("Excel 文件")
@click.option("--view", type=click.Choice(list(VIEWS)), default="all", help="视图")
@with_options(full_options())
@pass_session
def ledger(session: Session, out: Path, view: str, full: bool, why: str) -> None:
    """案件台账，个人信息隐去；内部要完整版的加 --full 并写明理由。"""
    query = view_query(view, limit=EVERYTHING)
    made = export_cases(session.desk(), out, query, masked=not full, why=why)
    _answer(session, out, made)


@command.command("claims")
@click.option("--case", "case", required=True, help="案件编号")
@out_option("Excel 文件")
@with_options(full_options())
@pass_session
def claims(session: Session, case: str, out: Path, full: bool, why: str) -> None:
    """一件案件的欠薪人员及金额明细表，个人信息隐去；要完整版的加 --full 并写明理由。"""
    desk = session.desk()
    made = export_claims(desk, out, find_case(desk, case).id, masked=not full, why=why)
    _answer(session, out, made)


@command.command("archive-list")
@click.option("--year", type=click.IntRange(2000, 2100), help="哪一年结案的（默认今年）")
@click.option("--waiting", is_flag=True, help="只列还没有归档的")
@out_option("Excel 文件")
@pass_session
def archive_list(session: Session, year: int | None, waiting: bool, out: Path) -> None:
    """档案移交清单：结案案卷的件数、页数、保管期限，盒号留空手填。"""
    desk = session.desk()
    made = export_archive_list(desk, out, year or desk.today().year, waiting=waiting)
    _answer(session, out, made)


@command.command("checklist")
@click.option("--checklist", required=True, metavar="ID", help="检查表编号")
@out_option("PDF 文件")
@pass_session
def checklist(session: Session, checklist: str, out: Path) -> None:
    """空白检查表，A4。"""
    page = blank_checklist(session.desk(), checklist)
    write(out, page.pdf)
    document: dict[str, Json] = {
        "file": str(out),
        "rows": len(session.desk().library.checklists[checklist].items),
        "sums": {},
        "sha256": hashlib.sha256(page.pdf).hexdigest(),
        "pages": page.pages,
    }
    session.answer(document, f"已存为 {out}，{page.pages} 页")


def _answer(session: Session, out: Path, made: ExportResult) -> None:
    document: dict[str, Json] = {
        "file": str(out),
        "rows": made.rows,
        "sums": plain(made.sums),
        "sha256": made.sha256,
    }
    session.answer(document, f"已存为 {out}，{made.rows} 行")
