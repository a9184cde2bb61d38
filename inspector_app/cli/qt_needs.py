"""What Qt needs from a Linux machine, and the exact line that installs what is missing."""

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from inspector_app.errors import OutsideError

OFFSCREEN: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
"""Library → Debian package, for drawing pages without a screen."""

WINDOW: Mapping[str, str] = {
    **OFFSCREEN,
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
"""The same for a window on an X11 desktop, with printing."""

SCREENLESS = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})


def missing_packages(needs: Mapping[str, str]) -> list[str]:
    """Debian packages of the libraries this machine cannot load; none outside Linux."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in needs.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_line(packages: list[str]) -> str:
    """The command to type."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def require(needs: Mapping[str, str]) -> None:
    """Refuse with the apt line when a library is missing: Qt itself would end in a traceback,
    or abort the process without a word (the xcb plugin)."""
    packages = missing_packages(needs)
    if packages:
        message = f"这台电脑缺少窗口界面要用的系统库。请先执行：\n  {apt_line(packages)}"
        raise OutsideError(message, kind="qt_libraries")


def require_display() -> None:
    """Refuse when there is no screen to show a window on, and name what works without one."""
    if not sys.platform.startswith("linux") or _has_display():
        return
    raise OutsideError(
        "没有可用的显示器，窗口打不开。可以在命令行使用："
        "demo、import、clue、case、inspect、paper、export、terms、law、forms、check、backup、"
        "settings、screenshot、bench；每个命令加 --help 看用法。",
        kind="no_display",
    )


def _has_display() -> bool:
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return platform in SCREENLESS or any(os.environ.get(name) for name in screens)


@contextmanager
def explained(needs: Mapping[str, str]) -> Iterator[None]:
    """Around an import of the window: what the machine lacks is told as an apt line."""
    require(needs)
    try:
        yield
    except ImportError as error:
        if error.name and error.name.startswith("inspector_app"):
            raise
        message = f"窗口界面不能启动（{error}）。请重新安装程序。"
        raise OutsideError(message, kind="qt_libraries") from error
