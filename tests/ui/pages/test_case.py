"""The page of one case, as an inspector uses it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.domain.cases import Stage
from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.ui.pages.case.page import TABS, CasePage
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.scene import TODAY, Scene, with_todo
from tests.ui.typing import commit, compose

UNIT = "青禾建筑劳务有限公司"


def opened(user: Driver, unit: str = UNIT, anchor: str = "") -> CasePage:
    page = user.open("case", f"{user.scene.cases[unit].id}{anchor}")
    assert isinstance(page, CasePage)
    return page


@pytest.fixture
def page(user: Driver) -> CasePage:
    return opened(user)


def sheet_of(scene: Scene, unit: str = UNIT) -> CaseSheet:
    return case_sheet(scene.desk, scene.cases[unit].id)


def type_over(page: CasePage, key: str, text: str) -> None:
    editor = page.facts.form.fields[key].editor
    editor.setFocus()
    editor.selectAll()
    commit(editor, text)


# ── facts ────────────────────────────────────────────────────────────────────────────────────
def test_a_fact_changed_in_place_saves_itself_and_is_taken_back(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    type_over(page, "cause", "克扣工资")
    page.facts.form.fields["leader"].editor.setFocus()
    user.quiet()
    assert user.toast() == "已改案由"
    assert sheet_of(scene).case.cause == "克扣工资"
    user.undo()
    assert sheet_of(scene).case.cause == "拖欠农民工工资"
    assert page.facts.form.fields["cause"].value() == "拖欠农民工工资"


def test_letters_of_a_composition_are_neither_saved_nor_checked(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    editor = page.facts.form.fields["note"].editor
    editor.setFocus()
    compose(editor, "beizhu")
    assert not page.facts.saver.pending()
    commit(editor, "已电话告知")
    user.act("save")
    assert sheet_of(scene).case.note == "已电话告知"


def test_what_is_wrong_is_said_under_its_field_and_not_saved(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    type_over(page, "amount_fen", "八十万")
    type_over(page, "received_on", "明年")
    page.facts.form.fields["leader"].editor.setFocus()
    user.quiet()
    fields = page.facts.form.fields
    assert fields["amount_fen"].error() == "“八十万”不是金额，请写成 864200.00 这样"
    assert fields["received_on"].error() == "请写成 2026-11-18 这样的日期"
    assert sheet_of(scene).case.stated_fen == 86_420_000


def test_a_date_in_the_future_is_refused_by_the_ledger_in_words(
    user: Driver, page: CasePage
) -> None:
    type_over(page, "received_on", "2026-12-31")
    user.act("save")
    assert page.facts.form.fields["received_on"].error() == "受理日期不能晚于今天。"


def test_a_change_the_ledger_refused_is_tried_again_when_corrected(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    type_over(page, "received_on", "2026-12-31")
    user.act("save")
    type_over(page, "received_on", "2026-10-20")
    user.act("save")
    assert sheet_of(scene).case.received_on == date(2026, 10, 20)


def test_typing_goes_on_while_the_ledger_changes_elsewhere(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    editor = page.facts.form.fields["note"].editor
    editor.setFocus()
    commit(editor, "正在写的")
    with_todo(scene, UNIT, "另一件事", TODAY)
    user.act("refresh")
    assert page.facts.form.fields["note"].value() == "正在写的"
    assert page.todos.table.rows_model.rowCount() == 2


def test_leaving_the_page_saves_what_was_typed_last(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    type_over(page, "leader", "钱演示")
    user.act("back")
    assert sheet_of(scene).case.leader == "钱演示"
    assert user.at() == "home"


def test_the_unit_can_be_chosen_from_those_known(
    user: Driver, page: CasePage, scene: Scene, qtbot: QtBot
) -> None:
    editor = page.facts.form.fields["employer"].editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "hysz")
    user.quiet()
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    user.act("save")
    assert sheet_of(scene).employer.name == "恒岳市政工程有限公司（演示）"
    assert page.head.title() == "恒岳市政工程有限公司（演示）"


# ── steps ────────────────────────────────────────────────────────────────────────────────────
def test_a_case_goes_from_filing_to_its_end_by_the_next_step_alone(
    user: Driver, scene: Scene
) -> None:
    page = opened(user, "嘉木食品有限公司")
    assert page.area.title() == "下一步：立案"
    press(page.area, "立案")
    form = page.area.form()
    assert form is not None
    form.submit()
    user.quiet()
    assert sheet_of(scene, "嘉木食品有限公司").case.stage is Stage.INVESTIGATION
    assert page.area.title() == "下一步：开具限期改正指令书"
    press(page.area, "开具限期改正指令书")
    user.quiet()
    assert user.at() == "paper"
    user.act("back")
    user.quiet()
    assert page.area.title() == "下一步：完成限期改正指令书"
    press(page.area, "继续填写")
    user.quiet()
    assert user.at() == "paper"


def test_a_step_before_its_time_is_refused_under_its_field(user: Driver) -> None:
    page = opened(user, "嘉木食品有限公司")
    press(page.area, "立案")
    form = page.area.form()
    assert form is not None
    form.form.fields["on"].set_value(date(2026, 11, 1))
    form.submit()
    user.quiet()
    assert form.form.fields["on"].error().startswith("立案日期不能早于收到线索日期")


def test_a_served_order_moves_the_case_on(user: Driver, scene: Scene) -> None:
    page = opened(user, "同晖电子科技有限公司", "#serve")
    assert TABS[page.tabs.current()] == "送达"
    press(page.services, "登记送达")
    form = page.area.form()
    assert form is not None
    commit(form.form.fields["receiver"].editor, "吴演示")
    form.submit()
    user.quiet()
    assert page.services.table.rows_model.rowCount() == 1
    press(page.area, "转入责令改正")
    step = page.area.form()
    assert step is not None
    step.submit()
    user.quiet()
    assert sheet_of(scene, "同晖电子科技有限公司").case.stage is Stage.RECTIFICATION
    assert page.area.title() == "下一步：核查整改情况"
    press(page.area, "登记劳动者")
    user.quiet()
    assert TABS[page.tabs.current()] == "劳动者"


def test_a_closed_case_says_so_and_still_tells_its_story(user: Driver) -> None:
    page = opened(user, "东序建筑劳务有限公司")
    assert page.area.title() == "本案已于2026年11月12日结案"
    assert page.area.others.isVisible()
    assert page.top.pill.text() == "已结案"
    assert page.facts.closed_note.isVisible()
    assert page.clocks.cards == ()
    assert page.clocks.nothing.isVisible()


@pytest.mark.parametrize(
    ("name", "tab", "theme", "scale", "size"),
    [
        ("case_light", 0, "light", 1.0, (1440, 900)),
        ("case_dark", 1, "dark", 1.0, (1440, 900)),
        ("case_large", 1, "light", 1.25, (1440, 900)),
        ("case_1366", 9, "light", 1.0, (1366, 768)),
    ],
)
def test_the_case_page_looks_as_it_was_accepted(
    user: Driver,
    page: CasePage,
    picture: Picture,
    name: str,
    tab: int,
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    page.tabs.at(tab).setFocus()
    page.tabs.at(tab).click()
    user.quiet()
    picture(user, name, theme, scale, size)
