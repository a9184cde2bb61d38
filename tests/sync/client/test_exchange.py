"""Two PCs and the shared database: what one does the other sees, and what both do is told."""

from collections.abc import Callable

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import WageClaim, Worker
from tests.helpers.builders import a_worker_claim
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import A, Pc, server_rows

Make = Callable[[str], Pc]


def a_case_on_both(pc: Make) -> tuple[Pc, Pc, str]:
    one, two = pc("a1"), pc("a2")
    case_id = one.new_case()
    one.sync()
    two.sync()
    return one, two, case_id


def test_what_one_pc_does_the_other_sees(pc: Make, server: FakeServer) -> None:
    one, two, case_id = a_case_on_both(pc)
    one.add(*a_worker_claim(1, case_id=case_id))
    one.edit(Case, case_id, note="演示")
    one.sync()
    report = two.sync()
    assert two.case(case_id).note == "演示"
    assert [w.name for w in two.find(Worker)] == ["演示工人1"]
    assert two.rows() == server_rows(server, [A]) == one.rows()
    assert {change.root_id for change in report.changes} == {case_id}
    for each in (one, two):
        assert each.ledger.check() == []


def test_different_groups_merge_by_themselves(pc: Make) -> None:
    one, two, case_id = a_case_on_both(pc)
    one.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, leader="乙")
    one.sync()
    two.sync()
    one.sync()
    for each in (one, two):
        assert (each.case(case_id).note, each.case(case_id).leader) == ("甲", "乙")
        assert each.conflicts() == []


def test_the_same_group_on_both_is_a_conflict_that_keeps_both_values(pc: Make) -> None:
    one, two, case_id = a_case_on_both(pc)
    one.edit(Case, case_id, stage=Stage.RECTIFICATION)
    two.edit(Case, case_id, closing_note="另一处")
    one.sync()
    assert two.sync().disputed == 1
    one.sync()
    for each in (one, two):
        (conflict,) = each.conflicts()
        assert (conflict.group, conflict.mine_by, conflict.theirs_by) == ("stage", "a2", "a1")
        assert conflict.mine is not None
        assert conflict.theirs is not None
        assert conflict.mine["closing_note"] == "另一处"
        assert conflict.theirs["stage"] == Stage.RECTIFICATION.value
        assert each.case(case_id).stage is Stage.RECTIFICATION
        assert each.case(case_id).closing_note == ""


def test_resolving_for_mine_brings_it_to_everybody(pc: Make) -> None:
    one, two, case_id = a_case_on_both(pc)
    one.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, note="乙")
    one.sync()
    two.sync()
    one.sync()
    one.resolve(one.conflicts()[0].id, "mine")
    assert [c.state for c in one.conflicts()] == ["answered"]
    one.sync()
    two.sync()
    for each in (one, two):
        assert each.case(case_id).note == "乙"
        assert each.conflicts() == []
        (done,) = each.conflicts(every=True)
        assert (done.reason, done.resolved_by) == ("核对了原件", "a1")


def test_a_value_that_moved_after_the_look_keeps_the_conflict_open(pc: Make) -> None:
    one, two, case_id = a_case_on_both(pc)
    one.edit(Case, case_id, note="甲")
    two.edit(Case, case_id, note="乙")
    one.sync()
    two.sync()
    one.sync()
    two.resolve(two.conflicts()[0].id, "mine")
    one.edit(Case, case_id, note="丙")
    one.sync()
    two.sync()
    (still,) = two.conflicts()
    assert (still.theirs, still.mine) == ({"note": "丙"}, {"note": "乙"})
    assert two.case(case_id).note == "丙"


def test_delete_against_edit_asks(pc: Make) -> None:
    one, two, case_id = a_case_on_both(pc)
    person = a_worker_claim(1, case_id=case_id)
    one.add(*person)
    one.sync()
    two.sync()
    one.edit(WageClaim, person.claim.id, due_fen=7)
    two.remove(WageClaim, person.claim.id)
    one.sync()
    two.sync()
    assert [c.group for c in two.conflicts()] == ["row"]
    assert two.find(WageClaim)[0].due_fen == 7
    two.resolve(two.conflicts()[0].id, "mine")
    two.sync()
    one.sync()
    assert one.find(WageClaim) == two.find(WageClaim) == []


def test_an_idle_round_is_one_call(pc: Make) -> None:
    one, _, _ = a_case_on_both(pc)
    one.sync()
    before = one.line.calls
    one.sync()
    assert one.line.calls - before == 1


def test_how_far_the_shared_database_has_everything_is_noted_beside_the_ledger(pc: Make) -> None:
    one, _, case_id = a_case_on_both(pc)
    shared = one.ledger.head()[0]
    one.edit(Case, case_id, note="只在本机")
    said = one.ledger.last_step.read()
    assert said is not None
    assert (said.seq, said.shared) == (shared + 1, shared)
    one.sync()
    again = one.ledger.last_step.read()
    assert again is not None
    assert again.shared == one.ledger.head()[0] == again.seq
