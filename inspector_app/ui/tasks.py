"""Work off the main thread: one worker for the local ledger, answers come home by a signal."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from shiboken6 import isValid

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui.bus import Bus, Changes

T = TypeVar("T")
LINE_MS = 3_000  # so long a call over the network may take when the window closes
SHOW_SECONDS = 0.05  # so long the worker lets the window show an answer before it goes on
Failed = Callable[[Exception], object]


class Report:
    """What long work is given: tell how far it is, ask whether to stop."""

    def __init__(self, tell: Callable[[int, int], object]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._cuts: list[Callable[[], object]] = []

    def progress(self, done: int, total: int) -> None:
        """So many of so many are done; 0 as total means nobody knows."""
        self._tell(done, total)

    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at the next good place."""
        self._stop.set()

    def cut_by(self, act: Callable[[], object]) -> None:
        """What ends a call that waits for another machine, from any thread."""
        self._cuts.append(act)

    def cut(self) -> None:
        """Stop, wherever the work is."""
        self.cancel()
        for act in self._cuts:
            act()


@dataclass(eq=False)
class Task(Generic[T]):
    """One piece of work on its way."""

    owner: QObject
    fn: Callable[[], T]
    then: Callable[[T], object] | None
    failed: Failed | None
    changes: bool
    keep: bool = False  # run even when forgotten, as changes are
    title: str = ""
    report: Report | None = None
    cancelled: bool = field(default=False)
    begun: int = 1  # how often: work that ran out of numbers begins anew once more were fetched

    def forget(self) -> None:
        """Nobody wants the answer any more; a change is made all the same."""
        self.cancelled = True


@dataclass(frozen=True, slots=True)
class _Outcome:
    task: "Task[object]"
    result: object = None
    error: Exception | None = None
    changes: Changes = field(default_factory=Changes)


@dataclass
class _Parcel:
    """Brings an outcome over. It may hold widgets, which must end on the window's thread: whoever
    takes it out is the only one to have it."""

    outcome: _Outcome | None
    shown: threading.Event = field(default_factory=threading.Event)

    def take(self) -> _Outcome:
        """Once, on the window's thread."""
        outcome, self.outcome = self.outcome, None
        assert outcome is not None  # noqa: S101  # each parcel arrives once
        return outcome


class _Home(QObject):
    arrived = Signal(object)
    progressed = Signal(object)


class _Run(QRunnable):
    """Hands the answer over, and lets the window show it: two threads of Python at work at once
    only take turns, and what is painted beside the next question takes twice as long."""

    def __init__(
        self,
        task: "Task[object]",
        home: _Home,
        drain: Callable[[], Changes],
        closing: threading.Event | None,
    ) -> None:
        super().__init__()
        self._tasks, self._home, self._drain, self._closing = [task], home, drain, closing

    def run(self) -> None:
        parcel = _Parcel(self._outcome())
        self._home.arrived.emit(parcel)
        if self._closing is not None and not self._closing.is_set():
            parcel.shown.wait(SHOW_SECONDS)

    def _outcome(self) -> _Outcome:
        task = self._tasks.pop()
        if task.cancelled and not (task.changes or task.keep):
            return _Outcome(task)
        try:
            result = task.fn()
            changes = self._drain() if task.changes else Changes()
            return _Outcome(task, result, None, changes)
        except Exception as error:  # noqa: BLE001 - it is shown on the main thread, bugs as crash
            return _Outcome(task, None, error)


class Tasks(QObject):
    """Queries read, works change; both run one after another on the same thread.

    `drain` is asked after each work, on the worker, for what the ledger says has changed.
    """

    user_error = Signal(object)
    outside_error = Signal(object)
    bug = Signal(object)
    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(self, bus: Bus, drain: Callable[[], Changes]) -> None:
        super().__init__()
        self._bus, self._drain = bus, drain
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)  # SQLite connections belong to their thread
        self._outside = QThreadPool(self)
        self._outside.setMaxThreadCount(1)
        self._network = QThreadPool(self)
        self._network.setMaxThreadCount(1)
        self._home = _Home()
        queued = Qt.ConnectionType.QueuedConnection
        self._home.arrived.connect(self._arrived, queued)
        self._home.progressed.connect(self.progressed, queued)
        self._running: set[Task[object]] = set()
        self._closing = threading.Event()
        self.last_changes = Changes()
        # Asked first when work fails: True when it will begin anew, nothing is said until then.
        self.rescue: Callable[[Task[object], Exception], bool] = lambda _task, _error: False

    def query(
        self,
        owner: QObject,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
    ) -> "Task[T]":
        """Read; `then` gets the answer on the main thread unless the owner is gone by then."""
        return self._start(Task(owner, fn, then, failed, changes=False))

    def work(
        self,
        owner: QObject,
        fn: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> "Task[T]":
        """Change; what changed is announced on the bus before `then` is called."""
        return self._start(Task(owner, fn, then, failed, changes=True))

    def long_work(
        self,
        owner: QObject,
        title: str,
        fn: Callable[[Report], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> "Task[T]":
        """Change, with progress in the window and a way to stop; `fn` gets the Report."""
        report = Report(lambda done, total: self._home.progressed.emit((task, done, total)))
        task: Task[T] = Task(
            owner, lambda: fn(report), then, failed, changes=True, title=title, report=report
        )
        self.started.emit(task)
        return self._start(task)

    def outside(
        self,
        owner: QObject,
        fn: Callable[[], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> "Task[T]":
        """Printers and files: on a thread of their own, so that the ledger never waits for them."""
        return self._start(Task(owner, fn, then, failed, changes=False, keep=True), self._outside)

    def network(
        self,
        owner: QObject,
        fn: Callable[[Report], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        title: str = "",
    ) -> "Task[T]":
        """Talk to other machines, on a thread of its own: nobody waits for a slow line.

        How far it is comes by `progressed`, with a `title` also in the window, where it can be
        stopped; what it changed is told by the next work.
        """
        report = Report(lambda done, total: self._home.progressed.emit((task, done, total)))
        task: Task[T] = Task(
            owner, lambda: fn(report), then, failed,
            changes=False, keep=True, title=title, report=report,
        )  # fmt: skip
        if title:
            self.started.emit(task)
        return self._start(task, self._network)

    def _start(self, task: "Task[T]", pool: QThreadPool | None = None) -> "Task[T]":
        # Task is invariant in its result; here it is only carried about.
        carried = cast("Task[object]", task)
        self._running.add(carried)
        # What runs elsewhere must never be the last to hold a thing of Qt's: it gets no self.
        unasked = self._closing if pool is None else None
        (pool or self._pool).start(_Run(carried, self._home, self._drain, unasked))
        return task

    def _arrived(self, parcel: _Parcel) -> None:
        try:
            self._answer(parcel.take())
        finally:
            QTimer.singleShot(0, self, parcel.shown.set)  # once all is painted

    def _answer(self, outcome: _Outcome) -> None:
        task = outcome.task
        self._running.discard(task)
        self.finished.emit(task)
        if task.changes:
            self.last_changes = outcome.changes
        if outcome.changes:
            self._bus.changed.emit(outcome.changes)
        if task.cancelled or not isValid(task.owner):
            return
        if outcome.error is not None:
            self._fail(task, outcome.error)
        elif task.then is not None:
            task.then(outcome.result)

    def again(self, task: "Task[object]") -> None:
        """Begin work anew that has failed before it changed anything."""
        task.begun += 1
        if task.title:
            self.started.emit(task)
        self._start(task)

    def refuse(self, task: "Task[object]", error: Exception) -> None:
        """Say that work has failed after all."""
        if isValid(task.owner):
            self._tell(task, error)

    def _fail(self, task: "Task[object]", error: Exception) -> None:
        if not (task.changes and self.rescue(task, error)):
            self._tell(task, error)

    def _tell(self, task: "Task[object]", error: Exception) -> None:
        expected = isinstance(error, UserError | OutsideError)
        if task.failed is not None and expected:
            task.failed(error)
        elif isinstance(error, UserError):
            self.user_error.emit(error)
        elif isinstance(error, OutsideError):
            self.outside_error.emit(error)
        else:
            if task.failed is not None:
                task.failed(error)
            self.bug.emit(error)

    def busy(self) -> bool:
        """Whether something is still running or waiting."""
        return bool(self._running)

    def finish(self, milliseconds: int = 30_000) -> bool:
        """On closing: let every change be written, stop long work, drop the answers.

        Who waits for another machine has a moment to stop by itself, then its line is cut.
        """
        self._closing.set()
        for task in self._running:
            task.forget()
            if task.report is not None:
                task.report.cancel()
        if not self._network.waitForDone(min(milliseconds, LINE_MS)):
            for task in self._running:
                if task.report is not None:
                    task.report.cut()
        pools = (self._network, self._pool, self._outside)
        done = [pool.waitForDone(milliseconds) for pool in pools]  # each, also after one that hangs
        return all(done)
