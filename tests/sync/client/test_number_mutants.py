"""Every rule that keeps numbers unique is one whose absence a small scene notices."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from inspector_app.domain.papers import NumberEntry, NumberState
from inspector_app.errors import OutsideError
from inspector_app.ledger.ids import new_id
from inspector_app.sync import memory
from inspector_app.sync.numbers import lease_round, leases
from inspector_app.sync.numbers.lease_round import NumberRound
from tests.helpers.builders import CITY
from tests.sync.fake_numbers import FakeNumbers
from tests.sync.fake_server import FakeServer
from tests.sync.pcs import NOW, ORDER, A, Pc

Make = Callable[[str], Pc]
Patch = pytest.MonkeyPatch
Scene = Callable[[Make, FakeServer], None]
Mutant = Callable[[Patch], None]
SERIES = (A, ORDER, NOW.year)


def two_that_joined(pc: Make, server: FakeServer) -> tuple[Pc, Pc]:
    server.leased = True
    one, two = pc("a1"), pc("a2")
    for each in (one, two):
        each.new_case()
        each.sync()
    return one, two


def on_paper(*pcs: Pc) -> list[int]:
    """Each prints what it can; no number stands on two papers."""
    found = [no for one in pcs for no in (one.issue(A), one.issue(A)) if no is not None]
    assert len(found) == len(set(found))
    return found


# the scenes
def no_number_is_held_by_two(pc: Make, server: FakeServer) -> None:
    one, two = two_that_joined(pc, server)
    assert len(on_paper(one, two)) == 4
    assert one.sync().refused == two.sync().refused == 0


def a_number_of_another_is_refused(pc: Make, server: FakeServer) -> None:
    one, two = two_that_joined(pc, server)
    with one.ledger.read() as view:
        no = leases.free(view.connection)[SERIES][0]
    forged = {"state": NumberState.VOID, "reason": "演示"}
    two.add(NumberEntry(new_id(), ORDER, NOW.year, no, scope=A, city=CITY, **forged))  # type: ignore[arg-type]  # named fields
    assert two.sync().refused == 1
    assert one.issue(A) == no
    assert one.sync().refused == 0


def a_number_is_taken_once(pc: Make, server: FakeServer) -> None:
    one, _ = two_that_joined(pc, server)
    assert len(on_paper(one)) == 2
    assert one.issue(A) is None


def a_restored_server_gives_out_nothing_that_is_held(pc: Make, server: FakeServer) -> None:
    server.leased = True
    one, two = pc("a1"), pc("a2")
    image = server.backup()
    for each in (one, two):
        each.new_case()
        each.sync()
    two.stock = 4
    server.restore(image)
    for each in (two, one):
        each.sync()
    server.recovery = False
    server.numbers.end_recovery()
    two.sync()
    on_paper(one, two, two)


def an_old_copy_issues_nothing(pc: Make, server: FakeServer) -> None:
    one, _ = two_that_joined(pc, server)
    image = one.image()
    before = on_paper(one)
    one.go_back(image)
    assert one.issue(A) is None
    one.sync()
    assert not set(before) & set(on_paper(one))


def what_goes_back_is_not_issued(pc: Make, server: FakeServer) -> None:
    one, two = two_that_joined(pc, server)
    one.stock, two.stock = 0, 6
    one.line.lose_reply_of = "release"
    with pytest.raises(OutsideError):
        one.sync()
    two.sync()
    on_paper(one, two, two, two)


def what_was_used_before_is_told_when_joining(pc: Make, server: FakeServer) -> None:
    server.leased = True
    one, two = pc("a1"), pc("a2")
    before = {"state": NumberState.VOID, "reason": "演示"}
    one.add(NumberEntry(new_id(), ORDER, NOW.year, 1, scope=A, city=CITY, **before))  # type: ignore[arg-type]  # named fields
    assert one.sync().refused == 0
    two.sync()
    assert 1 not in on_paper(two)


# what is taken away
def lease_handed_twice(patch: Patch) -> None:
    def lease(self: Any, device: str, scope: str, series: str, year: int, count: int, **_: Any):  # type: ignore[no-untyped-def]  # a mutant
        for no in range(1, count + 1):
            self._reach((scope, series, year, no))
            self._become((scope, series, year, no), "leased", device)
        return list(range(1, count + 1))

    patch.setattr(FakeNumbers, "lease", lease)


def number_not_owned_by_the_device(patch: Patch) -> None:
    real = FakeNumbers.take

    def take(self: Any, device: str, key: Any, entry: str, *, recovery: bool) -> Any:
        owner = self.rows.get(key, {}).get("device") or device
        return real(self, owner, key, entry, recovery=recovery)

    patch.setattr(FakeNumbers, "take", take)


def number_stays_in_the_store(patch: Patch) -> None:
    real = leases.take

    def take(connection: Any, series: Any) -> int:
        kept = leases.free(connection).get(series, [])
        no = real(connection, series)
        leases.keep(connection, series, kept, "again", NOW.isoformat())
        return no

    patch.setattr(leases, "take", take)
    patch.setattr(leases, "_borne", lambda: leases.lease.c.no < 0)


def nothing_declared_again(patch: Patch) -> None:
    patch.setattr(NumberRound, "_redeclare", lambda _: None)


def no_mark_beside_the_ledger(patch: Patch) -> None:
    patch.setattr(leases, "is_older_copy", lambda *_: False)


def forgotten_only_when_answered(patch: Patch) -> None:
    """What goes back is still free here until the answer has come."""

    def give_back(self: Any, stock: Any) -> None:
        with self.ledger.read() as view:
            surplus = lease_round._surplus(leases.every(view.connection), stock, self.at)
            device = memory.device(view.connection)
        for (series, why), nos in surplus.items():
            self.line.release(device, *series, nos, why)
            with self._work() as uow:
                leases.forget(uow.connection, series, nos)
                uow.commit()

    patch.setattr(NumberRound, "_give_back", give_back)


def nothing_declared(patch: Patch) -> None:
    patch.setattr(NumberRound, "declare", lambda _: None)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: Patch) -> None:
    """What is not wanted goes back without waiting."""
    monkeypatch.setattr(lease_round, "GRACE", NOW - NOW)


CASES: list[tuple[Mutant, Scene]] = [
    (lease_handed_twice, no_number_is_held_by_two),
    (number_not_owned_by_the_device, a_number_of_another_is_refused),
    (number_stays_in_the_store, a_number_is_taken_once),
    (nothing_declared_again, a_restored_server_gives_out_nothing_that_is_held),
    (no_mark_beside_the_ledger, an_old_copy_issues_nothing),
    (forgotten_only_when_answered, what_goes_back_is_not_issued),
    (nothing_declared, what_was_used_before_is_told_when_joining),
]


@pytest.mark.parametrize("scene", [scene for _, scene in CASES], ids=lambda one: one.__name__)
def test_the_rule_holds(pc: Make, server: FakeServer, scene: Scene) -> None:
    scene(pc, server)


@pytest.mark.parametrize(("mutant", "scene"), CASES, ids=lambda one: one.__name__)
def test_without_the_rule_the_scene_fails(
    pc: Make, server: FakeServer, mutant: Mutant, scene: Scene, monkeypatch: Patch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):  # the ledger guards its register as well
        scene(pc, server)
