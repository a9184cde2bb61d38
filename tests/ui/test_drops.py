"""Files let go of above a widget, and the place where one small form stands at a time."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.drops import FileDrops


def let_go(target: QWidget, *urls: QUrl) -> bool:
    """Whether the drop was taken; the widget is asked as Qt asks it."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none.NoModifier)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    taken = enter.isAccepted()
    if taken:
        QApplication.sendEvent(target, QDropEvent(QPoint(5, 5), copy, data, left, none.NoModifier))
    QApplication.processEvents()
    return taken


def file(name: str) -> QUrl:
    return QUrl.fromLocalFile(name)


def test_the_first_file_of_a_known_ending_is_taken(qtbot: QtBot) -> None:
    target, taken = QWidget(), list[Path]()
    qtbot.addWidget(target)
    FileDrops(target, (".zip", ".toml"), taken.append)
    target.show()
    assert target.acceptDrops()
    assert let_go(target, file("/x/a.txt"), file("/x/B.ZIP"), file("/x/c.toml"))
    assert taken == [Path("/x/B.ZIP")]
    assert not let_go(target, file("/x/a.txt"))
    assert not let_go(target, QUrl("http://example.org/a.zip"))
    assert not let_go(target)
    assert len(taken) == 1


def test_with_alone_several_files_are_refused(qtbot: QtBot) -> None:
    target, taken = QWidget(), list[Path]()
    qtbot.addWidget(target)
    FileDrops(target, (".pdf",), taken.append, alone=True)
    target.show()
    assert not let_go(target, file("/x/a.pdf"), file("/x/b.pdf"))
    assert let_go(target, file("/x/a.pdf"))
    assert taken == [Path("/x/a.pdf")]
