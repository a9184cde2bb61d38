"""Choosing one of the kinds of paper: the usual ones first, by phase, by name or pinyin."""

import pytest
from PySide6.QtCore import Qt

from inspector_app.domain.cases import Stage
from inspector_app.ui.pages.papers import PapersPage
from inspector_app.ui.pages.papers_kinds import ALL, USUAL, KindPicker
from inspector_app.ui.pages.papers_new import NewFor
from tests.ui.pages.conftest import Driver, Picture
from tests.ui.pages.visits import focus
from tests.ui.typing import commit, compose

UNIT = "青禾建筑劳务有限公司"


@pytest.fixture
def page(user: Driver) -> PapersPage:
    found = user.open("papers", NewFor(user.scene.cases[UNIT].case_no))
    assert isinstance(found, PapersPage)
    return found


@pytest.fixture
def picker(page: PapersPage) -> KindPicker:
    return page.new.kinds


def titles(picker: KindPicker) -> list[str]:
    return [one.kind.title for one in picker.table.rows_model.rows()]


def counts(picker: KindPicker) -> dict[str, int]:
    return {line.name: line.count for line in picker.phases.rows_model.rows()}


def test_a_case_that_is_chosen_already_leaves_only_the_kind_to_choose(
    user: Driver, page: PapersPage
) -> None:
    lines = page.new.cases.rows_model.rows()
    assert [line.row.id for line in lines] == [user.scene.cases[UNIT].id]
    assert page.new.kinds.search.edit.hasFocus()
    assert page.new.go.isEnabled()


def test_every_kind_is_offered_and_the_usual_ones_of_the_stage_first(
    user: Driver, page: PapersPage, picker: KindPicker
) -> None:
    assert page.new.cases.rows_model.rows()[0].row.stage is Stage.RECTIFICATION
    shown = titles(picker)
    assert len(shown) == len(user.scene.desk.library.kinds)
    assert shown[:4] == ["行政处理事先告知书", "撤销立案审批表", "案件移送函", "限期改正指令书"]
    usual = [one.usual for one in picker.table.rows_model.rows()]
    assert usual == sorted(usual, reverse=True)
    assert counts(picker)[ALL] == len(shown)
    assert counts(picker)[USUAL] == sum(usual)
    assert sum(counts(picker).values()) == 2 * len(shown) + sum(usual)


def test_a_phase_shows_its_own_kinds_by_the_keyboard(user: Driver, picker: KindPicker) -> None:
    picker.phases.setFocus()
    for _ in range(4):
        user.qtbot.keyClick(picker.phases, Qt.Key.Key_Down)
    line = picker.phases.current_row()
    assert line is not None
    assert (line.name, line.count) == ("行政检查", 7)
    assert titles(picker)[0] == "行政检查审批表"
    user.qtbot.keyClick(picker.phases, Qt.Key.Key_Up)
    user.qtbot.keyClick(picker.phases, Qt.Key.Key_Up)
    user.qtbot.keyClick(picker.phases, Qt.Key.Key_Up)
    assert picker.phases.current_key() == USUAL
    assert all(one.usual for one in picker.table.rows_model.rows())
    user.qtbot.keyClick(picker.phases, Qt.Key.Key_Return)
    assert picker.table.hasFocus()


def test_typing_searches_every_phase(user: Driver, picker: KindPicker) -> None:
    picker.phases.select_key("送达")
    assert len(titles(picker)) == 3
    commit(picker.search.edit, "处罚 决定")
    assert sorted(titles(picker)) == ["不予行政处罚决定书", "当场行政处罚决定书", "行政处罚决定书"]
    assert counts(picker)["送达"] == 0
    picker.search.edit.clear()
    commit(picker.search.edit, "XZJC")
    user.quiet()
    assert "行政检查通知书" in titles(picker)
    assert all("行政检查" in title for title in titles(picker))


def test_nothing_is_filtered_while_chinese_is_composed(user: Driver, picker: KindPicker) -> None:
    before = titles(picker)
    compose(picker.search.edit, "yue'tan")
    assert titles(picker) == before
    commit(picker.search.edit, "约谈")
    assert titles(picker) == ["约谈通知书", "约谈记录"]


def test_what_no_name_holds_is_said_and_starts_nothing(user: Driver, picker: KindPicker) -> None:
    commit(picker.search.edit, "情书")
    assert picker.states.state() == "empty"
    user.qtbot.keyClick(picker.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "papers"
    picker.search.edit.clear()
    assert picker.states.state() == "content"


def test_enter_in_the_search_box_begins_the_first(user: Driver, picker: KindPicker) -> None:
    commit(picker.search.edit, "复查")
    user.qtbot.keyClick(picker.search.edit, Qt.Key.Key_Return)
    user.quiet()
    assert user.at() == "paper"


def test_the_menu_of_a_case_has_the_usual_ones_and_a_way_to_all(user: Driver) -> None:
    case = user.scene.cases[UNIT]
    user.open("case", case.id)
    user.act("paper.new")
    words = [one.text() for one in user.menu().actions() if one.text()]
    assert words[:4] == [
        "开具行政处理事先告知书",
        "开具撤销立案审批表",
        "开具案件移送函",
        "开具限期改正指令书",
    ]
    assert len(words) == 9
    user.choose("其他文书…")
    page = user.page()
    assert isinstance(page, PapersPage)
    assert [line.row.id for line in page.new.cases.rows_model.rows()] == [case.id]
    assert page.new.kinds.search.edit.hasFocus()


def test_the_choice_looks_as_it_was_accepted(
    user: Driver, picker: KindPicker, picture: Picture
) -> None:
    focus(user, picker.search.edit)
    picture(user, "papers_kinds_light", "light", 1.0, (1366, 768))
    picture(user, "papers_kinds_dark", "dark", 1.0, (1366, 768))
    commit(picker.search.edit, "告知")
    focus(user, picker.table)
    picture(user, "papers_kinds_found", "light", 1.0, (1366, 768))
