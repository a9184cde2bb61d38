"""登记送达 of a joint paper: tick who was reached, one record each, the rest goes on waiting."""

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.papers import Paper
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.services.issuing import issue
from inspector_app.services.papers import draft_sheet, save_draft, start_draft
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.case.panels import PapersPanel, ServicesPanel
from inspector_app.ui.pages.case.serve_form import ServeForm
from inspector_app.ui.pages.case.serve_parties import NONE_TICKED
from inspector_app.ui.pages.paper.page import PaperPage
from inspector_app.ui.widgets.ticks import TickBox
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.drafts import UNIT, opened
from tests.ui.pages.scene import ORDER
from tests.ui.typing import commit

FIRST = f"{UNIT}（演示）"
GENERAL, OWNER = "鹰城工程总承包有限公司（演示）", "滨河置业有限公司（演示）"
ALL = (FIRST, GENERAL, OWNER)


@pytest.fixture
def order(user: Driver) -> Paper:
    """An issued order to three parties."""
    desk = user.scene.desk
    draft = start_draft(desk, user.scene.cases[UNIT].id, ORDER)
    rows = tuple({"name": name} for name in (GENERAL, OWNER))
    save_draft(desk, draft.id, draft_sheet(desk, draft.id).values | {"co_parties": rows})
    return issue(desk, draft.id)


def sheet_of(user: Driver) -> CaseSheet:
    return case_sheet(user.scene.desk, user.scene.cases[UNIT].id)


def on_case(user: Driver) -> tuple[CasePage, ServeForm]:
    page = user.open("case", user.scene.cases[UNIT].id)
    assert isinstance(page, CasePage)
    page.area.do(Act("登记送达", Do.SERVE))
    form = page.area.form()
    assert isinstance(form, ServeForm)
    return page, form


def ticks(form: ServeForm) -> dict[str, TickBox]:
    return {one.text(): one for one in form.parties.findChildren(TickBox) if one.isVisible()}


def send(user: Driver, form: ServeForm) -> None:
    commit(form.form.fields["receiver"].editor, "郭某")
    form.submit()
    user.quiet()


def test_all_that_wait_are_ticked_and_space_takes_one_out(user: Driver, order: Paper) -> None:
    page, form = on_case(user)
    assert {name: one.isChecked() for name, one in ticks(form).items()} == dict.fromkeys(ALL, True)
    form.parties.setFocus(Qt.FocusReason.TabFocusReason)
    for name in (FIRST, GENERAL):
        box = ticks(form)[name]
        box.setFocus(Qt.FocusReason.TabFocusReason)
        user.qtbot.keyClick(box, Qt.Key.Key_Space)
    send(user, form)
    assert user.toast() == "已登记送达"
    assert [one.party for one in sheet_of(user).services if order.id in one.paper_ids] == [OWNER]
    panel = page.findChild(PapersPanel)
    assert panel is not None
    row = next(one for one in panel.table.rows_model.rows() if one.id == order.id)
    assert panel._served_on(row) == "已送达 1/3"

    _, form = on_case(user)
    assert list(ticks(form)) == [FIRST, GENERAL]
    assert form.parties.hint().startswith(f"已送达：{OWNER} 2026年")
    send(user, form)
    assert user.toast() == "已登记送达，2 个当事人各一条"
    assert sheet_of(user).waiting(order.id) == ()
    assert len({one.id for one in sheet_of(user).services if order.id in one.paper_ids}) == 3
    shown = page.findChild(ServicesPanel)
    assert shown is not None
    assert {one.party for one in shown.table.rows_model.rows()} >= set(ALL)
    user.act("undo")
    assert sheet_of(user).waiting(order.id) == (FIRST, GENERAL)


def test_nobody_ticked_is_told_and_a_paper_to_one_asks_for_nobody(
    user: Driver, order: Paper
) -> None:
    _, form = on_case(user)
    form.parties.set_value(())
    send(user, form)
    assert form.parties.error() == NONE_TICKED
    form.papers.set_value(())
    form.papers.edited.emit()
    assert ticks(form) == {}
    assert form.parties.value() == ()


def test_the_page_of_the_paper_says_who_waits(user: Driver, order: Paper, picture: Picture) -> None:
    page = opened(user, order.id)
    page.doing.open_service()
    user.quiet()
    form = page.issued.service
    assert isinstance(form, ServeForm)
    ticks(form)[OWNER].setChecked(False)
    picture(user, "serve_parties_1366", "light", 1.0, (1366, 768))
    send(user, form)
    assert isinstance(page, PaperPage)
    assert page.serve.isVisible()
    assert page.issued.banner.isVisible()
    picture(user, "paper_parties_1366", "light", 1.0, (1366, 768))
