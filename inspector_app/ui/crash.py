"""What happens on a bug: a report without personal data, shown before anything is saved."""

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from inspector_app import __version__
from inspector_app.domain.masking import mask_text
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

FOLDER = "crash"


def head() -> str:
    """The versions a report starts with."""
    return (
        f"inspector-app {__version__}\n"
        f"Python {platform.python_version()}  Qt {qVersion()}  {platform.platform()}\n\n"
    )


def report_text(error: BaseException) -> str:
    """The report: versions and the way to the error; numbers of persons are masked."""
    trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return head() + mask_text(trace)


def place_of(error: BaseException) -> str:
    """Where it happened: the same place is shown once only."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {where}"


class LastEnd(NamedTuple):
    """What a process that died wrote at last, and where that is kept."""

    text: str
    kept: Path


def put_aside(log: Path) -> LastEnd | None:
    """Keep a log with words in it under its day, so that the next one never overwrites it."""
    if not log.is_file() or not log.stat().st_size:
        return None
    text = log.read_text(encoding="utf-8", errors="replace")
    # The moment names a file of the PC, it is no date of the office.
    ended = datetime.fromtimestamp(log.stat().st_mtime, UTC).astimezone()
    stamp = ended.strftime("%Y%m%d-%H%M%S")
    kept = log.with_name(f"crash-{stamp}.log")
    for number in count(2):
        if not kept.exists():
            break
        kept = log.with_name(f"crash-{stamp}-{number}.log")
    try:
        return LastEnd(text, log.rename(kept))
    except OSError:  # held by another program: it stays, and the next report is added to it
        return LastEnd(text, log)


class CrashDialog(QDialog):
    """Shows the report; saving or copying it is the user's choice."""

    def __init__(
        self,
        text: str,
        save: Callable[[str], Path] | None,
        parent: QWidget | None,
        title: str = "程序出错，刚才这一步没有完成",
    ) -> None:
        super().__init__(parent)
        self._text, self._save = text, save
        self.setWindowTitle("程序出错")
        fix(self, min_width=680, min_height=440)
        column = box(QVBoxLayout(self), (24, 20, 24, 20), 12)
        column.addWidget(label(title, "detailTitle"))
        words = (
            "已保存的内容没有丢。下面是错误报告，证件号码、电话已遮住，"
            f"可以看过后{'存下' if save is not None else '复制'}交给维护人员。"
        )
        column.addWidget(label(words, "body", wrap=True))
        self.view = QPlainTextEdit(text)
        self.view.setReadOnly(True)
        column.addWidget(self.view, 1)
        self.where = label("", "body", wrap=True)
        self.where.hide()
        column.addWidget(self.where)
        row = box(QHBoxLayout(), spacing=8)
        row.addStretch()
        row.addWidget(button("复制", "", "copy_20", clicked=self.copy))
        if save is not None:
            row.addWidget(button("存下报告", "", "save_20", clicked=self.keep))
        row.addWidget(button("关闭", "primary", clicked=self.accept))
        column.addLayout(row)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)

    def keep(self) -> None:
        """Save the report and say where."""
        if self._save is not None:
            self.say_where(self._save(self._text))

    def say_where(self, path: Path) -> None:
        """Tell in which file the report is."""
        self.where.setText(f"已存到 {path}")
        self.where.show()


class CrashDesk:
    """Shows each distinct bug once."""

    def __init__(self, data_dir: Path, parent: QWidget | None) -> None:
        self._folder = data_dir / FOLDER
        self._parent = parent
        self._seen: set[str] = set()
        self.dialog: CrashDialog | None = None

    def show(self, error: BaseException) -> None:
        """Show the report unless this very place was shown already."""
        place = place_of(error)
        if place in self._seen:
            return
        self._seen.add(place)
        self.dialog = CrashDialog(report_text(error), self.save, self._parent)
        self.dialog.open()

    def show_last(self, end: LastEnd) -> None:
        """Tell once that the process died the last time; its report is kept already."""
        title = "上次程序没有正常退出"
        self.dialog = CrashDialog(head() + mask_text(end.text), None, self._parent, title)
        self.dialog.say_where(end.kept)
        self.dialog.open()

    def save(self, text: str) -> Path:
        """Write the report below the data folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # The moment names a file of the PC, it is no date of the office.
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        path = self._folder / f"crash-{stamp}.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def install(self) -> None:
        """Catch what nobody caught."""
        sys.excepthook = self._hook

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.__excepthook__(kind, error, trace)
        self.show(error)
