"""Measures the exchange on a running PostgreSQL against a raw floor in the same run."""

import csv
import io
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import psycopg
from psycopg import conninfo

from inspector_app.domain.cases import Case
from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError
from inspector_app.ledger import bench as ledger_bench
from inspector_app.ledger.bench import bare
from inspector_app.ledger.engine import connect
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import mapper
from inspector_app.sync import apply
from inspector_app.sync.exchange import Exchange, Progress, Report
from inspector_app.sync.pg import PgTransport
from inspector_app.sync.server import users

SCOPE = "410402"
_AT = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)
_KEY = bytes(range(32))
_IDLE_ROUNDS = 20
_LINES_EACH = 5


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


class _Counting(PgTransport):
    """Counts what goes over the line."""

    calls = 0

    def _call(self, function: str, *values: object) -> Any:
        self.calls += 1
        return super()._call(function, *values)


@contextmanager
def _opened(path: Path, key: bytes | None = None) -> Iterator[Ledger]:
    ledger = Ledger.open(path, key=key)
    try:
        yield ledger
    finally:
        ledger.close()


def _round(place: Place, ledger: Ledger) -> tuple[Report, float, float, int]:
    """One exchange: its report, the seconds until the first page was asked for, all seconds, calls.

    The connection is part of it: a PC does not keep one between two rounds.
    """
    sent: list[float] = []

    def look(progress: Progress) -> None:
        if progress.step == "接收" and not sent:
            sent.append(time.perf_counter())

    start = time.perf_counter()
    line = _Counting(place.person)
    try:
        report = Exchange(ledger, line, now=lambda: _AT, progress=look).run()
    finally:
        line.close()
    end = time.perf_counter()
    if report.unlike or report.refused or report.held or report.left_out:
        raise OutsideError(f"测量没有完成：{report}", kind="bench")
    return report, (sent[0] if sent else end) - start, end - start, line.calls


def invented(n: int) -> tuple[Employer, list[Case]]:
    """An employer and n cases of it, all of SCOPE."""
    employer, cases = ledger_bench.invented(n)
    return replace(employer, scope=SCOPE), cases


def _rows(cases: Sequence[Case]) -> list[dict[str, Any]]:
    return [{**mapper(Case).row(case), "row_rev": 0} for case in cases]


def _lines(cases: Sequence[Case]) -> str:
    """The rows as COPY reads them into a table like the shared one."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in _rows(cases):
        del row["row_rev"]
        data = json.dumps(row, ensure_ascii=False)
        writer.writerow(["case", row["id"], "case", row["id"], SCOPE, data, "f", 1, "bench"])
    return out.getvalue()


_COLUMNS = "t, id, root_type, root, scope, data, gone, rev, by_login"
_MERGE = f"""
INSERT INTO sync.floor AS floor SELECT {_COLUMNS} FROM come ON CONFLICT (t, id) DO UPDATE
SET data = excluded.data, rev = excluded.rev, gone = excluded.gone, by_login = excluded.by_login
"""  # noqa: S608  # a constant, and only a floor: the exchange itself merges otherwise


def _copy(connection: "psycopg.Connection[Any]", table: str, text: str) -> None:
    with connection.cursor().copy(
        f"COPY {table} ({_COLUMNS}) FROM STDIN (FORMAT csv)".encode()
    ) as copy:
        copy.write(text)


def _merge_floor(place: Place, before: Sequence[Case], after: Sequence[Case]) -> float:
    """COPY of the same rows into a temporary table, and one statement that merges them."""
    with psycopg.connect(place.admin) as connection:
        connection.execute("CREATE TABLE sync.floor (LIKE sync.row INCLUDING ALL)")
        connection.execute("CREATE TEMP TABLE come (LIKE sync.row)")  # nobody else needs it
        _copy(connection, "sync.floor", _lines(before))
        connection.commit()
        text = _lines(after)
        start = time.perf_counter()
        _copy(connection, "come", text)
        connection.execute(_MERGE.encode())
        connection.commit()
        return time.perf_counter() - start


def push(place: Place, folder: Path, n: int) -> Figures:
    """Deliver one step that changes n rows, half of them new; floor: COPY and merge of the same."""
    employer, cases = invented(n)
    old, new = cases[: n // 2], cases[n // 2 :]
    changed = [replace(case, note="演示改动") for case in old]
    with _opened(folder / "push.ledger") as ledger:
        with ledger.work("演示", actor="演示", at=_AT) as uow:
            uow.add_all([employer, *old])
            uow.commit()
        _round(place, ledger)
        with ledger.work("演示", actor="演示", at=_AT) as uow:
            for case in changed:
                uow.save(case)
            uow.add_all(new)
            uow.commit()
        _, seconds, _, calls = _round(place, ledger)
    return Figures(n, seconds, _merge_floor(place, old, [*changed, *new]), calls)


def single(place: Place, folder: Path, n: int) -> Figures:
    """Deliver n steps of one change each into one scope; floor: as many bare UPDATEs, committed."""
    employer, (case,) = invented(1)
    with _opened(folder / "single.ledger") as ledger:
        with ledger.work("演示", actor="演示", at=_AT) as uow:
            uow.add_all([employer, case])
            uow.commit()
        _round(place, ledger)
        for number in range(n):
            with ledger.work("演示", actor="演示", at=_AT) as uow:
                uow.save(replace(case, note=str(number)))
                uow.commit()
        report, seconds, _, calls = _round(place, ledger)
    if report.pushed != n:
        raise OutsideError(f"测量没有完成：{report}", kind="bench")
    with psycopg.connect(place.admin, autocommit=True) as connection:
        connection.execute("CREATE TABLE sync.notes (note text)")
        connection.execute("INSERT INTO sync.notes VALUES ('')")
        start = time.perf_counter()
        for number in range(n):
            connection.execute("UPDATE sync.notes SET note = %s", (str(number),))
        floor = time.perf_counter() - start
    return Figures(n, seconds, floor, calls)


def fill(place: Place, folder: Path, n: int) -> None:
    """That many cases on the shared side, put there by the administrator: they are not measured."""
    employer, cases = invented(n)
    with _opened(folder / "first.ledger") as ledger:
        with ledger.work("演示", actor="演示", at=_AT) as uow:
            uow.add_all([employer, cases[0]])
            uow.commit()
        _round(place, ledger)
    text = _lines(cases[1:])
    with psycopg.connect(place.admin) as connection:
        query = "SELECT seq FROM sync.head WHERE scope = %s"
        (seq,) = connection.execute(query, (SCOPE,)).fetchone() or (0,)
        with connection.cursor().copy(
            "COPY sync.root (root, root_type, scope, seq) FROM STDIN"
        ) as copy:
            for case in cases[1:]:
                copy.write_row((case.id, "case", SCOPE, seq))
        _copy(connection, "sync.row", text.replace(",1,bench", f",{seq},bench"))
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE sync.row, sync.root")


def _load_floor(place: Place, folder: Path, key: bytes | None) -> float:
    """COPY the values out, and insert them into the same tables without any trigger."""
    names = [name for name in _rows(invented(1)[1])[0] if name != "row_rev"]
    path = folder / "floor.ledger"
    raw = connect(bare(path, key), key, read_only=False, busy_ms=0)
    marks = ", ".join("?" * len(names))
    sql = f'INSERT INTO "case" ({", ".join(names)}) VALUES ({marks})'  # noqa: S608  # our own column names
    cells = ", ".join(f"data->>'{name}'" for name in names)
    query = f"COPY (SELECT {cells} FROM sync.row WHERE t = 'case' ORDER BY id) TO STDOUT"  # noqa: S608  # our own column names
    with psycopg.connect(place.admin) as connection:
        start = time.perf_counter()
        with connection.cursor().copy(query.encode()) as copy:
            rows = list(copy.rows())
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(sql, rows)
        raw.execute("COMMIT")
        seconds = time.perf_counter() - start
    raw.close()
    return seconds


def load(place: Place, folder: Path, n: int, *, key: bytes | None = None) -> Figures:
    """The first exchange of an empty ledger; floor: COPY out and bare inserts."""
    fill(place, folder, n)
    with _opened(folder / "load.ledger", key) as ledger:
        report, _, seconds, calls = _round(place, ledger)
    if report.received < n:
        raise OutsideError(f"测量没有完成：{report.received}", kind="bench")
    return Figures(n, seconds, _load_floor(place, folder, key), calls)


def load_locked(place: Place, folder: Path, n: int) -> Figures:
    """As `load`, into an encrypted ledger; the floor's file is encrypted too."""
    return load(place, folder, n, key=_KEY)


def idle(place: Place, folder: Path, n: int) -> Figures:
    """The best of some rounds in which nothing happened, connection included, on a ledger of n
    cases; floor: connect and ask for 1."""
    fill(place, folder, n)
    with _opened(folder / "idle.ledger") as ledger:
        _round(place, ledger)
        rounds = [_round(place, ledger) for _ in range(_IDLE_ROUNDS)]
    floors = []
    for _ in range(_IDLE_ROUNDS):
        start = time.perf_counter()
        with psycopg.connect(place.person) as connection:
            connection.execute("SELECT 1")
        floors.append(time.perf_counter() - start)
    seconds, calls = min(one[2] for one in rounds), max(one[3] for one in rounds)
    return Figures(n, seconds, min(floors), calls)


def _person(place: Place, name: str) -> str:
    """A login of its own for a simulated PC: one person may hold only a few connections."""
    made = users.add_user(place.admin, name, [users.Grant(SCOPE)])
    password = conninfo.conninfo_to_dict(made)["password"]
    return conninfo.make_conninfo(place.person, user=name, password=password)


def _one_of_many(place: Place, path: Path, number: int, start: Barrier) -> tuple[float, int, str]:
    """A PC that wrote some lines while apart: seconds and calls of its exchange, what it has."""
    with _opened(path) as ledger:
        with ledger.work("演示", actor="演示", at=_AT) as uow:
            device = "UPDATE meta SET value = ? WHERE key = 'device'"  # a copied file is another PC
            uow.connection.exec_driver_sql(device, (new_id(),))
            uow.commit()
        for line in range(_LINES_EACH):
            with ledger.work("演示", actor="演示", at=_AT) as uow:
                (case,) = invented(1)[1]
                uow.add(replace(case, case_no=f"演示{number}-{line}"))
                uow.commit()
        start.wait()
        _, _, seconds, calls = _round(place, ledger)
        start.wait()
        _round(place, ledger)  # what the others wrote
        with ledger.read() as view:
            return seconds, calls, str(apply.digest(view.connection, SCOPE))


def many(place: Place, folder: Path, n: int) -> Figures:
    """n PCs exchange at the same moment, each with some changes: the slowest; floor: one alone.

    All of them run in this process, so that their own work waits for the others' too.
    """
    blank = folder / "blank.ledger"
    with _opened(blank) as ledger:
        _round(place, ledger)
    persons = [replace(place, person=_person(place, f"pc{number}")) for number in range(n + 1)]
    paths = [Path(shutil.copy(blank, folder / f"{number}.ledger")) for number in range(n + 1)]
    floor, _, _ = _one_of_many(persons[n], paths[n], n, Barrier(1))
    start = Barrier(n)
    with ThreadPoolExecutor(n) as pool:
        asked = range(n)
        done = list(pool.map(_one_of_many, persons[:n], paths[:n], asked, [start] * n))
    with psycopg.connect(place.admin) as connection:
        query = "SELECT count(*) FROM sync.row WHERE t = 'case' AND NOT gone"
        (rows,) = connection.execute(query).fetchone() or (0,)
    if rows != (n + 1) * _LINES_EACH or len({held for _, _, held in done}) != 1:
        raise OutsideError(f"测量没有完成：{rows}", kind="bench")
    return Figures(n, max(one[0] for one in done), floor, sum(one[1] for one in done))


Measurement = Callable[[Place, Path, int], Figures]
BENCHES: dict[str, tuple[int, Measurement]] = {
    "sync-push": (10_000, push),
    "sync-single": (1_000, single),
    "sync-load": (100_000, load),
    "sync-load-locked": (100_000, load_locked),
    "sync-idle": (1_000, idle),
    "sync-many": (50, many),
}
