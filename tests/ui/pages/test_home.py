"""我的待办 as an inspector uses it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.services.home import DueRow
from inspector_app.ui.pages.home import HomePage
from inspector_app.ui.shell import MainWindow
from tests.ui.pages.conftest import Driver, OpenWindow
from inspector_app.services.desk import Desk


def home(user: Driver) -> HomePage:
    page = user.page()
    assert isinstance(page, HomePage)
    return page


def titles(page: HomePage) -> list[str]:
    return [row.title.removesuffix("（演示）") for row in page.due.rows_model.rows()]


def test_what_is_due_first_stands_on_top_with_its_pill(user: Driver) -> None:
    page = home(user)
    assert titles(page)[:3] == [
        "青禾建筑劳务有限公司",
        "恒岳市政工程有限公司",
        "远峰建设集团有限公司",
    ]
    first = page.due.rows_model.index(0, 0).data()
    assert first == "超期 2 天"


def test_the_keyboard_starts_in_the_list_and_enter_opens_the_case(
    user: Driver, qtbot: QtBot
) -> None:
    page = home(user)
    assert page.due.hasFocus()
    qtbot.keyClick(page.due, Qt.Key.Key_Down)
    qtbot.keyClick(page.due, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "case"
    assert user.page().head.title() == "恒岳市政工程有限公司（演示）"
    user.act("back")
    assert user.at() == "home"
    row = page.due.current_row()
    assert isinstance(row, DueRow)
    assert row.title.startswith("恒岳市政")


def test_a_card_filters_by_mouse_and_by_key_and_shows_all_when_pressed_again(
    user: Driver, qtbot: QtBot
) -> None:
    page = home(user)
    everything = len(titles(page))
    qtbot.mouseClick(page.cards["overdue"], Qt.MouseButton.LeftButton)
    assert titles(page) == ["青禾建筑劳务有限公司", "恒岳市政工程有限公司"]
    assert page.cards["overdue"].is_active()
    qtbot.keyClick(page.cards["today"], Qt.Key.Key_Space)
    assert titles(page) == ["远峰建设集团有限公司", "锦程装饰工程有限公司"]
    qtbot.keyClick(page.cards["today"], Qt.Key.Key_Space)
    assert len(titles(page)) == everything


def test_mine_leaves_out_what_others_handle(user: Driver, qtbot: QtBot) -> None:
    page = home(user)
    assert "华垣建筑工程有限公司" not in titles(page)
    qtbot.mouseClick(page.whose.at(1), Qt.MouseButton.LeftButton)
    user.quiet()
    assert "华垣建筑工程有限公司" in titles(page)
    assert page.whose.at(1).text() == f"全部 {len(titles(page))}"


def test_chips_narrow_the_list_and_an_empty_one_offers_the_way_back(user: Driver) -> None:
    page = home(user)
    page.county.menu_actions()[1].trigger()
    assert {row.county for row in page.due.rows_model.rows()} == {page.county.chosen()[0]}
    page.county.set_chosen(("石龙区",))
    page.filter_by("overdue")
    assert page.states.state() == "empty"
    page.states.empty.findChild(type(page.head.findChildren(object)[0])) if False else None
    page._show_all()
    assert page.states.state() == "content"
