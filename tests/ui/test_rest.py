"""Full looks for garbage wait for a pause: they halt every thread."""

import gc

import pytest
from PySide6.QtCore import QObject

from inspector_app.sync.quiet import no_full_look
from inspector_app.ui import rest

MANY = 200_000  # objects that stay: by Python's own rule they bring a full look


@pytest.fixture(autouse=True)
def as_python_comes(collector: None) -> None:
    """As Python itself would look: the suite does not in tests of the window."""
    gc.enable()
    gc.set_threshold(700, 10, 10)


def full_looks() -> int:
    return int(gc.get_stats()[2]["collections"])


def looks_while_much_is_made() -> int:
    before = full_looks()
    kept: list[list[object]] = [[] for _ in range(MANY)]
    found = full_looks() - before
    assert len(kept) == MANY
    return found


def test_much_that_stays_brings_no_full_look() -> None:
    gc.freeze()  # the suite's own objects put it off
    gc.collect()
    assert looks_while_much_is_made() > 0
    with no_full_look(), no_full_look():
        assert looks_while_much_is_made() == 0
    assert looks_while_much_is_made() > 0
    rest.begin()
    with no_full_look():
        pass
    assert looks_while_much_is_made() == 0


class Asked:
    """A window whose user pauses and whose work runs as a test says."""

    idle, working = 0.0, False

    def __init__(self) -> None:
        self.window = QObject()

    def sweeper(self) -> rest.Sweeper:
        return rest.Sweeper(self.window, lambda: self.idle, lambda: self.working)


def test_the_full_look_waits_for_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    count, swept, window = (0, 0, 0), [], Asked()
    monkeypatch.setattr(gc, "get_count", lambda: count)
    monkeypatch.setattr(gc, "collect", lambda *generation: swept.append(generation))
    sweeper = window.sweeper()
    window.idle = rest.PAUSE_SECONDS
    sweeper.look()  # nothing to look for
    assert swept == []
    count, window.idle = (rest.YOUNG, rest.MIDDLE, 0), 0.0
    for _ in range(rest.DUE):
        sweeper.look()
    window.idle, window.working = rest.PAUSE_SECONDS, True
    sweeper.look()
    assert () not in swept
    window.working = False
    sweeper.look()
    sweeper.look()
    assert swept.count(()) == 1
    window.idle = 0.0
    for _ in range(rest.OVERDUE):
        sweeper.look()  # it never puts it off for ever
    assert swept.count(()) == 2


def test_many_quick_looks_count_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every exchange would bring a full look."""
    swept, window = [], Asked()
    monkeypatch.setattr(gc, "get_count", lambda: (rest.YOUNG, rest.MIDDLE, 0))
    monkeypatch.setattr(gc, "collect", lambda *generation: swept.append(generation))
    sweeper, window.working = window.sweeper(), True
    for _ in range(rest.DUE * 5):
        sweeper.look()
    window.idle, window.working = rest.PAUSE_SECONDS, False
    sweeper.look()
    assert () not in swept


def test_the_young_are_looked_through_on_the_thread_of_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    young, middle, looks = rest.YOUNG - 1, 0, []
    monkeypatch.setattr(gc, "get_count", lambda: (young, middle, 0))
    monkeypatch.setattr(gc, "collect", looks.append)
    sweeper = Asked().sweeper()
    sweeper.look()
    assert looks == []
    young = rest.YOUNG
    sweeper.look()
    middle = rest.MIDDLE
    sweeper.look()
    assert looks == [0, 1]
    rest.begin()
    assert not gc.isenabled()  # else a worker could be the one to end a widget


def test_it_looks_more_often_while_something_works_beside() -> None:
    window = Asked()
    sweeper = window.sweeper()
    window.working = True
    sweeper.look()
    busy = sweeper.interval()
    window.working = False
    sweeper.look()
    assert busy < sweeper.interval() / 5
