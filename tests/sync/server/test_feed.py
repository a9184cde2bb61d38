"""Many push at once: nothing is lost to who reads beside them, and no two sets have one place."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

from inspector_app.sync.pg import PgTransport
from tests.sync.conftest import Postgres
from tests.sync.server.pushes import A, B, Sender, case, move, uid, upd

EACH = 12
WRITERS = [("a1", A), ("a1", A), ("a2", A), ("a2", A), ("b1", B), ("city", B)]
Make = Callable[..., Sender]


class Reader:
    """A PC that only pulls: what it has must be what is there."""

    def __init__(self, line: PgTransport, scope: str) -> None:
        self.line, self.scope, self.base = line, scope, 0
        self.rows: dict[str, int] = {}
        self.rounds = 0

    def round(self) -> None:
        after, root = self.base + 1, ""
        while True:
            page = self.line.pull(self.scope, self.base, after, root, 3)
            self.rows |= {row.id: row.rev for one in page.roots for row in one.rows}
            after, root = page.next
            if not page.more:
                break
        self.base = page.head[0]
        self.rounds += 1


def test_who_reads_while_others_write_misses_nothing(postgres: Postgres) -> None:
    done, start = Event(), Barrier(len(WRITERS) + 1)

    def write(place: int) -> list[Any]:
        account, scope = WRITERS[place]
        line = PgTransport(postgres.of(account))
        one = Sender(line, f"pc-{place}")
        one.hello()
        start.wait(30)
        said = [one.push(case(f"{place}/{k}", scope=scope), scope=scope) for k in range(EACH)]
        line.close()
        return said

    def read() -> Reader:
        reader = Reader(PgTransport(postgres.of("city")), A)
        start.wait(30)
        while not done.is_set():
            reader.round()
        reader.round()
        reader.line.close()
        return reader

    with ThreadPoolExecutor(len(WRITERS) + 1) as pool:
        reading = pool.submit(read)
        receipts = [one for said in pool.map(write, range(len(WRITERS))) for one in said]
        done.set()
        reader = reading.result(60)
    assert {one["s"] for one in receipts} == {"ok"}
    for scope, writers in ((A, 4), (B, 2)):
        query = "SELECT array_agg(seq ORDER BY seq) FROM sync.commit_log WHERE scope = %s"
        assert postgres.ask(query, scope) == [(list(range(1, writers * EACH + 1)),)]
    there = postgres.ask("SELECT id, rev FROM sync.row WHERE scope = %s", A)
    assert sorted(reader.rows.items()) == sorted(there)
    assert len(there) == 4 * EACH
    assert reader.rounds > 2
    assert postgres.ask("SELECT * FROM sync.verify()") == []


def test_the_same_cell_by_many_has_one_winner_and_keeps_all_others(
    postgres: Postgres, sender: Make
) -> None:
    sender("a1").push(case("c"))
    start = Barrier(4)

    def write(place: int) -> Any:
        line = PgTransport(postgres.of(("a1", "a2")[place % 2]))
        one = Sender(line, f"pc-{place}")
        one.hello()
        start.wait(30)
        said = one.push(upd("case", "c", "c", note=("", f"text {place}")))
        line.close()
        return said["ops"][0]["s"]

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == ["conflict"] * 3 + ["ok"]
    ((kept,),) = postgres.ask("SELECT data->>'note' FROM sync.row WHERE id = %s", uid("c"))
    beside = postgres.ask("SELECT mine->>'note', theirs->>'note' FROM sync.conflict")
    assert {str(mine) for mine, _ in beside} | {str(kept)} == {f"text {k}" for k in range(4)}
    assert {theirs for _, theirs in beside} == {kept}


def test_moves_against_each_other_do_not_wait_for_each_other(
    postgres: Postgres, sender: Make
) -> None:
    city = sender("city")
    city.push(case("to b"), scope=A)
    city.push(case("to a", scope=B), scope=B)
    start = Barrier(2)

    def swing(name: str, here: str, there: str) -> list[str]:
        line = PgTransport(postgres.of("city"))
        one = Sender(line, name)
        one.hello()
        start.wait(30)
        said = []
        for _ in range(6):
            said.append(one.push(move(f"to {name}", here, there), scope=here)["s"])
            here, there = there, here
        line.close()
        return said

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(swing, "b", A, B), pool.submit(swing, "a", B, A)]
        assert [one.result(60) for one in both] == [["ok"] * 6] * 2
    assert postgres.ask("SELECT * FROM sync.verify()") == []
