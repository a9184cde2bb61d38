"""文书格式: packs from elsewhere show their differences first; own forms are written out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from inspector_app.library.form_packs import FormPack, read_form_pack
from inspector_app.library.pack_zip import PackHead
from inspector_app.services import papers
from inspector_app.services.template_rows import form_rows
from inspector_app.services.templates import shipped_text
from inspector_app.ui.pages.forms.page import FormsPage
from inspector_app.ui.pages.forms.saving import AcceptForm, PackForm
from tests.helpers.desks import on
from tests.helpers.forms import CALL, ORDER, kept, retitled
from tests.ui.pages.conftest import Driver, Picture, drop, press
from tests.ui.pages.formdesk import looked, opened
from tests.ui.pages.lawbook import fill
from tests.ui.pages.scene import TODAY
from tests.ui.typing import commit

HEAD = PackHead("2026.2", date(2026, 12, 1), "市局统一格式")


@pytest.fixture
def page(user: Driver) -> FormsPage:
    return opened(user)


def a_pack(user: Driver, folder: Path, **forms: str) -> Path:
    path = folder / "格式包.zip"
    path.write_bytes(FormPack(HEAD, forms).zipped())
    return path


def answer(monkeypatch: pytest.MonkeyPatch, name: str, path: Path | str) -> None:
    """What the file dialog gives back."""
    monkeypatch.setattr(QFileDialog, name, lambda *_given: (str(path), ""))


def test_a_pack_is_looked_at_and_taken_in(
    user: Driver,
    page: FormsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    picture: Picture,
) -> None:
    desk = user.scene.desk
    forms = {ORDER: retitled(desk, "责令改正书"), CALL: retitled(desk, "约谈书", CALL)}
    answer(monkeypatch, "getOpenFileName", a_pack(user, tmp_path, **forms))
    page.more.click()
    user.choose("导入格式包或格式")
    assert page.head.title() == "导入格式包"
    rows = page.comparing.table.rows_model.rows()
    assert {row.title for row in rows} == {"责令改正书", "约谈书"}
    assert page.comparing.whole.text() == rows[0].change.words
    assert "版本 2026.2，2026年12月1日起施行。市局统一格式" in page.comparing.words.text()
    assert not any(row.waiting for row in form_rows(desk))
    picture(user, "forms_pack_light", "light", 1.0, (1366, 768))

    user.act("save")
    form = page.comparing.slot.form
    assert isinstance(form, AcceptForm)
    assert form.form.fields["why"].value() == "市局统一格式"
    picture(user, "forms_accept_1366", "light", 1.0, (1366, 768))
    user.act("save")

    assert user.toast() == "已采用 2 种格式，版本 2026.2"
    assert page.head.title() == "文书格式"
    assert papers.kind_of(on(desk, HEAD.effective_from), CALL).title == "约谈书"
    assert "2026-12-01 起 2026.2" in page.head.hint()


def test_a_pack_that_is_not_good_enough_is_not_taken(
    user: Driver, page: FormsPage, tmp_path: Path
) -> None:
    text = retitled(user.scene.desk, "约谈书", CALL).replace("{party}", "{partie}")
    page.doing.open_pack(a_pack(user, tmp_path, **{CALL: text}))
    user.quiet()
    assert not page.comparing.accept.isEnabled()
    assert "“{partie}”不是字段" in page.comparing.faults.text()
    user.act("save")
    assert page.stack.currentWidget() is page.comparing
    user.act("back")
    assert page.stack.currentWidget() is page.bench
    same = a_pack(user, tmp_path, **{CALL: shipped_text(user.scene.desk, CALL)})
    page.doing.open_pack(same)
    user.quiet()
    assert page.comparing.states.state() == "empty"
    press(page.comparing, "不采用")
    assert page.bench.list.table.hasFocus()


def test_what_is_no_pack_and_what_comes_too_late_is_told(
    user: Driver, page: FormsPage, tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no")
    page.doing.open_pack(path)
    user.quiet()
    assert user.toast().startswith("文件打不开，不是格式包")
    desk = user.scene.desk
    late = replace(HEAD, effective_from=date(2026, 1, 1))
    kept(desk, retitled(desk, "甲"), "局1", TODAY)
    path.write_bytes(FormPack(late, {ORDER: retitled(desk, "乙")}).zipped())
    page.doing.open_pack(path)
    user.quiet()
    user.act("save")
    user.act("save")
    form = page.comparing.slot.form
    assert isinstance(form, AcceptForm)
    day = form.form.fields["effective_from"]
    assert "施行日期不能更早" in day.error()
    day.set_value(TODAY)
    form.form.fields["why"].set_value("按市局")
    user.act("save")
    assert user.toast() == "已采用 1 种格式，版本 2026.2"
    assert page.stack.currentWidget() is page.bench


def test_a_pack_without_a_note_can_be_taken_in_the_window(
    user: Driver, page: FormsPage, tmp_path: Path
) -> None:
    path = tmp_path / "格式包.zip"
    forms = {ORDER: retitled(user.scene.desk, "责令改正书")}
    path.write_bytes(FormPack(replace(HEAD, note=""), forms).zipped())
    drop(page, path)
    user.quiet()
    assert page.head.title() == "导入格式包"
    press(page.comparing, "采用")
    form = page.comparing.slot.form
    assert form is not None
    form.submit()
    assert "请填写理由" in form.form.fields["why"].error()
    user.act("back")
    assert page.comparing.slot.form is None
    assert page.stack.currentWidget() is page.comparing
    press(page.comparing, "采用")
    fill(page.comparing.slot.form, why="县区照用")
    user.act("save")
    assert user.toast() == "已采用 1 种格式，版本 2026.2"


def test_a_single_form_from_a_file_is_put_on_the_desk(
    user: Driver, page: FormsPage, tmp_path: Path
) -> None:
    desk = user.scene.desk
    for kind, title in ((ORDER, "责令改正书"), (CALL, "约谈书")):
        path = tmp_path / f"{kind}.toml"
        path.write_text(retitled(desk, title, kind), encoding="utf-8")
        page.doing.open_pack(path)
        user.quiet()
        looked(user, page)
        assert page.bench.work.kind_id == kind
        assert title in page.bench.work.text
        assert page.bench.work.is_changed()
    assert page.bench.unfinished(ORDER)


def test_own_forms_are_written_as_a_pack(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(user)
    user.act("export")
    assert user.toast() == "本局还没有自己的格式"
    desk = user.scene.desk
    kept(desk, retitled(desk, "责令改正书"), "局2026-1", TODAY)
    user.act("refresh")
    page.bench.load()
    user.quiet()
    user.act("export")
    form = page.bench.slot.form
    assert isinstance(form, PackForm)
    assert form.form.fields["version"].value() == "2026.11"
    commit(form.form.fields["note"].editor, "给县区")
    answer(monkeypatch, "getSaveFileName", "")
    form.submit()
    user.quiet()
    assert list(tmp_path.glob("*.zip")) == []
    user.act("export")
    assert isinstance(page.bench.slot.form, PackForm)
    answer(monkeypatch, "getSaveFileName", tmp_path / "出去_2026.1")
    page.bench.slot.form.submit()
    user.quiet()
    user.qtbot.waitUntil(lambda: not user.window.tasks.busy())
    assert user.toast() == "已导出 1 种格式：出去_2026.1.zip"
    pack = read_form_pack(tmp_path / "出去_2026.1.zip")
    assert pack.head == PackHead("2026.11", TODAY, "")
    assert list(pack.forms) == [ORDER]


def test_nothing_is_chosen_nothing_happens(
    user: Driver, page: FormsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "getOpenFileName", "")
    user.act("import")
    assert page.stack.currentWidget() is page.bench
