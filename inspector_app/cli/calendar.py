"""`calendar`: the working days of each year, and the yearly notice that changes them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import VerbGroup
from inspector_app.domain.terms import date_text, weekday_text
from inspector_app.services.calendar_notice import DayRow
from inspector_app.services.due_changes import AffectedCase
from inspector_app.services.office_calendar import (
    affected_by,
    check_year,
    import_notice,
    known_years,
    read_notice_file,
    read_year,
    take_back_year,
)


@click.group(cls=VerbGroup)
def command() -> None:
    """工作日历：各年的放假和调休上班。"""


@command.command("years")
@pass_session
def years(session: Session) -> None:
    """已有哪些年份。"""
    found = known_years(session.desk())
    rows: list[Json] = [
        {"year": one.year, "origin": one.origin, "source": one.source, "known": one.known}
        for one in found
    ]
    lines = [
        f"{one.year} 年：{one.origin}{'，' + one.source if one.source else ''}"
        + ("" if one.known else "（前面的年份没有录入，尚不采用）")
        for one in found
    ]
    session.answer({"years": rows}, *lines)


@command.command("show")
@click.argument("year", type=int)
@pass_session
def show(session: Session, year: int) -> None:
    """一年里放假和调休上班的日子。"""
    table = read_year(session.desk(), year)
    document: dict[str, Json] = {
        "year": table.year,
        "origin": table.origin,
        "source": table.source,
        "days": _rows(table.rows),
        "working_days": table.working_days,
    }
    head = f"{year} 年（{table.origin}），工作日 {table.working_days} 天"
    session.answer(document, head, *_day_lines(table.rows))


@command.command("import")
@click.argument("file", type=READABLE)
@click.option("--year", type=int, help="哪一年（默认从通知里读）")
@click.option("--source", default="", help="来源，例如通知的文号（默认文件名）")
@click.option("--dry-run", is_flag=True, help="只看结果，不写入")
@pass_session
def import_(session: Session, file: Path, year: int | None, source: str, dry_run: bool) -> None:
    """导入放假通知：文字（.txt、.md、.docx）或者表格（.xlsx、.csv，列为日期、类型、名称）。"""
    desk = session.desk()
    if not dry_run:
        read, saved = import_notice(desk, file, year, source)
        _told(session, (*read.notes, *saved.warnings))
        document = _document(file, read.year, read.rows, (), saved.warnings, saved.affected)
        done = f"已录入 {read.year} 年的放假安排。"
        session.answer(document | {"dry_run": False}, done, *_case_lines(saved.affected))
        return
    read = read_notice_file(file, year)
    check = check_year(desk, read.year, read.rows) if read.year else None
    problems = (*read.problems, *(check.errors if check else ()))
    warnings = check.warnings if check else ()
    moved = affected_by(desk, read.year, read.rows) if read.year and not problems else ()
    _told(session, (*read.notes, *problems, *warnings))
    document = _document(file, read.year, read.rows, problems, warnings, moved)
    session.answer(document | {"dry_run": True}, *_day_lines(read.rows), *_case_lines(moved))


@command.command("take-back")
@click.argument("year", type=int)
@click.option("--why", default="", help="理由，必填")
@pass_session
def take_back(session: Session, year: int, why: str) -> None:
    """撤回本局录入的一年，恢复随程序的安排。"""
    take_back_year(session.desk(), year, why)
    session.answer({"year": year}, f"已撤回 {year} 年的放假安排。")


def _told(session: Session, sentences: Iterable[str]) -> None:
    for one in sentences:
        session.remark(one)


def _document(
    file: Path,
    year: int | None,
    rows: Sequence[DayRow],
    problems: Sequence[str],
    warnings: Sequence[str],
    moved: Sequence[AffectedCase],
) -> dict[str, Json]:
    return {
        "file": file.name,
        "year": year,
        "days": _rows(rows),
        "problems": list(problems),
        "warnings": list(warnings),
        "affected": [
            {
                "id": one.case_id,
                "case_no": one.case_no,
                "employer": one.employer,
                "moves": [
                    {"rule": move.rule, "before": plain(move.before), "after": plain(move.after)}
                    for move in one.moves
                ],
            }
            for one in moved
        ],
    }


def _rows(rows: Iterable[DayRow]) -> list[Json]:
    return [{"date": plain(row.day), "kind": str(row.kind.value), "name": row.name} for row in rows]


def _day_lines(rows: Iterable[DayRow]) -> list[str]:
    return [f"{weekday_text(row.day)} {row.kind.label} {row.name}".rstrip() for row in rows]


def _case_lines(moved: Sequence[AffectedCase]) -> list[str]:
    lines = [f"到期日变动的在办案件 {len(moved)} 件"]
    for case in moved:
        for move in case.moves:
            before = date_text(move.before) if move.before else "—"
            after = date_text(move.after) if move.after else "—"
            lines.append(f"{case.case_no} {case.employer} {move.name}：{before} → {after}")
    return lines
