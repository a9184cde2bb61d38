"""A sealed file opens whole under its own name and key, or not at all."""

import hashlib

import pytest

from inspector_app.vault import sealing
from inspector_app.vault.keys import LedgerKey, WrongKeyError
from inspector_app.vault.sealing import FileKeys

KEYS = FileKeys(LedgerKey(bytes(range(32))))
TEXT = "向大山 欠薪 18600 元".encode()


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "CHUNK", 16)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 100])
def test_content_comes_back(size: int) -> None:
    data = (TEXT * 10)[:size]
    sealed = KEYS.seal("name", data)
    assert KEYS.unseal("name", sealed) == data
    assert size < 15 or data not in sealed  # a byte or two of it may stand there by chance


def test_the_name_does_not_tell_the_hash() -> None:
    digest = hashlib.sha256(TEXT).hexdigest()
    assert KEYS.name(digest) != digest
    assert KEYS.name(digest) == KEYS.name(digest)
    assert FileKeys(LedgerKey.fresh()).name(digest) != KEYS.name(digest)
    assert repr(KEYS) == "FileKeys(…)"


def test_one_changed_byte_anywhere_is_found() -> None:
    sealed = KEYS.seal("name", TEXT)
    for at in range(len(sealed)):
        with pytest.raises(WrongKeyError):
            KEYS.unseal("name", sealed[:at] + bytes([sealed[at] ^ 0x10]) + sealed[at + 1 :])


def test_chunks_cannot_be_moved_cut_off_or_added() -> None:
    head, size = len(sealing.MAGIC) + 16, 16 + 16
    sealed = KEYS.seal("name", TEXT * 3)
    chunks = [sealed[at : at + size] for at in range(head, len(sealed), size)]
    for forged in (
        [*chunks[1::-1], *chunks[2:]],
        chunks[:-1],
        chunks[1:],
        [*chunks, chunks[-1]],
        [],
    ):
        with pytest.raises(WrongKeyError):
            KEYS.unseal("name", sealed[:head] + b"".join(forged))


def test_a_file_under_anothers_name_or_key_is_refused() -> None:
    sealed = KEYS.seal("name", TEXT)
    with pytest.raises(WrongKeyError):
        KEYS.unseal("other", sealed)
    with pytest.raises(WrongKeyError):
        FileKeys(LedgerKey.fresh()).unseal("name", sealed)
    with pytest.raises(WrongKeyError):
        KEYS.unseal("name", TEXT)


def test_the_same_content_is_sealed_differently_each_time() -> None:
    assert KEYS.seal("name", TEXT) != KEYS.seal("name", TEXT)
