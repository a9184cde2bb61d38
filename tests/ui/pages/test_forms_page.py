"""文书格式: three views of one form, checked and drawn as one types, saved when all is well."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.domain.papers import FieldType
from inspector_app.errors import OutsideError
from inspector_app.library.kind_checks import FormCheck
from inspector_app.ui.page import PAGES
from inspector_app.ui.pages.forms.page import FormsPage
from tests.helpers.forms import CALL, ORDER
from tests.ui.pages.conftest import Driver, press
from tests.ui.pages.formdesk import (
    BODY,
    FIELDS,
    SOURCE,
    block_at,
    failing,
    field_at,
    looked,
    opened,
    put,
)
from tests.ui.pages.lawbook import fill
from tests.ui.typing import commit, compose

TITLE = 'text = "{bureau}\\n劳动保障监察限期改正指令书"'


@pytest.fixture
def page(user: Driver) -> FormsPage:
    return opened(user)


def save_as(user: Driver, page: FormsPage, why: str = "局办公会（演示）") -> None:
    """Ctrl+S, the reason, Ctrl+S."""
    user.act("save")
    fill(page.bench.slot.form, why=why)
    user.act("save")
    looked(user, page)


# ── the list ─────────────────────────────────────────────────────────────────────────────────
def test_every_kind_is_listed_with_whose_form_it_has(user: Driver, page: FormsPage) -> None:
    kinds = page.bench.list
    assert len(kinds.rows()) == len(user.scene.desk.library.kinds)
    assert kinds.table.current_key() == ORDER
    assert page.head.hint() == "限期改正指令书　随程序 2026.1　2026-01-01 起"
    commit(kinds.search.edit, "约谈")
    assert {row.title for row in kinds.table.rows_model.rows()} == {"约谈通知书", "约谈记录"}
    looked(user, page)
    assert page.bench.work.kind_id in (CALL, "interview_record")
    commit(kinds.search.edit, "没有的")
    assert kinds.states.state() == "empty"


def test_the_page_is_reached_from_settings_papers_and_the_palette(user: Driver) -> None:
    assert next(one for one in PAGES if one.name == "forms").nav == ""
    settings = user.open("settings", "字号")
    press(settings, "文书格式")
    user.quiet()
    assert user.at() == "forms"
    press(user.open("papers"), "文书格式")
    user.quiet()
    assert user.at() == "forms"
    user.open("home")
    user.act("page.forms")
    assert user.at() == "forms"
    assert user.window.actions_.enabled("page.forms")


def test_keys_lead_through_the_page(user: Driver, page: FormsPage, qtbot: QtBot) -> None:
    user.act("find")
    assert page.bench.list.search.edit.hasFocus()
    qtbot.keyClick(page.bench.list.search.edit, Qt.Key.Key_Down)
    assert page.bench.list.table.hasFocus()
    qtbot.keyClick(page.bench.list.table, Qt.Key.Key_Return)
    fields = page.bench.editor.fields
    assert fields.table.hasFocus()
    qtbot.keyClick(fields.table, Qt.Key.Key_Down)
    qtbot.keyClick(fields.table, Qt.Key.Key_Return)
    assert fields.form.label_.edit.hasFocus()
    assert fields.form.label_.value() == "统一社会信用代码"
    shown = page.bench.preview.isVisible()
    user.act("detail")
    assert page.bench.preview.isVisible() is not shown


# ── fields ───────────────────────────────────────────────────────────────────────────────────
def test_a_field_is_changed_as_it_is_typed_and_drawn_again(user: Driver, page: FormsPage) -> None:
    fields = page.bench.editor.fields
    fields.select(field_at(page, "evidence"))
    form = fields.form
    form.label_.edit.setFocus()
    compose(form.label_.edit, "zhengju")
    assert not page.bench.work.is_changed()
    form.label_.edit.selectAll()
    commit(form.label_.edit, "主要证据")
    form.help.edit.setFocus()
    commit(form.help.edit, "（本局要求）")
    form.example.edit.selectAll()
    commit(form.example.edit, "考勤表")
    looked(user, page)
    row = page.bench.work.rows("field")[field_at(page, "evidence")]
    assert (row["label"], row["example"]) == ("主要证据", "考勤表")
    assert "（本局要求）" in str(row["help"])
    assert failing(page.bench) == []
    assert fields.table.current_row().label == "主要证据"  # type: ignore[union-attr]  # one is chosen
    assert page.head.hint().endswith("有未存的改动")


def test_the_type_of_a_shipped_field_stays_and_of_an_own_one_does_not(
    user: Driver, page: FormsPage
) -> None:
    fields = page.bench.editor.fields
    assert not fields.form.type_.combo.isEnabled()
    fields.open_add()
    number = fields.table.current_row().number  # type: ignore[union-attr]  # one is chosen
    form = fields.form
    assert form.type_.combo.isEnabled()
    assert form.label_.edit.hasFocus()
    for wanted in (FieldType.MONEY, FieldType.TICKS, FieldType.TABLE, FieldType.DATE):
        form.type_.set_value(wanted.value)
        form.type_.edited.emit()
        assert page.bench.work.rows("field")[number]["type"] == wanted.value
        looked(user, page)
        assert failing(page.bench) == []
    assert form.example.value() == "2026-11-18"


def test_money_options_and_defaults_are_typed_in_words(user: Driver, page: FormsPage) -> None:
    fields = page.bench.editor.fields
    fields.select(field_at(page, "amount"))
    form = fields.form
    assert form.example.value() == "64,200.00"
    form.example.edit.selectAll()
    commit(form.example.edit, "很多")
    assert "金额" in form.example.error()
    form.example.edit.selectAll()
    commit(form.example.edit, "64200")
    assert form.example.error() == ""
    assert page.bench.work.rows("field")[field_at(page, "amount")]["example"] == 6_420_000
    assert form.fact.value() == "claims.owing_fen"
    fields.select(field_at(page, "wage_table"))
    assert form.example.value() == "3 行，在源文件里改"
    assert form.longest.value() == "例子重复 145 遍，在源文件里改"
    before = page.bench.work.text
    form.changed.emit()
    assert page.bench.work.text == before
    fields.select(field_at(page, "evidence"))
    form.fact.set_value("")
    commit(form.fixed.edit, "见附卷")
    assert page.bench.work.rows("field")[field_at(page, "evidence")]["default"] == "=见附卷"
    fields.open_add()
    form.type_.set_value("choice")
    form.type_.edited.emit()
    form.options.edit.selectAll()
    commit(form.options.edit, "甲\n乙")
    number = fields.table.current_row().number  # type: ignore[union-attr]  # one is chosen
    assert page.bench.work.rows("field")[number]["options"] == ["甲", "乙"]


def test_fields_move_and_go_unless_they_are_needed(user: Driver, page: FormsPage) -> None:
    fields = page.bench.editor.fields
    fields.select(0)
    fields.remove()
    user.quiet()
    assert user.toast().startswith("劳动保障监察条例第十八条第一款第（二）项要求写明“被指令单位”")
    fields.bar.down.click()
    assert [row["id"] for row in page.bench.work.rows("field")][:2] == ["credit_code", "party"]
    fields.bar.up.click()
    assert not page.bench.work.is_changed()
    assert not fields.bar.up.isEnabled()
    count = len(page.bench.work.rows("field"))
    fields.bar.add.click()
    assert len(page.bench.work.rows("field")) == count + 1
    fields.bar.remove.click()
    assert page.bench.work.text == page.bench.work.base
    fields.shift(-9)
    assert not page.bench.work.is_changed()


# ── body ─────────────────────────────────────────────────────────────────────────────────────
def test_blocks_are_shown_in_words_and_written_with_labels(user: Driver) -> None:
    page = opened(user, view=BODY)
    body = page.bench.editor.body
    number = block_at(page, "拖欠劳动者")
    body.select(number)
    row = body.table.current_row()
    assert row is not None
    assert row.words.startswith("拖欠劳动者{拖欠人数}人{拖欠期间}工资")
    assert row.when == "有“拖欠金额”、有“拖欠人数”、有“欠薪人员及金额明细表”时印"
    body.enter()
    assert body.form.text.edit.hasFocus()
    body.form.text.edit.moveCursor(body.form.text.edit.textCursor().MoveOperation.End)
    commit(body.form.text.edit, "请核对{证据}")
    assert str(page.bench.work.rows("body")[number]["text"]).endswith("请核对{evidence}")
    commit(body.form.text.edit, "{没有的}")
    assert "没有“没有的”这个字段" in body.form.text.error()
    assert "没有的" not in str(page.bench.work.rows("body"))


def test_a_mark_is_inserted_from_the_menu_where_the_cursor_was(user: Driver) -> None:
    page = opened(user, view=BODY)
    body = page.bench.editor.body
    number = block_at(page, "{facts}")
    body.select(number)
    body.form.text.edit.setFocus()
    body.form.insert.click()
    assert {"拖欠金额（元）", "拖欠金额（大写）", "复议机关"} <= set(titles(user))
    user.choose("拖欠金额（大写）")
    assert "{拖欠金额|大写}" in body.form.text.edit.toPlainText()
    assert "{amount|capital}" in str(page.bench.work.rows("body")[number]["text"])
    receipt = next(
        n for n, one in enumerate(page.bench.work.rows("body")) if one["kind"] == "receipt"
    )
    body.select(receipt)
    body.form.rows.edit.setFocus()
    body.form.insert_row.click()
    user.choose("局名称")
    assert "{bureau}" in str(page.bench.work.rows("body")[receipt]["rows"])


def titles(user: Driver) -> list[str]:
    return [one.text() for one in user.menu().actions()]


def test_conditions_are_chosen_in_words(user: Driver) -> None:
    page = opened(user, view=BODY)
    body = page.bench.editor.body
    number = block_at(page, "{demands}")
    body.select(number)
    assert body.form.when.value() == ()
    body.form.when.more.click()
    (row,) = body.form.when.rows
    row.way.setCurrentIndex(1)
    row.name.setCurrentIndex(row.name.findData("evidence"))
    row.name.activated.emit(0)
    assert page.bench.work.rows("body")[number]["when"] == ["!evidence"]
    looked(user, page)
    assert FormCheck.LAW in failing(page.bench)
    body.form.when.drop(row)
    looked(user, page)
    assert failing(page.bench) == []
    body.form.when.set_value(("gone",))
    assert body.form.when.value() == ("gone",)


def test_blocks_are_added_moved_and_removed(user: Driver) -> None:
    page = opened(user, view=BODY)
    body = page.bench.editor.body
    body.select(1)
    body.bar.add.click()
    user.choose("表格")
    rows = page.bench.work.rows("body")
    assert rows[2]["kind"] == "grid"
    assert body.form.options.value() == "widths=28,128"
    body.form.options.edit.selectAll()
    commit(body.form.options.edit, "widths")
    assert "名称=值" in body.form.options.error()
    body.form.rows.edit.selectAll()
    commit(body.form.rows.edit, "证据 || {证据}⏎第二行")
    assert page.bench.work.rows("body")[2]["rows"] == ["证据 || {evidence}\n第二行"]
    body.bar.up.click()
    assert page.bench.work.rows("body")[1]["kind"] == "grid"
    body.bar.remove.click()
    assert page.bench.work.text == page.bench.work.base
    body.add("ticks")
    user.quiet()
    assert "没有多选字段" in user.toast()
    body.add("table")
    assert body.form.field.value() in ("wage_table", "co_parties")


# ── source and checks ────────────────────────────────────────────────────────────────────────
def test_a_fault_is_listed_with_its_line_and_leads_there(user: Driver, page: FormsPage) -> None:
    put(user, page, 'text = "{party}："', 'text = "{partie}："')
    checks = page.bench.editor.checks
    assert failing(page.bench) == [FormCheck.MARKS, FormCheck.LAW]
    assert checks.title.text() == "有 2 处要改，改好才能存"
    line = page.bench.work.text.splitlines().index('text = "{partie}："') + 1
    assert checks.table.rows_model.row(0).fault.line == line  # type: ignore[union-attr]  # there is one
    assert page.bench.preview.page_count() == 0
    checks.table.opened.emit(checks.table.rows_model.row(0))
    assert page.bench.editor.view() == BODY
    assert page.bench.editor.body.table.current_row().number == 2  # type: ignore[union-attr]  # one is chosen
    page.bench.editor.turn_to(SOURCE)
    edit = page.bench.editor.source.edit
    assert line in edit.wrong
    checks.jump.emit(line)
    assert edit.textCursor().blockNumber() + 1 == line
    assert edit.hasFocus()


def test_a_text_that_cannot_be_read_is_mended_in_the_source(user: Driver, page: FormsPage) -> None:
    page.bench.editor.turn_to(SOURCE)
    edit = page.bench.editor.source.edit
    edit.setFocus()
    commit(edit, "x\n")
    looked(user, page)
    assert failing(page.bench) == [FormCheck.READS]
    page.bench.editor.turn_to(FIELDS)
    assert page.bench.editor.stack.currentWidget() is page.bench.editor.broken
    user.act("save")
    assert user.toast() == "检查全部通过以后才能存"
    page.compare()
    user.quiet()
    assert user.toast() == "格式读不出，先在源文件里改好"
    press(page.bench.editor.broken, "到源文件")
    assert page.bench.editor.view() == SOURCE
    user.act("undo")
    looked(user, page)
    assert failing(page.bench) == []
    assert not page.bench.work.is_changed()


def test_composition_in_the_source_changes_nothing(user: Driver) -> None:
    page = opened(user, view=SOURCE)
    compose(page.bench.editor.source.edit, "gaizheng")
    assert not page.bench.work.is_changed()
    commit(page.bench.editor.source.edit, "# 改正\n")
    assert page.bench.work.text.startswith("# 改正\n")


def test_the_longest_example_is_drawn_when_asked(user: Driver, page: FormsPage) -> None:
    assert page.bench.preview.page_count() == 3
    page.bench.sample.at(1).click()
    looked(user, page)
    assert page.bench.preview.page_count() > 10


def test_a_check_that_fails_from_outside_is_told(
    user: Driver, page: FormsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise OutsideError("磁盘读不了。")

    monkeypatch.setattr("inspector_app.ui.pages.forms.workbench.look_at", refuse)
    page.bench.look()
    user.quiet()
    assert page.bench.editor.checks.title.text() == "没有检查成"
    user.act("save")
    assert user.toast() == "没有改动，不用存"
    monkeypatch.setattr("inspector_app.ui.pages.forms.workbench.form_rows", refuse)
    user.act("refresh")
    assert page.bench.list.states.state() == "error"
