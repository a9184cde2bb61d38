"""A page that writes down what the window asks of it, and a window of such pages."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page, PageSpec
from inspector_app.ui.shell import MainWindow
from tests.ui.fakes import RESOURCES, FakeLedger, fake_desk

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Diary(Page):
    """A page that writes down what the window asks of it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "日记")
        self.seen: list[object] = []
        self.news: list[Changes] = []
        self.stays = False
        self.did: list[str] = []

    def show_for(self, arg: object) -> None:
        self.seen.append(arg)

    def refresh(self, changes: Changes) -> None:
        self.news.append(changes)

    def leave(self) -> bool:
        return not self.stays

    def place(self) -> object:
        return self.seen[-1]

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"export": lambda: self.did.append("export")}


SPECS = {
    "home": PageSpec("home", "我的待办", "home_20", "x", "main"),
    "cases": PageSpec("cases", "案件台账", "table_20", "x", "main"),
    "case": PageSpec("case", "案件", "table_20", "x", under="cases"),
    "parties": PageSpec("parties", "单位与项目", "building_multiple_20", "x", "main"),
    "settings": PageSpec("settings", "设置", "settings_20", "x", "foot", help="home"),
}


def diary_window(qtbot: QtBot, folder: Path, ledger: FakeLedger) -> MainWindow:
    """A window whose pages are diaries."""
    made = MainWindow(fake_desk(), ledger.backend(), RESOURCES, folder, pages=SPECS)
    made.stack._make = lambda _spec, context: Diary(context)
    qtbot.addWidget(made)
    made.show()
    made.start()
    qtbot.waitUntil(lambda: made.status.ledger_text() != "本机台账")
    return made


def current(window: MainWindow) -> Diary:
    page = window.stack.current()
    assert isinstance(page, Diary)
    return page
