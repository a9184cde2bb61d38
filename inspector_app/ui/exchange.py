"""The exchange with the shared database as the window runs it: on a worker of its own, by a clock.

Everything that loads the database driver happens inside work, never at the start of the window.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_app.errors import OutsideError, UserError
from inspector_app.services.choices import Standing, standing
from inspector_app.services.desk import Desk
from inspector_app.ui.tasks import Report, Task, Tasks

if TYPE_CHECKING:
    from inspector_app.services.exchange import Report as Outcome
    from inspector_app.services.exchange import Transport
    from inspector_app.services.shared_place import Place

SHARED_FILE = "shared.json"  # as services.exchange.FILE: that module loads the database driver
FIRST_MS = 3_000  # after the window is up and has read its first page
PASSWORD_KINDS = ("password", "password_missing")
ERROR_WORDS = "无法连接，稍后自动重试"


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """What is known of the exchange; nothing in it is of a person."""

    connected: bool = False  # a shared database is set up
    running: bool = False
    done: int = 0
    total: int = 0
    waiting: int = 0
    disputes: int = 0
    last: datetime | None = None
    trouble: str = ""  # the sentence of the last failure
    needs_password: bool = False

    def words(self) -> tuple[str, str, str]:
        """The state in a few words, its icon and its tone; what needs a person comes first."""
        if not self.connected:
            return "未连接共享库", "link_20", "text_3"
        if self.running:
            counted = f" {self.done}/{self.total}" if self.total else "…"
            return f"正在同步{counted}", "arrow_clockwise_20", "info_fg"
        if self.disputes:
            return f"有冲突 {self.disputes} 项", "warning_20", "danger_fg"
        if self.needs_password:
            return "请输入共享库密码", "lock_closed_20", "warning_fg"
        if self.trouble:
            return ERROR_WORDS, "error_circle_20", "warning_fg"
        if self.waiting:
            return f"待上传 {self.waiting} 项", "send_20", "info_fg"
        if self.last is None:
            return "尚未同步", "clock_20", "text_3"
        return f"已同步 {self.last:%H:%M}", "checkmark_circle_20", "success_fg"


def _open_line(dsn: str, password: str) -> "Transport":
    # The database driver takes a quarter of a second to load: only who exchanges pays for it.
    from inspector_app.services.exchange import connect

    return connect(dsn, (lambda: password) if password else None)


class ExchangeDesk(QObject):
    """One per window: the state, the clock, and the work on the network worker."""

    changed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, folder: Path) -> None:
        super().__init__()
        self.desk, self.tasks, self.folder = desk, tasks, folder
        self.open_line: Callable[[str, str], Transport] = _open_line
        self.state = ExchangeState()
        self.outcome: Outcome | None = None
        self.remarks: list[str] = []
        self.standing: Standing | None = None
        self._password = ""  # kept for as long as the window is open, nowhere else
        self._failures = 0
        self._task: Task[Outcome] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.run)
        tasks.progressed.connect(self._moved)

    # ── the clock ────────────────────────────────────────────────────────────────────────────
    def start(self) -> None:
        """Look whether a shared database is set up; only then is anything exchanged."""
        if self.is_set_up():
            self._become(connected=True)
            self._clock.start(FIRST_MS)

    def is_set_up(self) -> bool:
        """Whether somebody said where the shared database is."""
        return (self.folder / SHARED_FILE).exists()

    def next_in(self) -> int:
        """Milliseconds until the next exchange by itself; -1 when none is planned."""
        return self._clock.remainingTime()

    def stop(self) -> None:
        """The window closes: nothing begins any more, what runs stops at its next step."""
        self._clock.stop()
        self.cancel()

    # ── exchanging ───────────────────────────────────────────────────────────────────────────
    def run(self) -> None:
        """Exchange now, unless that is under way."""
        if self.state.running or not self.is_set_up():
            return
        self._clock.stop()
        self._become(connected=True, running=True, done=0, total=0)
        self._task = self.tasks.network(self, self._exchange, self._done, self._failed)

    def cancel(self) -> None:
        """Stop at the next step; what was exchanged stays exchanged."""
        if self._task is not None and self._task.report is not None:
            self._task.report.cancel()

    def _exchange(self, report: Report) -> "Outcome":
        # Loads the database driver, see _open_line.
        from inspector_app.services import exchange

        line = self.open_line(exchange.kept_dsn(self.folder), self._password)
        try:
            return exchange.sync_now(
                self.desk,
                line,
                progress=lambda step: report.progress(step.done, step.total),
                cancelled=report.cancelled,
            )
        finally:
            line.close()

    def _moved(self, news: tuple[Task[object], int, int]) -> None:
        task, done, total = news
        if task is self._task and self.state.running:
            self._become(done=done, total=total)

    def _done(self, outcome: "Outcome") -> None:
        # Loaded by now, on the worker.
        from inspector_app.services.exchange import remarks

        self._failures, self._task = 0, None
        self.outcome, self.remarks = outcome, remarks(outcome)
        last = self.state.last if outcome.cancelled else self.desk.now()
        self._become(running=False, last=last, trouble="", needs_password=False)
        self._again()
        # What arrived is in the ledger's trail: the local worker tells it to the pages.
        self.tasks.work(self, lambda: None, lambda _: self.look())

    def _failed(self, error: Exception) -> None:
        self._task = None
        expected = isinstance(error, UserError | OutsideError)
        sentence = error.message if isinstance(error, UserError | OutsideError) else "程序出错。"
        asks = expected and getattr(error, "kind", "") in PASSWORD_KINDS
        if asks:
            self._password = ""
        self._failures += 1
        self._become(running=False, trouble=sentence, needs_password=asks)
        if not asks:
            self._again()
        self.look()

    def _again(self) -> None:
        # Loaded by now, on the worker, unless loading itself failed.
        from inspector_app.services.exchange import pause

        spread = random.random()  # noqa: S311  # spreads PCs, guards nothing
        self._clock.start(round(pause(self._failures, spread) * 1000))

    # ── what is known here ───────────────────────────────────────────────────────────────────
    def look(self) -> None:
        """Count what waits and what is disputed; only where something is shared."""
        if self.state.connected:
            self.tasks.query(self, lambda: standing(self.desk), self._show, lambda _error: None)

    def disputes_in(self, case_id: str) -> int:
        """How many decisions of a case are open, as it was counted last."""
        choices = self.standing.choices if self.standing is not None else ()
        return sum(one.root_id == case_id and not one.answered for one in choices)

    def ask_state(self, owner: QObject, case_id: str, then: Callable[[str], object]) -> None:
        """Ask where a case stands, in a word; nothing is asked where nothing is shared."""
        if self.state.connected:
            self.tasks.query(owner, lambda: _case_word(self.desk, case_id), then)

    def _show(self, found: Standing) -> None:
        self.standing = found
        self._become(waiting=found.waiting, disputes=found.open())

    def _become(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # its own fields
        self.changed.emit(self.state)

    # ── setting up ───────────────────────────────────────────────────────────────────────────
    def remember_password(self, password: str) -> None:
        """Keep a password while the window is open."""
        self._password = password

    def place(self, owner: QObject, then: Callable[["Place"], object]) -> None:
        """Ask for the place that is kept."""
        self.tasks.query(owner, lambda: _kept(self.folder), then)

    def try_line(
        self,
        owner: QObject,
        place: "Place",
        password: str,
        then: Callable[[object], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Connect once and let go again."""
        self.tasks.network(owner, lambda _report: self._try(place, password), then, failed)

    def _try(self, place: "Place", password: str) -> None:
        # Loads the database driver, see _open_line.
        from inspector_app.services.shared_place import dsn_of

        self.open_line(dsn_of(place), password).close()

    def set_up(
        self,
        owner: QObject,
        place: "Place",
        password: str,
        failed: Callable[[Exception], object],
    ) -> None:
        """Keep the place and exchange for the first time."""
        self._password = password or self._password
        self.tasks.network(
            owner, lambda _report: _keep(self.folder, place), lambda _: self.run(), failed
        )


def _case_word(desk: Desk, case_id: str) -> str:
    # Loads the database driver, see _open_line.
    from inspector_app.services.shared_place import case_state

    return case_state(desk, case_id).label


def _kept(folder: Path) -> "Place":
    # Loads the database driver, see _open_line.
    from inspector_app.services.shared_place import kept_place

    return kept_place(folder)


def _keep(folder: Path, place: "Place") -> None:
    # Loads the database driver, see _open_line.
    from inspector_app.services.shared_place import keep_place

    keep_place(folder, place)
