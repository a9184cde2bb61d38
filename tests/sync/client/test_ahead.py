"""The next call is prepared while one is on its way, and goes only when all was acknowledged."""

import json
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

import pytest

from inspector_app.domain.cases import Case
from inspector_app.sync import outbox, wire
from tests.sync.client.invariants import applied_once
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import Cells, FakeServer
from tests.sync.pcs import NOW, A, B, Pc, server_rows

Make = Callable[[str], Pc]
ROUNDS = 3  # of a set each
PATIENCE = 10  # seconds for what takes none


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One set a call; behind which number each batch began."""
    began: list[int] = []
    real = outbox.batch

    def batch(connection: Any, schema: int, after: int = 0) -> list[Cells]:
        began.append(after)
        return real(connection, schema, after)

    monkeypatch.setattr(wire, "SETS_A_CALL", 1)
    monkeypatch.setattr(outbox, "batch", batch)
    return began


class Waiting(FakeTransport):
    """Answers the first call when the second is prepared."""

    prepared: Event

    def push(self, device: str, sets: Sequence[Any]) -> list[Cells]:
        assert self.prepared.wait(PATIENCE), "nothing was prepared while the call was on its way"
        return super().push(device, sets)


def some(one: Pc) -> list[str]:
    return [one.new_case() for _ in range(ROUNDS)]


def test_the_next_call_is_prepared_while_one_is_on_its_way(
    pc: Make, server: FakeServer, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pc("a1"), pc("a2")
    some(one)
    line = Waiting(server, "a1")
    line.prepared, real = Event(), outbox.batch

    def batch(connection: Any, schema: int, after: int = 0) -> list[Cells]:
        found = real(connection, schema, after)
        if after:
            line.prepared.set()
        return found

    monkeypatch.setattr(outbox, "batch", batch)
    one.line = line
    report = one.sync()
    assert report.pushed == ROUNDS
    assert asked == [0, 1, 2, 0]
    two.sync()
    assert one.rows() == two.rows() == server_rows(server, [A])
    applied_once(server)


def test_what_was_prepared_is_made_anew_after_a_refusal(
    pc: Make, server: FakeServer, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, real = pc("a1"), server._take
    some(one)
    refused = {"s": "rejected", "seq": None, "ops": [], "why": "bad_op", "dup": False}
    monkeypatch.setattr(
        server,
        "_take",
        lambda me, device, said: {**refused, "n": 2} if said["n"] == 2 else real(me, device, said),
    )
    report = one.sync()
    assert (report.pushed, report.refused) == (ROUNDS - 1, 1)
    assert asked == [0, 1, 2, 0, 0]


def test_what_was_prepared_is_made_anew_after_a_conflict(
    pc: Make, server: FakeServer, asked: list[int]
) -> None:
    one, two = pc("a1"), pc("a2")
    case, *_ = some(one)
    one.sync()
    two.sync()
    two.edit(Case, case, note="乙")
    two.sync()
    one.edit(Case, case, note="甲")
    some(one)
    asked.clear()
    one.sync()
    first = ROUNDS + 1
    assert asked == [0, first, 0, *range(first + 1, first + ROUNDS), 0]
    assert len(server.conflicts) == 1


def test_a_set_travels_in_the_words_of_the_trail(pc: Make, server: FakeServer) -> None:
    one = pc("city")
    case, *_ = some(one)
    one.sync()
    one.edit(Case, case, scope=B, note="“改”\n了")
    with one.ledger.work("同步", actor="city", at=NOW) as uow:
        outbox.number(uow.connection, outbox.Sendable([A, B], 99, {}))
        sets = outbox.batch(uow.connection, 1)
    assert [op["k"] for said in sets for op in said["ops"]] == ["upd", "move"]
    for said in sets:
        assert json.loads(wire.text_of_set(said)) == said
        assert wire.text_of_set({**said, "ops": list(said["ops"])}) == wire.text_of(said)
