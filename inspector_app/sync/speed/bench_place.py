"""What the measurements of the exchange share: where they run, one exchange, invented cases."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from inspector_app.domain.cases import Case
from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError
from inspector_app.ledger import bench as ledger_bench
from inspector_app.ledger.ledger import Ledger
from inspector_app.sync.exchange import Exchange
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.talk import Progress, Report, Talk

SCOPE = "410402"
AT = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """A fresh shared database: as its administrator, and as somebody who writes in SCOPE."""

    admin: str
    person: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds for `n` of something, those of the floor, and how often the server was called."""

    n: int
    seconds: float
    floor: float
    calls: int


@dataclass(frozen=True, slots=True)
class Round:
    """An exchange: what it did, seconds until the first page was asked for, all of them, calls."""

    report: Report
    sent: float
    seconds: float
    calls: int


class _Counting(PgTransport):
    """Counts what goes over the line."""

    calls = 0

    def _rows(self, function: str, *values: object) -> list[tuple[Any, ...]]:
        self.calls += 1
        return super()._rows(function, *values)


@contextmanager
def opened(path: Path, key: bytes | None = None) -> Iterator[Ledger]:
    """The ledger of that file for as long as it is needed."""
    ledger = Ledger.open(path, key=key)
    try:
        yield ledger
    finally:
        ledger.close()


def a_round(place: Place, ledger: Ledger) -> Round:
    """One exchange, connection included: a PC does not keep one between two rounds."""
    sent: list[float] = []

    def look(progress: Progress) -> None:
        if progress.step == "接收" and not sent:
            sent.append(time.perf_counter())

    start = time.perf_counter()
    line = _Counting(place.person)
    try:
        report = Exchange(Talk(ledger, line, now=lambda: AT, progress=look)).run()
    finally:
        line.close()
    end = time.perf_counter()
    if report.unlike or report.refused or report.held or report.left_out:
        raise OutsideError(f"测量没有完成：{report}", kind="bench")
    return Round(report, (sent[0] if sent else end) - start, end - start, line.calls)


def invented(n: int) -> tuple[Employer, list[Case]]:
    """An employer and n cases of it, all of SCOPE."""
    employer, cases = ledger_bench.invented(n)
    return replace(employer, scope=SCOPE), cases
