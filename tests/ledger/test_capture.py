"""No change slips past: bulk statements, replacements and strangers' writes are all noted."""

from pathlib import Path

import pytest
import sqlalchemy.exc
from sqlalchemy import delete, insert, update

from inspector_app.domain.cases import Case, Stage
from inspector_app.domain.claims import Worker
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.mapping import mapper
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.schema.cases import case, worker
from inspector_app.ledger.schema.office import setting
from tests.helpers.builders import a_case, a_worker_claim, an_employer
from tests.ledger.scenes import NOW, put, put_case, raw

CASE_NO = a_case().case_no


def test_a_bulk_update_is_noted_row_by_row(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, a_case(id="case-2", case_no="二"), a_case(id="case-3", case_no="三", note="演示"))
    with ledger.work("批量", actor="演示", at=NOW) as uow:
        uow.connection.execute(update(case).values(note="演示"))
        uow.commit()
    ops = ledger.history()[0].ops
    assert [(op.id, op.c) for op in ops] == [
        ("case-1", {"note": ("", "演示")}),
        ("case-2", {"note": ("", "演示")}),
    ]


def test_a_bulk_insert_and_a_bulk_delete_are_noted(ledger: Ledger) -> None:
    put_case(ledger)
    rows = [{**mapper(Worker).row(a_worker_claim(n).worker), "city": "410400"} for n in (1, 2, 3)]
    with ledger.work("批量", actor="演示", at=NOW) as uow:
        uow.connection.execute(insert(worker), rows)
        uow.commit()
    assert [op.k for op in ledger.history()[0].ops] == ["ins"] * 3
    with ledger.work("批量", actor="演示", at=NOW) as uow:
        uow.connection.execute(delete(worker))
        uow.commit()
    gone = ledger.history()[0].ops
    assert [op.k for op in gone] == ["del"] * 3
    assert gone[0].c["name"] == ("演示工人1", None)
    assert ledger.check() == []


def test_a_replaced_row_is_noted_as_gone(ledger: Ledger) -> None:
    with ledger.work("设置", actor="演示", at=NOW) as uow:
        row = {"key": "org", "value": "旧", "scope": "410402", "city": "410400"}
        uow.connection.execute(insert(setting), {"id": "s-1", **row})
        uow.commit()
    with ledger.work("设置", actor="演示", at=NOW) as uow:
        replace = insert(setting).prefix_with("OR REPLACE")
        uow.connection.execute(replace, {"id": "s-1", **row, "value": "新"})
        uow.commit()
    noted = {(op.id, op.k): op.c["value"] for op in ledger.history()[0].ops}
    assert noted == {("s-1", "upd"): ("旧", "新")}


def test_a_second_row_of_what_must_be_kept_apart_is_refused(ledger: Ledger) -> None:
    put_case(ledger)
    with pytest.raises(sqlalchemy.exc.IntegrityError, match="UNIQUE: case city, case_no"):
        put(ledger, a_case(id="case-2"))
    put(ledger, a_case(id="case-2", case_no="二"), a_case(id="case-3", case_no=""))
    with (
        pytest.raises(sqlalchemy.exc.IntegrityError, match="UNIQUE"),
        ledger.work("改", actor="演示", at=NOW) as uow,
    ):
        uow.connection.execute(update(case).where(case.c.id == "case-2").values(case_no=CASE_NO))
    put(ledger, a_case(id="case-4", case_no=""))


def test_an_upsert_is_noted_as_an_update(ledger: Ledger) -> None:
    put(ledger, an_employer())
    with ledger.work("改", actor="演示", at=NOW) as uow:
        uow.connection.exec_driver_sql(
            "INSERT INTO employer SELECT * FROM employer WHERE true "
            "ON CONFLICT (id) DO UPDATE SET note = '演示'"
        )
        uow.commit()
    assert [(op.k, op.c) for op in ledger.history()[0].ops] == [("upd", {"note": ("", "演示")})]


def test_an_aggregate_made_and_removed_in_bulk_keeps_its_scope_in_the_trail(ledger: Ledger) -> None:
    case_1 = put_case(ledger)
    put(ledger, *a_worker_claim(1))
    with ledger.work("清空", actor="演示", at=NOW) as uow:
        for name in ("wage_claim", "worker_private", "worker", "case"):
            uow.connection.execute(delete(metadata.tables[name]))
        uow.commit()
    assert {op.scope for op in ledger.history()[0].ops} == {case_1.scope}


def write_behind(path: Path) -> None:
    stranger = raw(path)
    stranger.execute("UPDATE \"case\" SET stage = 'Z11', note = '外部改动'")
    stranger.close()


def test_a_strangers_write_is_reported_until_the_next_work_signs_for_it(
    ledger: Ledger, path: Path
) -> None:
    case_1 = put_case(ledger)
    write_behind(path)
    assert {problem.kind for problem in ledger.check()} == {"unsigned", "list"}
    with ledger.work("看一眼", actor="演示监察员1", at=NOW):
        pass
    assert ledger.check() == []
    unsigned, _ = ledger.history()
    assert (unsigned.action, unsigned.actor) == ("未署名变更", "未署名")
    assert unsigned.ops[0].c == {"stage": ("Z1", "Z11"), "note": ("", "外部改动")}
    with ledger.read() as view:
        assert view.get(Case, case_1.id).stage is Stage.CLOSED


def test_a_strangers_write_is_not_mixed_into_the_users_changeset(
    ledger: Ledger, path: Path
) -> None:
    put_case(ledger)
    write_behind(path)
    put(ledger, *a_worker_claim(1))
    mine, unsigned, _ = ledger.history()
    assert {op.t for op in mine.ops} == {"worker", "worker_private", "wage_claim"}
    assert {op.t for op in unsigned.ops} == {"case"}


@pytest.mark.parametrize("table", ["changeset", "change_op"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET seq = 9"])
def test_the_trail_is_append_only(ledger: Ledger, table: str, change: str) -> None:
    put_case(ledger)
    with (
        pytest.raises(sqlalchemy.exc.IntegrityError, match="append-only"),
        ledger.work("抹去", actor="演示", at=NOW) as uow,
    ):
        uow.connection.exec_driver_sql(change.format(table))
