"""Employers and projects: found, entered, changed, and the party chain by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from inspector_app.domain.parties import Employer, PartyRole
from inspector_app.errors import OutsideError
from inspector_app.services.desk import Desk
from inspector_app.services.parties import employers, project_sheet, projects, save_employer
from inspector_app.ui.pages.parties.forms import EmployerForm, ProjectForm
from inspector_app.ui.pages.parties.page import PartiesPage
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.widgets.banners import Banner
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, press
from tests.ui.pages.visits import focus
from tests.ui.typing import commit

UNIT = "青禾建筑劳务有限公司"
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(user: Driver, arg: str | None = None) -> PartiesPage:
    page = user.open("parties", arg)
    assert isinstance(page, PartiesPage)
    return page


@pytest.fixture
def page(user: Driver) -> PartiesPage:
    return opened(user)


@pytest.fixture
def site(user: Driver) -> PartiesPage:
    return opened(user, f"project:{user.scene.cases[UNIT].project_id}")


def texts(page: PartiesPage) -> list[str]:
    return [one.text() for one in page.pane.findChildren(QLabel) if one.isVisible()]


def project_form(page: PartiesPage) -> ProjectForm:
    page.pane.edit()
    form = page.pane.slot.form
    assert isinstance(form, ProjectForm)
    return form


# ── lists ────────────────────────────────────────────────────────────────────────────────────
def test_units_are_listed_and_found_by_pinyin(user: Driver, page: PartiesPage) -> None:
    assert page.head.hint() == "单位 20 个"
    user.act("find")
    commit(page.search.edit, "qhjz")
    user.qtbot.keyClick(page.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert [row.name for row in page.units.rows_model.rows()] == ["青禾建筑劳务有限公司（演示）"]
    user.qtbot.keyClick(page.search.edit, Qt.Key.Key_Down)
    assert user.window.focusWidget() is page.units


def test_a_unit_shows_its_cases_and_opens_one(user: Driver) -> None:
    page = opened(user, f"employer:{user.scene.cases[UNIT].employer_id}")
    assert "案件 1" in texts(page)
    cases = next(t for t in page.pane.findChildren(RowsTable) if t.accessibleName() == "案件")
    cases.selectRow(0)
    user.qtbot.keyClick(cases, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "case"
    user.act("back")
    assert page.units.current_key() == user.scene.cases[UNIT].employer_id


def test_a_search_without_a_hit_is_cleared(user: Driver, page: PartiesPage) -> None:
    commit(page.search.edit, "没有这家")
    user.qtbot.keyClick(page.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert page.states.state() == "empty"
    press(page.states.empty, "清除")
    user.quiet()
    assert page.states.state() == "content"


def test_an_empty_ledger_says_what_to_do(
    user: Driver, open_window: OpenWindow, empty_desk: Desk
) -> None:
    user.window = open_window(empty_desk)
    page = opened(user)
    assert page.states.empty.title.text() == "还没有单位"
    page.tabs.at(1).click()
    user.quiet()
    assert page.states.empty.title.text() == "还没有项目"
    press(page.states.empty, "登记项目")
    assert isinstance(page.pane.slot.form, ProjectForm)


def test_a_list_that_cannot_be_read_offers_another_try(
    user: Driver, page: PartiesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    monkeypatch.setattr("inspector_app.ui.pages.parties.page.employers", refuse)
    user.act("refresh")
    assert page.states.state() == "error"


def test_f4_hides_the_pane_and_a_new_form_brings_it_back(user: Driver, page: PartiesPage) -> None:
    user.act("detail")
    assert not page.pane.isVisible()
    page.new.click()
    assert page.pane.isVisible()


# ── units ────────────────────────────────────────────────────────────────────────────────────
def test_a_new_unit_with_a_wrong_code_is_told_and_kept(user: Driver, page: PartiesPage) -> None:
    page.new.click()
    form = page.pane.slot.form
    assert isinstance(form, EmployerForm)
    form.submit()
    assert form.form.fields["name"].error() == "请填写单位名称"
    commit(form.form.fields["name"].editor, "新来建设有限公司（演示）")
    commit(form.form.fields["credit_code"].editor, "91410400MA9K0000X")
    form.form.fields["credit_code"].validate()
    assert form.form.fields["credit_code"].error() == "应为 18 位，现有 17 位"
    form.submit()
    user.quiet()
    assert user.toast() == "已登记单位"
    assert page.pane.slot.form is None
    row = page.units.current_row()
    assert row is not None
    assert row.name == "新来建设有限公司（演示）"
    banners = [b.text() for b in page.pane.findChildren(Banner) if b.isVisible()]
    assert banners == ["91410400MA9K0000X：应为 18 位，现有 17 位"]


def test_enter_changes_a_unit_and_a_twin_is_refused(user: Driver, page: PartiesPage) -> None:
    code = "91410499MADEM00012"
    save_employer(user.scene.desk, Employer("", "有代码的单位（演示）", "", "", credit_code=code))
    user.act("refresh")
    page.units.select_key(str(user.scene.cases[UNIT].employer_id))
    user.quiet()
    user.qtbot.keyClick(page.units, Qt.Key.Key_Return)
    form = page.pane.slot.form
    assert isinstance(form, EmployerForm)
    commit(form.form.fields["credit_code"].editor, code)
    user.act("save")
    assert form.form.fields["credit_code"].error() == (
        f"信用代码 {code} 已登记在“有代码的单位（演示）”名下。"
    )


def test_esc_warns_once_and_leaving_the_page_too(user: Driver, page: PartiesPage) -> None:
    page.new.click()
    form = page.pane.slot.form
    assert form is not None
    commit(form.form.fields["name"].editor, "半个名字")
    page.tabs.at(1).click()
    assert page.tabs.current() == 0
    user.act("back")
    assert page.pane.slot.form is None
    assert user.at() == "parties"


# ── projects ─────────────────────────────────────────────────────────────────────────────────
def test_the_chain_is_built_moved_and_cut_by_keyboard(user: Driver, site: PartiesPage) -> None:
    assert "还没有登记。生成文书要写明施工总承包单位，点“修改”添加。" in texts(site)
    form = project_form(site)
    chain = form.chain
    for role, name in (
        (PartyRole.GENERAL, "青禾建筑劳务有限公司（演示）"),
        (PartyRole.OWNER, "新来置业有限公司（演示）"),
        (PartyRole.CREW, "吴演示班组"),
    ):
        chain.role.set_value(role.value)
        commit(chain.unit.edit, name)
        user.qtbot.keyClick(chain.unit.edit, Qt.Key.Key_Return)
        user.quiet()
    chain.table.selectRow(1)
    user.qtbot.keyClick(chain.table, Qt.Key.Key_Up, ALT)
    chain.table.selectRow(2)
    user.qtbot.keyClick(chain.table, Qt.Key.Key_Delete)
    user.act("save")

    sheet = project_sheet(user.scene.desk, str(user.scene.cases[UNIT].project_id))
    assert [(one.party.role, one.employer.name) for one in sheet.parties] == [
        (PartyRole.OWNER, "新来置业有限公司（演示）"),
        (PartyRole.GENERAL, "青禾建筑劳务有限公司（演示）"),
    ]
    assert user.toast() == "已保存项目"
    press(site.pane, "新来置业有限公司（演示）")
    user.quiet()
    assert site.tabs.current() == 0
    assert "参建项目 1" in texts(site)


def test_what_is_missing_or_twice_in_the_chain_is_told(user: Driver, site: PartiesPage) -> None:
    chain = project_form(site).chain
    chain.add()
    assert chain.unit.error() == "请填写单位"
    chain.role.set_value("")
    commit(chain.unit.edit, "青禾建筑劳务有限公司（演示）")
    chain.add()
    assert chain.unit.error() == "请先选择角色"
    chain.role.set_value(PartyRole.SUB.value)
    chain.add()
    user.quiet()
    commit(chain.unit.edit, "青禾建筑劳务有限公司（演示）")
    chain.add()
    assert chain.unit.error().endswith("已经是分包单位")
    user.act("back")
    assert site.pane.slot.form is not None
    user.act("back")
    assert site.pane.slot.form is None


def test_dates_the_wrong_way_round_are_refused(user: Driver, site: PartiesPage) -> None:
    form = project_form(site).form
    commit(form.fields["starts_on"].editor, "2026-05-01")
    commit(form.fields["ends_on"].editor, "2026-04-01")
    user.qtbot.keyClick(form.fields["name"].editor, Qt.Key.Key_Return, CTRL)
    user.quiet()
    assert form.fields["ends_on"].error() == "竣工日期不能早于开工日期。"


def test_a_new_project_is_entered_and_taken_back(user: Driver, site: PartiesPage) -> None:
    before = len(projects(user.scene.desk))
    site.new.click()
    form = site.pane.slot.form
    assert isinstance(form, ProjectForm)
    commit(form.form.fields["name"].editor, "新开工厂房（演示）")
    commit(form.form.fields["contract_fen"].editor, "1200000")
    form.submit()
    user.quiet()
    row = site.projects.current_row()
    assert row is not None
    assert row.name == "新开工厂房（演示）"
    user.undo()
    assert len(projects(user.scene.desk)) == before


def test_a_unit_of_the_chain_is_found_not_entered_twice(user: Driver, site: PartiesPage) -> None:
    before = len(employers(user.scene.desk))
    chain = project_form(site).chain
    commit(chain.unit.edit, "青禾建筑劳务有限公司（演示）")
    chain.add()
    user.quiet()
    assert len(employers(user.scene.desk)) == before
    chain.drop()
    assert chain.parties() == []


def test_the_lists_look_as_they_were_accepted(
    user: Driver, page: PartiesPage, picture: Picture
) -> None:
    focus(user, page.units)
    picture(user, "parties_units_light", "light", 1.0, (1440, 900))
    site = opened(user, f"project:{user.scene.cases[UNIT].project_id}")
    chain = project_form(site).chain
    commit(chain.unit.edit, "青禾建筑劳务有限公司（演示）")
    chain.add()
    user.quiet()
    focus(user, site.projects)
    picture(user, "parties_project_dark", "dark", 1.0, (1440, 900))
    picture(user, "parties_project_1366", "light", 1.0, (1366, 768))
