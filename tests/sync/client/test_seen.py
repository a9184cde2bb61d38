"""What is shown of a conflict is what is decided on: the row as it stands, all of its group."""

from collections.abc import Callable

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import WageClaim, Worker
from inspector_app.errors import UserError
from inspector_app.sync import memory, shown
from tests.helpers.builders import a_worker_claim
from tests.sync.pcs import NOW, Pc

Make = Callable[[str], Pc]
THERE_FEN, AT_FIRST_FEN = 99_000_000, 86_420_000


def disputed(pc: Make) -> tuple[Pc, Pc, str]:
    """Here 38 workers, 40 in the shared database."""
    one, two = pc("a1"), pc("a2")
    case_id = two.new_case(stated_fen=AT_FIRST_FEN)
    two.sync()
    one.sync()
    two.edit(Case, case_id, stated_workers=40)
    one.edit(Case, case_id, stated_workers=38)
    for each in (two, one, two):
        each.sync()
    return one, two, case_id


def test_every_cell_of_the_group_is_shown_as_it_stands(pc: Make) -> None:
    one, two, case_id = disputed(pc)
    two.edit(Case, case_id, stated_fen=THERE_FEN)
    two.sync()
    one.sync()
    (conflict,) = one.conflicts()
    assert conflict.theirs is not None
    assert conflict.mine is not None
    assert (conflict.theirs["stated_workers"], conflict.theirs["stated_fen"]) == (40, THERE_FEN)
    assert (conflict.mine["stated_workers"], conflict.mine["stated_fen"]) == (38, AT_FIRST_FEN)


@pytest.mark.parametrize(("take", "stays"), [("mine", 38), ("theirs", 45)])
def test_a_value_that_moved_long_ago_is_shown_and_decided_on(
    pc: Make, take: str, stays: int
) -> None:
    one, two, case_id = disputed(pc)
    two.edit(Case, case_id, stated_workers=45)
    two.sync()
    one.sync()
    (conflict,) = one.conflicts()
    assert conflict.theirs is not None
    assert conflict.theirs["stated_workers"] == 45
    one.resolve(conflict.id, take)
    one.sync()
    two.sync()
    assert {one.case(case_id).stated_workers, two.case(case_id).stated_workers} == {stays}
    (done,) = two.conflicts(every=True)
    assert done.theirs is not None
    assert done.theirs["stated_workers"] == 45  # what was given up, or kept, stays to be read


def test_nobody_decides_on_what_was_not_shown(pc: Make) -> None:
    one, two, case_id = disputed(pc)
    (seen,) = one.conflicts()
    two.edit(Case, case_id, stated_fen=THERE_FEN)
    two.sync()
    one.sync()
    with pytest.raises(UserError) as refused:
        one.resolve(seen.id, "mine", seen=seen.mark)
    assert (refused.value.kind, refused.value.field) == ("moved", "seen")
    (now,) = one.conflicts()
    assert now.mark != seen.mark
    one.resolve(now.id, "mine", seen=now.mark)


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_the_shared_database_refuses_when_the_row_moved_on_and_it_is_said(
    pc: Make, take: str
) -> None:
    one, two, case_id = disputed(pc)
    two.edit(Case, case_id, stated_fen=THERE_FEN)
    two.sync()  # and this PC has not heard of it
    (seen,) = one.conflicts()
    one.resolve(seen.id, take, seen=seen.mark)
    one.sync()
    (still,) = one.conflicts()
    assert (still.state, still.returned) == (shown.OPEN, True)
    assert still.theirs is not None
    assert still.theirs["stated_fen"] == one.case(case_id).stated_fen == THERE_FEN
    one.resolve(still.id, take, seen=still.mark)
    (answered,) = one.conflicts()
    assert (answered.state, answered.returned) == (shown.ANSWERED, False)
    one.sync()
    assert one.conflicts() == []


def test_a_row_that_went_meanwhile_is_shown_as_gone_and_stays_gone(pc: Make) -> None:
    one, two, case_id = disputed(pc)
    person = a_worker_claim(1, case_id=case_id)
    two.add(*person)
    two.sync()
    one.sync()
    two.edit(WageClaim, person.claim.id, due_fen=7)
    one.edit(WageClaim, person.claim.id, due_fen=9)
    for each in (two, one, two):
        each.sync()
    two.remove(WageClaim, person.claim.id)
    two.sync()
    one.sync()
    (conflict,) = [each for each in one.conflicts() if each.t == "wage_claim"]
    assert conflict.theirs is None
    one.resolve(conflict.id, "theirs")
    one.sync()
    two.sync()
    assert one.find(WageClaim) == two.find(WageClaim) == []
    assert len(one.find(Worker)) == 1
    assert [each.t for each in one.conflicts()] == ["case"]


def test_what_does_not_fit_here_is_shown_as_it_came(pc: Make) -> None:
    one, _, case_id = disputed(pc)
    with one.ledger.work("同步", actor="a1", at=NOW) as uow:
        memory.put(uow.connection, memory.LEFT_OUT, {"410402": {case_id: ["case", False, "x"]}})
        uow.connection.exec_driver_sql("UPDATE sync_conflict SET t = 'of_a_newer_program'")
        uow.commit()
    (conflict,) = one.conflicts()
    assert conflict.theirs is not None
    assert conflict.theirs["stated_workers"] == 40
