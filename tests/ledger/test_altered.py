"""What was altered behind the program is seen: the rows are held against the trail."""

import dataclasses
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.domain.claims import WageClaim
from inspector_app.ledger.check import Problem
from inspector_app.ledger.ledger import Ledger
from tests.helpers.builders import a_clue, a_worker_claim
from tests.ledger.scenes import NOW, put, put_case, raw, save, take_away, tamper

ID_NUMBER = "410402199001011234"
CHANGED = "内容与操作记录不一致"
MISSING = "操作记录里有，台账里没有"
SURPLUS = "台账里有，操作记录里没有"


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A case with two workers and a clue, some of it changed and taken away again."""
    case = put_case(ledger)
    put(ledger, *a_worker_claim(1))
    put(ledger, *a_worker_claim(2))
    put(ledger, *a_worker_claim(3))
    put(ledger, a_clue())
    save(ledger, dataclasses.replace(case, note="演示"))
    with ledger.read() as view:
        claim = view.get(WageClaim, "claim-3")
    take_away(ledger, claim)
    return ledger


def altered(ledger: Ledger) -> list[Problem]:
    return [problem for problem in ledger.check() if problem.kind == "altered"]


def test_rows_made_changed_and_removed_by_the_program_are_not_altered(filled: Ledger) -> None:
    assert filled.check() == []


def test_a_changed_cell_is_named_by_table_row_and_column(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE wage_claim SET note = 'x' WHERE id = 'claim-2'")
    assert filled.check() == [Problem("altered", "wage_claim claim-2", f"{CHANGED}：note")]


def test_several_changed_cells_of_a_row_are_one_problem(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE worker SET name = '乙', crew = '丙' WHERE id = 'worker-1'")
    (problem,) = altered(filled)
    assert problem.where == "worker worker-1"
    assert problem.message in (f"{CHANGED}：name、crew", f"{CHANGED}：crew、name")


def test_the_message_never_tells_the_value(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE worker_private SET id_number = ?", [ID_NUMBER])
    assert {problem.where for problem in altered(filled)} == {
        "worker_private worker-1",
        "worker_private worker-2",
        "worker_private worker-3",
    }
    assert ID_NUMBER not in str(filled.check())


def test_a_cell_set_back_to_an_earlier_value_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE \"case\" SET note = ''")
    assert altered(filled) == [Problem("altered", "case case-1", f"{CHANGED}：note")]


def test_a_missing_row_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "DELETE FROM wage_claim WHERE id = 'claim-1'")
    assert altered(filled) == [Problem("altered", "wage_claim claim-1", MISSING)]


def test_a_surplus_row_is_seen_also_when_its_table_is_otherwise_empty(filled: Ledger) -> None:
    tamper(
        filled.path,
        "INSERT INTO setting (id, key, value, scope, city) "
        "VALUES ('s-1', 'org', '演示', '410402', '410400')",
    )
    assert filled.check() == [Problem("altered", "setting s-1", SURPLUS)]


def test_a_removed_row_put_back_is_surplus(filled: Ledger) -> None:
    connection = raw(filled.path)
    names = [row[1] for row in connection.execute("PRAGMA table_info(wage_claim)")]
    connection.close()
    cells = ", ".join("'claim-3'" if name == "id" else f'"{name}"' for name in names)
    copy = f"INSERT INTO wage_claim SELECT {cells} FROM wage_claim WHERE id = 'claim-2'"  # noqa: S608  # column names
    tamper(filled.path, copy)
    assert Problem("altered", "wage_claim claim-3", SURPLUS) in altered(filled)


def test_a_row_slipped_in_stays_surplus_when_the_program_changes_it_later(filled: Ledger) -> None:
    tamper(
        filled.path,
        "INSERT INTO setting (id, key, value, scope, city) "
        "VALUES ('s-1', 'org', '旧', '410402', '410400')",
    )
    with filled.work("设置", actor="演示", at=NOW) as uow:
        uow.connection.exec_driver_sql("UPDATE setting SET value = '新'")
        uow.commit()
    assert filled.check() == [Problem("altered", "setting s-1", SURPLUS)]


def test_a_change_of_another_cell_by_the_program_does_not_hide_the_altered_one(
    filled: Ledger,
) -> None:
    tamper(filled.path, "UPDATE clue SET statement = 'x'")
    with filled.work("改", actor="演示", at=NOW) as uow:
        uow.connection.exec_driver_sql("UPDATE clue SET conclusion = '演示'")
        uow.commit()
    assert altered(filled) == [Problem("altered", "clue clue-1", f"{CHANGED}：statement")]


def test_a_strangers_write_still_to_be_signed_for_is_reported_once(
    filled: Ledger, path: Path
) -> None:
    stranger = raw(path)
    stranger.execute("UPDATE wage_claim SET note = 'x' WHERE id = 'claim-1'")
    stranger.execute("DELETE FROM wage_claim WHERE id = 'claim-2'")
    stranger.close()
    tamper(filled.path, "UPDATE worker SET crew = 'x' WHERE id = 'worker-2'")
    assert {(p.kind, p.where) for p in filled.check()} == {
        ("unsigned", "wage_claim claim-1"),
        ("unsigned", "wage_claim claim-2"),
        ("list", "case case-1"),
        ("altered", "worker worker-2"),
    }
    with filled.work("看一眼", actor="演示监察员1", at=NOW):
        pass
    assert [(p.kind, p.where) for p in filled.check()] == [("altered", "worker worker-2")]


def test_a_trail_that_does_not_hold_is_not_held_against_the_rows(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE change_op SET op = replace(op, '演示', 'x') WHERE seq = 2")
    assert {problem.kind for problem in filled.check()} == {"trail"}


@pytest.mark.parametrize("change", ["DELETE FROM capture", "UPDATE capture SET id = 'x'"])
def test_what_was_noted_cannot_be_wiped_by_a_stranger(
    filled: Ledger, path: Path, change: str
) -> None:
    stranger = raw(path)
    stranger.execute("UPDATE wage_claim SET note = 'x' WHERE id = 'claim-1'")
    with pytest.raises(dbapi2.Error):
        stranger.execute(change)
    stranger.close()
    assert [(p.kind, p.where) for p in filled.check()] == [("unsigned", "wage_claim claim-1")]


def test_a_note_wiped_with_the_guard_taken_off_does_not_help(filled: Ledger, path: Path) -> None:
    stranger = raw(path)
    stranger.execute("UPDATE wage_claim SET note = 'x'")
    stranger.close()
    tamper(path, "DELETE FROM capture")
    assert [(p.kind, p.where) for p in filled.check()] == [
        ("altered", "wage_claim claim-1"),
        ("altered", "wage_claim claim-2"),
    ]
