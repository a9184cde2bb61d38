"""A stored file is durable, found by its hash, and never silently another one."""

from pathlib import Path

import pytest

from inspector_app.errors import OutsideError
from inspector_app.ledger import crashpoints
from inspector_app.ledger.files import FileProblem, FileStore
from inspector_app.vault.keys import LedgerKey
from inspector_app.vault.sealing import FileKeys

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store whose folder does not yet exist."""
    return FileStore(tmp_path / "files")


def test_bytes_come_back_by_their_hash(store: FileStore) -> None:
    assert store.put(b"hello") == HELLO
    assert store.get(HELLO) == b"hello"
    assert store.path(HELLO).read_bytes() == b"hello"
    assert store.check() == []


def test_a_file_is_copied_in(store: FileStore, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"hello")
    assert store.put(photo) == HELLO
    photo.unlink()
    assert store.get(HELLO) == b"hello"


def test_the_same_content_is_stored_once(store: FileStore) -> None:
    store.put(b"hello")
    made = store.path(HELLO).stat().st_mtime_ns
    store.put(b"hello")
    assert store.path(HELLO).stat().st_mtime_ns == made


def test_a_changed_file_is_seen_and_mended_by_storing_it_again(store: FileStore) -> None:
    store.put(b"hello")
    store.path(HELLO).write_bytes(b"hallo")
    with pytest.raises(OutsideError, match="存档文件已被改动") as told:
        store.get(HELLO)
    assert told.value.kind == "file_changed"
    assert store.check() == [FileProblem(HELLO, "存档文件已被改动")]
    store.put(b"hello")
    assert store.check() == []


def test_a_missing_file_is_told(store: FileStore) -> None:
    with pytest.raises(OutsideError, match="存档文件不在本机"):
        store.get(HELLO)


def test_only_a_hash_names_a_file(store: FileStore) -> None:
    for name in ("../../etc/passwd", HELLO.upper(), ""):
        with pytest.raises(ValueError, match="not a SHA-256"):
            store.path(name)


def test_a_file_that_cannot_be_read_is_told(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="文件读不出来"):
        store.put(tmp_path / "没有.jpg")


def test_a_store_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("演示")
    with pytest.raises(OutsideError, match="文件没有存成"):
        FileStore(tmp_path / "files").put(b"hello")


def test_a_half_written_file_is_no_stored_file(store: FileStore) -> None:
    store.put(b"hello")
    (store.path(HELLO).parent / "x.part").write_bytes(b"ha")
    assert store.check() == []


def test_points_are_noted_only_when_somebody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    crashpoints.reach("work_begun")
    monkeypatch.setenv("INSPECTOR_CRASH_LOG", str(log))
    crashpoints.reach("after_pack")
    assert log.read_text() == "after_pack\n"


def test_the_named_point_kills(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(crashpoints.os, "kill", lambda pid, sign: killed.append((pid, sign)))
    monkeypatch.setattr(crashpoints, "_passed", type(crashpoints._passed)())
    monkeypatch.setenv("INSPECTOR_CRASH_AT", "after_pack:2")
    crashpoints.reach("after_pack")
    crashpoints.reach("before_commit")
    assert killed == []
    crashpoints.reach("after_pack")
    assert len(killed) == 1
    monkeypatch.setenv("INSPECTOR_CRASH_AT", "before_commit")
    crashpoints.reach("before_commit")
    assert len(killed) == 2


# ── with keys ────────────────────────────────────────────────────────────────────────────────
KEYS = FileKeys(LedgerKey(bytes(range(32))))


@pytest.fixture
def sealed(tmp_path: Path) -> FileStore:
    """An empty store that encrypts."""
    return FileStore(tmp_path / "files", KEYS)


def on_disk(store: FileStore) -> bytes:
    """Every byte and every name below the folder."""
    found = sorted(store.folder.rglob("*"))
    return b"\n".join(str(path).encode() + path.read_bytes() for path in found if path.is_file())


def test_with_keys_the_caller_sees_no_difference(sealed: FileStore) -> None:
    assert not sealed.has(HELLO)
    assert sealed.put(b"hello") == HELLO
    assert sealed.has(HELLO)
    assert sealed.get(HELLO) == b"hello"
    assert sealed.check() == []
    made = sealed.path(HELLO).read_bytes()
    sealed.put(b"hello")
    assert sealed.path(HELLO).read_bytes() == made
    assert [path.suffix for path in sealed.on_disk()] == [".seal"]


def test_with_keys_neither_name_nor_content_can_be_read(sealed: FileStore) -> None:
    sealed.put("向大山".encode() * 10)
    sealed.put(b"hello")
    for secret in (b"hello", "向大山".encode(), HELLO.encode()):
        assert secret not in on_disk(sealed)


def test_a_changed_byte_of_a_sealed_file_is_found(sealed: FileStore) -> None:
    sealed.put(b"hello")
    path = sealed.path(HELLO)
    good = path.read_bytes()
    for at in range(len(good)):
        path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        assert [one.message for one in sealed.check()] == ["存档文件已被改动"]
    with pytest.raises(OutsideError, match="存档文件已被改动"):
        sealed.get(HELLO)
    sealed.put(b"hello")
    assert sealed.check() == []


def test_a_sealed_file_under_another_name_is_found(sealed: FileStore) -> None:
    sealed.put(b"hello")
    sealed.put(b"hallo")
    first, second = sealed.on_disk()
    second.write_bytes(first.read_bytes())
    assert len(sealed.check()) == 1
    keys = FileKeys(LedgerKey.fresh())
    assert len(FileStore(sealed.folder, keys).check()) == 2
    assert len(FileStore(sealed.folder).check()) == 2


def test_a_file_of_before_is_read_and_reported(store: FileStore, sealed: FileStore) -> None:
    store.put(b"hello")
    assert sealed.has(HELLO)
    assert sealed.get(HELLO) == b"hello"
    assert [one.message for one in sealed.check()] == ["存档文件没有加密"]
    store.path(HELLO).write_bytes(b"hallo")
    assert [one.message for one in sealed.check()] == ["存档文件已被改动"]
