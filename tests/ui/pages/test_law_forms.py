"""The rule browser's forms and files: the bureau's own values, official texts, updates, checks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from inspector_app.errors import OutsideError
from inspector_app.services.bands import bands_of
from inspector_app.services.law_packs import list_packs
from inspector_app.services.rules import choices_of, choose, office_rules
from inspector_app.services.statutes import current_texts
from inspector_app.ui.pages.law.forms import BandEditor, ChoiceForm, ImportText, guess_statute
from inspector_app.ui.pages.law.page import LawPage
from tests.ui.pages.conftest import Driver, drop, press
from tests.ui.pages.lawbook import fill, law_text, opened, shorter_pack, texts


@pytest.fixture
def page(user: Driver) -> LawPage:
    return opened(user)


# ── the bureau's own ─────────────────────────────────────────────────────────────────────────
def test_the_bureaus_own_value_is_chosen_shown_beside_undone_and_taken_back(user: Driver) -> None:
    page, desk = opened(user, "D05"), user.scene.desk
    page.pane.own.click()
    user.choose("期限长度（规则包：60 个工作日）")
    form = page.pane.slot.form
    assert isinstance(form, ChoiceForm)
    form.submit()
    assert form.form.fields["value"].error() == "请填写本局的期限长度"
    fill(form, value="五十")
    fill(form, why="会议纪要")
    form.submit()
    user.quiet()
    assert form.form.fields["value"].error() == "“期限长度”应为 1 到 9999 的整数。"
    form.form.fields["value"].set_value("50")
    user.act("save")
    assert page.pane.slot.form is None
    said = texts(page.pane)
    assert "规则包的期限长度" in said
    assert "50 个工作日" in said
    assert "理由：会议纪要" in said
    assert user.toast() == "已采用本局口径"
    user.undo()
    assert choices_of(desk, "D05") == ()
    assert "规则包的期限长度" not in texts(page.pane)
    choose(desk, "D05", "length", "50", "会议纪要")
    user.act("refresh")
    press(page.pane, "撤回")
    assert page.pane.slot.form is not None
    fill(page.pane.slot.form, why="试行结束")
    page.pane.slot.form.submit()
    user.quiet()
    assert choices_of(desk, "D05") == ()


@pytest.mark.parametrize(
    ("rule", "entry", "option", "told"),
    [
        ("D03", "期限单位", "WD", "7 个工作日"),
        ("D03", "末日顺延", "否", "按本局设置不顺延"),
        ("D06", "停用这一条", "", "停用"),
    ],
)
def test_units_rolling_and_being_off_are_chosen_from_what_there_is(
    user: Driver, rule: str, entry: str, option: str, told: str
) -> None:
    page = opened(user, rule)
    assert page.pane.open_own_menu() is not None
    user.choose(entry)
    form = page.pane.slot.form
    assert isinstance(form, ChoiceForm)
    if option:
        form.form.fields["value"].set_value(option)
    fill(form, why="纪要")
    form.submit()
    user.quiet()
    assert choices_of(user.scene.desk, rule)
    assert told in texts(page.pane)


def test_esc_warns_once_before_a_typed_value_is_dropped(user: Driver) -> None:
    page = opened(user, "D05")
    page.pane.choose("length")
    assert page.pane.slot.form is not None
    fill(page.pane.slot.form, value="45")
    user.act("back")
    assert page.pane.slot.form is not None
    user.act("back")
    assert page.pane.slot.form is None
    assert user.at() == "law"


def test_a_discretion_step_is_added_corrected_and_kept_inside_the_law(user: Driver) -> None:
    page, desk = opened(user, "GZ-05"), user.scene.desk
    assert "还没有录入" in texts(page.pane)
    press(page.pane, "添加一档")
    form = page.pane.slot.form
    assert isinstance(form, BandEditor)
    assert "person_low_fen" not in form.form.fields
    fill(form, name="一般", condition="首次被查", low_fen="10000", high_fen="70000")
    fill(form, effective_from="2026-01-01", source="规1号")
    form.submit()
    user.quiet()
    assert "法定幅度" in form.form.fields["low_fen"].error()
    form.form.fields["low_fen"].set_value(5_000_000)
    form.submit()
    user.quiet()
    assert [one.name for one in bands_of(desk, "GZ-05")] == ["一般"]
    assert "单位 50,000.00 至 70,000.00 元" in texts(page.pane)
    press(page.pane, "修改")
    form = page.pane.slot.form
    assert isinstance(form, BandEditor)
    form.form.fields["high_fen"].set_value(6_000_000)
    fill(form, why="更正")
    form.submit()
    user.quiet()
    assert bands_of(desk, "GZ-05")[0].high_fen == 6_000_000
    person = opened(user, "GZ-01")
    person.pane.add_band()
    assert person.pane.slot.form is not None
    assert "person_low_fen" in person.pane.slot.form.form.fields


# ── official texts ───────────────────────────────────────────────────────────────────────────
def test_an_official_text_is_imported_and_stands_beside_the_rule(
    user: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(user, "D05")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: ("", ""))
    press(page.pane, "导入原文")
    assert page.pane.slot.form is None
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_given: (str(law_text(tmp_path)), "")
    )
    press(page.pane, "导入原文")
    form = page.pane.slot.form
    assert isinstance(form, ImportText)
    assert form.form.fields["statute"].value() == "监察条例"
    form.submit()
    user.quiet()
    assert set(current_texts(user.scene.desk)) == {"监察条例"}
    assert user.toast() == "已导入 2 条"
    said = texts(page.pane)
    assert "本局导入的原文" in said
    assert "演示文字，调查自立案起六十个工作日。" in said
    user.undo()
    assert current_texts(user.scene.desk) == {}


def test_a_text_dropped_on_the_page_asks_which_statute_it_is(
    user: Driver, page: LawPage, tmp_path: Path
) -> None:
    drop(page, law_text(tmp_path))
    user.quiet()
    assert isinstance(page.pane.slot.form, ImportText)
    page.pane.slot.take_away()
    other = tmp_path / "照片.png"
    other.write_bytes(b"")
    drop(page, other)
    user.quiet()
    assert page.pane.slot.form is None
    statutes = user.scene.desk.library.statutes
    assert guess_statute(tmp_path / "行政处罚法(2021).md", statutes) == "处罚法"
    assert guess_statute(tmp_path / "杂项.md", statutes) == ""
    assert guess_statute(tmp_path / "河南省劳动保障监察条例.docx", statutes) == "河南监察条例"


def test_a_file_that_is_no_text_is_refused_in_place(
    user: Driver, page: LawPage, tmp_path: Path
) -> None:
    path = tmp_path / "劳动保障监察条例.docx"
    path.write_bytes(b"not a document")
    page.open_file(path)
    assert page.pane.slot.form is not None
    page.pane.slot.form.submit()
    user.quiet()
    assert page.pane.slot.form is not None
    assert page.pane.slot.form.words.text()


# ── updates ──────────────────────────────────────────────────────────────────────────────────
def test_an_update_is_compared_first_and_then_taken(
    user: Driver, page: LawPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_given: (str(shorter_pack(tmp_path)), "")
    )
    page.buttons[-1].click()
    user.choose("导入规则包更新")
    view = page.update_
    assert page.stack.currentWidget() is view
    (line,) = view.changes.rows_model.rows()
    assert [column.text(line) for column in view.changes.rows_model.columns] == [
        "修改", "调查完成", "长度", "60", "50",
    ]  # fmt: skip
    assert view.cases.rows_model.rowCount() == 14
    assert "本局口径" in view.hint.text()
    view.tabs.at(1).click()
    shown = view.cases.rows_model.columns[1].text(view.cases.rows_model.rows()[0])
    assert shown.startswith("调查完成 20")
    assert " → 20" in shown
    assert list_packs(user.scene.desk) == []
    user.act("save")
    assert [one.pack.version for one in list_packs(user.scene.desk)] == ["2027.1"]
    assert page.stack.currentWidget() is page.split
    assert user.toast() == "已采用规则包 2027.1，下次打开程序时生效"


def test_an_update_can_be_left_and_its_cases_looked_at(
    user: Driver, page: LawPage, tmp_path: Path
) -> None:
    drop(page, shorter_pack(tmp_path))
    user.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.update_)
    page.update_.tabs.at(1).click()
    page.update_.cases.selectRow(0)
    user.qtbot.keyClick(page.update_.cases, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "case"
    user.act("back")
    assert page.stack.currentWidget() is page.update_
    user.act("back")
    assert page.stack.currentWidget() is page.split
    assert user.at() == "law"
    assert list_packs(user.scene.desk) == []
    assert office_rules(user.scene.desk).terms["D05"].length == 60


def test_a_file_that_is_no_pack_is_told(user: Driver, page: LawPage, tmp_path: Path) -> None:
    broken = tmp_path / "坏.zip"
    broken.write_bytes(b"no zip")
    page.open_file(broken)
    user.quiet()
    assert "不是规则包" in user.toast()
    assert page.stack.currentWidget() is page.split


def test_a_full_disk_leaves_the_update_to_be_tried_again(
    user: Driver, page: LawPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OutsideError("磁盘已满，没有存下来。")

    page.open_file(shorter_pack(tmp_path))
    user.quiet()
    monkeypatch.setattr("inspector_app.ui.pages.law.taking.accept", refuse)
    page.update_.accept.click()
    user.quiet()
    assert user.window.banner.text() == "磁盘已满，没有存下来。"
    assert page.update_.accept.isEnabled()


# ── the self-check ───────────────────────────────────────────────────────────────────────────
def test_the_check_leads_to_the_rule_a_finding_is_about(
    user: Driver, page: LawPage, tmp_path: Path
) -> None:
    press(page.head, "自检")
    user.quiet()
    assert page.check.states.empty.title.text() == "没有发现问题"
    assert "还没有导入法规原文" in page.check.states.empty.body.text()
    user.act("back")
    page.open_file(law_text(tmp_path))
    assert page.pane.slot.form is not None
    page.pane.slot.form.submit()
    user.quiet()
    press(page.head, "自检")
    user.quiet()
    assert "发现" in page.check.banner.accessibleName()
    row = next(n for n, one in enumerate(page.check.table.rows_model.rows()) if one.rule == "KJ-01")
    page.check.table.selectRow(row)
    user.qtbot.keyClick(page.check.table, Qt.Key.Key_Return)
    user.quiet()
    assert page.stack.currentWidget() is page.split
    assert page.finder.table.current_key() == "KJ-01"


def test_a_check_that_is_stopped_says_so(
    user: Driver, page: LawPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.ui.tasks.Report.cancelled", lambda _self: True)
    press(page.head, "自检")
    user.quiet()
    assert user.toast() == "已停止自检"
    assert page.stack.currentWidget() is page.split
