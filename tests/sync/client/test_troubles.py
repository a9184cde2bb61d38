"""What goes wrong on the way: rights, versions, refused sets, bad rows, scopes that come and go."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import WageClaim, Worker, WorkerPrivate
from inspector_app.domain.papers import Paper, PaperState
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.schema.exchange import sync_cursor
from inspector_app.sync import memory, outbox, state
from inspector_app.sync.greeting import SCHEMA
from inspector_app.sync.talk import Progress
from tests.helpers.builders import a_worker_claim
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, A, B, Pc, server_rows

Make = Callable[[str], Pc]


def counted(one: Pc, *states: str) -> int:
    with one.ledger.read() as view:
        return outbox.count(view.connection, *states)


def state_of(one: Pc, case_id: str) -> str:
    with one.ledger.read() as view:
        return state.states(view.connection, "case", [case_id])[case_id].label


def test_the_state_of_a_case_is_said_in_words(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    assert state_of(one, case_id) == "本机"
    one.sync()
    two.sync()
    assert state_of(one, case_id) == "已确认"
    one.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, note="乙")
    assert state_of(one, case_id) == "待上传"
    one.sync()
    two.sync()
    assert state_of(two, case_id) == "有冲突"


def test_a_paper_stands_where_it_is_itself_whatever_else_waits_in_its_case(pc: Make) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    first, second = new_id(), new_id()

    def stands(at: Pc = one) -> list[str]:
        with at.ledger.read() as view:
            found = state.states(view.connection, "paper", [first, second])
        return [found[one].label for one in (first, second) if one in found]

    one.add(Paper(first, case_id, "rectification_order", "1", PaperState.DRAFT, ""))
    assert stands() == ["本机"]
    one.sync()
    two.sync()
    one.edit(Case, case_id, note="甲")
    one.add(Paper(second, case_id, "rectification_order", "1", PaperState.DRAFT, ""))
    assert stands() == ["已确认", "待上传"]
    one.edit(Paper, first, values='{"fact": "甲"}')
    two.edit(Paper, first, values='{"fact": "乙"}')
    assert stands() == ["待上传", "待上传"]
    one.sync()
    two.sync()
    assert (stands(), stands(two)) == (["已确认", "已确认"], ["有冲突", "已确认"])


def test_what_may_not_be_written_waits_and_goes_when_it_may(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    server.grants["a1"][B] = False
    here, there = one.new_case(A), one.new_case(B)
    report = one.sync()
    assert (report.pushed, report.held, report.refused) == (1, 1, 0)
    one.edit(Case, there, note="演示")
    assert one.sync().held == 2
    assert state_of(one, there) == "本机"
    assert [bad for bad in one.ledger.check() if bad.kind == "exchange"] == []
    server.grants["a1"][B] = True
    report = one.sync()
    assert (report.pushed, report.held) == (2, 0)
    assert server.rows["case", there]["data"]["note"] == "演示"
    assert one.rows().keys() == {("case", here), ("case", there)}


def test_columns_a_server_does_not_know_yet_wait(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    one.more = {"schema": SCHEMA + 1, "since": {("worker", "trade"): SCHEMA + 1}}
    case_id = one.new_case()
    one.add(*a_worker_claim(1, case_id=case_id))
    one.new_case()
    assert (one.sync().pushed, counted(one, outbox.HELD)) == (2, 1)
    server.schema = SCHEMA + 1
    assert (one.sync().pushed, counted(one, outbox.HELD)) == (1, 0)


def test_a_newer_program_fetches_what_the_old_one_did_not_know(
    pc: Make, server: FakeServer
) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    one.sync()
    two.sync()
    server.rows["case", case_id]["data"]["facts"] = "新的一栏"
    assert two.sync().received == 0
    two.more = {"schema": SCHEMA + 1}
    two.sync()
    assert two.case(case_id).facts == "新的一栏"


@pytest.mark.parametrize(
    ("change", "kind"), [({"schema_min": SCHEMA + 1}, "need_update"), ({"schema_min": 1}, "")]
)
def test_a_program_that_is_too_old_is_told(
    pc: Make, server: FakeServer, change: dict[str, int], kind: str
) -> None:
    server.__dict__.update(change)
    one = pc("a1")
    one.new_case()
    if not kind:
        assert one.sync().pushed == 1
        return
    with pytest.raises(OutsideError, match="请先升级本程序") as told:
        one.sync()
    assert told.value.kind == kind


def refused_case(pc: Make, server: FakeServer) -> tuple[Pc, Pc, str]:
    """a1 edits a case that has just been moved to the other county."""
    one, city = pc("a1"), pc("city")
    case_id = one.new_case()
    one.sync()
    city.sync()
    city.edit(Case, case_id, scope=B)
    one.edit(Case, case_id, note="晚了一步")
    city.sync()
    one.new_case()
    return one, city, case_id


def test_one_refused_set_does_not_stop_the_others(pc: Make, server: FakeServer) -> None:
    one, _, case_id = refused_case(pc, server)
    report = one.sync()
    assert (report.pushed, report.refused) == (1, 1)
    (refused,) = one.refused()
    assert (refused.why, refused.ops[0]["c"]["note"]) == ("root_moved", ["", "晚了一步"])
    assert one.case(case_id).note == "晚了一步"  # it stays while the set waits
    assert one.ledger.check() == []


def test_a_refused_set_can_be_given_up(pc: Make, server: FakeServer) -> None:
    one, _, _ = refused_case(pc, server)
    one.sync()
    with pytest.raises(UserError, match="没有找到这条被退回的改动"):
        one.decide(99, "theirs")
    one.decide(one.refused()[0].n, "theirs")
    one.sync()
    assert one.refused() == []
    assert one.rows() == server_rows(server, [A])


def test_a_refused_set_can_be_sent_again_to_where_the_case_is_now(
    pc: Make, server: FakeServer
) -> None:
    city = pc("city")
    other = pc("city")
    case_id = city.new_case()
    city.sync()
    other.sync()
    city.edit(Case, case_id, scope=B)
    other.edit(Case, case_id, note="晚了一步")
    city.sync()
    assert other.sync().refused == 1
    assert other.case(case_id).note == "晚了一步"
    other.decide(other.refused()[0].n, "mine")
    assert other.sync().refused == 0
    city.sync()
    for each in (city, other):
        assert (each.case(case_id).note, each.case(case_id).scope) == ("晚了一步", B)


def test_a_refused_set_can_be_tried_again_as_it_was(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    case_id = one.new_case()
    one.sync()
    one.edit(Case, case_id, note="甲")
    grants = dict(server.grants["a1"])
    real = server.hello

    def hello(me: str, doc: Any) -> Any:
        answer = real(me, doc)
        server.grants["a1"] = {A: False}
        return answer

    server.hello = hello  # type: ignore[method-assign]  # the right is lost in between
    assert one.sync().refused == 1
    server.hello = real  # type: ignore[method-assign]  # and granted again
    server.grants["a1"] = grants
    one.decide(one.refused()[0].n, "mine")
    assert one.sync().pushed == 1
    assert server.rows["case", case_id]["data"]["note"] == "甲"


def test_a_scope_no_longer_granted_leaves_and_comes_back(pc: Make, server: FakeServer) -> None:
    city = pc("city")
    kept, gone = city.new_case(A), city.new_case(B)
    city.sync()
    del server.grants["city"][B]
    city.sync()
    assert city.rows().keys() == {("case", kept)}
    assert city.ledger.check() == []
    server.grants["city"][B] = True
    city.sync()
    assert city.rows().keys() == {("case", kept), ("case", gone)}


def test_a_row_this_program_cannot_hold_stops_nobody_else(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    strange, good = one.new_case(), one.new_case()
    one.sync()
    server.rows["case", strange]["data"]["stage"] = "Z99"
    report = two.sync()
    assert (report.left_out, report.unlike) == (1, [])
    assert two.rows().keys() == {("case", good)}
    server.rows["case", strange]["data"]["stage"] = "Z1"
    two.sync()
    assert two.rows().keys() == {("case", good)}  # not every minute
    two.sync(now=lambda: NOW + timedelta(days=1))
    assert two.rows() == server_rows(server, [A])


def test_tables_and_columns_of_a_newer_program_are_passed_over(
    pc: Make, server: FakeServer
) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    one.sync()
    row = server.rows["case", case_id]
    row["data"] = {k: v for k, v in row["data"].items() if k not in ("note", "stated_fen")}
    row["data"]["weather"] = "晴"
    server.rows["moon", "m"] = {**row, "root": ("case", case_id), "data": {"id": "m"}}
    two.sync()
    assert (two.case(case_id).note, two.case(case_id).stated_fen) == ("", None)


def test_personal_data_that_is_not_sent_is_said_to_be_hidden(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    one.add(a_worker_claim(1, case_id=case_id).worker)
    one.sync()
    server.rows["worker", "worker-1"]["data"]["name"] = ""
    report = two.sync()
    assert (report.left_out, report.unlike) == (0, [])
    assert [worker.name for worker in two.find(Worker)] == ["〔无权查看〕"]


def test_what_a_restored_server_takes_too_early_goes_again(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    image = server.backup()
    case_id = one.new_case()
    one.sync()
    two.sync()
    two.edit(Case, case_id, note="乙")
    two.sync()
    server.restore(image)
    assert two.sync().refused == 1
    assert two.case(case_id).note == "乙"
    one.sync()
    assert two.sync().refused == 0
    one.sync()
    assert one.case(case_id).note == "乙"
    assert one.conflicts(every=True) == []


def test_a_scope_that_does_not_add_up_is_pulled_anew(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    one.new_case()
    one.sync()
    two.sync()
    with two.ledger.work("坏", actor="演示", at=one.ledger.history()[0].at) as uow:
        uow.connection.exec_driver_sql('UPDATE "case" SET row_rev = 99')
        memory.put(uow.connection, memory.VERIFIED, None)
        uow.commit()
    assert two.sync().unlike == []
    real = server.digest

    def wrong(scope: str, _schema: int | None = None) -> Any:
        return {**real(scope), "sum": "1"}

    server.digest = wrong  # type: ignore[method-assign]  # a broken server
    server.recovery = True
    assert two.sync().unlike == [A]


def test_what_was_deleted_under_a_pending_part_asks(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    person = a_worker_claim(1, case_id=case_id)
    one.add(person.worker, person.private)
    one.sync()
    two.sync()
    one.remove(WorkerPrivate, person.private.id)
    one.remove(Worker, person.worker.id)
    two.add(person.claim)
    one.sync()
    report = two.sync()
    assert (report.refused, two.refused()[0].why) == (1, "parent_gone")
    assert [claim.id for claim in two.find(WageClaim)] == [person.claim.id]
    two.decide(two.refused()[0].n, "theirs")
    two.sync()
    assert two.rows() == server_rows(server, [A])


def test_a_failover_between_greeting_and_delivery_is_noticed(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    case_id = one.new_case()
    image = server.backup()
    one.sync()
    one.edit(Case, case_id, note="甲")
    real = server.hello
    answers = []

    def hello(me: str, doc: Any) -> Any:
        answers.append(real(me, doc))
        if len(answers) == 1:
            server.restore(image)
            real(me, {**doc, "acked": 0, "cursors": {}})
        return answers[-1]

    server.hello = hello  # type: ignore[method-assign]  # the standby takes over in between
    one.sync()
    assert server.rows["case", case_id]["data"]["note"] == "甲"


def test_an_id_known_from_somebody_else_gets_another(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    case_id = one.new_case()
    one.sync()
    for known in server.sets.values():
        known["account"] = "a2"
    one.more = {}
    with one.ledger.work("换名", actor="演示", at=one.ledger.history()[0].at) as uow:
        outbox.refork(uow.connection)
        uow.commit()
    one.sync()
    assert len(server.sets) == 2
    assert server.rows["case", case_id]["gone"] is False
    assert counted(one, outbox.QUEUED, outbox.REJECTED) == 0


def test_an_exchange_that_goes_in_circles_ends(pc: Make, server: FakeServer) -> None:
    one = pc("a1")
    one.new_case()
    server.push = lambda *_: [{"n": 1, "s": "gap"}]  # type: ignore[method-assign]  # broken
    with pytest.raises(OutsideError, match="对不上次序"):
        one.sync()
    server.push = lambda *_: []  # type: ignore[method-assign]  # broken
    with pytest.raises(OutsideError, match="没有回执"):
        one.sync()
    server.push = lambda *_: [{"n": 7, "s": "ok"}]  # type: ignore[method-assign]  # broken
    with pytest.raises(OutsideError, match="回执对不上"):
        one.sync()


def test_stopping_keeps_what_is_done_and_a_first_load_goes_on(pc: Make, server: FakeServer) -> None:
    one, two = pc("a1"), pc("a2")
    for _ in range(7):
        one.new_case()
    told: list[Progress] = []
    one.sync(progress=told.append)
    assert {one_.step for one_ in told} == {"连接", "上传", "接收"}
    asked = []

    def enough() -> bool:
        asked.append(True)
        return len(asked) > 5

    assert two.sync(cancelled=enough).cancelled
    held = len(two.rows())
    assert 0 < held < 7
    pulled = two.line.calls
    assert not two.sync().cancelled
    assert len(two.rows()) == 7
    assert two.line.calls - pulled < 6
    with two.ledger.work("查", actor="演示", at=one.ledger.history()[0].at) as uow:
        assert uow.connection.execute(update(sync_cursor).values(seq=7)).rowcount == 1
