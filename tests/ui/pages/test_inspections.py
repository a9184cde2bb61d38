"""The list of inspections, the start of a new one, blank checklists, and what the worker does."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from inspector_app.domain.inspections import Answer
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.errors import OutsideError, UserError
from inspector_app.services.desk import Desk
from inspector_app.services.inspection_papers import order_from, record_from
from inspector_app.services.inspections import (
    answer,
    finish,
    inspection_list,
)
from inspector_app.services.parties import project_sheet, save_employer, save_project
from inspector_app.ui.pages.inspection.page import InspectionPage
from inspector_app.ui.pages.inspection.reading import read_visit
from inspector_app.ui.pages.inspections import InspectionsPage
from inspector_app.ui.pages.inspections_new import begin, read_choices, suggest_cases
from inspector_app.ui.pages.paper.page import PaperPage
from tests.ui.pages.conftest import WAIT, Driver, OpenWindow, Picture, press
from tests.ui.pages.scene import TODAY
from tests.ui.pages.visits import CTRL, UNIT, begun, focus, opened, sheet
from tests.ui.typing import commit


# ── list and new ─────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def listing(user: Driver) -> InspectionsPage:
    done = begun(user, "employer")
    finish(user.scene.desk, done)
    begun(user)
    found = user.open("inspections")
    assert isinstance(found, InspectionsPage)
    return found


def test_what_is_not_finished_comes_first(user: Driver, listing: InspectionsPage) -> None:
    rows = listing.table.rows_model.rows()
    assert [row.inspection.finished for row in rows] == [False, True]
    assert listing.head.hint() == "进行中 1 次，共 2 次"
    user.qtbot.keyClick(listing.table, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "inspection"


def test_the_list_is_filtered(user: Driver, listing: InspectionsPage) -> None:
    listing.state.set_chosen(("done",))
    listing.state.changed.emit(("done",))
    assert len(listing.table.rows_model.rows()) == 1
    user.act("find")
    commit(listing.search.edit, "没有这个")
    user.qtbot.keyClick(listing.search.edit, Qt.Key.Key_Return)
    assert listing.states.state() == "empty"
    press(listing, "清除筛选")
    assert len(listing.table.rows_model.rows()) == 2


def test_a_new_inspection_of_a_known_project_by_pinyin(
    user: Driver, listing: InspectionsPage
) -> None:
    user.act("inspection.new")
    new = listing.new
    user.qtbot.keyClicks(new.project.edit, "cdazf")
    user.quiet()
    user.qtbot.keyClick(new.project.edit, Qt.Key.Key_Down)
    user.qtbot.keyClick(new.project.edit, Qt.Key.Key_Return)
    assert new.project.text() == "城东安置房三标段（演示）"
    assert new.first.value() == user.scene.people[0].id
    new.second.set_value(user.scene.people[1].id)
    user.qtbot.keyClick(new.place.edit, Qt.Key.Key_Return, CTRL)
    user.quiet()
    page = user.page()
    assert isinstance(page, InspectionPage)
    assert page.head.title() == "城东安置房三标段（演示）"
    assert sheet(user, page).inspection.project_id == user.scene.cases[UNIT].project_id


def test_a_project_and_unit_the_ledger_lacks_are_entered_with_it(
    user: Driver, listing: InspectionsPage
) -> None:
    user.open("inspections", "new")
    new = listing.new
    commit(new.project.edit, "新开工厂房（演示）")
    commit(new.employer.edit, "新来建设有限公司（演示）")
    new.second.set_value(user.scene.people[1].id)
    new.go.click()
    user.quiet()
    made = inspection_list(user.scene.desk)[0].inspection
    assert made.project_id is not None
    chain = project_sheet(user.scene.desk, made.project_id).parties
    assert [(one.employer.name, one.party.role) for one in chain] == [
        ("新来建设有限公司（演示）", PartyRole.GENERAL)
    ]


def test_a_case_fills_in_its_project(user: Driver, listing: InspectionsPage) -> None:
    user.act("inspection.new")
    new = listing.new
    new.case.edit.setFocus()
    user.qtbot.keyClicks(new.case.edit, "qhjz")
    user.quiet()
    user.qtbot.keyClick(new.case.edit, Qt.Key.Key_Down)
    user.qtbot.keyClick(new.case.edit, Qt.Key.Key_Return)
    user.quiet()
    assert new.case.text() == "平人社监〔2026〕1号"
    assert new.project.text() == "城东安置房三标段（演示）"


def test_what_is_missing_is_said_under_its_field(user: Driver, listing: InspectionsPage) -> None:
    user.act("inspection.new")
    new = listing.new
    new.second.set_value("")
    user.act("save")
    assert new.second.error() == "请填写检查人员二"
    new.second.set_value(user.scene.people[0].id)
    user.act("save")
    assert new.project.error() == "请填写被检查的项目或单位。"
    commit(new.employer.edit, "新来建设有限公司（演示）")
    user.act("save")
    assert new.second.error() == "两名检查人员不能是同一人（监察条例第十六条）。"
    commit(new.case.edit, "没有这件")
    new.second.set_value(user.scene.people[1].id)
    user.act("save")
    assert "没有找到案件" in new.case.error()
    new.on.set_text_by_user("2026-12-01")
    user.act("save")
    assert new.on.error() == "检查日期不能晚于今天"
    user.act("back")
    assert listing.head.title() == "现场检查"


def test_a_blank_checklist_is_seen_printed_and_saved(
    user: Driver,
    listing: InspectionsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user.act("print")
    user.choose("用人单位")
    user.qtbot.waitUntil(lambda: listing.preview.page_count() > 0, timeout=WAIT)
    sent: list[str] = []
    monkeypatch.setattr(
        "inspector_app.ui.pages.inspections.ask_and_print",
        lambda _c, _page, title: sent.append(title),
    )
    user.act("print")
    assert sent == ["用人单位劳动保障检查表"]
    target = (str(tmp_path / "空白.pdf"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: target)
    user.act("export")
    assert (tmp_path / "空白.pdf").read_bytes().startswith(b"%PDF")
    user.act("back")
    assert listing.head.title() == "现场检查"


def test_an_empty_ledger_says_what_to_do(
    open_window: OpenWindow, empty_desk: Desk, user: Driver
) -> None:
    user.window = open_window(empty_desk)
    page = user.open("inspections")
    assert isinstance(page, InspectionsPage)
    assert page.states.empty.title.text() == "还没有现场检查"
    user.act("inspection.new")
    assert "请先到设置里登记" in page.new.words.text()


def test_a_list_that_cannot_be_read_offers_another_try(
    user: Driver, listing: InspectionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    monkeypatch.setattr("inspector_app.ui.pages.inspections.inspection_list", refuse)
    user.act("refresh")
    assert listing.states.state() == "error"


# ── what the worker does ─────────────────────────────────────────────────────────────────────
def typed(user: Driver, **changes: str) -> dict[str, object]:
    first, second = user.scene.people
    return {
        "project": "",
        "employer": "",
        "case": "",
        "scope": "410411",
        "checklist": "employer",
        "kind": "routine",
        "place": "",
        "inspector_1": first.id,
        "inspector_2": second.id,
        **changes,
    }


def test_an_inspection_needs_somebody_to_inspect_and_two_people(user: Driver) -> None:
    desk = user.scene.desk
    with pytest.raises(UserError) as nobody:
        begin(desk, typed(user), TODAY)
    assert nobody.value.field == "project"
    twice = typed(user, employer="某单位（演示）", inspector_2=user.scene.people[0].id)
    with pytest.raises(UserError) as one:
        begin(desk, twice, TODAY)
    assert one.value.field == "inspector_2"


def test_known_names_are_found_and_new_ones_entered_once(user: Driver) -> None:
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    known = begin(
        desk,
        typed(user, employer=f"{UNIT}（演示）", project="城东安置房三标段（演示）", case=case.id),
        TODAY,
    )
    assert (known.employer_id, known.project_id, known.case_id) == (
        case.employer_id, case.project_id, case.id,
    )  # fmt: skip
    fresh = begin(desk, typed(user, project="新开工厂房（演示）"), TODAY)
    again = begin(desk, typed(user, project="新开工厂房（演示）"), TODAY)
    assert fresh.project_id == again.project_id
    assert [one.text for one in suggest_cases(desk, "qhjz")] == ["平人社监〔2026〕1号"]
    assert read_choices(desk).people


def test_papers_made_from_an_inspection_are_found_again(user: Driver) -> None:
    desk, visit = user.scene.desk, begun(user)
    answer(desk, visit, "C44", Answer.NO)
    assert read_visit(desk, visit).record_id == ""
    order = order_from(desk, visit)
    record = record_from(desk, visit)
    news = read_visit(desk, visit)
    assert [one.paper_id for one in news.orders] == [order.id]
    assert news.record_id == record.id
    assert news.case_no


def test_each_unit_of_the_site_gets_the_order_of_its_own_findings(user: Driver) -> None:
    desk, case = user.scene.desk, user.scene.cases[UNIT]
    owner = save_employer(desk, Employer("", "建设置业有限公司（演示）", "", ""))
    project = project_sheet(desk, str(case.project_id)).project
    chain = [
        ProjectParty("", "", case.employer_id, PartyRole.GENERAL),
        ProjectParty("", "", owner.id, PartyRole.OWNER),
    ]
    save_project(desk, project, chain)
    visit = begun(user)
    answer(desk, visit, "C05", Answer.NO, "拨付不足")
    targets = read_visit(desk, visit).orders
    assert [(one.name, one.part) for one in targets] == [
        ("青禾建筑劳务有限公司（演示）", ""),
        ("建设置业有限公司（演示）", "建设单位"),
    ]
    page = opened(user, visit)
    page.order.click()
    user.choose("给建设置业有限公司（演示）（建设单位）")
    paper = user.page()
    assert isinstance(paper, PaperPage)
    assert paper.editor.form.fields["party"].value() == "建设置业有限公司（演示）"
    assert "拨付不足" in str(paper.editor.form.fields["facts"].value())
    user.act("back")
    page.order.click()
    user.choose("打开给建设置业有限公司（演示）（建设单位）的")
    assert user.page() is paper


# ── picture ──────────────────────────────────────────────────────────────────────────────────
def test_the_list_and_the_new_inspection_look_as_they_were_accepted(
    user: Driver, listing: InspectionsPage, picture: Picture
) -> None:
    focus(user, listing.table)
    picture(user, "inspections_light", "light", 1.0, (1440, 900))
    user.act("inspection.new")
    focus(user, listing.new.go)
    picture(user, "inspections_new_1366", "light", 1.0, (1366, 768))
