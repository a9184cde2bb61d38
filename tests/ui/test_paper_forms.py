"""Forms made from a paper kind, and the table of workers in them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import Column, Field, FieldType, Layout, PaperKind
from inspector_app.errors import UserError
from inspector_app.ui.forms.build import in_rows, owing, paper_form
from inspector_app.ui.forms.choices import ChoiceField, InspectorField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import IntegerField, LineField, MoneyField, TimeField
from inspector_app.ui.forms.table_field import TableField
from inspector_app.ui.forms.table_model import TableRowsModel, stored
from inspector_app.ui.forms.texts import TextField
from tests.ui.fakes import TODAY

COLUMNS = (
    Column("no", "序号", 9),
    Column("name", "姓名", 16),
    Column("days", "天数", 12, "integer"),
    Column("due", "应付", 20, "money"),
    Column("paid", "已付", 20, "money"),
    Column("owing", "尚欠", 20, "money"),
)
ROWS = (
    {"no": "1", "name": "张三", "days": "20", "due": "500000", "paid": "100000", "owing": "400000"},
    {"no": "2", "name": "李四", "days": "9", "due": "200000", "paid": "", "owing": "200000"},
)


def day() -> date:
    return TODAY


@pytest.fixture
def field(qtbot: QtBot) -> TableField:
    made = TableField("wages", "明细表", COLUMNS, derive=owing)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.set_value(ROWS)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_model_of_the_table_field_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = TableRowsModel(COLUMNS)
    model.set_rows(ROWS)
    qtmodeltester.check(model)


def test_amounts_are_shown_with_separators_and_kept_in_fen(field: TableField) -> None:
    model = field.model
    assert model.data(model.index(0, 3)) == "5,000.00"
    assert model.data(model.index(0, 0)) == "1"
    assert field.value() == ROWS
    assert field._sums.text() == "2 人次　应付 7,000.00　已付 1,000.00　尚欠 6,000.00"


def test_what_is_owed_follows_from_what_was_due_and_paid(qtbot: QtBot, field: TableField) -> None:
    model = field.model
    with qtbot.waitSignal(field.edited):
        assert model.setData(model.index(0, 4), "2,000")
    assert model.data(model.index(0, 5)) == "3,000.00"
    assert "尚欠 5,000.00" in field._sums.text()
    with qtbot.assertNotEmitted(field.edited):
        assert model.setData(model.index(0, 4), "2,000.00")
    assert not model.setData(model.index(0, 4), "1", Qt.ItemDataRole.DisplayRole)
    assert owing({"due": ""}) == {}


def test_a_bad_cell_is_refused_in_words_and_the_old_value_stays(field: TableField) -> None:
    model = field.model
    assert not model.setData(model.index(1, 3), "约五千")
    assert field.error().startswith("第 2 行应付：")
    assert model.data(model.index(1, 3)) == "2,000.00"
    assert model.setData(model.index(1, 3), "5000")
    assert field.error() == ""
    with pytest.raises(UserError):
        stored(COLUMNS[2], "二十")
    assert stored(COLUMNS[2], "1,200") == "1200"


def test_rows_are_added_typed_and_dropped_by_key(qtbot: QtBot, field: TableField) -> None:
    field.view.setFocus()
    qtbot.keyClick(field.view, Qt.Key.Key_Insert)
    assert field.model.rowCount() == 3
    editor = field.view.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Wang")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(field.model.rows()) == 3)
    qtbot.waitUntil(field.view.hasFocus)
    assert field.model.rows()[2] == {"name": "Wang", "no": "3"}
    field.view.setCurrentIndex(field.model.index(0, 1))
    qtbot.keyClick(field.view, Qt.Key.Key_Delete)
    assert [row["name"] for row in field.model.rows()] == ["李四", "Wang"]
    qtbot.keyClick(field.view, Qt.Key.Key_Return)
    qtbot.keyClick(field.view, Qt.Key.Key_Tab)
    assert not field.is_empty()
    assert field.validate(complete=True)


def test_an_empty_row_counts_for_nothing(qtbot: QtBot) -> None:
    made = TableField("wages", "明细表", COLUMNS[:3], required=True)
    qtbot.addWidget(made)
    made.add_row()
    assert made.is_empty()
    assert made._sums.text() == ""
    assert not made.validate(complete=True)
    made.set_value(None)
    made.set_read_only(True)
    assert not made.editor.isEnabled()


def test_cells_of_a_workbook_are_pasted_as_rows(qtbot: QtBot, field: TableField) -> None:
    QGuiApplication.clipboard().setText("王五\t12\t3,000\t\n\n赵六\t8\t1000.50\t500\n")
    field.view.setFocus()
    field.view.setCurrentIndex(field.model.index(0, 1))
    qtbot.keyClick(field.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.model.rows()[2] == {
        "no": "3",
        "name": "王五",
        "days": "12",
        "due": "300000",
        "paid": "",
    }
    assert field.model.rows()[3]["due"] == "100050"
    QGuiApplication.clipboard().setText("钱七\t十天")
    field.view.setCurrentIndex(field.model.index(0, 1))
    field.paste()
    assert field.error().startswith("粘贴的第 1 行")
    assert len(field.model.rows()) == 4


def a_field(key: str, kind: FieldType, **more: object) -> Field:
    return Field(key, key, kind, **more)  # type: ignore[arg-type]  # tests name fields freely


KIND = PaperKind(
    id="try",
    title="试",
    version="1",
    effective_from=TODAY,
    layout=Layout.LETTER,
    series="",
    series_char="",
    fields=(
        a_field("party", FieldType.LINE, group="对象", required=True, max_length=80),
        a_field("project", FieldType.LINE, group="对象"),
        a_field("place", FieldType.LINE, group="对象", max_length=300),
        a_field("facts", FieldType.TEXT, group="事实"),
        a_field("day", FieldType.DATE, group="事实"),
        a_field("time", FieldType.TIME, group="事实"),
        a_field("amount", FieldType.MONEY, group="事实"),
        a_field("people", FieldType.INTEGER, group="事实"),
        a_field("way", FieldType.CHOICE, group="事实", options=("甲", "乙")),
        a_field("items", FieldType.TICKS, group="事实", options=("甲", "乙")),
        a_field("table", FieldType.TABLE, group="事实", columns=COLUMNS),
        a_field("plain", FieldType.TABLE, columns=COLUMNS[:2]),
        a_field("inspector", FieldType.INSPECTOR),
    ),
    body=(),
)


def test_a_paper_form_has_the_field_for_every_type(qtbot: QtBot) -> None:
    people = [Inspector("1", "李明", "410400", "410400", "豫0001")]
    form = paper_form(KIND, day, people)
    qtbot.addWidget(form)
    made = [type(one) for one in form.fields.values()]
    wanted = [LineField, LineField, LineField, TextField, DateField, TimeField, MoneyField]
    wanted += [IntegerField, ChoiceField, TicksField, TableField, TableField, InspectorField]
    assert made == wanted
    assert not form.validate()
    assert form.fields["party"].error() == "请填写party"


def test_short_fields_share_a_row_and_wide_ones_do_not() -> None:
    assert [[one.id for one in row] for row in in_rows(KIND.fields[:7])] == [
        ["party", "project"],
        ["place"],
        ["facts"],
        ["day", "time"],
        ["amount"],
    ]
