"""The key file is whole or absent, there twice, and found by the ledger it opens."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.errors import OutsideError
from inspector_app.vault import envelope as env
from inspector_app.vault import keyfile
from inspector_app.vault.keys import LedgerKey

KEY = LedgerKey(bytes(32))
HEAD = b"0123456789abcdef"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A file that looks like an encrypted ledger."""
    path = tmp_path / "ledger.db"
    path.write_bytes(HEAD + bytes(4096))
    return path


def an_envelope(salt: bytes = HEAD) -> env.Envelope:
    return replace(env.new_envelope(KEY)[0], ledger_salt=salt.hex())


def test_it_is_kept_and_found_and_forgotten(ledger: Path) -> None:
    made = an_envelope()
    assert not keyfile.is_encrypted(ledger)
    keyfile.keep(ledger.parent, made, KEY)
    assert keyfile.is_encrypted(ledger)
    assert keyfile.candidates(ledger.parent, HEAD.hex()) == [made]
    assert not list(ledger.parent.glob("*.part"))
    assert keyfile.is_kept(ledger.parent, made, KEY)
    (ledger.parent / keyfile.TWIN).unlink()
    assert not keyfile.is_kept(ledger.parent, made, KEY)
    keyfile.forget(ledger.parent)
    assert not keyfile.is_encrypted(ledger)
    assert keyfile.candidates(ledger.parent, HEAD.hex()) == []


def test_a_plain_ledger_or_none_is_not_encrypted(tmp_path: Path) -> None:
    keyfile.keep(tmp_path, an_envelope(), KEY)
    assert not keyfile.is_encrypted(tmp_path / "ledger.db")
    (tmp_path / "ledger.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    assert not keyfile.is_encrypted(tmp_path / "ledger.db")


def test_the_file_of_this_very_ledger_comes_first(ledger: Path) -> None:
    other, mine = an_envelope(b"f" * 16), an_envelope()
    keyfile.keep(ledger.parent, other, KEY)
    keyfile.keep_next(ledger.parent, mine, KEY)
    assert keyfile.candidates(ledger.parent, HEAD.hex()) == [mine, other]
    keyfile.keep(ledger.parent, mine, KEY)
    assert keyfile.candidates(ledger.parent, HEAD.hex()) == [mine]
    assert keyfile.candidates(ledger.parent, "") == [mine]


def test_a_spoiled_file_has_a_twin(ledger: Path) -> None:
    made = an_envelope()
    keyfile.keep(ledger.parent, made, KEY)
    (ledger.parent / keyfile.NAME).write_bytes(b"\xff{")
    assert keyfile.candidates(ledger.parent, HEAD.hex()) == [made]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("演示")
    with pytest.raises(OutsideError, match="密钥文件没有存成"):
        keyfile.keep(tmp_path / "file", an_envelope(), KEY)


def test_a_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="打不开"):
        keyfile.head_of(tmp_path)
