"""A refused step that was given up: the numbers it entered may be on paper, and stay void."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_out
from inspector_app.sync import memory, outbox, outgoing
from inspector_app.sync.numbers import leases
from inspector_app.sync.numbers.given_up import UNTOLD, keep_numbers
from tests.helpers.builders import CITY
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, NOW, ORDER, A, B, Pc

Make = Callable[[str], Pc]


@pytest.fixture
def server() -> FakeServer:
    return FakeServer(GRANTS, leased=True)


def free(one: Pc, scope: str) -> list[int]:
    with one.ledger.read() as view:
        return leases.free(view.connection).get((scope, ORDER, NOW.year), [])


def issue(one: Pc, case_id: str, scope: str, papers: int = 1) -> list[int]:
    """Papers of a case made and numbered in one step, in the register of that scope."""
    taken = []
    with one.ledger.work("制发", actor=one.me, at=NOW) as uow:
        for _ in range(papers):
            paper = Paper(new_id(), case_id, "rectification_order", "1", PaperState.DRAFT, "")
            uow.add(paper)
            no = leases.take(uow.connection, (scope, ORDER, NOW.year))
            taken.append(no)
            state = NumberState.ISSUED
            uow.add(
                NumberEntry(new_id(), ORDER, NOW.year, no, state, scope, CITY, paper_id=paper.id)
            )
        drawn = memory.get(uow.connection, leases.DRAWN)
        uow.commit()
    leases.write_mark(one.path, drawn)
    return taken


def refused(pc: Make, who: str, scope: str, papers: int = 1) -> tuple[Pc, Pc, list[int]]:
    """Papers of a case that had been moved to another county meanwhile."""
    one, city = pc(who), pc("city")
    one.stock = 4
    case_id = city.new_case()
    city.sync()
    one.sync()
    nos = issue(one, case_id, scope, papers)
    city.edit(Case, case_id, scope=B)
    city.sync()
    assert one.sync().refused == 1
    return one, city, nos


def told(one: Pc) -> dict[int, tuple[NumberState, str, str | None]]:
    return {e.no: (e.state, e.reason, e.paper_id) for e in one.find(NumberEntry)}


def give_up(one: Pc, why: str = "") -> None:
    with one.ledger.read() as view:
        before = set(leases.free(view.connection).get((A, ORDER, NOW.year), []))
    for each in one.refused():
        one.decide(each.n, "theirs", why)
    assert set(free(one, A)) <= before


@pytest.mark.parametrize(("who", "scope"), [("a1", A), ("city", B)])
def test_a_number_given_up_is_void_everywhere_and_never_issued_again(
    pc: Make, server: FakeServer, who: str, scope: str
) -> None:
    """In a register of the county itself, and in another one: there it was taken already."""
    one, city, nos = refused(pc, who, scope, papers=2)
    give_up(one, "已移送，另行处理")
    void = dict.fromkeys(nos, (NumberState.VOID, "没有交到共享库，已放弃：已移送，另行处理", None))
    assert told(one) == void, "in the same act: nothing can come between"
    for _ in range(2):
        assert one.sync().refused == 0
        city.sync()
        assert told(one) == void, "also after all came anew"
    assert told(city).items() >= void.items()
    rows = server.numbers.rows
    assert [rows[scope, ORDER, NOW.year, no]["state"] for no in nos] == ["issued"] * 2
    assert not set(nos) & set(free(one, scope))
    assert one.issue(scope) not in nos
    one.sync()
    assert one.issue(scope) not in nos
    assert one.sync().refused == 0
    assert (one.ledger.check(), city.ledger.check()) == ([], [])


def test_a_pc_that_ends_after_the_choice_tells_it_at_the_next_exchange(
    pc: Make, server: FakeServer
) -> None:
    one, city, nos = refused(pc, "a1", A)
    give_up(one)
    one.reopen()
    one.line.lose_reply_of = "push"
    with pytest.raises(OutsideError):
        one.sync()
    one.reopen()
    one.sync()
    city.sync()
    for here in (one, city):
        assert told(here) == {nos[0]: (NumberState.VOID, UNTOLD, None)}
        assert here.ledger.check() == []


def test_a_register_nobody_here_may_write_any_more_is_told_later(
    pc: Make, server: FakeServer
) -> None:
    """The page that shows it may only be read by then: giving up writes nothing there."""
    one, city, nos = refused(pc, "a1", A)
    del server.grants["a1"][A]
    server.grants["a1"][B] = True
    one.sync()
    before = told(one)
    give_up(one)
    assert told(one) == before
    del server.grants["a1"][B]
    server.grants["a1"][A] = True
    for here in (one, city):
        assert here.sync().refused == 0
        assert told(here) == {nos[0]: (NumberState.VOID, UNTOLD, None)}


def test_what_is_held_when_it_is_given_up_is_told_when_the_right_is_back(
    pc: Make, server: FakeServer
) -> None:
    one, city = pc("a1"), pc("city")
    case_id = city.new_case()
    for here in (city, one):
        here.sync()
    (no,) = issue(one, case_id, A)
    server.grants["a1"] = {B: True}
    assert one.sync().held == 1

    def give_up_held(uow: Any) -> None:
        connection = uow.connection
        (row,) = outbox.rows(connection, outbox.HELD)
        keep_numbers(connection, row, outgoing.ops_of(connection, row), "")
        connection.execute(delete(sync_out).where(sync_out.c.n == row.n))

    one.do(give_up_held)
    report = one.sync()
    assert (report.refused, report.held) == (0, 1)
    server.grants["a1"] = {A: True}
    for here in (one, city):
        assert (here.sync().refused, here.sync().held) == (0, 0)
        assert told(here) == {no: (NumberState.VOID, UNTOLD, None)}
        assert here.ledger.check() == []


def test_a_number_that_was_void_keeps_its_own_reason(pc: Make, server: FakeServer) -> None:
    one, city = pc("a1"), pc("city")
    case_id = city.new_case()
    city.sync()
    one.sync()

    def change(uow: Any) -> None:
        no = leases.take(uow.connection, (A, ORDER, NOW.year))
        void = {"state": NumberState.VOID, "reason": "改变编号方式以前已用此号"}
        uow.add(NumberEntry(new_id(), ORDER, NOW.year, no, scope=A, city=CITY, **void))  # type: ignore[arg-type]  # named fields
        uow.add(Paper(new_id(), case_id, "notice", "1", PaperState.DRAFT, ""))

    one.do(change)
    city.edit(Case, case_id, scope=B)
    city.sync()
    one.sync()
    before = told(one)
    give_up(one, "另行处理")
    one.sync()
    assert told(one) == before


def test_a_number_the_shared_database_gave_to_another_goes(pc: Make, server: FakeServer) -> None:
    """It is another's there and cannot become free here: two entries would stand for ever."""
    one = pc("a1")
    one.sync()
    case_id = one.new_case()
    one.sync()
    (no,) = issue(one, case_id, A)
    server.numbers.rows[A, ORDER, NOW.year, no] |= {"device": "another"}
    assert one.sync().refused == 1
    give_up(one)
    assert one.sync().refused == 0
    assert told(one) == {}
    assert no not in free(one, A)


def test_of_several_only_the_number_of_another_goes(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    one.stock = 4
    case_id = one.new_case()
    one.sync()
    one.sync()
    first, second = issue(one, case_id, A, papers=2)
    server.numbers.rows[A, ORDER, NOW.year, first] |= {"device": "another"}
    one.sync()
    give_up(one)
    assert one.sync().refused > 0, "one of the two is refused again"
    give_up(one)
    assert one.sync().refused == 0
    assert told(one) == {second: (NumberState.VOID, UNTOLD, None)}
    assert one.ledger.check() == []


def test_what_is_sent_again_keeps_its_number_in_use(pc: Make, server: FakeServer) -> None:
    one, city, nos = refused(pc, "a1", A)
    (case,) = city.find(Case)
    city.edit(Case, case.id, scope=A)
    city.sync()
    for each in one.refused():
        one.decide(each.n, "mine")
    assert one.sync().refused == 0
    assert {no: state for no, (state, _, _) in told(one).items()} == {nos[0]: NumberState.ISSUED}


def reserved(one: Pc, case_id: str, scope: str) -> tuple[str, str]:
    """A draft for whose edited text a number of that scope was reserved, and the entry of it."""
    paper = Paper(new_id(), case_id, "notice", "1", PaperState.DRAFT, "{}", number="第1号")
    with one.ledger.work("预留", actor=one.me, at=NOW) as uow:
        no = leases.take(uow.connection, (scope, ORDER, NOW.year))
        state = NumberState.LEASED
        entry = NumberEntry(new_id(), ORDER, NOW.year, no, state, scope, CITY, paper_id=paper.id)
        uow.add_all([paper, entry])
        drawn = memory.get(uow.connection, leases.DRAWN)
        uow.commit()
    leases.write_mark(one.path, drawn)
    return paper.id, entry.id


@pytest.mark.parametrize(("who", "scope"), [("a1", A), ("city", B)])
def test_a_reserved_number_that_was_printed_is_void_with_its_draft(
    pc: Make, server: FakeServer, who: str, scope: str
) -> None:
    one, city = pc(who), pc("city")
    one.sync()
    case_id = one.new_case()
    paper_id, entry_id = reserved(one, case_id, scope)
    for here in (one, city):
        here.sync()

    def use(uow: Any) -> None:
        issued = {"issued_on": NOW.date(), "sha256": "1" * 64, "pages": 1}
        uow.save(replace(uow.get(Paper, paper_id), state=PaperState.ISSUED, **issued))
        uow.save(replace(uow.get(NumberEntry, entry_id), state=NumberState.ISSUED))

    one.do(use)
    city.edit(Case, case_id, scope=B)
    city.sync()
    assert one.sync().refused == 1
    give_up(one, "已移送")
    void = {1: (NumberState.VOID, f"{UNTOLD}：已移送", paper_id)}
    assert told(one) == void
    for here in (one, city, one):
        assert here.sync().refused == 0
        assert told(here) == void
        assert here.ledger.check() == []
