"""Measures the ledger against a raw floor in the same run: the same rows without the ledger."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypedDict

from inspector_app.domain.cases import Case, Source, Stage
from inspector_app.domain.parties import Employer
from inspector_app.ledger.case_list import CaseQuery
from inspector_app.ledger.engine import connect
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import mapper

_AT = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)
_CITY, _COUNTY = "410400", "410402"
_PAGE = 200


class Figures(TypedDict):
    """What a measurement found; seconds of the ledger, of the floor, and their ratio."""

    name: str
    n: int
    seconds: float
    floor_seconds: float
    ratio: float


def _figures(name: str, n: int, seconds: float, floor: float) -> Figures:
    return {
        "name": name,
        "n": n,
        "seconds": round(seconds, 4),
        "floor_seconds": round(floor, 4),
        "ratio": round(seconds / floor, 2),
    }


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def invented(n: int) -> tuple[Employer, list[Case]]:
    """An employer and n cases of it, all made up."""
    employer = Employer(new_id(), "演示建筑劳务有限公司", _CITY, _CITY)
    first = Case(
        new_id(),
        "",
        _COUNTY,
        _CITY,
        Stage.RECTIFICATION,
        Source.VISIT,
        "拖欠农民工工资",
        employer.id,
        date(2026, 9, 1),
        filed_on=date(2026, 9, 2),
        stated_workers=12,
        stated_fen=1_200_000,
    )
    numbers = (f"演示〔2026〕{number}号" for number in range(1, n + 1))
    return employer, [replace(first, id=new_id(), case_no=number) for number in numbers]


def _filled(folder: Path, name: str, n: int) -> tuple[Ledger, list[Case]]:
    ledger = Ledger.open(folder / f"{name}.ledger")
    employer, cases = invented(n)
    with ledger.work("演示数据", actor="演示", at=_AT) as uow:
        uow.add_all([employer, *cases])
        uow.commit()
    return ledger, cases


def bare(path: Path, key: bytes | None = None) -> Path:
    """The same tables without triggers: what SQLite itself can do."""
    Ledger.open(path, key=key).close()
    connection = connect(path, key, read_only=False, busy_ms=0)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    return path


def insert(folder: Path, n: int = 1000) -> Figures:
    """Store n cases in one unit of work; floor: executemany of the same rows, no trail."""
    ledger = Ledger.open(folder / "insert.ledger")
    employer, cases = invented(n)

    def store() -> None:
        with ledger.work("演示数据", actor="演示", at=_AT) as uow:
            uow.add(employer)
            uow.add_all(cases)
            uow.commit()

    seconds = _timed(store)
    ledger.close()
    rows = [mapper(Case).row(case) for case in cases]
    names = list(rows[0])
    raw = connect(bare(folder / "floor.ledger"), None, read_only=False, busy_ms=0)
    sql = f'INSERT INTO "case" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608  # our own column names

    def store_raw() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(sql, [list(row.values()) for row in rows])
        raw.execute("COMMIT")

    floor = _timed(store_raw)
    raw.close()
    return _figures("ledger-insert", n, seconds, floor)


def encrypted(folder: Path, n: int = 1000) -> Figures:
    """Store n cases, open anew, list a page, all encrypted; floor: the same in the open."""

    def a_day(name: str, key: bytes | None) -> float:
        employer, cases = invented(n)
        Ledger.open(folder / name, key=key).close()

        def work() -> None:
            ledger = Ledger.open(folder / name, key=key)
            with ledger.work("演示数据", actor="演示", at=_AT) as uow:
                uow.add(employer)
                uow.add_all(cases)
                uow.commit()
            ledger.close()
            again = Ledger.open(folder / name, key=key)
            with again.read() as view:
                view.case_rows(CaseQuery(limit=_PAGE))
            again.close()

        return _timed(work)

    a_day("warm.ledger", None)  # statements are compiled once, for either
    floor = a_day("open.ledger", None)
    return _figures("ledger-encrypted", n, a_day("encrypted.ledger", bytes(range(32))), floor)


def first_page(folder: Path, n: int = 1000) -> Figures:
    """The first page of a list of n cases with its sums; floor: the same rows as bare tuples."""
    ledger, _ = _filled(folder, "page", n)

    def page() -> None:
        with ledger.read() as view:
            view.case_rows(CaseQuery(limit=_PAGE))

    page()
    seconds = _timed(page)
    ledger.close()
    raw = connect(folder / "page.ledger", None, read_only=True, busy_ms=0)
    sql = f"SELECT * FROM case_line ORDER BY filed_on DESC, n DESC LIMIT {_PAGE}"  # noqa: S608  # a constant

    def page_raw() -> None:
        raw.execute("BEGIN")
        raw.execute(sql).fetchall()
        raw.execute("SELECT count(*), sum(amount_fen), sum(paid_fen) FROM case_line").fetchall()
        raw.execute("ROLLBACK")

    page_raw()
    floor = _timed(page_raw)
    raw.close()
    return _figures("ledger-first-page", n, seconds, floor)


def save(folder: Path, n: int = 200) -> Figures:
    """Save one field n times, a unit of work each; floor: a bare UPDATE and commit each."""
    ledger, cases = _filled(folder, "save", 1)

    def save_all() -> None:
        for number in range(n):
            with ledger.work("演示", actor="演示", at=_AT) as uow:
                uow.save(replace(cases[0], note=str(number)))
                uow.commit()

    seconds = _timed(save_all)
    ledger.close()
    raw = connect(bare(folder / "floor.ledger"), None, read_only=False, busy_ms=0)

    def save_raw() -> None:
        for number in range(n):
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT OR REPLACE INTO meta VALUES ('bench', ?)", (str(number),))
            raw.execute("COMMIT")

    floor = _timed(save_raw)
    raw.close()
    return _figures("ledger-save", n, seconds, floor)


BENCHES: dict[str, Callable[..., Figures]] = {
    "ledger-insert": insert,
    "ledger-first-page": first_page,
    "ledger-save": save,
}
