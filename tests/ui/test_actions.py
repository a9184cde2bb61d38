"""Keys, menus, buttons and the palette: all read the one list of actions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.action_list import ACTIONS, ActionSpec
from inspector_app.ui.actions import Actions, Entry, key_words
from inspector_app.ui.backend import Found
from inspector_app.ui.bars import SearchOpener
from inspector_app.ui.page import PAGES
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.suggest import Suggestion, Suggestions
from tests.ui.diary import current

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


# ── actions ──────────────────────────────────────────────────────────────────────────────────────
def test_every_key_is_given_once_and_every_page_named_exists() -> None:
    keys = [spec.keys for spec in ACTIONS if spec.keys]
    assert len(set(keys)) == len(keys)
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    assert {spec.opens for spec in ACTIONS if spec.opens} <= {spec.name for spec in PAGES}
    assert key_words("Ctrl+Shift+L") == "Ctrl Shift L"


def test_the_initials_of_every_action_are_those_of_its_title() -> None:
    from pypinyin import Style, pinyin  # slow to load, only for this test

    for spec in ACTIONS:
        letters = "".join(one[0] for one in pinyin(spec.title, style=Style.FIRST_LETTER))
        assert spec.initials == "".join(c for c in letters.lower() if c.isascii() and c.isalnum())


def test_keys_open_pages_and_the_page_in_view_does_what_it_can(
    qtbot: QtBot, diary: MainWindow
) -> None:
    qtbot.keyClick(diary, Qt.Key.Key_2, ALT)
    assert diary.stack.current_name() == "cases"
    qtbot.keyClick(diary, Qt.Key.Key_E, CTRL)
    assert current(diary).did == ["export"]
    qtbot.keyClick(diary, Qt.Key.Key_P, CTRL)
    assert not diary.actions_.enabled("print")
    diary.actions_.trigger("print")


def test_keys_of_the_window_win_over_those_of_a_text_field_but_undo_stays(
    qtbot: QtBot, diary: MainWindow
) -> None:
    page = current(diary)
    edit = QLineEdit("abc")
    page.column.addWidget(edit)
    other = QLineEdit()
    page.column.addWidget(other)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClick(edit, Qt.Key.Key_E, CTRL)
    assert page.did == ["export"]
    other.setFocus()
    edit.setFocus()
    qtbot.keyClicks(edit, "d")
    qtbot.keyClick(edit, Qt.Key.Key_Z, CTRL)
    assert "d" not in edit.text()


def test_escape_first_empties_what_was_typed_and_then_goes_back(
    qtbot: QtBot, diary: MainWindow
) -> None:
    diary.open_page("cases")
    box = SearchBox("筛选")
    current(diary).column.addWidget(box)
    box.edit.setFocus()
    qtbot.waitUntil(box.edit.hasFocus)
    qtbot.keyClicks(box.edit, "ab")
    qtbot.keyClick(box.edit, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert diary.stack.current_name() == "cases"
    qtbot.keyClick(box.edit, Qt.Key.Key_Escape)
    assert diary.stack.current_name() == "home"


def test_escape_closes_the_suggestions_before_it_goes_back(qtbot: QtBot, diary: MainWindow) -> None:
    diary.open_page("cases")
    edit = QLineEdit()
    current(diary).column.addWidget(edit)
    found = Suggestions(edit, lambda _text: None)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    found.offer([Suggestion("1", "青禾")])
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert found.isHidden()
    assert diary.stack.current_name() == "cases"
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert diary.stack.current_name() == "home"


def test_an_unknown_action_is_a_bug(diary: MainWindow) -> None:
    with pytest.raises(KeyError):
        diary.actions_.handle("fly", print)
    with pytest.raises(KeyError):
        diary.actions_.set_page({"fly": print})


def test_buttons_and_menus_do_what_the_actions_do(qtbot: QtBot, diary: MainWindow) -> None:
    made = diary.actions_.button("export", "primary", "导出台账")
    qtbot.addWidget(made)
    assert made.toolTip() == "导出台账（Ctrl+E）"
    made.click()
    assert current(diary).did == ["export"]
    done: list[str] = []
    copy = Entry("复制案号", lambda: done.append("copied"), "copy_20")
    menu = diary.actions_.menu(diary, ["export", None, copy, Entry("不能", print, enabled=False)])
    assert [one.text() for one in menu.actions()] == ["导出", "", "复制案号", "不能"]
    menu.actions()[2].trigger()
    menu.actions()[0].trigger()
    assert done == ["copied"]
    assert current(diary).did == ["export", "export"]


def test_an_action_needs_neither_picture_nor_key(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    actions = Actions(host, [ActionSpec("bare", "光", "g")])
    made = actions.button("bare", "icon")
    QVBoxLayout(host).addWidget(made)
    assert made.text() == ""
    assert made.toolTip() == "光"
    assert actions.available() == []


# ── palette ──────────────────────────────────────────────────────────────────────────────────────
def test_the_palette_finds_what_the_ledger_knows_and_opens_it(
    qtbot: QtBot, diary: MainWindow
) -> None:
    qtbot.keyClick(diary, Qt.Key.Key_K, CTRL)
    palette = diary.palette_
    assert palette.isVisible()
    assert palette.lines()[0].group == "命令"
    palette.edit.setText("青禾")
    qtbot.waitUntil(lambda: any(line.group == "单位" for line in palette.lines()))
    assert [line.group for line in palette.lines()] == ["单位"]
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert diary.stack.current_name() == "parties"
    assert current(diary).seen == ["employer:e1"]


def test_the_palette_runs_commands_by_initials_and_arrows(qtbot: QtBot, diary: MainWindow) -> None:
    palette = diary.palette_
    palette.open()
    qtbot.keyClicks(palette.edit, "ajtz")
    assert [line.title for line in palette.lines()] == ["案件台账"]
    palette.edit.setText("qh")
    qtbot.waitUntil(lambda: len(palette.lines()) >= 5)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Up)
    assert palette._now == len(palette.lines()) - 1
    qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    assert palette._now == 0
    palette.edit.setText("案件台账")
    qtbot.mouseClick(palette._rows[0], Qt.MouseButton.LeftButton)
    assert diary.stack.current_name() == "cases"


def test_the_palette_says_so_when_it_finds_nothing_and_closes_on_escape(
    qtbot: QtBot, diary: MainWindow
) -> None:
    palette = diary.palette_
    palette.open()
    palette.edit.setText("没有这个")
    assert palette.lines() == []
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    palette.edit.setText("没有这个呀")
    qtbot.waitUntil(lambda: palette._task is not None)
    palette._ask()
    diary.resize(1200, 700)
    assert palette.x() == (1200 - palette.width()) // 2
    qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert palette.isHidden()
    palette.open()
    diary.go_back()
    assert palette.isHidden()


def test_the_palette_closes_when_one_clicks_elsewhere(qtbot: QtBot, diary: MainWindow) -> None:
    diary.activateWindow()
    qtbot.waitUntil(diary.isActiveWindow)
    diary.palette_.open()
    qtbot.waitUntil(diary.palette_.edit.hasFocus)
    diary.nav.item("home").setFocus()
    qtbot.waitUntil(diary.palette_.isHidden)


def test_a_case_is_opened_on_the_page_that_exists(diary: MainWindow) -> None:
    diary._open_hit(Found("worker", "c9", "张*", "案件"))
    assert (diary.stack.current_name(), current(diary).seen) == ("case", ["c9"])
    diary._open_hit(Found("clue", "l1", "线索", ""))
    assert diary.stack.current_name() == "case"


def test_the_search_box_above_opens_the_palette(qtbot: QtBot, diary: MainWindow) -> None:
    opener = diary.top.findChild(SearchOpener)
    assert opener is not None
    qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    assert diary.palette_.isVisible()
    diary.palette_.close_palette()
    qtbot.keyClick(opener, Qt.Key.Key_Return)
    assert diary.palette_.isVisible()
    diary.palette_.close_palette()
    qtbot.keyClick(opener, Qt.Key.Key_A)
    assert diary.palette_.isHidden()
