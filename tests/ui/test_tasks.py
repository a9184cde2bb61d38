"""The worker: answers come home, changes are announced first, trouble goes to the right place."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui import tasks as module
from inspector_app.ui.bus import Bus, Changes
from inspector_app.ui.tasks import Report, Task, Tasks


class Ledger:
    """Says what changed, once."""

    def __init__(self) -> None:
        self.news: list[Changes] = []

    def drain(self) -> Changes:
        return self.news.pop(0) if self.news else Changes()


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def tasks(ledger: Ledger) -> Iterator[Tasks]:
    made = Tasks(Bus(), ledger.drain)
    yield made
    made.finish()


def quiet(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy())


def test_an_answer_comes_home_from_another_thread(qtbot: QtBot, tasks: Tasks) -> None:
    owner, seen = QObject(), []
    tasks.query(owner, threading.current_thread, seen.append)
    quiet(qtbot, tasks)
    assert seen[0] is not threading.main_thread()


def test_work_is_done_one_after_another_on_one_thread(qtbot: QtBot, tasks: Tasks) -> None:
    owner, order = QObject(), []
    for number in range(5):
        tasks.work(owner, lambda number=number: (threading.get_ident(), number), order.append)
    quiet(qtbot, tasks)
    assert [number for _, number in order] == list(range(5))
    assert len({thread for thread, _ in order}) == 1


class Held:
    """Stands for a widget: remembers on which thread it ended."""

    def __init__(self, ended: list[bool]) -> None:
        self.ended = ended

    def answer(self, _result: object) -> None:
        """Takes an answer."""

    def __del__(self) -> None:
        self.ended.append(threading.current_thread() is threading.main_thread())


def test_what_waits_for_an_answer_ends_on_the_thread_of_the_window(
    qtbot: QtBot, tasks: Tasks
) -> None:
    """Qt crashes when a widget's last holder is the worker."""
    ended: list[bool] = []
    owner = QObject()
    for _ in range(20):
        tasks.query(owner, lambda: None, Held(ended).answer)
    qtbot.waitUntil(lambda: len(ended) == 20)
    assert all(ended)


def test_the_next_question_waits_until_an_answer_is_shown(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHOW_SECONDS", 30.0)  # whatever else the machine does
    owner, begun, seen = QObject(), threading.Event(), []

    def show(_answer: object) -> None:
        seen.append(begun.wait(0.02))  # beside it the worker begins nothing

    tasks.query(owner, lambda: None, show)
    tasks.query(owner, begun.set, seen.append)
    quiet(qtbot, tasks)
    assert seen == [False, None]


def test_changes_are_announced_before_the_answer(
    qtbot: QtBot, tasks: Tasks, ledger: Ledger
) -> None:
    heard: list[object] = []
    tasks._bus.changed.connect(heard.append)
    changes = Changes(frozenset({("case", "c1")}), ("s1",))
    ledger.news.append(changes)
    owner = QObject()
    tasks.work(owner, lambda: "done", heard.append)
    quiet(qtbot, tasks)
    assert heard == [changes, "done"]
    assert tasks.last_changes == changes
    tasks.work(owner, lambda: "nothing changed")
    quiet(qtbot, tasks)
    assert tasks.last_changes == Changes()


def test_changes_know_what_they_touch() -> None:
    changes = Changes(frozenset({("case", "c1"), ("paper", "p1")}))
    assert changes.touches("paper", "clue")
    assert not changes.touches("clue")
    assert changes.touches()
    assert changes.touches_one("case", "c1")
    assert not changes.touches_one("case", "c2")
    assert not Changes().touches()


def test_an_answer_nobody_waits_for_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[object] = []
    owner = QObject()
    gate = threading.Event()
    tasks.query(owner, gate.wait, seen.append)
    skipped = tasks.query(owner, lambda: seen.append("never run"), seen.append)
    skipped.forget()
    change = tasks.work(
        owner, lambda: seen.append("the change is made"), lambda _: seen.append("x")
    )
    change.forget()
    dead = QObject()
    tasks.query(dead, lambda: 1, seen.append)
    dead.deleteLater()
    gate.set()
    quiet(qtbot, tasks)
    assert seen == ["the change is made", True] or seen == [True, "the change is made"]


def raising(error: Exception) -> object:
    raise error


def test_trouble_goes_to_who_asked_for_it(qtbot: QtBot, tasks: Tasks) -> None:
    owner, seen = QObject(), []
    tasks.query(owner, lambda: raising(UserError("不行")), seen.append, seen.append)
    quiet(qtbot, tasks)
    assert [str(one) for one in seen] == ["不行"]


def test_trouble_nobody_asked_for_is_told_by_its_kind(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    with qtbot.waitSignal(tasks.user_error) as told:
        tasks.query(owner, lambda: raising(UserError("请填写金额")), print)
    assert told.args[0].message == "请填写金额"
    with qtbot.waitSignal(tasks.outside_error):
        tasks.work(owner, lambda: raising(OutsideError("磁盘已满")))
    seen: list[Exception] = []
    with qtbot.waitSignal(tasks.bug) as told:
        tasks.outside(owner, lambda: raising(ZeroDivisionError()), failed=seen.append)
    assert isinstance(told.args[0], ZeroDivisionError)
    assert seen == [told.args[0]]


def test_long_work_tells_how_far_it_is_and_can_be_stopped(qtbot: QtBot, tasks: Tasks) -> None:
    owner, far, seen = QObject(), [], []
    tasks.progressed.connect(lambda news: far.append(news[1:]))
    started: list[Task[object]] = []
    tasks.started.connect(started.append)
    gate = threading.Event()

    def run(report: Report) -> str:
        report.progress(1, 3)
        gate.wait()
        return "stopped" if report.cancelled() else "finished"

    tasks.long_work(owner, "正在导入", run, seen.append)
    assert started[0].title == "正在导入"
    qtbot.waitUntil(lambda: far == [(1, 3)])
    report = started[0].report
    assert report is not None
    report.cancel()
    gate.set()
    quiet(qtbot, tasks)
    assert seen == ["stopped"]


def test_closing_lets_every_change_be_written(tasks: Tasks) -> None:
    written: list[int] = []
    owner = QObject()
    gate = threading.Event()
    tasks.long_work(owner, "长活", lambda report: gate.wait() and report.cancelled())
    for number in range(3):
        tasks.work(owner, lambda number=number: written.append(number))
    tasks.query(owner, lambda: written.append(99), print)
    gate.set()
    assert tasks.finish()
    assert written == [0, 1, 2]


def test_closing_cuts_a_call_that_waits_for_another_machine(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector_app.ui.tasks.LINE_MS", 20)
    owner, line = QObject(), threading.Event()  # an answer that comes only when the line is cut

    def call(report: Report) -> bool:
        report.cut_by(line.set)
        return line.wait(20)

    tasks.network(owner, call)
    assert tasks.finish()
    assert line.is_set()
