"""What left while something typed here waits stays to be read, and leaves once nothing waits."""

from collections.abc import Callable

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import WageClaim, Worker
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.ledger.ids import new_id
from inspector_app.sync import away, outbox
from tests.helpers.builders import a_worker_claim
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import A, B, Pc, server_rows

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
    city.add(*a_worker_claim(1, case_id=case_id))
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
