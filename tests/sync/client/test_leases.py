"""Numbers of several PCs: unique, accounted for, and never taken without a lease."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import Connection

from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.services import number_stock
from inspector_app.services.cases import new_case
from inspector_app.services.desk import Desk
from inspector_app.services.exchange import remarks, sync_now
from inspector_app.services.number_stock import NumbersOut, get_more, held, require, retire
from inspector_app.services.settings import save
from inspector_app.sync.numbers import leases
from tests.helpers.builders import CITY
from tests.helpers.desks import a_case_form, make_desk, on
from tests.sync.fake_line import FakeTransport
from tests.sync.fake_server import FakeServer

DAY = date(2026, 9, 28)
COUNTY, OTHER = "410411", "410402"
CASE = (CITY, "case", 2026)
GRANTS = {
    who: {CITY: True, **dict.fromkeys(scopes, True)}
    for who, scopes in {"a1": [COUNTY], "a2": [COUNTY], "b1": [OTHER]}.items()
}


class Office:
    """PCs of a bureau at one shared database."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.server = folder, FakeServer(GRANTS, leased=True)
        self.desks: list[Desk] = []

    def desk(self, day: date = DAY) -> Desk:
        folder = self.folder / f"pc{len(self.desks)}"
        folder.mkdir()
        self.desks.append(make_desk(folder, day))
        return self.desks[-1]

    def line(self, me: str) -> FakeTransport:
        return FakeTransport(self.server, me)

    def sync(self, desk: Desk, me: str = "a1") -> object:
        return sync_now(desk, self.line(me))

    def register(self, series: tuple[str, str, int] = CASE) -> list[tuple[int, str]]:
        rows = self.server.numbers.rows.items()
        return [(key[3], row["state"]) for key, row in sorted(rows) if key[:3] == series]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    for desk in made.desks:
        desk.ledger.close()


def case_of(desk: Desk, scope: str = COUNTY) -> str:
    return new_case(desk, a_case_form(scope=scope)).case_no


def later(desk: Desk, hours: int = 1) -> Desk:
    """The same desk some time later: what was fetched for something is no longer kept for it."""
    day = desk.today()
    return replace(desk, now=lambda: datetime.combine(day, time(9 + hours, 41)))


def nos(desk: Desk, series: tuple[str, str, int] = CASE) -> list[int]:
    with desk.ledger.read() as view:
        return leases.free(view.connection).get(series, [])


def entries(desk: Desk) -> list[int]:
    with desk.ledger.read() as view:
        return sorted(one.no for one in view.find(NumberEntry, series="case"))


def test_a_ledger_alone_numbers_by_itself(office: Office) -> None:
    desk = office.desk()
    assert [case_of(desk)[-2:] for _ in range(2)] == ["1号", "2号"]
    assert held(desk).mode == ""
    assert held(desk).low() is None


def test_two_pcs_take_different_numbers_while_apart(office: Office) -> None:
    one, two = office.desk(), office.desk()
    save(one, {"case_number_stock": "3"})
    office.sync(one)
    office.sync(two, "a2")
    office.sync(two, "a2")  # the bureau's choice came with the first
    taken = [case_of(desk) for desk in (one, two, one, two)]
    assert len(set(taken)) == 4
    for desk, me in ((one, "a1"), (two, "a2"), (one, "a1")):
        office.sync(desk, me)
    assert entries(one) == entries(two)
    states = dict(office.register())
    assert [no for no, state in states.items() if state == "issued"] == entries(one)
    assert list(states) == list(range(1, len(states) + 1))
    assert one.ledger.check() == []


def test_what_was_used_before_joining_keeps_its_meaning(office: Office) -> None:
    one, two = office.desk(), office.desk()
    numbers = [case_of(one), case_of(one)], [case_of(two)]
    assert office.sync(one).twins == []  # type: ignore[attr-defined]  # a Report
    report = office.sync(two, "a2")
    assert report.twins == [(CASE, 1)]  # type: ignore[attr-defined]  # a Report
    assert "案号2026 年第 1 号" in remarks(report, two)[0]  # type: ignore[arg-type]  # a Report
    assert report.refused == 0  # type: ignore[attr-defined]  # a Report
    office.sync(one)
    assert entries(one) == [1, 1, 2]  # both stand, none is renumbered
    assert numbers == ([numbers[0][0], numbers[0][1]], [numbers[1][0]])
    assert min(nos(one)) == 3
    again = case_of(two)
    assert again not in (*numbers[0], *numbers[1])


def test_none_left_is_said_and_fetched(office: Office) -> None:
    desk = office.desk()
    save(desk, {"case_number_stock": "1", "number_stock": "0"})
    office.sync(desk)
    case_of(desk)
    assert held(desk).low() == 0
    with pytest.raises(NumbersOut, match="请连上网络同步一次") as out:
        case_of(desk)
    assert out.value.needs == {CASE: 1}
    get_more(desk, office.line("a1"), out.value.needs)
    assert case_of(desk)[-2:] == "2号"
    assert office.sync(desk).refused == 0  # type: ignore[attr-defined]  # a Report


def test_online_only_fetches_when_a_number_is_needed_and_keeps_none(office: Office) -> None:
    desk = office.desk()
    office.server.hello_numbers = "online"
    office.sync(desk)
    assert nos(desk) == []
    assert held(desk).low() is None
    with pytest.raises(NumbersOut, match="编号要向共享库取") as out:
        case_of(desk)
    get_more(desk, office.line("a1"), out.value.needs)
    assert case_of(desk)
    get_more(desk, office.line("a1"), out.value.needs)  # and then it was not issued after all
    office.sync(desk)
    assert nos(desk) == [2]  # it may still be about to be
    office.sync(later(desk))
    assert office.register() == [(1, "issued"), (2, "free")]


def test_the_next_year_begins_offline_and_the_old_one_is_closed(office: Office) -> None:
    desk = office.desk(date(2026, 12, 14))
    save(desk, {"case_number_stock": "2"})
    office.sync(desk)
    assert nos(desk, (CITY, "case", 2027)) == []
    office.sync(on(desk, date(2026, 12, 15)))
    assert nos(desk, (CITY, "case", 2027)) == [1, 2]
    new_year = on(desk, date(2027, 1, 1))
    number = new_case(new_year, a_case_form(received_on=date(2027, 1, 1), filed_on=None)).case_no
    assert number.endswith("〔2027〕1号")
    office.sync(new_year)
    assert office.register() == [(1, "void"), (2, "void")]
    assert office.register((CITY, "case", 2027))[0] == (1, "issued")


def test_what_is_not_wanted_goes_back(office: Office) -> None:
    desk = office.desk()
    save(desk, {"case_number_stock": "4"})
    office.sync(desk)
    assert nos(desk) == [1, 2, 3, 4]
    save(desk, {"case_number_stock": "2"})
    office.sync(later(desk))
    assert nos(desk) == [1, 2]
    retire(desk, on=True)
    with pytest.raises(NumbersOut):
        case_of(desk)
    office.sync(later(desk))
    assert {state for _, state in office.register()} == {"free"}
    assert held(desk).retired
    retire(desk, on=False)
    office.sync(later(desk))
    assert nos(desk) == [1, 2]


def test_a_reply_that_is_lost_costs_no_number(office: Office) -> None:
    desk = office.desk()
    save(desk, {"case_number_stock": "2"})
    line = office.line("a1")
    line.lose_reply_of = "lease"
    with pytest.raises(OutsideError):
        sync_now(desk, line)
    office.sync(desk)
    assert nos(desk) == [1, 2]
    line.lose_reply_of = "release"
    save(desk, {"case_number_stock": "1"})
    with pytest.raises(OutsideError):
        sync_now(later(desk), line)
    other = office.desk()
    office.sync(other, "a2")
    assert 2 in nos(other)  # it is free over there: nobody issues it here
    assert nos(desk) == [1]
    office.sync(later(desk))
    assert nos(desk) == [1]


def test_an_older_copy_numbers_nothing_until_it_has_exchanged(office: Office) -> None:
    desk = office.desk()
    save(desk, {"case_number_stock": "3"})
    office.sync(desk)
    old = desk.ledger.path.with_suffix(".old")
    desk.ledger.backup(old)
    lost = case_of(desk)  # on paper, and not on this disk any more
    desk.ledger.close()
    for ending in ("-wal", "-shm"):
        desk.ledger.path.with_name(desk.ledger.path.name + ending).unlink(missing_ok=True)
    desk.ledger.path.write_bytes(old.read_bytes())
    with pytest.raises(UserError, match="请先同步一次"):
        case_of(desk)
    assert held(desk).older_copy
    office.sync(desk)
    assert not held(desk).older_copy
    assert [state for _, state in office.register()][:3] == ["void"] * 3
    assert case_of(desk) != lost


def test_a_number_issued_beside_a_look_at_the_ledger_makes_no_older_copy_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker issues while the exchange holds a snapshot from before."""
    desk = office.desk()
    save(desk, {"case_number_stock": "9"})
    office.sync(desk)
    decide = leases.is_older_copy
    issued: list[str] = []

    def beside(connection: Connection, known: int) -> bool:
        if threading.current_thread() is threading.main_thread():
            worker = threading.Thread(target=lambda: issued.append(case_of(desk)))
            worker.start()
            worker.join()
        return decide(connection, known)

    monkeypatch.setattr(leases, "is_older_copy", beside)
    office.sync(desk)
    assert not held(desk).older_copy
    require(desk, {CASE: 1})
    assert len(issued) == 3
    assert "void" not in {state for _, state in office.register()}


def test_a_restored_server_hears_what_is_held_and_used(office: Office) -> None:
    one, two = office.desk(), office.desk()
    save(one, {"case_number_stock": "2"})
    office.sync(one)
    image = office.server.backup()
    first = case_of(one)
    office.sync(one)
    office.sync(two, "a2")
    second = case_of(two)
    office.server.restore(image)
    office.sync(two, "a2")
    office.sync(one)
    with pytest.raises(OutsideError):
        get_more(one, office.line("a1"), {CASE: 5})
    office.server.recovery = False
    office.server.numbers.end_recovery()
    for _ in range(2):
        office.sync(one)
        office.sync(two, "a2")
    assert len({first, second, case_of(one), case_of(two)}) == 4
    office.sync(one)
    office.sync(two, "a2")
    assert office.sync(one).refused == 0  # type: ignore[attr-defined]  # a Report
    assert len(entries(one)) == 4
    states = dict(office.register())
    assert [no for no in states if states[no] == "issued"] == entries(one)


def test_two_counties_have_registers_of_their_own(office: Office) -> None:
    desk, other = office.desk(), office.desk()
    save(desk, {"county_series": f"{OTHER}=新人社", "case_number_stock": "2"})
    assert case_of(desk, OTHER) == "新人社监〔2026〕1号"
    assert case_of(desk) == "平人社监〔2026〕1号"
    office.sync(desk)
    office.sync(other, "b1")
    office.sync(other, "b1")
    assert nos(other, (OTHER, "case", 2026)) == [1, 2]  # the first PC has no say in that county
    assert nos(other) == []
    with pytest.raises(UserError, match="要不一样"):
        save(desk, {"county_series": f"{OTHER}=平人社"})


def test_a_number_taken_by_the_administrator_is_not_issued(office: Office) -> None:
    desk = office.desk()
    save(desk, {"case_number_stock": "2"})
    office.sync(desk)
    for row in office.server.numbers.rows.values():
        row["state"] = "void"
    office.sync(on(desk, date(2026, 9, 29)))
    assert not {1, 2} & set(nos(desk))


def test_a_number_of_another_pc_is_not_taken_from_the_store(office: Office) -> None:
    """What came from elsewhere under a number that is held here is passed over."""
    desk = office.desk()
    save(desk, {"case_number_stock": "2"})
    office.sync(desk)
    with desk.work("收到") as uow:
        entry = NumberEntry(new_id(), "case", 2026, 1, NumberState.VOID, CITY, CITY, reason="演示")
        uow.add(entry)
        uow.commit()
    assert case_of(desk)[-2:] == "2号"
    assert number_stock.held(desk).left[CASE] == 0


Make = Callable[[], Desk]
