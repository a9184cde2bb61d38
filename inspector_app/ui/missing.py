"""What to say when Qt's system libraries are missing; this module must not load Qt itself."""

# What the Qt wheel needs from a bare Debian or Ubuntu (tried on Debian 12 until it ran).
FOR_QT = (
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libbrotli1",
    "libatomic1",  # QtPdf
)
FOR_A_SCREEN = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libcups2",
)
APT = "sudo apt-get install -y --no-install-recommends"
LIBRARY_MARK = ".so"


def apt_line() -> str:
    """The one line that installs everything the window needs."""
    return " ".join((APT, *FOR_QT, *FOR_A_SCREEN))


def explain_missing_libs(error: ImportError) -> str:
    """The sentences to print when importing PySide6 failed."""
    text = str(error)
    if LIBRARY_MARK in text:
        library = text.split(":", 1)[0].strip()
        return (
            f"缺少系统库 {library}，窗口打不开。\n"
            f"Debian、Ubuntu 请执行下面一行，再运行本程序：\n  {apt_line()}\n"
        )
    return f"PySide6 没有装好（{text}）。请按 README 的命令重新安装。\n"
