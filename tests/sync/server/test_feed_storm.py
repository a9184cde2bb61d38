"""Many writers with long transactions, held open, cancelled, cut: who reads beside misses nothing.

After sync_prototype/feed_stress.py, on the product's own functions. The large one:
`pytest -m long tests/sync/server/test_feed_storm.py`.
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, Sender, case

HELD = (0.0, 0.0, 0.001, 0.003, 0.010, 0.040)  # seconds between the push and its commit
COMMIT, ROLLBACK, CANCEL, CUT = "commit", "rollback", "cancel", "cut"
FATES = (COMMIT,) * 8 + (ROLLBACK, CANCEL, CUT)
PUSH = b"SELECT sync_v1.push(%s, %s::json)"


@dataclass
class Writer:
    """A device that pushes inside transactions of its own making."""

    postgres: Postgres
    place: int
    turns: int
    wait: Callable[[float], object] = field(default=lambda _: None)
    taken: set[str] = field(default_factory=set)
    ended: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FATES, 0))

    def run(self) -> "Writer":
        dice = random.Random(self.place)  # noqa: S311  # a test's dice
        account = ("a1", "a2", "city")[self.place % 3]
        first = PgTransport(self.postgres.of(account))
        one = Sender(first, f"storm-{self.place}")
        one.hello()
        first.close()
        line = psycopg.connect(self.postgres.of(account))
        for turn in range(self.turns):
            rows = [case(f"{self.place}/{turn}/{k}") for k in range(dice.randint(1, 5))]
            fate, held = dice.choice(FATES), dice.choice(HELD)
            sent = one.a_set(*rows, n=one.n + 1, name=f"storm/{self.place}/{turn}")
            receipt = self._within(line, one.device, sent, fate, held)
            self.ended[fate] += 1
            if fate == COMMIT:
                assert receipt["s"] == "ok", receipt
                one.n += 1
                self.taken |= {row["id"] for row in rows}
            if fate == CUT:
                line = psycopg.connect(self.postgres.of(account))
        line.close()
        return self

    def _within(
        self, line: "psycopg.Connection[Any]", device: str, sent: Any, fate: str, held: float
    ) -> Any:
        """Push inside a transaction that is held open for a while, and end it as fate has it."""
        ((said,),) = line.execute(PUSH, (device, psycopg.types.json.Json([sent]))).fetchall()
        self.wait(held)
        if fate == COMMIT:
            line.commit()
        elif fate == CUT:
            line.close()  # the server finds nobody there, and takes it back
        elif fate == CANCEL:
            ended = Event()
            other = Thread(target=self._cancel, args=(line, ended))
            other.start()
            with pytest.raises(psycopg.errors.QueryCanceled):
                line.execute(b"SELECT pg_sleep(30)")
            ended.set()
            other.join()
            line.rollback()
        else:
            line.rollback()
        return said[0]

    def _cancel(self, line: "psycopg.Connection[Any]", ended: Event) -> None:
        """Again and again: one that comes before the statement has begun is no use."""
        while not ended.wait(0.01):
            line.cancel_safe()


@dataclass
class Reader:
    """Pulls as fast as it can, and goes on from where the page before ended, as a PC does."""

    postgres: Postgres
    done: Event
    page: int
    rows: dict[str, int] = field(default_factory=dict)
    rounds: int = 0

    def run(self) -> "Reader":
        line = PgTransport(self.postgres.of("city"))
        base, last = 0, False
        while not last:
            last = self.done.is_set()  # one whole round after everybody has ended
            after, root, more = base + 1, "", True
            while more:
                page = line.pull(A, base, after, root, self.page)
                for row in (row for one in page.roots for row in one.rows):
                    assert row.rev > self.rows.get(row.id, 0), "nothing comes twice"
                    self.rows[row.id] = row.rev
                (after, root), more = page.next, page.more
            assert page.head[0] >= base, "the history never goes back"
            base = page.head[0]
            self.rounds += 1
        line.close()
        return self


def storm(postgres: Postgres, writers: int, turns: int, readers: int) -> list[Writer]:
    """The writers as they ended; nothing was missed beside them."""
    done, never = Event(), Event()
    with ThreadPoolExecutor(writers + readers) as pool:
        reading = [pool.submit(Reader(postgres, done, 2 + k).run) for k in range(readers)]
        hands = [Writer(postgres, place, turns, never.wait) for place in range(writers)]
        try:
            ended = list(pool.map(Writer.run, hands))
        finally:
            done.set()
        seen = [one.result(120) for one in reading]
    taken = set().union(*(one.taken for one in ended))
    there: dict[str, int] = dict(postgres.ask("SELECT id::text, rev FROM sync.row"))  # type: ignore[arg-type]  # two columns
    assert there.keys() == taken
    for reader in seen:
        assert reader.rows == there, "a row was missed, or one that was taken back was seen"
        assert reader.rounds > 2
    sets = sum(one.ended[COMMIT] for one in ended)
    feed = postgres.ask("SELECT seq FROM sync.commit_log WHERE scope = %s ORDER BY seq", A)
    assert [seq for (seq,) in feed] == list(range(1, sets + 1)), "a gap"
    assert postgres.ask("SELECT * FROM sync.verify()") == []
    return ended


def test_a_small_storm_of_writers_leaves_no_gap(postgres: Postgres) -> None:
    ended = storm(postgres, 4, 12, 1)
    for fate in (COMMIT, ROLLBACK, CANCEL, CUT):
        assert sum(one.ended[fate] for one in ended) > 0, fate


@pytest.mark.long
def test_a_large_storm_of_writers_leaves_no_gap(postgres: Postgres) -> None:
    storm(postgres, 6, 100, 1)
