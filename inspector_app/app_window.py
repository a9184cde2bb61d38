"""The Qt half of the composition root: the window put together, and pages drawn without one."""

import faulthandler
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QLockFile, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.engine import LEDGER
from inspector_app.ledger.views import CaseQuery, ClueQuery
from inspector_app.library.office import office_dir
from inspector_app.services.accounts import Login, Safe, clock
from inspector_app.services.cases import case_list
from inspector_app.services.clues import clue_list
from inspector_app.services.desk import Desk
from inspector_app.services.inspections import inspection_list
from inspector_app.services.papers import paper_list
from inspector_app.services.station import Station
from inspector_app.services.station import save as save_station
from inspector_app.turns import take_turns
from inspector_app.ui import rest
from inspector_app.ui.backend import backend_of
from inspector_app.ui.bus import Bus, Changes
from inspector_app.ui.crash import LastEnd, put_aside
from inspector_app.ui.login.card import Gate
from inspector_app.ui.login.first import FirstQuestion
from inspector_app.ui.login.window import LoginWindow
from inspector_app.ui.preferences import Preferences
from inspector_app.ui.screenshot import grab, settle
from inspector_app.ui.shell import MainWindow
from inspector_app.ui.tasks import Tasks
from inspector_app.ui.theme import style

NAME = "inspector-app"
# Pages load these late; what the machine lacks for them is to be told before the window opens.
LOADED_LATE = (QPdfDocument, QPrinter)
OFFSCREEN_WORDS = "This plugin does not support "
LONGEST_WAIT = 20.0  # seconds a page may take to have everything on it
OTHER_NAMES = {"ledger": "cases"}  # what people call a page besides its own name


class OpenDesk(Protocol):
    """Opens the ledger of a folder, with the login of who opens it when it is encrypted."""

    def __call__(self, *, login: Login | None = None) -> Desk: ...


def show_window(open_desk: OpenDesk, folder: Path) -> int:
    """Show the window until the user closes it; a second one on the same ledger is refused."""
    with one_window(folder), crash_log(folder) as last_end:
        safe, is_new = Safe.at(folder), not (folder / LEDGER).exists()
        login = ask_login(safe) if safe is not None else None
        if safe is not None and login is None:
            return 0
        desk = open_desk(login=login)
        try:
            return _run(desk, folder, last_end, Opening(login, is_new))
        finally:
            desk.ledger.close()


def ask_login(safe: Safe) -> Login | None:
    """Let somebody log in; None when the window was closed instead."""
    app, likes = application(), Preferences(safe.folder)
    _dress(app, likes.theme(), likes.scale(), shipped_only=False)
    tasks = Tasks(Bus(), Changes)
    asked = LoginWindow(Gate(safe, tasks, clock))
    try:
        return asked.ask()
    finally:
        tasks.finish()
        asked.deleteLater()


@dataclass(frozen=True, slots=True)
class Opening:
    """How the ledger came to be open."""

    login: Login | None = None
    is_new: bool = False


def _run(desk: Desk, folder: Path, last_end: LastEnd | None, opening: Opening) -> int:
    app, window = opened(desk, folder)
    window.crash.install()
    begin_rest(window)
    if last_end is not None:
        window.crash.show_last(last_end)
    greet(window, opening)
    window.lock.came_back = lambda login: greet(window, Opening(login))
    return app.exec()


def begin_rest(window: MainWindow) -> None:
    """From now on garbage is looked for when nobody waits."""
    rest.begin()
    rest.Sweeper(window, window.lock.idle_seconds, window.tasks.busy)


def greet(window: MainWindow, opening: Opening) -> None:
    """What is to be said first: wrong passwords since the last login; a new ledger to encrypt."""
    login = opening.login
    if login is not None and login.failed:
        when = login.failed_at[:16].replace("T", " ")
        words = f"这个账号上次登录以来有 {login.failed} 次密码输错，最近一次 {when}。"
        window.banner.say(words, tone="warning")
    if opening.is_new and not window.context.desk.demo:
        FirstQuestion(window, lambda: window.open_page("settings", "安全")).open()


def opened(desk: Desk, folder: Path) -> tuple[QApplication, MainWindow]:
    """The window as a user opens it, and the application it lives in."""
    app = application()
    likes = Preferences(folder)
    _dress(app, likes.theme(), likes.scale(), shipped_only=desk.demo)
    window = _window(desk, folder)
    window.show()
    window.start()
    return app, window


def first_page(open_desk: Callable[[], Desk], folder: Path) -> None:
    """Open the window as a user would, and end when its first page shows what is due: for bench."""
    desk = open_desk()
    _, window = opened(desk, folder)
    while window.tasks.busy():
        settle(5)
    window.close()
    desk.ledger.close()


def application() -> QApplication:
    """The one Qt application of this process."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    qInstallMessageHandler(say_of_qt)
    take_turns()
    app = QApplication([*sys.argv[:1]])
    app.setApplicationName(NAME)
    return app


def say_of_qt(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Pass Qt's words on to stderr, but not what the offscreen platform says of every window."""
    if kind is not QtMsgType.QtDebugMsg and not text.startswith(OFFSCREEN_WORDS):
        faults = sys.stderr
        if faults is not None:  # a windowed program on Windows has none
            faults.write(f"{text}\n")


def _dress(app: QApplication, theme: str, scale: float, *, shipped_only: bool) -> None:
    resources = office_dir() / "resources"
    style.apply(app, resources, theme, scale, shipped_fonts_only=shipped_only)


def _window(desk: Desk, folder: Path) -> MainWindow:
    resources = office_dir() / "resources"
    return MainWindow(desk, backend_of(desk), resources, folder, shipped_fonts_only=desk.demo)


@contextmanager
def one_window(folder: Path) -> Iterator[None]:
    """Hold the ledger's window lock; a second window is told so. A lock of a dead process falls."""
    _make(folder)
    lock = QLockFile(str(folder / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        message = "这个台账的窗口已经打开，请切换到那个窗口。命令行可以同时使用。"
        raise OutsideError(message, kind="window_open")
    try:
        yield
    finally:
        lock.unlock()


@contextmanager
def crash_log(folder: Path) -> Iterator[LastEnd | None]:
    """Where Python writes when the process dies below it (Qt, a driver): crash.log beside the
    ledger. What the last process left in it is put aside and handed on."""
    _make(folder)
    log = folder / "crash.log"
    last_end = put_aside(log)
    with log.open("a", encoding="utf-8") as file:
        faulthandler.enable(file, all_threads=True)
        try:
            yield last_end
        finally:
            faulthandler.disable()
    # Windows reports faults that Qt survives: kept, but after an orderly end nobody is told.
    put_aside(log)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"数据文件夹“{folder}”不能使用：{error.strerror}。"
        raise OutsideError(message, kind="cannot_open") from error


def paint_page(
    desk: Desk,
    page: str,
    out: Path,
    *,
    theme: str = "light",
    scale: float = 1.0,
    size: tuple[int, int] = (1440, 900),
) -> Path:
    """Draw a page of the window into a PNG, in the shipped fonts and this look."""
    app = application()
    _dress(app, theme, scale, shipped_only=True)
    with TemporaryDirectory(prefix="inspector-", ignore_cleanup_errors=True) as likes:
        save_station(Path(likes), Station(desk.actor_id or "", desk.actor))
        window = _window(desk, Path(likes))
        try:
            picture = _painted(window, desk, page, size)
        finally:
            window.close()
            window.deleteLater()
            settle(0)
    try:
        out.write_bytes(picture)
    except OSError as error:
        raise OutsideError(f"图片“{out}”没有写成：{error.strerror}。") from error
    return out


def _painted(window: MainWindow, desk: Desk, page: str, size: tuple[int, int]) -> bytes:
    page = OTHER_NAMES.get(page, page)
    if page not in window.stack.specs:
        known = "、".join(window.stack.specs)
        raise UserError(f"没有“{page}”这一页。可用：{known}。", field="page")
    window.resize(*size)
    window.show()
    window.start()
    _quiet(window)
    window.open_page(page, _newest(desk, page))
    _quiet(window)
    return grab(window, size)


def _quiet(window: MainWindow) -> None:
    """Wait until every question of the page is answered and painted."""
    end = monotonic() + LONGEST_WAIT
    settle()
    while window.tasks.busy() and monotonic() < end:
        settle(20)
    settle()


def _newest(desk: Desk, page: str) -> str | None:
    """What a page of one thing is shown for: the newest; None for pages of many."""
    found: dict[str, Callable[[], list[str]]] = {
        "case": lambda: [line.row.id for line in case_list(desk, CaseQuery(limit=1)).lines],
        "clue": lambda: [row.id for row in clue_list(desk, ClueQuery(limit=1)).rows],
        "inspection": lambda: [row.inspection.id for row in inspection_list(desk, limit=1)],
        "paper": lambda: _orders(desk) or [row.id for row in paper_list(desk)],
    }
    if page not in found:
        return None
    ids = found[page]()
    if not ids:
        raise UserError(f"台账里还没有内容可以显示在“{page}”这一页。", field="page")
    return ids[0]


def _orders(desk: Desk) -> list[str]:
    """Rectification orders, the first of them ahead: they show most of what a paper can hold."""
    return [row.id for row in paper_list(desk) if row.kind == "rectification_order"][::-1]
