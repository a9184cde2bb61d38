"""`inspect`: a whole site inspection from an answers file."""

import json
from dataclasses import dataclass
from pathlib import Path

import click

from inspector_app.cli.case_new import read_day
from inspector_app.cli.lookup import find_employer, find_inspector, find_project
from inspector_app.cli.options import READABLE
from inspector_app.cli.session import Json, Session, pass_session, plain
from inspector_app.cli.verbs import Verb
from inspector_app.domain.inspections import Answer, InspectionKind
from inspector_app.errors import UserError
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import (
    InspectionForm,
    answer_many,
    attach,
    inspection_sheet,
    start_inspection,
)
from inspector_app.services.settings import get


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What an answers file says; evidence paths are read from the file's own folder."""

    inspectors: tuple[str, ...]
    on: str
    kind: InspectionKind
    place: str
    answers: dict[str, tuple[Answer, str]]
    evidence: dict[str, tuple[Path, ...]]


@click.command("inspect", cls=Verb)
@click.option("--checklist", required=True, metavar="ID", help="检查表编号")
@click.option("--project", metavar="ID", help="工程项目：编号或名称")
@click.option("--employer", metavar="ID", help="用人单位：编号、信用代码或名称")
@click.option("--case", "case_id", metavar="ID", help="所属案件的编号")
@click.option("--answers", type=READABLE, required=True, help="答案文件（JSON）")
@pass_session
def command(
    session: Session,
    checklist: str,
    project: str | None,
    employer: str | None,
    case_id: str | None,
    answers: Path,
) -> None:
    """按答案文件登记一次现场检查，列出发现的问题。"""
    if (project is None) == (employer is None):
        raise click.UsageError("--project 与 --employer 写其中一个。")
    desk = session.desk()
    given = read_answers(answers)
    form = inspection_form(desk, checklist, project, employer, case_id, given)
    made = start_inspection(desk, form)
    answer_many(desk, made.id, given.answers)
    for item, paths in given.evidence.items():
        for path in paths:
            attach(desk, made.id, item, path)
    sheet = inspection_sheet(desk, made.id)
    rows: list[Json] = [
        {
            "item": found.item_id,
            "answer": found.answer.value,
            "fact": found.fact,
            "violations": plain(found.violations),
            "articles": plain(found.articles),
        }
        for found in sheet.findings
    ]
    open_points: list[Json] = [
        {"item": point.item_id, "message": point.message} for point in sheet.open_points
    ]
    lines = [f"{found.item_id}  {found.fact}" for found in sheet.findings]
    lines.append(f"发现问题 {len(rows)} 项，待补 {len(open_points)} 项")
    session.answer({"id": made.id, "findings": rows, "open_points": open_points}, *lines)


def inspection_form(
    desk: Desk,
    checklist: str,
    project: str | None,
    employer: str | None,
    case_id: str | None,
    given: AnswersFile,
) -> InspectionForm:
    """Who goes where and when; the county is that of the place, else the office's own."""
    site = find_project(desk, project) if project else None
    unit = find_employer(desk, employer) if employer else None
    county = (site.county if site else "") or (unit.county if unit else "")
    return InspectionForm(
        checklist_id=checklist,
        on=read_day(given.on, desk.today(), "on"),
        scope=county or get(desk, "default_scope"),
        kind=given.kind,
        employer_id=unit.id if unit else None,
        project_id=site.id if site else None,
        case_id=case_id,
        inspector_ids=tuple(find_inspector(desk, one).id for one in given.inspectors),
        place=given.place,
    )


def read_answers(path: Path) -> AnswersFile:
    """The answers file; whatever is wrong in it is told with the place."""
    document = read_json(path)
    people, answers = document.get("inspectors", []), document.get("answers")
    if not isinstance(answers, dict):
        raise UserError("答案文件缺少 answers。", field="answers")
    if not isinstance(people, list) or len(people) != 2:
        raise UserError("inspectors 要写两名监察员。", field="inspectors")
    rows = {str(item): _one(str(item), row) for item, row in answers.items()}
    return AnswersFile(
        inspectors=tuple(str(one) for one in people),
        on=str(document.get("on", "")),
        kind=_kind(str(document.get("kind", InspectionKind.ROUTINE.value))),
        place=str(document.get("place", "")),
        answers={item: (given, note) for item, (given, note, _) in rows.items()},
        evidence={
            item: tuple(path.parent / name for name in names)
            for item, (_, _, names) in rows.items()
        },
    )


def read_json(path: Path) -> dict[str, object]:
    """A JSON object from a file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"文件“{path}”打不开：{error.strerror}。", field="file") from error
    except ValueError as error:
        raise UserError(f"文件“{path.name}”不是 UTF-8 的 JSON。", field="file") from error
    if not isinstance(document, dict):
        raise UserError(f"文件“{path.name}”的最外层应是一个对象。", field="file")
    return document


def _one(item: str, row: object) -> tuple[Answer, str, list[str]]:
    if not isinstance(row, dict):
        raise UserError(f"第 {item} 项的答案写法不对。", field=item)
    code = str(row.get("answer", ""))
    given = next((one for one in Answer if one.value == code), None)
    if given is None:
        known = "、".join(one.value for one in Answer)
        raise UserError(f"第 {item} 项的答案“{code}”不认识。可用：{known}。", field=item)
    names = row.get("evidence", [])
    if not isinstance(names, list):
        raise UserError(f"第 {item} 项的 evidence 应是文件名列表。", field=item)
    return given, str(row.get("note", "")), [str(name) for name in names]


def _kind(code: str) -> InspectionKind:
    found = next((one for one in InspectionKind if one.value == code), None)
    if found is None:
        known = "、".join(one.value for one in InspectionKind)
        raise UserError(f"检查类型“{code}”不认识。可用：{known}。", field="kind")
    return found
