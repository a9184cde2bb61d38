"""Composition root: the only module that knows every part and puts them together."""

import ctypes
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from inspector_app.cli.commands import MODULES
from inspector_app.cli.main import run as run_command
from inspector_app.cli.parts import DEMO_MARK, Painter, Parts
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.changes import UNKNOWN_ACTOR
from inspector_app.ledger.engine import LEDGER
from inspector_app.ledger.files import FileStore
from inspector_app.ledger.ledger import Ledger
from inspector_app.library.loading import Library, load_library
from inspector_app.library.office import office_dir
from inspector_app.papers.fonts import FontSet
from inspector_app.services.accounts import Login
from inspector_app.services.backup import FILES
from inspector_app.services.desk import Desk
from inspector_app.services.law_packs import unpack_active
from inspector_app.services.protection import finish, seated
from inspector_app.services.station import load as load_station
from inspector_app.services.templates import forms_of
from inspector_app.ui.ime import choose_input_method
from inspector_app.ui.missing import explain_missing_libs
from inspector_app.vault import keyfile
from inspector_app.vault.sealing import FileKeys

MORNING = time(9)  # the hour a day fixed by --today stands at: a rehearsal repeats exactly
SCREENLESS = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})
SCREEN_LIBRARIES = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
)
OWN_FONTS = "fonts"  # folder beside the ledger for fonts the office is licensed for


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, or the window when it names no verb; returns the exit code."""
    return run_command(sys.argv[1:] if arguments is None else arguments, parts())


def parts() -> Parts:
    """What the commands borrow from here."""
    return Parts(
        desk=opened_desk,
        scratch=scratch_desk,
        library=library,
        office=office_dir,
        painter=painter,
        window=run_window,
        wall_clock=wall_clock,
        data_dir=default_data_dir,
    )


def default_data_dir() -> Path:
    """Where this user's ledger lies; INSPECTOR_APP_DATA moves it. The name is ASCII: some
    Windows programs still break on others."""
    moved = os.environ.get("INSPECTOR_APP_DATA")
    return Path(moved) if moved else platformdirs.user_data_path("inspector-app", appauthor=False)


@cache
def library() -> Library:
    """The office's library, read once."""
    return load_library(office_dir())


@cache
def _fonts(own: Path | None) -> FontSet:
    shipped = office_dir() / "resources" / "fonts"
    return FontSet.find(shipped, (own,)) if own else FontSet.shipped_only(shipped)


def make_desk(
    data_dir: Path, *, today: date | None = None, demo: bool = False, login: Login | None = None
) -> Desk:
    """Open the ledger of a folder and lay everything on the desk; the caller closes the ledger.

    An encrypted one needs a login, and who logged in is who acts.

    A demo desk is set in the shipped fonts only, so that its papers are the same everywhere; a
    folder that bears the mark of the demonstration is never anything else.
    """
    station = load_station(data_dir)
    demo = demo or (data_dir / DEMO_MARK).exists()
    if login is None and keyfile.is_encrypted(data_dir / LEDGER):
        raise UserError("台账已加密，请先登录。", kind="login")
    key = login.key if login else None
    desk = Desk(
        ledger=Ledger.open(data_dir / LEDGER, key=key.database() if key else None),
        library=library().apart(),
        files=FileStore(data_dir / FILES, FileKeys(key) if key else None),
        fonts=partial(_fonts, None if demo else data_dir / OWN_FONTS),
        today=_today(today),
        now=_now(today),
        city=library().city.code,
        actor=station.name or login_name(),
        actor_id=station.user_id or None,
        demo=demo,
    )
    finish(desk.ledger, desk.files)
    if login is not None:
        desk = seated(desk, login)
    rules = unpack_active(desk, data_dir, office_dir())
    if rules.pack is None:
        desk = replace(desk, rules_problem=rules.problem)
    else:
        desk = replace(desk, library=load_library(rules.office))
    forms_of(desk)  # the library learns the kinds of paper the bureau has added
    return desk


def login_name() -> str:
    """Who is logged in to this PC: stands in the trail until an inspector was chosen for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return UNKNOWN_ACTOR


def wall_clock() -> date:
    """Today by the clock of this PC."""
    return datetime.now().astimezone().date()


def _today(fixed: date | None) -> Callable[[], date]:
    return wall_clock if fixed is None else lambda: fixed


def _now(fixed: date | None) -> Callable[[], datetime]:
    if fixed is None:
        return lambda: datetime.now().astimezone()
    return lambda: datetime.combine(fixed, MORNING).astimezone()


@contextmanager
def opened_desk(
    data: Path | None, today: date | None, *, demo: bool = False, login: Login | None = None
) -> Iterator[Desk]:
    """A desk on a folder (None: the user's own), its ledger closed afterwards."""
    desk = make_desk(data or default_data_dir(), today=today, demo=demo, login=login)
    try:
        yield desk
    finally:
        desk.ledger.close()


@contextmanager
def scratch_desk(today: date) -> Iterator[Desk]:
    """A desk on an empty ledger that is thrown away afterwards."""
    with (
        TemporaryDirectory(prefix="inspector-", ignore_cleanup_errors=True) as folder,
        opened_desk(Path(folder), today) as desk,
    ):
        yield desk


def painter() -> Painter:
    """The page painter of the window; OutsideError names what the machine lacks for it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with qt_loaded():
        # Qt and the window cost a quarter of a second and may be missing: commands go without.
        from inspector_app.app_window import paint_page
    return paint_page


def run_window(data: Path | None, today: date | None, *, demo: bool = False) -> int:
    """Show the window until the user closes it. One window per ledger; commands run beside it."""
    require_display()
    choose_input_method(os.environ)
    folder = data or default_data_dir()
    with qt_loaded():
        # Qt and the window cost a quarter of a second and may be missing: commands go without.
        from inspector_app.app_window import show_window
    return show_window(partial(make_desk, folder, today=today, demo=demo), folder)


def require_display() -> None:
    """Refuse when there is no screen to show a window on, or when Qt would abort on it."""
    if not sys.platform.startswith("linux"):
        return
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if chosen in SCREENLESS:
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        message = f"没有可用的显示器，窗口打不开。命令行可以照常使用：{'、'.join(MODULES)}；"
        message += "每个命令加 --help 看用法。"
        raise OutsideError(message, kind="no_display")
    for name in SCREEN_LIBRARIES:
        _require(name)


def _require(library_name: str) -> None:
    """Load one library of the xcb plugin: without it Qt aborts and nobody learns why."""
    try:
        ctypes.CDLL(library_name)
    except OSError as error:
        message = explain_missing_libs(ImportError(str(error)))
        raise OutsideError(message, kind="qt_libraries") from error


@contextmanager
def qt_loaded() -> Iterator[None]:
    """Around an import of the window: what the machine lacks is told as an apt line."""
    try:
        yield
    except ImportError as error:
        if error.name and error.name.startswith("inspector_app"):
            raise
        raise OutsideError(explain_missing_libs(error), kind="qt_libraries") from error
