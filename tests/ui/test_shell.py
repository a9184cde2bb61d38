"""The main window: pages and the way back, keys, words to the user, look, closing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui import page as page_module
from inspector_app.ui.action_list import ACTIONS
from inspector_app.ui.actions import key_words
from inspector_app.ui.backend import WindowFacts
from inspector_app.ui.bus import Bus, Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.keysheet import KeySheet
from inspector_app.ui.page import PAGES, Page, PageSpec, built_pages, factory
from inspector_app.ui.preferences import Preferences
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.stack import PageStack
from inspector_app.ui.theme.current import tokens
from tests.helpers.gallery_pages import HomeSample
from tests.ui.diary import SPECS, current
from tests.ui.fakes import RESOURCES, FakeLedger, fake_desk

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


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
    one = Changes(frozenset({("case", "a")}), ("s1",), ("s1",))
    two = Changes(frozenset({("clue", "b")}), ("s2",))
    diary.bus.changed.emit(one)
    diary.bus.changed.emit(two)
    assert current(diary).news == [one, two]
    diary.open_page("home")
    assert current(diary).news == [Changes(one.roots | two.roots, ("s1", "s2"), ("s1",))]


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


# ── words to the user ────────────────────────────────────────────────────────────────────────────
def test_what_was_done_can_be_taken_back_from_the_toast(
    qtbot: QtBot, diary: MainWindow, ledger: FakeLedger
) -> None:
    """Not what somebody else wrote meanwhile, though it came last."""
    ledger.changes.append(Changes(frozenset({("clue", "l1")}), ("s7", "theirs"), ("s7",)))
    diary.tasks.work(diary, lambda: None, lambda _: diary.context.done("已登记"))
    qtbot.waitUntil(lambda: diary.toast_.text() == "已登记")
    qtbot.mouseClick(diary.toast_.button(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: diary.toast_.text() == "已撤销")
    assert ledger.undone == ["s7"]


def test_what_changed_nothing_offers_no_undo(qtbot: QtBot, diary: MainWindow) -> None:
    diary.tasks.work(diary, lambda: None, lambda _: diary.context.done("没有变化"))
    qtbot.waitUntil(lambda: diary.toast_.text() == "没有变化")
    assert not diary.toast_.button().isVisible()
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
    qtbot.keyClick(diary, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
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
