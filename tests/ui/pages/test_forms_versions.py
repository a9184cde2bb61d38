"""文书格式: unfinished work is kept, versions are saved and taken back; the accepted pictures."""

from datetime import date, timedelta

import pytest

from inspector_app.services import papers
from inspector_app.services.template_rows import form_rows
from inspector_app.services.templates import shipped_text
from inspector_app.ui.pages.forms.page import FormsPage
from inspector_app.ui.pages.forms.saving import DraftsForm, ReturnForm, SaveForm
from tests.helpers.forms import CALL, ORDER, kept, retitled
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, press
from tests.ui.pages.formdesk import BODY, SOURCE, block_at, field_at, looked, opened, put
from tests.ui.pages.lawbook import fill
from tests.ui.pages.scene import TODAY
from tests.ui.typing import commit

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


# ── undo and unfinished work ─────────────────────────────────────────────────────────────────
def test_steps_are_taken_back_one_by_one(user: Driver, page: FormsPage) -> None:
    fields = page.bench.editor.fields
    assert not page.undo_button.isEnabled()
    number = field_at(page, "facts")
    fields.select(number)
    fields.form.group.edit.setFocus()
    for letter in "实况":
        commit(fields.form.group.edit, letter)
    fields.shift(1)
    user.act("undo")
    row = page.bench.work.rows("field")[number]
    assert (row["id"], row["group"]) == ("facts", "实况事实")
    page.undo_button.click()
    assert page.bench.work.rows("field")[number]["group"] == "事实"
    assert fields.form.group.value() == "事实"
    assert not page.bench.work.can_undo()


def test_unfinished_work_is_kept_over_pages_and_restarts(
    user: Driver, page: FormsPage, open_window: OpenWindow
) -> None:
    put(user, page, TITLE, 'text = "{bureau}\\n责令改正书"')
    page.bench.list.find_kind(CALL)
    looked(user, page)
    assert page.bench.work.kind_id == CALL
    assert page.bench.unfinished(ORDER)
    user.open("home")
    again = Driver(user.qtbot, open_window(user.scene.desk), user.scene)
    fresh = opened(again, ORDER)
    assert "责令改正书" in fresh.bench.work.text
    assert fresh.bench.work.is_changed()
    fresh.more.click()
    again.choose("放弃未存的改动")
    assert fresh.bench.work.text == shipped_text(user.scene.desk, ORDER)
    again.undo()
    assert fresh.bench.work.is_changed()


# ── versions ─────────────────────────────────────────────────────────────────────────────────
def test_a_version_is_saved_with_day_and_reason_and_taken_back(
    user: Driver, page: FormsPage
) -> None:
    desk = user.scene.desk
    put(user, page, TITLE, 'text = "{bureau}\\n责令改正书"')
    put(user, page, 'title = "限期改正指令书"', 'title = "责令改正书"')
    user.act("save")
    assert isinstance(page.bench.slot.form, SaveForm)
    assert not page.save_button.isVisible()
    user.act("save")
    assert "请填写理由" in page.bench.slot.form.form.fields["why"].error()
    fill(page.bench.slot.form, why="局办公会（演示）")
    page.bench.slot.form.submit()
    looked(user, page)
    assert user.toast() == "已存为 局2026-1，2026年11月20日起使用"
    assert papers.kind_of(desk, ORDER).title == "责令改正书"
    assert not page.bench.work.is_changed()
    assert page.head.hint().startswith("责令改正书　本局 局2026-1　2026-11-20 起")
    assert not page.bench.unfinished(ORDER)
    user.undo()
    looked(user, page)
    assert papers.kind_of(desk, ORDER).title == "限期改正指令书"
    assert page.bench.work.text == shipped_text(desk, ORDER)


def test_nothing_is_saved_before_the_checks_have_passed(user: Driver, page: FormsPage) -> None:
    page.bench.work.put(page.bench.work.text.replace("{party}：", "{partie}：", 1))
    user.act("save")
    assert page.bench.slot.form is None
    looked(user, page)
    user.act("save")
    assert page.bench.slot.form is None
    assert user.toast() == "检查全部通过以后才能存"
    assert not any(row.own for row in form_rows(user.scene.desk))


def test_a_form_half_filled_is_left_only_twice(user: Driver, page: FormsPage) -> None:
    put(user, page, TITLE, 'text = "{bureau}\\n责令改正书"')
    user.act("save")
    fill(page.bench.slot.form, why="理由")
    user.act("back")
    assert page.bench.slot.form is not None
    user.act("back")
    assert page.bench.slot.form is None
    assert page.bench.editor.isVisible()


def test_what_is_saved_is_what_the_small_form_was_opened_for(user: Driver, page: FormsPage) -> None:
    put(user, page, TITLE, 'text = "{bureau}\\n责令改正书"')
    user.act("save")
    assert not page.undo_button.isEnabled()
    assert "undo" not in page.handlers()
    fill(page.bench.slot.form, why="理由")
    page.bench.list.find_kind(CALL)
    assert page.bench.work.kind_id == ORDER
    assert page.bench.list.table.current_key() == ORDER
    form = page.bench.slot.form
    assert form is not None
    assert "还有没保存的内容" in form.words.text()
    page.bench.list.find_kind(CALL)
    looked(user, page)
    assert page.bench.work.kind_id == CALL
    assert page.bench.slot.form is None
    assert page.bench.unfinished(ORDER)


def test_drafts_go_over_only_when_asked(user: Driver, page: FormsPage) -> None:
    desk = user.scene.desk
    case = next(iter(user.scene.cases.values()))
    draft = papers.start_draft(desk, case.id, ORDER)
    put(user, page, 'title = "限期改正指令书"', 'title = "责令改正书"')
    save_as(user, page)
    assert "份草稿仍用开始时的格式" in page.bench.banner.text()
    assert papers.draft_sheet(desk, draft.id).kind.title == "限期改正指令书"
    press(page.bench.banner, "改用…")
    form = page.bench.slot.form
    assert isinstance(form, DraftsForm)
    assert draft.id in form.ticks.value()  # type: ignore[operator]  # ticks give a tuple
    form.submit()
    looked(user, page)
    assert "份草稿已改用现在的格式" in user.toast()
    assert papers.draft_sheet(desk, draft.id).kind.title == "责令改正书"
    assert not page.bench.banner.isVisible()


def test_the_shipped_form_comes_back_from_a_day_on(user: Driver) -> None:
    desk = user.scene.desk
    kept(desk, retitled(desk, "责令改正书"), "局2026-1", TODAY)
    page = opened(user)
    assert page.bench.list.table.current_row().own  # type: ignore[union-attr]  # one is chosen
    page.more.click()
    user.choose("恢复随程序的格式")
    assert isinstance(page.bench.slot.form, ReturnForm)
    day = TODAY + timedelta(days=10)
    page.bench.slot.form.form.fields["effective_from"].set_value(day)
    fill(page.bench.slot.form, why="统一格式")
    page.bench.slot.form.submit()
    looked(user, page)
    assert user.toast() == "2026年11月30日起用随程序的格式"
    row = next(one for one in form_rows(desk) if one.id == ORDER)
    assert row.waiting == (("恢复随程序", date(2026, 11, 30)),)
    assert "2026-11-30 起 恢复随程序" in page.head.hint()


def test_what_another_program_saves_meanwhile_does_not_lose_work(
    user: Driver, page: FormsPage
) -> None:
    desk = user.scene.desk
    put(user, page, TITLE, 'text = "{bureau}\\n正在改的"')
    kept(desk, retitled(desk, "别处存的"), "局2026-1", TODAY)
    user.act("refresh")
    page.bench.read(ORDER)
    looked(user, page)
    assert "正在改的" in page.bench.work.text
    assert "别处存的" in page.bench.work.base


# ── pictures ─────────────────────────────────────────────────────────────────────────────────
def test_the_editor_looks_as_it_was_accepted(user: Driver, picture: Picture) -> None:
    desk = user.scene.desk
    kept(desk, retitled(desk, "约谈书", CALL), "局2026-1", date(2026, 11, 2), CALL)
    page = opened(user)
    editor = page.bench.editor
    picture(user, "forms_fields_light", "light", 1.0, (1440, 900))
    editor.turn_to(BODY)
    editor.body.select(block_at(page, "拖欠劳动者"))
    picture(user, "forms_body_1366", "light", 1.0, (1366, 768))
    picture(user, "forms_body_large", "light", 1.25, (1680, 1050))
    put(user, page, 'text = "{party}："', 'text = "{partie}："')
    editor.turn_to(SOURCE)
    editor.go_to(editor.checks.report.faults[0].line)  # type: ignore[union-attr]  # it was shown
    page.bench.list.to_table()
    picture(user, "forms_source_dark", "dark", 1.0, (1440, 900))
    picture(user, "forms_source_1366", "light", 1.0, (1366, 768))
    user.act("undo")
    put(user, page, TITLE, 'text = "{bureau}\\n责令改正书"')
    user.act("save")
    picture(user, "forms_save_1366", "light", 1.0, (1366, 768))
    page.bench.slot.take_away()
    editor.fields.open_add()
    page.compare()
    user.quiet()
    picture(user, "forms_compare_dark", "dark", 1.0, (1440, 900))
