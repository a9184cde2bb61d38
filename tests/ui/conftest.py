"""The look in force for every test of the window, a window on fakes, and its context."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app.ui.context import UiContext
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.theme import current, style
from tests.helpers.gallery import make_window
from tests.ui.diary import diary_window
from tests.ui.fakes import RESOURCES, FakeLedger

# The offscreen platform says this of windows and menus; a real one does not.
OFFSCREEN_WORDS = "This plugin does not support (propagateSizeHints|raise|grabbing)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the harmless words of the offscreen platform pass; every other warning fails."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_WORDS, extend=True))


def _plain(app: QApplication) -> None:
    known = current._state.tokens
    if known is None or known.name != "light" or known.scale != 1.0:
        style.apply(app, RESOURCES, shipped_fonts_only=True)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    """The light look at 100 % in the shipped fonts, before and after each test."""
    _plain(qapp)
    yield
    _plain(qapp)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on fakes with the sample pages of the gallery, shown and quiet."""
    made = make_window(tmp_path)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitUntil(lambda: not made.tasks.busy())
    yield made
    made.tasks.finish()


@pytest.fixture
def context(window: MainWindow) -> UiContext:
    """What pages of that window are given."""
    return window.context


@pytest.fixture
def ledger() -> FakeLedger:
    """What the window on diaries asks."""
    return FakeLedger()


@pytest.fixture
def diary(qtbot: QtBot, tmp_path: Path, ledger: FakeLedger) -> MainWindow:
    """A window whose pages are diaries."""
    return diary_window(qtbot, tmp_path, ledger)


@pytest.fixture
def make_pdf(tmp_path: Path, qapp: QApplication) -> Callable[..., bytes]:
    """A PDF of so many pages, each with its number; the last may lie across."""

    def make(pages: int, *, across: bool = False, words: str = "Page") -> bytes:
        path = tmp_path / "made.pdf"
        writer = QPdfWriter(str(path))
        size = QPageSize(QPageSize.PageSizeId.A4)
        upright = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF())
        writer.setPageLayout(upright)
        painter = QPainter(writer)
        painter.setFont(QFont(painter.font().family(), 40))
        for number in range(1, pages + 1):
            if number > 1:
                if across and number == pages:
                    wide = QPageLayout(size, QPageLayout.Orientation.Landscape, QMarginsF())
                    writer.setPageLayout(wide)
                writer.newPage()
            painter.drawText(2000, 2000, f"{words} {number}")
        painter.end()
        return path.read_bytes()

    return make
