"""线索登记 as an inspector uses it: entered, found again, filed or concluded."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.domain.clues import ClueState
from inspector_app.ledger.views import ClueQuery
from inspector_app.services.clues import clue_list, clue_sheet
from inspector_app.services.desk import Desk
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.pages import clues
from inspector_app.ui.pages.clues import CluesPage
from inspector_app.ui.pages.imports import ImportsPage
from tests.ui.pages.conftest import Driver, OpenWindow, Picture, drop, press
from tests.ui.pages.scene import Scene
from tests.ui.typing import commit, compose

UNIT = "澄江建筑劳务有限公司（演示）"


@pytest.fixture
def page(user: Driver) -> CluesPage:
    made = user.open("clues")
    assert isinstance(made, CluesPage)
    return made


@pytest.fixture
def form(user: Driver, page: CluesPage) -> CluesPage:
    user.act("clue.new")
    assert page.form_shown()
    return page


def fill(page: CluesPage, **texts: str) -> None:
    for key, text in texts.items():
        field = page.register.form.fields[key]
        field.editor.setFocus()
        commit(field.editor, text)


def choose(field: FormField, key: str) -> None:
    """Choose as with the mouse."""
    field.set_value(key)
    field.edited.emit()


# ── the list ─────────────────────────────────────────────────────────────────────────────────
def test_the_register_opens_on_what_waits_and_names_nobody_who_reported(
    user: Driver, page: CluesPage
) -> None:
    rows = page.table.rows_model.rows()
    assert {row.state for row in rows} == {ClueState.OPEN}
    assert page.foot.text() == "4 条　4 人　53,300.00 元"
    shown = " ".join(
        str(page.table.rows_model.index(r, c).data())
        for r in range(len(rows))
        for c in range(page.table.rows_model.columnCount())
    )
    assert "向大山" not in shown
    assert "约2万元" in shown


def test_states_and_chips_and_typing_narrow_the_list(
    user: Driver, page: CluesPage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.state.at(2), Qt.MouseButton.LeftButton)
    user.quiet()
    assert [row.state for row in page.table.rows_model.rows()] == [ClueState.SETTLED]
    qtbot.mouseClick(page.state.at(3), Qt.MouseButton.LeftButton)
    user.act("find")
    compose(page.search.edit, "ht")
    commit(page.search.edit, "恒泰")
    qtbot.keyClick(page.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert page.table.rows_model.rowCount() == 1
    qtbot.keyClick(page.search.edit, Qt.Key.Key_Escape)
    user.quiet()
    assert user.at() == "clues"
    assert page.search.text() == ""
    assert page.table.rows_model.rowCount() == 5
    county = next(a for a in page.county.menu_actions() if a.text() == "鲁山县")
    county.trigger()
    user.quiet()
    press(page.states.empty, "看全部线索")
    user.quiet()
    assert page.table.rows_model.rowCount() == 5


def test_heads_sort_and_pages_follow_one_another(
    user: Driver, page: CluesPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(clues, "ROWS_AT_ONCE", 2)
    page.table.show_rows(())
    head = page.table.horizontalHeader()
    head.sectionClicked.emit(1)
    user.quiet()
    qtbot.waitUntil(lambda: page.table.rows_model.rowCount() == 4)
    names = [row.employer_name for row in page.table.rows_model.rows()]
    assert names == sorted(names)
    head.sectionClicked.emit(1)
    user.quiet()
    assert page.table.rows_model.rows()[0].employer_name == UNIT


def test_enter_opens_a_clue_and_escape_comes_back(
    user: Driver, page: CluesPage, qtbot: QtBot
) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "clue"
    user.act("back")
    assert user.page() is page


def test_a_list_dropped_on_the_register_is_looked_at_first(
    user: Driver, page: CluesPage, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "平台.csv"
    source.write_text("被投诉单位,欠薪金额\n某某建筑公司,100余万元\n", encoding="utf-8")
    drop(page, source)
    qtbot.waitUntil(lambda: user.at() == "imports")
    user.quiet()
    imports = user.page()
    assert isinstance(imports, ImportsPage)
    assert imports.head.title() == "导入线索"


def test_an_empty_register_says_what_to_do(
    open_window: OpenWindow, empty_desk: Desk, qtbot: QtBot
) -> None:
    window = open_window(empty_desk)
    window.open_page("clues")
    qtbot.waitUntil(lambda: not window.tasks.busy())
    page = window.stack.current()
    assert isinstance(page, CluesPage)
    assert page.states.empty.title.text() == "没有待核查的线索"


# ── the form ─────────────────────────────────────────────────────────────────────────────────
def test_a_clue_is_registered_by_keyboard_with_the_amount_as_it_was_said(
    user: Driver, form: CluesPage, scene: Scene, qtbot: QtBot
) -> None:
    register = form.register
    assert register.form.fields["source"].editor.hasFocus()
    choose(register.form.fields["source"], "12345")
    fill(form, employer_name="澄江建筑劳务有限公司（演示）", amount_written="17.06 万元")
    assert register.amount.hint() == "记为 170,600.00 元　壹拾柒万零陆佰元整"
    fill(form, person_name="任长庚", person_phone="13900000009", statement="两个月没发工资")
    user.quiet()
    assert register.employer.hint().startswith("该单位还有 3 条待核查线索")
    qtbot.keyClick(register.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    user.quiet()
    assert user.toast() == "已登记 线索〔2026〕6号"
    assert not form.form_shown()
    row = form.table.current_row()
    assert row is not None
    assert (row.amount_fen, row.amount_written) == (17_060_000, "17.06 万元")
    person = clue_sheet(scene.desk, row.id).person
    assert person is not None
    assert (person.name, person.confidential) == ("任**", False)


def test_a_report_keeps_its_person_confidential_a_complaint_does_not(form: CluesPage) -> None:
    fields = form.register.form.fields
    assert fields["confidential"].value() == ("yes",)
    choose(fields["source"], "visit")
    assert fields["confidential"].value() == ()
    choose(fields["source"], "phone")
    assert fields["confidential"].value() == ("yes",)


def test_an_amount_that_is_none_is_kept_as_words(user: Driver, form: CluesPage) -> None:
    fill(form, amount_written="100余万元")
    assert form.register.amount.fen() is None
    assert form.register.amount.hint() == "“100余万元”是约数，未当作金额，按原话记录"


def test_enter_that_takes_a_candidate_submits_nothing(
    user: Driver, form: CluesPage, qtbot: QtBot, scene: Scene
) -> None:
    form.register.form.fields["source"].set_value("visit")
    edit = form.register.employer.edit
    edit.setFocus()
    compose(edit, "qinghe")
    commit(edit, "青禾")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    user.quiet()
    assert form.form_shown()
    assert clue_list(scene.desk, ClueQuery()).total == 5


def test_what_is_missing_is_said_in_words(user: Driver, form: CluesPage) -> None:
    form.register.submit()
    fields = form.register.form.fields
    assert fields["source"].error() == "请填写来源渠道"
    assert fields["employer_name"].error() == "请填写用人单位"
    fields["received_on"].set_value(date(2026, 12, 24))
    fields["source"].set_value("visit")
    fill(form, employer_name="某某公司")
    form.register.submit()
    user.quiet()
    assert fields["received_on"].error() == "接收日期不能晚于今天。"


def test_a_half_typed_clue_survives_page_change_and_restart_but_no_persons_data_is_kept(
    user: Driver, form: CluesPage, open_window: OpenWindow, scene: Scene, tmp_path: Path
) -> None:
    form.register.form.fields["source"].set_value("visit")
    fill(form, employer_name="半截建筑有限公司", person_name="向大山", person_phone="13900000001")
    user.open("home")
    user.open("clues", "new")
    assert form.register.employer.value() == "半截建筑有限公司"
    assert form.register.form.fields["person_name"].value() == "向大山"
    user.window.tasks.finish()
    kept = (tmp_path / "window" / "window.ini").read_text(encoding="utf-8")
    assert "13900000001" not in kept
    again = Driver(user.qtbot, open_window(scene.desk), scene)
    page = again.open("clues", "new")
    assert isinstance(page, CluesPage)
    assert page.register.employer.value() == "半截建筑有限公司"
    assert page.register.form.fields["person_name"].value() == ""
    assert page.head.hint() == "上次没有填完，已恢复"
    press(page.register, "清空")
    again.quiet()
    assert page.register.employer.value() == ""


def test_escape_leaves_the_form_without_loss_and_first_closes_an_open_list(
    user: Driver, form: CluesPage, qtbot: QtBot
) -> None:
    edit = form.register.employer.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "qhjz")
    user.quiet()
    assert form.register.suggestions[0].list.isVisible()
    user.act("back")
    assert form.form_shown()
    user.act("save")
    assert form.head.hint().startswith("草稿已自动保存")
    user.act("back")
    assert not form.form_shown()
    user.act("clue.new")
    assert edit.text() == "qhjz"


@pytest.mark.parametrize(
    ("name", "arg", "theme", "scale", "size"),
    [
        ("clues_light", None, "light", 1.0, (1440, 900)),
        ("clues_dark", None, "dark", 1.0, (1440, 900)),
        ("clue_form_large", "new", "light", 1.25, (1440, 900)),
        ("clue_form_1366", "new", "light", 1.0, (1366, 768)),
    ],
)
def test_the_register_looks_as_it_was_accepted(
    user: Driver,
    picture: Picture,
    name: str,
    arg: str | None,
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    user.open("clues", arg)
    picture(user, name, theme, scale, size)
