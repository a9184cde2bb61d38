"""The main window: pages and the way back, keys, words to the user, look, closing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui import page as page_module
from inspector_app.ui.action_list import ACTIONS, ActionSpec
from inspector_app.ui.actions import Actions, Entry, key_words
from inspector_app.ui.backend import Found, WindowFacts
from inspector_app.ui.bars import SearchOpener
from inspector_app.ui.bus import Bus, Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.keysheet import KeySheet
from inspector_app.ui.page import PAGES, Page, PageSpec, built_pages, factory
from inspector_app.ui.preferences import Preferences
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.stack import PageStack
from inspector_app.ui.theme.current import tokens
from tests.helpers.gallery import HomeSample
from tests.ui.fakes import RESOURCES, FakeLedger, fake_desk

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Diary(Page):
    """A page that writes down what the window asks of it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "日记")
        self.seen: list[object] = []
        self.news: list[Changes] = []
        self.stays = False
        self.did: list[str] = []

    def show_for(self, arg: object) -> None:
        self.seen.append(arg)

    def refresh(self, changes: Changes) -> None:
        self.news.append(changes)

    def leave(self) -> bool:
        return not self.stays

    def place(self) -> object:
        return self.seen[-1]

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"export": lambda: self.did.append("export")}


SPECS = {
    "home": PageSpec("home", "我的待办", "home_20", "x", "main"),
    "cases": PageSpec("cases", "案件台账", "table_20", "x", "main"),
    "case": PageSpec("case", "案件", "table_20", "x", under="cases"),
    "parties": PageSpec("parties", "单位与项目", "building_multiple_20", "x", "main"),
    "settings": PageSpec("settings", "设置", "settings_20", "x", "foot", help="home"),
}


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


@pytest.fixture
def diary(qtbot: QtBot, tmp_path: Path, ledger: FakeLedger) -> MainWindow:
    """A window whose pages are diaries."""
    made = MainWindow(fake_desk(), ledger.backend(), RESOURCES, tmp_path, pages=SPECS)
    made.stack._make = lambda _spec, context: Diary(context)
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.status.ledger_text() != "本机台账")
    return made


def current(window: MainWindow) -> Diary:
    page = window.stack.current()
    assert isinstance(page, Diary)
    return page


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_page_and_the_counts_are_there(diary: MainWindow) -> None:
    assert diary.stack.current_name() == "home"
    assert diary.nav.current() == "home"
    assert diary.nav.item("home").count_text() == "5"
    assert diary.status.ledger_text() == "本机台账 1,284 件"
    assert diary.windowTitle().endswith("（演示数据）")


def test_the_counts_are_read_again_after_a_change_and_zero_is_not_shown(
    qtbot: QtBot, diary: MainWindow, ledger: FakeLedger
) -> None:
    ledger.facts = WindowFacts(1285, 0, 4)
    diary.bus.changed.emit(Changes(frozenset({("case", "c")})))
    qtbot.waitUntil(lambda: diary.status.ledger_text() == "本机台账 1,285 件")
    assert diary.nav.item("home").count_text() == ""
    diary.nav.show_count("nowhere", 3, "brand")


def test_a_page_comes_with_its_arg_and_back_as_it_was(qtbot: QtBot, diary: MainWindow) -> None:
    diary.open_page("cases", "2026")
    diary.open_page("case", "c1")
    assert diary.nav.current() == "cases"
    qtbot.keyClick(diary, Qt.Key.Key_Escape)
    assert diary.stack.current_name() == "cases"
    assert current(diary).seen == ["2026", "2026"]
    diary.go_back()
    assert diary.stack.current_name() == "home"
    diary.go_back()
    assert diary.stack.current_name() == "home"
    with pytest.raises(KeyError):
        diary.open_page("nowhere")


def test_a_page_may_keep_itself_in_view(qtbot: QtBot, diary: MainWindow) -> None:
    diary.open_page("cases")
    current(diary).stays = True
    qtbot.mouseClick(diary.nav.item("parties"), Qt.MouseButton.LeftButton)
    assert diary.stack.current_name() == "cases"
    assert diary.nav.current() == "cases"
    diary.go_back()
    assert diary.stack.current_name() == "cases"
    event = QCloseEvent()
    diary.closeEvent(event)
    assert not event.isAccepted()
    current(diary).stays = False


def test_only_the_page_in_view_reads_again_the_others_when_they_come_back(
    diary: MainWindow,
) -> None:
    diary.open_page("cases")
    one = Changes(frozenset({("case", "a")}), ("s1",))
    two = Changes(frozenset({("clue", "b")}), ("s2",))
    diary.bus.changed.emit(one)
    diary.bus.changed.emit(two)
    assert current(diary).news == [one, two]
    diary.open_page("home")
    assert current(diary).news == [Changes(one.roots | two.roots, ("s1", "s2"))]


def test_a_stack_needs_its_context() -> None:
    stack = PageStack(SPECS, Bus())
    assert stack.current() is None
    assert stack.place() is None
    with pytest.raises(RuntimeError):
        stack.open("home")


def test_what_is_not_built_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    specs = (PageSpec("a", "甲", "home_20", "json"), PageSpec("b", "乙", "home_20", "json.nowhere"))
    assert list(built_pages(specs)) == ["a"]
    monkeypatch.setattr(page_module, "import_module", lambda _name: HomeSampleModule)
    assert factory(specs[0]) is HomeSample


class HomeSampleModule:
    make = HomeSample


def test_page_names_are_unique_and_light_a_row_of_the_navigation() -> None:
    names = [spec.name for spec in PAGES]
    assert len(set(names)) == len(names)
    rows = {spec.name for spec in PAGES if spec.nav}
    assert all(spec.nav or spec.under in rows for spec in PAGES)


def test_a_bare_page_has_nothing_to_do(qtbot: QtBot, context: UiContext) -> None:
    page = Page(context, "空页")
    qtbot.addWidget(page)
    page.show_for(None)
    page.refresh(Changes())
    page.handlers_changed()
    assert page.leave()
    assert page.place() is None
    assert page.first_focus() is None
    assert page.handlers() == {}
    page.head.set_hint("提示")
    page.head.set_title("题目")
    assert (page.head.title(), page.head.hint()) == ("题目", "提示")
    page.resize(500, 400)
    page.show()
    page.handlers_changed()
    assert context.today() == context.desk.today()


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


# ── words to the user ────────────────────────────────────────────────────────────────────────────
def test_what_was_done_can_be_taken_back_from_the_toast(
    qtbot: QtBot, diary: MainWindow, ledger: FakeLedger
) -> None:
    ledger.changes.append(Changes(frozenset({("clue", "l1")}), ("s7",)))
    diary.tasks.work(diary, lambda: None, lambda _: diary.context.done("已登记"))
    qtbot.waitUntil(lambda: diary.toast_.text() == "已登记")
    qtbot.mouseClick(diary.toast_.undo_button(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: diary.toast_.text() == "已撤销")
    assert ledger.undone == ["s7"]


def test_what_changed_nothing_offers_no_undo(qtbot: QtBot, diary: MainWindow) -> None:
    diary.tasks.work(diary, lambda: None, lambda _: diary.context.done("没有变化"))
    qtbot.waitUntil(lambda: diary.toast_.text() == "没有变化")
    assert not diary.toast_.undo_button().isVisible()
    diary.context.say("一句话")
    assert diary.toast_.text() == "一句话"


def test_ctrl_z_takes_the_last_action_back(qtbot: QtBot, diary: MainWindow) -> None:
    qtbot.keyClick(diary, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: diary.toast_.text() == "已撤销：登记线索")


def test_trouble_is_a_toast_a_banner_or_a_report(qtbot: QtBot, diary: MainWindow) -> None:
    diary.show_trouble(UserError("请填写金额"))
    assert diary.toast_.text() == "请填写金额"
    diary.show_trouble(OutsideError("磁盘已满"))
    assert diary.banner.text() == "磁盘已满"
    assert diary.banner.isVisible()
    diary.show_trouble(ZeroDivisionError("身份证 410499197803120113"))
    dialog = diary.crash.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.accept()
    assert sentence_of(OutsideError("磁盘已满")) == "磁盘已满"
    assert sentence_of(ZeroDivisionError()).startswith("程序出错")


def test_long_work_shows_a_strip_while_it_runs(qtbot: QtBot, diary: MainWindow) -> None:
    seen: list[int] = []
    diary.tasks.long_work(
        diary, "正在导入", lambda report: report.progress(2, 4), lambda _: seen.append(1)
    )
    assert len(diary._strips) == 1
    qtbot.waitUntil(lambda: seen == [1])
    assert diary._strips == {}


# ── look and the end ─────────────────────────────────────────────────────────────────────────────
def test_look_and_text_size_are_changed_by_key_and_remembered(
    qtbot: QtBot, diary: MainWindow, tmp_path: Path
) -> None:
    shift = CTRL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(diary, Qt.Key.Key_L, shift)
    assert tokens().name == "dark"
    qtbot.keyClick(diary, Qt.Key.Key_F, shift)
    assert tokens().scale == 1.125
    assert diary.toast_.text() == "字号：大"
    diary.set_text_size("特大")
    diary.next_text_size()
    assert tokens().scale == 1.0
    diary.set_text_size("大")
    diary.toggle_theme()
    diary.toggle_theme()
    diary.close()
    likes = Preferences(tmp_path)
    assert (likes.theme(), likes.scale()) == ("dark", 1.125)
    assert not likes.blob("geometry").isEmpty()


def test_the_text_size_is_chosen_in_a_menu(qtbot: QtBot, diary: MainWindow) -> None:
    diary.top._open_sizes()
    menu = diary.top.findChild(QMenu)
    assert menu is not None
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["标准"]
    menu.actions()[2].trigger()
    assert tokens().scale == 1.25
    menu.close()


def test_the_window_comes_back_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    size = (780, 640)  # the offscreen screen is 800 wide
    for first in (True, False):
        window = MainWindow(
            fake_desk(demo=False), FakeLedger().backend(), RESOURCES, tmp_path, pages={}
        )
        qtbot.addWidget(window)
        window.start()
        if first:
            window.resize(*size)
            window.show()
            window.close()
    assert (window.width(), window.height()) == size
    assert window.windowTitle() == "劳动保障监察案件工作站"


def test_broken_preferences_fall_back(tmp_path: Path) -> None:
    likes = Preferences(tmp_path)
    likes.set_text("theme", "pink")
    likes.set_text("text_size", "巨大")
    likes.set_text("geometry", "x")
    likes.set_flag("detail", on=True)
    assert likes.theme() == "light"
    assert likes.scale() == 1.0
    assert likes.blob("geometry").isEmpty()
    assert likes.flag("detail")
    assert not likes.flag("other")


def test_the_key_sheet_names_every_key(qtbot: QtBot, diary: MainWindow) -> None:
    diary.actions_.trigger("keys")
    sheet = diary.findChild(KeySheet)
    assert sheet is not None
    words = " ".join(one.text() for one in sheet.findChildren(type(diary.status._ledger)))
    for spec in ACTIONS:
        assert spec.title in words
        assert key_words(spec.keys) in words
    sheet.reject()


def test_refresh_reads_the_page_again(qtbot: QtBot, diary: MainWindow) -> None:
    qtbot.keyClick(diary, Qt.Key.Key_F5)
    assert len(current(diary).news) == 1


def test_the_sample_pages_fit_a_small_window(qtbot: QtBot, window: MainWindow) -> None:
    page = window.stack.current()
    assert isinstance(page, HomeSample)
    window.resize(1366, 768)
    qtbot.waitUntil(page.cards[0]._inline.isVisible)
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: not page.split.detail_shown())
    assert window.findChild(QPushButton) is not None
    assert window.childAt(QPoint(10, 10)) is not None
