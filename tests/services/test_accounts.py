"""Several inspectors at one PC: each with a password of their own, and wrong ones make one wait."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inspector_app.errors import UserError
from inspector_app.ledger.engine import connect
from inspector_app.services import accounts
from inspector_app.services.accounts import Login, Safe
from inspector_app.vault import envelope as env
from inspector_app.vault import keyfile
from inspector_app.vault.keys import LedgerKey
from inspector_app.vault.secret_store import SecretStore
from tests.helpers.vaults import CHEAP, NOW, OTHER, PASSWORD, Drawer, Refusing

KEY = LedgerKey(bytes(range(32)))


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    """An encrypted file with the account of 李明."""
    connection = connect(tmp_path / "ledger.db", KEY.database(), read_only=False, busy_ms=0)
    connection.execute("CREATE TABLE one (x)")
    connection.close()
    made, code = env.new_envelope(KEY)
    account = env.new_account(KEY, "a-1", "李明", "u-1", PASSWORD, NOW, CHEAP)
    salt = keyfile.head_of(tmp_path / "ledger.db").hex()
    whole = replace(made.with_account(account), ledger_salt=salt)
    keyfile.keep(tmp_path, whole, KEY)
    (tmp_path / "code").write_text(code)
    found = Safe.at(tmp_path)
    assert found is not None
    return found


@pytest.fixture
def login(safe: Safe) -> Login:
    """李明, logged in."""
    return accounts.log_in(safe, "李明", PASSWORD, NOW)


def code_of(safe: Safe) -> str:
    return (safe.folder / "code").read_text()


def refusal(act: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as told:
        act()
    return told.value


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_name_or_id_and_password_open(safe: Safe) -> None:
    assert accounts.log_in(safe, " 李明 ", PASSWORD, NOW).key == KEY
    assert accounts.log_in(safe, "a-1", PASSWORD, NOW).account.name == "李明"
    assert accounts.last_account(safe.folder) == "a-1"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(safe: Safe) -> None:
    told = {
        (error.message, error.field, error.kind)
        for error in (
            refusal(lambda: accounts.log_in(safe, "李明", OTHER, NOW)),
            refusal(lambda: accounts.log_in(safe, "王五", PASSWORD, NOW)),
        )
    }
    assert told == {("账号或密码不对。", "password", "login")}


def test_wrong_passwords_make_one_wait_and_are_counted_for_the_owner(safe: Safe) -> None:
    for _ in range(3):
        assert refusal(lambda: accounts.log_in(safe, "李明", OTHER, NOW)).kind == "login"
    waits = refusal(lambda: accounts.log_in(safe, "李明", PASSWORD, after(1)))
    assert waits.kind == "wait"
    assert "连续输错 3 次，请 4 秒后再试" in waits.message
    assert refusal(lambda: accounts.log_in(safe, "李明", OTHER, after(6))).kind == "login"
    assert (
        "请 9 秒后再试" in refusal(lambda: accounts.log_in(safe, "李明", OTHER, after(7))).message
    )
    done = accounts.log_in(safe, "李明", PASSWORD, after(60))
    assert (done.failed, done.failed_at) == (4, after(6).isoformat())
    assert accounts.log_in(safe, "李明", PASSWORD, after(60)).failed == 0


def test_a_clock_set_back_does_not_lock_one_out(safe: Safe) -> None:
    for _ in range(3):
        refusal(lambda: accounts.log_in(safe, "李明", OTHER, NOW))
    assert accounts.log_in(safe, "李明", PASSWORD, after(-86_400)).failed == 3


def test_a_spoiled_count_is_no_reason_to_refuse(safe: Safe) -> None:
    for text in ("{", "[]", '{"tries": []}', '{"tries": {"a-1": {"failed": "x"}}}'):
        (safe.folder / accounts.TRIES).write_text(text)
        assert accounts.log_in(safe, "李明", PASSWORD, NOW).failed == 0
    said = {"tries": {"a-1": {"failed": 9, "at": "gestern"}}}
    (safe.folder / accounts.TRIES).write_text(json.dumps(said))
    assert accounts.log_in(safe, "李明", PASSWORD, NOW).failed == 9


def test_a_colleague_gets_an_account_and_loses_it(safe: Safe, login: Login) -> None:
    made = accounts.add(safe, login, "赵强", "u-2", OTHER, NOW, CHEAP)
    assert accounts.log_in(safe, "赵强", OTHER, NOW).account.user_id == "u-2"
    assert (
        refusal(lambda: accounts.add(safe, login, "赵强", "", OTHER, NOW, CHEAP)).kind == "exists"
    )
    accounts.disable(safe, login, made.id)
    assert refusal(lambda: accounts.log_in(safe, "赵强", OTHER, NOW)).kind == "login"
    assert [one.active() for one in safe.accounts()] == [True, False]
    accounts.set_password(safe, login, made.id, OTHER, CHEAP)
    assert accounts.log_in(safe, "赵强", OTHER, NOW).key == KEY
    accounts.remove(safe, login, made.id)
    assert [one.name for one in safe.accounts()] == ["李明"]


def test_the_last_account_stays(safe: Safe, login: Login) -> None:
    for act in (accounts.disable, accounts.remove):
        assert refusal(lambda act=act: act(safe, login, "a-1")).kind == "last_account"
    assert refusal(lambda: accounts.disable(safe, login, "a-9")).kind == "not_found"


def test_a_new_password_takes_the_place_of_the_old_one(safe: Safe, login: Login) -> None:
    assert refusal(lambda: accounts.set_password(safe, login, "a-1", "1234567")).kind == (
        "weak_password"
    )
    accounts.set_password(safe, login, "a-1", OTHER, CHEAP)
    assert refusal(lambda: accounts.log_in(safe, "李明", PASSWORD, NOW)).kind == "login"
    assert accounts.log_in(safe, "李明", OTHER, NOW).key == KEY
    stored = b"".join(path.read_bytes() for path in safe.folder.iterdir() if path.name != "code")
    assert OTHER.encode() not in stored
    assert PASSWORD.encode() not in stored


def test_names_are_names(safe: Safe, login: Login) -> None:
    for name in ("", "  ", "李\n明", "李" * 31):
        assert refusal(lambda name=name: accounts.add(safe, login, name, "", OTHER, NOW)).field == (
            "name"
        )


def test_the_recovery_code_gives_an_account_another_password(safe: Safe) -> None:
    code = code_of(safe)
    assert accounts.recover(safe, code, "李明", OTHER, NOW, CHEAP).key == KEY
    assert accounts.log_in(safe, "李明", OTHER, NOW).account.user_id == "u-1"
    assert accounts.recover(safe, code, "新人", PASSWORD, NOW, CHEAP).account.name == "新人"
    assert refusal(lambda: accounts.recover(safe, code, "李明", "kurz", NOW)).kind == (
        "weak_password"
    )
    foreign = env.new_envelope(LedgerKey.fresh())[1]
    error = refusal(lambda: accounts.recover(safe, foreign, "李明", OTHER, NOW))
    assert (error.field, error.kind) == ("code", "recovery_code")


def test_a_new_code_voids_the_last_one(safe: Safe, login: Login) -> None:
    fresh = accounts.new_code(safe, login)
    assert (
        refusal(lambda: accounts.recover(safe, code_of(safe), "李明", OTHER, NOW)).field == "code"
    )
    assert accounts.recover(safe, fresh, "李明", OTHER, NOW, CHEAP).key == KEY


def test_the_pc_remembers_until_it_is_told_not_to(safe: Safe, login: Login) -> None:
    store = SecretStore(Drawer())
    assert accounts.log_in_remembered(safe, "a-1", store) is None
    accounts.remember(safe, login, store)
    found = accounts.log_in_remembered(safe, "a-1", store)
    assert found is not None
    assert found.key == KEY
    assert accounts.log_in_remembered(safe, "a-9", store) is None
    assert accounts.log_in_remembered(safe, "a-1", SecretStore(Drawer())) is None
    accounts.forget(safe, login, store)
    assert accounts.log_in_remembered(safe, "a-1", store) is None


def test_a_new_password_or_a_closed_account_ends_what_was_remembered(
    safe: Safe, login: Login
) -> None:
    store = SecretStore(Drawer())
    accounts.remember(safe, login, store)
    accounts.set_password(safe, login, "a-1", OTHER, CHEAP)
    assert accounts.log_in_remembered(safe, "a-1", store) is None
    for refusing in (SecretStore(None), SecretStore(Refusing())):
        assert refusal(lambda one=refusing: accounts.remember(safe, login, one)).kind == "no_store"


def test_a_folder_without_a_readable_key_file_is_told(safe: Safe) -> None:
    for name in (keyfile.NAME, keyfile.TWIN):
        (safe.folder / name).write_text("{}")
    assert refusal(safe.accounts).kind == "key_file"


def test_the_key_file_of_another_ledger_beside_it_is_no_trouble(safe: Safe) -> None:
    other = LedgerKey.fresh()
    made = env.new_envelope(other)[0].with_account(
        env.new_account(other, "a-1", "李明", "", PASSWORD, NOW, CHEAP)
    )
    keyfile.write(safe.folder / keyfile.NAME, env.to_bytes(made, other))
    assert accounts.log_in(safe, "李明", PASSWORD, NOW).key == KEY
    assert keyfile.unsound(safe.folder, KEY) == []  # and put right by the login


def test_an_old_salt_in_the_key_file_is_no_trouble_either(safe: Safe) -> None:
    moved = Safe(safe.folder, safe.salt)
    keyfile.keep(safe.folder, replace(safe.envelope(), ledger_salt="00" * 16), KEY)
    assert accounts.log_in(moved, "李明", PASSWORD, NOW).key == KEY
    assert moved.envelope().ledger_salt == safe.salt


def test_an_open_ledger_has_no_safe(tmp_path: Path) -> None:
    assert Safe.at(tmp_path) is None
    assert "LedgerKey(…)" in repr(Login(env.new_account(KEY, "a", "b", "", OTHER, NOW, CHEAP), KEY))
