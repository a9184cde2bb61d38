"""What is asked of the shared database beside the exchange: its health, its history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject

from inspector_app.ledger.check import Problem
from inspector_app.services.desk import Desk
from inspector_app.ui.tasks import Report, Tasks

if TYPE_CHECKING:
    from inspector_app.services.exchange import LinkedLine
    from inspector_app.services.server_health import KeeperLine

T = TypeVar("T")


def _open_keeper(dsn: str, password: str) -> "KeeperLine":
    # Loads the database driver, see _open_line.
    from inspector_app.services.server_health import person_line

    return person_line(dsn, password)


def _open_linked(dsn: str, password: str) -> "LinkedLine":
    # Loads the database driver, see _open_line.
    from inspector_app.services.exchange import linked_line

    return linked_line(dsn, password)


class Line(Protocol):
    """What leads to another machine."""

    def cut(self) -> None:
        """End a call that is under way, from another thread."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


L = TypeVar("L", bound=Line)


@contextmanager
def held(line: L, report: Report) -> Iterator[L]:
    """A line for one piece of work: cut when the window closes, hung up at its end."""
    report.cut_by(line.cut)
    try:
        yield line
    finally:
        line.close()


class SharedLines(QObject):
    """Lines of their own, with the place and the password of the window; never on its thread."""

    def __init__(self, desk: Desk, tasks: Tasks, folder: Path) -> None:
        super().__init__()
        self.desk, self.tasks, self.folder = desk, tasks, folder
        self.open_keeper: Callable[[str, str], KeeperLine] = _open_keeper
        self.open_linked: Callable[[str, str], LinkedLine] = _open_linked
        self._password = ""  # kept for as long as the window is open, nowhere else

    def check_history(
        self,
        owner: QObject,
        then: Callable[[list[Problem]], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Compute the shared history link by link, on the network's thread."""
        desk, folder = self.desk, self.folder

        def run(report: Report) -> list[Problem]:
            # Loads the database driver, see _open_line.
            from inspector_app.services.check_shared import check_shared
            from inspector_app.services.exchange import kept_dsn

            with held(self.open_linked(kept_dsn(folder), self._password), report) as line:
                return check_shared(desk, line, report.progress, report.cancelled)

        self.tasks.network(owner, run, then, failed, "正在核对共享库的历史")

    def as_keeper(
        self,
        owner: QObject,
        work: "Callable[[KeeperLine, Report], T]",
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
        title: str = "",
    ) -> None:
        """Ask or decide something over there, as whoever looks after the shared side."""

        def run(report: Report) -> T:
            # Loads the database driver, see _open_line.
            from inspector_app.services.exchange import kept_dsn

            with held(self.open_keeper(kept_dsn(self.folder), self._password), report) as line:
                return work(line, report)

        self.tasks.network(owner, run, then, failed, title)
