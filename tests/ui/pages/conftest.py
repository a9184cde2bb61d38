"""A window on a real small ledger: built once a session through the services, copied per test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.services.desk import Desk
from inspector_app.ui.backend import backend_of
from inspector_app.ui.page import Page
from inspector_app.ui.screenshot import grab
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.theme import style
from inspector_app.ui.widgets.buttons import Button
from tests.helpers.desks import make_desk
from tests.ui.fakes import RESOURCES
from tests.ui.pages.bureau import Bureau, make_bureau
from tests.ui.pages.scene import TODAY, Scene, build

WAIT = 30_000


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene]:
    """The folder of a closed ledger with the whole scene in it."""
    folder = tmp_path_factory.mktemp("office")
    scene = build(make_desk(folder, TODAY))
    scene.desk.ledger.close()
    return folder, scene


@pytest.fixture
def scene(template: tuple[Path, Scene], tmp_path: Path) -> Iterator[Scene]:
    """The scene on a ledger of its own."""
    folder, built = template
    copy = tmp_path / "office"
    shutil.copytree(folder, copy)
    desk = make_desk(copy, TODAY)
    first = built.people[0]
    yield replace(built, desk=replace(desk, actor=first.name, actor_id=first.id))
    desk.ledger.close()


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on a ledger with nothing in it."""
    desk = make_desk(tmp_path / "empty", TODAY)
    yield desk
    desk.ledger.close()


OpenWindow = Callable[[Desk], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens a window on a desk; the same data folder each time, as after a restart."""
    opened: list[MainWindow] = []

    def make(desk: Desk) -> MainWindow:
        data = tmp_path / "window"
        data.mkdir(exist_ok=True)
        made = MainWindow(desk, backend_of(desk), RESOURCES, data, shipped_fonts_only=True)
        qtbot.addWidget(made)
        made.resize(1440, 900)
        made.show()
        made.start()
        opened.append(made)
        qtbot.waitUntil(lambda: not made.tasks.busy(), timeout=WAIT)
        return made

    yield make
    for one in opened:
        one.tasks.finish()


@pytest.fixture
def office(open_window: OpenWindow, scene: Scene) -> MainWindow:
    """A window on the scene, on its first page, quiet."""
    return open_window(scene.desk)


class Driver:
    """Acts on a window as its user: opens pages, presses keys, waits for the worker."""

    def __init__(self, qtbot: QtBot, window: MainWindow, scene: Scene) -> None:
        self.qtbot, self.window, self.scene = qtbot, window, scene

    def quiet(self) -> None:
        """Until the worker has nothing more to do."""
        self.qtbot.waitUntil(lambda: not self.window.tasks.busy(), timeout=WAIT)
        QApplication.processEvents()

    def open(self, name: str, arg: object = None) -> Page:
        """Open a page and wait until it has read what it shows."""
        self.window.open_page(name, arg)
        self.quiet()
        return self.page()

    def page(self) -> Page:
        """The page in view."""
        page = self.window.stack.current()
        assert page is not None
        return page

    def at(self) -> str:
        """Its name."""
        return self.window.stack.current_name()

    def act(self, action_id: str) -> None:
        """What the key of an action does."""
        self.window.actions_.trigger(action_id)
        self.quiet()

    def toast(self) -> str:
        """The sentence at the foot of the window."""
        return self.window.toast_.text() if self.window.toast_.isVisible() else ""

    def undo(self) -> None:
        """Press 撤销 in the toast."""
        self.window.toast_.button().click()
        self.quiet()

    def menu(self) -> QMenu:
        """The menu that is open; it is closed again by choosing or `close`."""
        menus = [one for one in self.window.findChildren(QMenu) if one.isVisible()]
        assert menus, "no menu is open"
        return menus[-1]

    def choose(self, words: str) -> None:
        """Choose the entry of the open menu that starts with these words."""
        menu = self.menu()
        entry = next(one for one in menu.actions() if one.text().startswith(words))
        menu.close()
        entry.trigger()
        self.quiet()


def press(where: QWidget, words: str) -> None:
    """Press the button with these words."""
    buttons = [one for one in where.findChildren(Button) if one.text() == words]
    shown = [one for one in buttons if not one.isHidden()]
    assert shown, f"no button {words}: {[b.text() for b in where.findChildren(Button)]}"
    shown[-1].click()


def drop(page: QWidget, source: Path) -> None:
    """Let go of a file above a page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    for made in (QDragEnterEvent, QDropEvent):
        QApplication.sendEvent(page, made(QPoint(5, 5), copy, data, left, none.NoModifier))
    QApplication.processEvents()


Picture = Callable[[Driver, str, str, float, tuple[int, int]], None]


@pytest.fixture
def picture(picture_check: Callable[..., None], qapp: QApplication) -> Picture:
    """Compare the window in a look, text size and window size with the stored picture."""

    def check(user: Driver, name: str, theme: str, scale: float, size: tuple[int, int]) -> None:
        style.apply(qapp, RESOURCES, theme, scale, shipped_fonts_only=True)
        user.window.toast_.hide()
        user.window.resize(*size)
        user.quiet()
        picture_check(f"ui/{name}", grab(user.window, size))

    return check


@pytest.fixture
def user(qtbot: QtBot, office: MainWindow, scene: Scene) -> Driver:
    """Somebody who uses the window on the scene."""
    return Driver(qtbot, office, scene)


@pytest.fixture
def bureau(
    qtbot: QtBot, open_window: OpenWindow, empty_desk: Desk, tmp_path: Path
) -> Iterator[Bureau]:
    """A window on an empty ledger, another PC, and the shared database between them."""
    made = make_bureau(qtbot, open_window(empty_desk), empty_desk, tmp_path)
    yield made
    made.other.close()
