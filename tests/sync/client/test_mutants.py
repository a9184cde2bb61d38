"""Every rule that keeps work safe is one whose absence a small scene notices."""

from collections.abc import Callable
from typing import Any

import pytest

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.sync import away, memory, outbox, pending, pull
from inspector_app.sync.delivery import Delivery
from inspector_app.sync.transport import Hello
from tests.helpers.builders import CITY
from tests.sync import fake_server
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import A, B, Pc, server_rows

Make = Callable[[str], Pc]
Patch = pytest.MonkeyPatch
Scene = Callable[[Make, FakeServer], None]
Mutant = Callable[[Patch], None]


def two_with_a_case(pc: Make) -> tuple[Pc, Pc, str]:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    one.sync()
    two.sync()
    return one, two, case_id


def agrees(server: FakeServer, *pcs: Pc) -> None:
    for one in pcs:
        assert one.rows() == server_rows(server, server.grants[one.me])


# the scenes
def the_later_one_does_not_overwrite(pc: Make, server: FakeServer) -> None:
    one, two, case_id = two_with_a_case(pc)
    one.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, note="乙")
    one.sync()
    two.sync()
    assert server.rows["case", case_id]["data"]["note"] == "甲"
    assert [c.mine for c in two.conflicts()] == [{"note": "乙"}]


def one_fact_is_not_mixed_of_two(pc: Make, server: FakeServer) -> None:
    one, two, case_id = two_with_a_case(pc)
    one.edit(Case, case_id, stage=Stage.RECTIFICATION)
    two.edit(Case, case_id, closing_note="乙")
    one.sync()
    two.sync()
    data = server.rows["case", case_id]["data"]
    assert (data["stage"], data["closing_note"]) == (Stage.RECTIFICATION.value, "")


def a_cut_between_pages_leaves_nothing_out(pc: Make, server: FakeServer) -> None:
    one, two, _ = two_with_a_case(pc)
    for _ in range(5):
        one.new_case()
    one.sync()
    real, calls = two.line.pull, []

    def cut(*asked: Any) -> Any:
        calls.append(asked)
        if len(calls) == 2:
            raise OutsideError("线断了", kind="connection")
        return real(*asked)

    two.line.pull = cut  # type: ignore[method-assign]  # a bad line
    with pytest.raises(OutsideError):
        two.sync()
    two.line.pull = real  # type: ignore[method-assign]  # the line again
    two.sync()
    agrees(server, one, two)


def a_restored_server_gets_back_what_it_forgot(pc: Make, server: FakeServer) -> None:
    one, two, case_id = two_with_a_case(pc)
    image = server.backup()
    one.edit(Case, case_id, note="甲")
    one.sync()
    server.restore(image)
    one.sync()
    two.sync()
    assert two.case(case_id).note == "甲"


def a_history_that_went_another_way_is_pulled_anew(pc: Make, server: FakeServer) -> None:
    one, two, case_id = two_with_a_case(pc)
    other = pc("city")
    other.sync()
    image = server.backup()
    one.edit(Case, case_id, note="甲")
    one.sync()
    two.sync()
    server.restore(image)
    other.edit(Case, case_id, note="丙")
    other.sync()
    two.sync()
    agrees(server, two)


def what_left_the_county_leaves_the_pc(pc: Make, server: FakeServer) -> None:
    one, city = pc("a1"), pc("city")
    case_id = one.new_case()
    one.sync()
    city.sync()
    city.edit(Case, case_id, scope=B)
    city.sync()
    one.sync()
    agrees(server, one, city)
    assert one.find(Case) == []


def what_left_with_work_on_it_stays_until_that_is_decided(pc: Make, server: FakeServer) -> None:
    one, city = pc("a1"), pc("city")
    case_id = one.new_case()
    one.sync()
    city.sync()
    one.edit(Case, case_id, note="晚了一步")
    city.edit(Case, case_id, scope=B)
    city.sync()
    one.sync()
    assert [case.note for case in one.find(Case)] == ["晚了一步"]
    one.decide(one.refused()[0].n, "theirs")
    one.sync()
    agrees(server, one, city)


def what_is_typed_while_pages_come_stays_on_screen(pc: Make, server: FakeServer) -> None:
    one, two, case_id = two_with_a_case(pc)
    one.edit(Case, case_id, note="甲")
    one.sync()

    def type_(progress: Any) -> None:
        if progress.step == "接收" and two.case(case_id).note == "":
            two.edit(Case, case_id, note="乙")

    two.sync(progress=type_)
    assert two.case(case_id).note == "乙"
    two.sync()
    assert two.case(case_id).note == "甲"
    assert [c.mine for c in two.conflicts()] == [{"note": "乙"}]
    agrees(server, two)


def a_number_that_was_not_leased_is_refused(pc: Make, server: FakeServer) -> None:
    server.leased = True
    one = pc("a1")
    one.stock = 0
    one.new_case()
    one.sync()  # what is used from here on needs a lease
    one.add(NumberEntry(new_id(), "order", 2026, 1, NumberState.VOID, A, CITY, reason="演示"))
    one.new_case()
    report = one.sync()
    assert (report.refused, report.pushed) == (1, 1)
    assert server.numbers.rows == {}


def a_request_that_is_lost_is_sent_again(pc: Make, server: FakeServer) -> None:
    one, two, case_id = two_with_a_case(pc)
    one.edit(Case, case_id, note="甲")
    real = one.line.push

    def lost(*_: Any) -> Any:
        raise OutsideError("线断了", kind="connection")

    one.line.push = lost  # type: ignore[method-assign]  # a bad line
    with pytest.raises(OutsideError):
        one.sync()
    with one.ledger.read() as view:
        assert outbox.count(view.connection, outbox.QUEUED) == 1
    one.line.push = real  # type: ignore[method-assign]  # the line again
    one.sync()
    two.sync()
    assert two.case(case_id).note == "甲"


def a_lost_reply_makes_no_second_set(pc: Make, server: FakeServer) -> None:
    one, _, case_id = two_with_a_case(pc)
    before = len(server.sets)
    one.edit(Case, case_id, note="甲")
    one.line.lose_reply_of = "push"
    with pytest.raises(OutsideError):
        one.sync()
    one.sync()
    assert len(server.sets) == before + 1
    assert len(server.devices) == 2


# what is taken away
def last_writer_wins(patch: Patch) -> None:
    def groups(
        self: Any, me: str, one: Any, op: Any, theirs: Any, mine: Any, base: Any, seq: int
    ) -> Any:
        self._put(op, {**theirs, **mine}, me, seq)
        return {"s": "ok", "conflicts": []}

    patch.setattr(FakeServer, "_groups", groups)


def every_column_alone(patch: Patch) -> None:
    alone = {key: key[1] for key in fake_server.GROUP_OF}
    patch.setattr(fake_server, "GROUP_OF", alone)


def cursor_with_the_first_page(patch: Patch) -> None:
    real = pull.Puller._take

    def take(self: Any, uow: Any, scope: str, roots: Any) -> Any:
        head = self.hello.scopes[scope]
        memory.set_cursor(uow.connection, scope, head.seq, head.hash)
        return real(self, uow, scope, roots)

    patch.setattr(pull.Puller, "_take", take)


def no_second_delivery(patch: Patch) -> None:
    patch.setattr(outbox, "requeue", lambda *_: 0)


def fork_ignored(patch: Patch) -> None:
    real = Hello.of

    def of(doc: Any) -> Hello:
        return real({**doc, "forked": [], "recovery": False})

    patch.setattr(Hello, "of", of)


def exits_ignored(patch: Patch) -> None:
    patch.setattr(pull.Puller, "_leave", lambda _: None)


def work_leaves_with_its_case(patch: Patch) -> None:
    patch.setattr(away, "staying", lambda *_: set())


def pages_over_what_is_typed(patch: Patch) -> None:
    patch.setattr(pending, "of_roots", lambda *_: pending.Pending())


def any_number_will_do(patch: Patch) -> None:
    patch.setattr(FakeServer, "_number", lambda *_: None)


def acknowledged_when_sent(patch: Patch) -> None:
    real = outbox.batch

    def deliver(self: Any) -> None:
        with self.talk.work() as uow:
            sets = real(uow.connection, self.schema)
            for one in sets:
                outbox.settle(uow.connection, one["id"], {"n": one["n"], "s": "ok", "ops": []})
            uow.commit()
        if sets:
            with self.ledger.read() as view:
                device = memory.device(view.connection)
            self.talk.transport.push(device, sets)

    patch.setattr(Delivery, "run", deliver)


def another_id_each_time(patch: Patch) -> None:
    real = outbox.batch
    patch.setattr(outbox, "batch", lambda *asked: [{**one, "id": new_id()} for one in real(*asked)])


CASES: list[tuple[Mutant, Scene]] = [
    (last_writer_wins, the_later_one_does_not_overwrite),
    (every_column_alone, one_fact_is_not_mixed_of_two),
    (cursor_with_the_first_page, a_cut_between_pages_leaves_nothing_out),
    (no_second_delivery, a_restored_server_gets_back_what_it_forgot),
    (fork_ignored, a_history_that_went_another_way_is_pulled_anew),
    (exits_ignored, what_left_the_county_leaves_the_pc),
    (work_leaves_with_its_case, what_left_with_work_on_it_stays_until_that_is_decided),
    (pages_over_what_is_typed, what_is_typed_while_pages_come_stays_on_screen),
    (any_number_will_do, a_number_that_was_not_leased_is_refused),
    (acknowledged_when_sent, a_request_that_is_lost_is_sent_again),
    (another_id_each_time, a_lost_reply_makes_no_second_set),
]


@pytest.mark.parametrize("scene", [scene for _, scene in CASES], ids=lambda one: one.__name__)
def test_the_rule_holds(pc: Make, server: FakeServer, scene: Scene) -> None:
    scene(pc, server)


@pytest.mark.parametrize(("mutant", "scene"), CASES, ids=lambda one: one.__name__)
def test_without_the_rule_the_scene_fails(
    pc: Make, server: FakeServer, mutant: Mutant, scene: Scene, monkeypatch: Patch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, OutsideError)):
        scene(pc, server)
