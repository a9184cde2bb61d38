"""The working calendar: read, corrected by keyboard and mouse, filled from a notice, saved."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip

from inspector_app.errors import OutsideError
from inspector_app.services.office_calendar import ENTERED, SHIPPED, read_year
from inspector_app.services.rules import office_rules
from inspector_app.ui.pages.calendar.draft import Look
from inspector_app.ui.pages.calendar.forms import PasteForm, SaveForm, TakeBackYear
from inspector_app.ui.pages.calendar.page import CalendarPage
from inspector_app.ui.theme import style
from tests.services.test_office_calendar import NOTICE_2027
from tests.ui.fakes import RESOURCES
from tests.ui.pages.conftest import Driver, Picture, drop, press
from tests.ui.pages.lawbook import fill
from tests.ui.pages.visits import focus

NATIONAL_DAY = date(2026, 10, 1)
MAKE_UP = date(2026, 10, 10)
SATURDAY, FRIDAY = date(2026, 11, 21), date(2026, 11, 20)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(user: Driver) -> CalendarPage:
    return opened(user)


def opened(user: Driver, arg: object = None) -> CalendarPage:
    found = user.open("calendar", arg)
    assert isinstance(found, CalendarPage)
    return found


def at(page: CalendarPage, day: date) -> None:
    page.grid.setFocus()
    page.grid.go_to(day)


def pasted(user: Driver, page: CalendarPage, text: str = NOTICE_2027) -> None:
    press(page.head, "粘贴通知")
    assert isinstance(page.slot.form, PasteForm)
    page.slot.form.form.fields["text"].set_value(text)
    page.slot.form.submit()
    user.quiet()


# ── the drawing ──────────────────────────────────────────────────────────────────────────────
def test_the_year_is_told_in_words_and_the_cursor_stands_on_today(page: CalendarPage) -> None:
    assert page.grid.cursor_day == FRIDAY
    assert page.side.title.text() == "2026 年"
    assert page.side.words.text() == "随程序提供。工作日 248 天，放假 33 天，调休上班 6 天。"
    assert page.side.day.text() == "2026年11月20日（星期五）"
    assert [run.name for run in page.side.runs.rows_model.rows()][:2] == ["元旦", "春节"]


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Right, date(2026, 11, 21)),
        (Qt.Key.Key_Left, date(2026, 11, 19)),
        (Qt.Key.Key_Down, date(2026, 11, 27)),
        (Qt.Key.Key_Up, date(2026, 11, 13)),
        (Qt.Key.Key_Home, date(2026, 11, 1)),
        (Qt.Key.Key_End, date(2026, 11, 30)),
        (Qt.Key.Key_PageUp, date(2026, 10, 20)),
        (Qt.Key.Key_PageDown, date(2026, 12, 20)),
    ],
)
def test_keys_move_the_cursor(user: Driver, page: CalendarPage, key: Qt.Key, day: date) -> None:
    at(page, FRIDAY)
    user.qtbot.keyClick(page.grid, key)
    assert page.grid.cursor_day == day
    assert page.grid.accessibleDescription().startswith(f"2026年{day.month}月{day.day}日")


def test_the_cursor_stays_inside_the_year(user: Driver, page: CalendarPage) -> None:
    at(page, date(2026, 12, 31))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        user.qtbot.keyClick(page.grid, key)
        assert page.grid.cursor_day == date(2026, 12, 31)
    at(page, date(2026, 3, 31))
    user.qtbot.keyClick(page.grid, Qt.Key.Key_PageUp)
    assert page.grid.cursor_day == date(2026, 2, 28)
    user.qtbot.keyClick(page.grid, Qt.Key.Key_A)
    assert page.grid.cursor_day == date(2026, 2, 28)


def test_every_day_has_a_place_of_its_own_and_is_found_by_it(page: CalendarPage) -> None:
    for day in page.draft.days():
        assert page.grid.day_at(page.grid.cell(day).center()) == day
    assert page.grid.day_at(QPoint(1, 1)) is None


def test_a_click_selects_and_a_second_one_turns_the_day_over(
    user: Driver, page: CalendarPage
) -> None:
    place = page.grid.cell(MAKE_UP).center()
    user.qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=place)
    assert (page.grid.cursor_day, page.draft.changed()) == (MAKE_UP, [])
    user.qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=place)
    assert page.draft.look(MAKE_UP) is Look.WEEKEND
    user.qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert page.draft.changed() == [MAKE_UP]


def test_a_tip_says_what_a_day_is(page: CalendarPage) -> None:
    place = page.grid.cell(NATIONAL_DAY).center()
    help_event = QHelpEvent(QEvent.Type.ToolTip, place, page.grid.mapToGlobal(place))
    QApplication.sendEvent(page.grid, help_event)
    assert QToolTip.text() == "2026年10月1日（星期四），放假，国庆节"
    QToolTip.hideText()


# ── changing and saving ──────────────────────────────────────────────────────────────────────
def test_a_change_by_key_is_saved_with_its_source_and_undone(
    user: Driver, page: CalendarPage
) -> None:
    desk = user.scene.desk
    at(page, MAKE_UP)
    user.qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.side.changed.text() == "1 天有改动，没有保存（带橙点）：10月10日"
    user.act("save")
    form = page.slot.form
    assert isinstance(form, SaveForm)
    assert form.banner.text()  # the number of statutory days no longer adds up
    form.submit()
    assert form.form.fields["source"].error() == "请填写来源"
    fill(form, source="更正1号", why="漏看更正")
    user.act("save")
    assert not office_rules(desk).calendar.is_working(MAKE_UP)
    assert (read_year(desk, 2026).source, page.back_button.isVisible()) == ("更正1号", True)
    assert page.side.words.text().startswith("本局录入，来源：更正1号。")
    assert user.toast().startswith("已保存 2026 年的放假安排")
    user.undo()
    assert office_rules(desk).calendar.is_working(MAKE_UP)
    assert read_year(desk, 2026).origin == SHIPPED
    assert page.draft.look(MAKE_UP) is Look.MAKEUP


def test_a_day_off_needs_a_name_before_it_is_saved(user: Driver, page: CalendarPage) -> None:
    at(page, FRIDAY)
    user.qtbot.keyClick(page.grid, Qt.Key.Key_Space)
    assert page.side.look.text() == "放假"
    page.save()
    user.quiet()
    assert isinstance(page.slot.form, SaveForm)
    assert "没有写是什么节日" in page.slot.form.banner.text()
    assert not page.slot.form.send.isEnabled()
    user.act("back")
    assert page.slot.form is None
    fill_name(user, page, "演示节")
    assert page.draft.name(FRIDAY) == "演示节"
    page.save()
    user.quiet()
    assert page.slot.form is not None
    assert page.slot.form.send.isEnabled()
    page.side.turn.click()
    assert page.draft.changed() == []
    page.save()
    assert user.toast() == "没有改动"


def fill_name(user: Driver, page: CalendarPage, name: str) -> None:
    page.side.name.edit.setText(name)
    user.qtbot.keyClick(page.side.name.edit, Qt.Key.Key_Return)


def test_unsaved_days_keep_the_page_once_and_can_be_dropped(
    user: Driver, page: CalendarPage
) -> None:
    page.toggle(FRIDAY)
    user.open("home")
    assert user.at() == "calendar"
    assert "还没有保存" in user.toast()
    user.open("home")
    assert user.at() == "home"
    opened(user)
    assert page.draft.changed() == [FRIDAY]
    page.bar.turn(1)
    assert page.draft.year == 2026
    press(page.side, "放弃改动")
    assert page.draft.changed() == []
    page.bar.turn(1)
    user.quiet()
    assert page.draft.year == 2027


def test_a_year_that_was_entered_is_given_back(user: Driver, page: CalendarPage) -> None:
    page.toggle(MAKE_UP)
    page.save()
    user.quiet()
    fill(page.slot.form, source="更正1号")
    assert page.slot.form is not None
    page.slot.form.submit()
    user.quiet()
    page.back_button.click()
    assert isinstance(page.slot.form, TakeBackYear)
    fill(page.slot.form, why="更正有误")
    page.slot.form.submit()
    user.quiet()
    assert read_year(user.scene.desk, 2026).origin == SHIPPED
    assert not page.back_button.isVisible()


# ── years ────────────────────────────────────────────────────────────────────────────────────
def test_years_are_turned_and_an_unknown_one_says_so(user: Driver, page: CalendarPage) -> None:
    at(page, FRIDAY)
    user.qtbot.keyClick(page.grid, Qt.Key.Key_PageDown, CTRL)
    user.quiet()
    assert (page.draft.year, page.bar.after.isEnabled()) == (2027, False)
    assert page.side.words.text() == "放假安排还没有录入，只按周末计算。"
    assert "“暂定”" in page.side.unknown.text()
    assert page.grid.cursor_day == date(2027, 1, 1)
    page.bar.year.click()
    user.choose("2004 年")
    assert (page.draft.year, page.bar.before.isEnabled()) == (2004, False)
    page.bar.turn(-1)
    user.quiet()
    assert page.draft.year == 2004


def test_a_date_opens_its_year_and_is_selected(user: Driver) -> None:
    page = opened(user, date(2027, 3, 2))
    assert page.grid.cursor_day == date(2027, 3, 2)
    user.open("home")
    user.act("back")
    assert page.grid.cursor_day == date(2027, 3, 2)
    assert opened(user, 2025).draft.year == 2025


def test_a_holiday_of_the_list_moves_the_cursor(user: Driver, page: CalendarPage) -> None:
    page.side.runs.selectRow(6)
    user.qtbot.keyClick(page.side.runs, Qt.Key.Key_Return)
    assert page.grid.cursor_day == NATIONAL_DAY
    page.side.runs.selectRow(0)
    page.side.runs.clicked.emit(page.side.runs.currentIndex())
    assert page.grid.cursor_day == date(2026, 1, 1)


def test_a_year_that_cannot_be_read_offers_another_try(
    user: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    monkeypatch.setattr("inspector_app.ui.pages.calendar.page.read_sheet", refuse)
    page = opened(user)
    assert page.states.state() == "error"
    monkeypatch.undo()
    press(page.states.error, "重试")
    user.quiet()
    assert page.states.state() == "content"


# ── a notice ─────────────────────────────────────────────────────────────────────────────────
def test_a_pasted_notice_is_shown_before_it_is_saved_with_the_cases_it_moves(
    user: Driver, page: CalendarPage
) -> None:
    desk = user.scene.desk
    pasted(user, page, NOTICE_2027.replace("（演示）", "（国办发明电〔2026〕9号）"))
    assert (page.draft.year, len(page.draft.changed())) == (2027, 33)
    assert page.notes.text().startswith("读出 33 天")
    assert page.side.runs.rows_model.rowCount() == 7
    assert office_rules(desk).calendar.last_year == 2026
    page.save()
    user.quiet()
    form = page.slot.form
    assert isinstance(form, SaveForm)
    assert form.form.fields["source"].value() == "国办发明电〔2026〕9号"
    assert "件的到期日会变" in form.moved.text()
    shown = form.cases.rows_model.columns[0].sub(form.cases.rows_model.rows()[0])
    assert " → 2027年" in shown
    form.cases.selectRow(0)
    user.qtbot.keyClick(form.cases, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "calendar"  # the days are not saved yet
    form.submit()
    user.quiet()
    assert office_rules(desk).calendar.last_year == 2027
    assert "件案件的到期日已更新" in user.toast()
    assert (read_year(desk, 2027).origin, page.draft.changed()) == (ENTERED, [])


def test_what_was_not_understood_must_be_ticked_as_checked(
    user: Driver, page: CalendarPage
) -> None:
    pasted(user, page, NOTICE_2027.replace("共8天", "共9天"))
    assert "1 处没有读懂" in page.notes.accessibleName()
    page.save()
    user.quiet()
    form = page.slot.form
    assert isinstance(form, SaveForm)
    fill(form, source="演示1号")
    form.submit()
    assert "核对" in form.form.fields["checked"].error()
    form.form.fields["checked"].set_value(("checked",))
    form.submit()
    user.quiet()
    assert read_year(user.scene.desk, 2027).source == "演示1号"


def test_text_that_is_no_notice_is_told(user: Driver, page: CalendarPage) -> None:
    press(page.head, "粘贴通知")
    assert page.slot.form is not None
    page.slot.form.submit()
    assert page.slot.form is not None
    assert page.slot.form.form.fields["text"].error() == "请填写通知全文"
    page.slot.form.form.fields["text"].set_value("今天天气很好。")
    page.slot.form.submit()
    user.quiet()
    assert page.notes.text() == "没有读到任何放假或上班的日期。"
    assert page.draft.year == 2026


def test_a_notice_comes_from_a_file_or_a_drop(
    user: Driver, page: CalendarPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2027年放假通知.txt"
    path.write_text(NOTICE_2027, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: ("", ""))
    press(page.head, "从文件导入")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    press(page.head, "从文件导入")
    user.quiet()
    assert page.draft.year == 2027
    press(page.side, "放弃改动")
    drop(page, path)
    user.qtbot.waitUntil(lambda: bool(page.draft.changed()))
    page.save()
    user.quiet()
    assert page.slot.form is not None
    assert page.slot.form.form.fields["source"].value() == "2027年放假通知"
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"no document")
    page.files.open(broken)
    user.quiet()
    assert "没有读出来" in page.notes.accessibleName()
    other = tmp_path / "照片.png"
    other.write_bytes(b"")
    drop(page, other)


def test_the_side_gives_way_in_a_narrow_window_and_comes_with_a_form(
    user: Driver, page: CalendarPage
) -> None:
    user.window.resize(1180, 760)
    user.quiet()
    assert not page.split.detail_shown()
    page.paste()
    assert page.split.detail_shown()
    user.act("back")
    user.act("detail")
    assert not page.split.detail_shown()


def test_the_calendar_looks_as_it_was_accepted(
    user: Driver, page: CalendarPage, picture: Picture, qapp: QApplication
) -> None:
    focus(user, page.grid)
    picture(user, "calendar_light", "light", 1.0, (1440, 900))
    picture(user, "calendar_1366", "light", 1.0, (1366, 768))
    pasted(user, page)
    focus(user, page.grid)
    picture(user, "calendar_dark", "dark", 1.0, (1440, 900))
    style.apply(qapp, RESOURCES, "light", 1.0, shipped_fonts_only=True)
    page.save()
    user.quiet()
    assert page.slot.form is not None
    focus(user, page.slot.form.form.fields["source"].editor)
    picture(user, "calendar_save_large", "light", 1.25, (1680, 1050))
