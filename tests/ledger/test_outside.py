"""Lock, disk, key and damage are told in a sentence, and nothing half-done stays."""

import dataclasses
from pathlib import Path

import pytest
import sqlalchemy.exc
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.domain.cases import Case
from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError
from inspector_app.ledger.engine import key_pragma
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.trouble import outside, sentence_for
from tests.helpers.builders import a_case, a_project, an_employer
from tests.ledger.scenes import NOW, everything, put, put_case, raw, save

KEY = bytes(range(32))


def test_a_second_writer_is_told_to_wait(ledger: Ledger, path: Path) -> None:
    other = raw(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutsideError, match="台账正被另一个程序写入，请稍后再试") as told:
        put(ledger, an_employer())
    assert told.value.kind == "busy"
    other.execute("ROLLBACK")
    put(ledger, an_employer())
    other.close()


def test_two_units_of_work_at_once_do_not_mix(ledger: Ledger) -> None:
    with ledger.work("一", actor="演示", at=NOW) as first:
        first.add(an_employer())
        with pytest.raises(OutsideError, match="请稍后再试"):
            put(ledger, a_project())
        first.commit()
    put(ledger, a_project())
    assert ledger.head()[0] == 2


def test_a_second_unit_of_work_is_refused_before_it_reads_what_may_change(ledger: Ledger) -> None:
    with ledger.work("取号", actor="演示", at=NOW) as first:
        assert first.next_no("order", 2026, "410402") == 1
        with (
            pytest.raises(OutsideError, match="请稍后再试"),
            ledger.work("取号", actor="演示", at=NOW),
        ):
            pytest.fail("two units of work would draw the same number")


def test_a_reader_sees_one_moment_and_never_waits(ledger: Ledger) -> None:
    case = put_case(ledger)
    with ledger.read() as view:
        save(ledger, dataclasses.replace(case, note="后来"))
        assert view.get(Case, case.id).note == ""
        with ledger.read() as later:
            assert later.get(Case, case.id).note == "后来"


def test_a_reader_cannot_write(ledger: Ledger) -> None:
    with pytest.raises(OutsideError, match="不允许写入"), ledger.read() as view:
        view.connection.exec_driver_sql("DELETE FROM employer")


def fill_the_disk(ledger: Ledger) -> None:
    with ledger.work("大量登记", actor="演示", at=NOW) as uow:
        pages = uow.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        uow.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        for number in range(2000):
            uow.add(a_case(id=f"case-{number}", case_no=f"{number}", facts="演示" * 200))
        uow.commit()


def test_a_full_disk_is_told_and_nothing_changed(ledger: Ledger) -> None:
    put(ledger, an_employer(), a_project())
    before = everything(ledger)
    with pytest.raises(OutsideError, match="磁盘空间不足，刚才的操作没有保存") as told:
        fill_the_disk(ledger)
    assert told.value.kind == "disk_full"
    assert everything(ledger) == before
    assert ledger.check() == []


def go_on_after_a_full_disk(ledger: Ledger) -> None:
    with ledger.work("大量登记", actor="演示", at=NOW) as uow:
        pages = uow.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        uow.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlalchemy.exc.OperationalError, match="full"):
            uow.add_all(
                a_case(id=f"case-{n}", case_no=f"{n}", facts="演示" * 200) for n in range(2000)
            )
        uow.connection.exec_driver_sql("ROLLBACK")
        uow.add(a_case())


def test_after_a_full_disk_nothing_is_written_piecemeal(ledger: Ledger) -> None:
    put(ledger, an_employer(), a_project())
    before = everything(ledger)
    with pytest.raises(RuntimeError, match="is over"):
        go_on_after_a_full_disk(ledger)
    assert everything(ledger) == before


@pytest.mark.parametrize("content", ["这不是台账" * 100, "SQLite format 3\0" + "x" * 5000])
def test_a_file_that_is_no_database_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cases.ledger"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OutsideError, match=r"打不开|已损坏"):
        Ledger.open(path)


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="打不开"):
        Ledger.open(tmp_path)


def test_a_damaged_file_is_told(ledger: Ledger, path: Path) -> None:
    put_case(ledger)
    ledger.close()
    raw(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x5a" * (len(data) - 4096))
    with pytest.raises(OutsideError, match="台账文件已损坏，请用最近的备份恢复"):
        Ledger.open(path)


def test_a_ledger_with_a_key_opens_with_that_key_only(tmp_path: Path) -> None:
    path = tmp_path / "secret.ledger"
    first = Ledger.open(path, key=KEY)
    put(first, an_employer())
    first.close()
    assert b"SQLite format 3" not in path.read_bytes()
    assert "青禾".encode() not in path.read_bytes()
    for wrong in (None, bytes(32)):
        with pytest.raises(OutsideError, match="密钥不对") as told:
            Ledger.open(path, key=wrong)
        assert told.value.kind == "not_a_ledger"
    again = Ledger.open(path, key=KEY)
    with again.read() as view:
        assert view.first(Employer) == an_employer()
    assert again.check() == []
    again.close()


def test_an_open_ledger_is_not_opened_with_a_key(path: Path) -> None:
    with pytest.raises(OutsideError, match="密钥不对"):
        Ledger.open(path, key=KEY)


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        key_pragma(b"short")


@pytest.mark.parametrize("key", [None, KEY])
def test_a_backup_is_a_whole_ledger_of_one_moment(tmp_path: Path, key: bytes | None) -> None:
    ledger = Ledger.open(tmp_path / "cases.ledger", key=key)
    put(ledger, an_employer())
    copy = ledger.backup(tmp_path / "备份" / "一.ledger")
    put(ledger, a_project())
    assert ledger.backup(copy) == copy
    put(ledger, a_case())
    head = ledger.head()
    ledger.close()
    saved = Ledger.open(copy, key=key)
    assert saved.head()[0] == head[0] - 1
    assert saved.check() == []
    with saved.read() as view:
        assert [hit.kind for hit in view.search("青禾")] == ["employer"]
    saved.close()
    assert [one.name for one in copy.parent.iterdir() if one.suffix == ".part"] == []


def test_a_backup_into_an_impossible_place_is_told(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("演示")
    with pytest.raises(OutsideError, match="备份写不进"):
        ledger.backup(tmp_path / "file" / "copy.ledger")


def test_trouble_below_the_engine_is_told_alike(ledger: Ledger, path: Path) -> None:
    first, second = raw(path), raw(path)
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutsideError, match="请稍后再试"), outside():
        second.execute("BEGIN IMMEDIATE")
    first.close()
    second.close()


def test_our_own_mistakes_are_not_called_outside_trouble() -> None:
    def mistake() -> None:
        with outside():
            raise dbapi2.OperationalError("no such table")

    assert sentence_for(ValueError()) is None
    with pytest.raises(dbapi2.OperationalError):
        mistake()
