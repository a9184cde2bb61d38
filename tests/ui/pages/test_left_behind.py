"""A window that was closed leaves nothing behind: one may be opened after another, for weeks."""

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from inspector_app.ui.backend import backend_of
from inspector_app.ui.shell import MainWindow
from tests.ui.fakes import RESOURCES
from tests.ui.pages.conftest import WAIT
from tests.ui.pages.scene import Scene


def used_window(qtbot: QtBot, scene: Scene, data: Path) -> "weakref.ref[QObject]":
    """A window every page of which was seen, closed again."""
    data.mkdir()
    window = MainWindow(
        scene.desk, backend_of(scene.desk), RESOURCES, data, shipped_fonts_only=True
    )
    window.show()
    window.start()
    for name in window.stack.specs:
        window.open_page(name)
        qtbot.waitUntil(lambda: not window.tasks.busy(), timeout=WAIT)
    window.close()
    window.tasks.finish()
    window.deleteLater()
    return weakref.ref(window)


def test_a_closed_window_is_gone_with_all_its_pages(
    qtbot: QtBot, scene: Scene, tmp_path: Path
) -> None:
    gone = used_window(qtbot, scene, tmp_path / "window")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    gc.collect()
    assert gone() is None
