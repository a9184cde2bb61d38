"""Numbers this PC holds on lease: taken, returned, and told from those of an older copy.

A number leaves the store in the very transaction that enters it in the register, so that no crash
can lose it or let it be borne twice.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from inspector_app.errors import UserError
from inspector_app.ledger.schema.leases import number_lease as lease
from inspector_app.ledger.schema.papers import number_entry as entry
from inspector_app.sync import memory
from inspector_app.sync.numbers.number_line import Series, Used

MODE, DRAWN, DISTRUST, RETIRED = "numbers", "numbers_drawn", "numbers_distrust", "numbers_retired"
USED_HERE = "numbers_used"
ONLINE, LEASED = "online", "leased"
FREE, RETURNING = "free", "returning"
REUSE, VOID = "reuse", "void:"
OLD_COPY = "本机台账退回过旧副本，去向不明"
NONE_LEFT = "no_number"


class NumbersOut(UserError):  # noqa: N818  # what happened, as the caller who fetches more says it
    """No number is left here; `needs` says how many of which series would do."""

    def __init__(self, needs: Mapping[Series, int], *, online: bool) -> None:
        how = "编号要向共享库取，" if online else "本机预留的号不够，"
        super().__init__(f"{how}请连上网络同步一次，再办这一步。", kind=NONE_LEFT)
        self.needs, self.online = dict(needs), online

    def and_more(self, count: int) -> "NumbersOut":
        """The same for work that goes on with so many more."""
        needs = {series: known + count for series, known in self.needs.items()}
        return NumbersOut(needs, online=self.online)


@dataclass(frozen=True, slots=True)
class Lease:
    """One number on lease to this PC."""

    series: Series
    no: int
    state: str
    why: str
    at: str


def mode(connection: Connection) -> str:
    """How the shared database gives numbers out; empty where this ledger numbers by itself."""
    return str(memory.get(connection, MODE, ""))


def _of(series: Series) -> tuple[object, ...]:
    scope, name, year = series
    return (lease.c.scope == scope, lease.c.series == name, lease.c.year == year)


def _borne() -> object:
    """Whether the register has the number: what came from elsewhere is never given twice."""
    names = ("scope", "series", "year", "no")
    return exists().where(*(entry.c[name] == lease.c[name] for name in names))


def take(connection: Connection, series: Series) -> int:
    """The smallest number on lease; the caller enters it in the same transaction."""
    query = select(func.min(lease.c.no)).where(*_of(series), lease.c.state == FREE, ~_borne())  # type: ignore[arg-type,operator]  # columns as objects
    no = connection.scalar(query)
    if no is None:
        raise NumbersOut({series: 1}, online=mode(connection) == ONLINE)
    connection.execute(delete(lease).where(*_of(series), lease.c.no == no))  # type: ignore[arg-type]  # columns as objects
    memory.put(connection, DRAWN, memory.get(connection, DRAWN, 0) + 1)
    return int(no)


def free(connection: Connection) -> dict[Series, list[int]]:
    """What may be issued without asking anybody, lowest first."""
    query = select(lease).where(lease.c.state == FREE, ~_borne()).order_by(lease.c.no)  # type: ignore[operator]  # an exists()
    found: dict[Series, list[int]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault((row["scope"], row["series"], row["year"]), []).append(row["no"])
    return found


def every(connection: Connection) -> list[Lease]:
    """All that is on lease here, also what is on its way back."""
    query = select(lease).order_by(lease.c.scope, lease.c.series, lease.c.year, lease.c.no)
    return [
        Lease((row["scope"], row["series"], row["year"]), row["no"], row["state"], row["why"],
              row["at"])
        for row in connection.execute(query).mappings()
    ]  # fmt: skip


def keep(
    connection: Connection, series: Series, nos: Iterable[int], device: str, at: str
) -> list[int]:
    """Take in what the shared database says is on lease here; what may be issued of it.

    Numbers the register has are on their way there and not free; numbers that are no longer on
    lease were taken from this PC and go.
    """
    scope, name, year = series
    told = set(nos)
    known = {row.no: row.state for row in connection.execute(select(lease).where(*_of(series)))}  # type: ignore[arg-type]  # columns as objects
    here = (entry.c.scope == scope, entry.c.series == name, entry.c.year == year)
    borne = set(connection.scalars(select(entry.c.no).where(*here, entry.c.no.in_(told))))
    gone = [no for no, state in known.items() if no not in told and state == FREE]
    for no in gone:
        connection.execute(delete(lease).where(*_of(series), lease.c.no == no))  # type: ignore[arg-type]  # columns as objects
    fresh = sorted(told - borne - known.keys())
    row = {"scope": scope, "series": name, "year": year, "device": device}
    rest = {"state": FREE, "why": "", "at": at}
    if fresh:
        connection.execute(insert(lease), [{**row, **rest, "no": no} for no in fresh])
    return sorted(no for no in told - borne if known.get(no, FREE) == FREE)


def give_back(connection: Connection, series: Series, nos: Iterable[int], why: str) -> None:
    """Mark numbers as going back: from here on they are not issued, whatever the line does."""
    for no in nos:
        chosen = (*_of(series), lease.c.no == no, lease.c.state == FREE)
        values = {"state": RETURNING, "why": why}
        connection.execute(update(lease).where(*chosen).values(values))  # type: ignore[arg-type]  # columns as objects


def forget(connection: Connection, series: Series, nos: Iterable[int]) -> None:
    """They are no longer ours."""
    for no in nos:
        connection.execute(delete(lease).where(*_of(series), lease.c.no == no))  # type: ignore[arg-type]  # columns as objects


def forget_all(connection: Connection) -> None:
    """Nothing here is to be trusted."""
    connection.execute(delete(lease))


def returning(connection: Connection) -> dict[tuple[Series, str], list[int]]:
    """What is on its way back, by series and why."""
    found: dict[tuple[Series, str], list[int]] = {}
    for one in every(connection):
        if one.state == RETURNING:
            found.setdefault((one.series, one.why), []).append(one.no)
    return found


def used(connection: Connection, scopes: Iterable[str], *, every_one: bool) -> dict[
    Series, list[Used]
]:  # fmt: skip
    """Entries of the register with their ids: those not confirmed yet, or all of these scopes."""
    query = select(entry.c.scope, entry.c.series, entry.c.year, entry.c.no, entry.c.id)
    query = query.where(entry.c.scope.in_(list(scopes))).order_by(entry.c.no)
    if not every_one:
        query = query.where(entry.c.row_rev == 0)
    found: dict[Series, list[Used]] = {}
    for scope, name, year, no, entry_id in connection.execute(query):
        found.setdefault((scope, name, year), []).append((no, entry_id))
    return found


def series_in_use(
    connection: Connection, scopes: Iterable[str], years: Iterable[int]
) -> set[tuple[str, str]]:
    """(scope, series) in which anybody numbered in these years."""
    query = select(entry.c.scope, entry.c.series).distinct()
    query = query.where(entry.c.scope.in_(list(scopes)), entry.c.year.in_(list(years)))
    return {(scope, name) for scope, name in connection.execute(query)}


# ── an older copy of the ledger ──────────────────────────────────────────────────────────────────
def mark_of(ledger: Path) -> Path:
    """The file beside the ledger that knows how many numbers were taken: no copy takes it along."""
    return ledger.with_name(f"{ledger.name}.numbers")


def read_mark(ledger: Path) -> int:
    """How many numbers were taken of leases here; -1 when nobody knows."""
    try:
        said = json.loads(mark_of(ledger).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return -1
    return said if isinstance(said, int) else -1


def write_mark(ledger: Path, drawn: int) -> None:
    """Note it; a mark that lags behind is no harm, one that is ahead tells of an older copy."""
    fresh = mark_of(ledger).with_suffix(".new")
    fresh.write_text(json.dumps(drawn), encoding="utf-8")
    fresh.replace(mark_of(ledger))


def distrust(connection: Connection) -> None:
    """This PC has just taken a new name: what it held under the old one may be on paper."""
    memory.put(
        connection, DISTRUST, [*former_names(connection), memory.get(connection, memory.WAS)]
    )


def former_names(connection: Connection) -> list[str]:
    """Names under which this PC may still hold numbers at the shared database."""
    return list(memory.get(connection, DISTRUST, []))


def is_older_copy(connection: Connection, known: int) -> bool:
    """Whether numbers may have been issued here that this file knows nothing of.

    `known` is the mark, read before this view of the ledger was opened: a number issued between
    the two would make the file look older than it is, and void all that is held.
    """
    if former_names(connection):
        return True
    drawn = int(memory.get(connection, DRAWN, 0))
    return drawn < known or (known < 0 and (drawn > 0 or bool(every(connection))))


def note_used(connection: Connection, series: Series) -> None:
    """This PC numbers in that series: a stock of it is kept here."""
    scope, name, year = series
    known = memory.get(connection, USED_HERE, {})
    key = f"{scope}|{name}"
    if known.get(key) != year:
        memory.put(connection, USED_HERE, {**known, key: year})


def used_here(connection: Connection) -> dict[tuple[str, str], int]:
    """(scope, series) -> the last year in which this PC numbered there."""
    known = memory.get(connection, USED_HERE, {})
    return {(key.split("|")[0], key.split("|", 1)[1]): year for key, year in known.items()}
