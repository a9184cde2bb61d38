"""Measures the exchange on a running PostgreSQL against a raw floor in the same run."""

import csv
import io
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from inspector_app.domain.cases import Case
from inspector_app.errors import OutsideError
from inspector_app.ledger.bench import bare
from inspector_app.ledger.engine import connect
from inspector_app.ledger.mapping import mapper
from inspector_app.sync.speed import crowd
from inspector_app.sync.speed.bench_place import (
    AT,
    SCOPE,
    Figures,
    Place,
    a_round,
    invented,
    opened,
)

__all__ = ["SCOPE", "Figures", "Place", "invented"]

_KEY = bytes(range(32))
_IDLE_ROUNDS = 20


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
    with opened(folder / "push.ledger") as ledger:
        with ledger.work("演示", actor="演示", at=AT) as uow:
            uow.add_all([employer, *old])
            uow.commit()
        a_round(place, ledger)
        with ledger.work("演示", actor="演示", at=AT) as uow:
            for case in changed:
                uow.save(case)
            uow.add_all(new)
            uow.commit()
        found = a_round(place, ledger)
    return Figures(n, found.sent, _merge_floor(place, old, [*changed, *new]), found.calls)


def single(place: Place, folder: Path, n: int) -> Figures:
    """Deliver n steps of one change each into one scope; floor: as many bare UPDATEs, committed."""
    employer, (case,) = invented(1)
    with opened(folder / "single.ledger") as ledger:
        with ledger.work("演示", actor="演示", at=AT) as uow:
            uow.add_all([employer, case])
            uow.commit()
        a_round(place, ledger)
        for number in range(n):
            with ledger.work("演示", actor="演示", at=AT) as uow:
                uow.save(replace(case, note=str(number)))
                uow.commit()
        found = a_round(place, ledger)
    if found.report.pushed != n:
        raise OutsideError(f"测量没有完成：{found.report}", kind="bench")
    with psycopg.connect(place.admin, autocommit=True) as connection:
        connection.execute("CREATE TABLE sync.notes (note text)")
        connection.execute("INSERT INTO sync.notes VALUES ('')")
        start = time.perf_counter()
        for number in range(n):
            connection.execute("UPDATE sync.notes SET note = %s", (str(number),))
        floor = time.perf_counter() - start
    return Figures(n, found.sent, floor, found.calls)


def fill(place: Place, folder: Path, n: int) -> None:
    """That many cases on the shared side, put there by the administrator: they are not measured."""
    employer, cases = invented(n)
    with opened(folder / "first.ledger") as ledger:
        with ledger.work("演示", actor="演示", at=AT) as uow:
            uow.add_all([employer, cases[0]])
            uow.commit()
        a_round(place, ledger)
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
    with opened(folder / "load.ledger", key) as ledger:
        found = a_round(place, ledger)
    if found.report.received < n:
        raise OutsideError(f"测量没有完成：{found.report.received}", kind="bench")
    return Figures(n, found.seconds, _load_floor(place, folder, key), found.calls)


def load_locked(place: Place, folder: Path, n: int) -> Figures:
    """As `load`, into an encrypted ledger; the floor's file is encrypted too."""
    return load(place, folder, n, key=_KEY)


def idle(place: Place, folder: Path, n: int) -> Figures:
    """The best of some rounds in which nothing happened, connection included, on a ledger of n
    cases; floor: connect and ask for 1."""
    fill(place, folder, n)
    with opened(folder / "idle.ledger") as ledger:
        a_round(place, ledger)
        rounds = [a_round(place, ledger) for _ in range(_IDLE_ROUNDS)]
    floors = []
    for _ in range(_IDLE_ROUNDS):
        start = time.perf_counter()
        with psycopg.connect(place.person) as connection:
            connection.execute("SELECT 1")
        floors.append(time.perf_counter() - start)
    seconds, calls = min(one.seconds for one in rounds), max(one.calls for one in rounds)
    return Figures(n, seconds, min(floors), calls)


Measurement = Callable[[Place, Path, int], Figures]
BENCHES: dict[str, tuple[int, Measurement]] = {
    "sync-push": (10_000, push),
    "sync-single": (1_000, single),
    "sync-load": (100_000, load),
    "sync-load-locked": (100_000, load_locked),
    "sync-idle": (1_000, idle),
    "sync-many": (50, crowd.many),
}
