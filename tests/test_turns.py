"""Threads beside the window let it have its turn, also those of many short statements."""

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from inspector_app import turns
from inspector_app.ledger.ledger import Ledger
from tests.helpers.builders import an_employer

AT = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def breaths(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, none of them slept through."""
    taken: list[float] = []
    monkeypatch.setattr(turns, "sleep", taken.append)
    return taken


def beside(work: object) -> None:
    assert callable(work)
    thread = Thread(target=work)
    thread.start()
    thread.join()


def test_a_thread_beside_pauses_now_and_then_and_the_main_one_never(
    breaths: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([1.0, 1.0, 1.001, 1.004, 1.006, 1.006])
    monkeypatch.setattr(turns, "perf_counter", lambda: next(clock))
    turns.breathe()
    assert breaths == []
    beside(lambda: [turns.breathe() for _ in range(4)])
    assert breaths == [turns.BREATH] * 2, "at once, and when it has worked for some milliseconds"


def test_whoever_works_in_the_ledger_beside_pauses(
    breaths: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(turns, "EVERY", 0.0)
    ledger = Ledger.open(tmp_path / "a.ledger")

    def work(employer: str) -> None:
        with ledger.work("登记", actor="演示", at=AT) as uow:
            uow.add(an_employer(id=employer))
            uow.commit()

    work("employer-1")
    assert breaths == []
    beside(partial(work, "employer-2"))
    assert len(breaths) > 5
    ledger.close()


def test_turns_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    monkeypatch.setattr(sys, "setswitchinterval", asked.append)
    turns.take_turns()
    assert asked == [turns.SECONDS]
    assert asked[0] <= 0.001
