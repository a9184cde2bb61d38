"""文书: names and titles are changed in words; versions are looked at and used again."""

from datetime import date, timedelta

import pytest

from inspector_app.library.kind_checks import FormCheck
from inspector_app.services import papers
from inspector_app.services.settings import save
from inspector_app.ui.pages.forms.page import FormsPage
from inspector_app.ui.pages.forms.saving import SaveForm
from tests.helpers.desks import on
from tests.helpers.forms import ORDER, kept, retitled
from tests.ui.pages.conftest import Driver, Picture, press
from tests.ui.pages.formdesk import SOURCE, TOP, failing, looked, opened
from tests.ui.pages.lawbook import fill
from tests.ui.pages.scene import TODAY
from tests.ui.typing import commit


@pytest.fixture
def page(user: Driver) -> FormsPage:
    return opened(user, view=TOP)


def test_name_title_and_character_are_changed_without_the_source(
    user: Driver, page: FormsPage
) -> None:
    top = page.bench.editor.top
    copies = top.copies.value()
    assert top.heading.value() == "{局名称}\n劳动保障监察限期改正指令书"
    assert "平人社监令字〔2026〕第1号" in top.char.hint()
    for field, words in (
        (top.name, "责令限期改正通知书"),
        (top.heading, "{局名称}\n责令限期改正通知书"),
        (top.char, "责改"),
        (top.copies, "正本\n附卷\n存根"),
    ):
        field.editor.setFocus()
        field.editor.selectAll()
        commit(field.editor, words)
    looked(user, page)
    kind = page.bench.work.kind()
    assert kind is not None
    assert (kind.title, kind.series_char) == ("责令限期改正通知书", "责改")
    assert kind.body[0].text == "{bureau}\n责令限期改正通知书"
    assert kind.copies == ("正本", "附卷", "存根")
    assert failing(page.bench) == []
    assert "平人社监责改字〔2026〕第1号" in top.char.hint()
    user.act("undo")
    assert top.copies.value() == copies


def test_the_number_follows_the_settings(user: Driver) -> None:
    save(user.scene.desk, {"paper_number_template": "{机关}{文种}【{年}】{序号:4}号"})
    page = opened(user, view=TOP)
    assert "平人社令【2026】0001号" in page.bench.editor.top.char.hint()


def test_what_is_wrong_or_missing_is_said_and_an_empty_field_changes_nothing(
    user: Driver, page: FormsPage
) -> None:
    top = page.bench.editor.top
    top.heading.edit.setFocus()
    commit(top.heading.edit, "{没有的}")
    assert "没有“没有的”这个字段" in top.heading.error()
    assert not page.bench.work.is_changed()
    top.name.edit.setFocus()
    top.name.edit.selectAll()
    top.name.edit.del_()
    assert not page.bench.work.is_changed()
    commit(top.name.edit, "约谈通知书")
    looked(user, page)
    assert failing(page.bench) == [FormCheck.NAMES]
    line = page.bench.editor.checks.report.faults[0].line  # type: ignore[union-attr]  # it was shown
    page.bench.editor.turn_to(TOP + 1)
    page.bench.editor.go_to(line)
    assert page.bench.editor.view() == TOP
    page.bench.editor.go_to(1)
    assert page.bench.editor.view() == SOURCE


# ── versions ─────────────────────────────────────────────────────────────────────────────────
def test_an_earlier_version_is_looked_at_and_used_again_in_place_of_one_that_waits(
    user: Driver,
) -> None:
    desk = user.scene.desk
    soon = TODAY + timedelta(days=30)
    kept(desk, retitled(desk, "甲书"), "局1", TODAY)
    kept(desk, retitled(desk, "乙书"), "局2", soon)
    page = opened(user)
    page.more.click()
    assert [one.text() for one in user.menu().actions()][-2:] == [
        f"版本 局2　{soon} 起　待施行", f"版本 局1　{TODAY} 起　现用",
    ]  # fmt: skip
    user.choose("版本 局2")
    assert page.head.title() == "限期改正指令书 局2"
    rows = page.comparing.table.rows_model.rows()
    assert (rows[0].change.before, rows[0].change.after) == ("甲书", "乙书")
    press(page.comparing, "返回")
    page.more.click()
    user.choose("版本 局1")
    assert page.comparing.states.state() == "empty"
    press(page.comparing, "再用这一版")
    form = page.comparing.slot.form
    assert isinstance(form, SaveForm)
    fill(form, why="乙书不用了")
    user.act("save")
    assert "没有差别" in form.words.text()
    form.form.fields["effective_from"].set_value(soon)
    user.act("save")
    looked(user, page)
    assert user.toast().startswith("已存为 局2026-1")
    assert papers.kind_of(on(desk, soon), ORDER).title == "甲书"


def test_an_earlier_version_is_gone_on_with(user: Driver, picture: Picture) -> None:
    desk = user.scene.desk
    kept(desk, retitled(desk, "甲书"), "局1", date(2026, 11, 1))
    kept(desk, retitled(desk, "乙书"), "局2", TODAY)
    page = opened(user, view=TOP)
    picture(user, "forms_top_1366", "light", 1.0, (1366, 768))
    picture(user, "forms_top_dark", "dark", 1.0, (1440, 900))
    page.more.click()
    user.choose("版本 局1")
    press(page.comparing, "作为底稿")
    looked(user, page)
    assert page.bench.work.is_changed()
    assert 'title = "甲书"' in page.bench.work.text
    assert page.bench.editor.top.name.value() == "甲书"


def test_a_day_that_is_over_is_said(user: Driver, page: FormsPage) -> None:
    page.bench.work.put(retitled(user.scene.desk, "甲书"))
    looked(user, page)
    user.act("save")
    form = page.bench.slot.form
    assert form is not None
    form.form.fields["effective_from"].set_value(date(2026, 10, 1))
    fill(form, why="十月的文件")
    user.act("save")
    assert user.toast() == "已存为 局2026-1，施行日期已过，现在起使用"


def test_what_a_form_does_not_have_is_not_asked(user: Driver) -> None:
    page = opened(user, "closing_approval", view=TOP)
    top = page.bench.editor.top
    assert top.char.isHidden()
    assert not top.name.isHidden()
