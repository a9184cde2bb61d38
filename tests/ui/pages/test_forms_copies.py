"""另存为新文种: a form becomes a kind of the bureau's own, can be made at once and be stopped."""

from inspector_app.services.paper_choice import paper_choices
from inspector_app.services.templates import shipped_text
from inspector_app.ui.pages.forms.saving import CopyForm, ReturnForm
from tests.helpers.forms import CALL, kept, retitled
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.formdesk import TOP, looked, opened
from tests.ui.pages.lawbook import fill
from tests.ui.pages.scene import TODAY


def test_a_form_is_saved_as_a_new_kind_and_can_be_stopped(user: Driver, picture: Picture) -> None:
    desk = user.scene.desk
    page = opened(user, CALL, TOP)
    page.bench.work.put(page.bench.work.text.replace("约谈通知书", "提醒通知书"))
    looked(user, page)
    page.more.click()
    user.choose("另存为新文种")
    form = page.bench.slot.form
    assert isinstance(form, CopyForm)
    form.form.fields["title"].set_value("工资支付提醒函")
    form.form.fields["series_char"].set_value("提")
    fill(form, why="局文件")
    picture(user, "forms_copy_1366", "light", 1.0, (1366, 768))
    picture(user, "forms_copy_dark", "dark", 1.0, (1366, 768))
    form.form.fields["series_char"].set_value("令")
    user.act("save")
    assert "文种代字“令”已用于限期改正指令书" in form.form.fields["series_char"].error()
    form.form.fields["series_char"].set_value("提")
    user.act("save")
    looked(user, page)
    assert user.toast() == "已另存为新文种，今天起可以开具"
    row = page.bench.list.table.current_row()
    assert row is not None
    assert (row.title, row.added) == ("工资支付提醒函", True)
    looked(user, page)
    assert page.bench.work.kind_id == row.id
    assert page.bench.editor.top.name.value() == "工资支付提醒函"
    assert not page.bench.unfinished(CALL)
    assert row.id in {one.kind.id for one in paper_choices(desk)}
    page.compare()
    user.quiet()
    assert "名称" in {one.change.what for one in page.comparing.table.rows_model.rows()}
    user.act("back")

    page.more.click()
    user.choose("停用这个文种")
    form = page.bench.slot.form
    assert isinstance(form, ReturnForm)
    fill(form, why="不用了")
    user.act("save")
    looked(user, page)
    assert user.toast() == "2026年11月20日起停用"
    assert row.id not in {one.kind.id for one in paper_choices(desk)}
    now = page.bench.list.table.current_row()
    assert now is not None
    assert now.problem == "已停用，不再新拟"


def test_papers_are_offered_by_the_names_the_bureau_gave_them(user: Driver) -> None:
    desk = user.scene.desk
    assert "约谈通知书" in shipped_text(desk, CALL)
    kept(desk, retitled(desk, "约谈书", CALL), "局1", TODAY, CALL)
    titles = {one.kind.title for one in paper_choices(desk)}
    assert "约谈书" in titles
    assert "约谈通知书" not in titles
