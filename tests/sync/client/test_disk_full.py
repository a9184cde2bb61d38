"""The disk of a PC is full in the middle of an exchange: it says so, and goes on later."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event

from inspector_app.domain.cases import Case
from inspector_app.errors import OutsideError
from tests.helpers.builders import a_worker_claim
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import Pc, server_rows

Make = Callable[[str], Pc]
LONG = "文" * 3000  # a page of the file holds about a thousand of these


class Disk:
    """Lets the file of a PC grow by so many pages and no further."""

    def __init__(self, pc: Pc) -> None:
        self.pc, self.most = pc, 0
        event.listen(pc.ledger._writer, "begin", self._limit)

    def _limit(self, connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA max_page_count = {self.most or 1_000_000_000:d}")

    def room(self, pages: int) -> None:
        with self.pc.ledger.read() as view:
            now = view.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self.most = now + pages

    def enough(self) -> None:
        self.most = 0


def full(pc: Pc) -> None:
    with pytest.raises(OutsideError) as caught:
        pc.sync()
    assert caught.value.kind == "disk_full"


@pytest.mark.parametrize("pages", [1, 10])
def test_a_first_load_goes_on_when_there_is_room(pc: Make, server: FakeServer, pages: int) -> None:
    one, two = pc("a1"), pc("a2")
    for number in range(6):
        case_id = one.new_case(facts=LONG)
        one.add(*a_worker_claim(number, case_id=case_id))
    one.sync()
    disk = Disk(two)
    disk.room(pages)
    full(two)
    disk.enough()
    assert (0 < len(two.find(Case)) < 6) is (pages > 1)  # before the first page, and amid them
    two.sync()
    assert two.rows() == server_rows(server, server.grants["a2"])
    assert two.ledger.check() == []


def test_what_was_typed_before_is_delivered_once_there_is_room(
    pc: Make, server: FakeServer
) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    one.sync()
    two.sync()
    one.edit(Case, case_id, facts=LONG)
    one.sync()
    two.edit(Case, case_id, note="打字时还有地方")
    disk = Disk(two)
    disk.room(0)
    full(two)
    assert two.case(case_id).note == "打字时还有地方"
    disk.enough()
    two.sync()
    one.sync()
    assert one.rows() == two.rows() == server_rows(server, server.grants["a2"])
    assert one.case(case_id).note == "打字时还有地方"
    assert [two.ledger.check(), one.ledger.check()] == [[], []]
    assert len(server.devices) == 2
