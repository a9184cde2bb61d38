"""What left while something typed here waits stays to be read, and leaves once nothing waits."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import WageClaim, Worker
from inspector_app.domain.papers import NumberEntry, NumberState, Paper, PaperState
from inspector_app.domain.parties import Employer, PartyRole, Project, ProjectParty
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.sync import away, held, outbox
from inspector_app.sync.numbers import leases
from tests.helpers.builders import CITY, a_case, a_project, a_worker_claim, an_employer
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import GRANTS, NOW, ORDER, A, B, Pc, server_rows

Make = Callable[[str], Pc]
Changed = tuple[Pc, Pc, str, str]


def kept(one: Pc) -> dict[tuple[str, str], bool]:
    with one.ledger.read() as view:
        return away.kept(view.connection)


def waiting(one: Pc) -> int:
    with one.ledger.read() as view:
        return outbox.waiting(view.connection)


def a_paper(one: Pc, case_id: str) -> str:
    paper_id = new_id()
    one.add(Paper(paper_id, case_id, "rectification_order", "1", PaperState.DRAFT, '{"fact": "…"}'))
    return paper_id


def work_apart(pc: Make, scope: str = A, who: str = "a1") -> Changed:
    """One inspector writes a paper of a shared case while offline."""
    one, city = pc(who), pc("city")
    case_id = city.new_case(scope)
    person = a_worker_claim(1, case_id=case_id)
    worker = replace(person.worker, id=new_id())
    claim = replace(person.claim, id=new_id(), worker_id=worker.id)
    city.add(worker, replace(person.private, id=worker.id), claim)
    city.sync()
    one.sync()
    one.edit(Case, case_id, note="电话核实")
    return one, city, case_id, a_paper(one, case_id)


def moved(pc: Make) -> Changed:
    """Meanwhile the case is moved to the other county."""
    one, city, case_id, paper_id = work_apart(pc)
    city.edit(Case, case_id, scope=B)
    city.sync()
    assert one.sync().refused == 2
    return one, city, case_id, paper_id


def test_a_case_that_was_moved_stays_whole_while_work_on_it_waits(
    pc: Make, server: FakeServer
) -> None:
    one, _, case_id, paper_id = moved(pc)
    for _ in range(2):
        assert one.case(case_id).note == "电话核实"
        assert [worker.name for worker in one.find(Worker)] == ["演示工人1"]
        assert [paper.values for paper in one.find(Paper, id=paper_id)] == ['{"fact": "…"}']
        assert kept(one) == {("case", case_id): True}
        assert one.ledger.check() == []
        one.sync()
    # Sent again it is refused again, and still nothing is lost.
    for refused in one.refused():
        one.decide(refused.n, "mine")
    assert one.sync().refused == 2
    assert one.find(Paper, id=paper_id)
    first, second = (refused.n for refused in one.refused())
    one.decide(first, "theirs")  # the whole county comes anew
    one.sync()
    assert one.find(Paper, id=paper_id)
    assert [worker.name for worker in one.find(Worker)] == ["演示工人1"]
    one.decide(second, "theirs")
    one.sync()
    assert one.rows() == server_rows(server, [A]) == {}
    assert kept(one) == {}
    assert one.ledger.check() == []


def test_a_case_that_comes_back_goes_on_and_takes_the_work_along(
    pc: Make, server: FakeServer
) -> None:
    one, city, case_id, paper_id = moved(pc)
    city.edit(Case, case_id, scope=A)
    city.sync()
    one.sync()
    assert kept(one) == {}
    for refused in one.refused():
        one.decide(refused.n, "mine")
    assert one.sync().refused == 0
    assert server.rows["paper", paper_id]["data"]["values"] == '{"fact": "…"}'
    assert one.rows() == server_rows(server, [A])


def test_conflicts_of_a_case_that_left_are_decided_where_it_is(pc: Make) -> None:
    one, city, case_id, _ = work_apart(pc)
    city.edit(Case, case_id, note="另一处")
    city.sync()
    one.sync()
    assert len(one.conflicts()) == 1
    one.edit(Case, case_id, leader="刘强")
    city.sync()
    city.edit(Case, case_id, scope=B)
    city.sync()
    one.sync()
    assert (one.conflicts(), len(city.conflicts())) == ([], 1)
    assert kept(one) == {("case", case_id): True}


def test_work_of_a_right_that_ended_waits_here_and_goes_when_it_is_back(
    pc: Make, server: FakeServer
) -> None:
    one, city, case_id, paper_id = work_apart(pc, B, "city")
    other = city.new_case(B)
    city.sync()
    one.sync()
    one.edit(Case, case_id, note="又一次")
    del server.grants["city"][B]
    for _ in range(2):
        assert one.sync().held == 1
        assert waiting(one) == 1
        assert (one.case(case_id).note, len(one.find(Paper, id=paper_id))) == ("又一次", 1)
        assert [worker.name for worker in one.find(Worker)] == ["演示工人1"]
        assert one.find(Case, id=other) == []  # nothing of it waits
        assert kept(one) == {("case", case_id): False}
    assert one.ledger.check() == []
    server.grants["city"][B] = True
    server.rows["case", case_id]["data"]["leader"] = "刘强"
    assert one.sync().held == 0
    assert kept(one) == {}
    assert server.rows["case", case_id]["data"]["note"] == "又一次"
    assert one.case(case_id).leader == "刘强"
    assert one.rows() == server_rows(server, [A, B])


def test_what_was_deleted_while_the_right_was_away_is_gone_when_it_is_back(
    pc: Make, server: FakeServer
) -> None:
    one, _, case_id, _ = work_apart(pc, B, "city")
    one.sync()
    one.edit(Case, case_id, note="又一次")
    rights, server.grants["city"] = server.grants["city"], {A: True}
    one.sync()
    boss = pc("b1")
    boss.sync()
    boss.remove(WageClaim, boss.find(WageClaim)[0].id)
    boss.sync()
    assert len(one.find(WageClaim)) == 1
    server.grants["city"] = rights
    one.sync()
    assert one.find(WageClaim) == []
    assert one.rows() == server_rows(server, [A, B])


def held_of(one: Pc) -> list[held.Held]:
    with one.ledger.read() as view:
        return held.held(view.connection)


def give_up(one: Pc, set_id: str) -> None:
    with one.ledger.work("处理", actor=one.me, at=NOW) as uow:
        held.give_up(uow.connection, set_id, "另记")
        uow.commit()


def test_what_may_not_go_out_is_listed_by_what_it_touches_and_can_be_given_up(
    pc: Make, server: FakeServer
) -> None:
    one, city, first, paper_id = work_apart(pc, B, "city")
    second = city.new_case(B)
    city.sync()
    one.sync()
    one.edit(Case, first, note="又一次")
    one.edit(Case, second, note="另一件")
    one.edit(Paper, paper_id, values='{"fact": "…。"}')
    server.grants["city"] = {A: True}
    one.sync()
    assert waiting(one) == 3
    both = held_of(one)
    assert [(at.scope, at.granted, at.actions) for at in both] == [(B, False, ("办理",))] * 2
    assert [[op["t"] for op in at.ops] for at in both] == [["case", "paper"], ["case"]]
    give_up(one, both[0].id)
    with pytest.raises(UserError, match="没有找到"):
        give_up(one, both[0].id)
    one.sync()
    assert {case.id for case in one.find(Case)} == {second}
    assert [at.id for at in held_of(one)] == [both[1].id]
    assert one.ledger.check() == []
    give_up(one, both[1].id)
    one.sync()
    assert (one.rows(), waiting(one), kept(one)) == ({}, 0, {})
    server.grants["city"] = {A: True, B: True}
    one.sync()
    assert one.rows() == server_rows(server, [A, B])
    assert one.case(first).note == "电话核实"


def test_what_may_only_be_read_comes_back_as_it_is_shared_when_work_is_given_up(
    pc: Make, server: FakeServer
) -> None:
    one, _, case_id, _ = work_apart(pc, B, "city")
    one.sync()
    server.grants["city"] = {A: True, B: False}
    one.edit(Case, case_id, note="又一次")
    one.new_case(B)
    assert one.sync().held == 2
    assert kept(one) == {}
    for each in held_of(one):
        assert each.granted
        give_up(one, each.id)
    one.sync()
    assert one.case(case_id).note == "电话核实"
    assert one.rows() == server_rows(server, [A, B])


def test_a_number_that_may_be_on_paper_ends_as_void_when_its_paper_is_given_up(pc: Make) -> None:
    server = FakeServer(GRANTS, leased=True)
    one = pc("city")
    one.server, one.line = server, one.make_line(server, "city")
    case_id = one.new_case(B)
    one.sync()
    one.edit(Case, case_id, note="又一次")
    with one.ledger.work("制发", actor=one.me, at=NOW) as uow:
        no = leases.take(uow.connection, (B, ORDER, NOW.year))
        uow.add(Paper("p", case_id, "rectification_order", "1", PaperState.DRAFT, "{}"))
        issued = {"state": NumberState.ISSUED, "paper_id": "p"}
        uow.add(NumberEntry("e", ORDER, NOW.year, no, scope=B, city=CITY, **issued))  # type: ignore[arg-type]  # named fields
        uow.commit()
    server.grants["city"] = {A: True}
    one.sync()
    (group,) = held_of(one)
    give_up(one, group.id)
    one.sync()
    assert (one.find(Case), one.find(Paper), len(one.find(NumberEntry))) == ([], [], 1)
    (number,) = held_of(one)
    with pytest.raises(UserError, match="作废的文号"):
        give_up(one, number.id)
    server.grants["city"] = {A: True, B: True}
    assert one.sync().refused == 0
    assert waiting(one) == 0
    (entry,) = one.find(NumberEntry)
    assert (entry.no, entry.state, "另记" in entry.reason) == (no, NumberState.VOID, True)
    assert one.ledger.check() == []


def test_units_that_a_kept_case_names_stay_with_it_and_leave_with_it(
    pc: Make, server: FakeServer
) -> None:
    city = pc("city")
    units = [
        an_employer(id=new_id(), scope=B, credit_code="", name=f"演示单位{number}")
        for number in range(3)
    ]
    city.add(*units)
    project = a_project(id=new_id(), scope=B, city=CITY)
    city.add(project, ProjectParty(new_id(), project.id, units[1].id, PartyRole.GENERAL))
    case_id = new_id()
    own = {"employer_id": units[0].id, "project_id": project.id}
    city.add(a_case(id=case_id, case_no="", scope=B, city=CITY, **own))
    city.sync()
    city.edit(Case, case_id, note="电话核实")
    server.grants["city"] = {A: True}
    city.sync()
    assert {one.id for one in city.find(Employer)} == {units[0].id, units[1].id}
    assert len(city.find(Project)) == 1
    give_up(city, held_of(city)[0].id)
    city.sync()
    assert city.rows() == {}


def test_work_on_what_was_purged_by_law_does_not_keep_it(pc: Make, server: FakeServer) -> None:
    one, _, case_id, _ = work_apart(pc)
    server.roots["case", case_id] = ("gone", 1)
    server.heads[A] = (server.heads[A][0] + 1, "x")
    server.log[A, server.heads[A][0]] = "x"
    server.exits[A, "case", case_id] = (server.heads[A][0], "purged")
    assert one.sync().refused == 2
    assert one.rows() == {}
