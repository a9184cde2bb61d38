"""案件台账 and the form of a new case, as an inspector uses them."""

from dataclasses import replace
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # openpyxl ships no types
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.domain.cases import Case, Stage
from inspector_app.ledger.ledger import Ledger
from inspector_app.services.cases import case_list, set_fields
from inspector_app.services.desk import Desk
from inspector_app.ui.outside import open_folder
from inspector_app.ui.pages import cases
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.case_form import CaseFormPage
from inspector_app.ui.pages.cases import CasesPage
from inspector_app.ui.pages.imports import ImportsPage
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, drop, press
from tests.ui.pages.reasons import give_reason
from tests.ui.pages.scene import Scene
from tests.ui.typing import commit, compose


@pytest.fixture
def ledger(user: Driver) -> CasesPage:
    page = user.open("cases")
    assert isinstance(page, CasesPage)
    return page


def names(page: CasesPage) -> list[str]:
    rows = page.table.rows_model.rows()
    return [line.row.employer_name.removesuffix("（演示）") for line in rows]


def answer_with(monkeypatch: pytest.MonkeyPatch, method: str, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, method, lambda *_a, **_k: (str(path), ""))


def test_the_foot_sums_the_whole_view_and_not_the_page(
    user: Driver, ledger: CasesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ledger.sums.text()
    assert words == "合计　20 件　455 人　涉及 5,014,320.50 元　尚欠 3,940,914.88 元"
    assert ledger.head.hint() == "本机 20 件"


def test_more_rows_come_page_by_page_in_one_order(
    user: Driver, ledger: CasesPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    whole = names(ledger)
    monkeypatch.setattr(cases, "ROWS_AT_ONCE", 4)
    ledger.table.show_rows(())
    user.act("refresh")
    qtbot.waitUntil(lambda: len(names(ledger)) >= 12)
    assert names(ledger) == whole[: len(names(ledger))]
    assert "20 件" in ledger.sums.text()


def test_typing_filters_by_name_and_by_pinyin_but_not_while_composing(
    user: Driver, ledger: CasesPage, qtbot: QtBot
) -> None:
    user.act("find")
    box = ledger.filter.search
    assert box.edit.hasFocus()
    compose(box.edit, "qinghe")
    assert len(names(ledger)) == 20
    commit(box.edit, "青禾")
    qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    user.quiet()
    assert names(ledger) == ["青禾建筑劳务有限公司"]
    assert ledger.head.hint() == "本机 20 件，当前视图 1 件"
    qtbot.keyClick(box.edit, Qt.Key.Key_Escape)
    user.quiet()
    qtbot.keyClicks(box.edit, "hysz")
    qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    user.quiet()
    assert names(ledger) == ["恒岳市政工程有限公司"]
    qtbot.keyClick(box.edit, Qt.Key.Key_Down)
    assert ledger.table.hasFocus()


def test_every_stage_of_the_procedure_can_be_filtered_by(ledger: CasesPage) -> None:
    offered = [action.text() for action in ledger.filter.stage.menu_actions()]
    assert offered == ["全部", *(stage.label for stage in Stage)]


def test_chips_filter_by_stage_person_and_year_and_clear_gives_all_back(
    user: Driver, ledger: CasesPage
) -> None:
    closed = next(a for a in ledger.filter.stage.menu_actions() if a.text() == "已结案")
    closed.trigger()
    user.quiet()
    assert len(names(ledger)) == 4
    person = next(a for a in ledger.filter.lead.menu_actions() if a.text() == "李明")
    person.trigger()
    user.quiet()
    assert names(ledger) == ["博远置业有限公司", "清远保安服务有限公司"]
    last_year = ledger.filter.year.menu_actions()[2]
    last_year.trigger()
    user.quiet()
    assert ledger.states.state() == "empty"
    press(ledger.states.empty, "清除筛选")
    user.quiet()
    assert len(names(ledger)) == 20


def test_a_head_sorts_the_whole_ledger_up_then_down(
    user: Driver, ledger: CasesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [one.title for one in ledger.table.rows_model.columns]
    head = ledger.table.horizontalHeader()
    head.sectionClicked.emit(titles.index("涉及金额(元)"))
    user.quiet()
    head.sectionClicked.emit(titles.index("涉及金额(元)"))
    user.quiet()
    assert ledger.order() == "amount_fen desc"
    assert names(ledger)[0] == "华垣建筑工程有限公司"


def test_who_scrolls_on_while_it_is_sorted_anew_sees_one_order(
    user: Driver, ledger: CasesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [one.title for one in ledger.table.rows_model.columns]
    monkeypatch.setattr(cases, "ROWS_AT_ONCE", 4)
    desk = user.scene.desk
    ledger._show(case_list(desk, ledger.filter.query(ledger.order(), 4)))
    for _ in range(2):  # the greatest first
        ledger.table.horizontalHeader().sectionClicked.emit(titles.index("涉及金额(元)"))
    ledger._more()
    user.quiet()
    rows = [line.row for line in ledger.table.rows_model.rows()]
    amounts = [row.amount_fen or 0 for row in rows]
    assert ledger.order() == "amount_fen desc"
    assert len({row.id for row in rows}) == len(rows) > 4
    assert amounts == sorted(amounts, reverse=True)


def test_enter_opens_and_escape_comes_back_to_the_same_row(
    user: Driver, ledger: CasesPage, qtbot: QtBot
) -> None:
    ledger.table.setFocus()
    qtbot.keyClick(ledger.table, Qt.Key.Key_End)
    before = ledger.table.current_key()
    qtbot.keyClick(ledger.table, Qt.Key.Key_Return)
    user.quiet()
    assert isinstance(user.page(), CasePage)
    user.act("back")
    assert user.page() is ledger
    assert ledger.table.current_key() == before
    assert ledger.place_words.text() == "第 20 件，共 20 件"


def test_f4_brings_the_pane_beside_the_ledger(user: Driver, ledger: CasesPage) -> None:
    assert not ledger.pane.isVisible()
    user.act("detail")
    assert ledger.pane.isVisible()
    assert ledger.pane.head.title.full() == ledger.table.current_row().row.employer_name
    user.act("paper.new")
    assert user.menu().actions()[0].text().startswith("开具")
    user.menu().close()
    user.act("back")
    user.act("detail")


def test_the_pane_shows_what_another_program_changed(user: Driver, ledger: CasesPage) -> None:
    user.act("detail")
    user.quiet()
    case_id = ledger.table.current_row().row.id
    desk, other = user.scene.desk, Ledger.open(user.scene.desk.ledger.path)
    with other.work("改", actor="他人", at=desk.now()) as uow:
        uow.save(replace(uow.get(Case, case_id), stated_workers=77))
        uow.commit()
    other.close()
    user.act("refresh")
    user.quiet()
    assert "77 人" in {one.text() for one in ledger.pane.findChildren(QLabel)}
    user.act("detail")


def test_a_row_has_a_menu_of_its_own(user: Driver, ledger: CasesPage) -> None:
    menu = ledger._menu(ledger.table.current_row())
    assert [one.text() for one in menu.actions() if one.text()][:2] == ["打开", "复制本行"]
    menu.actions()[0].trigger()
    user.quiet()
    assert user.at() == "case"


@pytest.mark.parametrize(("version", "hidden"), [("内部完整版", False), ("报送脱敏版", True)])
def test_the_view_goes_out_as_a_workbook_full_or_masked(
    user: Driver,
    ledger: CasesPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
    hidden: bool,
) -> None:
    case = user.scene.cases["青禾建筑劳务有限公司"]
    set_fields(user.scene.desk, case.id, {"note": "联系人电话 13900000001"})
    target = tmp_path / "台账"
    answer_with(monkeypatch, "getSaveFileName", target)
    user.act("export")
    user.choose(version)
    if not hidden:
        give_reason(user, "报领导")
    made = tmp_path / "台账.xlsx"
    assert user.toast() == f"已导出 20 件（{version}）：台账.xlsx"
    text = "".join(str(c.value) for row in openpyxl.load_workbook(made).active.rows for c in row)
    assert "青禾建筑劳务有限公司" in text
    assert ("13900000001" in text) is not hidden
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    press(user.window.toast_, "打开文件夹")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]
    assert user.toast() == ""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    open_folder(user.window.context, tmp_path)
    assert user.toast() == f"这台电脑打不开文件夹，文件在 {tmp_path}"


def test_leaving_the_file_dialog_writes_nothing(
    user: Driver, ledger: CasesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "getSaveFileName", "")
    user.act("export")
    user.choose("内部完整版")
    give_reason(user)
    assert user.toast() == ""


def test_an_export_can_be_stopped(
    user: Driver, ledger: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "getSaveFileName", tmp_path / "台账.xlsx")
    user.window.tasks.started.connect(lambda task: task.report.cancel())
    user.act("export")
    user.choose("报送脱敏版")
    assert user.toast() == "已停止导出，没有写成文件。"
    assert not (tmp_path / "台账.xlsx").exists()


def test_a_file_dropped_on_the_ledger_is_looked_at_before_it_is_taken_in(
    user: Driver, ledger: CasesPage, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "台账.csv"
    source.write_text("用人单位,涉及金额\n某某建筑有限公司,1000元\n", encoding="utf-8")
    drop(ledger, source)
    qtbot.waitUntil(lambda: user.at() == "imports")
    user.quiet()
    page = user.page()
    assert isinstance(page, ImportsPage)
    assert "可导入 1" in page.summary.full()


def test_an_empty_ledger_says_what_to_do(
    open_window: OpenWindow, empty_desk: Desk, qtbot: QtBot
) -> None:
    window = open_window(empty_desk)
    window.open_page("cases")
    qtbot.waitUntil(lambda: not window.tasks.busy())
    page = window.stack.current()
    assert isinstance(page, CasesPage)
    assert page.states.empty.title.text() == "还没有案件"
    press(page.states.empty, "从 Excel 导入")
    assert window.stack.current_name() == "imports"


# ── a new case ───────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def form(user: Driver, qtbot: QtBot) -> CaseFormPage:
    user.act("case.new")
    qtbot.waitUntil(lambda: user.at() == "case_form")
    user.quiet()
    page = user.page()
    assert isinstance(page, CaseFormPage)
    return page


def fill(form: CaseFormPage, **texts: str) -> None:
    for key, text in texts.items():
        commit(form.form.fields[key].editor, text)


def test_a_case_is_entered_by_keyboard_and_opened(
    user: Driver, form: CaseFormPage, qtbot: QtBot, scene: Scene
) -> None:
    assert form.form.fields["employer"].editor.hasFocus()
    fill(form, employer="新立建筑有限公司（演示）", project="新立花园", amount_written="12.5万元")
    assert form.amount.hint() == "记为 125,000.00 元　壹拾贰万伍仟元整"
    form.form.fields["source"].set_value("visit")
    qtbot.keyClick(form.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    user.quiet()
    page = user.page()
    assert isinstance(page, CasePage)
    assert user.toast() == "已登记 平人社监〔2026〕21号"
    sheet = page.sheet()
    assert sheet is not None
    assert (sheet.case.stated_fen, sheet.lead and sheet.lead.name) == (12_500_000, "李明")


def test_what_is_missing_is_said_under_each_field_and_the_first_one_gets_the_focus(
    user: Driver, form: CaseFormPage
) -> None:
    form.submit()
    assert form.form.fields["employer"].error() == "请填写用人单位"
    assert form.form.fields["source"].error() == "请填写来源"
    assert form.form.fields["employer"].editor.hasFocus()


def test_a_refusal_of_the_ledger_stands_under_its_field(user: Driver, form: CaseFormPage) -> None:
    fill(form, employer="新立建筑有限公司")
    form.form.fields["source"].set_value("visit")
    form.form.fields["filed_on"].set_value(user.scene.desk.today().replace(month=10))
    form.submit()
    user.quiet()
    assert form.form.fields["filed_on"].error() or user.toast()
    assert user.at() == "case_form"


def test_the_two_inspectors_must_be_different(user: Driver, form: CaseFormPage) -> None:
    form.assist.set_value(user.scene.people[0].id)
    form.assist.validate()
    assert form.assist.error() == "协办应是另一名监察员，执法须由两人进行"


def test_a_code_that_looks_wrong_is_said_but_kept(user: Driver, form: CaseFormPage) -> None:
    fill(form, credit_code="9141040")
    assert form.form.fields["credit_code"].hint() == "请核对：应为 18 位，现有 7 位"
    form.form.fields["credit_code"].set_value("91410499MADEM00012")
    assert form.form.fields["credit_code"].hint() == "校验无误"


def test_a_half_typed_case_survives_the_way_out_and_a_restart(
    user: Driver, form: CaseFormPage, open_window: OpenWindow, scene: Scene, qtbot: QtBot
) -> None:
    fill(form, employer="半截建筑有限公司", amount_written="约50万")
    user.act("back")
    user.window.tasks.finish()
    again = open_window(scene.desk)
    again.open_page("case_form")
    qtbot.waitUntil(lambda: not again.tasks.busy())
    page = again.stack.current()
    assert isinstance(page, CaseFormPage)
    assert page.form.fields["employer"].value() == "半截建筑有限公司"
    assert page.head.hint() == "上次没有填完，已恢复"
    page.clear()
    assert page.form.fields["employer"].is_empty()


def test_known_units_are_offered_while_the_name_is_typed(
    user: Driver, form: CaseFormPage, qtbot: QtBot
) -> None:
    edit = form.form.fields["employer"].editor
    qtbot.keyClicks(edit, "qhjz")
    user.quiet()
    offers = form.suggestions[0].list
    assert offers.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert form.form.fields["employer"].value() == "青禾建筑劳务有限公司（演示）"


@pytest.mark.parametrize(
    ("name", "theme", "scale", "size"),
    [
        ("ledger_light", "light", 1.0, (1440, 900)),
        ("ledger_dark", "dark", 1.0, (1440, 900)),
        ("ledger_large", "light", 1.25, (1440, 900)),
        ("ledger_1366", "light", 1.0, (1366, 768)),
    ],
)
def test_the_ledger_looks_as_it_was_accepted(
    user: Driver,
    ledger: CasesPage,
    picture: Picture,
    name: str,
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    picture(user, name, theme, scale, size)
