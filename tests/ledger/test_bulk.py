"""What is written in bulk leaves the ledger as it was guarded before."""

import pytest
from sqlalchemy.exc import IntegrityError

from inspector_app.ledger import bulk
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.machinery import capture
from inspector_app.ledger.unit import UnitOfWork
from tests.ledger.scenes import NOW, put_case

OBJECTS = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
ALTERED = "CREATE TRIGGER capture_case_ins AFTER INSERT ON \"case\" BEGIN SELECT 'mine'; END"


def objects(uow: UnitOfWork) -> list[tuple[str, str]]:
    return [(str(name), str(sql)) for name, sql in uow.connection.exec_driver_sql(OBJECTS)]


def test_triggers_come_back_word_by_word_also_altered_ones_and_after_a_failure(
    ledger: Ledger,
) -> None:
    put_case(ledger)
    with ledger.work("演示", actor="演示", at=NOW) as uow:
        uow.connection.exec_driver_sql("DROP TRIGGER capture_case_ins")
        uow.connection.exec_driver_sql(ALTERED)
        before = objects(uow)
        with bulk.unnoted(uow.connection, case):
            assert len(objects(uow)) < len(before)
            uow.connection.exec_driver_sql("UPDATE \"case\" SET note = '改'")
        assert objects(uow) == before
        with pytest.raises(IntegrityError), bulk.unnoted(uow.connection, case):
            uow.connection.exec_driver_sql("INSERT INTO \"case\" (id) VALUES ('x')")
        assert objects(uow) == before
        noted = uow.connection.execute(capture.select()).mappings().all()
        assert [one["id"] for one in noted] == ["case-1"], "an update is noted all the same"


def test_only_what_comes_again_does_not_wait_for_the_disk(ledger: Ledger) -> None:
    """1 is NORMAL, 2 is FULL; both connections of the pool are looked at."""
    put_case(ledger)
    said = []
    for lasting in (False, True, False, True):
        with ledger.work("演示", actor="演示", at=NOW, lasting=lasting) as uow:
            said.append(uow.connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
            uow.commit() if len(said) == 1 else None
    assert said == [1, 2, 1, 2]
