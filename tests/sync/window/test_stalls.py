"""The window goes on answering while much comes in or goes out."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QTimer

from inspector_app.app_window import SWITCH_SECONDS
from inspector_app.domain.cases import Case
from inspector_app.sync.bench import Place, fill, invented
from inspector_app.ui import rest
from tests.sync.window.conftest import Real
from tests.ui.conftest import OFFSCREEN_WORDS

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN_WORDS, extend=True)

FEW, MANY = 1_500, 20_000
STALL_MS, LONG_STALL_MS = 50.0, 300.0  # seen: 20 to 42 and 80 to 210 on two busy cores


class Gaps:
    """How long the event loop was away, measured by a timer that should fire all the time."""

    def __init__(self) -> None:
        self.worst = 0.0
        self.last = perf_counter()
        self.timer = QTimer()
        self.timer.setInterval(1)
        self.timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = perf_counter()
        self.worst = max(self.worst, (now - self.last) * 1000)
        self.last = now

    def during(self, work: Callable[[], object]) -> float:
        """The longest gap in milliseconds while that was done."""
        self.worst, self.last = 0.0, perf_counter()
        self.timer.start()
        work()
        self._tick()
        self.timer.stop()
        return self.worst


def usual(real: Real, seconds: float) -> float:
    """The longest gap beside a thread that only computes: what this machine does to everybody."""
    done = threading.Event()

    def compute() -> None:
        end = perf_counter() + seconds
        while perf_counter() < end:
            sum(range(2_000))
        done.set()

    def beside() -> None:
        threading.Thread(target=compute).start()
        real.qtbot.waitUntil(done.is_set, timeout=60_000)

    return Gaps().during(beside)


@pytest.fixture(autouse=True)
def as_the_program() -> Iterator[None]:
    """Threads take turns as in the program, and what other tests left is not looked through."""
    before, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_SECONDS)
    rest.begin()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    sys.setswitchinterval(before)


def stalls(real: Real, folder: Path, count: int, most: float) -> None:
    real.other.sync()
    fill(Place(real.postgres.dsn, real.postgres.of("a2")), folder, count)
    limit = max(most, 3 * usual(real, 1.0))
    real.fill_in()

    def begin() -> None:
        real.page().place_form.keep.click()
        real.quiet()

    load = Gaps().during(begin)
    with real.desk.ledger.read() as view:
        cases = view.find(Case)
    assert len(cases) == count
    with real.desk.work("演示") as uow:
        for case in cases[: count // 2]:
            uow.save(replace(case, note="演示改动"))
        uow.add_all(replace(one, case_no=f"再{one.case_no}") for one in invented(count // 2)[1])
        uow.commit()
    push = Gaps().during(real.sync)
    assert real.words().startswith("已同步")
    sys.stdout.write(
        f"\n{count} cases: load {load:.0f} ms, push {push:.0f} ms, limit {limit:.0f}\n"
    )
    assert max(load, push) <= limit


def test_the_window_answers_while_a_county_comes_in(real: Real, tmp_path: Path) -> None:
    stalls(real, tmp_path, FEW, STALL_MS)


@pytest.mark.long
def test_the_window_answers_while_a_city_comes_in(real: Real, tmp_path: Path) -> None:
    stalls(real, tmp_path, MANY, LONG_STALL_MS)
