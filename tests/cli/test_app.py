"""The composition root: where the ledger lies, what a machine may lack, one window per ledger."""

import ctypes
import faulthandler
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inspector_app import __main__ as entry
from inspector_app import app, app_window
from inspector_app.cli.parts import DEMO_MARK
from inspector_app.errors import OutsideError
from inspector_app.ledger.views import ClueQuery
from inspector_app.services.clues import clue_list
from inspector_app.ui.shell import TITLE, MainWindow
from tests.cli.conftest import Commands
from tests.e2e.days import DayDone

DAY = date(2026, 9, 28)
# The offscreen platform says this of every window; a real one does not.
pytestmark = pytest.mark.qt_log_ignore(app_window.OFFSCREEN_WORDS, extend=True)


def test_the_ledger_lies_where_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSPECTOR_APP_DATA", str(tmp_path))
    assert app.default_data_dir() == tmp_path
    monkeypatch.delenv("INSPECTOR_APP_DATA")
    assert app.default_data_dir().name == "inspector-app"
    assert str(app.default_data_dir()).isascii() or not str(Path.home()).isascii()


def test_a_command_without_data_uses_the_users_own_ledger(
    command: Commands, tmp_path: Path
) -> None:
    assert command("clue", "list", "--json").json == {"clues": [], "total": 0}
    assert (tmp_path / "own" / "ledger.db").is_file()


def test_without_a_fixed_day_the_clock_of_the_pc_counts(tmp_path: Path) -> None:
    desk = app.make_desk(tmp_path)
    assert desk.today() == app.wall_clock() == desk.now().date()
    desk.ledger.close()
    fixed = app.make_desk(tmp_path, today=DAY)
    assert (fixed.today(), fixed.now().date()) == (DAY, DAY)
    assert fixed.now() == fixed.now()
    fixed.ledger.close()


def test_who_sits_here_signs_what_is_done(tmp_path: Path) -> None:
    (tmp_path / "station.json").write_text('{"user_id": "u-1", "name": "演示李明"}', "utf-8")
    desk = app.make_desk(tmp_path)
    assert (desk.actor, desk.actor_id, desk.city) == ("演示李明", "u-1", "410400")
    desk.ledger.close()


def test_a_folder_with_the_mark_is_always_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / DEMO_MARK).touch()
    desk = app.make_desk(tmp_path)
    assert desk.demo is True
    desk.ledger.close()


def test_an_office_font_folder_is_looked_into(tmp_path: Path) -> None:
    desk = app.make_desk(tmp_path)
    assert desk.fonts() is desk.fonts()
    assert desk.fonts().missing("劳动保障监察") == []
    desk.ledger.close()


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A Linux machine without a screen."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_display_the_commands_are_named(
    linux: pytest.MonkeyPatch, command: Commands
) -> None:
    ran = command()
    assert ran.code == 1
    assert "没有可用的显示器" in ran.err
    for verb in ("demo", "import", "paper", "terms"):
        assert verb in ran.err


def test_a_missing_system_library_is_told_as_an_apt_line(linux: pytest.MonkeyPatch) -> None:
    linux.setenv("DISPLAY", ":0")

    def load(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    linux.setattr(ctypes, "CDLL", load)
    with pytest.raises(OutsideError, match=r"apt-get install .*libxcb-cursor0") as told:
        app.require_display()
    assert "libxcb-cursor.so.0" in told.value.message


def test_a_machine_with_screen_and_libraries_is_fine(linux: pytest.MonkeyPatch) -> None:
    linux.setenv("DISPLAY", ":0")
    linux.setattr(ctypes, "CDLL", lambda _: None)
    app.require_display()
    linux.delenv("DISPLAY")
    linux.setenv("QT_QPA_PLATFORM", "offscreen")
    app.require_display()
    linux.setattr(sys, "platform", "win32")
    app.require_display()


def test_qt_that_cannot_be_loaded_is_told_and_a_bug_of_ours_is_not_hidden() -> None:
    with (
        pytest.raises(OutsideError, match="apt-get install"),
        app.qt_loaded(),
    ):
        raise ImportError("libGL.so.1: cannot open shared object file", name="PySide6.QtGui")
    with pytest.raises(ImportError, match="ours"), app.qt_loaded():
        raise ImportError("ours", name="inspector_app.ui.shell")


def test_the_demo_goes_on_without_pictures_where_qt_is_missing(demo_day: DayDone) -> None:
    assert demo_day.summary["papers"]
    assert demo_day.summary["screenshots"] == []


def test_a_second_window_on_a_ledger_is_refused(tmp_path: Path) -> None:
    second = app_window.one_window(tmp_path)
    with app_window.one_window(tmp_path), pytest.raises(OutsideError, match="已经打开"):
        second.__enter__()
    with app_window.one_window(tmp_path):
        assert (tmp_path / "window.lock").exists()


def test_what_the_last_process_left_is_put_aside_and_handed_on(tmp_path: Path) -> None:
    (tmp_path / "crash.log").write_text("Fatal Python error: Aborted", encoding="utf-8")
    with app_window.crash_log(tmp_path) as end:
        assert end is not None
        assert end.text == "Fatal Python error: Aborted"
        assert (tmp_path / "crash.log").read_text(encoding="utf-8") == ""
    with app_window.crash_log(tmp_path) as end:
        assert end is None
    (kept,) = tmp_path.glob("crash-*.log")
    assert kept.read_text(encoding="utf-8") == "Fatal Python error: Aborted"


def test_a_fault_that_was_survived_is_kept_but_not_told(tmp_path: Path) -> None:
    with app_window.crash_log(tmp_path), (tmp_path / "crash.log").open("a") as log:
        faulthandler.dump_traceback(log)
    with app_window.crash_log(tmp_path) as end:
        assert end is None
    assert len(list(tmp_path.glob("crash-*.log"))) == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "wall").touch()
    log = app_window.crash_log(tmp_path / "wall" / "x")
    with pytest.raises(OutsideError, match="不能使用"):
        log.__enter__()


def test_the_window_opens_on_the_ledger_and_commands_run_beside_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, command: Commands, tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    seen: dict[str, object] = {}

    def look() -> None:
        tops = QApplication.topLevelWidgets()
        (window,) = [one for one in tops if isinstance(one, MainWindow)]
        seen["title"] = window.windowTitle()
        seen["crash"] = (tmp_path / "crash.log").exists()
        dialog = window.crash.dialog
        seen["last"] = dialog is not None and "Aborted" in dialog.view.toPlainText()
        if dialog is not None:
            dialog.close()
        desk = app.make_desk(tmp_path)
        seen["clues"] = clue_list(desk, ClueQuery()).total
        desk.ledger.close()
        window.close()

    (tmp_path / "crash.log").write_text("Fatal Python error: Aborted", encoding="utf-8")
    hook = sys.excepthook
    QTimer.singleShot(300, look)
    code = command("--data", tmp_path).code
    sys.excepthook = hook
    assert code == 0
    assert seen == {"title": TITLE, "crash": True, "last": True, "clues": 0}


@pytest.mark.parametrize("page", ["home", "ledger", "case", "paper"])
def test_a_page_is_drawn_in_the_size_asked(
    qtbot: QtBot, command: Commands, demo_day: DayDone, tmp_path: Path, page: str
) -> None:
    out = tmp_path / f"{page}.png"
    ran = command(
        "--data", demo_day.out / "ledger", "--today", "2026-10-09", "screenshot", "--page", page,
        "--out", out, "--theme", "dark", "--size", "1366x768", "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert ran.json == {"file": str(out)}
    with Image.open(out) as picture:
        assert picture.size == (1366, 768)
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 50


def test_a_page_that_cannot_be_drawn_is_told(
    qtbot: QtBot, command: Commands, tmp_path: Path
) -> None:
    words = ("--data", tmp_path / "data", "screenshot", "--json", "--page")
    assert command(*words, "moon", "--out", tmp_path / "x.png").json["error"]["field"] == "page"
    assert command(*words, "case", "--out", tmp_path / "x.png").json["error"]["field"] == "page"
    nowhere = tmp_path / "nowhere" / "x.png"
    assert command(*words, "home", "--out", nowhere).json["error"]["kind"] == "outside"


def test_words_of_qt_are_passed_on_but_not_those_of_the_offscreen_platform(
    capsys: pytest.CaptureFixture[str],
) -> None:
    where = QMessageLogContext()
    app_window.say_of_qt(QtMsgType.QtWarningMsg, where, "演示警告")
    app_window.say_of_qt(QtMsgType.QtWarningMsg, where, f"{app_window.OFFSCREEN_WORDS}raise()")
    app_window.say_of_qt(QtMsgType.QtDebugMsg, where, "演示调试")
    assert capsys.readouterr().err == "演示警告\n"


def test_the_first_page_is_timed_to_its_rows(qtbot: QtBot, tmp_path: Path) -> None:
    app_window.first_page(partial(app.make_desk, tmp_path, today=DAY), tmp_path)
    assert QApplication.topLevelWidgets() is not None


def test_a_bug_gives_a_script_its_document_and_a_reader_the_traceback() -> None:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            raise ZeroDivisionError("演示")
        except ZeroDivisionError as error:
            entry.answer_bug(type(error), error, error.__traceback__)
    assert json.loads(out.getvalue())["error"]["kind"] == "bug"
    assert "ZeroDivisionError: 演示" in err.getvalue()


def test_the_entry_point_runs_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["inspector-app", "law", "show", "D05", "--json"])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    assert entry.main() == 0
    assert sys.excepthook is entry.answer_bug
    assert json.loads(capsys.readouterr().out)["id"] == "D05"


def test_an_interrupted_command_says_that_nothing_half_done_stays(
    command: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "library", stop)
    ran = command("terms", "--rule", "D05", "--date", "2026-09-28", "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (1, "stopped")
