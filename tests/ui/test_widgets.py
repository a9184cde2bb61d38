"""Small widgets: what they show, tell and do by mouse and key."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.theme import style
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.scaling import box as place
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.theme.tokens import THEME_NAMES
from inspector_app.ui.widgets.banners import Banner, NextBox, ProgressStrip
from inspector_app.ui.widgets.basic import (
    Elided,
    FactGrid,
    Panel,
    Yielding,
    hair,
    label,
    scrolling,
)
from inspector_app.ui.widgets.buttons import Button, button, icon_button, segments, tabs
from inspector_app.ui.widgets.cards import CountCard
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.pills import Pill, Stepper
from inspector_app.ui.widgets.split import ListAndDetail
from inspector_app.ui.widgets.states import StateStack
from inspector_app.ui.widgets.ticks import TickBox
from inspector_app.ui.widgets.toast import Toast
from tests.ui.fakes import RESOURCES


def shown(qtbot: QtBot, widget: QWidget, width: int = 300, height: int = 80) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


def test_a_long_line_is_shortened_and_the_whole_stands_in_the_tip(qtbot: QtBot) -> None:
    words = Elided("平顶山市某某建筑工程劳务分包有限责任公司第三项目部")
    shown(qtbot, words, 100, 20)
    assert words.text().endswith("…")
    assert words.toolTip() == words.full() == words.accessibleName()
    words.resize(600, 20)
    assert words.text() == words.full()


def test_enter_presses_a_button_and_an_unknown_kind_is_a_bug(qtbot: QtBot) -> None:
    pressed: list[int] = []
    one = button(
        "打印", "primary", "print_20", "打印（Ctrl+P）", lambda: pressed.append(1), small=True
    )
    shown(qtbot, one)
    qtbot.keyClick(one, Qt.Key.Key_Return)
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.keyClick(one, Qt.Key.Key_A)
    assert pressed == [1, 1]
    assert icon_button("print_20", "打印").accessibleName() == "打印"
    with pytest.raises(KeyError):
        Button("x", "shiny")


def test_a_small_button_is_lower_than_the_others(qtbot: QtBot) -> None:
    usual, small = button("修改"), button("修改", small=True)
    for one in (usual, small):
        shown(qtbot, one)
    assert small.sizeHint().height() < usual.sizeHint().height()
    assert small.sizeHint().width() < usual.sizeHint().width()


def tick_colours(box: TickBox) -> tuple[str, str]:
    """The border and the middle of the box."""
    picture, place = box.grab().toImage(), box.indicator()
    border = picture.pixelColor(place.left(), place.center().y()).name()
    return border, picture.pixelColor(place.center().x() - 4, place.center().y() - 4).name()


@pytest.mark.parametrize("look", THEME_NAMES)
def test_a_tick_box_is_seen_empty_ticked_and_disabled(
    qtbot: QtBot, qapp: QApplication, look: str
) -> None:
    t = style.apply(qapp, RESOURCES, look, shipped_fonts_only=True)
    box = TickBox("并案")
    shown(qtbot, box)
    box.clearFocus()
    assert tick_colours(box) == (t.border_input.lower(), t.surface.lower())
    empty = box.grab().toImage()
    box.setChecked(True)
    assert tick_colours(box) == (t.brand.lower(), t.brand.lower())
    place = box.indicator()
    seen = box.grab().toImage()
    dots = ((x, y) for x in range(place.left(), place.right()) for y in range(place.bottom()))
    assert t.on_brand.lower() in {seen.pixelColor(x, y).name() for x, y in dots}
    box.setEnabled(False)
    assert tick_colours(box)[1] == t.border_strong.lower()
    box.setChecked(False)
    assert tick_colours(box) == (t.border_strong.lower(), t.canvas.lower())
    box.setEnabled(True)
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    assert box.grab().toImage() != empty
    assert tick_colours(box)[0] == t.brand.lower()


def test_segments_tell_which_was_chosen_and_can_be_set_without_telling(qtbot: QtBot) -> None:
    row = segments(["是", "否", "不适用"], on=-1)
    row.set_tones(["success", "danger", "neutral"])
    shown(qtbot, row)
    assert row.current() == -1
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.mouseClick(row.at(1), Qt.MouseButton.LeftButton)
    assert told.args == [1]
    row.set_current(0)
    assert row.current() == 0
    row.set_current(-1)
    assert row.current() == -1
    row.set_names(["是 1", "否 2", "不适用"])
    assert row.at(1).text() == "否 2"


def test_tabs_start_with_the_first(qtbot: QtBot) -> None:
    row = tabs(["经过", "文书"])
    shown(qtbot, row)
    assert row.current() == 0


def test_a_pill_says_its_word_and_takes_no_room_when_empty(qtbot: QtBot) -> None:
    pill = Pill("超期 2 天", "danger")
    shown(qtbot, pill)
    assert pill.accessibleName() == pill.text() == "超期 2 天"
    wide = pill.sizeHint().width()
    assert wide > 40
    pill.rescale()
    pill.set_pill("", "neutral")
    assert pill.sizeHint().width() == 0
    pill.grab()


def test_the_stepper_says_the_stage_and_paints_done_now_and_to_come(qtbot: QtBot) -> None:
    steps = Stepper(["登记", "立案", "调查", "结案"], 1)
    shown(qtbot, steps, 400, 50)
    assert steps.accessibleName() == "当前阶段：立案"
    picture = steps.grab().toImage()
    y = tokens().px(11)
    colours = [picture.pixelColor(round(400 * (i + 0.5) / 4) - 5, y).name() for i in (0, 1, 3)]
    assert len(set(colours)) == 3
    steps.show_stage(4)
    assert steps.accessibleName() == "已全部完成"
    steps.rescale()
    assert steps.sizeHint().height() >= 40


def test_a_card_filters_by_mouse_and_key_and_zero_is_not_alarming(qtbot: QtBot) -> None:
    card = CountCard("已超期", "warning_20", "danger")
    shown(qtbot, card, 220, 110)
    card.show_count(1200, "最久 2 天")
    assert card.accessibleName() == "已超期 1200 件 最久 2 天"
    assert card._number.property("tone") == "danger"
    assert card._number.text() == "1,200"
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.clicked):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.keyClick(card, Qt.Key.Key_A)
    card.show_count(0, "没有超期事项")
    assert card._number.property("tone") == ""
    card.set_active(True)
    assert card.is_active()
    card.set_compact(True)
    assert not card._hint.isVisible()
    assert card._inline.isVisible()


def test_a_chip_offers_ticks_and_says_what_it_filters_by(qtbot: QtBot) -> None:
    chip = Chip("阶段")
    chip.set_options([("Z1", "登记受理"), ("Z3", "调查取证"), ("Z5", "责令改正")])
    row = ChipRow([chip])
    shown(qtbot, row, 500)
    everything, first, second, third = chip.menu_actions()
    assert everything.isChecked()
    with qtbot.waitSignal(chip.changed) as told:
        third.trigger()
    assert told.args == [("Z5",)]
    first.trigger()
    assert chip.chosen() == ("Z1", "Z5")
    assert chip.text() == "阶段：登记受理、责令改正"
    second.trigger()
    assert chip.text() == "阶段：登记受理、调查取证 等 3 项"
    assert row._clear.isVisible()
    second.trigger()
    assert chip.chosen() == ("Z1", "Z5")
    chip.set_options([("Z5", "责令改正")])
    assert chip.chosen() == ("Z5",)
    with qtbot.waitSignal(row.changed):
        qtbot.mouseClick(row._clear, Qt.MouseButton.LeftButton)
    assert chip.chosen() == ()
    assert not row._clear.isVisible()


def test_the_menu_of_a_chip_stays_open_while_ticks_are_set(qtbot: QtBot) -> None:
    chip = Chip("属地")
    chip.set_options([("a", "湛河区"), ("b", "新华区")])
    shown(qtbot, chip)
    menu = chip.menu()
    menu.popup(QPoint(0, 0))
    entry = chip.menu_actions()[1]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    assert menu.isVisible()
    assert chip.chosen() == ("a",)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=QPoint(1, menu.height() - 1))
    menu.close()


def test_a_single_chip_takes_one_and_gives_it_back_for_all(qtbot: QtBot) -> None:
    chip = Chip("年份", single=True)
    chip.set_options([("2025", "2025年"), ("2026", "2026年")])
    qtbot.addWidget(chip)
    chip.menu_actions()[1].trigger()
    chip.menu_actions()[2].trigger()
    assert chip.chosen() == ("2026",)
    chip.menu_actions()[0].trigger()
    assert chip.chosen() == ()


def test_a_banner_speaks_changes_tone_and_hides_when_it_has_nothing_to_say(qtbot: QtBot) -> None:
    banner = Banner("info", closable=True)
    shown(qtbot, banner, 500)
    banner.say("磁盘已满", "没有存下", "danger", [button("重试")])
    assert banner.text() == "磁盘已满"
    assert banner.property("tone") == "danger"
    banner.say("")
    assert banner.isHidden()


def test_the_next_step_names_what_the_law_asks_for(qtbot: QtBot) -> None:
    box = NextBox()
    shown(qtbot, box, 360, 140)
    box.show_step("下一步：立案", "", [button("立案", "primary")], "info")
    assert box.property("tone") == "info"
    box.show_step("下一步：核查整改情况", "整改期限届满", [], "warning")
    assert box._body.isVisible()


def test_progress_shows_how_far_and_can_be_stopped_once(qtbot: QtBot) -> None:
    stopped: list[int] = []
    strip = ProgressStrip("正在导入", lambda: stopped.append(1))
    shown(qtbot, strip, 500)
    strip.show_progress(0, 0)
    strip.show_progress(1200, 5000)
    assert strip._words.text() == "正在导入　1,200 / 5,000"
    qtbot.mouseClick(strip._cancel, Qt.MouseButton.LeftButton)
    strip.show_progress(1300, 5000)
    assert stopped == [1]
    assert strip._words.text() == "正在导入　正在停止"


def test_a_toast_offers_undo_once_and_stays_above_the_foot(qtbot: QtBot) -> None:
    host = QWidget()
    shown(qtbot, host, 800, 500)
    toast = Toast(host)
    undone: list[int] = []
    toast.say("已登记", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.text() == "已登记"
    host.resize(900, 600)
    assert abs(toast.geometry().center().x() - 450) <= 1
    qtbot.mouseClick(toast.button(), Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert toast.isHidden()
    toast.say("已保存")
    assert not toast.button().isVisible()
    toast._timer.timeout.emit()
    assert toast.isHidden()


def test_a_toast_may_offer_another_way_on(qtbot: QtBot) -> None:
    host = QWidget()
    shown(qtbot, host, 800, 500)
    toast, opened = Toast(host), list[int]()
    toast.say("已导出 20 件", lambda: opened.append(1), "打开文件夹")
    assert toast.button().text() == "打开文件夹"
    qtbot.mouseClick(toast.button(), Qt.MouseButton.LeftButton)
    assert opened == [1]
    toast.say("已登记", print)
    assert toast.button().text() == "撤销"


def test_loading_shows_only_after_a_moment_and_every_state_has_a_way_on(qtbot: QtBot) -> None:
    stack = StateStack(label("内容"), "table_20")
    shown(qtbot, stack, 400, 300)
    stack.show_loading()
    assert stack.state() == "content"
    qtbot.waitUntil(lambda: stack.state() == "loading")
    stack.show_content()
    assert stack.state() == "content"
    stack.show_empty("还没有案件", "登记一条线索（Ctrl+N）", [button("登记线索")])
    assert stack.state() == "empty"
    assert stack.empty.title.text() == "还没有案件"
    again: list[int] = []
    stack.show_error("台账被占用", lambda: again.append(1))
    assert stack.state() == "error"
    qtbot.mouseClick(stack.error.findChild(Button), Qt.MouseButton.LeftButton)
    assert again == [1]
    stack.show_loading()
    stack.show_error("又失败了")
    assert stack.error.body.text() == "又失败了"


def test_the_detail_gives_way_in_narrow_windows_unless_it_is_wanted(qtbot: QtBot) -> None:
    detail = Panel()
    both = ListAndDetail(label("表"), detail)
    shown(qtbot, both, 1200, 300)
    both.fit(1200)
    assert detail.isVisible()
    both.fit(900)
    assert not detail.isVisible()
    both.toggle()
    assert detail.isVisible()
    both.toggle()
    both.fit(1200)
    assert not both.detail_shown()


def test_a_detail_in_view_never_keeps_a_window_wide(qtbot: QtBot) -> None:
    rows = fix(QWidget(), min_width=300)
    both = ListAndDetail(rows, Panel(), 384)
    host = QWidget()
    place(QVBoxLayout(host)).addWidget(both)
    shown(qtbot, host, 1200, 300)
    both.fit(1200)
    assert host.minimumSizeHint().width() == 384
    host.resize(698, 300)
    assert both.detail_shown()
    assert rows.isVisible()
    host.resize(697, 300)
    assert both.width() == 697
    assert rows.isVisible()
    both.fit(697)
    both.toggle()
    assert both.detail_shown()
    assert not rows.isVisible()
    both.toggle()
    assert rows.isVisible()


def test_a_line_that_yields_asks_for_its_whole_text_and_is_shortened(qtbot: QtBot) -> None:
    words = Yielding("2026年11月20日 星期五，办理期限按工作日计算", "pageHint")
    shown(qtbot, words)
    words.resize(words.sizeHint())
    assert words.text() == words.full()
    assert words.minimumWidth() < 20
    words.resize(100, 20)
    assert words.text().endswith("…")
    before = words.sizeHint().width()
    words.set_full("2026年")
    assert words.sizeHint().width() < before


def visible_words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def test_facts_stand_name_above_value_and_none_is_a_dash(qtbot: QtBot) -> None:
    facts = FactGrid()
    panel = Panel()
    panel.column.addWidget(facts)
    panel.column.addWidget(hair(vertical=True))
    area = scrolling(panel, frame=True)
    shown(qtbot, area, 300, 300)
    facts.show_facts([("人数", "37 人"), ("金额", "", "danger")])
    facts.show_facts([("人数", "38 人"), ("金额", "")])
    qtbot.waitUntil(lambda: visible_words(facts) == ["人数", "38 人", "金额", "—"])
    area.grab()
