"""The way in: pages of each scope, what left, and the comparison at the end."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from typing import Any

from sqlalchemy import Connection

from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints, derived
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.load import Loading, loading
from inspector_app.ledger.receive import Receiving, receiving
from inspector_app.sync import apply, away, conflicts, first_load, memory, pending, purge
from inspector_app.sync.first_load import Ready
from inspector_app.sync.greeting import SCHEMA
from inspector_app.sync.pending import RowKey
from inspector_app.sync.talk import Talk
from inspector_app.sync.transport import Hello, Page, RootState

CONFLICT = "conflict"
SMALL_PAGE = 200  # aggregates
LeftOut = dict[str, list[Any]]  # aggregate -> its type, whether somebody was at it, the day


def _keys(page: Page) -> set[RowKey]:
    """What a page shows to be alive: rows and conflicts."""
    rows = {(row.t, row.id) for root in page.roots for row in root.rows if row.cells}
    return rows | {(CONFLICT, str(one["id"])) for root in page.roots for one in root.conflicts}


class Puller:
    """Brings every scope up to date, whole pages at a time."""

    def __init__(self, talk: Talk, hello: Hello) -> None:
        self.talk, self.hello = talk, hello
        self.ledger, self.report = talk.ledger, talk.report
        self.moved = False  # whether something was written since we looked
        self.loaded = False  # whether lists and search wait to be made anew

    def run(self) -> None:
        """Receive, let go of what left, compare."""
        try:
            self._run()
        finally:
            if self.loaded:
                self.ledger.settle()

    def _run(self) -> None:
        self._look()
        self._forget(self.cursors.keys() - self.hello.scopes.keys())
        scopes = sorted(self.hello.scopes)
        for place, scope in enumerate(scopes):
            self.talk.tell("接收", place, len(scopes))
            self._scope(scope)
        if self.moved:
            self._look()
        self._leave()
        if self.known.get(purge.WAITING):
            purge.follow(self.talk)
        for scope, alike in self._looked_at([one for one in scopes if self._is_due(one)]).items():
            self._compare(scope, alike)

    def _look(self) -> None:
        """Read at once what is remembered: an idle round should cost next to nothing."""
        with self.ledger.read() as view:
            self.cursors = memory.cursors(view.connection)
            self.known = memory.everything(view.connection)
            self.busy = pending.scopes(view.connection)
            self.loaded = self.loaded or not derived.is_current(view.connection)

    def _of(self, key: str, scope: str) -> Any:
        return self.known.get(key, {}).get(scope)

    def _scope(self, scope: str, *, force: bool = False) -> None:
        cursor = self.cursors.get(scope, (0, ""))
        loading = self._of(memory.LOADING, scope)
        retry = self._try_again(scope)
        head = self.hello.scopes[scope]
        whole = bool(self._of(memory.REPULL, scope)) or retry or force
        if not whole and scope not in self.report.touched and cursor == (head.seq, head.hash):
            return
        base = 0 if whole else cursor[0]
        after, root = base + 1, ""
        if loading and not whole and base == 0 and loading[0] == self.hello.epoch:
            after, root = loading[1], loading[2]
        seen: set[RowKey] | None = set() if whole else None
        self._pages(scope, base, (after, root), seen)

    def _try_again(self, scope: str) -> bool:
        """What did not fit is tried again once nothing is pending there, else once a day."""
        today = self.talk.now().date().isoformat()
        left = (self._of(memory.LEFT_OUT, scope) or {}).values()
        return any(day != today or (waited and scope not in self.busy) for _, waited, day in left)

    def _pages(
        self, scope: str, base: int, place: tuple[int, str], seen: set[RowKey] | None
    ) -> None:
        self.moved = True
        left: LeftOut = {}
        turn = new_id()
        first, loads = True, base == 0 and seen is None
        self.talk.stop_if_asked()
        with closing(self._coming(scope, base, place, ahead=loads)) as coming:
            for one in coming:
                page = one.page if isinstance(one, Ready) else one
                crashpoints.reach("after_page")
                if seen is not None:
                    seen.update(_keys(page))
                loads = loads and (page.more or not first)  # a small scope comes in the usual way
                with self._unit(loads) as uow:
                    self._alone(uow.connection, scope, turn, first=first)
                    left |= self._take(uow, scope, one)
                    crashpoints.reach("mid_page")
                    if page.more:
                        on = [self.hello.epoch, *page.next] if seen is None and not base else None
                        memory.put_of_scope(uow.connection, memory.LOADING, scope, on)
                    else:
                        self._last(uow.connection, scope, page, seen, left)
                        crashpoints.reach("before_cursor")
                        memory.set_cursor(uow.connection, scope, *page.head)
                    self.report.changes += uow.commit().changes
                first = False
                if page.more:
                    self.talk.tell("接收", self.report.received, 0)  # nobody knows of how many
                    self.talk.stop_if_asked()

    def _unit(self, loads: bool) -> AbstractContextManager[Receiving]:
        self.loaded = self.loaded or loads
        return (loading if loads else receiving)(self.ledger, self.talk.now())

    def _coming(
        self, scope: str, base: int, place: tuple[int, str], *, ahead: bool
    ) -> Generator[Page | Ready, None, None]:
        """The pages of a scope; those of a first load are read while others are stored."""
        size = self.talk.page
        if ahead:
            most = size or SMALL_PAGE
            line = self.talk.transport
            yield from first_load.Ahead(line, scope, most=most, fixed=size is not None).pages(place)
            return
        while True:
            page = self.talk.transport.pull(scope, base, *place, size or SMALL_PAGE)
            yield page
            if not page.more:
                return
            place = page.next

    def _alone(self, connection: Connection, scope: str, turn: str, *, first: bool) -> None:
        """Pages of two exchanges of one PC never mix: the older state could come last."""
        if first:
            memory.put_of_scope(connection, memory.PULLING, scope, turn)
        elif memory.of_scopes(connection, memory.PULLING).get(scope) != turn:
            raise OutsideError("本机另一处也在同步，这一次先停下。", kind="busy")

    def _take(self, uow: Receiving, scope: str, one: Page | Ready) -> LeftOut:
        """Write a page; the aggregates that did not fit."""
        connection = uow.connection
        page = one.page if isinstance(one, Ready) else one
        roots = page.roots
        waiting = pending.of_roots(connection, {root.root for root in roots})
        left: list[RootState] = []
        quick = False
        if isinstance(uow, Loading) and isinstance(one, Ready) and not waiting:
            quick = first_load.store(uow, one)
        if not quick:
            left = apply.apply_roots(connection, first_load.spread(page), waiting)
        disputed = (one for root in roots for one in root.conflicts)
        self.report.disputed += conflicts.store(connection, scope, disputed)
        self.report.received += page.rows
        gone = memory.of_scopes(connection, memory.EXITS).get(scope, [])
        if gone:
            arrived = {(one.root_type, one.root) for one in roots}
            stay_out = [one for one in gone if tuple(one) not in arrived]
            memory.put_of_scope(connection, memory.EXITS, scope, stay_out)
        today = self.talk.now().date().isoformat()
        return {
            one.root: [one.root_type, (one.root_type, one.root) in waiting.roots, today]
            for one in left
        }

    def _last(
        self,
        connection: Connection,
        scope: str,
        page: Page,
        seen: set[RowKey] | None,
        left: LeftOut,
    ) -> None:
        exits = memory.of_scopes(connection, memory.EXITS).get(scope, [])
        fresh = ([kind, root] for kind, root, _ in page.exits)
        exits = [*exits, *(one for one in fresh if one not in exits)]
        memory.put_of_scope(connection, memory.EXITS, scope, exits)
        purge.remember(connection, page.exits)
        if seen is not None:
            stay = away.staying(connection, {(kind, root) for kind, root in exits})
            apply.prune(connection, scope, seen, pending.everything(connection), stay)
            conflicts.prune(connection, scope, {row_id for t, row_id in seen if t == CONFLICT})
        memory.put_of_scope(connection, memory.REPULL, scope, None)
        memory.put_of_scope(connection, memory.LOADING, scope, None)
        memory.put_of_scope(connection, memory.PULLING, scope, None)
        known = memory.of_scopes(connection, memory.LEFT_OUT).get(scope, {})
        left = left if seen is not None else {**known, **left}
        memory.put_of_scope(connection, memory.LEFT_OUT, scope, left)
        self.report.left_out += len(left)

    def _forget(self, scopes: set[str]) -> None:
        """Scopes no longer granted: their aggregates leave like those that were moved."""
        if not scopes:
            return
        self.moved = True
        with receiving(self.ledger, self.talk.now()) as uow:
            for scope in sorted(scopes):
                rows = [list(root) for root in sorted(apply.roots_in(uow.connection, scope))]
                memory.put_of_scope(uow.connection, memory.EXITS, scope, rows)
                memory.drop_cursor(uow.connection, scope)
            uow.commit()

    def _leave(self) -> None:
        """Let go of what left a scope, unless it has arrived in another or something waits."""
        if not self.known.get(memory.EXITS):
            return
        with receiving(self.ledger, self.talk.now()) as uow:
            connection = uow.connection
            for scope, exits in memory.of_scopes(connection, memory.EXITS).items():
                roots = {(kind, root) for kind, root in exits}
                here = away.here(connection, scope, roots)
                stay = away.staying(connection, here)
                apply.remove_roots(connection, here - stay)
                apply.remove_conflicts(connection, stay)
                memory.put_of_scope(
                    connection, memory.EXITS, scope, [list(x) for x in sorted(stay)]
                )
                if stay and scope not in self.hello.scopes:  # comes whole once the right is back
                    memory.put_of_scope(connection, memory.REPULL, scope, True)
            self.report.changes += uow.commit().changes

    def _is_due(self, scope: str) -> bool:
        """A scope is held against the server's sum once a day and after everything unusual."""
        today = self.talk.now().date().isoformat()
        unusual = self.hello.recovery or scope in self.hello.forked
        return bool(unusual or self._of(memory.VERIFIED, scope) != today)

    def _looked_at(self, scopes: list[str]) -> dict[str, bool | None]:
        """Whether each adds up; a load's lists and search are made meanwhile."""
        with ThreadPoolExecutor(1, thread_name_prefix="lists") as pool:
            made = pool.submit(self.ledger.settle) if self.loaded else None
            found = {scope: self._alike(scope) for scope in scopes}
            if made is not None:
                made.result()
                self.loaded = False
        return found

    def _compare(self, scope: str, alike: bool | None) -> None:
        """Draw the consequence of a comparison: what does not add up is fetched anew."""
        if alike is None:
            return
        if not alike:
            self._scope(scope, force=True)
            self._look()
            self._leave()
            if self._alike(scope) is False:
                self.report.unlike.append(scope)
        today = self.talk.now().date().isoformat()
        with self.talk.work() as uow:
            memory.put_of_scope(uow.connection, memory.VERIFIED, scope, today)
            uow.commit()

    def _alike(self, scope: str) -> bool | None:
        """Whether the scope adds up; None when it cannot be compared just now."""
        newer = self.hello.schema > SCHEMA  # it holds tables that this program does not know
        sums = self.talk.transport.digest(scope, SCHEMA if newer else None)
        with self.ledger.read() as view:
            connection = view.connection
            known = memory.cursors(connection).get(scope)
            left = memory.of_scopes(connection, memory.LEFT_OUT).get(scope)
            if known != sums.head or left or scope in pending.scopes(connection):
                return None
            return apply.digest(connection, scope) == (sums.rows, sums.sum)
