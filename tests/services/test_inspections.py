"""A site inspection from the first answer to the order that follows from it."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.inspections import Answer, Inspection
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.errors import UserError
from inspector_app.services import papers, parties
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.inspection_papers import order_from, record_from
from inspector_app.services.inspections import (
    InspectionForm,
    answer,
    answer_many,
    attach,
    change_inspection,
    detach,
    finish,
    inspection_list,
    inspection_sheet,
    start_inspection,
)
from tests.helpers.desks import COUNTY, MONDAY, a_case_form, two_inspectors


@pytest.fixture
def visit(desk: Desk) -> Inspection:
    """An inspection of the unit of a case, without a case of its own yet."""
    people = two_inspectors(desk)
    case = new_case(desk, a_case_form())
    form = InspectionForm(
        checklist_id="construction",
        on=MONDAY,
        scope=COUNTY,
        employer_id=case.employer_id,
        project_id=case.project_id,
        inspector_ids=tuple(person.id for person in people),
    )
    return start_inspection(desk, form)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file to attach."""
    path = tmp_path / "告示牌.jpg"
    path.write_bytes(b"a photograph")
    return path


def test_answers_are_saved_one_by_one_and_can_be_changed(desk: Desk, visit: Inspection) -> None:
    answer(desk, visit.id, "C01", Answer.YES)
    answer(desk, visit.id, "C44", Answer.NO, "大门未设置")
    answer(desk, visit.id, "C44", Answer.PARTLY, "内容不全")

    lines = {line.item.id: line for line in inspection_sheet(desk, visit.id).lines}

    assert lines["C01"].answer is Answer.YES
    assert (lines["C44"].answer, lines["C44"].note) == (Answer.PARTLY, "内容不全")
    assert lines["C02"].answer is None


def test_a_failed_item_needs_evidence_before_the_inspection_is_finished(
    desk: Desk, visit: Inspection, photo: Path
) -> None:
    answer(desk, visit.id, "C44", Answer.NO)
    with pytest.raises(UserError) as refused:
        finish(desk, visit.id)
    assert refused.value.field == "C44"

    kept = attach(desk, visit.id, "C44", photo, "施工现场大门")
    done = finish(desk, visit.id)

    assert done.finished
    assert desk.files.get(kept.sha256) == b"a photograph"
    for change in (
        lambda: answer(desk, visit.id, "C01", Answer.YES),
        lambda: detach(desk, kept.id),
        lambda: change_inspection(desk, done),
    ):
        with pytest.raises(UserError, match="已经完成"):
            change()


def test_evidence_attached_by_mistake_can_be_taken_off(
    desk: Desk, visit: Inspection, photo: Path
) -> None:
    kept = attach(desk, visit.id, "C44", photo)

    detach(desk, kept.id)

    assert inspection_sheet(desk, visit.id).evidence == ()


def test_files_that_are_no_evidence_are_refused(
    desk: Desk, visit: Inspection, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.jpg"
    empty.touch()

    with pytest.raises(UserError, match="空文件"):
        attach(desk, visit.id, "C44", empty)
    with pytest.raises(UserError, match="没有找到文件"):
        attach(desk, visit.id, "C44", tmp_path / "absent.jpg")


def test_an_unknown_item_changes_nothing(desk: Desk, visit: Inspection) -> None:
    with pytest.raises(UserError, match="没有第 C99 项"):
        answer_many(desk, visit.id, {"C01": (Answer.YES, ""), "C99": (Answer.YES, "")})

    assert inspection_list(desk)[0].answered == 0


def test_findings_become_the_order_without_retyping(
    desk: Desk, visit: Inspection, photo: Path
) -> None:
    answer(desk, visit.id, "C44", Answer.NO, "工地大门、生活区均未设置")
    attach(desk, visit.id, "C44", photo)

    draft = order_from(desk, visit.id)
    values = papers.draft_sheet(desk, draft.id).values

    assert "告示牌" in str(values["facts"])
    assert "工地大门、生活区均未设置" in str(values["facts"])
    assert "第三十四条" in str(values["articles"])
    assert values["demands"]
    assert values["amount"] is None


def test_an_inspection_without_a_case_opens_one_and_only_one(desk: Desk, visit: Inspection) -> None:
    first = order_from(desk, visit.id)
    second = record_from(desk, visit.id)

    assert first.case_id == second.case_id
    sheet = case_sheet(desk, first.case_id or "")
    assert sheet.case.filed_on == MONDAY
    assert sheet.employer.name == "青禾建筑劳务有限公司"
    assert sheet.project is not None
    assert [one.id for one in sheet.inspections] == [visit.id]


def test_a_project_without_a_unit_must_get_one_first(desk: Desk, visit: Inspection) -> None:
    form = InspectionForm("construction", MONDAY, COUNTY, project_id=visit.project_id)
    alone = start_inspection(desk, form)

    with pytest.raises(UserError, match="施工总承包单位"):
        order_from(desk, alone.id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"checklist_id": "moon"}, "checklist"),
        ({"employer_id": None, "project_id": None}, "project"),
        ({"on": MONDAY.replace(day=29)}, "on"),
        ({"inspector_ids": ("a", "a")}, "inspectors"),
    ],
)
def test_an_inspection_that_cannot_be_is_refused(
    desk: Desk, visit: Inspection, changes: dict[str, object], field: str
) -> None:
    form = InspectionForm("construction", MONDAY, COUNTY, employer_id=visit.employer_id)

    with pytest.raises(UserError) as refused:
        start_inspection(desk, replace(form, **changes))  # type: ignore[arg-type]  # by name

    assert refused.value.field == field


def test_leaving_before_arriving_is_refused(desk: Desk, visit: Inspection) -> None:
    with pytest.raises(UserError, match="离开时间"):
        change_inspection(desk, replace(visit, arrived_at="10:00", left_at="09:00"))


def test_the_list_counts_answers_and_findings(desk: Desk, visit: Inspection) -> None:
    answer_many(desk, visit.id, {"C01": (Answer.YES, ""), "C44": (Answer.NO, "")})

    row = inspection_list(desk)[0]

    assert (row.answered, row.failed) == (2, 1)
    assert row.title == "城东安置房三标段"


def test_each_unit_is_ordered_what_it_answers_for(desk: Desk, visit: Inspection) -> None:
    assert visit.project_id is not None
    general = parties.save_employer(desk, Employer("", "远峰建设集团", desk.city, desk.city))
    chain = [
        ProjectParty("", "", general.id, PartyRole.GENERAL),
        ProjectParty("", "", visit.employer_id or "", PartyRole.LABOUR),
    ]
    project = parties.project_sheet(desk, visit.project_id).project
    parties.save_project(desk, project, chain)
    answer_many(desk, visit.id, dict.fromkeys(("C30", "C33", "C44"), (Answer.NO, "")))

    own = papers.draft_sheet(desk, order_from(desk, visit.id).id).values
    other = papers.draft_sheet(desk, order_from(desk, visit.id, general.id).id).values

    assert "工资支付表" in str(own["facts"])
    assert "告示牌" not in str(own["facts"])
    assert other["party"] == "远峰建设集团"
    assert "告示牌" in str(other["facts"])
    assert "足额支付" in str(own["facts"])
    assert "足额支付" not in str(other["facts"])
    assert other["amount"] is None
