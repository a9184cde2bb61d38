"""Tool tips show names and help as they stand, also where they look like markup."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.tables.columns import Column
from inspector_app.ui.tables.model import RowsModel
from inspector_app.ui.widgets.basic import Elided
from inspector_app.ui.widgets.tips import plain_tip

EVIL = '<b>甲</b> <img src="x.png"> & 乙\n第二行'


def read(tip: str) -> str:
    """What the tool tip shows."""
    if "<" not in tip:
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_what_looks_like_markup_is_shown_as_it_stands(qtbot: QtBot) -> None:
    assert plain_tip("甲乙公司") == "甲乙公司"
    assert read(plain_tip(EVIL)) == EVIL
    field = LineField("x", "名称", why=EVIL)
    qtbot.addWidget(field)
    assert read(field.edit.toolTip()) == EVIL
    line = Elided(EVIL)
    qtbot.addWidget(line)
    assert read(line.toolTip()) == EVIL
    model: RowsModel[str] = RowsModel((Column("名称", str, 80),), str, None)
    model.replace([EVIL])
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert read(str(tip)) == EVIL
