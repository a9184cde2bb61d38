"""Simulates many PCs that exchange at the same moment, and how long the slowest of them waits."""

import multiprocessing
import os
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Protocol

import psycopg
from psycopg import conninfo

from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.sync import apply
from inspector_app.sync.server import users
from inspector_app.sync.speed.bench_place import (
    AT,
    SCOPE,
    Figures,
    Place,
    a_round,
    invented,
    opened,
)

_LINES_EACH = 5


class _Start(Protocol):
    """Where everybody waits for everybody."""

    def wait(self) -> object: ...


@dataclass(frozen=True, slots=True)
class _Pc:
    place: Place
    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class _Told:
    """Seconds and calls of an exchange, and what the PC has after everybody's."""

    seconds: float
    calls: int
    held: str


_here: list[_Start] = []  # of a process of the simulation: the start common to all of them


def _common(start: _Start) -> None:
    _here.append(start)


def _login(place: Place, name: str) -> Place:
    """A login of its own for a PC: one person may hold only a few connections."""
    made = users.add_user(place.admin, name, [users.Grant(SCOPE)])
    password = conninfo.conninfo_to_dict(made)["password"]
    return replace(place, person=conninfo.make_conninfo(place.person, user=name, password=password))


def _one(pc: _Pc, start: _Start) -> _Told:
    """A PC whose program has been open a while, and on which some lines were written since."""
    with opened(pc.path) as ledger:
        with ledger.work("演示", actor="演示", at=AT) as uow:
            device = "UPDATE meta SET value = ? WHERE key = 'device'"  # a copied file is another PC
            uow.connection.exec_driver_sql(device, (new_id(),))
            uow.commit()
        a_round(pc.place, ledger)
        for line in range(_LINES_EACH):
            with ledger.work("演示", actor="演示", at=AT) as uow:
                (case,) = invented(1)[1]
                uow.add(replace(case, case_no=f"演示{pc.number}-{line}"))
                uow.commit()
        start.wait()
        found = a_round(pc.place, ledger)
        start.wait()
        a_round(pc.place, ledger)  # what the others wrote
        with ledger.read() as view:
            return _Told(found.seconds, found.calls, str(apply.digest(view.connection, SCOPE)))


def _together(pcs: Sequence[_Pc], start: _Start | None = None) -> list[_Told]:
    """Some PCs, each in a thread of this process."""
    with ThreadPoolExecutor(len(pcs)) as pool:
        return list(pool.map(partial(_one, start=start or _here[0]), pcs))


def _all(pcs: Sequence[_Pc]) -> list[_Told]:
    """All PCs, in as many processes as there are cores."""
    cores = min(os.cpu_count() or 1, len(pcs))
    if cores == 1 or getattr(sys, "frozen", False):
        return _together(pcs, Barrier(len(pcs)))
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(len(pcs))
    with ProcessPoolExecutor(cores, context, _common, (start,)) as pool:
        return [told for some in pool.map(_together, _shares(pcs, cores)) for told in some]


def _shares(pcs: Sequence[_Pc], cores: int) -> list[Sequence[_Pc]]:
    return [pcs[core::cores] for core in range(cores)]


def many(place: Place, folder: Path, n: int) -> Figures:
    """n PCs exchange at the same moment, each with some changes: the slowest; floor: one alone.

    The PCs share this machine's cores with the server; those of a bureau bring their own.
    """
    blank = folder / "blank.ledger"
    with opened(blank) as ledger:
        a_round(place, ledger)
    pcs = [
        _Pc(
            _login(place, f"pc{number}"),
            Path(shutil.copy(blank, folder / f"{number}.ledger")),
            number,
        )
        for number in range(n + 1)
    ]
    alone = _one(pcs[n], Barrier(1))
    told = _all(pcs[:n])
    with psycopg.connect(place.admin) as connection:
        query = "SELECT count(*) FROM sync.row WHERE t = 'case' AND NOT gone"
        (rows,) = connection.execute(query).fetchone() or (0,)
    if rows != (n + 1) * _LINES_EACH or len({one.held for one in told}) != 1:
        raise OutsideError(f"测量没有完成：{rows}", kind="bench")
    slowest = max(one.seconds for one in told)
    return Figures(n, slowest, alone.seconds, sum(one.calls for one in told))
