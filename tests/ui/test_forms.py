"""Forms: dirty or not, checked as a whole, saved by themselves."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.ui.forms.form import AutoSaver, Form
from inspector_app.ui.forms.lines import LineField, MoneyField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.widgets.basic import scrolling
from tests.ui.typing import commit, compose


# ── forms ────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    made.section("当事人")
    made.add(LineField("unit", "单位", required=True), MoneyField("money", "金额"), widths=(2, 1))
    made.section("事实")
    made.add(TextField("facts", "事实"))
    area = scrolling(made)
    qtbot.addWidget(area)
    area.resize(300, 120)
    area.show()
    qtbot.waitExposed(area)
    made.area = area  # type: ignore[attr-defined]  # keeps the window alive as long as the form
    return made


def line(form: Form, key: str) -> LineField:
    field = form.fields[key]
    assert isinstance(field, LineField)
    return field


def test_a_form_knows_whether_it_differs_from_what_was_loaded(qtbot: QtBot, form: Form) -> None:
    form.set_values({"unit": "青禾", "money": 100, "nothing": "x"})
    assert not form.is_dirty()
    with qtbot.waitSignal(form.changed):
        commit(line(form, "unit").edit, "二")
    assert form.is_dirty()
    form.set_clean()
    assert not form.is_dirty()


def test_a_form_jumps_to_the_first_thing_that_is_missing(qtbot: QtBot, form: Form) -> None:
    assert not form.validate()
    qtbot.waitUntil(line(form, "unit").edit.hasFocus)
    form.set_values({"unit": "青禾"})
    assert form.validate()
    assert form.show_problem("facts", "事实太短")
    assert form.fields["facts"].error() == "事实太短"
    assert not form.show_problem("none", "没有这一项")
    form.show_problems({"unit": "单位已停用"})
    assert form.fields["facts"].error() == ""
    assert form.fields["unit"].error() == "单位已停用"


def test_enter_submits_nothing_and_ctrl_enter_does_also_from_a_text(
    qtbot: QtBot, form: Form
) -> None:
    edit = line(form, "unit").edit
    text = form.fields["facts"].editor
    ctrl = Qt.KeyboardModifier.ControlModifier
    with qtbot.assertNotEmitted(form.submitted):
        compose(edit, "qing")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        qtbot.keyClick(text, Qt.Key.Key_Return)
    for editor in (edit, text):
        with qtbot.waitSignal(form.submitted):
            qtbot.keyClick(editor, Qt.Key.Key_Return, ctrl)
    qtbot.keyClick(form, Qt.Key.Key_Escape)


def test_a_form_saves_itself_a_moment_after_the_last_change(qtbot: QtBot, form: Form) -> None:
    saved: list[dict[str, object]] = []
    said: list[str] = []
    saver = AutoSaver(form, saved.append)
    saver._timer.setInterval(30)
    saver.said.connect(said.append)
    edit = line(form, "unit").edit
    compose(edit, "qing he")
    assert not saver._timer.isActive()
    commit(edit, "青禾")
    assert saver.pending()
    qtbot.waitUntil(lambda: bool(saved))
    assert saved[0]["unit"] == "青禾"
    assert not saver.pending()
    saver.done(datetime(2026, 11, 20, 9, 41, tzinfo=UTC))
    assert said[-1] == "草稿已自动保存 09:41"
    assert not form.is_dirty()


def test_leaving_a_field_saves_at_once_and_a_failed_saving_is_tried_again(
    qtbot: QtBot, form: Form
) -> None:
    saved: list[dict[str, object]] = []
    saver = AutoSaver(form, saved.append)
    edit = line(form, "unit").edit
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, "a")
    form.fields["facts"].setFocus()
    qtbot.waitUntil(lambda: len(saved) == 1)
    saver.failed()
    assert saver.pending()
    saver.save_now()
    assert len(saved) == 2
    saver.save_now()
    assert len(saved) == 2
    saver.reset()
    assert not saver.pending()
