"""The pane beside a list: its tabs come into view, and what changed elsewhere shows in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.domain.claims import Payer
from inspector_app.services.claims import settle_all
from inspector_app.ui.pages.home import HomePage
from tests.ui.pages.conftest import Driver
from tests.ui.pages.scene import TODAY


def home(user: Driver) -> HomePage:
    page = user.page()
    assert isinstance(page, HomePage)
    return page


def in_view(part: QWidget) -> int:
    """How many px of the height of a part of the pane can be seen."""
    return part.visibleRegion().boundingRect().height()


def test_a_tab_of_the_pane_comes_into_view_when_it_is_chosen(user: Driver, qtbot: QtBot) -> None:
    page, pane = home(user), home(user).pane
    user.window.resize(1366, 768)
    user.quiet()
    bar = pane._scroll.verticalScrollBar()
    assert (bar.value(), in_view(pane.lines) < 60) == (0, True)
    qtbot.mouseClick(pane.tabs.at(2), Qt.MouseButton.LeftButton)
    # Six workers: more than the room below, so the tabs stand at its top.
    qtbot.waitUntil(lambda: in_view(pane.lines) > 250)
    assert in_view(pane.tabs) == pane.tabs.height()
    page.due.select_key(f"case:{user.scene.cases['恒岳市政工程有限公司'].id}")
    user.quiet()
    assert bar.value() == 0  # another case begins with its next step
    pane.tabs.at(0).setFocus()
    qtbot.keyClick(pane.tabs.at(0), Qt.Key.Key_Right)
    assert pane.tabs.current() == 1
    qtbot.waitUntil(lambda: in_view(pane.lines) == pane.lines.height() > 20)  # seen whole


@pytest.mark.parametrize("how", ["refresh", "open"])
def test_what_changed_outside_the_window_shows_in_the_pane_too(
    user: Driver, qtbot: QtBot, how: str
) -> None:
    page, pane = home(user), home(user).pane
    user.window.resize(1366, 768)
    qtbot.mouseClick(pane.tabs.at(3), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not pane._sought.isActive())
    bar, before = pane._scroll.verticalScrollBar(), page.due.current_key()
    place = bar.value()
    assert place > 0
    case = user.scene.cases["青禾建筑劳务有限公司"]
    settle_all(user.scene.desk, case.id, TODAY, Payer.EMPLOYER)
    if how == "open":
        user.open("law")
        user.open("home")
    else:
        user.act("refresh")
    assert pane.area.title() == "下一步：结案"
    assert "0.00 元" in [one.text() for one in pane.facts.findChildren(QLabel)]
    assert (page.due.current_key(), pane.tabs.current()) == (before, 3)
    assert len(pane.lines.lines()) == 7
    qtbot.waitUntil(lambda: bar.value() == place)


def test_a_pane_that_is_as_it_was_is_not_built_anew(user: Driver) -> None:
    page = home(user)
    facts = page.pane.facts.findChildren(QLabel)
    lines = page.pane.lines.findChildren(QLabel)
    user.act("refresh")
    assert page.pane.facts.findChildren(QLabel) == facts
    assert page.pane.lines.findChildren(QLabel) == lines
    clue = next(row for row in page.due.rows_model.rows() if row.kind == "clue")
    page.due.select_key(f"clue:{clue.id}")
    user.quiet()
    facts = page.pane.facts.findChildren(QLabel)
    user.act("refresh")
    assert page.pane.facts.findChildren(QLabel) == facts


def test_list_and_pane_count_what_is_left_in_the_unit_of_the_term(user: Driver) -> None:
    page = home(user)
    rows = page.due.rows_model.rows()
    told = [page.due.rows_model.index(number, 0).data() for number in range(len(rows))]
    by_title = dict(zip((row.title.removesuffix("（演示）") for row in rows), told, strict=True))
    # 结案（河南）: thirty calendar days; a clue is decided on within five working days.
    assert by_title["安泽物业服务有限公司"] == "剩 3 天"  # one working day: a weekend lies between
    assert by_title["盛和餐饮管理有限公司"] == "剩 26 天"
    assert by_title["恒泰商贸有限公司"] == "剩 1 个工作日"
    unit = user.scene.cases["盛和餐饮管理有限公司"]
    page.due.select_key(f"case:{unit.id}")
    user.quiet()
    assert page.pane.head.pill.text() == "剩 26 天"
    assert page.head.hint().endswith("期限分工作日、自然日")
