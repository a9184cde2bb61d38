"""Numbers within an exchange: told when this PC joins, kept in stock, given back, told anew.

Every step first writes down here what it is about to say there, so that a crash between the two
leaves at most a number that is on lease and not issued, which the next exchange finds again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.ledger.rows import Rows
from inspector_app.sync import memory
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.number_line import NumberLine, Series
from inspector_app.sync.talk import Talk
from inspector_app.sync.transport import Hello

if TYPE_CHECKING:
    from inspector_app.ledger.ledger import Ledger

POINTS = ("before_declare", "after_declare", "after_lease", "before_release", "after_release")
CHECKED = "numbers_checked"  # the day on which what is held here was last compared
YEAR_OVER, UNUSED = f"{leases.VOID}年度结束未使用", leases.REUSE
GRACE = timedelta(minutes=10)  # a number fetched for a paper that is being issued stays so long
_A_CALL = 500
_NOT_NOW = ("recovery", "rights", "server_too_old")


@dataclass(frozen=True, slots=True)
class Stock:
    """How many numbers of which series are to be held here, on which day."""

    today: date
    wanted: Mapping[Series, int]


@dataclass(frozen=True, slots=True)
class NumberPost:
    """What the bureau wants in stock: asked with the scopes one may write and the server's mode."""

    stock: Callable[[Rows, frozenset[str], str], Stock]


class NumberRound:
    """The part of an exchange that is about numbers."""

    def __init__(self, talk: Talk, hello: Hello) -> None:
        self.talk, self.hello = talk, hello
        self.ledger, self.line = talk.ledger, talk.transport
        self.at = talk.now()

    def _work(self) -> Any:
        return self.ledger.work("同步", actor=self.hello.me, at=self.at)

    def _scopes(self) -> list[str]:
        return sorted(name for name, head in self.hello.scopes.items() if head.write)

    # ── before anything is delivered ─────────────────────────────────────────────────────────────
    def declare(self) -> None:
        """Say which numbers were used without a lease: at the first exchange, after a restore."""
        with self.ledger.read() as view:
            known = leases.mode(view.connection)
        if known != self.hello.numbers:
            # First of all: from here on nobody here numbers without a lease.
            with self._work() as uow:
                memory.put(uow.connection, leases.MODE, self.hello.numbers or None)
                uow.commit()
        if not self.hello.numbers or not (self.hello.paused or self.hello.last_n == 0):
            return
        crashpoints.reach("before_declare")
        if self.hello.paused:
            self._redeclare()
        with self.ledger.read() as view:
            connection = view.connection
            device, was = memory.device(connection), " ".join(leases.former_names(connection))
            used = leases.used(connection, self._scopes(), every_one=self.hello.paused)
        for series, pairs in used.items():
            for start in range(0, len(pairs), _A_CALL):
                told = pairs[start : start + _A_CALL]
                twins = self.line.declare_used(device, *series, told, was)
                self.talk.report.twins += [(series, no) for no in twins]
        crashpoints.reach("after_declare")

    def _redeclare(self) -> None:
        """What a restored server says is another's, goes.

        An older copy tells as well, though it may not issue: what is held is given to nobody else.
        """
        with self.ledger.read() as view:
            device, held = memory.device(view.connection), leases.free(view.connection)
        for series, nos in held.items():
            if series[0] not in self._scopes():
                continue
            lost = self.line.redeclare(device, *series, nos)
            if lost:
                with self._work() as uow:
                    leases.forget(uow.connection, series, lost)
                    uow.commit()

    # ── after everything was received ────────────────────────────────────────────────────────────
    def run(self, post: NumberPost) -> None:
        """Give back what is not wanted, fetch what is; nothing at all when the stock is right."""
        if not self.hello.numbers or self.hello.recovery:
            return
        try:
            self._distrust()
            with self.ledger.read() as view:
                connection = view.connection
                scopes = frozenset(self._scopes())
                stock = post.stock(view, scopes, self.hello.numbers)
                held = leases.free(connection)
                checked = memory.get(connection, CHECKED)
            self._give_back(stock)
            self._fill(stock.wanted, held)
            if checked != stock.today.isoformat():
                self._compare(stock.today)
        except OutsideError as error:
            if error.kind not in _NOT_NOW:
                raise

    def _distrust(self) -> None:
        """After an older copy was put in place: what it holds may be on paper, and is void."""
        known = leases.read_mark(self.ledger.path)
        with self.ledger.read() as view:
            connection = view.connection
            if not leases.is_older_copy(connection, known):
                return
            names = [*leases.former_names(connection), memory.device(connection)]
            used = leases.used(connection, self._scopes(), every_one=True)
            drawn = max(leases.read_mark(self.ledger.path), memory.get(connection, leases.DRAWN, 0))
        for name in names:
            for series, nos in self.line.held(name).items():
                borne = {no for no, _ in used.get(series, ())}
                lost = [no for no in nos if no not in borne]
                if lost:
                    self.line.release(name, *series, lost, leases.VOID + leases.OLD_COPY)
        leases.write_mark(self.ledger.path, drawn)
        with self._work() as uow:
            leases.forget_all(uow.connection)
            memory.put(uow.connection, leases.DRAWN, drawn)
            memory.put(uow.connection, leases.DISTRUST, None)
            uow.commit()

    def _give_back(self, stock: Stock) -> None:
        with self.ledger.read() as view:
            surplus = _surplus(leases.every(view.connection), stock, self.at)
            waits = leases.returning(view.connection)
        if surplus:
            with self._work() as uow:
                for (series, why), nos in surplus.items():
                    leases.give_back(uow.connection, series, nos, why)
                waits = leases.returning(uow.connection)
                uow.commit()
        for (series, why), nos in waits.items():
            crashpoints.reach("before_release")
            with self.ledger.read() as view:
                device = memory.device(view.connection)
            self.line.release(device, *series, nos, why)
            crashpoints.reach("after_release")
            with self._work() as uow:
                leases.forget(uow.connection, series, nos)
                uow.commit()

    def _fill(self, wanted: Mapping[Series, int], held: Mapping[Series, list[int]]) -> None:
        for series, count in sorted(wanted.items()):
            if len(held.get(series, ())) < count and series[0] in self._scopes():
                self.talk.stop_if_asked()
                fetch(self.ledger, self.line, series, count, self.hello.me, self.at)

    def _compare(self, today: date) -> None:
        """Once a day: what the administrator took from this PC is not issued any more."""
        with self.ledger.read() as view:
            device, held = memory.device(view.connection), leases.free(view.connection)
        there = self.line.held(device)
        with self._work() as uow:
            for series, nos in held.items():
                leases.forget(uow.connection, series, set(nos) - set(there.get(series, ())))
            memory.put(uow.connection, CHECKED, today.isoformat())
            uow.commit()


def fetch(
    ledger: "Ledger", line: NumberLine, series: Series, count: int, me: str, at: datetime
) -> list[int]:
    """Hold at least so many numbers of a series; what may be issued of it by now."""
    usable: list[int] = []
    asked = count
    for _ in range(2):  # a second time when some of them are borne by papers not delivered yet
        with ledger.read() as view:
            device = memory.device(view.connection)
        told = line.lease(device, *series, asked)
        crashpoints.reach("after_lease")
        with ledger.work("同步", actor=me, at=at) as uow:
            if leases.read_mark(ledger.path) < 0:
                leases.write_mark(ledger.path, int(memory.get(uow.connection, leases.DRAWN, 0)))
            stamp = at.astimezone().isoformat(timespec="seconds")
            usable = leases.keep(uow.connection, series, told, device, stamp)
            uow.commit()
        if len(usable) >= count:
            break
        asked = count + len(told) - len(usable)
    return usable


def _surplus(
    held: Iterable[leases.Lease], stock: Stock, at: datetime
) -> dict[tuple[Series, str], list[int]]:
    """What goes back: of years that are over, and the highest of what is more than wanted."""
    found: dict[tuple[Series, str], list[int]] = {}
    kept: dict[Series, int] = {}
    for one in held:
        if one.state != leases.FREE:
            continue
        if at.astimezone() - datetime.fromisoformat(one.at) < GRACE:
            kept[one.series] = kept.get(one.series, 0) + 1
            continue
        over = 0 < one.series[2] < stock.today.year
        if over:
            found.setdefault((one.series, YEAR_OVER), []).append(one.no)
        elif kept.get(one.series, 0) >= stock.wanted.get(one.series, 0):
            found.setdefault((one.series, UNUSED), []).append(one.no)
        else:
            kept[one.series] = kept.get(one.series, 0) + 1
    return found
