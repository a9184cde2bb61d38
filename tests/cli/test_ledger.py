"""`ledger`: encrypting, accounts, passwords and the recovery code for scripts and the IT desk."""

import io
import os
import signal
import sys
from pathlib import Path

import pytest

from inspector_app.cli import ledger as verbs
from inspector_app.cli.passwords import secret
from inspector_app.errors import UserError
from inspector_app.services.protection import Progress
from inspector_app.vault import envelope, keyfile
from inspector_app.vault.secret_store import SecretStore
from tests.cli.conftest import Commands
from tests.helpers.vaults import CHEAP, OTHER, PASSWORD, Drawer


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "STANDARD", CHEAP)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A folder with passwords in files."""
    folder = tmp_path / "words"
    folder.mkdir()
    for name, text in (("mine", PASSWORD), ("other", OTHER), ("weak", "123")):
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def sealed(at: Commands, words: Path) -> Commands:
    """Commands on an encrypted ledger with one inspector and his account."""
    assert at("settings", "inspector", "李明", "--certificate", "YS-1").code == 0
    assert at("case", "new", "--set", "employer=青禾劳务", "--as", "李明").code == 0
    made = at("ledger", "encrypt", "--as", "李明", "--password-file", words / "mine")
    assert made.code == 0, made.err
    (words / "code").write_text(made.json["recovery_code"])
    assert made.json["account"] == "李明"
    return at


def test_every_verb_asks_for_the_password_then(sealed: Commands, words: Path) -> None:
    refused = sealed("case", "list")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "login")
    assert "请用 --password-file 指定文件" in refused.err
    assert sealed("case", "list", "--password-file", words / "mine").json["total"] == 1
    wrong = sealed("case", "list", "--password-file", words / "other")
    assert wrong.json["error"] == {
        "kind": "login", "message": "账号或密码不对。", "field": "password",
    }  # fmt: skip
    after = sealed("check", "--password-file", words / "mine")
    assert (after.code, after.json["ok"]) == (0, True)
    assert "有 1 次密码输错" in after.err


def test_who_logs_in_acts(sealed: Commands, words: Path) -> None:
    mine = ("--password-file", words / "mine")
    made = sealed(
        "ledger", "accounts", "add", "赵强", "--new-password-file", words / "other", *mine
    )
    assert made.json["account"]["name"] == "赵强"
    as_zhao = ("--as", "赵强", "--password-file", words / "other")
    case = sealed("case", "new", "--set", "employer=丰禾建设", *as_zhao).json["id"]
    assert sealed("case", "show", case, *as_zhao).code == 0
    assert sealed("case", "list", "--as", "赵强", *mine).json["error"]["kind"] == "login"
    assert sealed("case", "list", "--as", "王五", *mine).json["error"]["kind"] == "login"
    listed = sealed("ledger", "accounts").json
    assert [(one["name"], one["active"]) for one in listed["accounts"]] == [
        ("李明", True),
        ("赵强", True),
    ]


@pytest.mark.long
def test_accounts_come_and_go(sealed: Commands, words: Path) -> None:
    as_li = ("--as", "李明", "--password-file", words / "mine")
    other = ("--new-password-file", words / "other")
    assert sealed("ledger", "accounts", "add", "赵强", *other, *as_li).code == 0
    assert sealed("ledger", "accounts", "add", "赵强", *other, *as_li).code == 1
    assert sealed("ledger", "accounts", "disable", "赵强", *as_li).code == 0
    assert sealed("case", "list", "--as", "赵强", "--password-file", words / "other").code == 1
    assert sealed("ledger", "password", "--account", "赵强", *other, *as_li).code == 0
    assert sealed("case", "list", "--as", "赵强", "--password-file", words / "other").code == 0
    assert sealed("ledger", "accounts", "remove", "赵强", *as_li).code == 0
    assert sealed("ledger", "accounts", "remove", "赵强", *as_li).code == 1
    last = sealed("ledger", "accounts", "disable", "李明", *as_li)
    assert last.json["error"]["kind"] == "last_account"


def test_the_own_password_is_changed_and_a_weak_one_refused(sealed: Commands, words: Path) -> None:
    mine = ("--password-file", words / "mine")
    assert sealed("ledger", "password", "--new-password-file", words / "weak", *mine).code == 1
    assert sealed("ledger", "password", "--new-password-file", words / "other", *mine).code == 0
    assert sealed("case", "list", *mine).code == 1
    assert sealed("case", "list", "--password-file", words / "other").code == 0


def test_a_forgotten_password_is_replaced_by_the_code(sealed: Commands, words: Path) -> None:
    code = ("--code-file", words / "code", "--new-password-file", words / "other")
    assert sealed("ledger", "recover", *code).json["error"]["field"] == "as"
    assert sealed("ledger", "recover", "--as", "李明", *code).code == 0
    other = ("--password-file", words / "other")
    fresh = sealed("ledger", "recover", "--new-code", *other).json["recovery_code"]
    void = sealed("ledger", "recover", "--as", "李明", *code)
    assert void.json["error"]["kind"] == "recovery_code"
    assert len(fresh) == 8 * 6 + 7


def test_another_key_and_an_open_ledger_again(
    sealed: Commands, words: Path, tmp_path: Path
) -> None:
    mine = ("--password-file", words / "mine")
    before = (tmp_path / "data" / keyfile.NAME).read_bytes()
    assert sealed("ledger", "rekey", *mine).json["recovery_code"]
    assert (tmp_path / "data" / keyfile.NAME).read_bytes() != before
    assert sealed("case", "list", *mine).json["total"] == 1
    assert sealed("ledger", "encrypt", *mine).json["error"]["kind"] == "encrypted"
    assert sealed("ledger", "decrypt", *mine).json == {"encrypted": False}
    assert sealed("case", "list").json["total"] == 1
    assert sealed("ledger", "accounts").json == {"encrypted": False, "accounts": []}
    for verb in (("accounts", "disable", "李明"), ("password",), ("recover",), ("decrypt",)):
        assert sealed("ledger", *verb).json["error"]["kind"] == "plain"


@pytest.mark.long
def test_open_copies_are_named_and_removed(at: Commands, words: Path, tmp_path: Path) -> None:
    assert at("backup").code == 0
    mine = ("--password-file", words / "mine")
    made = at("ledger", "encrypt", "--as", "", *mine)
    assert [Path(one).suffix for one in made.json["open_copies"]] == [".zip"]
    assert at("ledger", "copies", *mine).json["removed"] is False
    assert at("ledger", "copies", "--remove", *mine).json["removed"] is True
    assert at("ledger", "copies", *mine).json == {"open_copies": [], "removed": False}


@pytest.mark.long
def test_a_backup_is_restored_without_and_read_with_the_password(
    sealed: Commands, command: Commands, words: Path, tmp_path: Path
) -> None:
    mine = ("--password-file", words / "mine")
    made = sealed("backup", "--out", tmp_path / "b.zip", *mine).json["file"]
    assert command("restore", made, "--data", tmp_path / "new", "--json").code == 0
    listed = command("case", "list", "--data", tmp_path / "new", *mine, "--json")
    assert listed.json["total"] == 1


def test_the_password_may_come_by_stdin(sealed: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert sealed("case", "list", "--password-file", "-").code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert sealed("case", "list", "--password-file", "-").code == 1


def test_a_missing_password_file_is_told(sealed: Commands, tmp_path: Path) -> None:
    ran = sealed("case", "list", "--password-file", tmp_path / "nothing")
    assert "读不出来" in ran.err


def test_a_terminal_is_asked_without_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, PASSWORD, PASSWORD, OTHER])
    hidden: list[bool] = []

    def prompt(_text: str, *, hide_input: bool, **_: object) -> str:
        hidden.append(hide_input)
        return next(answers)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", prompt)
    assert secret(None, "密码", twice=True) == PASSWORD
    with pytest.raises(UserError, match="两次输入的密码不一样"):
        secret(None, "密码", twice=True)
    assert all(hidden)


@pytest.mark.long
def test_what_the_pc_remembers_needs_no_password(
    sealed: Commands, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector_app.services import accounts  # what the window does

    store = SecretStore(Drawer())
    monkeypatch.setattr(SecretStore, "of_system", lambda: store)
    safe = accounts.Safe.at(tmp_path / "data")
    assert safe is not None
    now = verbs.moment()
    accounts.remember(safe, accounts.log_in(safe, "李明", PASSWORD, now), store)
    assert sealed("case", "list").code == 0
    store.forget(safe.accounts()[0].id)
    assert sealed("case", "list").code == 1


def test_ctrl_c_stops_before_anything_changed(
    at: Commands, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at("case", "new", "--set", "employer=青禾劳务").code == 0
    real = verbs.protection.encrypt

    def interrupted(desk: object, made: object, progress: Progress) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return real(desk, made, progress)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(verbs.protection, "encrypt", interrupted)
    ran = at("ledger", "encrypt", "--password-file", words / "mine")
    assert ran.json["error"]["kind"] == "stopped"
    assert at("case", "list").json["total"] == 1
    assert at("ledger", "accounts").json["encrypted"] is False
