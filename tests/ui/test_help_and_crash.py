"""Help, crash reports, missing libraries, input methods, pictures, and the real backend."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inspector_app.services.desk import Desk
from inspector_app.ui import crash as crash_module
from inspector_app.ui.backend import backend_of
from inspector_app.ui.crash import CrashDesk, LastEnd, put_aside, report_text
from inspector_app.ui.help import HelpWindow, topics
from inspector_app.ui.ime import choose_input_method
from inspector_app.ui.missing import apt_line, explain_missing_libs
from inspector_app.ui.screenshot import grab
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.widgets.buttons import Button
from tests.helpers import desks


# ── help ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "help"
    folder.mkdir()
    (folder / "home.md").write_text("# 我的待办\n\n按剩余工作日排列。", encoding="utf-8")
    (folder / "papers.md").write_text("# 文书制作\n\n编号后不能再改。", encoding="utf-8")
    (folder / "empty.md").write_text("", encoding="utf-8")
    return folder


def test_help_opens_where_one_stands(qtbot: QtBot, texts: Path) -> None:
    window = HelpWindow(texts, None)
    qtbot.addWidget(window)
    window.show_topic("papers")
    assert "编号后不能再改" in window.text.toPlainText()
    assert topics(texts) == {"empty": "empty", "home": "我的待办", "papers": "文书制作"}
    window.show_topic("nothing")
    assert window.list.currentRow() == 0
    window.list.setCurrentRow(1)
    assert "按剩余工作日" in window.text.toPlainText()
    qtbot.keyClick(window, Qt.Key.Key_A)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not window.isVisible()


def test_help_without_texts_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    window = HelpWindow(tmp_path, None)
    qtbot.addWidget(window)
    window.show_topic("home")
    assert "没有找到" in window.text.toPlainText()


def test_f1_opens_help_for_the_page_in_view(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help.isVisible()
    window.help.close()


# ── crash ────────────────────────────────────────────────────────────────────────────────────────
def a_bug(text: str = "身份证 410499197803120113，电话 13900000001") -> ZeroDivisionError:
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError as error:
        return error


def test_a_report_names_the_place_and_hides_numbers_of_persons() -> None:
    text = report_text(a_bug())
    assert "ZeroDivisionError" in text
    assert "test_help_and_crash.py" in text
    assert "410499197803120113" not in text
    assert "13900000001" not in text


def test_a_report_is_shown_before_it_is_saved_and_once_for_a_place(
    qtbot: QtBot, tmp_path: Path
) -> None:
    desk = CrashDesk(tmp_path, None)
    error = a_bug()
    desk.show(error)
    dialog = desk.dialog
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert not (tmp_path / "crash").exists()
    dialog.copy()
    assert QGuiApplication.clipboard().text() == dialog.view.toPlainText()
    dialog.keep()
    saved = list((tmp_path / "crash").glob("*.txt"))
    assert len(saved) == 1
    assert saved[0].read_text(encoding="utf-8") == dialog.view.toPlainText()
    assert str(saved[0]) in dialog.where.text()
    desk.show(error)
    assert desk.dialog is dialog
    desk.show(KeyError("elsewhere"))
    assert desk.dialog is not dialog
    qtbot.addWidget(desk.dialog)


def test_what_nobody_caught_is_shown_and_an_interrupt_is_not(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(crash_module.sys, "excepthook", None)
    monkeypatch.setattr(crash_module.sys, "__excepthook__", lambda kind, *_: told.append(kind))
    desk = CrashDesk(tmp_path, None)
    desk.install()
    hook = sys.excepthook
    hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert desk.dialog is None
    error = a_bug()
    hook(type(error), error, error.__traceback__)
    assert desk.dialog is not None
    qtbot.addWidget(desk.dialog)
    assert told == [KeyboardInterrupt, ZeroDivisionError]


def test_what_a_dead_process_wrote_is_kept_for_each_time(tmp_path: Path) -> None:
    log = tmp_path / "crash.log"
    assert put_aside(log) is None
    log.touch()
    assert put_aside(log) is None
    kept = []
    for words in ("Fatal Python error: one", "Fatal Python error: two"):
        log.write_text(words, encoding="utf-8")
        os.utime(log, (1_795_000_000, 1_795_000_000))
        end = put_aside(log)
        assert end is not None
        assert end.text == end.kept.read_text(encoding="utf-8") == words
        kept.append(end.kept.name)
    assert not log.exists()
    assert all(re.fullmatch(r"crash-\d{8}-\d{6}(-2)?\.log", name) for name in kept)
    assert len(set(kept)) == 2


def test_a_log_that_cannot_be_moved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _to: Path) -> Path:
        raise PermissionError("held")

    log = tmp_path / "crash.log"
    log.write_text("Fatal Python error", encoding="utf-8")
    monkeypatch.setattr(Path, "rename", refuse)
    end = put_aside(log)
    assert end is not None
    assert end.kept == log
    assert log.read_text(encoding="utf-8") == "Fatal Python error"


def test_the_last_end_is_told_without_numbers_of_persons(qtbot: QtBot, tmp_path: Path) -> None:
    desk = CrashDesk(tmp_path, None)
    desk.show_last(LastEnd("Fatal Python error 13900000001", tmp_path / "crash-1.log"))
    dialog = desk.dialog
    assert dialog is not None
    qtbot.addWidget(dialog)
    words = [one.text() for one in dialog.findChildren(QLabel)]
    assert "上次程序没有正常退出" in words
    assert f"已存到 {tmp_path / 'crash-1.log'}" in words
    assert "Fatal Python error" in dialog.view.toPlainText()
    assert "13900000001" not in dialog.view.toPlainText()
    assert "存下报告" not in [one.text() for one in dialog.findChildren(Button)]
    dialog.keep()
    assert not (tmp_path / "crash").exists()


# ── what the system lacks ────────────────────────────────────────────────────────────────────────
def test_missing_system_libraries_are_explained_with_one_line() -> None:
    text = "libEGL.so.1: cannot open shared object file: No such file or directory"
    words = explain_missing_libs(ImportError(text))
    assert "libEGL.so.1" in words
    assert apt_line() in words
    assert re.fullmatch(
        r"sudo apt-get install -y --no-install-recommends( [a-z0-9.-]+)+", apt_line()
    )
    assert "README" in explain_missing_libs(ImportError("No module named 'PySide6'"))


def test_the_explanation_needs_no_qt() -> None:
    code = "import sys; from inspector_app.ui import ime, missing; print('PySide6' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize(
    "environment",
    [{"QT_IM_MODULE": "fcitx"}, {"XMODIFIERS": "@im=fcitx"}, {"GTK_IM_MODULE": "fcitx5"}],
)
def test_fcitx_is_spoken_to_as_ibus(environment: dict[str, str]) -> None:
    environment["QT_IM_MODULES"] = "wayland;fcitx"
    choose_input_method(environment)
    assert environment["QT_IM_MODULE"] == "ibus"
    assert "QT_IM_MODULES" not in environment


def test_other_input_methods_are_left_alone() -> None:
    environment = {"XMODIFIERS": "@im=ibus"}
    choose_input_method(environment)
    assert environment == {"XMODIFIERS": "@im=ibus"}


def test_a_picture_has_the_size_asked_for(window: MainWindow) -> None:
    with Image.open(io.BytesIO(grab(window, (1440, 900)))) as picture:
        assert picture.size == (1440, 900)


# ── the real backend ─────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desks.make_desk(tmp_path)
    yield made
    made.ledger.close()


def test_the_window_learns_from_the_ledger_itself_what_has_changed(desk: Desk) -> None:
    from inspector_app.services.clues import register_clue

    backend = backend_of(desk)
    assert not backend.drain()
    clue = register_clue(desk, desks.a_clue_form())
    changes = backend.drain()
    assert changes.touches_one("clue", clue.id)
    assert len(changes.changesets) == 1
    assert changes.own == changes.changesets
    assert not backend.drain()
    assert backend.facts().clues == 1
    found = backend.search("青禾")
    assert any("青禾" in one.title + one.subtitle for one in found)
    backend.undo(changes.changesets[0])
    assert backend.facts().clues == 0
    register_clue(desk, desks.a_clue_form())
    assert backend.undo_last()
    assert backend.facts().clues == 0


def test_what_others_wrote_meanwhile_is_news_but_not_ones_own(desk: Desk) -> None:
    """Neither another program beside the window nor what was received can be taken back as one's
    own action."""
    from inspector_app.ledger.ledger import Ledger
    from inspector_app.ledger.receive import receiving
    from inspector_app.services.clues import register_clue
    from tests.helpers.builders import an_employer

    backend = backend_of(desk)
    register_clue(desk, desks.a_clue_form())
    other = Ledger.open(desk.ledger.path)
    with other.work("导入", actor="他人", at=desk.now()) as uow:
        uow.add(an_employer(id="other"))
        uow.commit()
    other.close()
    with receiving(desk.ledger, desk.now()) as page:
        page.connection.exec_driver_sql("UPDATE employer SET note = '收到'")
        page.commit()
    changes = backend.drain()
    assert len(changes.changesets) == 3
    assert changes.own == changes.changesets[:1]
    backend.undo(changes.own[-1])
    assert backend.facts().clues == 0
