"""Form fields: checked on leaving, never while composing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.domain.money import yuan
from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import InspectorRef
from inspector_app.domain.term_words import date_text
from inspector_app.errors import UserError
from inspector_app.ui.forms.choices import ChoiceField, InspectorField, TicksField
from inspector_app.ui.forms.dates import DateField, _CalendarPopup, read_date
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.lines import IntegerField, LineField, MoneyField, TimeField, read_time
from inspector_app.ui.forms.texts import TextField
from tests.ui.fakes import TODAY
from tests.ui.typing import commit, compose


def today() -> date:
    return TODAY


def beside_another(qtbot: QtBot, field: FormField) -> QLineEdit:
    """Show a field with another editor to go to."""
    host = QWidget()
    column = QVBoxLayout(host)
    column.addWidget(field)
    other = QLineEdit()
    column.addWidget(other)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    field.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    field.host = host  # type: ignore[attr-defined]  # keeps the window alive as long as the field
    return other


def leave(qtbot: QtBot, field: FormField, other: QLineEdit) -> None:
    with qtbot.waitSignal(field.left):
        other.setFocus()


# ── lines ────────────────────────────────────────────────────────────────────────────────────────
def test_a_field_is_checked_when_it_is_left_and_says_what_is_wrong_in_words(qtbot: QtBot) -> None:
    def right_length(value: object) -> str:
        count = len(str(value))
        return "" if count == 18 else f"应为 18 位，现有 {count} 位"

    field = LineField("code", "统一社会信用代码", check=right_length, hint="营业执照上的号码")
    other = beside_another(qtbot, field)
    qtbot.keyClicks(field.edit, "91410400MA9XXXXX0")
    assert field.error() == ""
    leave(qtbot, field, other)
    assert field.error() == "应为 18 位，现有 17 位"
    assert field.edit.property("state") == "error"
    assert field.edit.accessibleDescription() == field.error()
    field.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_End)
    qtbot.keyClicks(field.edit, "1")
    assert field.error() == ""
    assert field.hint() == "营业执照上的号码"
    field.set_hint("别的提示")
    assert field.hint() == "别的提示"


def test_composition_in_a_line_edits_nothing_until_it_is_committed(qtbot: QtBot) -> None:
    field = LineField("name", "单位", max_length=4)
    beside_another(qtbot, field)
    with qtbot.assertNotEmitted(field.edited):
        compose(field.edit, "qing'he")
    assert field.value() == ""
    with qtbot.waitSignal(field.edited):
        commit(field.edit, "青禾")
    assert field.value() == "青禾"
    field.set_value("青禾建筑劳务")
    assert not field.validate()
    assert field.error() == "最多 4 字，多了 2 字"


def test_a_required_field_is_missed_only_when_the_form_is_to_be_complete(qtbot: QtBot) -> None:
    field = LineField("name", "单位名称", required=True, why="监察条例第十六条")
    qtbot.addWidget(field)
    assert field.required()
    assert field.validate()
    assert not field.validate(complete=True)
    assert field.error() == "请填写单位名称"
    field.set_read_only(True)
    assert field.edit.isReadOnly()


def test_an_amount_is_set_in_its_format_with_the_capital_words_below(qtbot: QtBot) -> None:
    field = MoneyField("money", "拖欠金额（元）")
    other = beside_another(qtbot, field)
    qtbot.keyClicks(field.edit, "864200")
    assert field.value() == 86_420_000
    assert field.hint() == "大写：捌拾陆万肆仟贰佰元整"
    leave(qtbot, field, other)
    assert field.edit.text() == "864,200.00"
    field.set_value(None)
    assert field.value() is None
    assert field.validate()


def test_a_doubtful_amount_stays_as_typed_and_is_told(qtbot: QtBot) -> None:
    field = MoneyField("money", "拖欠金额（元）")
    other = beside_another(qtbot, field)
    qtbot.keyClicks(field.edit, "12.345")
    leave(qtbot, field, other)
    assert "分" in field.error()
    assert field.edit.text() == "12.345"
    assert field.value() is None


def test_an_amount_shown_is_read_back_as_itself(qtbot: QtBot) -> None:
    field = MoneyField("money", "金额")
    qtbot.addWidget(field)

    @given(st.integers(0, 10**13))
    def holds(fen: int) -> None:
        field.set_value(fen)
        assert field.value() == fen
        assert field.edit.text() == yuan(fen)

    holds()


def test_whole_numbers_and_times_are_read_as_people_write_them(qtbot: QtBot) -> None:
    number = IntegerField("people", "人数")
    other = beside_another(qtbot, number)
    qtbot.keyClicks(number.edit, "1,200")
    leave(qtbot, number, other)
    assert number.value() == 1200
    number.set_value(37)
    assert number.edit.text() == "37"
    for text, sentence in (("三十", "请填整数"), ("9" * 12, "数目过大")):
        number.edit.setText(text)
        assert number.typed_problem() == sentence
    time = TimeField("time", "时间")
    qtbot.addWidget(time)
    time.edit.setText("9时5分")
    assert time.value() == "09:05"
    time.set_value("10:30")
    assert time.edit.text() == "10:30"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", "09:30"),
        ("0930", "09:30"),
        ("9点", "09:00"),
        ("１４：０５", "14:05"),
        ("23:59", "23:59"),
    ],
)
def test_times_of_day(typed: str, meant: str) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "9:75", "上午", "930"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_time(typed)


# ── dates ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-18",
        "20261118",
        "2026年11月18日",
        "2026.11.18",
        "11-18",
        "11月18日",
        "1118",
        "２０２６/１１/１８",
        "2026年11月18日（星期三）",
    ],
)
def test_a_date_is_read_in_every_usual_writing(typed: str) -> None:
    assert read_date(typed, TODAY) == date(2026, 11, 18)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_date_shown_is_read_back_as_itself(day: date) -> None:
    assert read_date(date_text(day), TODAY) == day


@pytest.mark.parametrize(("typed", "sentence"), [("下周三", "2026-11-18"), ("2026-02-30", "没有")])
def test_what_is_no_date_is_refused_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_date(typed, TODAY)


def test_a_date_may_be_empty_shows_its_weekday_and_moves_by_keys(qtbot: QtBot) -> None:
    field = DateField("day", "届满日", today=today)
    other = beside_another(qtbot, field)
    assert field.value() is None
    assert field.validate()
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.day() is None
    qtbot.keyClicks(field.edit, "1118")
    assert field.hint() == "星期三"
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.day() == date(2026, 11, 19)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    leave(qtbot, field, other)
    assert field.edit.text() == "2026年11月18日"


def test_a_date_may_say_more_than_its_weekday(qtbot: QtBot) -> None:
    field = DateField(
        "day", "日期", today=today, note=lambda day: "周末" if day.weekday() > 4 else ""
    )
    qtbot.addWidget(field)
    field.set_value(date(2026, 11, 21))
    assert field.hint() == "周末"
    field.set_value(date(2026, 11, 20))
    assert field.hint() == "星期五"


def test_a_date_is_chosen_in_the_calendar(qtbot: QtBot) -> None:
    field = DateField("day", "日期", today=today)
    beside_another(qtbot, field)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.edit.findChild(_CalendarPopup)
    assert popup is not None
    assert popup.calendar.selectedDate() == QDate(2026, 11, 20)
    with qtbot.waitSignal(field.edited):
        popup.calendar.activated.emit(QDate(2026, 12, 1))
    assert field.day() == date(2026, 12, 1)


# ── texts ────────────────────────────────────────────────────────────────────────────────────────
def test_composition_in_a_text_is_no_change_although_qt_says_so(qtbot: QtBot) -> None:
    field = TextField("facts", "事实", max_length=6)
    beside_another(qtbot, field)
    with qtbot.assertNotEmitted(field.edited):
        compose(field.edit, "wei")
        compose(field.edit, "wei zhi fu")
    with qtbot.waitSignal(field.edited):
        commit(field.edit, "未支付工资")
    assert field.value() == "未支付工资"
    assert field.validate()
    qtbot.keyClicks(field.edit, "ab")
    assert not field.validate()


def test_a_text_grows_with_its_lines_and_gives_tab_to_the_next_field(qtbot: QtBot) -> None:
    field = TextField("facts", "事实", lines=2, most_lines=5)
    other = beside_another(qtbot, field)
    low = field.edit.height()
    field.set_value("\n".join("行" * 4 for _ in range(4)))
    qtbot.waitUntil(lambda: field.edit.height() > low)
    middle = field.edit.height()
    field.set_value("\n".join("行" for _ in range(40)))
    qtbot.waitUntil(lambda: field.edit.height() > middle)
    assert field.edit.height() < 40 * field.edit.fontMetrics().lineSpacing()
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    qtbot.waitUntil(other.hasFocus)
    field.set_read_only(True)
    assert field.edit.isReadOnly()


# ── choices ──────────────────────────────────────────────────────────────────────────────────────
PEOPLE = [
    Inspector("1", "李明", "410400", "410400", "豫0001"),
    Inspector("2", "赵强", "410400", "410400", ""),
    Inspector("3", "王芳", "410400", "410400", "豫0003", active=False),
]


def test_a_choice_keeps_what_an_older_form_chose(qtbot: QtBot) -> None:
    field = ChoiceField(
        "how", "方式", [("direct", "直接送达"), ("post", "邮寄送达")], required=True
    )
    qtbot.addWidget(field)
    assert field.value() == ""
    assert not field.validate(complete=True)
    field.set_value("post")
    assert field.value() == "post"
    field.set_value("旧方式")
    assert field.value() == "旧方式"
    field.set_options([("direct", "直接送达")])
    assert field.value() == "旧方式"
    with qtbot.waitSignal(field.edited):
        field.combo.activated.emit(1)
    field.grab()


def test_the_wheel_passes_over_a_choice_that_has_no_focus(qtbot: QtBot) -> None:
    field = ChoiceField("how", "方式", [("a", "甲"), ("b", "乙")])
    beside_another(qtbot, field)
    field.set_value("a")

    def turn() -> None:
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field.combo, event)

    field.combo.clearFocus()
    turn()
    assert field.value() == "a"
    field.combo.setFocus()
    turn()
    assert field.value() == "b"


def test_an_inspector_needs_a_certificate_number(qtbot: QtBot) -> None:
    field = InspectorField("a", "监察员", PEOPLE)
    qtbot.addWidget(field)
    assert field.combo.count() == 3
    assert field.value() is None
    field.set_value(InspectorRef("李明", "豫0001"))
    assert field.validate()
    field.combo.setCurrentIndex(2)
    assert not field.validate()
    assert "证号" in field.error()
    gone = InspectorRef("孙老师", "豫0099")
    field.set_value(gone)
    field.set_inspectors(PEOPLE[:1])
    assert field.value() == gone
    field.set_value(None)
    assert field.value() is None
    with qtbot.waitSignal(field.edited):
        field.combo.activated.emit(1)


def test_ticks_give_the_chosen_in_the_order_offered(qtbot: QtBot) -> None:
    field = TicksField("m", "携带材料", [("a", "营业执照"), ("b", "考勤表"), ("c", "工资表")])
    qtbot.addWidget(field)
    field.set_value(("c", "a"))
    assert field.value() == ("a", "c")
    with qtbot.waitSignal(field.edited):
        field._boxes["b"].click()
    assert field.value() == ("a", "b", "c")
    field.set_value(None)
    assert field.is_empty()


def test_a_field_has_room_for_a_button_beside_its_name(qtbot: QtBot) -> None:
    field = LineField("unit", "单位")
    qtbot.addWidget(field)
    field.add_beside_label(QWidget())
    field.set_text_by_user("青禾")
    assert field.value() == "青禾"


def test_the_base_field_knows_no_value() -> None:
    field = FormField.__new__(FormField)
    with pytest.raises(NotImplementedError):
        FormField.value(field)
    with pytest.raises(NotImplementedError):
        FormField.set_value(field, "")
