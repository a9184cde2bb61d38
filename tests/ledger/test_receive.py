"""What comes from the shared database is let in, marked, not taken back, and looked over."""

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from inspector_app.domain.cases import Case
from inspector_app.domain.papers import NumberEntry, Paper
from inspector_app.errors import UserError
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.receive import receiving
from inspector_app.ledger.schema.cases import case
from inspector_app.ledger.schema.exchange import sync_conflict, sync_cursor, sync_in, sync_out
from inspector_app.ledger.schema.papers import number_entry, paper
from tests.helpers.builders import a_case
from tests.ledger.scenes import NOW, a_draft, issued, put, put_case, save, tamper


def receive_note(ledger: Ledger, note: str) -> str:
    with receiving(ledger, NOW) as uow:
        uow.connection.execute(update(case).values(note=note))
        return uow.commit().changeset_id


def test_what_came_in_is_marked_and_cannot_be_taken_back(ledger: Ledger) -> None:
    put_case(ledger)
    changeset = receive_note(ledger, "来自共享库")
    newest = ledger.history()[0]
    assert (newest.actor, newest.action, newest.undoable) == ("共享库", "同步收到", False)
    with pytest.raises(UserError, match="从共享库收到的"):
        ledger.undo(changeset, actor="演示", at=NOW)
    with ledger.read() as view:
        assert list(view.connection.scalars(select(sync_in.c.seq))) == [newest.seq]
        assert view.get(Case, "case-1").note == "来自共享库"
    assert ledger.check() == []


def test_what_is_rolled_back_leaves_no_open_gate(ledger: Ledger) -> None:
    put_case(ledger)
    with receiving(ledger, NOW) as uow:
        uow.connection.execute(update(case).values(note="丢弃"))
    with ledger.read() as view:
        assert view.get(Case, "case-1").note == ""
    assert ledger.check() == []


def test_a_case_may_leave_with_its_issued_papers_and_numbers(ledger: Ledger) -> None:
    put_case(ledger)
    draft = a_draft()
    put(ledger, draft)
    done, entry = issued(draft)
    with ledger.work("制发", actor="演示", at=NOW) as uow:
        uow.save(done)
        uow.add(entry)
        uow.commit()
    with receiving(ledger, NOW) as uow:
        for table in (number_entry, paper, case):
            uow.connection.execute(delete(table))
        uow.commit()
    with ledger.read() as view:
        assert view.find(Paper) == []
        assert view.find(NumberEntry) == []
    assert ledger.check() == []


def test_a_number_that_came_twice_is_named_by_check(ledger: Ledger) -> None:
    put_case(ledger)
    draft = a_draft()
    put(ledger, draft)
    done, entry = issued(draft)
    save(ledger, done)
    put(ledger, entry)
    twin = dataclasses.asdict(entry) | {"id": "twin", "state": entry.state.value, "row_rev": 7}
    with receiving(ledger, NOW) as uow:
        uow.connection.execute(insert(number_entry), twin)
        uow.connection.execute(
            insert(number_entry), twin | {"id": "later", "no": 9, "paper_id": "elsewhere"}
        )
        uow.connection.execute(insert(sync_cursor), {"scope": entry.scope, "seq": 7, "hash": "h"})
        uow.commit()
    assert "编号 1 登记了两次" in [one.message for one in ledger.check()]
    assert not any("没有登记" in one.message and "编号" in one.message for one in ledger.check())


OUT = {"part": 0, "first": 0, "last": 0, "scope": "4104", "ops": "", "receipt": "", "at": ""}


def test_an_account_of_the_exchange_that_is_not_whole_is_seen(ledger: Ledger, path: Path) -> None:
    put(ledger, a_case(employer_id="e", project_id=None))
    receive_note(ledger, "来自共享库")
    with ledger.work("乱写", actor="演示", at=NOW) as uow:
        rows = [
            {"n": 2, "seq": 2, "id": "a", "state": "acked", **OUT},
            {"n": 4, "seq": 99, "id": "b", "state": "queued", **OUT},
        ]
        uow.connection.execute(insert(sync_out), rows)
        values = {column.name: "" for column in sync_conflict.columns} | {"state": "resolved"}
        uow.connection.execute(insert(sync_conflict), values | {"id": "k"})
        uow.commit()
    tamper(path, "INSERT INTO sync_state VALUES ('receiving', '1')")
    found = {one.message for one in ledger.check() if one.kind == "exchange"}
    assert found == {
        "缺第 1 次上传的登记",
        "第 4 次上传找不到对应的操作记录",
        "第 2 次上传没有回执",
        "从共享库收到的内容又被上传",
        "接收共享库内容的开关没有关上",
        "已处理的冲突没有写明由谁处理",
    }


def test_own_steps_that_somebody_kept_from_going_out_are_seen(ledger: Ledger, path: Path) -> None:
    put(ledger, a_case(employer_id="e", project_id=None))
    tamper(path, "INSERT INTO sync_state VALUES ('numbered', '1')")
    assert {one.message for one in ledger.check() if one.kind == "exchange"} == {
        "没有登记上传，共享库收不到它"
    }
    tamper(path, "INSERT INTO sync_in VALUES (1)")
    assert {one.message for one in ledger.check() if one.kind == "exchange"} == {
        "本机办的事被登记成从共享库收到的，不会上传",
    }


def test_the_new_tables_start_empty(ledger: Ledger) -> None:
    with ledger.read() as view:
        for table in (sync_in, sync_out, sync_cursor, sync_conflict):
            assert view.connection.scalar(select(func.count()).select_from(table)) == 0
