"""A ledger becomes encrypted, open, or locked by another key as a whole, or stays as it was."""

import contextlib
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel carries no types

from inspector_app.domain.parties import Employer
from inspector_app.errors import OutsideError
from inspector_app.ledger import rewrite as rewriting
from inspector_app.ledger.engine import connect
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.rewrite import Rewriting, StoppedError, wipe
from tests.helpers.builders import a_project, an_employer
from tests.ledger.scenes import everything, put, put_case, raw

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def quietly(ready: object = None) -> Rewriting:
    return Rewriting(ready=lambda salt: ready(salt) if callable(ready) else None)


def test_it_is_encrypted_given_another_key_and_opened_again(ledger: Ledger, path: Path) -> None:
    put_case(ledger)
    before, salts = everything(ledger), [""]
    assert not ledger.is_encrypted()
    assert ledger.salt() == ""
    for key in (KEY, OTHER, None):
        ledger.rekey(key, quietly(lambda salt: salts.append(salt.hex())))
        assert everything(ledger) == before
        assert ledger.check() == []
        assert ledger.is_encrypted() == (key is not None)
        assert ledger.salt() == (salts[-1] if key else "")
        put(ledger, an_employer(id=f"e-{len(salts)}"))
        before = everything(ledger)
    assert len({*salts}) == 4
    assert {one.name.removeprefix(path.name) for one in path.parent.iterdir()} <= {
        "",
        "-wal",
        "-shm",
        ".last",
    }


def test_nothing_can_be_read_from_the_encrypted_file_or_its_log(ledger: Ledger, path: Path) -> None:
    put_case(ledger)
    ledger.rekey(KEY, quietly())
    put(ledger, an_employer(id="e-2", name="丰禾建设集团有限公司"))
    for name in (path.name, f"{path.name}-wal"):
        data = path.with_name(name).read_bytes()
        for word in ("青禾", "丰禾", "CREATE TABLE", "employer", "向大山"):
            assert word.encode() not in data, (name, word)


def test_the_old_content_is_overwritten(ledger: Ledger, path: Path) -> None:
    put(ledger, an_employer())
    with path.open("rb") as old:
        ledger.rekey(KEY, quietly())
        old.seek(0)
        left = old.read()
    assert left
    assert set(left) == {0}


def test_while_somebody_else_has_it_open_nothing_happens(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(ledger, an_employer())
    monkeypatch.setattr(rewriting, "BUSY_MS", 0)
    other = raw(path)
    other.execute("SELECT count(*) FROM employer").fetchone()
    before = everything(ledger)
    with pytest.raises(OutsideError, match="还有别的程序或窗口在用这本台账") as told:
        ledger.rekey(KEY, quietly())
    assert told.value.kind == "busy"
    assert everything(ledger) == before
    other.close()
    ledger.rekey(KEY, quietly())


def test_while_it_is_written_nobody_else_gets_in(ledger: Ledger, path: Path) -> None:
    put(ledger, an_employer())

    def knock(_salt: bytes) -> None:
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            connect(path, None, read_only=False, busy_ms=0)

    ledger.rekey(KEY, quietly(knock))


def test_it_can_be_stopped_until_the_last_moment(ledger: Ledger, path: Path) -> None:
    put_case(ledger)
    before, seen = everything(ledger), list[tuple[int, int]]()

    def stop_when_ready() -> Rewriting:
        asked: list[bool] = []
        return Rewriting(
            ready=lambda _salt: asked.append(True),
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: bool(asked),
        )

    for doing in (stop_when_ready(), Rewriting(ready=lambda _: None, cancelled=lambda: True)):
        with pytest.raises(StoppedError):
            ledger.rekey(KEY, doing)
        assert everything(ledger) == before
        assert not path.with_name(f"{path.name}.next").exists()
    assert seen


def test_trouble_of_the_caller_changes_nothing(ledger: Ledger) -> None:
    put(ledger, an_employer())
    before = everything(ledger)

    def fail(_salt: bytes) -> None:
        raise OutsideError("密钥文件没有存成")

    with pytest.raises(OutsideError, match="密钥文件没有存成"):
        ledger.rekey(KEY, quietly(fail))
    assert everything(ledger) == before
    put(ledger, a_project())


def test_a_copy_that_is_not_the_same_is_not_used(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(ledger, an_employer())
    compare = rewriting._compare

    def after_a_loss(connection: dbapi2.Connection) -> None:
        connection.execute("UPDATE fresh.meta SET value = 'x'")
        compare(connection)

    monkeypatch.setattr(rewriting, "_compare", after_a_loss)
    with pytest.raises(OutsideError, match="副本与原件不一致"):
        ledger.rekey(KEY, quietly())
    with ledger.read() as view:
        assert view.first(Employer) == an_employer()


def test_a_full_disk_is_told(ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutsideError, match="台账没有写成"):
        ledger.rekey(KEY, quietly())


def test_a_changed_byte_of_any_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "cases.ledger"
    ledger = Ledger.open(path, key=KEY)
    put(ledger, an_employer())
    ledger.close()
    good = path.read_bytes()
    for at in [*range(40_000, len(good), 150_000), 5, 17, 100, 4090, len(good) - 1]:
        path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        found: list[object] = []
        with contextlib.suppress(OutsideError):
            opened = Ledger.open(path, key=KEY)
            found = [*opened.check()]
            opened.close()
            assert found, at


def test_a_changed_byte_where_nothing_is_stored_at_present_is_found(tmp_path: Path) -> None:
    path = tmp_path / "cases.ledger"
    ledger = Ledger.open(path, key=KEY)
    put(ledger, an_employer())
    ledger.close()
    with contextlib.closing(connect(path, KEY, read_only=False, busy_ms=0)) as connection:
        connection.execute("CREATE TABLE spare AS SELECT zeroblob(900000) AS x")
        connection.execute("DROP TABLE spare")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 100
    good = path.read_bytes()
    at = (pages - 20) * 4096 + 77
    path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
    opened = Ledger.open(path, key=KEY)
    assert [one.kind for one in opened.check()] == ["file"]
    opened.close()


def test_a_wiped_file_is_gone_and_a_missing_one_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "向大山.txt"
    path.write_text("向大山")
    wipe(path)
    wipe(path)
    assert not path.exists()
