"""The exchange with the shared database as the window runs it: on a worker of its own, by a clock.

Everything that loads the database driver happens inside work, never at the start of the window.
"""

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_app.errors import OtherDatabase, OutsideError, UserError
from inspector_app.services.choices import Standing, standing
from inspector_app.services.desk import Desk
from inspector_app.services.last_sync import LastSync
from inspector_app.services.last_sync import remarks as remarks_of
from inspector_app.services.looks import SideBySide
from inspector_app.services.shared_here import RecordState, where
from inspector_app.services.templates import forms_of
from inspector_app.ui.exchange_lines import SharedLines, held
from inspector_app.ui.exchange_numbers import NumberDesk
from inspector_app.ui.exchange_state import TONES, ExchangeState
from inspector_app.ui.tasks import Report, Task, Tasks

if TYPE_CHECKING:
    from inspector_app.services.exchange import Progress, Transport
    from inspector_app.services.exchange import Report as Outcome
    from inspector_app.services.shared_place import Place

T = TypeVar("T")
SHARED_FILE = "shared.json"  # as services.exchange.FILE: that module loads the database driver
FIRST_MS = 3_000  # after the window is up and has read its first page
PASSWORD_KINDS = ("password", "password_missing")


def _open_line(dsn: str, password: str) -> "Transport":
    # The database driver takes a quarter of a second to load: only who exchanges pays for it.
    from inspector_app.services.exchange import connect

    return connect(dsn, (lambda: password) if password else None)


class ExchangeDesk(SharedLines):
    """One per window: the state, the clock, and the work on the network worker."""

    changed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, folder: Path) -> None:
        super().__init__(desk, tasks, folder)
        self.open_line: Callable[[str, str], Transport] = _open_line
        self.state = ExchangeState()
        self.last: LastSync | None = None  # the last exchange, also one before the restart
        self.remarks: list[str] = []
        self.standing: Standing | None = None
        self._failures, self._step = 0, ""
        self._task: Task[Outcome] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.run)
        tasks.progressed.connect(self._moved)
        self.numbers = NumberDesk(self)

    # ── the clock ────────────────────────────────────────────────────────────────────────────
    def start(self) -> None:
        """Look whether a shared database is set up; only then is anything exchanged."""
        if self.is_set_up():
            self._become(connected=True)
            self._clock.start(FIRST_MS)
            self.look()

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
        self._begin("")

    def go_over(self) -> None:
        """Exchange with the other database that was found, which a person means from now on."""
        self._begin(self.state.other)

    def _begin(self, other: str) -> None:
        if self.state.running or not self.is_set_up():
            return
        self._clock.stop()
        self._become(connected=True, running=True, step="", done=0, total=0)
        self._task = self.tasks.network(
            self, lambda report: self._exchange(report, other), self._done, self._failed
        )

    def cancel(self) -> None:
        """Stop at the next step; what was exchanged stays exchanged."""
        if self._task is not None and self._task.report is not None:
            self._task.report.cancel()

    def _exchange(self, report: Report, other: str) -> "Outcome":
        # Loads the database driver, see _open_line.
        from inspector_app.services import exchange

        with held(self.open_line(exchange.kept_dsn(self.folder), self._password), report) as line:
            return exchange.sync_now(
                self.desk,
                line,
                progress=lambda step: self._tell(report, step),
                cancelled=report.cancelled,
                other=other,
            )

    def _tell(self, report: Report, step: "Progress") -> None:
        """On the worker: the word of the step is read when the figures arrive at home."""
        self._step = step.step
        report.progress(step.done, step.total)

    def _moved(self, news: tuple[Task[object], int, int]) -> None:
        task, done, total = news
        if task is self._task and self.state.running:
            self._become(step=self._step, done=done, total=total)

    def _done(self, outcome: "Outcome") -> None:
        self._failures, self._task = 0, None
        last = self.state.last if outcome.cancelled else self.desk.now()
        self._become(running=False, last=last, trouble="", needs_password=False, other="")
        self._again()
        learns = any(one.root_type == "template" for one in outcome.changes)
        # What arrived is in the ledger's trail: the local worker tells it to the pages.
        self.tasks.work(self, lambda: _learn(self.desk) if learns else None, lambda _: self.look())

    def _failed(self, error: Exception) -> None:
        self._task = None
        expected = isinstance(error, UserError | OutsideError)
        sentence = error.message if isinstance(error, UserError | OutsideError) else "程序出错。"
        asks = expected and getattr(error, "kind", "") in PASSWORD_KINDS
        if asks:
            self._password = ""
        self._failures += 1
        other = error.database if isinstance(error, OtherDatabase) else ""
        self._become(running=False, trouble=sentence, needs_password=asks, other=other)
        if not asks and not other:
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
            self.numbers.look()

    def ask_line(
        self,
        owner: QObject,
        work: "Callable[[Transport], T]",
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Ask something of the shared database over a line of its own, on the network worker."""

        def run(report: Report) -> T:
            # Loads the database driver, see _open_line.
            from inspector_app.services.exchange import kept_dsn

            with held(self.open_line(kept_dsn(self.folder), self._password), report) as line:
                return work(line)

        self.tasks.network(owner, run, then, failed)

    def show_left(self, left: int | None) -> None:
        """How many numbers are left where they run low, else None."""
        if left != self.state.left:
            self._become(left=left)

    def disputes_in(self, case_id: str) -> int:
        """How many decisions of a case are open, as it was counted last."""
        return self.standing.open(case_id) if self.standing is not None else 0

    def stuck_in(self, case_id: str = "") -> int:
        """How many items may not go out as things stand, of a case or of all."""
        return self.standing.stuck(case_id) if self.standing is not None else 0

    def left(self, record_id: str) -> str:
        """Why a record left this PC that stays for what waits; empty of every other."""
        return self.standing.left.get(record_id, "") if self.standing is not None else ""

    def looks_in(self, case_id: str) -> list[SideBySide]:
        """What waits for a look in a case, as it was found last."""
        choices = self.standing.choices if self.standing is not None else ()
        return [one.look for one in choices if one.look is not None and one.root_id == case_id]

    def ask_states(
        self,
        owner: QObject,
        kind: str,
        ids: Collection[str],
        then: Callable[[Mapping[str, RecordState]], object],
    ) -> None:
        """Ask where records stand; nothing is asked where nothing is shared."""
        if self.state.connected and ids:
            self.tasks.query(owner, lambda: where(self.desk, kind, ids), then)

    def ask_state(
        self, owner: QObject, kind: str, record: str, then: Callable[[str, str], object]
    ) -> None:
        """Ask where one record stands, as a word and its tone."""

        def told(found: Mapping[str, RecordState]) -> None:
            if record in found:
                then(found[record].label, TONES[found[record]])

        self.ask_states(owner, kind, (record,) if record else (), told)

    def _show(self, found: Standing) -> None:
        self.standing, last = found, found.last
        if last is not None:
            self.last, self.remarks = last, remarks_of(last)
        self._become(
            waiting=found.waiting,
            held=found.held,
            disputes=found.open(),
            looks=found.looks(),
            last=self.state.last or (last.when() if last else None),
            skew_seconds=last.skew_seconds if last else 0,
        )

    def _become(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # its own fields
        self.changed.emit(self.state)

    # ── setting up ───────────────────────────────────────────────────────────────────────────
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


def _learn(desk: Desk) -> None:
    """Forms of the bureau that another PC made: the catalogue knows them from now on."""
    forms_of(desk)


def _kept(folder: Path) -> "Place":
    # Loads the database driver, see _open_line.
    from inspector_app.services.shared_place import kept_place

    return kept_place(folder)


def _keep(folder: Path, place: "Place") -> None:
    # Loads the database driver, see _open_line.
    from inspector_app.services.shared_place import keep_place

    keep_place(folder, place)
