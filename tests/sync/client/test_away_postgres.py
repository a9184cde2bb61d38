"""What left while something typed here waits, at a real PostgreSQL."""

from collections.abc import Callable

import pytest

from inspector_app.domain.cases import Case
from inspector_app.domain.claims import WageClaim, Worker
from inspector_app.domain.papers import Paper
from tests.sync.client.test_away import give_up, held_of, kept, moved, waiting, work_apart
from tests.sync.conftest import Postgres
from tests.sync.pcs import B, Pc

Make = Callable[[str], Pc]
TAKE = "DELETE FROM sync.scope_grant WHERE login = 'city' AND scope = %s RETURNING *"
GIVE = "INSERT INTO sync.scope_grant VALUES (%s, %s, %s, %s)"


@pytest.mark.long
def test_a_moved_case_stays_while_work_on_it_waits(real: Make) -> None:
    one, _, case_id, _ = moved(real)
    assert kept(one) == {("case", case_id): True}
    first, second = (each.n for each in one.refused())
    one.decide(first, "theirs")  # the whole county comes anew
    one.sync()
    assert (len(one.find(Paper)), len(one.find(Worker))) == (1, 1)
    one.decide(second, "theirs")
    one.sync()
    assert (one.rows(), kept(one)) == ({}, {})
    assert one.ledger.check() == []


def test_work_of_a_right_that_ended_goes_when_it_is_back(real: Make, postgres: Postgres) -> None:
    city, boss, case_id, _ = work_apart(real, B, "city")
    city.sync()
    city.edit(Case, case_id, note="又一次")
    other = city.new_case(B)
    (right,) = postgres.ask(TAKE, B)
    assert city.sync().held == 2
    assert (city.case(case_id).note, waiting(city)) == ("又一次", 2)
    assert len(city.find(WageClaim)) == 1
    boss = real("b1")
    boss.sync()
    boss.remove(WageClaim, boss.find(WageClaim)[0].id)
    boss.sync()
    give_up(city, held_of(city)[1].id)
    city.sync()
    assert city.find(Case, id=other) == []
    postgres.ask(f"{GIVE} RETURNING 1", *right)
    assert city.sync().held == 0
    boss.sync()
    assert boss.case(case_id).note == "又一次"
    assert city.find(WageClaim) == []
    assert city.rows() == boss.rows()
    assert city.ledger.check() == []
