"""The settings page: saved as fields are left, inspectors, look, check and backup."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.domain.inspections import Evidence
from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.library.office import office_dir
from inspector_app.library.wages import CLASS_SETTING
from inspector_app.services import settings
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import InspectionForm, start_inspection
from inspector_app.services.parties import save_employer
from inspector_app.services.station import load
from inspector_app.ui.pages.settings.choices import WITHOUT_EFFECT
from inspector_app.ui.pages.settings.page import DATA, LOOK, SettingsPage
from inspector_app.ui.theme.current import tokens
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, press
from tests.ui.pages.scene import TODAY, Scene
from tests.ui.pages.visits import focus
from tests.ui.typing import commit


@pytest.fixture
def page(user: Driver) -> SettingsPage:
    found = user.open("settings")
    assert isinstance(found, SettingsPage)
    return found


def type_over(page: SettingsPage, group: str, key: str, text: str) -> None:
    page.groups.select_key(group)
    field = page.forms[group].fields[key]
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]  # a line or a text
    commit(field.editor, text)


def lose_evidence(desk: Desk, count: int) -> None:
    """Evidence in the ledger whose files are not there."""
    unit = save_employer(desk, Employer("", "丢了照片的单位（演示）", "", ""))
    visit = start_inspection(
        desk, InspectionForm("employer", TODAY, desk.city, employer_id=unit.id)
    )
    with desk.work("添加证据") as uow:
        for number in range(count):
            name = f"照片{number}.jpg"
            lost = Evidence(new_id(), "0" * 64, name, "image/jpeg", 1, TODAY, visit.id)
            uow.add(lost)
        uow.commit()


# ── the bureau's choices ─────────────────────────────────────────────────────────────────────
def test_a_choice_is_saved_as_its_field_is_left_and_taken_back(
    user: Driver, page: SettingsPage
) -> None:
    desk = user.scene.desk
    type_over(page, "文书", "rectification_days", "7")
    user.act("save")
    assert settings.get(desk, "rectification_days") == "7"
    assert page.head.hint() == "已保存：默认改正期限　09:41"
    user.act("undo")
    assert settings.get(desk, "rectification_days") == "5"
    assert page.forms["文书"].fields["rectification_days"].value() == "5"


def test_a_chosen_option_is_saved_at_once(user: Driver, page: SettingsPage) -> None:
    field = page.forms["期限"].fields["term_lead"]
    field.set_value("国家规定")
    field.edited.emit()
    user.quiet()
    assert settings.get(user.scene.desk, "term_lead") == "国家规定"


# ── what is typed ────────────────────────────────────────────────────────────────────────────
def test_a_wrong_value_is_told_and_not_saved(user: Driver, page: SettingsPage) -> None:
    type_over(page, "文书", "rectification_days", "五天")
    type_over(page, "字号", "paper_number_template", "{机关}第{序号}号")
    user.open("papers")
    field = page.forms["文书"].fields["rectification_days"]
    assert field.error() == "“默认改正期限”请填整数，例如 5"
    template = page.forms["字号"].fields["paper_number_template"]
    assert "文种" in template.error()
    assert settings.get(user.scene.desk, "rectification_days") == "5"


def test_a_number_template_shows_the_number_it_makes(user: Driver, page: SettingsPage) -> None:
    template = page.forms["字号"].fields["paper_number_template"]
    assert template.hint().endswith(
        "例如：平人社监令字〔2026〕第1号、平人社监约字〔2026〕第1号；下一年：平人社监令字〔2027〕第1号"
    )
    type_over(page, "字号", "org_char", "叶人社")
    page.forms["字号"].changed.emit()
    assert "例如：叶人社监令字〔2026〕第1号、" in template.hint()
    type_over(page, "字号", "paper_number_template", "{机关")
    assert "例如" not in template.hint()


def test_a_number_is_clicked_together_and_saved(user: Driver, page: SettingsPage) -> None:
    form = page.forms["字号"]
    look, template = form.look, form.fields["paper_number_template"]
    assert look is not None
    page.groups.select_key("字号")
    now = (look.brackets.current(), look.di.current(), look.digits.current())
    assert now == (0, 0, 0)
    for buttons, number in ((look.brackets, 1), (look.di, 1), (look.digits, 2)):
        buttons.at(number).click()
    user.quiet()
    kept = settings.get(user.scene.desk, "paper_number_template")
    assert kept == template.value() == "{机关}{监察}{文种}字【{年}】{序号:4}号"
    form.fields["paper_series"].set_value("全部文书统一编号")
    form.fields["paper_restart"].set_value("跨年连续编号")
    form.changed.emit()
    assert template.hint().endswith(
        "例如：平人社监令字【2026】0001号、平人社监约字【2026】0002号；下一年：平人社监令字【2027】0003号"
    )
    type_over(page, "字号", "paper_number_template", "{文种}{年}-{序号:5}")
    form.changed.emit()
    assert (look.brackets.current(), look.digits.current()) == (-1, -1)


def test_a_series_that_would_number_two_papers_alike_is_told(
    user: Driver, page: SettingsPage
) -> None:
    form = page.forms["字号"]
    page.groups.select_key("字号")
    form.fields["paper_series"].set_value("全部文书统一编号")
    type_over(page, "字号", "paper_number_template", "{机关}〔{年}〕{序号}号")
    form.save_changed()
    user.quiet()
    assert settings.get(user.scene.desk, "paper_series") == "全部文书统一编号"
    form.fields["paper_series"].set_value("各文种分别编号")
    form.save_changed()
    user.quiet()
    assert "缺少“{文种}”" in form.fields["paper_series"].error()


def test_what_is_not_verified_stands_below_its_field(page: SettingsPage) -> None:
    fields = {key: one for form in page.forms.values() for key, one in form.fields.items()}
    assert "本局现用代字未核实" in fields["org_char"].hint()
    assert "请核对：法律没有规定固定天数" in fields["rectification_days"].hint()


def test_a_choice_nobody_reads_is_not_shown(user: Driver, page: SettingsPage) -> None:
    """Each shown key is named by code, a form or a rule; those left out are in the library."""
    shown = {key for form in page.forms.values() for key in form.fields}
    known = set(user.scene.desk.library.settings)
    assert shown == known - WITHOUT_EFFECT
    assert known > WITHOUT_EFFECT
    office = office_dir()
    paths = [
        *(office / "inspector_app").rglob("*.py"),
        *(office / "forms").rglob("*.toml"),
        *(office / "resources" / "law").rglob("*.toml"),
    ]
    own = office / "inspector_app" / "ui" / "pages" / "settings"
    code = "\n".join(one.read_text("utf-8") for one in paths if own not in one.parents)
    unread = [
        key
        for key in shown
        if key not in code
        and not key.endswith("_number_template")
        and not key.startswith(CLASS_SETTING)
    ]
    assert unread == []


def test_a_full_disk_is_told_and_the_value_counts_as_unsaved(
    user: Driver, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("磁盘已满，没有存下来。")

    monkeypatch.setattr("inspector_app.ui.pages.settings.choices.save", refuse)
    type_over(page, "本局", "phone", "0375-7654321")
    user.act("save")
    assert user.window.banner.text() == "磁盘已满，没有存下来。"
    assert page.forms["本局"].changed_values() == {"phone": "0375-7654321"}


# ── inspectors and this PC ───────────────────────────────────────────────────────────────────
def test_an_inspector_is_entered_changed_and_put_out_of_use(
    user: Driver, page: SettingsPage
) -> None:
    desk, people = user.scene.desk, page.people
    people.add.click()
    assert people.slot.form is not None
    people.slot.form.submit()
    assert people.slot.form.form.fields["name"].error() == "请填写姓名"
    commit(people.slot.form.form.fields["name"].editor, "王芳")
    commit(people.slot.form.form.fields["certificate"].editor, "演示YS-0001")
    people.slot.form.submit()
    user.quiet()
    assert (
        people.slot.form.form.fields["certificate"]
        .error()
        .startswith("执法证号 演示YS-0001 已属于")
    )
    people.slot.form.form.fields["certificate"].set_value("演示YS-0003")
    people.slot.form.submit()
    user.quiet()
    assert [one.name for one in settings.inspectors(desk)] == ["周岚", "李明", "王芳", "赵强"]
    assert user.toast() == "已登记监察员"

    people.table.select_key(next(p.id for p in settings.inspectors(desk) if p.name == "王芳"))
    people.edit(people.table.current_row())
    assert people.slot.form is not None
    people.slot.form.form.fields["active"].set_value("停用")
    people.slot.form.submit()
    user.quiet()
    assert [one.name for one in settings.inspectors(desk)] == ["周岚", "李明", "赵强"]
    assert people.table.rows_model.rows()[-1].name == "王芳"


def test_a_leader_is_ticked_and_stays_one_when_something_else_is_changed(
    user: Driver, page: SettingsPage
) -> None:
    desk, people = user.scene.desk, page.people

    def leaders() -> list[str]:
        return [one.name for one in settings.inspectors(desk) if one.leader]

    people.edit(next(one for one in settings.inspectors(desk) if one.name == "赵强"))
    assert people.slot.form is not None
    people.slot.form.form.fields["roles"].set_value(("inspector", "leader"))
    people.slot.form.submit()
    user.quiet()
    assert leaders() == ["周岚", "赵强"]
    people.edit(next(one for one in settings.inspectors(desk) if one.name == "周岚"))
    assert people.slot.form is not None
    people.slot.form.form.fields["title"].set_value("副局长")
    people.slot.form.submit()
    user.quiet()
    assert leaders() == ["周岚", "赵强"]
    assert people.table.rows_model.index(0, 0).data() == "周岚"


def test_esc_warns_once_before_typed_words_are_dropped(user: Driver, page: SettingsPage) -> None:
    page.people.add.click()
    assert page.people.slot.form is not None
    commit(page.people.slot.form.form.fields["name"].editor, "王芳")
    user.act("back")
    assert page.people.slot.form is not None
    user.act("back")
    assert page.people.slot.form is None
    assert user.at() == "settings"


def test_who_sits_here_is_remembered_for_this_pc(user: Driver, page: SettingsPage) -> None:
    first = user.scene.people[1]
    page.people.user.set_value(first.id)
    page.people.user.edited.emit()
    user.quiet()
    assert load(user.scene.desk.ledger.path.parent).name == first.name
    assert page.people.notice.text() == f"重新打开窗口后，署名为{first.name}。"


@pytest.mark.long
def test_who_logged_in_signs_and_nobody_is_chosen_here(
    qtbot: QtBot, open_window: OpenWindow, scene: Scene
) -> None:
    window = open_window(replace(scene.desk, account_id="account-1"))
    page = Driver(qtbot, window, scene).open("settings")
    assert isinstance(page, SettingsPage)
    assert not page.people.user.isVisible()
    assert page.people.notice.accessibleName().startswith("本机使用人：李明 ")
    assert "用自己的账号登录" in page.people.notice.text()


def test_an_office_without_inspectors_says_what_to_do(
    user: Driver, open_window: OpenWindow, empty_desk: Desk
) -> None:
    user.window = open_window(empty_desk)
    page = user.open("settings")
    assert isinstance(page, SettingsPage)
    assert page.people.states.empty.title.text() == "还没有监察员"
    press(page.people.states.empty, "登记监察员")
    assert page.people.slot.form is not None


# ── look, data, about ────────────────────────────────────────────────────────────────────────
def test_look_and_text_size_follow_the_choice_and_the_keys(
    user: Driver, page: SettingsPage
) -> None:
    page.groups.select_key(LOOK)
    look = page.look
    look.looks.at(1).click()
    assert tokens().name == "dark"
    look.sizes.at(2).click()
    assert tokens().scale == 1.25
    user.act("theme")
    assert look.looks.current() == 0


def test_a_whole_ledger_is_told_whole_and_a_damaged_one_what_is_wrong(
    user: Driver, open_window: OpenWindow, empty_desk: Desk
) -> None:
    user.window = open_window(empty_desk)
    page = user.open("settings", DATA)
    assert isinstance(page, SettingsPage)
    page.data.check.click()
    user.quiet()
    assert page.data.checked.text() == "台账、留痕、字号和文件都完好。"

    lose_evidence(empty_desk, 25)
    page.data.check.click()
    user.quiet()
    assert page.data.checked.text() == "请先备份，再联系维护人员。"
    texts = [one.text() for one in page.data.findChildren(QLabel)]
    assert "另有 5 处" in texts


def test_a_backup_lands_where_one_chose(
    user: Driver, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: ("", ""))
    page.data.backup.click()
    target = tmp_path / "备份.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    page.data.backup.click()
    user.quiet()
    assert target.exists()
    assert str(target) in page.data.saved.text()


@pytest.mark.parametrize("which", ["check", "backup"])
def test_what_fails_outside_is_told_and_can_be_tried_again(
    user: Driver,
    page: SettingsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("磁盘读不出来。")

    monkeypatch.setattr(f"inspector_app.ui.pages.settings.data.{which}", refuse)
    chosen = (str(tmp_path / "x.zip"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: chosen)
    pressed = page.data.check if which == "check" else page.data.backup
    pressed.click()
    user.quiet()
    assert user.window.banner.text() == "磁盘读不出来。"
    assert pressed.isEnabled()


def test_the_data_folder_opens(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    press(page.data, "打开文件夹")
    assert asked == [str(page.context.desk.ledger.path.parent)]


def test_licences_are_shown_as_they_are(page: SettingsPage) -> None:
    page.groups.select_key("关于")
    assert "第三方成果" in page.about.text.toPlainText()
    page.about.which.at(1).click()
    assert "木兰宽松许可证" in page.about.text.toPlainText()
    page.about.which.at(0).click()
    assert "第三方成果" in page.about.text.toPlainText()


def test_settings_that_cannot_be_read_offer_another_try(
    user: Driver, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("台账打不开。")

    monkeypatch.setattr("inspector_app.ui.pages.settings.page.read_all", refuse)
    user.act("refresh")
    assert page.states.state() == "error"


def test_the_settings_look_as_they_were_accepted(
    user: Driver, page: SettingsPage, picture: Picture
) -> None:
    page.people.edit(user.scene.people[0])
    focus(user, page.groups)
    picture(user, "settings_people_light", "light", 1.0, (1440, 900))
    page.people.slot.take_away()
    page.groups.select_key("文书")
    focus(user, page.groups)
    picture(user, "settings_papers_dark", "dark", 1.0, (1440, 900))
    page.groups.select_key("字号")
    focus(user, page.groups)
    picture(user, "settings_numbers_1366", "light", 1.0, (1366, 768))
