"""Several parties on one paper: no table in the way, units of the project in one press."""

import pytest
from PySide6.QtWidgets import QTableView

from inspector_app.domain.paper_joint import all_parties
from inspector_app.domain.parties import Employer, PartyRole, ProjectParty
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.issuing import issue
from inspector_app.services.parties import save_employer, save_project
from inspector_app.ui.pages.paper.earlier import TAKE
from inspector_app.ui.pages.paper.joint import BY_HAND, JointPicker
from inspector_app.ui.pages.paper.page import PaperPage
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.drafts import UNIT, drafted, opened, sheet
from tests.ui.pages.visits import focus

GENERAL = "鹰城工程总承包有限公司（演示）"
OWNER = "滨河置业有限公司（演示）"


@pytest.fixture
def page(user: Driver) -> PaperPage:
    """An order on a project with an owner and a general contractor."""
    desk = user.scene.desk
    case = case_sheet(desk, user.scene.cases[UNIT].id)
    assert case.project is not None
    units = [
        save_employer(desk, Employer("", name, "", "", code, "郭某", "卫东区某路2号"))
        for name, code in ((OWNER, ""), (GENERAL, "91410400MA9K00002X"))
    ]
    chain = [
        ProjectParty("", case.project.id, units[0].id, PartyRole.OWNER),
        ProjectParty("", case.project.id, units[1].id, PartyRole.GENERAL),
        ProjectParty("", case.project.id, case.employer.id, PartyRole.LABOUR),
    ]
    save_project(desk, case.project, chain)
    return opened(user, drafted(user))


def picker(page: PaperPage) -> JointPicker:
    assert page.editor.joint is not None
    return page.editor.joint


def test_units_of_the_project_are_added_in_one_press(user: Driver, page: PaperPage) -> None:
    field = page.editor.form.fields["co_parties"]
    assert not field.editor.isVisible()
    picker(page).button.click()
    names = [one.text() for one in user.menu().actions() if one.text()]
    assert names == [OWNER, GENERAL, BY_HAND]
    user.choose(GENERAL)
    assert field.editor.isVisible()
    assert all_parties(sheet(user, page).values) == (f"{UNIT}（演示）", GENERAL)
    picker(page).button.click()
    enabled = {one.text(): one.isEnabled() for one in user.menu().actions() if one.text()}
    assert enabled == {OWNER: True, GENERAL: False, BY_HAND: True}
    user.menu().close()


def test_an_undone_party_takes_its_table_with_it(user: Driver, page: PaperPage) -> None:
    picker(page).add({"name": GENERAL, "code": "", "person": "", "address": ""})
    user.quiet()
    assert all_parties(sheet(user, page).values)[1:] == (GENERAL,)
    user.act("undo")
    assert all_parties(sheet(user, page).values)[1:] == ()
    assert not page.editor.form.fields["co_parties"].editor.isVisible()


def test_a_party_is_typed_by_hand_and_twice_the_same_is_told(user: Driver, page: PaperPage) -> None:
    picker(page).button.click()
    user.choose(BY_HAND)
    field = page.editor.form.fields["co_parties"]
    assert field.editor.isVisible()
    field.set_value(({"name": f"{UNIT}（演示）"},))
    page.editor.form.changed.emit()
    page.editor.save_now()
    user.quiet()
    blocking = page.editor.problems.blocking()
    assert [one.message for one in blocking] == [f"“共同当事人”第 1 行“{UNIT}（演示）”重复"]


def test_a_case_without_other_units_offers_to_type(user: Driver) -> None:
    made = opened(user, drafted(user, unit="恒岳市政工程有限公司"))
    picker(made).button.click()
    assert [one.text() for one in user.menu().actions()] == [BY_HAND]
    user.menu().close()


def test_a_kind_for_one_party_has_no_such_table(user: Driver) -> None:
    assert opened(user, drafted(user, "demand_letter")).editor.joint is None


def test_a_paper_to_two_looks_as_it_was_accepted(
    user: Driver, page: PaperPage, picture: Picture
) -> None:
    row = {"name": GENERAL, "code": "91410400MA9K00002X", "person": "郭某", "address": "某路2号"}
    picker(page).add(row)
    user.quiet()
    page.editor.form.jump("party")
    focus(user, page.preview.view)
    picture(user, "paper_joint_light", "light", 1.0, (1440, 900))
    picture(user, "paper_joint_1366_dark", "dark", 1.0, (1366, 768))
    view = page.editor.form.fields["co_parties"].editor.findChild(QTableView)
    assert view is not None
    assert not view.horizontalScrollBar().isVisible()


def test_a_party_of_the_order_is_offered_to_the_notice(user: Driver, page: PaperPage) -> None:
    picker(page).add({"name": GENERAL, "code": "", "person": "", "address": ""})
    user.quiet()
    issue(user.scene.desk, str(page.place()))
    notice = opened(user, drafted(user, "handling_notice"))
    field = notice.editor.form.fields["co_parties"]
    assert not field.editor.isVisible()
    assert notice.editor.earlier is not None
    line = notice.editor.earlier.lines["co_parties"]
    assert line.isVisible()
    assert line.words().endswith(f"写的是：{GENERAL}")
    assert "font-weight:600" in line.text()
    line.linkActivated.emit(TAKE)
    user.quiet()
    assert field.editor.isVisible()
    assert all_parties(sheet(user, notice).values)[1:] == (GENERAL,)
