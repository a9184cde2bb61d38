"""Tables: the model by Qt's own tester, keys, refresh, copying, columns that give way."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.model import RowsModel, alignment
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme import style
from tests.ui.fakes import RESOURCES

Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Row:
    id: str
    unit: str
    worker: str = "张*"
    fen: str = "1,000.00"
    left: int = 5
    closed: bool = False


def tone(row: Row) -> str:
    return "danger" if row.left < 0 else "none" if row.closed else "neutral"


COLUMNS = [
    Column[Row]("期限", lambda r: f"剩 {r.left} 天", 100, Kind.DEADLINE, tone=tone),
    Column[Row](
        "单位",
        lambda r: r.unit,
        200,
        Kind.TWO_LINE,
        stretch=True,
        sub=lambda r: r.worker,
        sort_key="unit",
    ),
    Column[Row]("金额", lambda r: r.fen, 120, Kind.NUMBER, 2),
    Column[Row]("日期", lambda _: "", 120, Kind.DATE, 4),
    Column[Row](
        "状态", lambda r: "草稿", 90, Kind.PILL, 3, tip="文书的状态", tone=lambda _: "violet"
    ),
    Column[Row]("阶段", lambda r: "立案", 90, Kind.STAGE, 3, tone=lambda _: "info"),
]


def rows(count: int, first: int = 0) -> list[Row]:
    return [Row(str(n), f"单位 {n}") for n in range(first, first + count)]


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable[Row]:
    made = RowsTable(COLUMNS, lambda r: r.id, faded=lambda r: r.closed, name="案件台账")
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = RowsModel(COLUMNS, lambda r: r.id)
    model.replace(rows(5), more=lambda: None)
    model.append(rows(3, 5))
    qtmodeltester.check(model)


def test_a_cell_has_words_for_screen_readers_and_a_side_to_stand_on() -> None:
    model = RowsModel(COLUMNS, lambda r: r.id)
    model.replace(rows(2))
    unit = model.index(0, 1)
    assert model.data(unit) == "单位 0"
    assert model.data(unit, Role.AccessibleTextRole) == "单位 0 张*"
    assert model.data(model.index(0, 2), Role.TextAlignmentRole) == alignment(Kind.NUMBER)
    assert model.data(unit, Role.DecorationRole) is None
    assert model.data(model.index(9, 9)) is None
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(2, across) == "金额"
    assert model.headerData(2, across, Role.TextAlignmentRole) == alignment(Kind.NUMBER)
    assert model.headerData(4, across, Role.ToolTipRole) == "文书的状态"
    assert model.headerData(0, across, Role.ToolTipRole) is None
    assert model.headerData(0, across, Role.DecorationRole) is None
    assert model.headerData(0, down) is None
    assert model.headerData(99, across) is None


def test_the_next_page_is_asked_for_once_and_added(table: RowsTable[Row]) -> None:
    asked: list[int] = []
    model = table.rows_model
    table.show_rows(rows(3), more=lambda: asked.append(1))
    root = table.rootIndex()
    while model.canFetchMore(root):
        model.fetchMore(root)
    model.fetchMore(root)
    assert asked == [1]
    model.append(rows(2, 3), more=None)
    assert [row.id for row in model.rows()] == ["0", "1", "2", "3", "4"]
    assert not model.canFetchMore(root)
    model.append([])


def test_a_refresh_keeps_the_current_row_and_the_scroll_place(
    qtbot: QtBot, table: RowsTable[Row]
) -> None:
    table.show_rows(rows(100))
    table.selectRow(60)
    bar = table.verticalScrollBar()
    bar.setValue(bar.value() + 30)
    place = bar.value()
    with qtbot.assertNotEmitted(table.chosen):
        table.show_rows([Row("new", "新来的"), *rows(100)])
    assert table.current_key() == "60"
    assert bar.value() == place
    with qtbot.waitSignal(table.chosen) as told:
        table.show_rows(rows(5))
    assert told.args == [None]
    assert table.current_row() is None
    table.show_rows(rows(6))
    assert table.current_key() == ""


def test_the_focus_selects_the_row_it_makes_current(qtbot: QtBot, table: RowsTable[Row]) -> None:
    table.clearFocus()
    table.show_rows(rows(3))
    told: list[str] = []
    table.chosen.connect(lambda row: told.append(row.id))
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert [row.id for row in table.selected_rows()] == ["0"]
    assert told == ["0"]
    table.show_rows(rows(4))
    assert [row.id for row in table.selected_rows()] == ["0"]
    table.selectRow(2)
    table.clearFocus()
    table.setFocus()
    assert [row.id for row in table.selected_rows()] == ["2"]


def test_a_list_beside_a_detail_selects_some_row(table: RowsTable[Row]) -> None:
    table.clearFocus()
    table.select_some_row()
    table.show_rows(rows(3))
    table.select_some_row()
    assert table.current_key() == "0"
    table.selectRow(2)
    table.select_some_row()
    assert [row.id for row in table.selected_rows()] == ["2"]


def test_keys_move_open_and_jump(qtbot: QtBot, table: RowsTable[Row]) -> None:
    table.show_rows(rows(10))
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [table.current_row()]
    assert table.current_key() == "1"
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_End)
    assert chosen.args[0].id == "9"
    place = table.visualRect(table.rows_model.index(9, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.opened):
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_nothing_opens_in_an_empty_table(qtbot: QtBot, table: RowsTable[Row]) -> None:
    with qtbot.assertNotEmitted(table.opened):
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return):
            qtbot.keyClick(table, key)
    table.copy_selection()
    assert not table.select_key("3")


def test_selected_rows_are_copied_as_they_are_shown(qtbot: QtBot) -> None:
    table = RowsTable(COLUMNS[:3], lambda r: r.id, multiple=True)
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.show_rows(rows(3))
    table.selectAll()
    assert len(table.selected_rows()) == 3
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "期限\t单位\t金额"
    assert copied[1] == "剩 5 天\t单位 0 张*\t1,000.00"
    assert len(copied) == 4


def test_a_row_has_a_menu_of_its_own(qtbot: QtBot, table: RowsTable[Row]) -> None:
    asked: list[Row] = []
    made: list[QMenu] = []

    def maker(row: Row) -> QMenu:
        asked.append(row)
        made.append(QMenu(table))
        made[0].addAction("打开")
        return made[0]

    table.show_rows(rows(2))
    place = table.visualRect(table.rows_model.index(1, 0)).center()
    table.customContextMenuRequested.emit(place)
    assert asked == []
    table.set_menu(maker)
    table.customContextMenuRequested.emit(QPoint(5, 290))
    assert asked == []
    table.customContextMenuRequested.emit(place)
    assert [row.id for row in asked] == ["1"]
    assert made[0].isVisible()
    made[0].close()


def test_a_click_on_a_head_asks_for_another_order(qtbot: QtBot, table: RowsTable[Row]) -> None:
    with qtbot.waitSignal(table.sort_asked) as told:
        table.horizontalHeader().sectionClicked.emit(1)
    assert told.args == ["unit"]
    with qtbot.assertNotEmitted(table.sort_asked):
        table.horizontalHeader().sectionClicked.emit(0)


def hidden(table: RowsTable[Row]) -> list[str]:
    return [c.title for n, c in enumerate(COLUMNS) if table.isColumnHidden(n)]


def test_columns_of_low_priority_give_way_in_a_narrow_table(
    qtbot: QtBot, qapp: QApplication, table: RowsTable[Row]
) -> None:
    assert hidden(table) == []
    table.resize(650, 300)
    qtbot.waitUntil(lambda: hidden(table) == ["日期"])
    table.resize(420, 300)
    qtbot.waitUntil(lambda: hidden(table) == ["日期", "状态", "阶段"])
    table.resize(200, 300)
    qtbot.waitUntil(lambda: hidden(table) == ["金额", "日期", "状态", "阶段"])
    table.resize(900, 300)
    qtbot.waitUntil(lambda: hidden(table) == [])
    table.resize(700, 300)
    style.apply(qapp, RESOURCES, "light", 1.25, shipped_fonts_only=True)
    assert "日期" in hidden(table)
    assert table.columnWidth(0) == 125


def test_every_kind_of_cell_is_painted_also_chosen_faded_and_dense(qtbot: QtBot) -> None:
    for grid in (False, True):
        table = RowsTable(COLUMNS, lambda r: r.id, grid=grid, faded=lambda r: r.closed)
        qtbot.addWidget(table)
        table.resize(900, 260)
        some = [Row("1", "甲", left=-2), Row("2", "乙", ""), Row("3", "丙", closed=True)]
        table.show_rows(some)
        before = table.grab().toImage()
        table.selectRow(0)
        assert table.grab().toImage() != before
        hint = table.itemDelegate().sizeHint(None, table.rows_model.index(0, 0))
        assert hint.height() == (35 if grid else 54)
