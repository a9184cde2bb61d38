"""Two exchanges of one PC at once: neither loses, repeats or mixes anything."""

from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.domain.cases import Case
from inspector_app.errors import OutsideError
from inspector_app.sync import memory, outbox
from tests.sync.client.invariants import applied_once
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import A, Pc, server_rows

Make = Callable[[str], Pc]


class Crossed(FakeTransport):
    """A line on which, behind the first call of one kind, something else happens."""

    def __init__(self, server: FakeServer, me: str, call: str, then: Callable[[], object]) -> None:
        super().__init__(server, me)
        self.call, self.then = call, [then]

    def _answer(self, call: str, value: Any) -> Any:
        answer = super()._answer(call, value)
        if call == self.call and self.then:
            self.then.pop()()
        return answer


def crossing(one: Pc, call: str, then: Callable[[], object]) -> None:
    """The next exchange of this PC is crossed by `then`."""
    plain = one.line
    one.line = Crossed(one.server, one.me, call, lambda: (setattr(one, "line", plain), then()))


@pytest.mark.parametrize("call", ["hello", "push"])
def test_a_second_exchange_in_between_delivers_nothing_twice(
    pc: Make, server: FakeServer, call: str
) -> None:
    one, two = pc("a1"), pc("a2")
    cases = [one.new_case(note=str(number)) for number in range(3)]
    crossing(one, call, one.sync)
    one.sync()
    assert len(server.sets) == len(cases)
    two.sync()
    assert one.rows() == two.rows() == server_rows(server, [A])
    applied_once(server)
    assert one.ledger.check() == []


def test_pages_of_two_exchanges_do_not_mix(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    cases = [one.new_case() for _ in range(6)]
    one.sync()

    def changed_and_fetched() -> None:
        one.edit(Case, cases[0], note="新的")
        one.sync()
        two.sync()

    crossing(two, "pull", changed_and_fetched)
    two.sync()
    two.sync()
    assert two.rows() == server_rows(server, [A])

    def only_begun() -> None:
        with two.ledger.work("另一处", actor="a2", at=two.ledger.history()[0].at) as uow:
            memory.put_of_scope(uow.connection, memory.PULLING, A, "another")
            uow.commit()

    for case_id in cases:
        one.edit(Case, case_id, note="又新的")
    one.sync()
    asked = []
    two.line = Crossed(server, "a2", "pull", lambda: asked.append(True))
    real = two.line.pull

    def pull(*place: Any) -> Any:
        page = real(*place)
        if len(asked) == 1 and page.next[0] > 0 and len(done) == 1:
            only_begun()
        done.append(True)
        return page

    done: list[bool] = []
    two.line.pull = pull  # type: ignore[method-assign]  # crossed between two pages
    with pytest.raises(OutsideError, match="另一处也在同步"):
        two.sync()
    two.line = FakeTransport(server, "a2")
    two.sync()
    assert two.rows() == server_rows(server, [A])


def test_a_new_name_taken_in_between_mixes_no_numbers(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    case_id = one.new_case()
    one.sync()
    one.edit(Case, case_id, note="甲")

    def takes_a_new_name() -> None:
        with one.ledger.work("另一处", actor="a1", at=one.ledger.history()[0].at) as uow:
            outbox.refork(uow.connection)
            uow.commit()

    crossing(one, "push", takes_a_new_name)
    one.sync()
    assert server.rows["case", case_id]["data"]["note"] == "甲"
    with one.ledger.read() as view:
        assert outbox.count(view.connection, outbox.QUEUED) == 0
    assert one.ledger.check() == []
