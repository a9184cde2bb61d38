"""An encrypted ledger gives nothing away, works as before, and is whole after any change."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.app import make_desk
from inspector_app.domain.inspections import Evidence
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.files import FileStore
from inspector_app.services import accounts, clues, protection
from inspector_app.services.backup import backup, restore
from inspector_app.services.check import check
from inspector_app.services.desk import Desk
from inspector_app.services.protection import Progress, StoppedError
from inspector_app.services.settings import inspectors
from inspector_app.vault import keyfile
from tests.helpers.desks import a_clue_form, two_inspectors
from tests.helpers.desks import make_desk as lay_desk
from tests.helpers.vaults import CHEAP, OTHER, PASSWORD

PHOTO = "现场照片：向大山".encode() * 500
SECRETS = ("向大山", "410499197803120113", "13900000001", "青禾建筑劳务有限公司", "现场照片")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a clue and a stored photo; its folder is tmp_path / "data"."""
    made = replace(lay_desk(tmp_path / "data"), demo=False)
    two_inspectors(made)
    clues.register_clue(made, a_clue_form())
    made.files.put(PHOTO)
    return made


def folder_of(desk: Desk) -> Path:
    return desk.ledger.path.parent


def content(desk: Desk) -> tuple[object, ...]:
    """What a user would miss."""
    with desk.ledger.read() as view:
        found = view.search("向大山"), view.find(Evidence)
    return (found, desk.ledger.head(), [one.name for one in inspectors(desk)])


def plan(desk: Desk) -> protection.Plan:
    people = {one.name: one.id for one in inspectors(desk)}
    return protection.plan(desk, "李明", people["李明"], PASSWORD, CHEAP)


def everything_on_disk(folder: Path) -> bytes:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\n".join(str(path.relative_to(folder)).encode() + path.read_bytes() for path in paths)


def test_a_stolen_folder_tells_nothing_and_a_login_gives_all_back(desk: Desk) -> None:
    folder, before, digest = folder_of(desk), content(desk), desk.files.put(PHOTO)
    assert all(word.encode() in everything_on_disk(folder) for word in SECRETS)
    login = protection.encrypt(desk, plan(desk))
    assert content(desk)[:1] == before[:1]
    assert desk.files.get(digest) == PHOTO
    backup(desk, folder / "backup" / "一.zip")
    stolen = everything_on_disk(folder)  # with the log (WAL) of a program that still runs
    assert (folder / "ledger.db-wal").exists()
    for word in (*SECRETS, digest, "CREATE TABLE"):
        assert word.encode() not in stolen, word
        assert word.encode("utf-16-le") not in stolen, word
    assert login.key.database() not in stolen
    assert check(desk) == []
    desk.ledger.close()

    with pytest.raises(UserError, match="台账已加密，请先登录"):
        make_desk(folder)
    safe = accounts.Safe.at(folder)
    assert safe is not None
    again = make_desk(folder, login=accounts.log_in(safe, "李明", PASSWORD, desk.now()))
    assert content(again) == content(desk)
    assert (again.actor, bool(again.account_id)) == ("李明", True)
    assert again.actor_id in {one.id for one in inspectors(again)}
    assert again.files.get(digest) == PHOTO
    assert check(again) == []
    again.ledger.close()


def test_a_backup_stays_encrypted_and_opens_with_the_same_password(
    desk: Desk, tmp_path: Path
) -> None:
    protection.encrypt(desk, plan(desk))
    before, made = content(desk), backup(desk, tmp_path / "b.zip")
    desk.ledger.close()
    restore(made.path, tmp_path / "new")
    for word in SECRETS:
        assert word.encode() not in everything_on_disk(tmp_path / "new")
    safe = accounts.Safe.at(tmp_path / "new")
    assert safe is not None
    again = make_desk(tmp_path / "new", login=accounts.log_in(safe, "李明", PASSWORD, desk.now()))
    assert content(again) == before
    assert check(again) == []
    again.ledger.close()


def test_it_can_be_taken_back(desk: Desk) -> None:
    before, folder = content(desk), folder_of(desk)
    protection.encrypt(desk, plan(desk))
    protection.decrypt(desk)
    assert content(desk) == before
    assert check(desk) == []
    assert sorted(one.name for one in folder.iterdir() if "ledger.db" not in one.name) == ["files"]
    assert FileStore(folder / "files").check() == []
    with pytest.raises(UserError, match="台账没有加密"):
        protection.decrypt(desk)
    with pytest.raises(UserError, match="没有账号"):
        protection.safe_of(desk)


def test_a_new_key_ends_old_copies_of_the_key_file(desk: Desk) -> None:
    login = protection.encrypt(desk, plan(desk))
    folder, safe = folder_of(desk), protection.safe_of(desk)
    accounts.add(safe, login, "赵强", "", OTHER, desk.now(), CHEAP)
    stolen, before = (folder / keyfile.NAME).read_bytes(), content(desk)
    login, code = protection.rotate(desk, login, PASSWORD, cost=CHEAP)
    assert content(desk) == before
    assert check(desk) == []
    assert login.key.database() not in stolen
    desk.ledger.close()
    safe = accounts.Safe.at(folder)
    assert safe is not None
    assert [(one.name, one.active()) for one in safe.accounts()] == [
        ("李明", True),
        ("赵强", False),
    ]
    with pytest.raises(UserError, match="账号或密码不对"):
        accounts.log_in(safe, "赵强", OTHER, desk.now())
    assert accounts.log_in(safe, "李明", PASSWORD, desk.now()).key == login.key
    assert accounts.recover(safe, code, "李明", OTHER, desk.now(), CHEAP).key == login.key
    (folder / keyfile.NAME).write_bytes(stolen)
    (folder / keyfile.TWIN).write_bytes(stolen)
    with pytest.raises(UserError, match="账号或密码不对"):
        accounts.log_in(safe, "李明", PASSWORD, desk.now())


def test_it_can_be_stopped_and_nothing_has_changed(desk: Desk) -> None:
    folder, before = folder_of(desk), content(desk)
    names = {path.name for path in folder.rglob("*")} - {"ledger.db-wal", "ledger.db-shm"}
    seen: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        seen.append((done, total))

    for stop_after in (0, 1, 3):
        seen.clear()
        progress = Progress(tell, lambda limit=stop_after: len(seen) >= limit)
        with pytest.raises(StoppedError):
            protection.encrypt(desk, plan(desk), progress)
        left = {path.name for path in folder.rglob("*")} - {"ledger.db-wal", "ledger.db-shm"}
        assert left == names
        assert not desk.ledger.is_encrypted()
        assert content(desk) == before
        assert check(desk) == []
    seen.clear()
    protection.encrypt(desk, plan(desk), Progress(tell))
    assert all(0 <= done <= total for done, total in seen)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_damaged_file_is_not_carried_over(desk: Desk) -> None:
    desk.files.path(desk.files.put(PHOTO)).write_bytes(b"spoiled")
    with pytest.raises(OutsideError, match="已损坏，请先检查台账"):
        protection.encrypt(desk, plan(desk))
    assert not desk.ledger.is_encrypted()
    assert not (folder_of(desk) / "files.next").exists()


def test_a_weak_password_a_demo_and_a_second_time_are_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="密码至少"):
        protection.plan(desk, "李明", "", "kurz", CHEAP)
    with pytest.raises(UserError, match="请填写姓名"):
        protection.plan(desk, " ", "", PASSWORD, CHEAP)
    with pytest.raises(UserError, match="演示台账不加密"):
        protection.plan(replace(desk, demo=True), "李明", "", PASSWORD, CHEAP)
    protection.encrypt(desk, plan(desk))
    with pytest.raises(UserError, match="台账已经加密"):
        plan(desk)


@pytest.mark.long
def test_copies_of_before_are_named_and_removed(desk: Desk) -> None:
    folder = folder_of(desk)
    open_copies = [
        desk.ledger.backup(folder / "ledger-升级前-0006.db"),
        backup(desk).path,
    ]
    assert protection.leftovers(desk) == []
    protection.encrypt(desk, plan(desk))
    sealed = backup(desk, folder / "backup" / "加密.zip").path
    (folder / "backup" / "别的.zip").write_bytes(b"PK")
    assert protection.leftovers(desk) == open_copies
    assert protection.remove_leftovers(desk) == 2
    assert protection.leftovers(desk) == []
    assert sealed.exists()


def test_a_changed_byte_of_a_key_file_is_found_and_mended_by_a_login(desk: Desk) -> None:
    protection.encrypt(desk, plan(desk))
    safe, folder = protection.safe_of(desk), folder_of(desk)
    for name in (keyfile.NAME, keyfile.TWIN):
        good = (folder / name).read_bytes()
        for at in range(0, len(good), 97):
            (folder / name).write_bytes(good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :])
            assert [(one.kind, one.where) for one in check_keys(desk)] == [("key", name)]
        accounts.log_in(safe, "李明", PASSWORD, desk.now())
        assert check_keys(desk) == []
    (folder / keyfile.NAME).unlink()
    assert [one.where for one in check(desk) if one.kind == "key"] == [keyfile.NAME]


def check_keys(desk: Desk) -> list[object]:
    from inspector_app.services.check import _keys  # the whole check at each byte takes minutes

    return [*_keys(desk)]


def test_nothing_is_opened_to_read_what_the_program_holds_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On POSIX, closing a second handle of the ledger file would drop SQLite's locks on it."""
    protection.encrypt(desk, plan(desk))
    opened: list[str] = []
    real = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *a, **k: (opened.append(self.name), real(self, *a, **k))[1]
    )
    safe = protection.safe_of(desk)
    accounts.log_in(safe, "李明", PASSWORD, desk.now())
    protection.finish(desk.ledger, desk.files)
    protection.leftovers(desk)
    backup(desk)
    check(desk)
    assert "ledger.db" not in opened
    assert os.sep
