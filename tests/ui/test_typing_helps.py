"""Search box, suggestions and dropping of files: what helps while typing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.widgets.drop import DropArea
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.suggest import Suggestion, Suggestions
from tests.ui.typing import commit, compose


def shown(qtbot: QtBot, widget: QWidget, width: int = 300, height: int = 80) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


def test_the_search_box_waits_for_the_commit_of_an_input_method(qtbot: QtBot) -> None:
    box = SearchBox("筛选")
    shown(qtbot, box)
    asked: list[str] = []
    box.searched.connect(asked.append)
    compose(box.edit, "qinghe")
    compose(box.edit, "qing he")
    assert not box._timer.isActive()
    assert asked == []
    with qtbot.waitSignal(box.searched):
        commit(box.edit, "青禾")
    assert asked == ["青禾"]


def test_the_search_box_sends_on_enter_clears_on_escape_and_goes_down(qtbot: QtBot) -> None:
    box = SearchBox("筛选", "Ctrl F")
    shown(qtbot, box)
    box.edit.setFocus()
    qtbot.waitUntil(lambda: box.property("focused") == "true")
    qtbot.keyClicks(box.edit, "ab")
    with qtbot.waitSignal(box.searched) as told:
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    assert told.args == ["ab"]
    with qtbot.waitSignal(box.searched) as told:
        qtbot.keyClick(box.edit, Qt.Key.Key_Escape)
    assert told.args == [""]
    with qtbot.waitSignal(box.down):
        qtbot.keyClick(box.edit, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(box.searched, wait=250):
        box.set_text("设好的")
    assert box.text() == "设好的"


def drop_data(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_of_the_right_kind_are_taken_by_dropping(qtbot: QtBot, tmp_path: Path) -> None:
    area = DropArea("把照片拖到这里", [".jpg", ".PNG"], "照片")
    shown(qtbot, area)
    good, bad = tmp_path / "现场.JPG", tmp_path / "说明.txt"
    nothing, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    wrong = drop_data(bad)
    area.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), nothing, wrong, left, plain))
    assert area.property("over") != "true"
    data = drop_data(good, bad)
    area.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), nothing, data, left, plain))
    assert area.property("over") == "true"
    area.dragLeaveEvent(QDragLeaveEvent())
    assert area.property("over") == "false"
    with qtbot.waitSignal(area.dropped) as told:
        area.dropEvent(QDropEvent(QPointF(5, 5), nothing, data, left, plain))
    assert told.args == [[good]]


def test_files_may_be_chosen_by_click_or_key(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    area = DropArea("选照片", [".jpg"], "照片")
    shown(qtbot, area)
    answer = (["/x/a.jpg", "/x/b.doc"], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: answer)
    with qtbot.waitSignal(area.dropped) as told:
        qtbot.mouseClick(area, Qt.MouseButton.LeftButton)
    assert told.args == [[Path("/x/a.jpg")]]
    with qtbot.waitSignal(area.dropped):
        qtbot.keyClick(area, Qt.Key.Key_Space)
    qtbot.keyClick(area, Qt.Key.Key_A)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    with qtbot.assertNotEmitted(area.dropped):
        area.choose()


@pytest.fixture
def suggesting(qtbot: QtBot) -> Iterator[tuple[QLineEdit, Suggestions, list[str]]]:
    host = QWidget()
    edit = QLineEdit()
    QVBoxLayout(host).addWidget(edit)
    asked: list[str] = []
    found = Suggestions(edit, asked.append)
    shown(qtbot, host, 400, 300)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    yield edit, found, asked
    host.close()


OFFERS = [Suggestion("1", "青禾建筑劳务有限公司", "案件 2 件"), Suggestion("2", "青和商贸有限公司")]


def test_suggestions_leave_the_focus_where_one_types(
    qtbot: QtBot, suggesting: tuple[QLineEdit, Suggestions, list[str]]
) -> None:
    edit, found, asked = suggesting
    compose(edit, "qing")
    assert asked == []
    commit(edit, "青")
    assert asked == ["青"]
    found.offer(OFFERS)
    assert found.isVisible()
    assert edit.hasFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    with qtbot.waitSignal(found.taken) as told:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert told.args == [OFFERS[0]]
    assert edit.text() == "青禾建筑劳务有限公司"
    assert found.isHidden()


def test_suggestions_close_on_escape_on_leaving_and_when_nothing_is_typed(
    qtbot: QtBot, suggesting: tuple[QLineEdit, Suggestions, list[str]]
) -> None:
    edit, found, _ = suggesting
    found.offer(OFFERS)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert found.isHidden()
    found.offer(OFFERS)
    qtbot.keyClick(edit, Qt.Key.Key_A)
    assert found.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert found.isHidden()
    found.offer(OFFERS)
    edit.clearFocus()
    assert found.isHidden()
    found.offer(OFFERS)
    assert found.isHidden()


def test_a_suggestion_may_be_taken_with_the_mouse(
    qtbot: QtBot, suggesting: tuple[QLineEdit, Suggestions, list[str]]
) -> None:
    edit, found, _ = suggesting
    found.offer(OFFERS)
    place = found.visualItemRect(found.item(1)).center()
    with qtbot.waitSignal(found.taken) as told:
        qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [OFFERS[1]]
    assert edit.hasFocus()
