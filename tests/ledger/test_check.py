"""check() sees every kind of damage, and says nothing about a ledger that is whole."""

import dataclasses
import json
from pathlib import Path

import pytest

from inspector_app.domain.papers import NumberState
from inspector_app.ledger.ledger import Ledger
from tests.helpers.builders import a_clue, a_worker_claim
from tests.ledger.scenes import a_draft, issued, put, put_case, raw, save, tamper

COLUMNS = (
    "id",
    "at",
    "actor",
    "device",
    "action",
    "why",
    "undo_of",
    "scopes",
    "ops_sha",
    "prev_hash",
    "hash",
)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A ledger with a little of everything."""
    case = put_case(ledger)
    put(ledger, *a_worker_claim(1), why="演示理由")
    put(ledger, a_clue())
    put(ledger, *issued(a_draft()))
    save(ledger, dataclasses.replace(case, note="演示"))
    return ledger


def kinds(ledger: Ledger) -> set[str]:
    return {problem.kind for problem in ledger.check()}


def test_a_whole_ledger_has_no_problems(filled: Ledger) -> None:
    assert filled.check() == []


@pytest.mark.parametrize("column", COLUMNS)
def test_one_changed_byte_in_the_trail_is_seen(filled: Ledger, column: str) -> None:
    with filled.read() as view:
        query = f"SELECT {column} FROM changeset WHERE seq = 2"  # noqa: S608  # a constant
        text = view.connection.exec_driver_sql(query).scalar_one() or ""
    middle = len(text) // 2
    changed = (
        text[:middle] + ("x" if text[middle : middle + 1] != "x" else "y") + text[middle + 1 :]
    )
    update = f"UPDATE changeset SET {column} = ? WHERE seq = 2"  # noqa: S608  # a constant
    tamper(filled.path, update, [changed])
    assert kinds(filled) == {"trail"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE change_op SET op = replace(op, '1200000', '1200001') WHERE seq = 2",
        "UPDATE change_op SET root_id = 'case-2' WHERE seq = 2",
        "UPDATE change_op SET root_type = 'clue' WHERE seq = 2",
        "UPDATE change_op SET t = 'worker' WHERE seq = 2",
        "UPDATE change_op SET n = n + 1 WHERE seq = 2 AND n = 2",
        "DELETE FROM change_op WHERE seq = 2 AND n = 1",
    ],
)
def test_a_changed_or_missing_op_is_seen(filled: Ledger, change: str) -> None:
    tamper(filled.path, change)
    assert [(p.kind, p.where) for p in filled.check()] == [("trail", "第 2 步")]


def test_a_step_taken_out_of_the_trail_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "DELETE FROM change_op WHERE seq = 3")
    tamper(filled.path, "DELETE FROM changeset WHERE seq = 3")
    messages = [problem.message for problem in filled.check()]
    assert messages == ["操作记录缺第 3 步", "与上一步的校验值接不上"]


def test_a_rewritten_step_breaks_the_chain_behind_it(filled: Ledger) -> None:
    tamper(
        filled.path,
        "UPDATE changeset SET hash = "
        "CASE substr(hash, 1, 1) WHEN 'a' THEN 'b' ELSE 'a' END || substr(hash, 2) WHERE seq = 2",
    )
    assert {problem.where for problem in filled.check()} == {"第 2 步", "第 3 步"}


def test_a_missing_trigger_is_seen(filled: Ledger) -> None:
    with filled.work("拆", actor="演示", at=filled.history()[0].at) as uow:
        uow.connection.exec_driver_sql("DROP TRIGGER capture_case_upd")
        uow.connection.commit()
    assert [(p.kind, p.where) for p in filled.check()] == [("triggers", "capture_case_upd")]


def test_a_part_without_its_root_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "PRAGMA foreign_keys = OFF")
    tamper(filled.path, "UPDATE wage_claim SET worker_id = 'nobody'")
    assert [(p.kind, p.where) for p in filled.check()] == [
        ("reference", "wage_claim 1"),
        ("altered", "wage_claim claim-1"),
    ]


def test_a_case_whose_employer_is_gone_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE \"case\" SET employer_id = 'nobody'")
    assert {"reference", "altered", "list"} == kinds(filled)
    assert any("employer 不存在" in problem.message for problem in filled.check())


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE number_entry SET no = 2", "编号 1 没有登记"),
        ("UPDATE number_entry SET paper_id = 'nobody'", "找不到对应的文书"),
        ("DELETE FROM number_entry", "没有在登记簿登记一次"),
        ("UPDATE paper SET state = 'draft', number = ''", "找不到对应的文书"),
    ],
)
def test_a_register_with_a_hole_is_seen(filled: Ledger, sql: str, message: str) -> None:
    tamper(filled.path, sql)
    problems = [problem for problem in filled.check() if problem.kind == "number"]
    assert any(message in problem.message for problem in problems)


def test_every_series_year_and_scope_is_counted_by_itself(filled: Ledger) -> None:
    _, entry = issued(a_draft("paper-2"), no=1)
    others = [
        dataclasses.replace(
            entry,
            id=f"n-{number}",
            no=number,
            series="notice",
            state=NumberState.VOID,
            paper_id=None,
            reason="演示",
        )
        for number in (1, 2)
    ]
    put(filled, *others)
    assert filled.check() == []


def test_a_stale_list_line_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE case_line SET owing_fen = 1")
    assert [(p.kind, p.where) for p in filled.check()] == [("list", "case case-1")]


def test_a_stale_search_entry_is_seen(filled: Ledger) -> None:
    tamper(filled.path, "DELETE FROM search_entry WHERE kind = 'clue'")
    assert [(p.kind, p.where) for p in filled.check()] == [("search", "clue clue-1")]


def test_an_index_that_does_not_fit_its_table_is_seen(filled: Ledger, path: Path) -> None:
    filled.close()
    stranger = raw(path)
    stranger.execute("PRAGMA writable_schema = ON")
    stranger.execute(
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX ix_worker_name ON worker (crew)' "
        "WHERE name = 'ix_worker_name'"
    )
    stranger.close()
    ledger = Ledger.open(path)
    problems = ledger.check()
    assert {problem.kind for problem in problems} == {"file"}
    assert "ix_worker_name" in problems[0].message
    ledger.close()


def test_damage_inside_the_file_is_seen(filled: Ledger, path: Path) -> None:
    filled.close()
    tamper(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    mark = data.rindex(b"employer-1")
    data[mark : mark + 10] = b"employer-7"
    path.write_bytes(bytes(data))
    ledger = Ledger.open(path)
    assert ledger.check() != []
    ledger.close()


def test_problems_speak_chinese_and_name_the_place(filled: Ledger) -> None:
    tamper(filled.path, "UPDATE changeset SET actor = 'x' WHERE seq = 1")
    (problem,) = filled.check()
    assert (problem.kind, problem.where, problem.message) == (
        "trail",
        "第 1 步",
        "操作记录被改动过",
    )
    assert json.dumps(dataclasses.asdict(problem))
