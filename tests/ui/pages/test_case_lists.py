"""The tabs of a case: workers, payments, papers, to-dos, history, as an inspector uses them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from inspector_app.services.case_sheet import CaseSheet, case_sheet
from inspector_app.ui.pages.case.page import CasePage
from inspector_app.ui.pages.case.story_panel import CHANGES
from inspector_app.ui.pages.imports import ImportsPage
from inspector_app.ui.pages.reveal import OTHER
from tests.ui.pages.conftest import Driver, press
from tests.ui.pages.reasons import asked, give_reason
from tests.ui.pages.scene import TODAY, Scene
from tests.ui.typing import commit

UNIT = "青禾建筑劳务有限公司"


def opened(user: Driver, unit: str = UNIT, anchor: str = "") -> CasePage:
    page = user.open("case", f"{user.scene.cases[unit].id}{anchor}")
    assert isinstance(page, CasePage)
    return page


@pytest.fixture
def page(user: Driver) -> CasePage:
    return opened(user)


def sheet_of(scene: Scene, unit: str = UNIT) -> CaseSheet:
    return case_sheet(scene.desk, scene.cases[unit].id)


def type_over(page: CasePage, key: str, text: str) -> None:
    editor = page.facts.form.fields[key].editor
    editor.setFocus()
    editor.selectAll()
    commit(editor, text)


# ── workers ──────────────────────────────────────────────────────────────────────────────────
def test_numbers_of_persons_are_hidden_until_asked_for(user: Driver, page: CasePage) -> None:
    page.show_tab(1)
    numbers = page.claims.panel.table.rows_model.rows()[0].id_number
    assert numbers == "410499********0113"
    table = page.claims.panel.table

    def shown() -> list[str]:
        numbers = [row.id_number for row in table.rows_model.rows()]
        return [number for number in numbers if number and "*" not in number]

    press(page.claims, "显示号码")
    dialog = asked()
    dialog.why.set_value(OTHER)
    dialog.go.click()
    assert dialog.other.error() == "请写明理由"
    dialog.reject()
    assert not page.claims.uncovered.lasts()
    press(page.claims, "显示号码")
    give_reason(user)
    assert shown() == ["410499197803120113"]  # this worker and nobody else
    press(page.claims, "隐去号码")
    assert shown() == []
    table.setFocus()
    user.qtbot.keyClick(table, Qt.Key.Key_Space)
    give_reason(user, "回访")
    assert shown() == ["410499197803120113"]
    page.claims.uncovered.timer.timeout.emit()
    assert shown() == []
    press(page.claims, "显示号码")
    give_reason(user)
    page.show_tab(0)
    page.show_tab(1)
    assert shown() == []
    assert "捌拾" in page.claims.capital.text() or "柒拾玖万" in page.claims.capital.text()


def test_a_worker_is_added_with_the_owing_amount_worked_out(
    user: Driver, page: CasePage, scene: Scene, qtbot: QtBot
) -> None:
    page.show_tab(1)
    press(page.claims, "添加")
    form = page.claims.form()
    assert form is not None
    fields = form.form.fields
    commit(fields["name"].editor, "龙𬱖")
    qtbot.keyClicks(fields["due_fen"].editor, "5000")
    qtbot.keyClicks(fields["paid_fen"].editor, "1200.50")
    qtbot.keyClicks(fields["period_from"].editor, "202606")
    qtbot.keyClicks(fields["id_number"].editor, "410499197803120114")
    assert form.owing.text() == "欠发 3,799.50 元　大写：叁仟柒佰玖拾玖元伍角"
    assert fields["period_from"].hint() == "2026年6月"
    assert fields["id_number"].hint().startswith("请核对：校验位不符")
    qtbot.keyClick(form.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    user.quiet()
    assert user.toast() == "已添加劳动者"
    assert sheet_of(scene).totals.workers == 7
    assert page.tabs.at(1).text() == "劳动者 7"
    user.undo()
    assert sheet_of(scene).totals.workers == 6


def test_a_worker_listed_already_is_added_only_when_it_is_another_sum(
    user: Driver, page: CasePage, scene: Scene, qtbot: QtBot
) -> None:
    page.show_tab(1)
    first = sheet_of(scene).claims[0].worker.name
    press(page.claims, "添加")
    form = page.claims.form()
    assert form is not None
    fields = form.form.fields
    commit(fields["name"].editor, first)
    qtbot.keyClicks(fields["due_fen"].editor, "5000")
    qtbot.keyClicks(fields["period_from"].editor, "202606")
    form.submit()
    user.quiet()
    assert form.words.text().startswith(f"名单里已有{first}（2026年6月至8月，")
    assert form.another.isVisible()
    fields["period_from"].editor.selectAll()
    commit(fields["period_from"].editor, "202607")
    assert not form.another.isVisible()  # what is asked about has changed
    form.submit()
    user.quiet()
    assert form.another.isVisible()
    commit(fields["note"].editor, "加班费")
    form.another.click()
    user.quiet()
    assert user.toast() == "已添加劳动者"
    assert len(sheet_of(scene).claims) == 7


def test_enter_edits_a_worker_and_keeps_the_true_number(
    user: Driver, page: CasePage, scene: Scene, qtbot: QtBot
) -> None:
    page.show_tab(1)
    page.claims.panel.table.setFocus()
    qtbot.keyClick(page.claims.panel.table, Qt.Key.Key_Return)
    user.quiet()
    form = page.claims.form()
    assert form is not None
    assert form.form.fields["id_number"].value() == ""  # covered, and kept unless typed anew
    commit(form.form.fields["crew"].editor, "木工一班")
    form.submit()
    user.quiet()
    row = case_sheet(scene.desk, sheet_of(scene).case.id, reveal=True).claims[0]
    assert (row.worker.crew, row.id_number) == ("木工一班", "410499197803120113")


def test_more_paid_than_due_is_refused_at_once(user: Driver, page: CasePage, qtbot: QtBot) -> None:
    page.show_tab(1)
    press(page.claims, "添加")
    form = page.claims.form()
    assert form is not None
    commit(form.form.fields["name"].editor, "曾有余")
    qtbot.keyClicks(form.form.fields["due_fen"].editor, "100")
    qtbot.keyClicks(form.form.fields["paid_fen"].editor, "200")
    assert form.owing.text() == "已发与代扣之和超过应发，请核对。"
    form.submit()
    user.quiet()
    assert form.form.fields["paid_fen"].error() == "曾有余的已发与代扣之和超过应发，请核对。"
    user.act("back")
    assert "再按一次 Esc 放弃" in form.words.text()
    user.act("back")
    assert page.claims.form() is None


def test_a_worker_is_taken_off_the_list_but_not_after_a_payment(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    page.show_tab(1)
    rows = page.claims.panel.table.rows_model.rows()
    page.claims.edit_row(rows[0])
    user.quiet()
    press(page.claims, "从名单删除")
    user.quiet()
    form = page.claims.form()
    assert form is not None
    assert form.words.text() == "这一笔已有清偿记录，不能删除；请改写金额。"
    page.claims.edit_row(rows[1])
    user.quiet()
    press(page.claims, "从名单删除")
    user.quiet()
    assert user.toast() == "已从名单删除"
    assert sheet_of(scene).totals.workers == 5


def test_a_worker_is_paid_from_the_menu_of_the_row(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    page.show_tab(1)
    row = page.claims.panel.table.rows_model.rows()[1]
    menu = page.claims._menu(row)
    next(one for one in menu.actions() if one.text() == "登记清偿").trigger()
    form = page.area.form()
    assert form is not None
    assert form.form.fields["amount_fen"].value() == 14_403_333
    form.form.fields["amount_fen"].set_value(20_000_000)
    form.submit()
    user.quiet()
    assert "超过尚欠金额" in form.form.fields["amount_fen"].error()
    form.form.fields["amount_fen"].set_value(14_403_333)
    form.submit()
    user.quiet()
    assert page.settlements.table.rows_model.rowCount() == 2


def test_all_that_is_owing_is_paid_in_one_go(user: Driver, page: CasePage, scene: Scene) -> None:
    page.show_tab(2)
    press(page.settlements, "全部清偿")
    form = page.area.form()
    assert form is not None
    form.submit()
    user.quiet()
    assert sheet_of(scene).totals.owing_fen == 0
    assert not page.settlements.all.isEnabled()
    assert page.area.title() == "下一步：结案"


def test_a_roster_is_imported_into_the_case_and_known_rows_are_not_entered_twice(
    user: Driver, page: CasePage, scene: Scene, tmp_path: Path
) -> None:
    source = tmp_path / "名册.csv"
    source.write_text(
        "姓名,身份证号,应发,已发\n覃小河,410499199001050255,9860.50,0\n单田野,,3200,200\n",
        encoding="utf-8",
    )
    user.act("import")
    imports = user.page()
    assert isinstance(imports, ImportsPage)
    assert UNIT in imports.head.hint()
    imports.open_file(source)
    user.quiet()
    user.act("save")
    assert user.toast() == "导入 2 行"
    press(imports.result, "去看导入的内容")
    user.quiet()
    assert user.page() is page
    assert page.tabs.at(1).text() == "劳动者 8"


def test_the_wage_list_goes_out_as_a_workbook(
    user: Driver, page: CasePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "明细.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(made), ""))
    for version in ("内部完整版", "报送脱敏版"):
        user.act("export")
        user.choose(version)
        if version == "内部完整版":
            give_reason(user)
        assert user.toast() == "已导出 6 人：明细.xlsx"
        assert made.exists()


# ── papers, to-dos, visits, history ──────────────────────────────────────────────────────────
def test_a_paper_is_begun_from_the_case_and_listed_as_a_draft(user: Driver, page: CasePage) -> None:
    user.act("paper.new")
    user.choose("开具约谈通知书")
    assert user.at() == "paper"
    user.act("back")
    user.quiet()
    page.show_tab(3)
    rows = page.papers.table.rows_model.rows()
    assert [row.state.label for row in rows] == ["草稿", "已制发"]
    assert page.papers.words.text() == "2 份，1 份草稿"
    page.papers.table.opened.emit(rows[1])
    user.quiet()
    assert user.at() == "paper"


def test_a_to_do_is_entered_and_ticked_off_by_enter(
    user: Driver, page: CasePage, qtbot: QtBot
) -> None:
    page.show_tab(7)
    press(page.todos, "登记待办")
    form = page.area.form()
    assert form is not None
    form.submit()
    assert form.form.fields["title"].error() == "请填写待办内容"
    commit(form.form.fields["title"].editor, "约谈项目经理")
    form.form.fields["due_on"].set_value(TODAY)
    form.submit()
    user.quiet()
    table = page.todos.table
    number = [row.title for row in table.rows_model.rows()].index("约谈项目经理")
    table.selectRow(number)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    user.quiet()
    assert user.toast() == "已完成待办"
    assert page.todos.words.text() == "1 件待办"
    table.selectRow(0)
    press(page.todos, "完成")
    user.quiet()
    assert page.todos.words.text() == "0 件待办"


def test_the_history_says_what_was_changed_and_takes_a_step_back(
    user: Driver, page: CasePage, scene: Scene
) -> None:
    type_over(page, "cause", "克扣工资")
    user.act("save")
    page.show_tab(9)
    page.story.show_view(CHANGES)
    user.quiet()
    table = page.history.table
    newest = table.rows_model.index(0, 3).data()
    assert newest == "案由：拖欠农民工工资 → 克扣工资"
    table.selectRow(0)
    press(page.history, "撤销这一步")
    user.quiet()
    assert sheet_of(scene).case.cause == "拖欠农民工工资"
    assert table.rows_model.index(0, 2).data() == "撤销“修改案件”"
    table.selectRow(table.rows_model.rowCount() - 1)
    assert not page.history.back.isEnabled()
    page.history.take_back()
    assert sheet_of(scene).case.cause == "拖欠农民工工资"


def test_a_case_without_anything_says_what_to_do_in_each_tab(user: Driver) -> None:
    page = opened(user, "恒岳市政工程有限公司")
    found = []
    for panel in (page.claims.panel, page.settlements, page.papers, page.services, page.todos):
        assert panel.states.state() == "empty"
        found.append(panel.states.empty.title.text())
    assert found[0] == "还没有劳动者名单"
    assert not page.services.serve.isEnabled()
    assert page.visits.visits.states.state() == "empty"


def test_the_more_menu_reaches_the_steps_and_the_side_comes_when_it_is_needed(
    user: Driver, page: CasePage
) -> None:
    user.window.resize(1100, 760)
    assert not page.area.isVisible()
    page.more.click()
    user.choose("登记单笔清偿")
    assert page.area.isVisible()
    assert page.area.form() is not None
    page.more.click()
    user.choose("其他步骤")
    assert page.area.steps() is not None
    page.more.click()
    user.choose("登记待办")
    page.more.click()
    user.choose("登记全部清偿")
    page.more.click()
    user.choose("登记送达")
    assert page.area.form() is not None


def test_an_unsaved_form_keeps_the_page_once(user: Driver, page: CasePage) -> None:
    page.show_tab(1)
    press(page.claims, "添加")
    form = page.claims.form()
    assert form is not None
    commit(form.form.fields["name"].editor, "向大山")
    user.window.open_page("home")
    assert user.at() == "case"
    user.window.open_page("home")
    assert user.at() == "home"


def test_a_case_that_is_gone_says_so(user: Driver) -> None:
    page = user.open("case", "kein-solcher")
    assert isinstance(page, CasePage)
    assert page.states.state() == "error"
    assert "没有找到" in page.states.error.body.text()


def test_names_in_the_side_pane_are_those_of_the_case(user: Driver, page: CasePage) -> None:
    words = [one.text() for one in page.facts_grid.findChildren(QLabel)]
    assert "李明、赵强" in words
    assert "864,200.00 元" in words
